"""What a call by tokens costs, and how it is closed in the ledger with what it used."""

from typing import Any

from zaichat.accounts import ledger
from zaichat.accounts.ledger import NO_CURRENCY, Call, Closing
from zaichat.zai import Usage, catalog
from zaichat.zai.tokens import likely_tokens_in


def cost(call: Call, usage: Usage) -> int | None:
    """Billionths of the call's currency; 0 where nobody bills, None where the price is unknown."""
    if call.currency == NO_CURRENCY:
        return 0
    return catalog.cost_nano(catalog.find(call.model), usage, call.currency)


def reserve(call: Call, prompt_tokens: int, most_tokens: int) -> Call:
    """Set aside the most it may cost: so many tokens asked, and so many answered at most."""
    most = Usage(prompt=prompt_tokens, completion=most_tokens, reasoning=None, cached=None)
    ledger.reserve(call, cost(call, most))
    return call


def closing(
    call: Call, usage: Usage | None, prompt_tokens: int, said: str
) -> tuple[Closing, dict[str, Any]]:
    """How a call ends in the ledger, and its usage in words of the socket.

    Without a usage from the API it is estimated from what was said, and `estimated` says so.
    """
    known = usage or Usage(
        prompt=prompt_tokens, completion=likely_tokens_in(said), reasoning=None, cached=None
    )
    amount = cost(call, known)
    told = told_usage(known) | ({} if amount is None else {"cost_nano": amount})
    line = Closing(call, amount, told, estimated=usage is None)
    guessed = {} if usage else {"estimated": True}
    return line, told | {"currency": call.currency} | guessed


def settle(call: Call, usage: Usage | None, prompt_tokens: int, said: str) -> None:
    ledger.close_all([closing(call, usage, prompt_tokens, said)[0]])


def refund(call: Call) -> None:
    """It was not made, or surely not answered."""
    ledger.close_all([Closing(call, 0, None)])


def told_usage(usage: Usage) -> dict[str, Any]:
    """Only what is known: a number that is absent is not zero."""
    numbers = {
        "prompt": usage.prompt,
        "completion": usage.completion,
        "reasoning": usage.reasoning,
        "cached": usage.cached,
    }
    return {name: number for name, number in numbers.items() if number is not None}
