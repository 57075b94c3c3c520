"""Turns a request into what the local model can digest.

SmolLM2-135M is easily led astray: words about its identity in the system prompt or a strong
repetition penalty make it answer in half-French to "What is the capital of France?" (measured over
three seeds), so its identity is told by fixed words and its prompt stays plain.
"""

from __future__ import annotations

import re
from typing import Any

from .turn import Turn, count_tokens, text_of
from .weights import Weights

SMALL_SYSTEM = "You are a helpful AI assistant."
OWN_SYSTEM = "You are a helpful assistant: a local model that runs on this computer for ZaiChat."
SMALL_HISTORY = 1000  # tokens of conversation the small model is shown
OWN_HISTORY = 3000
SYSTEM_LIMIT = 200  # tokens of the caller's own system message the small model is shown
DEFAULT_ANSWER = 512  # tokens
LONGEST_ANSWER = 1024
THOUGHTS = 80  # tokens of the first pass
THINK_FIRST = "Think step by step in two sentences: what is asked, and what a good answer contains."
# Begun for it, because alone the small model answers at once instead of thinking first.
FIRST_THOUGHT = "The question is about"
THOUGHT_ENDS = ["```", "\n\n"]

# Low temperature and a light hand against loops.
SMALL_SAMPLING = {
    "repeat_penalty": 1.05,
    "dry_multiplier": 0.8,
    "dry_allowed_length": 4,
    "top_p": 0.9,
}
COLDEST, WARMEST = 0.2, 0.4

IDENTITY = re.compile(
    r"\b(who|what) (are|r) (you|u)\b|\byour name\b|\bwho (made|built|created|trained) you\b"
    r"|\b(what|which) (ai |language )?model\b",
    re.IGNORECASE,
)
GO_ON = re.compile(
    r"(continue|go on)\b.{0,40}\b(stops?|stopped|left off|end(s|ed)?)\b", re.IGNORECASE
)
IDENTITY_LENGTH = 80  # characters: a longer question is about something else

ABOUT_SMALL = (
    "I am the small local demo model of ZaiChat: SmolLM2-135M, running on this computer and "
    "connected to nothing. I know only English and often get facts wrong. Set `ZAI_API_KEY` and "
    "start ZaiChat again to talk to a GLM model."
)
ENGLISH_ONLY = (
    "现在回答你的是本地演示小模型（SmolLM2-135M），它只懂英文，没法用中文好好回答。\n\n"
    "想用中文对话，请设置环境变量 `ZAI_API_KEY`（或写进 `.env`）后重新启动："
    "密钥可在 z.ai 或 open.bigmodel.cn 申请；也可以用 `EMBEDDED_GGUF=/路径/模型.gguf` "
    "换成你自己的本地模型。\n\n"
    "This small local model knows only English. Set `ZAI_API_KEY` (in the environment or in "
    "`.env`) and start again to chat in Chinese, or name your own model file with "
    "`EMBEDDED_GGUF`."
)

Body = dict[str, Any]


def fixed_words(turn: Turn, weights: Weights) -> str:
    """What the small model would only get wrong, answered plainly; "" for the model to answer."""
    if weights.own:
        return ""
    if turn.is_chinese:
        return ENGLISH_ONLY
    question = turn.question.strip()
    asks_identity = len(question) <= IDENTITY_LENGTH and IDENTITY.search(question)
    return ABOUT_SMALL if asks_identity else ""


def thoughts_body(turn: Turn, weights: Weights) -> Body:
    """The first pass: a short look at the question before the answer."""
    messages = trimmed(turn, weights)
    if weights.own:
        messages[-1] = user(f"{messages[-1]['content']}\n\n{THINK_FIRST} Do not answer yet.")
    else:
        asked = user(f"Question: {shortened(turn.question, SMALL_HISTORY)}\n{THINK_FIRST}")
        begun = {"role": "assistant", "content": FIRST_THOUGHT}
        messages = [messages[0], asked, begun]
    limit = min(THOUGHTS, turn.max_tokens or THOUGHTS)
    ends = [] if weights.own else THOUGHT_ENDS
    return {**common(turn, weights), "messages": messages, "max_tokens": limit, "stop": ends}


def user(text: str) -> dict[str, str]:
    return {"role": "user", "content": text}


def answer_body(turn: Turn, weights: Weights, spent: int = 0) -> Body:
    """The answer itself; `spent` reasoning tokens count against `max_tokens`."""
    limit = min(turn.max_tokens or DEFAULT_ANSWER, LONGEST_ANSWER) - spent
    messages = trimmed(turn, weights)
    if goes_on(messages):
        messages.pop()  # the model writes on from an answer that stands last
    body = {**common(turn, weights), "messages": messages, "max_tokens": limit}
    for name in ("stop", "response_format"):
        if name in turn.body:
            body[name] = turn.body[name]
    return body


def goes_on(messages: list[dict[str, str]]) -> bool:
    """Whether the last answer is to be continued: a small model would tell it all over again."""
    before, last = messages[-2:] if len(messages) > 1 else (messages[0], messages[0])
    return before["role"] == "assistant" and bool(GO_ON.match(last["content"]))


def common(turn: Turn, weights: Weights) -> Body:
    shared: Body = {"stream": True, "stream_options": {"include_usage": True}}
    if weights.own:
        names = ("temperature", "top_p", "seed")
        return shared | {name: turn.body[name] for name in names if name in turn.body}
    asked = float(turn.body.get("temperature", COLDEST))
    return shared | SMALL_SAMPLING | {"temperature": min(max(asked, COLDEST), WARMEST)}


def trimmed(turn: Turn, weights: Weights) -> list[dict[str, str]]:
    """Our system message and the newest of the conversation that fits; never without the last."""
    room = OWN_HISTORY if weights.own else SMALL_HISTORY
    kept: list[dict[str, str]] = []
    for message in reversed(spoken(turn)):
        text = shortened(message["content"], room) if not kept else message["content"]
        room -= count_tokens(text)
        if room < 0 and kept:
            break
        kept.insert(0, {**message, "content": text})
    while kept and kept[0]["role"] != "user":
        kept.pop(0)  # a conversation opens with a question, or small models answer themselves
    return [{"role": "system", "content": system_words(turn, weights)}, *kept]


def spoken(turn: Turn) -> list[dict[str, str]]:
    """Questions and answers as plain strings; a tool's result is shown as a question."""
    return [
        {"role": "assistant" if message["role"] == "assistant" else "user", "content": text}
        for message in turn.messages
        if message["role"] != "system" and (text := text_of(message.get("content")).strip())
    ]


def system_words(turn: Turn, weights: Weights) -> str:
    told = "\n".join(
        text_of(message.get("content")) for message in turn.messages if message["role"] == "system"
    ).strip()
    if weights.own:
        return f"{OWN_SYSTEM}\n{told}".strip()
    return f"{SMALL_SYSTEM} {shortened(told, SYSTEM_LIMIT)}".strip()


def shortened(text: str, tokens: int) -> str:
    """Its beginning and end, when it is longer than `tokens`."""
    if count_tokens(text) <= tokens:
        return text
    half = max(1, len(text) * tokens // count_tokens(text) // 2)
    return f"{text[:half]} … {text[-half:]}"
