"""Tokens of a text, estimated: the vendor's tokenizer is a paid call away."""

import re

WIDE = re.compile(
    r"[\u1100-\u11ff\u2e80-\u9fff\ua000-\ua4cf\uac00-\ud7af\uf900-\ufaff\uff00-\uffef]"
)
CHARACTERS_PER_TOKEN = 3.2
TOKENS_PER_WIDE = 1.0
TOKENS_PER_MESSAGE = 6


def tokens_in(text: str) -> int:
    """A generous estimate of the tokens in a message with this text."""
    wide = len(WIDE.findall(text))
    narrow = len(text) - wide
    return int(wide * TOKENS_PER_WIDE + narrow / CHARACTERS_PER_TOKEN) + TOKENS_PER_MESSAGE
