"""What a page is told of a stored file."""

from zaichat.files.models import StoredFile


def described(stored: StoredFile) -> dict[str, object]:
    return {
        "id": str(stored.pk),
        "kind": stored.kind,
        "name": stored.name,
        "size": stored.size,
        "width": stored.width,
        "height": stored.height,
        "seconds": stored.seconds,
        "page_count": stored.page_count,
        "media_type": stored.media_type,
        "origin": stored.origin,
        "url": stored.get_absolute_url(),
        "thumbnail": stored.thumbnail_url if stored.thumbnail else "",
    }
