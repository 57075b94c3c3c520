"""What is answered without a model from what came along with a question."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Told:
    """What is thought, and what is said."""

    thought: str
    words: str

    def and_then(self, other: Told | None) -> Told:
        if other is None:
            return self
        return Told(f"{self.thought}\n{other.thought}", f"{self.words}\n{other.words}")
