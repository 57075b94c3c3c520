"""Looks into one film or recording, in a process of its own with bounded memory and time.

    python -m zaichat.files.filming SOURCE FOLDER

The file itself is kept as it is: this proves that it can be decoded, says what it is, and writes
a poster and stills into FOLDER. Prints one JSON object, see `confined`. Knows nothing of Django.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zaichat.files import limits
from zaichat.files.confined import Bounds, Refused, answer

if TYPE_CHECKING:
    from av import VideoFrame
    from av.audio.stream import AudioStream
    from av.container import InputContainer
    from av.video.stream import VideoStream

BOUNDS = Bounds(
    memory=limits.FILM_MEMORY,
    seconds=limits.FILM_CPU_SECONDS,
    file=limits.MAX_PICTURE_BYTES,
    outgrown="too_many_pixels",
)
DEMUXERS = "mov,matroska,webm,wav,mp3,ogg,flac,aac"
"""Of FFmpeg's: none that opens other files or addresses, as playlists do."""

MICROSECONDS = 1_000_000
AHEAD = 150
"""Frames decoded at most behind the last whole one, on the way to a moment."""

QUALITY = 82
POSTER_QUALITY = 78
DULL = 8.0
"""Standard deviation of brightness, 0 to 127, below which a still says nothing."""

PLAYED = {
    "mp4": ({"h264", "av1", "vp9"}, {"aac", "mp3", "opus", "flac"}),
    "mov": ({"h264", "av1"}, {"aac", "mp3"}),
    "webm": ({"vp8", "vp9", "av1"}, {"vorbis", "opus"}),
}
"""Container -> codecs of picture and of sound that the common browsers play."""

TYPES = {
    "mp4": "video/mp4",
    "mov": "video/quicktime",
    "webm": "video/webm",
    "mkv": "video/x-matroska",
    "m4a": "audio/mp4",
    "weba": "audio/webm",
    "mka": "audio/x-matroska",
    "wav": "audio/wav",
    "mp3": "audio/mpeg",
    "ogg": "audio/ogg",
    "flac": "audio/flac",
    "aac": "audio/aac",
}
"""What we call a file, also its suffix -> its media type."""

SOUND_OF = {"mp4": "m4a", "mov": "m4a", "webm": "weba", "mkv": "mka", "ogv": "ogg"}


@dataclass(frozen=True, slots=True)
class Still:
    at: float  # seconds
    picture: Any  # of Pillow


def main() -> int:
    source, folder = Path(sys.argv[1]), Path(sys.argv[2])
    return answer(lambda: seen(source, folder), BOUNDS)


def seen(source: Path, folder: Path) -> dict[str, Any]:
    import av

    try:
        with opened(source) as container:
            picture = picture_of(container)
            if picture is None:
                return heard(container, named(source, container))
            return watched(container, picture, named(source, container), folder)
    except (Refused, MemoryError):
        raise
    except (av.error.FFmpegError, ValueError, OverflowError, IndexError):
        raise Refused("broken") from None


def opened(source: Path) -> InputContainer:
    import av

    av.logging.set_level(None)
    options = {"protocol_whitelist": "file", "format_whitelist": DEMUXERS}
    return av.open(f"file:{source}", container_options=options)


def named(source: Path, container: InputContainer) -> str:
    """`mp4`, `mov`, `webm`, …: what its first bytes make of the family that the demuxer saw."""
    family = container.format.name.split(",")
    with source.open("rb") as file:
        head = file.read(64)
    if "mp4" in family:
        return "mov" if head[8:12] == b"qt  " else "mp4"
    if "matroska" in family:
        return "webm" if b"webm" in head else "mkv"
    return "ogv" if family == ["ogg"] and picture_of(container) else family[0]


def picture_of(container: InputContainer) -> VideoStream | None:
    """Its moving picture; the cover of a record is none."""
    import av

    cover = av.stream.Disposition.attached_pic
    moving = [stream for stream in container.streams.video if not stream.disposition & cover]
    return moving[0] if moving else None


def heard(container: InputContainer, name: str) -> dict[str, Any]:
    if not container.streams.audio:
        raise Refused("nothing_in_it")
    sound = container.streams.audio[0]
    seconds = length_of(container, sound, limits.MAX_RECORDING_SECONDS)
    prove(container, sound)
    name = SOUND_OF.get(name, name)
    return {
        "kind": "audio",
        "suffix": name,
        "media_type": TYPES[name],
        "seconds": seconds,
        "origin": {"format": name, "sound": sound.codec_context.codec.canonical_name},
    }


def prove(container: InputContainer, sound: AudioStream) -> None:
    """That a piece of it can be decoded: a right beginning alone makes no recording."""
    if not any(frame.samples for frame in container.decode(sound)):
        raise Refused("broken")


def watched(
    container: InputContainer, picture: VideoStream, name: str, folder: Path
) -> dict[str, Any]:
    if picture.width * picture.height > limits.MAX_PIXELS:
        raise Refused("too_many_pixels")
    seconds = length_of(container, picture, limits.MAX_FILM_SECONDS)
    stills = list(sampled(container, picture, seconds))
    if not stills:
        raise Refused("broken")
    poster = written_poster(stills, folder)
    width, height = shown_size(picture, stills[0].picture)
    return {
        "kind": "video",
        "suffix": name,
        "media_type": played_as(name, container, picture),
        "seconds": seconds,
        "width": width,
        "height": height,
        "origin": origin_of(name, container, picture),
        "stills": [written(still, folder, number) for number, still in enumerate(stills, 1)],
        **poster,
    }


def length_of(container: InputContainer, stream: VideoStream | AudioStream, most: int) -> float:
    """Seconds. A browser's own recordings do not say it, so those are read to their end."""
    if container.duration:
        seconds = container.duration / MICROSECONDS
    elif stream.duration and stream.time_base:
        seconds = float(stream.duration * stream.time_base)
    else:
        seconds = max((end_of(packet) for packet in container.demux(stream)), default=0.0)
        container.seek(0)
    if not 0 < seconds < float("inf"):
        raise Refused("broken")
    if seconds > most:
        raise Refused("too_long")
    return round(seconds, 3)


def end_of(packet: Any) -> float:
    if packet.pts is None or packet.time_base is None:
        return 0.0
    return float((packet.pts + (packet.duration or 0)) * packet.time_base)


def sampled(container: InputContainer, picture: VideoStream, seconds: float) -> Iterator[Still]:
    """Stills from the whole length at even distances, one for each second at most."""
    import av

    picture.thread_type = "NONE"
    count = max(1, min(limits.MAX_STILLS, round(seconds)))
    last = -1.0
    for number in range(count):
        wanted = (number + 0.5) * seconds / count
        try:
            frame = frame_at(container, picture, wanted)
        except av.error.FFmpegError:
            frame = None  # the rest of a film that was cut off is missing; what is there counts
        if frame is not None and (at := time_of(frame, wanted)) > last:
            last = at
            yield Still(at, as_picture(frame, picture))


def frame_at(container: InputContainer, picture: VideoStream, wanted: float) -> VideoFrame | None:
    container.seek(int(wanted * MICROSECONDS), backward=True)
    nearest = None
    for number, frame in enumerate(container.decode(picture)):
        nearest = frame
        if time_of(frame, wanted) >= wanted or number == AHEAD:
            break
    return nearest


def time_of(frame: VideoFrame, wanted: float) -> float:
    return wanted if frame.time is None else float(frame.time)


def as_picture(frame: VideoFrame, stream: VideoStream) -> Any:
    """Upright, with square pixels, no larger than a still may be."""
    across = float(stream.sample_aspect_ratio or 1) or 1.0
    width, height = frame.width * across, float(frame.height)
    share = min(1.0, limits.STILL_SIDE / max(width, height))
    size = {"width": max(1, round(width * share)), "height": max(1, round(height * share))}
    picture = frame.to_image(**size)
    return picture.rotate(frame.rotation, expand=True) if frame.rotation else picture


def shown_size(stream: VideoStream, still: Any) -> tuple[int, int]:
    """Width and height of the film as it is seen, from a still of it that may be smaller."""
    across = float(stream.sample_aspect_ratio or 1) or 1.0
    longest = max(stream.width * across, stream.height)
    share = longest / max(still.size)
    return round(still.width * share), round(still.height * share)


def written(still: Still, folder: Path, number: int) -> dict[str, Any]:
    name = f"still-{number}.jpg"
    still.picture.save(folder / name, quality=QUALITY)
    return {"at": round(still.at, 3), "name": name}


def written_poster(stills: list[Still], folder: Path) -> dict[str, str]:
    """The first still with something on it; films often begin with black."""
    from PIL import Image, ImageStat

    def is_telling(still: Still) -> bool:
        return bool(ImageStat.Stat(still.picture.convert("L")).stddev[0] > DULL)

    chosen = next(filter(is_telling, stills), stills[0]).picture.copy()
    chosen.thumbnail((limits.THUMBNAIL_SIDE, limits.THUMBNAIL_SIDE))
    chosen.save(folder / "small.webp", quality=POSTER_QUALITY)
    pixel = chosen.resize((1, 1), Image.Resampling.BOX).getpixel((0, 0))
    return {"thumbnail": "small.webp", "colour": "#{:02x}{:02x}{:02x}".format(*pixel)}


def origin_of(name: str, container: InputContainer, picture: VideoStream) -> dict[str, Any]:
    sound = sound_of(container)
    codec = picture.codec_context.codec.canonical_name
    return {
        "format": name,
        "codec": codec,
        "sound": sound,
        "is_playable": plays(name, codec, sound),
    }


def sound_of(container: InputContainer) -> str:
    sounds = container.streams.audio
    return sounds[0].codec_context.codec.canonical_name if sounds else ""


def plays(name: str, codec: str, sound: str) -> bool:
    """Whether the common browsers play it."""
    pictures, sounds = PLAYED.get(name, (set(), set()))
    return codec in pictures and (not sound or sound in sounds)


def played_as(name: str, container: InputContainer, picture: VideoStream) -> str:
    """A phone's mov is an mp4 by another name; browsers play it where it is called so."""
    codec = picture.codec_context.codec.canonical_name
    is_mp4 = name == "mov" and plays(name, codec, sound_of(container))
    return TYPES.get("mp4" if is_mp4 else name, "application/octet-stream")


if __name__ == "__main__":
    sys.exit(main())
