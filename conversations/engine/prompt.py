"""From a path of messages to what the API is asked, fitted to the model's window.

Tokens are estimated, never counted: the vendor's tokenizer is a paid call away. The estimate is
generous on purpose, so that what is sent fits; what had to be left out is said in a notice.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from conversations.engine import films
from conversations.engine.attaching import newest_pictures, sees, tokens_of, unseen
from conversations.engine.documents import SHARE_OF_TALK
from conversations.engine.films import Showings
from conversations.engine.making import said_by, with_pictures
from conversations.engine.unread import TOKENS_OF_RULES, Unread
from conversations.models import Conversation, Generation, Message
from zaichat.files.models import Kind
from zaichat.zai import ChatRequest
from zaichat.zai.catalog import Model
from zaichat.zai.thinking import thinking_of
from zaichat.zai.tokens import tokens_in

SHARE_OF_WINDOW_FOR_ANSWER = 0.5

LEAST_ANSWER = 64
"""Tokens asked for even where the question fills the window: the API then says it in words."""

GO_ON = (
    "Continue exactly where your last answer stops. Do not repeat any of it and add no preamble."
)

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
    unseen: int = 0
    """Earlier pictures that the model is not shown, where no answer has said so yet."""
    instructions: str = ""
    parameters: Mapping[str, Any] = field(default_factory=dict)
    rules: str = ""
    """What is said to the model about documents, after the instructions."""
    unread: "Unread | None" = None
    """Files that are read before it is sent, see conversations.engine.filling."""
    told: tuple[dict[str, Any], ...] = ()
    """What was read of each document, for the person."""
    counted: int | None = None
    """Tokens by what the API counted of an earlier answer, where it did."""

    @property
    def goes_on(self) -> bool:
        """It asks for the rest of an answer that has begun."""
        return bool(self.messages[-1]["content"] == GO_ON)

    @property
    def likely_tokens(self) -> int:
        """Where nothing was counted for this request; `tokens` is generous, so never more."""
        return self.tokens if self.counted is None else min(self.tokens, self.counted)

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
            messages=[*system(self.instructions, self.rules), *self.messages],
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
    path = with_pictures(path, generation.owner_id) if sees(model) else path
    shown = newest_pictures(path, model)
    showings = films.shown(path, model, len(shown))
    rows = [row for row in path if row.attached or said_by(row)]
    talk = [Talk(heard(row), cost_of(row, shown, showings, model), row) for row in rows]
    options = dict(generation.options)
    goes_on = bool(talk) and talk[-1].said["role"] == "assistant"
    if generation.command == "continue" and goes_on:
        talk.append(Talk({"role": "user", "content": GO_ON}, tokens_in(GO_ON)))
        options["thinking"] = "off"  # in the middle of a sentence nobody begins to think anew
    prompt = Prompt(model, tuple(one.said for one in talk), options, 0, unseen=unseen(path, shown))
    if conversation is not None:
        own = {"instructions": conversation.instructions, "parameters": conversation.parameters}
        prompt = replace(prompt, **own)
    prompt = replace(prompt, counted=counted_tokens(talk))
    costs = [one.cost for one in talk]
    if not any(row.attached for row in rows):
        return fitted(prompt, costs)
    unread = Unread.of(path, model, room_for_documents(prompt, costs), shown, showings)
    asked = fitted(prompt, costs, unread.tokens)
    return replace(asked, unread=unread.beside([one.row for one in talk[asked.left_out :]]))


@dataclass(frozen=True, slots=True)
class Talk:
    """A message as it is said, its tokens, and the row whose files are to be read yet."""

    said: dict[str, Any]
    cost: int
    row: Message | None = None


def counted_tokens(talk: Sequence[Talk]) -> int | None:
    """What the newest answer that knows it took of the window, and what was said after it. None
    where no answer knows, or documents were brought after it: they are not weighed here."""
    later = 0
    for one in reversed(talk):
        latest = one.row.latest if one.row and not one.row.is_question else None
        if latest is not None and (known := latest.options.get("context")) is not None:
            return int(known) + later
        if one.row and any(file.kind == Kind.DOCUMENT for file in one.row.attached):
            return None
        later += one.cost
    return None


def heard(row: Message) -> dict[str, Any]:
    """The message as the API takes it, before its files are read."""
    return {"role": str(row.role), "content": said_by(row)}


def system(*instructions: str) -> list[dict[str, Any]]:
    said = "\n\n".join(filter(None, instructions))
    return [{"role": "system", "content": said}] if said else []


def cost_of(message: Message, shown: frozenset[UUID], showings: Showings, model: Model) -> int:
    """Tokens of a message with the pictures in `shown` and the films as they are shown."""
    seen = sum(tokens_of(file) for file in message.attached if file.pk in shown)
    watched = sum(
        showings[file.pk].tokens(file, model) for file in message.attached if file.pk in showings
    )
    return tokens_in(said_by(message)) + seen + watched


def room_for_documents(prompt: Prompt, costs: Sequence[int]) -> int:
    """Tokens that pages may take: a share of what the instructions and the question leave."""
    answer = prompt.parameters.get("max_tokens") or prompt.model.default_output
    fixed = tokens_in(prompt.instructions) + sum(costs[-1:]) + TOKENS_OF_RULES
    return max(0, int(SHARE_OF_TALK * (room_for_talk(prompt.model, answer) - fixed)))


def fitted(prompt: Prompt, costs: Sequence[int], documents: int = 0) -> Prompt:
    """Leave out the oldest messages until the rest fits; instructions, documents and the last
    question always stay. `costs`: tokens of each message."""
    answer = prompt.parameters.get("max_tokens") or prompt.model.default_output
    room = room_for_talk(prompt.model, answer)
    first = len(costs)
    total = documents + (tokens_in(prompt.instructions) if prompt.instructions else 0)
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
