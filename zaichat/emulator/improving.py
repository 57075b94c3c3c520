"""A prompt made fuller where no capable model takes part: a small program adds what it misses
words for, and says below its work what it is."""

from __future__ import annotations

import re

from .told import Told
from .turn import Turn, mostly_cjk, text_of

WANTED = re.compile(
    r"\b(rewrite|improve)s?\b[^.]*\bprompts?\b|(改写|润色|优化|完善)[^。]*提示词", re.IGNORECASE
)
FILM = re.compile(r"\b(films?|videos?)\b|视频|影片", re.IGNORECASE)
LIMIT = re.compile(r"at most (\d+) characters|不超过\s*(\d+)\s*(?:个)?字")
USUAL_LIMIT = 600  # characters

Piece = tuple[str, str, str]
"""What a prompt says already when this is found in it; what is added else; what that is called."""

PICTURE: dict[str, list[Piece]] = {
    "en": [
        (r"light|lit\b|shadow|glow|bright|dark|sun|dusk|dawn|night", "soft light", "light"),
        (r"close|wide|view|shot|angle|portrait|frame|lens|\bmm\b", "wide framing", "framing"),
        (r"photo|paint|draw|colou?r|style|illustration|render|anime", "fine detail", "detail"),
    ],
    "zh": [
        (r"光|影|亮|暗|黄昏|黎明|夜", "光线柔和", "光线"),
        (r"特写|远景|近景|全景|视角|构图|镜头|俯视|仰视", "构图开阔", "构图"),
        (r"照片|摄影|画风|水彩|油画|插画|风格|细节", "细节清晰", "细节"),
    ],
}
MOVING: dict[str, list[Piece]] = {
    "en": [
        (r"slow|fast|quick|gentl|calm|sudden", "moving slowly and evenly", "pace"),
        (r"camera|pan\b|zoom|dolly|tracking|shot", "the camera glides closer", "the camera"),
    ],
    "zh": [
        (r"慢|快|缓|突然|轻轻", "动作缓慢平稳", "节奏"),
        (r"镜头|推近|拉远|摇|跟拍", "镜头缓缓推近", "镜头"),
    ],
}
NOTES = {
    "en": "Local demo: a small program, no model, added {}.",
    "zh": "本地演示：由一个小程序补充了{}，没有模型参与。",
}
NOTHING = {
    "en": "Local demo: a small program, no model, found nothing to add.",
    "zh": "本地演示：小程序没有发现可补充的内容，没有模型参与。",
}
THOUGHT = "Local demo thinking: look for light, framing and movement, and add what is not there."


def improved(turn: Turn) -> Told | None:
    """None where nothing of the kind is wanted."""
    rules = "\n".join(
        text_of(message.get("content")) for message in turn.messages if message["role"] == "system"
    )
    if not WANTED.search(rules) or not turn.question:
        return None
    language = "zh" if mostly_cjk(turn.question) else "en"
    pieces = [*(MOVING[language] if FILM.search(rules) else []), *PICTURE[language]]
    words, added = fuller(turn.question, pieces, language, limit_of(rules))
    names = ("、" if language == "zh" else ", ").join(added)
    note = NOTES[language].format(names) if added else NOTHING[language]
    return Told(THOUGHT, f"{words}\n\n---\n{note}\n")


def fuller(prompt: str, pieces: list[Piece], language: str, limit: int) -> tuple[str, list[str]]:
    """The prompt with what it lacks, as far as `limit` characters go, and the names of that."""
    comma, stops = ("，", "。，、；！") if language == "zh" else (", ", ".,;!")
    end = prompt[-1] if prompt[-1] in ".。!！" else ""
    words = prompt.rstrip(stops + " ")
    added: list[str] = []
    for known, addition, name in pieces:
        longer = f"{words}{comma}{addition}"
        if not re.search(known, prompt, re.IGNORECASE) and len(longer + end) <= limit:
            words, added = longer, [*added, name]
    return (words + end if added else prompt), added


def limit_of(rules: str) -> int:
    found = LIMIT.search(rules)
    return int(found[1] or found[2]) if found else USUAL_LIMIT
