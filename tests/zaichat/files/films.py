"""Real films and recordings for tests, made with the library that reads them."""

import array
import io
import math
from fractions import Fraction
from typing import Any

import av
from PIL import Image

UPRIGHT = bytes.fromhex(
    "00010000 00000000 00000000 00000000 00010000 00000000 00000000 00000000 40000000"
)
QUARTER_TURN = bytes.fromhex(
    "00000000 00010000 00000000 ffff0000 00000000 00000000 00000000 00000000 40000000"
)
"""Matrices of a track. Source: ISO 14496-12, 8.3.2."""

CODECS = {
    "mp4": ("libx264", "aac"),
    "mov": ("libx264", "aac"),
    "matroska": ("libx264", "aac"),
    "webm": ("libvpx", "libopus"),
}
SOUNDS = {
    "wav": "pcm_s16le",
    "mp3": "libmp3lame",
    "ipod": "aac",
    "ogg": "libopus",
    "flac": "flac",
    "webm": "libopus",
    "adts": "aac",
}


def film(
    format_: str = "mp4",
    seconds: float = 4,
    size: tuple[int, int] = (64, 48),
    *,
    codec: str = "",
    with_sound: bool = True,
    rate: int | Fraction = 5,
    dark: float = 0,
) -> bytes:
    """Black for `dark` seconds; then white above black, and it gets redder from left to right."""
    made = io.BytesIO()
    picture_codec, sound_codec = CODECS[format_]
    with av.open(made, "w", format=format_) as container:
        picture = container.add_stream(codec or picture_codec, rate=rate)
        picture.width, picture.height, picture.pix_fmt = *size, "yuv420p"
        sound = _sound_stream(container, sound_codec) if with_sound else None
        for number in range(max(1, round(seconds * rate))):
            frame = av.VideoFrame.from_image(_shot(float(number / rate), seconds, size, dark))
            container.mux(picture.encode(frame))
        container.mux(picture.encode())
        if sound is not None:
            _play(container, sound, seconds)
    return made.getvalue()


def _shot(at: float, seconds: float, size: tuple[int, int], dark: float) -> Image.Image:
    shot = Image.new("RGB", size, "black")
    if at >= dark:
        width, height = size
        shot.paste("white", (0, 0, width, height // 2))
        shot.paste((int(255 * at / seconds), 0, 0), (0, height // 2, width, height))
    return shot


def recording(format_: str = "wav", seconds: float = 2) -> bytes:
    made = io.BytesIO()
    with av.open(made, "w", format=format_) as container:
        _play(container, _sound_stream(container, SOUNDS[format_]), seconds)
    return made.getvalue()


def _sound_stream(container: Any, codec: str) -> Any:
    rate = 48_000 if codec == "libopus" else 16_000
    return container.add_stream(codec, rate=rate, layout="mono")


def _play(container: Any, stream: Any, seconds: float) -> None:
    rate = stream.codec_context.sample_rate
    count = int(seconds * rate)
    wave = array.array("h", (int(8000 * math.sin(i * 2764.6 / rate)) for i in range(count)))
    frame = av.AudioFrame(format="s16", layout="mono", samples=count)
    frame.planes[0].update(wave.tobytes().ljust(frame.planes[0].buffer_size, b"\0"))
    frame.sample_rate, frame.time_base, frame.pts = rate, Fraction(1, rate), 0
    fifo, resampler = av.AudioFifo(), av.AudioResampler(stream.codec_context.format, "mono", rate)
    for piece in resampler.resample(frame):
        fifo.write(piece)
    for piece in fifo.read_many(stream.codec_context.frame_size or 1024, partial=True):
        container.mux(stream.encode(piece))
    container.mux(stream.encode())


def turned(data: bytes) -> bytes:
    """As a phone writes it that was held upright: the picture lies, and the track says so."""
    assert UPRIGHT in data
    at = data.index(UPRIGHT, data.index(b"tkhd"))
    return data[:at] + QUARTER_TURN + data[at + len(UPRIGHT) :]


def with_cover(seconds: float = 2) -> bytes:
    """A song with a picture of its record."""
    from tests.zaichat.files.pictures import picture

    made = io.BytesIO()
    with av.open(made, "w", format="mp3") as container:
        sound = _sound_stream(container, "libmp3lame")
        cover = container.add_stream("mjpeg", rate=1)
        cover.width, cover.height, cover.pix_fmt = 60, 40, "yuvj420p"
        cover.disposition = av.stream.Disposition.attached_pic
        packet = av.Packet(picture("JPEG"))
        packet.stream, packet.pts, packet.dts = cover, 0, 0
        packet.time_base = Fraction(1, 1000)
        container.mux(packet)
        _play(container, sound, seconds)
    return made.getvalue()
