"""A stranger's server that counts who comes."""

import base64
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

PICTURE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAACgAAAAUCAIAAABwJOjsAAAAJ0lEQVR4nGMUqYhiGAjANCC2jlo8avGoxaMWj1o8"
    "avGoxaMWDwgAAEMxAQ7hG1RnAAAAAElFTkSuQmCC"
)


class Canary(ThreadingHTTPServer):
    """`visits` are the paths asked for, `headers` those of the last one."""

    def __init__(self) -> None:
        self.visits: list[str] = []
        self.headers: dict[str, str] = {}
        super().__init__(("127.0.0.1", 0), Visitor)
        self.origin = f"http://127.0.0.1:{self.server_address[1]}"


class Visitor(BaseHTTPRequestHandler):
    server: Canary

    def do_GET(self) -> None:
        self.server.visits.append(self.path)
        self.server.headers = dict(self.headers)
        is_picture = ".png" in self.path
        self.send_response(200 if is_picture else 204)
        self.send_header("Content-Type", "image/png")
        self.end_headers()
        if is_picture:
            self.wfile.write(PICTURE)

    do_POST = do_GET

    def log_message(self, format: str, *args: Any) -> None:
        """The list is log enough."""


@contextmanager
def listening() -> Iterator[Canary]:
    server = Canary()
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()
