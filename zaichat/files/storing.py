"""Whether the place where people's bytes lie can be reached: this disk, or a bucket elsewhere."""

from typing import Any

from django.core.checks import CheckMessage, Error, Warning, register
from django.core.files.storage import default_storage

STORAGE = "storage"


class Away(OSError):
    """The storage gives and takes nothing now; another time it may."""


class Refusing(Away):
    """The storage answers, and refuses: the bucket is not there, or not ours."""


def reach() -> None:
    """Raises OSError where files could not be kept or read now. A disk is always there."""
    ask = getattr(default_storage, "reach", None)
    if ask is not None:
        ask()


@register(STORAGE)
def check_storage(**_options: Any) -> list[CheckMessage]:
    """What is wrong for good stops a start; what does not answer now may do so soon."""
    bucket = getattr(default_storage, "bucket_name", "")
    try:
        reach()
    except FileNotFoundError:
        words = f"MEDIA_STORAGE: there is no bucket “{bucket}”."
        return [Error(words, "Make it, or name another one: s3://bucket/prefix.", id="files.E001")]
    except Refusing as error:
        words = f"MEDIA_STORAGE: the bucket “{bucket}” refuses us: {error}"
        hint = "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY must belong to it; AWS_REGION too."
        return [Error(words, hint, id="files.E002")]
    except Away as error:
        words = f"MEDIA_STORAGE: the bucket “{bucket}” does not answer: {error}"
        hint = "AWS_ENDPOINT_URL is its server, where that is not Amazon's."
        return [Warning(words, hint, id="files.W001")]
    return []
