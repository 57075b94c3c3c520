"""Which build of the static files is served: the socket tells it, so that an old tab can say so."""

from hashlib import sha256
from pathlib import Path


def build_name(static_root: Path) -> str:
    """12 hex digits that change with any static file; "unbuilt" before collectstatic."""
    manifest = static_root / "staticfiles.json"
    return sha256(manifest.read_bytes()).hexdigest()[:12] if manifest.is_file() else "unbuilt"
