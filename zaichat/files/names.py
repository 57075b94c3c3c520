"""Names that people see, made from what a client called a file."""

import re
import unicodedata
from pathlib import PurePosixPath

from zaichat.files.models import MAX_NAME

UNSEEN = re.compile(r"[\x00-\x1f\x7f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]")
"""Control characters, and marks that turn the direction of what follows."""


REMADE = (".gif", ".webp", ".bmp", ".tif", ".tiff", ".apng", ".avif")
"""Endings that stay in the name of a picture that has another one now: `a.gif` and `a.webp` are
not both called `a.png`. A phone's `.heic` says nothing that its `.jpg` does not."""


def shown_name(said: str, suffix: str) -> str:
    """The last part of `said` without what cannot be seen, ending in the true `suffix`.

    It is for eyes and downloads only: nothing is ever stored under it.
    """
    clean = UNSEEN.sub("", unicodedata.normalize("NFC", said)).replace("\\", "/")
    name = PurePosixPath(clean).name.strip(" .")
    stem = PurePosixPath(name).stem.strip(" .") or "file"
    told = PurePosixPath(name).suffix.lower()
    if told in REMADE and told != suffix:
        suffix = told + suffix
    return stem[: MAX_NAME - len(suffix)] + suffix
