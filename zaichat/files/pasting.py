"""A long text that was pasted: kept as a file, and shown as what it was."""

from zaichat.files.models import Kind, StoredFile


def pasted(stored: StoredFile) -> None:
    """Remember that it was a paste, and of how many characters."""
    if stored.kind != Kind.DOCUMENT:
        return
    stored.origin["pasted"] = len(stored.read().decode("utf-8", "replace"))
    stored.save(update_fields=["origin"])
