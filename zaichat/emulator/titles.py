"""Names for conversations where no capable model takes part: the first words of what was asked.

Where words are left out, … says so.
"""

from __future__ import annotations

import re

from .turn import Turn, mostly_cjk

WORDS = 6
SIGNS = 12
GREETING = re.compile(r"^(?:(?:你好|您好|大家好|嗨|请问|早上好|下午好|晚上好)[啊呀，。！,.!、 ]+)+")
RULE = re.compile(r"^\s*(?:-{3,}|#{3,}|={3,})\s*$")


def title(turn: Turn) -> str:
    line = subject(turn.question)
    if mostly_cjk(line):
        clause = re.split(r"[，。！？；,.!?;]", GREETING.sub("", line) or line)[0]
        return clause[:SIGNS] + "…" * (len(clause) > SIGNS) or "新对话"
    words = re.findall(r"[^\W_][\w'-]*", line)
    name = " ".join(words[:WORDS]) + "…" * (len(words) > WORDS)
    return name[:1].upper() + name[1:] or "New conversation"


def subject(prompt: str) -> str:
    """The first line a title is wanted for: behind a rule, or the first that is no instruction."""
    lines = [line.strip() for line in prompt.splitlines() if line.strip()]
    rules = [number for number, line in enumerate(lines) if RULE.match(line)]
    told = lines[rules[0] + 1 :] if rules else lines
    plain = [line for line in told if not re.search(r"\btitle\b|标题", line, re.IGNORECASE)]
    return (plain or told or [""])[0]
