"""What nobody pays attention to: an idle process, an idle socket, a cold start."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from typing import Any

import psutil
from websockets.sync.client import connect

from tests.bench.relay.rig import ROOT, free_port, until_answers

SOCKETS = 200
BARE_IMPORT = (
    "import django.core.asgi, django.db.models, django.template, django.contrib.auth, "
    "channels.routing, channels.generic.websocket, daphne.server"
)

Note = Callable[..., None]


def measure(note: Note, server: tuple[str, psutil.Process], cookies: list[str]) -> None:
    note("idle socket KiB", idle_socket(server, cookies), 80)
    note("idle web process MiB", *idle_process())
    note("cold start ÷ bare import", cold_start(), 2.5)


def idle_socket(server: tuple[str, psutil.Process], cookies: list[str]) -> float:
    """Memory per socket, of a server that has already served as many."""
    url, process = server
    held_open(url, cookies)
    time.sleep(1)
    before = process.memory_info().rss
    held = [opened(url, cookie) for cookie in cookies[:SOCKETS]]
    time.sleep(1)
    after = process.memory_info().rss
    for one in held:
        one.close()
    return max(after - before, 0) / len(held) / 1024


def held_open(url: str, cookies: list[str]) -> None:
    for one in [opened(url, cookie) for cookie in cookies[:SOCKETS]]:
        one.close()


def opened(url: str, cookie: str) -> Any:
    origin = url.replace("ws", "http", 1).removesuffix("/ws/")
    socket = connect(url, origin=origin, additional_headers={"Cookie": cookie}, compression=None)
    socket.recv(timeout=10)
    return socket


def idle_process() -> tuple[float, float]:
    """MiB of a web process that has served its first page, and the limit."""
    with tempfile.TemporaryDirectory() as data:
        process, _seconds = first_page(data)
        time.sleep(2)
        used = psutil.Process(process.pid).memory_info().rss / 2**20
        end(process)
    return used, 140


def cold_start() -> float:
    """Start to first page, as a multiple of importing what it stands on; medians of three."""
    with tempfile.TemporaryDirectory() as data:
        end(first_page(data)[0])
        ours = []
        for _ in range(3):
            process, seconds = first_page(data)
            ours.append(seconds)
            end(process)
    return sorted(ours)[1] / sorted(timed_import() for _ in range(3))[1]


def timed_import() -> float:
    start = time.monotonic()
    subprocess.run([sys.executable, "-c", BARE_IMPORT], check=True)
    return time.monotonic() - start


def first_page(data: str) -> tuple[subprocess.Popen[bytes], float]:
    port = free_port()
    env = os.environ | {"DATA_DIR": data, "ENV_FILE": os.devnull, "PORT": str(port)}
    migrate = [sys.executable, "manage.py", "migrate", "-v0"]
    subprocess.run(migrate, cwd=ROOT, env=env, check=True)
    start = time.monotonic()
    process = subprocess.Popen([sys.executable, "manage.py", "serve"], cwd=ROOT, env=env)
    until_answers(f"http://127.0.0.1:{port}/accounts/login/", process)
    return process, time.monotonic() - start


def end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    process.wait(timeout=15)
