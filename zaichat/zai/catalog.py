"""What each model accepts, how long it may talk, and what it costs: reads ../catalog.toml.

Names are never checked against this list before they are sent; a model it does not know is
treated with caution instead of being refused. Money is integers of nano-units (a billionth of the
currency), so 1 USD per million tokens is 1000 nano per token.
"""

import datetime
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Literal

from .deltas import Usage
from .making import Making

PATH = Path(__file__).parent.parent / "catalog.toml"

Kind = Literal[
    "text",
    "vision",
    "image",
    "video",
    "speech",
    "transcription",
    "embedding",
    "rerank",
    "moderation",
    "ocr",
    "voice",
    "agent",
    "tool",
]
Thinking = Literal["none", "auto", "always", "forced"]

# What an unknown model may be trusted with.
CAUTIOUS_CONTEXT = 16_000
CAUTIOUS_OUTPUT = 4_096

_CHATTING = frozenset({"text", "vision", "voice"})


@dataclass(frozen=True, slots=True)
class Price:
    """Nano-units of a currency per token. Where no cached price is known, `cached` is `input`."""

    input: int
    cached: int
    output: int


@dataclass(frozen=True, slots=True)
class UnitPrice:
    """Nano-units of a currency for one `unit`: image, video, call, character or token."""

    unit: str
    nano: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """One model. Sizes in tokens, 0 where they mean nothing; a model that chats always has some.

    `thinking`: none; auto = decides itself when enabled; always = thinks whenever enabled;
    forced = cannot be switched off. `efforts` are the values `reasoning_effort` may have.
    `prices` has no entry for a currency whose price is not documented, and zeros for free models.
    `base64`: whether it takes pictures in the request itself, not by their addresses only.
    `unit_prices` are for what is not billed by token; `making` is for those that make pictures
    and films.
    """

    name: str
    title: str
    kind: Kind = "text"
    context: int = 0
    max_output: int = 0
    default_output: int = 0
    modalities: tuple[str, ...] = ("text",)
    thinking: Thinking = "none"
    efforts: tuple[str, ...] = ()
    temperature: float | None = None
    top_p: float | None = None
    tool_stream: bool = False
    max_images: int = 0
    base64: bool = True
    max_films: int = 0
    film_bytes: int = 0
    film_seconds: int = 0
    platforms: tuple[str, ...] = ()
    prices: Mapping[str, Price] = field(default_factory=dict)
    unit_prices: Mapping[str, UnitPrice] = field(default_factory=dict)
    making: Making | None = None
    source: str = ""
    date: datetime.date | None = None
    known: bool = True


class Catalog:
    """All models, in the order of the file: newest and most useful first."""

    def __init__(self, models: tuple[Model, ...]) -> None:
        self.models = models
        self._by_name = {model.name: model for model in models}

    def find(self, name: str) -> Model:
        """The model called `name`; servers may write it in capitals. Unknown ones are cautious."""
        found = self._by_name.get(name) or self._by_name.get(name.lower())
        return found or cautious(name)


def cautious(name: str) -> Model:
    """A model nobody has described: text only, a small window, no known price."""
    return Model(
        name=name,
        title=name,
        context=CAUTIOUS_CONTEXT,
        max_output=CAUTIOUS_OUTPUT,
        default_output=CAUTIOUS_OUTPUT,
        known=False,
    )


@cache
def load(path: Path | None = None) -> Catalog:
    """The catalog in `path`, by default the one that comes with the project. Read once."""
    entries = tomllib.loads((path or PATH).read_text(encoding="utf-8"))
    return Catalog(tuple(_model(name, entry) for name, entry in entries.items()))


def models() -> tuple[Model, ...]:
    """Every model of the default catalog."""
    return load().models


def find(name: str) -> Model:
    """The model called `name` in the default catalog, or a cautious guess."""
    return load().find(name)


def cost_nano(model: Model | str, usage: Usage, currency: str) -> int | None:
    """What `usage` costs, in nano-units of `currency`; None when the price is not known."""
    if isinstance(model, str):
        model = find(model)
    price = model.prices.get(currency)
    if price is None:
        return None
    cached = min(usage.cached or 0, usage.prompt)
    fresh = usage.prompt - cached
    return fresh * price.input + cached * price.cached + usage.completion * price.output


def _model(name: str, entry: dict[str, Any]) -> Model:
    lists = ("modalities", "efforts", "platforms")
    if entry["kind"] in _CHATTING:
        output = entry.setdefault("max_output", CAUTIOUS_OUTPUT)
        entry.setdefault("default_output", output)
        entry.setdefault("context", CAUTIOUS_CONTEXT)
    making = entry.pop("making", None)
    prices, unit_prices = entry.pop("prices", {}), entry.pop("unit_prices", {})
    fields: dict[str, Any] = {
        key: tuple(value) if key in lists else value for key, value in entry.items()
    }
    return Model(
        name=name,
        prices={currency: Price(*three) for currency, three in prices.items()},
        unit_prices={
            currency: UnitPrice(str(unit), int(nano))
            for currency, (unit, nano) in unit_prices.items()
        },
        making=None if making is None else Making.read(making),
        **fields,
    )
