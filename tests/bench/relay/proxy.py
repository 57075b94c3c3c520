"""The floor: an aiohttp server and client on uvloop that pass the bytes through.

Run as a process: `proxy.py PORT UPSTREAM`.
"""

import sys

import uvloop
from aiohttp import ClientSession, ClientTimeout, TCPConnector, web


async def relay(request: web.Request) -> web.StreamResponse:
    session: ClientSession = request.app["session"]
    body = await request.read()
    async with session.post(request.app["upstream"] + request.path, data=body) as response:
        answer = web.StreamResponse(headers={"Content-Type": "text/event-stream;charset=UTF-8"})
        await answer.prepare(request)
        async for chunk in response.content.iter_any():
            await answer.write(chunk)
        return answer


async def open_session(app: web.Application) -> None:
    connector = TCPConnector(limit=0)
    app["session"] = ClientSession(connector=connector, timeout=ClientTimeout(total=None))


def main() -> None:
    app = web.Application()
    app["upstream"] = sys.argv[2]
    app.on_startup.append(open_session)
    app.router.add_post("/api/paas/v4/chat/completions", relay)
    uvloop.install()
    web.run_app(app, host="127.0.0.1", port=int(sys.argv[1]), print=None, access_log=None)


if __name__ == "__main__":
    main()
