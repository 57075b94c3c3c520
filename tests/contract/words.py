"""What tests say, and what the stand-in answers to it."""

from uuid import uuid4


def unique(text: str) -> tuple[str, str]:
    """`text` with a word that is said in this conversation only, and that word."""
    word = f"run-{uuid4().hex}"
    return f"{text} {word}", word


def counted(n: int, every_ms: int = 10) -> str:
    return f"[[script:count n={n} every_ms={every_ms}]]"


def numbers(n: int) -> str:
    """The whole answer to `counted(n)`."""
    return "".join(f"{number} " for number in range(1, n + 1))
