"""What runs in a process of its own, because it decodes what strangers wrote.

Started by `zaichat.files.starting`. It gets bounded memory, time and files, and prints one JSON
object: what it found, or `{"refused": code}`. Knows nothing of Django.
"""

import json
import os
import resource
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

NICE = 10
"""Added to the priority that the server has; see nice(2)."""


class Refused(Exception):
    """Not to be taken; the code says why."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """`memory` is address space and `file` the size of a file it may write, both in bytes;
    `seconds` are of the processor. `outgrown` is the code when memory did not do."""

    memory: int
    seconds: int
    file: int
    outgrown: str


def answer(work: Callable[[], dict[str, Any]], bounds: Bounds) -> int:
    """Does `work` within `bounds` and prints what it says. The exit code of the process."""
    confine(bounds)
    try:
        said = work()
    except Refused as refused:
        said = {"refused": str(refused)}
    except MemoryError:
        said = {"refused": bounds.outgrown}
    print(json.dumps(said))
    return 0


def confine(bounds: Bounds) -> None:
    """Before anything is decoded. Answers that are being written come first."""
    os.nice(NICE)
    for what, most in (
        (resource.RLIMIT_AS, bounds.memory),
        (resource.RLIMIT_CPU, bounds.seconds),
        (resource.RLIMIT_FSIZE, bounds.file),
    ):
        resource.setrlimit(what, (most, most))
    os.environ["OMP_NUM_THREADS"] = "1"
