"""Real files for tests, made with the library that reads them."""

import io
import os
from typing import Any

from PIL import Image
from pillow_heif import register_heif_opener

register_heif_opener()

SIDEWAYS = 6
"""EXIF orientation: the camera was turned; shown upright, width and height change places."""


def picture(
    format_: str = "PNG", size: tuple[int, int] = (60, 40), mode: str = "RGB", **options: Any
) -> bytes:
    """A picture whose left half is red and whose right half is blue, where the mode has colours."""
    ground = Image.new("RGB", size, "red")
    ground.paste("blue", (size[0] // 2, 0, size[0], size[1]))
    made = io.BytesIO()
    ground.convert(mode).save(made, format_, **options)
    return made.getvalue()


def phone_photo(format_: str = "JPEG", size: tuple[int, int] = (4032, 3024)) -> bytes:
    """As a phone writes it: held upright, so turned, and with the place where it was taken."""
    exif = Image.Exif()
    exif[0x0112] = SIDEWAYS
    exif[0x010F] = "Camera of somebody"
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (48.0, 0.0, 0.0)
    return picture(format_, size, exif=exif.tobytes())


def animation(format_: str, frames: int = 3) -> bytes:
    shots = [Image.new("RGB", (30, 20), colour) for colour in ("red", "green", "blue")[:frames]]
    made = io.BytesIO()
    shots[0].save(made, format_, save_all=True, append_images=shots[1:], duration=100)
    return made.getvalue()


def long_animation(frames: int) -> bytes:
    """As many frames as that, and each the same."""
    one = animation("GIF", 2)
    # A frame begins with its extension; source: GIF89a, 23.
    first = one.index(b"\x21\xf9\x04")
    again = one.index(b"\x21\xf9\x04", first + 1)
    return one[:again] + (one[again:-1] * frames) + b";"


def heavy_scan(megabytes: int) -> bytes:
    """Noise, as it is packed worst: as many bytes as it has dots, three times."""
    side = int((megabytes * 1_000_000 / 3) ** 0.5) + 1
    made = io.BytesIO()
    noise = Image.frombytes("RGB", (side, side), os.urandom(3 * side * side))
    noise.save(made, "PNG", compress_level=0)
    return made.getvalue()


def bomb(side: int = 13_000) -> bytes:
    """A few kilobytes that would take 500 MB decoded."""
    made = io.BytesIO()
    Image.new("1", (side, side)).save(made, "PNG")
    return made.getvalue()


def deep_scan() -> bytes:
    """Sixteen bits of grey, as scanners and telescopes write it."""
    made = io.BytesIO()
    Image.new("I;16", (60, 40), 40_000).save(made, "PNG")
    return made.getvalue()


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))
