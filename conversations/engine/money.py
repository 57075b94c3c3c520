"""What a turn may cost and did cost, as ledger calls in the currency of the platform."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from conversations.engine.prompt import Prompt
from conversations.engine.turn import Round
from conversations.models import Generation
from zaichat import vendor
from zaichat.accounts import charging, ledger
from zaichat.accounts.ledger import Call, Closing
from zaichat.ids import new_id


def call_for(generation: Generation, purpose: str = "chat") -> Call:
    return Call(
        new_id(), generation.owner_id, purpose, generation.pk, generation.model, vendor.currency()
    )


def reserve(call: Call, prompt: Prompt) -> Call:
    """Reserve the most this request may cost. Writes one line."""
    return charging.reserve(call, prompt.tokens, prompt.most_tokens())


def closing_of_round(
    call: Call, made: Round | None, prompt_tokens: int
) -> tuple[Closing, dict[str, Any]]:
    """A call that was not made, or surely not answered, is refunded."""
    if made is None or not made.billed:
        return Closing(call, 0, None), {"currency": call.currency, "cost_nano": 0}
    return charging.closing(call, made.usage, prompt_tokens, made.said)


def summed(usages: Sequence[dict[str, Any]]) -> dict[str, Any] | None:
    """The rounds of one turn as one; a number is known only if every round told it, and the sum
    is an estimate as soon as one round is."""
    if not usages:
        return None
    total: dict[str, Any] = {"currency": usages[0]["currency"]}
    for name in ("prompt", "completion", "reasoning", "cached", "cost_nano"):
        if all(name in usage for usage in usages):
            total[name] = sum(usage[name] for usage in usages)
    if any(usage.get("estimated") for usage in usages):
        total["estimated"] = True
    return total


def settle_open(subjects: Sequence[UUID], said: dict[UUID, str]) -> None:
    """Close what dead runs left open, by estimate: their requests may have been billed."""
    for call in ledger.open_calls(subjects):
        charging.settle(call, None, 0, said.get(call.subject or call.id, ""))
