"""The brain without a model: a short answer that depends on nothing but the request."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Iterator

from .documents.answering import answer as searched
from .improving import improved
from .scripts.answers import ending, words_of
from .steps import Paced, Say, Step, Think
from .titles import title
from .told import Told
from .turn import Turn
from .vision.answering import answer as looked_at

QUOTED = 300  # characters of the question that are echoed


class ScriptedBrain:
    """Answers every model. `pace`: seconds between deltas."""

    name = "scripted"
    model = "scripted"
    languages = ("en", "zh")
    own_model = False
    ready = True

    def __init__(self, pace: float = 0.008, reason: str = "") -> None:
        self.pace = pace
        self.reason = reason

    async def start(self) -> None:
        """Nothing to load."""

    async def stop(self) -> None:
        """Nothing to end."""

    async def answer(self, turn: Turn) -> AsyncGenerator[Step, None]:
        told = await known(turn) or Told(thought(turn), text(turn))
        for step in steps_of(turn, self.pace, told):
            yield step


async def known(turn: Turn, *, reads: bool = False) -> Told | None:
    """What can be answered without a model from what came along with the question. `reads`: a
    model that understands texts is there, and gets the documents and the prompts."""
    if turn.wants_title:
        return None
    if not reads and (better := improved(turn)):
        return better
    seen = await looked_at(turn)
    found = None if reads else await searched(turn)
    return seen.and_then(found) if seen else found


def steps_of(turn: Turn, pace: float, told: Told) -> Iterator[Step]:
    thoughts = words_of(told.thought) if turn.thinks and not turn.wants_title else []
    words = words_of(title(turn) if turn.wants_title else told.words)
    yield from said(turn, pace, thoughts, words)


def said(turn: Turn, pace: float, thoughts: list[str], words: list[str]) -> Iterator[Step]:
    """The words within the stop strings and the token limit, which thoughts count against."""
    limit = turn.max_tokens or len(thoughts) + len(words)
    words = until_stop(words, turn.body.get("stop") or [])
    fits = len(thoughts) + len(words) <= limit
    yield Paced(pace, (Think(word) for word in thoughts[:limit]))
    yield Paced(pace, (Say(word) for word in words[: max(0, limit - len(thoughts))]))
    yield from ending("stop" if fits else "length")


def until_stop(words: list[str], stops: list[str]) -> list[str]:
    """The words before the first stop string, which itself is not said."""
    text = "".join(words)
    places = [text.index(stop) for stop in stops if stop and stop in text]
    return words if not places else words_of(text[: min(places)].rstrip(" "))


def thought(turn: Turn) -> str:
    if turn.is_chinese:
        return "本地演示的思考：先读懂问题，再逐步回答。"
    return "Local demo thinking: read the question first, then answer it step by step."


def text(turn: Turn) -> str:
    question = " ".join(turn.question.split())[:QUOTED]
    if turn.is_chinese:
        return (
            f"你问的是：**{question}**\n\n这是本地演示的固定回答，没有模型参与。"
            "设置 `ZAI_API_KEY` 后即可与真正的模型对话。\n\n"
            f"- 模型：`{turn.model}`\n- 消息数：{len(turn.messages)}\n"
        )
    return (
        f"You asked: **{question}**\n\nThis is a scripted local answer; no model took part. "
        "Set `ZAI_API_KEY` to talk to a real one.\n\n"
        f"- model: `{turn.model}`\n- messages: {len(turn.messages)}\n"
        f"- words in the question: {len(question.split())}\n\n"
        '```python\nprint("hello")\n```\n'
    )
