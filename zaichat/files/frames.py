"""How a film ends, as a picture of its own that another film may begin with."""

import shutil
import tempfile
from pathlib import Path

from django.conf import settings
from django.core.files.storage import default_storage
from django.utils.translation import gettext as _

from zaichat.files import limits
from zaichat.files.films import why
from zaichat.files.keeping import keep
from zaichat.files.made import Unreadable
from zaichat.files.models import Kind, StoredFile
from zaichat.files.remaking import remake_picture
from zaichat.files.starting import asked


def last_frame(film: StoredFile) -> StoredFile:
    """The owner's picture of it: made once, then found again. Takes a second. Raises Unreadable."""
    known = StoredFile.objects.not_deleted().filter(
        owner=film.owner, kind=Kind.IMAGE, origin__end_of=str(film.pk)
    )
    return known.first() or _made(film)


def _made(film: StoredFile) -> StoredFile:
    incoming = settings.DATA_DIR / "incoming"
    incoming.mkdir(mode=0o700, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=incoming) as folder:
        source = Path(folder) / f"film{Path(film.path).suffix}"
        with default_storage.open(film.path) as stored, source.open("wb") as copy:
            shutil.copyfileobj(stored, copy)
        said = asked("zaichat.files.last_frame", source, folder, seconds=limits.FILM_SECONDS)
        if "refused" in said:
            raise Unreadable(why(said["refused"]))
        made = remake_picture(Path(folder) / said["name"], Path(folder))
        made.origin["end_of"] = str(film.pk)
        stem = Path(film.name).stem
        return keep(film.owner, _("End of %(name)s") % {"name": f"{stem}.jpg"}, made)
