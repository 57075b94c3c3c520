"""What a request says, read carefully."""

from uuid import UUID


def uuid_in(text: str) -> UUID | None:
    """The UUID written in `text`, or None, which is no row's key."""
    try:
        return UUID(text)
    except ValueError:
        return None
