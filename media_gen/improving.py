"""A fuller prompt, proposed by a model that chats. Nothing that was typed is changed by it.

The call is paid like every other: set aside before it is made, closed by what it came to, also
where somebody does not wait for it.
"""

import asyncio
import logging
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from media_gen.jobs import wishes
from media_gen.jobs.wishes import Unfit
from zaichat import vendor
from zaichat.accounts import charging, ledger
from zaichat.accounts.ledger import NO_CURRENCY, Call
from zaichat.accounts.models import User
from zaichat.accounts.pseudonyms import pseudonym
from zaichat.db import in_db
from zaichat.ids import new_id
from zaichat.zai import ChatRequest, Reply, catalog
from zaichat.zai.catalog import Model
from zaichat.zai.errors import UNBILLED, ZaiError
from zaichat.zai.making import Making
from zaichat.zai.thinking import thinking_of
from zaichat.zai.tokens import tokens_in
from zaichat.zai.words import explain

logger = logging.getLogger(__name__)

PURPOSE = "prompt"
PATIENCE = 60.0  # seconds
MOST_TOKENS = 1_500
MOST_THOUGHTS = 6_000
"""Tokens more for a model that cannot be kept from thinking."""

USUAL_LENGTH = 600  # characters: what is longer is not followed any better
RULES = (
    "You rewrite prompts for a model that makes {kind}. Keep every thing, name, number, quoted "
    "text and wish that the prompt has, and its language. Add what is missing and fits: {wanted}. "
    "{begins}Write at most {limit} characters. Answer with the rewritten prompt alone; below it a "
    "line --- and below that one short sentence, in the same language, that says what you added."
)
WANTED = {
    "image": ("pictures", "what it looks like, surroundings, light, framing, colours, style"),
    "video": ("films of a few seconds", "what moves and how, how the camera moves, light, mood"),
}
BEGINS = (
    "The film begins with a picture that you do not see: say what happens, and describe nothing "
    "that must be in the picture already. "
)
RULE = re.compile(r"^\s*(?:-{3,}|—{2,}|\*{3,})\s*$", re.MULTILINE)
LABEL = re.compile(r"^\W*(?:(?:rewritten |improved )?prompt|(?:改写后的?)?提示词)\W*[:：]\s*", re.I)
WRAPPING = " \t\n\"'`*“”‘’「」"
END = re.compile(r"[.!?。！？；;](?=\s|$|[^\x00-\x7f])")


FAILURES = {"sensitive": "content_blocked", "network_error": "network_error"}
"""Why a model stopped -> the error that this is to a person."""


class NoProposal(Exception):
    """There is none; says why, to the person."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """`note` is what the model says of its work, or "". `cost_nano` as in the ledger."""

    prompt: str
    note: str
    model: Model
    cost_nano: int | None
    currency: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """`limit`: characters that the proposal may have."""

    prompt: str
    limit: int
    request: ChatRequest
    call: Call
    tokens: int


async def propose(user: User, said: Mapping[str, Any]) -> Proposal:
    """`{"prompt", "model", "pictures"}`, the model being the one that will make it. Raises
    NoProposal. Cancelled, it is settled by estimate: the vendor may have begun."""
    wanted = await in_db(begun, user, said)
    try:
        async with asyncio.timeout(PATIENCE):
            reply = await vendor.client().chat.complete(wanted.request)
    except UNBILLED as error:
        await in_db(charging.refund, wanted.call)
        raise NoProposal(_explained(error.code, error.vendor_code)) from None
    except BaseException as error:
        await in_db(charging.settle, wanted.call, None, wanted.tokens, "")
        if isinstance(error, ZaiError):
            raise NoProposal(_explained(error.code, error.vendor_code)) from None
        if isinstance(error, TimeoutError):
            raise NoProposal(_explained("timed_out")) from None
        raise
    return await in_db(ended, wanted, reply)


def improver() -> Model | None:
    """The model that is asked: the owner's choice, else the cheapest that can be kept from
    thinking, the newest of those; without prices the usual one. None where no model chats."""
    if settings.PROMPT_MODEL and not settings.LOCAL_DEMO:
        return catalog.find(settings.PROMPT_MODEL)
    offered = vendor.chat_models()
    usual = next((one for one in offered if one.name == vendor.default_model()), None)
    currency = vendor.currency()
    priced = [
        (price.input + price.output, number)
        for number, model in enumerate(offered)
        if model.kind == "text" and model.thinking != "forced"
        if currency != NO_CURRENCY and (price := model.prices.get(currency))
    ]
    return offered[min(priced)[1]] if priced else usual or next(iter(offered), None)


@transaction.atomic
def begun(user: User, said: Mapping[str, Any]) -> Wanted:
    """What is asked, with its price set aside. Raises NoProposal."""
    try:
        target = wishes.maker(said.get("model"))
        prompt = wishes.prompt_in(said.get("prompt", ""), target)
    except Unfit as unfit:
        raise NoProposal(str(unfit)) from None
    model = improver()
    if model is None:
        raise NoProposal(_("No model here can improve a prompt."))
    _check_others(user)
    return _asked(user, model, target, prompt, begins=bool(said.get("pictures")))


def _check_others(user: User) -> None:
    """The database lets one writer in at a time (SQLite), or waits for this row (PostgreSQL)."""
    User.objects.select_for_update().only("pk").get(pk=user.pk)
    since = now() - timedelta(seconds=2 * PATIENCE)
    if ledger.running(user.pk, PURPOSE, since) >= settings.MAX_RUNNING_PER_PERSON:
        raise NoProposal(
            _("%(limit)d prompts are being improved already. Wait until one of them is done.")
            % {"limit": settings.MAX_RUNNING_PER_PERSON}
        )


def _asked(user: User, model: Model, target: Model, prompt: str, *, begins: bool) -> Wanted:
    limit = (target.making or Making()).max_prompt
    rules = rules_for(target, min(limit, max(USUAL_LENGTH, len(prompt))), begins=begins)
    switch, effort = thinking_of(model, "off")
    most = MOST_TOKENS + (MOST_THOUGHTS if model.thinking == "forced" else 0)
    request = ChatRequest(
        model=model.name,
        messages=[{"role": "system", "content": rules}, {"role": "user", "content": prompt}],
        thinking=switch,
        reasoning_effort=effort,
        max_tokens=min(most, model.max_output),
        user_id=pseudonym(user.pk),
    )
    call = Call(new_id(), user.pk, PURPOSE, None, model.name, vendor.currency())
    tokens = tokens_in(rules) + tokens_in(prompt)
    return Wanted(prompt, limit, request, charging.reserve(call, tokens, most), tokens)


def rules_for(target: Model, limit: int, *, begins: bool) -> str:
    kind, wanted = WANTED[target.kind]
    begins = begins and target.kind == "video"
    return RULES.format(kind=kind, wanted=wanted, limit=limit, begins=BEGINS if begins else "")


def ended(wanted: Wanted, reply: Reply) -> Proposal:
    """Closes the call, whatever was said. Raises NoProposal."""
    charging.settle(wanted.call, reply.usage, wanted.tokens, reply.content)
    if failure := FAILURES.get(reply.finish_reason):
        raise NoProposal(_explained(failure))
    prompt, note = cleaned(reply.content)
    if len(prompt) > wanted.limit or reply.finish_reason == "length":
        prompt = shortened(prompt[: wanted.limit])
    if not prompt:
        raise NoProposal(_("The model proposed nothing that could be used. Try again."))
    if prompt == wanted.prompt:
        raise NoProposal(_("The model would leave it as it is."))
    cost = ledger.cost_of(wanted.call.id)
    return Proposal(prompt, note, catalog.find(wanted.call.model), cost, wanted.call.currency)


def cleaned(content: str) -> tuple[str, str]:
    """The prompt without what models like to wrap around it, and what is said about it."""
    prompt, *rest = RULE.split(content.strip().removeprefix("---"), maxsplit=1)
    note = " ".join("".join(rest).split())[:300]
    lines = [line for line in prompt.splitlines() if not line.strip().startswith("```")]
    prompt = LABEL.sub("", "\n".join(lines).strip())
    if prompt[:1] in WRAPPING and prompt[-1:] in WRAPPING:
        prompt = prompt.strip(WRAPPING)
    return prompt.strip(), note


def shortened(prompt: str) -> str:
    """To its last whole sentence; where there is none, to its last whole word."""
    ends = [found.end() for found in END.finditer(prompt)]
    if ends:
        return prompt[: ends[-1]]
    at = prompt.rfind(" ")
    return prompt[: at if at > 0 else len(prompt)].rstrip(" ,;:，；：、")


def _explained(code: str, vendor_code: str = "") -> str:
    return explain(code, vendor_code, get_language() or "en")
