"""`python -m zaichat.emulator --port 8001`: serve until SIGTERM or SIGINT."""

from __future__ import annotations

import argparse
import asyncio
import ctypes
import signal
import sys
from contextlib import suppress
from pathlib import Path

from aiohttp import web

from .app import build
from .embedded import LocalBrain
from .scripted import ScriptedBrain
from .state import Brain

MMAP_THRESHOLD = -3  # of mallopt(3)
LARGE = 256 * 1024  # bytes
SHUTDOWN = 0.3  # seconds that open streams get to end


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="zaichat.emulator", description=__doc__)
    parser.add_argument("--port", type=int, default=8001, help="0 takes a free one")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--control", action="store_true", help="serve /__control for tests")
    parser.add_argument("--data-dir", type=Path, help="where tasks and files are kept")
    parser.add_argument("--brain", choices=("auto", "embedded", "scripted"), default="auto")
    parser.add_argument("--pace", type=int, default=8, help="ms between scripted deltas")
    return parser.parse_args()


def brain_of(options: argparse.Namespace) -> Brain:
    """`embedded` and `auto` are the same: where no model can be had, scripted words serve."""
    if options.brain == "scripted":
        return ScriptedBrain(options.pace / 1000, reason="asked for")
    return LocalBrain(pace=options.pace / 1000)


async def serve(options: argparse.Namespace) -> None:
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    app = build(brain_of(options), with_control=options.control, folder=options.data_dir)
    runner = web.AppRunner(
        app, access_log=None, handler_cancellation=True, shutdown_timeout=SHUTDOWN
    )
    await runner.setup()
    try:
        await web.TCPSite(runner, options.host, options.port, backlog=1024).start()
        host, port = runner.addresses[0][:2]
        print(f"listening on http://{host}:{port}", flush=True)
        await stop.wait()
    finally:
        await runner.cleanup()


def return_memory() -> None:
    """Have glibc give large pieces back at once: bodies with pictures come and go by megabytes,
    and 20 of them left 300 MB behind. Elsewhere nothing happens."""
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).mallopt(MMAP_THRESHOLD, LARGE)


def main() -> int:
    return_memory()
    options = arguments()
    asyncio.run(serve(options))
    return 0


if __name__ == "__main__":
    sys.exit(main())
