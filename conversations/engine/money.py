"""What a turn may cost and did cost, as ledger calls in the currency of the platform."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from conversations.engine.prompt import Prompt, tokens_in
from conversations.engine.turn import Round
from conversations.models import Generation
from zaichat import vendor
from zaichat.accounts import ledger
from zaichat.accounts.ledger import NO_CURRENCY, Call, Closing
from zaichat.ids import new_id
from zaichat.zai import Usage, catalog


def call_for(generation: Generation, purpose: str = "chat") -> Call:
    return Call(
        new_id(), generation.owner_id, purpose, generation.pk, generation.model, vendor.currency()
    )


def reserve(call: Call, prompt: Prompt) -> Call:
    """Reserve the most this request may cost. Writes one line."""
    most = Usage(prompt=prompt.tokens, completion=prompt.most_tokens(), reasoning=None, cached=None)
    ledger.reserve(call, cost(call, most))
    return call


def cost(call: Call, usage: Usage) -> int | None:
    """Billionths of the call's currency; 0 where nobody bills, None where the price is unknown."""
    if call.currency == NO_CURRENCY:
        return 0
    return catalog.cost_nano(catalog.find(call.model), usage, call.currency)


def closing(
    call: Call, usage: Usage | None, prompt_tokens: int, said: str
) -> tuple[Closing, dict[str, Any]]:
    """How a call ends in the ledger, and its usage in words of the socket.

    Without a usage from the API it is estimated from what was said.
    """
    known = usage or Usage(
        prompt=prompt_tokens, completion=tokens_in(said), reasoning=None, cached=None
    )
    amount = cost(call, known)
    told = told_usage(known) | ({} if amount is None else {"cost_nano": amount})
    line = Closing(call, amount, told, estimated=usage is None)
    return line, told | {"currency": call.currency}


def settle(call: Call, usage: Usage | None, prompt_tokens: int, said: str) -> None:
    ledger.close_all([closing(call, usage, prompt_tokens, said)[0]])


def closing_of_round(
    call: Call, made: Round | None, prompt_tokens: int
) -> tuple[Closing, dict[str, Any]]:
    """A call that was not made, or surely not answered, is refunded."""
    if made is None or not made.billed:
        return Closing(call, 0, None), {"currency": call.currency, "cost_nano": 0}
    return closing(call, made.usage, prompt_tokens, made.said)


def told_usage(usage: Usage) -> dict[str, Any]:
    """Only what is known: a number that is absent is not zero."""
    numbers = {
        "prompt": usage.prompt,
        "completion": usage.completion,
        "reasoning": usage.reasoning,
        "cached": usage.cached,
    }
    return {name: number for name, number in numbers.items() if number is not None}


def summed(usages: Sequence[dict[str, Any]]) -> dict[str, Any] | None:
    """The rounds of one turn as one; a number is known only if every round told it."""
    if not usages:
        return None
    total: dict[str, Any] = {"currency": usages[0]["currency"]}
    for name in ("prompt", "completion", "reasoning", "cached", "cost_nano"):
        if all(name in usage for usage in usages):
            total[name] = sum(usage[name] for usage in usages)
    return total


def settle_open(subjects: Sequence[UUID], said: dict[UUID, str]) -> None:
    """Close what dead runs left open, by estimate: their requests may have been billed."""
    for call in ledger.open_calls(subjects):
        settle(call, None, 0, said.get(call.subject or call.id, ""))
