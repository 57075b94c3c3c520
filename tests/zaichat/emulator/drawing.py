"""Pictures made for tests, and questions about them."""

import base64
import io
import zlib
from typing import Any

from PIL import Image, ImageDraw

from tests.zaichat.emulator.running import Running


def two_shapes(size: tuple[int, int] = (800, 600), form: str = "PNG") -> bytes:
    """A red box at the left, [125, 250, 375, 750] in thousandths, and a blue disc at the right."""
    picture = Image.new("RGB", size, "white")
    pen = ImageDraw.Draw(picture)
    width, height = size
    pen.rectangle([width // 8, height // 4, width * 3 // 8 - 1, height * 3 // 4 - 1], fill="red")
    pen.ellipse([width * 5 // 8, height // 6, width * 7 // 8, height // 2], fill="blue")
    return saved(picture, form)


def saved(picture: Image.Image, form: str = "PNG", **more: Any) -> bytes:
    file = io.BytesIO()
    picture.save(file, form, **more)
    return file.getvalue()


def huge_png(width: int, height: int) -> bytes:
    """The header of a PNG of this size with nothing behind it."""
    body = b"IHDR" + width.to_bytes(4, "big") + height.to_bytes(4, "big") + bytes([8, 2, 0, 0, 0])
    return b"\x89PNG\r\n\x1a\n\0\0\0\x0d" + body + zlib.crc32(body).to_bytes(4, "big")


def data_url(data: bytes, kind: str = "image/png") -> str:
    return f"data:{kind};base64,{base64.b64encode(data).decode()}"


def part(url: str, kind: str = "image_url") -> dict[str, Any]:
    return {"type": kind, kind: {"url": url}}


def asking(text: str, *urls: str, model: str = "glm-4.6v", **more: Any) -> dict[str, Any]:
    """A request with these pictures before the words."""
    content = [*map(part, urls), {"type": "text", "text": text}]
    return {"model": model, "messages": [{"role": "user", "content": content}], **more}


def said(stand_in: Running, body: dict[str, Any]) -> str:
    """The words of its answer."""
    return str(message(stand_in, body)["content"])


def message(stand_in: Running, body: dict[str, Any]) -> dict[str, Any]:
    answer = stand_in.post(body)
    assert answer.status_code == 200, answer.text
    return dict(answer.json()["choices"][0]["message"])
