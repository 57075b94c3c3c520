"""Heavy work beside the event loop, two pieces at a time: more at once would take more memory."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import ParamSpec, TypeVar

AT_ONCE = 2
"""The largest picture takes 144 MB while it is decoded."""

_workers = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="aside")

P = ParamSpec("P")
T = TypeVar("T")


async def aside(work: Callable[P, T], *args: P.args, **more: P.kwargs) -> T:
    """What `work` returns; others are served meanwhile."""
    loop = asyncio.get_running_loop()
    return await loop.run_in_executor(_workers, partial(work, *args, **more))
