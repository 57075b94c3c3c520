"""How a model is told to think, or not to."""

from .catalog import Model

EFFORTS = ("low", "medium", "high", "max")
"""Those of `reasoning_effort` that can be wished for, from the least on."""


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
