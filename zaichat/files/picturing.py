"""Decodes one picture and writes it anew, in a process of its own with bounded memory and time.

    python -m zaichat.files.picturing SOURCE FOLDER

Turned as the camera was held, in sRGB, without metadata, at most MAX_SIDE wide or high. Prints
one JSON object: what was made, or `{"refused": code}`. Knows nothing of Django.
"""

from __future__ import annotations

import io
import sys
from pathlib import Path
from typing import Any

from zaichat.files import limits
from zaichat.files.confined import Bounds, Refused, answer

BOUNDS = Bounds(
    memory=limits.CHILD_MEMORY,
    seconds=limits.CHILD_SECONDS,
    file=limits.MAX_PICTURE_BYTES,
    outgrown="too_many_pixels",
)
THRIFTY = 85  # JPEG quality
THUMBNAIL_QUALITY = 78


def main() -> int:
    source, folder = Path(sys.argv[1]), Path(sys.argv[2])
    return answer(lambda: remade(source, folder), BOUNDS)


def remade(source: Path, folder: Path) -> dict[str, Any]:
    picture, origin = opened(source)
    kept = shrunk(upright(picture), limits.MAX_SIDE)
    name, media_type = written(kept, folder, origin["format"])
    small = shrunk(kept, limits.THUMBNAIL_SIDE)
    small.save(folder / "small.webp", quality=THUMBNAIL_QUALITY)
    return {
        "name": name,
        "media_type": media_type,
        "width": kept.width,
        "height": kept.height,
        "thumbnail": "small.webp",
        "colour": average_colour(small),
        "origin": origin,
    }


def opened(source: Path) -> tuple[Any, dict[str, Any]]:
    """The first frame, decoded no larger than needed, and what the file said it is."""
    from PIL import UnidentifiedImageError

    try:
        return decoded(source)
    except UnidentifiedImageError:
        raise Refused("not_a_picture") from None
    except (Refused, MemoryError):
        raise
    except Exception:
        # Decoders meet broken bytes with every kind of error there is.
        raise Refused("broken") from None


def decoded(source: Path) -> tuple[Any, dict[str, Any]]:
    from PIL import Image
    from pillow_heif import register_heif_opener

    register_heif_opener(thumbnails=False)
    Image.MAX_IMAGE_PIXELS = None  # judged below, where the refusal has words
    picture = Image.open(source, formats=limits.PICTURE_FORMATS)
    origin = {
        "format": str(picture.format),
        "width": picture.width,
        "height": picture.height,
        "is_animated": bool(getattr(picture, "is_animated", False)),
    }
    # A camera's JPEG is decoded at a fraction of its size, however many pixels it has.
    picture.draft("RGB", (limits.MAX_SIDE, limits.MAX_SIDE))
    if picture.width * picture.height > limits.MAX_PIXELS:
        raise Refused("too_many_pixels")
    picture.load()
    return picture, origin


def upright(picture: Any) -> Any:
    """As the camera was held, in sRGB, as RGB or RGBA."""
    from PIL import ImageOps

    picture = ImageOps.exif_transpose(picture)
    profile = picture.info.get("icc_profile")
    if picture.mode.startswith("I;16") or picture.mode in ("I", "F"):
        picture = ImageOps.autocontrast(picture.point(lambda value: value / 256).convert("L"))
    has_alpha = "A" in picture.getbands() or "transparency" in picture.info
    if profile and picture.mode in ("RGB", "RGBA", "CMYK"):
        picture = in_srgb(picture, profile)
    return picture.convert("RGBA" if has_alpha else "RGB")


def in_srgb(picture: Any, profile: bytes) -> Any:
    """Phones and printers have colours of their own; a broken profile is as good as none."""
    from PIL import ImageCms

    alpha = picture.getchannel("A") if picture.mode == "RGBA" else None
    flat = picture.convert("RGB") if alpha else picture
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        target = ImageCms.createProfile("sRGB")
        flat = ImageCms.profileToProfile(flat, source, target, outputMode="RGB")
    except (ImageCms.PyCMSError, OSError, ValueError):
        flat = flat.convert("RGB")
    if flat is not None and alpha is not None:
        flat.putalpha(alpha)
    return flat


def shrunk(picture: Any, side: int) -> Any:
    """At most `side` wide and high; never larger than it was."""
    from PIL import Image

    longest = max(picture.size)
    if longest <= side:
        return picture.copy()
    size = [max(1, round(length * side / longest)) for length in picture.size]
    return picture.resize(tuple(size), Image.Resampling.LANCZOS, reducing_gap=3.0)


def written(picture: Any, folder: Path, format_: str) -> tuple[str, str]:
    """Drawings and what has holes stay exact (PNG) where that is small enough; photos are JPEG."""
    picture.info.clear()
    is_photo = format_ in ("JPEG", "MPO", "HEIF", "AVIF")
    if not is_photo or picture.mode == "RGBA":
        picture.save(folder / "kept.png", optimize=False)
        if (folder / "kept.png").stat().st_size <= limits.MAX_KEPT_BYTES:
            return "kept.png", "image/png"
    flat = on_white(picture)
    flat.save(folder / "kept.jpg", quality=THRIFTY, progressive=True)
    return "kept.jpg", "image/jpeg"


def on_white(picture: Any) -> Any:
    if picture.mode != "RGBA":
        return picture
    from PIL import Image

    ground = Image.new("RGB", picture.size, "white")
    ground.paste(picture, mask=picture.getchannel("A"))
    return ground


def average_colour(picture: Any) -> str:
    """`#rrggbb`, for the place of the picture while it loads."""
    from PIL import Image

    pixel = on_white(picture).resize((1, 1), Image.Resampling.BOX).getpixel((0, 0))
    return "#{:02x}{:02x}{:02x}".format(*pixel)


if __name__ == "__main__":
    sys.exit(main())
