"""From a path of messages to what the API is asked, fitted to the model's window.

Tokens are estimated, never counted: the vendor's tokenizer is a paid call away. The estimate is
generous on purpose, so that what is sent fits; what had to be left out is said in a notice.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from conversations.engine.attaching import content_of, newest_pictures, tokens_of
from conversations.models import Conversation, Generation, Message
from zaichat.zai import ChatRequest
from zaichat.zai.catalog import Model

WIDE = re.compile(
    r"[\u1100-\u11ff\u2e80-\u9fff\ua000-\ua4cf\uac00-\ud7af\uf900-\ufaff\uff00-\uffef]"
)
CHARACTERS_PER_TOKEN = 3.2
TOKENS_PER_WIDE = 1.0
TOKENS_PER_MESSAGE = 6
SHARE_OF_WINDOW_FOR_ANSWER = 0.5

LEAST_ANSWER = 64
"""Tokens asked for even where the question fills the window: the API then says it in words."""

GO_ON = (
    "Continue exactly where your last answer stops. Do not repeat any of it and add no preamble."
)

EFFORTS = ("low", "medium", "high", "max")
"""Those of `reasoning_effort` that can be wished for, from the least on."""

ONE_STOP = "zai"
"""The platform that refuses more than one stop word (chat completions, `stop`)."""

UNTOLD = ("messages", "user_id", "tools")
"""Fields of a request that are not kept beside the answer."""


@dataclass(frozen=True, slots=True)
class Prompt:
    """What one turn asks. `left_out` counts earlier messages that did not fit.

    `instructions` and `parameters` are the conversation's own; see conversations.options.
    """

    model: Model
    messages: tuple[dict[str, Any], ...]
    options: dict[str, Any]
    tokens: int
    left_out: int = 0
    instructions: str = ""
    parameters: Mapping[str, Any] = field(default_factory=dict)

    @property
    def streams(self) -> bool:
        return bool(self.parameters.get("stream", True))

    def request(self, *, user_id: str, platform: str, thinking: bool = True) -> ChatRequest:
        """The request as the client sends it; `thinking=False` asks for the answer at once."""
        switch, effort = thinking_of(
            self.model, self.options.get("thinking", "auto") if thinking else "off"
        )
        wanted = self.parameters
        return ChatRequest(
            model=self.model.name,
            messages=[*system(self.instructions), *self.messages],
            thinking=switch,
            reasoning_effort=effort,
            max_tokens=self.answer_limit(),
            do_sample=wanted.get("do_sample"),
            temperature=wanted.get("temperature"),
            top_p=wanted.get("top_p"),
            stop=wanted.get("stop", [])[: 1 if platform == ONE_STOP else None],
            response_format=self.answer_format(),
            user_id=user_id,
            tools=(web_search(platform),) if self.options.get("web_search") else (),
        )

    def answer_limit(self) -> int | None:
        """What the conversation wants, within what the model can. Where it wants nothing, sent
        only if the window is so small that the default could overflow it."""
        room = max(LEAST_ANSWER, self.model.context - self.tokens)
        if wanted := self.parameters.get("max_tokens"):
            return min(wanted, self.model.max_output, room) if self.model.known else int(wanted)
        return min(self.model.max_output, room) if room < self.model.default_output else None

    def answer_format(self) -> dict[str, str] | None:
        """Only models of text know another format than text."""
        wanted = self.parameters.get("response_format")
        return {"type": wanted} if wanted and self.model.kind == "text" else None

    def most_tokens(self) -> int:
        """The longest answer the model may give, for the reservation."""
        return self.answer_limit() or self.model.default_output


def build(
    path: Sequence[Message],
    model: Model,
    generation: Generation,
    conversation: Conversation | None = None,
) -> Prompt:
    """`path` ends with the question; for Continue, with the answer that goes on.

    With `conversation`, as that is set up.
    """
    shown = newest_pictures(path, model)
    heard = [(said, cost_of(row, shown)) for row in path if (said := spoken(row, shown))]
    options = dict(generation.options)
    if generation.command == "continue" and heard and heard[-1][0]["role"] == "assistant":
        heard.append(({"role": "user", "content": GO_ON}, tokens_in(GO_ON)))
        options["thinking"] = "off"  # in the middle of a sentence nobody begins to think anew
    prompt = Prompt(model, tuple(said for said, _cost in heard), options, 0)
    if conversation is not None:
        own = {"instructions": conversation.instructions, "parameters": conversation.parameters}
        prompt = replace(prompt, **own)
    return fitted(prompt, [cost for _said, cost in heard])


def system(instructions: str) -> list[dict[str, Any]]:
    return [{"role": "system", "content": instructions}] if instructions else []


def spoken(message: Message, shown: frozenset[UUID] = frozenset()) -> dict[str, Any] | None:
    """The message as the API takes it, with the pictures in `shown`; an answer that says nothing
    is left out."""
    content = content_of(message, shown)
    return {"role": str(message.role), "content": content} if content else None


def cost_of(message: Message, shown: frozenset[UUID]) -> int:
    """Tokens of a message with the pictures in `shown`."""
    seen = (tokens_of(file) for file in message.attached if file.pk in shown)
    return tokens_in(message.answer_text()) + sum(seen)


def fitted(prompt: Prompt, costs: Sequence[int]) -> Prompt:
    """Leave out the oldest messages until the rest fits; instructions and the last question
    always stay. `costs`: tokens of each message."""
    answer = prompt.parameters.get("max_tokens") or prompt.model.default_output
    room = room_for_talk(prompt.model, answer)
    first = len(costs)
    total = tokens_in(prompt.instructions) if prompt.instructions else 0
    while first > 0 and (first == len(costs) or total + costs[first - 1] <= room):
        first -= 1
        total += costs[first]
    while first < len(costs) - 1 and prompt.messages[first]["role"] == "assistant":
        total -= costs[first]
        first += 1
    return replace(prompt, messages=prompt.messages[first:], tokens=total, left_out=first)


def room_for_talk(model: Model, answer: int | None = None) -> int:
    """Tokens of the window that what was said may take, with room for an answer kept free."""
    share = model.context * (1 - SHARE_OF_WINDOW_FOR_ANSWER)
    return int(max(share, model.context - (answer or model.default_output)))


def tokens_in(text: str) -> int:
    """A generous estimate of the tokens in a message with this text."""
    wide = len(WIDE.findall(text))
    narrow = len(text) - wide
    return int(wide * TOKENS_PER_WIDE + narrow / CHARACTERS_PER_TOKEN) + TOKENS_PER_MESSAGE


def thinking_of(model: Model, wish: str) -> tuple[str | None, str | None]:
    """`thinking.type` and `reasoning_effort` for a wish, as far as the model can be told.

    Source: chat completions, `thinking` and `reasoning_effort`. A model that cannot be silenced
    is asked for its lowest effort.
    """
    if model.thinking == "none" or not model.known or wish == "auto":
        return None, None
    if wish == "off":
        lowest = next(iter(efforts_of(model)), None)
        return ("enabled", lowest) if model.thinking == "forced" else ("disabled", None)
    return "enabled", wish if wish in efforts_of(model) else None


def efforts_of(model: Model) -> tuple[str, ...]:
    """How hard it can be told to think, from the least on."""
    return tuple(effort for effort in EFFORTS if effort in model.efforts)


def sent(request: ChatRequest, stream: bool) -> dict[str, Any]:
    """What of a request is kept beside its answer: how it was asked, not what."""
    body = {name: value for name, value in request.body(stream).items() if name not in UNTOLD}
    tools = [str(tool["type"]) for tool in request.tools]
    return body | ({"tools": tools} if tools else {})


def web_search(platform: str) -> dict[str, Any]:
    """The server-side search tool; engines differ by platform (chat completions, `tools`)."""
    engine = "search_pro_jina" if platform == "zai" else "search_std"
    wanted = {"enable": True, "search_engine": engine, "search_result": True}
    return {"type": "web_search", "web_search": wanted}
