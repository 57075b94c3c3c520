"""`python -m tests.bench.files`: what files that come in cost everybody else, into var/bench.json.

Limits: 20 uploads of 20 MB at once grow the server by at most 100 MB, leave other pages under
500 ms and never hold the loop for 200 ms; 100 photos in the background raise a running answer's
p95 by one frame at most. Each pair of figures comes from one run, with the load of the machine
beside it.
"""

import asyncio
import json
import os
import sys
import tempfile
from contextlib import ExitStack

import psutil

from tests.bench.files.bringing import Background, photo, together
from tests.bench.relay.__main__ import FRAME_MS, Table
from tests.bench.relay.readers import Plan
from tests.bench.relay.rig import MEASURED, OTHERS, ROOT, free_port, run, started
from tests.bench.relay.stage import PYTHON, environment, people

UPLOADS, WEIGHT = 20, 20 * 1000**2
PHOTOS = 100
TOKENS, RATE = 1500, 50


def main() -> None:
    table = Table()
    with ExitStack() as stack:
        url, server, cookies = stage(stack)
        table.note("load of the machine", os.getloadavg()[0])
        heavy_uploads(table, url, server, cookies)
        photos_beside_an_answer(table, url, server, cookies)
    written = ROOT / "var" / "bench.json"
    written.parent.mkdir(exist_ok=True)
    known = json.loads(written.read_text()) if written.exists() else {}
    written.write_text(json.dumps(known | {"files": table.lines}, indent=1, ensure_ascii=False))
    broken = [line["name"] for line in table.lines if line["kept"] is False]
    print(f"{len(table.lines) - len(broken)} passed, {len(broken)} failed")
    sys.exit(bool(broken))


def stage(stack: ExitStack) -> tuple[str, psutil.Process, list[str]]:
    """Our server on all cores, a vendor on one, and people who are signed in."""
    upstream, port = free_port(), free_port()
    origin = f"http://127.0.0.1:{upstream}"
    vendor = [*PYTHON, "tests.bench.relay.upstream", str(upstream)]
    stack.enter_context(started(vendor, origin, OTHERS))
    env = environment(stack.enter_context(tempfile.TemporaryDirectory()), origin)
    cookies = people(env)
    url = f"http://127.0.0.1:{port}"
    command = [sys.executable, "manage.py", "serve"]
    ours = started(command, f"{url}/healthz", MEASURED | OTHERS, **env | {"PORT": str(port)})
    return url, stack.enter_context(ours), cookies


def heavy_uploads(table: Table, url: str, server: psutil.Process, cookies: list[str]) -> None:
    data = photo((3000, 2000), WEIGHT)
    asyncio.run(together(url, cookies, server, photo((300, 200)), 2))  # everything is imported
    found = asyncio.run(together(url, cookies, server, data, UPLOADS))
    table.note("uploads of 20 MB at once: kept", found.kept, UPLOADS, least=True)
    table.note("uploads of 20 MB at once: seconds", found.seconds)
    table.note("uploads of 20 MB at once: server grew by MiB", found.weight, 100)
    table.note("uploads of 20 MB at once: other pages, median ms", found.median)
    table.note("uploads of 20 MB at once: other pages, p95 ms", found.p95)
    table.note("uploads of 20 MB at once: other pages, slowest ms", found.slowest, 500)
    table.note("uploads of 20 MB at once: a ping of a socket, slowest ms", found.lag, 200)


def photos_beside_an_answer(
    table: Table, url: str, server: psutil.Process, cookies: list[str]
) -> None:
    plan = Plan("ws", f"ws{url[4:]}/ws/", 1, TOKENS, RATE, cookies)
    quiet = run(plan, server)
    photos = Background(url, cookies[2], photo((4032, 3024)), PHOTOS)
    photos.start()
    busy = run(plan, server)
    still_coming = photos.is_alive()
    photos.join()
    table.note("100 photos: kept", photos.kept, PHOTOS, least=True)
    table.note("100 photos: outlast the answer", "yes" if still_coming else "no")
    table.note("an answer alone: latency p95 ms", quiet.report.latency_p95)
    most = quiet.report.latency_p95 + FRAME_MS
    table.note("an answer beside 100 photos: latency p95 ms", busy.report.latency_p95, most)
    table.note("an answer beside 100 photos: other load", busy.other_load)


if __name__ == "__main__":
    main()
