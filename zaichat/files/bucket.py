"""People's bytes in a bucket of S3, or of anything that speaks its language.

Bytes leave through our own view here too, not by addresses that the bucket signs: such an address
works for whoever has it, sign-in or not, and its answer lacks the headers that make what strangers
wrote harmless.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from threading import Lock
from typing import Any

from boto3.exceptions import Boto3Error
from boto3.s3.transfer import TransferConfig
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError, NoCredentialsError
from django.core.files import File
from storages.backends.s3 import S3Storage

from zaichat.files.storing import Away, Refusing

CONNECT_WITHIN = 4.0  # seconds
SILENT_WITHIN = 20.0
ATTEMPTS = 3
CONNECTIONS = 32
"""Open at one time: as many pieces as are on their way to people and to the bucket."""

PIECE = 8 * 1024**2
"""Bytes that a large file goes up in; a file that breaks off is given up whole."""

UPLOADING = TransferConfig(multipart_threshold=PIECE, multipart_chunksize=PIECE, max_concurrency=4)
REFUSED = frozenset({301, 400, 401, 403})
FAILURES = (Boto3Error, BotoCoreError, ClientError)


def config(addressing_style: str | None) -> Config:
    return Config(
        s3={"addressing_style": addressing_style or "auto"},
        connect_timeout=CONNECT_WITHIN,
        read_timeout=SILENT_WITHIN,
        retries={"mode": "standard", "total_max_attempts": ATTEMPTS},
        max_pool_connections=CONNECTIONS,
        # What else speaks S3 does not know the newer check sums.
        request_checksum_calculation="when_required",
        response_checksum_validation="when_required",
    )


@contextmanager
def telling(name: str = "") -> Iterator[None]:
    """Every failure as an OSError, as callers of any storage expect. Raises FileNotFoundError,
    Away where another time may do, Refusing where it will not."""
    try:
        yield
    except FAILURES as error:
        status = status_of(error)
        if status == 404:
            raise FileNotFoundError(name) from None
        is_refused = status in REFUSED or isinstance(error, NoCredentialsError)
        raise (Refusing if is_refused else Away)(str(error)) from error


def status_of(error: BaseException | None) -> int:
    """What the bucket answered, also where that stands behind another failure; 0 for nothing."""
    while error is not None:
        if isinstance(error, ClientError):
            return int(error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0))
        error = error.__cause__ or error.__context__
    return 0


class Bucket(S3Storage):
    """As of django-storages, but for one connection that all threads share (making one takes 0.2 s,
    and each request has a thread of its own), reading from any place on, and its failures."""

    bucket_name: str
    region_name: str | None
    endpoint_url: str | None
    client_config: Any

    def __init__(self, **options: Any) -> None:
        options.setdefault("client_config", config(options.get("addressing_style")))
        super().__init__(**options)
        self._lock = Lock()
        self._connected: Any = None

    @property
    def connection(self) -> Any:
        with self._lock:
            if self._connected is None:
                self._connected = self._create_session().resource(
                    "s3",
                    region_name=self.region_name,
                    endpoint_url=self.endpoint_url,
                    config=self.client_config,
                )
        return self._connected

    def reach(self) -> None:
        """Ask whether the bucket is there and ours. Raises OSError."""
        with telling(self.bucket_name):
            self.connection.meta.client.head_bucket(Bucket=self.bucket_name)

    def delete(self, name: str) -> None:
        with telling(name):
            super().delete(name)

    def exists(self, name: str) -> bool:
        with telling(name):
            return bool(super().exists(name))

    def listdir(self, name: str) -> tuple[list[str], list[str]]:
        with telling(name):
            folders, names = super().listdir(name)
        return folders, names

    def size(self, name: str) -> int:
        with telling(name):
            return int(super().size(name))

    def get_modified_time(self, name: str) -> datetime:
        with telling(name):
            found: datetime = super().get_modified_time(name)
        return found

    def _open(self, name: str, mode: str = "rb") -> "Remote":
        return Remote(self.connection.meta.client, self.bucket_name, self._normalize_name(name))

    def _save(self, name: str, content: File[bytes]) -> str:
        """A file of this disk goes up from there, piece by piece; it is there whole or not at
        all."""
        path = getattr(content, "temporary_file_path", None)
        try:
            with telling(name):
                if path is None:
                    return str(super()._save(name, content))
                target = self.bucket.Object(self._normalize_name(name))
                target.upload_file(path(), Config=UPLOADING)
        except FileNotFoundError as error:
            raise Refusing("there is no such bucket") from error
        return name


class Remote(File[bytes]):
    """Bytes in the bucket, read from any place on; nothing is asked for before it is read."""

    def __init__(self, client: Any, bucket: str, key: str) -> None:
        super().__init__(None, name=key)
        self._client, self._place = client, {"Bucket": bucket, "Key": key}
        self._at = 0
        self._body: Any = None
        with telling(key):
            self.size = int(client.head_object(**self._place)["ContentLength"])

    def seek(self, position: int, whence: int = os.SEEK_SET) -> int:
        self.close()
        self._at = position + (0, self._at, self.size)[whence]
        return self._at

    def tell(self) -> int:
        return self._at

    def read(self, size: int | None = -1) -> bytes:
        """Up to `size` bytes. Raises OSError where they end before the file does."""
        left = self.size - self._at
        wanted = left if size is None or size < 0 else min(size, left)
        if wanted <= 0:
            return b""
        with telling(str(self.name)):
            if self._body is None:
                part = f"bytes={self._at}-"
                self._body = self._client.get_object(**self._place, Range=part)["Body"]
            piece = bytes(self._body.read(wanted))
        if not piece:
            raise Away("the bucket ended a file too early")
        self._at += len(piece)
        return piece

    def close(self) -> None:
        if self._body is not None:
            self._body.close()
            self._body = None
