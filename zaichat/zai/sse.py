"""Server-Sent Events, bytes in and data out: a push parser without any input or output.

Follows the WHATWG HTML standard, section 9.2.6: lines end with LF, CRLF or CR and with nothing
else (U+2028 and U+0085 are ordinary text), a BOM may lead, lines with a leading colon are
comments, several data lines join with LF. Lines are cut as bytes, which is safe because no byte
of a multi-byte UTF-8 character equals CR or LF; so a character split over reads stays whole.
"""

from .errors import BadAnswer

# One event, finished or not, may not be larger than this many bytes.
MAX_EVENT = 8 * 1024 * 1024

_BOM = b"\xef\xbb\xbf"


class SseParser:
    """Feed bytes as they come, get the data of every event they complete.

    `named` tells the event name of those results of the last `feed` that had one other than
    "message": {position in the list: name}. It is empty nearly always.
    """

    def __init__(self, max_event: int = MAX_EVENT) -> None:
        self.named: dict[int, str] = {}
        self._max_event = max_event
        self._tail: list[bytes] = []
        self._tail_size = 0
        self._data: list[str] = []
        self._data_size = 0
        self._name = ""
        self._after_cr = False
        self._at_start = True

    def feed(self, chunk: bytes) -> list[str]:
        """The data of each event completed by `chunk`, in order.

        Raises BadAnswer when an event grows beyond the cap before it is complete.
        """
        if self.named:
            self.named = {}
        events: list[str] = []
        for line in self._lines(chunk):
            if not line:
                self._dispatch(events)
            elif line.startswith(b"data: "):
                self._add_data(line[6:])
            else:
                self._field(line)
        return events

    def _lines(self, chunk: bytes) -> list[bytes]:
        """The lines `chunk` completes; what is left waits in the tail."""
        if self._after_cr or b"\r" in chunk:
            chunk = self._with_plain_line_ends(chunk)
        lines = chunk.split(b"\n")
        rest = lines.pop()
        if lines and (self._tail or self._at_start):
            lines[0] = self._released(lines[0])
        if rest:
            self._tail.append(rest)
            self._tail_size += len(rest)
            self._check_size()
        return lines

    def _with_plain_line_ends(self, chunk: bytes) -> bytes:
        """LF for every line end. A CR ends its line at once; an LF right after it is dropped,
        even when it comes with the next read."""
        if not chunk:
            return chunk
        if self._after_cr and chunk.startswith(b"\n"):
            chunk = chunk[1:]
        self._after_cr = chunk.endswith(b"\r")
        return chunk.replace(b"\r\n", b"\n").replace(b"\r", b"\n")

    def _released(self, end: bytes) -> bytes:
        """The line that `end` completes, with the tail in front of it."""
        line = b"".join((*self._tail, end))
        self._tail = []
        self._tail_size = 0
        if self._at_start:
            self._at_start = False
            return line.removeprefix(_BOM)
        return line

    def _field(self, line: bytes) -> None:
        if line.startswith(b"data:"):
            self._add_data(line[5:])
        elif line == b"data":
            self._add_data(b"")
        elif line.startswith(b"event:"):
            self._name = line[6:].decode(errors="replace").removeprefix(" ")

    def _add_data(self, value: bytes) -> None:
        self._data.append(value.decode(errors="replace"))
        self._data_size += len(value)
        self._check_size()

    def _check_size(self) -> None:
        if self._tail_size + self._data_size > self._max_event:
            raise BadAnswer(f"one event of the stream is larger than {self._max_event} bytes")

    def _dispatch(self, events: list[str]) -> None:
        if self._data:
            if self._name and self._name != "message":
                self.named[len(events)] = self._name
            events.append(self._data[0] if len(self._data) == 1 else "\n".join(self._data))
            self._data = []
            self._data_size = 0
        self._name = ""
