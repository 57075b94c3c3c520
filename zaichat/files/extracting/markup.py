"""HTML as text: what a reader sees, in lines; scripts, styles and what is hidden left out."""

from typing import Any

LEFT_OUT = {"script", "style", "template", "noscript", "svg", "math", "head", "iframe", "object"}
OWN_LINE = {
    "address", "article", "aside", "blockquote", "body", "div", "dd", "dl", "dt", "fieldset",
    "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr",
    "li", "main", "nav", "ol", "p", "pre", "section", "table", "ul", "br",
}  # fmt: skip
HEADINGS = {f"h{level}": level for level in range(1, 7)}
CHUNK = 64 * 1024


def text_of(content: str) -> str:
    """Read as it comes, so that nothing grows: no tree is made."""
    from lxml import etree

    reader = _Reader()
    parser = etree.HTMLParser(target=reader, encoding="utf-8", no_network=True)
    data = content.encode("utf-8", "replace")
    for at in range(0, len(data), CHUNK):
        parser.feed(data[at : at + CHUNK])
    parser.close()
    return reader.text()


class _Reader:
    """A target of lxml's parser: told of tags and text in their order."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._line: list[str] = []
        self._left_out = 0
        self._cells: list[str] | None = None
        self._is_first_row = False

    def start(self, tag: str, _attributes: Any) -> None:
        if tag in LEFT_OUT:
            self._left_out += 1
        if tag in OWN_LINE and self._cells is None:
            self._end_line(is_block=tag not in {"br", "li"})
        if tag in HEADINGS:
            self._line.append("#" * HEADINGS[tag] + " ")
        elif tag == "li" and self._cells is None:
            self._line.append("- ")
        elif tag == "table":
            self._is_first_row = True
        elif tag == "tr":
            self._end_line()
            self._cells = []

    def end(self, tag: str) -> None:
        if tag in LEFT_OUT:
            self._left_out = max(0, self._left_out - 1)
        elif tag in ("td", "th") and self._cells is not None:
            self._cells.append(self._said().replace("|", "\\|"))
        elif tag == "tr" and self._cells is not None:
            self._end_row()
        elif tag in OWN_LINE and self._cells is None:
            self._end_line(is_block=tag not in {"br", "li"})

    def data(self, text: str) -> None:
        if not self._left_out:
            self._line.append(text)

    def comment(self, _text: str) -> None:
        pass

    def close(self) -> None:
        self._end_line()

    def text(self) -> str:
        return "\n".join(self._lines).strip()

    def _said(self) -> str:
        said = " ".join("".join(self._line).split())
        self._line = []
        return said

    def _end_line(self, is_block: bool = False) -> None:
        said = self._said()
        if said.strip("#- "):
            self._lines.append(said)
        if is_block and self._lines and self._lines[-1]:
            self._lines.append("")

    def _end_row(self) -> None:
        cells, self._cells = self._cells or [], None
        self._line = []
        if any(cells):
            self._lines.append(f"| {' | '.join(cells)} |")
            if self._is_first_row:
                self._lines.append(f"|{' --- |' * len(cells)}")
            self._is_first_row = False
