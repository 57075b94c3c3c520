"""Texts that stand in one line beside others: names, titles, labels."""

import re

TURNING = re.compile(
    r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]"
)
"""Control characters, and marks that turn the direction of what stands beside them (Unicode's
bidirectional algorithm, UAX 9). What joins letters and emoji (U+200C, U+200D) stays."""


def one_line(text: str) -> str:
    """`text` with single blanks between its words, without what could disturb its surroundings."""
    return " ".join(TURNING.sub("", text).split())
