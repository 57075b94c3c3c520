"""The documented models and what each takes (API: models, limits, prices; content parts).

Where the two platforms differ, as on 50 or 150 pictures, the wider limit holds.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

LOCAL_DEMO = "local-demo"
NO_THINKING = ("none", "minimal")


@dataclass(frozen=True)
class Model:
    """`thinking`: "no", "auto", "forced" (thinks whenever enabled) or "always" (cannot be
    switched off). `max_output` in tokens. `parts`: the content parts it reads besides text.
    `pictures`, `films`: how many of them one request may hold. `base64`: whether pictures may
    come in the request itself. `film_first`: a film must be the first part of its message."""

    name: str
    thinking: str = "no"
    max_output: int = 131072
    parts: tuple[str, ...] = ()
    chats: bool = True
    pictures: int = 50
    films: int = 1
    base64: bool = True
    film_first: bool = False

    def thinks(self, body: dict[str, Any]) -> bool:
        """Whether it will think about this request; enabled is the default where possible."""
        wish = (body.get("thinking") or {}).get("type")
        if self.name == LOCAL_DEMO:
            return wish == "enabled"
        if self.thinking == "no" or wish == "disabled":
            return False
        return body.get("reasoning_effort") not in NO_THINKING


PICTURES = ("image_url", "video_url", "file_url")
SEEN = ("image_url", "video_url")
STILLS = ("image_url",)


def known() -> dict[str, Model]:
    return {model.name: model for model in (*text(), *vision(), *spoken(), *other())}


def text() -> list[Model]:
    always = [Model("glm-5.3", "always"), Model("glm-5.3-flashx", "always")]
    always.append(Model("glm-5.3-flash", "always", parts=PICTURES))
    forced = ["glm-5.1", "glm-5", "glm-5-turbo", "glm-4.7", "glm-4.7-flashx", "glm-4.7-flash"]
    auto = ["glm-4.5", "glm-4.5-x", "glm-4.5-air", "glm-4.5-airx", "glm-4.5-flash"]
    plain = [
        "glm-4-32b-0414-128k",
        "glm-4-flash-250414",
        "glm-4-flashx-250414",
        "glm-4-flash",
        "glm-4-long",
        "glm-4-plus",
        "glm-4-air",
        "glm-4-air-250414",
        "glm-4-airx",
        "glm-4-0520",
        "glm-4",
        "codegeex-4",
    ]
    return [
        *always,
        Model("glm-5.2", "auto"),
        Model("glm-4.6", "auto"),
        *(Model(name, "forced") for name in forced),
        *(Model(name, "auto", 98304) for name in auto),
        *(Model(name, max_output=32768) for name in plain),
        *(Model(name, max_output=4096) for name in ("charglm-4", "emohaa")),
        Model(LOCAL_DEMO, "auto", 4096, STILLS),
    ]


def vision() -> list[Model]:
    return [
        Model("glm-5v-turbo", "auto", 131072, PICTURES, pictures=150, films=2),
        *(
            Model(f"glm-4.6v{kind}", "auto", 32768, PICTURES, pictures=150, films=2)
            for kind in ("", "-flash", "-flashx")
        ),
        Model("glm-4.5v", "forced", 16384, PICTURES),
        *(
            Model(f"glm-4.1v-thinking-{kind}", "forced", 32768, SEEN)
            for kind in ("flash", "flashx")
        ),
        Model("glm-4v-flash", max_output=1024, parts=STILLS, pictures=1, base64=False),
        *(
            Model(name, max_output=4096, parts=SEEN, pictures=5, film_first=True)
            for name in ("glm-4v-plus-0111", "glm-4v-plus")
        ),
        Model("glm-4v", max_output=4096, parts=SEEN),
        *(
            Model(name, max_output=4096, parts=STILLS)
            for name in ("autoglm-phone", "autoglm-phone-multilingual")
        ),
    ]


def spoken() -> list[Model]:
    return [Model("glm-4-voice", max_output=4096, parts=("input_audio",))]


def other() -> list[Model]:
    """Models of other endpoints: known, but chat is not a call they support."""
    names = (
        "glm-image",
        "cogview-4-250304",
        "cogview-4",
        "cogview-3-flash",
        "cogview-3",
        "cogview-3-plus",
        "cogvideox-3",
        "cogvideox-2",
        "cogvideox-flash",
        "viduq1-text",
        "viduq1-image",
        "viduq1-start-end",
        "vidu2-image",
        "vidu2-start-end",
        "vidu2-reference",
        "glm-asr-2512",
        "glm-asr",
        "glm-tts",
        "embedding-3",
        "embedding-2",
        "rerank",
        "moderation",
        "glm-ocr",
    )
    return [Model(name, chats=False) for name in names]


MODELS = known()
