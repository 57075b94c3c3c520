"""What plays in the benchmark: upstream, proxy, our servers, and people who are signed in."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

import psutil

from tests.bench.relay.rig import MEASURED, OTHERS, ROOT, free_port, started

PEOPLE = 200
PYTHON = [sys.executable, "-m"]
UVICORN = ["--log-level", "warning", "--loop", "uvloop", "--ws-per-message-deflate", "false"]


@dataclass
class Stage:
    """Addresses and processes; `env` is that of our servers."""

    proxy: tuple[str, psutil.Process]
    servers: dict[str, tuple[str, psutil.Process]]
    cookies: list[str]
    env: dict[str, str]


def set_up(stack: ExitStack, names: list[str]) -> Stage:
    """Start everything; it ends with `stack`."""
    upstream, proxy = free_port(), free_port()
    origin, proxied = f"http://127.0.0.1:{upstream}", f"http://127.0.0.1:{proxy}"
    vendor = [*PYTHON, "tests.bench.relay.upstream", str(upstream)]
    stack.enter_context(started(vendor, origin, OTHERS))
    floor = [*PYTHON, "tests.bench.relay.proxy", str(proxy), origin]
    relay = stack.enter_context(started(floor, proxied, MEASURED))
    env = environment(stack.enter_context(tempfile.TemporaryDirectory()), origin)
    cookies = people(env)
    servers = {name: stack.enter_context(served(name, env)) for name in names}
    return Stage((f"{proxied}/api/paas/v4/chat/completions", relay), servers, cookies, env)


def environment(data: str, origin: str) -> dict[str, str]:
    return dict(os.environ) | {
        "DATA_DIR": data,
        "ENV_FILE": os.devnull,
        "ZAI_BASE_URL": f"{origin}/api/paas/v4",
        "ZAI_API_KEY": "id.secret",
        "ZAI_MAX_CONNECTIONS": "1000",
        "TITLES": "off",
        "DJANGO_SETTINGS_MODULE": "zaichat.settings",
    }


def people(env: dict[str, str]) -> list[str]:
    """Session cookies of PEOPLE people, each with an account of their own."""
    command = [*PYTHON, "tests.bench.relay.people", str(PEOPLE)]
    made = subprocess.run(command, env=env, stdout=subprocess.PIPE, check=True, cwd=ROOT)
    cookies: list[str] = json.loads(made.stdout)
    return cookies


@contextmanager
def served(name: str, env: dict[str, str]) -> Iterator[tuple[str, psutil.Process]]:
    """One of our servers: daphne through `manage.py serve`, or uvicorn."""
    port = str(free_port())
    commands = {
        "daphne": [sys.executable, "manage.py", "serve"],
        "uvicorn": [*PYTHON, "uvicorn", "zaichat.asgi:application", "--port", port, *UVICORN],
    }
    health = f"http://127.0.0.1:{port}/healthz"
    with started(commands[name], health, MEASURED, **env | {"PORT": port}) as process:
        yield f"ws://127.0.0.1:{port}/ws/", process
