"""What nobody pays attention to: an idle process, an idle socket, a cold start.

Nothing is pinned here: a start may use what the machine has, as the bare import does.
"""

import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any

import psutil
from websockets.sync.client import connect

from tests.bench.relay.rig import ROOT, until_answers

SOCKETS = 200
BARE_IMPORT = (
    "import django.core.asgi, django.db.models, django.template, django.contrib.auth, "
    "channels.routing, channels.generic.websocket, daphne.server"
)

Note = Callable[..., None]


def measure(note: Note, env: dict[str, str], cookies: list[str]) -> None:
    note("idle web process MiB", *idle_process(env, cookies, note))
    note("cold start ÷ bare import", cold_start(env), 2.5)


def idle_process(env: dict[str, str], cookies: list[str], note: Note) -> tuple[float, float]:
    """MiB of a web process that has served its first page, and the limit; then its sockets."""
    process, _seconds = first_page(env)
    time.sleep(3)
    used = psutil.Process(process.pid).memory_info().rss
    url = f"ws://127.0.0.1:{env['PORT']}/ws/"
    opened(url, cookies[0]).close()
    before = psutil.Process(process.pid).memory_info().rss
    held = [opened(url, cookie) for cookie in cookies[:SOCKETS]]
    time.sleep(1)
    after = psutil.Process(process.pid).memory_info().rss
    for one in held:
        one.close()
    end(process)
    note("idle socket KiB", (after - before) / len(held) / 1024, 80)
    return used / 2**20, 140


def opened(url: str, cookie: str) -> Any:
    origin = url.replace("ws", "http", 1).removesuffix("/ws/")
    socket = connect(url, origin=origin, additional_headers={"Cookie": cookie}, compression=None)
    socket.recv(timeout=10)
    return socket


def cold_start(env: dict[str, str]) -> float:
    """Start to first page, as a multiple of importing what it stands on; medians of five."""
    end(first_page(env)[0])
    ours, bare = [], []
    for _ in range(5):
        process, seconds = first_page(env)
        end(process)
        ours.append(seconds)
        bare.append(timed_import())
    return sorted(ours)[2] / sorted(bare)[2]


def timed_import() -> float:
    start = time.monotonic()
    subprocess.run([sys.executable, "-c", BARE_IMPORT], check=True, cwd=ROOT)
    return time.monotonic() - start


def first_page(env: dict[str, str]) -> tuple[subprocess.Popen[bytes], float]:
    start = time.monotonic()
    process = subprocess.Popen([sys.executable, "manage.py", "serve"], cwd=ROOT, env=env)
    until_answers(f"http://127.0.0.1:{env['PORT']}/accounts/login/", process)
    return process, time.monotonic() - start


def end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    process.wait(timeout=15)
