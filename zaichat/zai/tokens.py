"""Tokens of a text, estimated: the vendor's tokenizer is a paid call away."""

import re

WIDE = re.compile(
    r"[\u1100-\u11ff\u2e80-\u9fff\ua000-\ua4cf\uac00-\ud7af\uf900-\ufaff\uff00-\uffef]"
)
CHARACTERS_PER_TOKEN = 3.2
TOKENS_PER_WIDE = 1.0
TOKENS_PER_MESSAGE = 6

LIKELY_CHARACTERS_PER_TOKEN = 4.2
LIKELY_TOKENS_PER_WIDE = 0.65
"""What running text comes to on the average: nobody is to be told a number that is too high."""


def tokens_in(text: str) -> int:
    """A generous estimate of the tokens in a message with this text."""
    wide = len(WIDE.findall(text))
    narrow = len(text) - wide
    return int(wide * TOKENS_PER_WIDE + narrow / CHARACTERS_PER_TOKEN) + TOKENS_PER_MESSAGE


def likely_tokens_in(text: str) -> int:
    """What an API that counts would most likely say of an answer with this text; 0 for none."""
    wide = len(WIDE.findall(text))
    narrow = len(text) - wide
    return round(wide * LIKELY_TOKENS_PER_WIDE + narrow / LIKELY_CHARACTERS_PER_TOKEN)
