"""Markers that some models write into their text, taken out while it streams.

GLM-4.1V and 4.5V may put `<think>…</think>` and `<|begin_of_box|>…<|end_of_box|>` inside the
content (Z.ai API, chat completion response). Thinking becomes reasoning, the box markers vanish.
Inside code (an odd number of backticks so far) a marker is ordinary text, so an answer that
explains these very tags is shown as written.
"""

from collections.abc import Iterator

_THINK = "<think>"
_END_THINK = "</think>"
_DROPPED = ("<|begin_of_box|>", "<|end_of_box|>")
_IN_ANSWER = (_THINK, *_DROPPED)
_IN_THINKING = (_END_THINK, *_DROPPED)


class TagFilter:
    """Splits text into (is_reasoning, text) pieces, wherever the text was cut before."""

    def __init__(self) -> None:
        self._thinking = False
        self._in_code = False
        self._held = ""

    def leaves_alone(self, text: str) -> bool:
        """True when `text` is plain answer text as a whole. The quick way round `feed`."""
        if self._thinking or self._held or "<" in text:
            return False
        self._watch_code(text)
        return True

    def feed(self, text: str) -> Iterator[tuple[bool, str]]:
        """The pieces that are certain; the start of what may become a marker is held back."""
        text = self._held + text
        self._held = ""
        while text:
            start = text.find("<")
            if start < 0:
                yield self._piece(text)
                return
            if start:
                yield self._piece(text[:start])
            text = text[start:]
            marker = self._marker_at(text)
            if marker is None:
                self._held = text
                return
            if not marker:
                yield self._piece("<")
            text = text[len(marker) or 1 :]

    def flush(self) -> Iterator[tuple[bool, str]]:
        """What was held back, once it is certain that nothing follows."""
        if self._held:
            held, self._held = self._held, ""
            yield self._piece(held)

    def _marker_at(self, text: str) -> str | None:
        """The marker `text` starts with, "" when it is none, None when that is not clear yet."""
        if self._in_code and not self._thinking:
            return ""
        for marker in _IN_THINKING if self._thinking else _IN_ANSWER:
            if text.startswith(marker):
                self._thinking = marker == _THINK or (self._thinking and marker != _END_THINK)
                return marker
            if marker.startswith(text):
                return None
        return ""

    def _piece(self, text: str) -> tuple[bool, str]:
        if not self._thinking:
            self._watch_code(text)
        return self._thinking, text

    def _watch_code(self, text: str) -> None:
        if "`" in text and text.count("`") % 2:
            self._in_code = not self._in_code
