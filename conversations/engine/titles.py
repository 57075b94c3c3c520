"""A name for a conversation, by the model, after its first turn; asked for once.

The work hangs on the generation, not on a socket. Until the name arrives, and whenever it
cannot be had, the first words of the question are the title.
"""

import asyncio
import logging
import re
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils.timezone import now

from conversations.engine import money
from conversations.engine.prompt import Prompt
from conversations.models import Conversation, Generation, Message, SearchEntry, Status
from conversations.models.conversation import MAX_TITLE
from zaichat import vendor
from zaichat.accounts import charging
from zaichat.accounts.ledger import Call
from zaichat.accounts.pseudonyms import pseudonym
from zaichat.db import in_db
from zaichat.one_line import one_line
from zaichat.zai import ChatRequest, Usage, catalog
from zaichat.zai.errors import ZaiError
from zaichat.zai.thinking import thinking_of
from zaichat.zai.tokens import tokens_in

logger = logging.getLogger(__name__)

MAX_TOKENS = 40
PATIENCE = 60.0
EXCERPT = 600
FIRST_WORDS = 60
INSTRUCTION = (
    "Write a title of at most six words for the conversation below, in its language. "
    "Answer with the title alone: no quotes, no full stop, no explanation."
)
AROUND = " \t\n`*#.。:："
QUOTES = ('""', "''", "“”", "‘’", "「」", "『』", "《》")


@dataclass(frozen=True, slots=True)
class Wanted:
    conversation: UUID
    request: ChatRequest
    call: Call
    prompt_tokens: int
    claimed_at: datetime


async def name(generation_id: UUID) -> UUID | None:
    """Ask for a title after a conversation's first turn; its id when a new one was saved."""
    wanted = await in_db(claim, generation_id) if settings.TITLES else None
    if wanted is None:
        return None
    try:
        async with asyncio.timeout(PATIENCE):
            reply = await vendor.client().chat.complete(wanted.request)
    except (ZaiError, TimeoutError) as error:
        logger.info("no title: %s", error)
        await in_db(charging.settle, wanted.call, None, wanted.prompt_tokens, "")
        return None
    return await in_db(save, wanted, reply.content, reply.usage)


def claim(generation_id: UUID) -> Wanted | None:
    """Decide by one UPDATE that this process asks; None when the title is not wanted."""
    generation = Generation.objects.select_related("message__parent").get(pk=generation_id)
    message = generation.message
    first_turn = (
        message.depth == 1 and generation.status == Status.DONE and generation.text().strip()
    )
    if not first_turn or message.parent is None:
        return None
    claimed_at = now()
    untitled = Conversation.objects.filter(pk=message.conversation_id, titled_at=None)
    if not untitled.update(titled_at=claimed_at):
        return None
    return wanted_for(generation, message.parent, claimed_at)


def wanted_for(generation: Generation, question: Message, claimed_at: datetime) -> Wanted:
    model = catalog.find(generation.model)
    talk = f"{question.text[:EXCERPT]}\n\n{generation.text()[:EXCERPT]}"
    messages = ({"role": "user", "content": f"{INSTRUCTION}\n\n---\n{talk}"},)
    prompt = Prompt(model, messages, {}, tokens_in(talk))
    switch, effort = thinking_of(model, "off")
    request = ChatRequest(
        model=model.name,
        messages=list(messages),
        thinking=switch,
        reasoning_effort=effort,
        max_tokens=MAX_TOKENS,
        user_id=pseudonym(generation.owner_id),
    )
    call = money.reserve(money.call_for(generation, purpose="title"), prompt)
    return Wanted(generation.message.conversation_id, request, call, prompt.tokens, claimed_at)


def save(wanted: Wanted, content: str, usage: Usage | None) -> UUID | None:
    """Keep the title, unless the person typed one in the meantime."""
    charging.settle(wanted.call, usage, wanted.prompt_tokens, content)
    title = cleaned(content)
    if not title:
        return None
    same = Conversation.objects.filter(pk=wanted.conversation, titled_at=wanted.claimed_at)
    return wanted.conversation if give(same, title[:MAX_TITLE]) else None


@transaction.atomic
def give(untitled: "QuerySet[Conversation]", title: str) -> bool:
    """False when it has another one in the meantime."""
    if not untitled.update(title=title, indexed_at=now()):
        return False
    SearchEntry.objects.retitle(untitled.get())
    return True


def first_words(text: str, most: int = FIRST_WORDS) -> str:
    """What a conversation is called until it has a name: its beginning, cut between words.

    Text without blanks, as Chinese, is cut between signs.
    """
    line = one_line(text)
    if len(line) <= most:
        return line
    cut = line[:most]
    at = cut.rfind(" ") if line[most] != " " else most
    return cut[: at if at > most // 2 else most - 1].rstrip(" ,;:，；：、") + "…"


def cleaned(content: str) -> str:
    """The first line without what models like to wrap around a title; "" when it is none."""
    lines = [line for each in content.splitlines() if (line := one_line(each))]
    title = unwrapped(lines[0]) if lines else ""
    title = unwrapped(re.sub(r"^(title|标题)\s*[:：]", "", title, flags=re.I))
    return title if len(title) <= 80 else ""


def unwrapped(line: str) -> str:
    """Without quotes around all of it; those around a part of it belong to it."""
    line = line.strip(AROUND)
    for opening, closing in map(tuple, QUOTES):
        inner = line[1:-1]
        if line[:1] == opening and line[-1:] == closing and inner:
            return line if {opening, closing} & set(inner) else unwrapped(inner)
        if sum(map(line.count, {opening, closing})) == 1 and opening != "'":
            line = line.strip(opening + closing)
    return line
