"""A bucket of S3 on this machine: moto's server, in a process of its own."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any

import boto3
import httpx
from django.conf import LazySettings
from django.core.files.storage import storages

from tests.running import free_port, wait_until

NAME = "zaichat-files"
PREFIX = "here"
KEYS = {"access_key": "AKIDEXAMPLE", "secret_key": "secret"}


class Serving:
    """A server of S3 and one bucket in it."""

    def __init__(self, folder: Path) -> None:
        self.address = f"http://127.0.0.1:{free_port()}"
        command = [sys.executable, "-m", "moto.server", "-p", self.address.rpartition(":")[2]]
        with (folder / "s3.log").open("wb") as log:
            self.process = subprocess.Popen(command, stdout=log, stderr=log)

    def answers(self) -> bool:
        try:
            return httpx.get(f"{self.address}/moto-api/data.json").status_code == 200
        except httpx.TransportError:
            return False

    @cached_property
    def client(self) -> Any:
        return boto3.client(
            "s3",
            endpoint_url=self.address,
            region_name="us-east-1",
            aws_access_key_id=KEYS["access_key"],
            aws_secret_access_key=KEYS["secret_key"],
        )

    def names(self) -> list[str]:
        """What lies in the bucket."""
        return [one["Key"] for one in self.client.list_objects_v2(Bucket=NAME).get("Contents", ())]

    def empty(self) -> None:
        for name in self.names():
            self.client.delete_object(Bucket=NAME, Key=name)


@contextmanager
def serving(folder: Path) -> Iterator[Serving]:
    server = Serving(folder)
    try:
        wait_until(server.answers, "S3 answers")
        server.client.create_bucket(Bucket=NAME)
        yield server
        server.client.close()
    finally:
        server.process.kill()
        server.process.wait()


@contextmanager
def used(settings: LazySettings, options: dict[str, Any]) -> Iterator[None]:
    """The storage is the one that `options` say, until its connections are closed."""
    before = settings.STORAGES
    settings.STORAGES = before | {"default": options}
    yield
    storages["default"].connection.meta.client.close()
    settings.STORAGES = before


def storage(address: str, bucket: str = NAME, **options: Any) -> dict[str, Any]:
    """The setting STORAGES["default"] for a bucket at `address`."""
    about = {"bucket_name": bucket, "location": PREFIX, "endpoint_url": address, **KEYS}
    placed = {"region_name": "us-east-1", "addressing_style": "path"}
    return {"BACKEND": "zaichat.files.bucket.Bucket", "OPTIONS": about | placed | options}
