"""What a page is told of a stored file."""

from zaichat.files import signing
from zaichat.files.models import StoredFile


def described(stored: StoredFile) -> dict[str, object]:
    """`page_count` of a film: as how many stills it is seen where a model does not watch it whole,
    which needs a model that does and `can_be_fetched`."""
    return {
        "id": str(stored.pk),
        "kind": stored.kind,
        "name": stored.name,
        "size": stored.size,
        "width": stored.width,
        "height": stored.height,
        "seconds": stored.seconds,
        "page_count": stored.page_count,
        "can_be_fetched": signing.can_be_fetched(stored),
        "media_type": stored.media_type,
        "origin": stored.origin,
        "url": stored.get_absolute_url(),
        "thumbnail": stored.thumbnail_url if stored.thumbnail else "",
    }
