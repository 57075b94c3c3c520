"""What to tell a person about an error, in English and in Chinese.

The sentences are in words.toml: one per error of ours, and one per business code of the vendor
where it allows to say more. They say what happened and what can be done, never a number.
"""

import tomllib
from functools import cache
from importlib import resources
from typing import NamedTuple

UNKNOWN = "failed"


class Sentences(NamedTuple):
    """The same sentence twice."""

    en: str
    zh: str


def explain(code: str, vendor_code: str = "", language: str = "en") -> str:
    """A sentence for an error's `code` and `vendor_code`.

    Chinese when `language` starts with "zh", else English. Codes nobody has described get a
    sentence that is true of every error.
    """
    words = load()
    sentences = words.get(vendor_code) or words.get(code) or words[UNKNOWN]
    return sentences.zh if language.lower().startswith("zh") else sentences.en


@cache
def load() -> dict[str, Sentences]:
    """Every sentence, by our code or the vendor's."""
    text = resources.files(__package__).joinpath("words.toml").read_text(encoding="utf-8")
    return {
        code: Sentences(**both)
        for codes, both in tomllib.loads(text).items()
        for code in codes.split()
    }
