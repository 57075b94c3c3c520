"""What the jobs want of the vendor, and what it said, in the words of jobs."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol

from media_gen.models import Job


@dataclass(frozen=True, slots=True)
class Submitted:
    """What a request for a picture or film led to: a task that goes on, or the result at once."""

    task_id: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class Looked:
    """How a task stands. `detail` is the vendor's own word on a failure, for the log."""

    status: Literal["running", "done", "failed"]
    address: str = ""
    vendor_code: str = ""
    detail: str = ""


class Vendor(Protocol):
    """Every method raises ZaiError."""

    async def submit(self, job: Job) -> Submitted:
        """Ask for it. This may be paid for, so it is called once."""

    async def look(self, task_id: str) -> Looked:
        """How a task stands; free of charge."""

    async def bring(self, address: str, path: Path) -> None:
        """Copy what is at `address` into the new file `path`. Raises NotBrought."""


class NotBrought(Exception):
    """The bytes did not come, or not all of them."""
