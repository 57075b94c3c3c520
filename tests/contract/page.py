"""Reads our pages as a script of somebody else would: by roles, names and data attributes."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

Attributes = dict[str, str]

VOID = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "source",
        "track",
        "wbr",
    ]
)


@dataclass
class Element:
    """An element with its attributes and everything inside it."""

    tag: str
    attributes: Attributes
    children: list["Element | str"] = field(default_factory=list)

    def __getitem__(self, name: str) -> str:
        return self.attributes.get(name, "")

    @property
    def text(self) -> str:
        return "".join(c if isinstance(c, str) else c.text for c in self.children)

    @property
    def classes(self) -> list[str]:
        return self["class"].split()

    def all(self, tag: str = "", css_class: str = "", **attributes: str) -> list["Element"]:
        """Everything inside that matches, in document order; `data_role="x"` is `data-role`."""
        wanted = {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items()}
        return [
            one
            for one in self._descendants()
            if (not tag or one.tag == tag)
            and (not css_class or css_class in one.classes)
            and all(one.attributes.get(name) == value for name, value in wanted.items())
        ]

    def one(self, tag: str = "", css_class: str = "", **attributes: str) -> "Element":
        found = self.all(tag, css_class, **attributes)
        assert len(found) == 1, f"{len(found)} of {tag} .{css_class} {attributes}"
        return found[0]

    def _descendants(self) -> list["Element"]:
        found = []
        for child in self.children:
            if isinstance(child, Element):
                found += [child, *child._descendants()]
        return found


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open = [Element("", {})]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open[-1].children.append(Element(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        if tag in [element.tag for element in self.open]:
            while self.open.pop().tag != tag:
                pass

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)


def read(html: str) -> Element:
    builder = _Builder()
    builder.feed(html)
    builder.close()
    return builder.open[0]


@dataclass(frozen=True)
class Article:
    """A message as the contract lets it be read."""

    role: str
    status: str
    message: str
    generation: str
    seq: int
    texts: tuple[str, ...]
    reasoning: tuple[str, ...]

    @property
    def text(self) -> str:
        return "".join(self.texts)


def articles(html: str) -> list[Article]:
    return [_article(element) for element in read(html).all("article")]


def _article(element: Element) -> Article:
    return Article(
        role=element["data-role"],
        status=element["data-status"],
        message=element["data-message"],
        generation=element["data-generation"],
        seq=int(element["data-seq"] or 0),
        texts=tuple(part.text for part in element.all(css_class="message__text")),
        reasoning=tuple(part.text for part in element.all("details", css_class="reasoning")),
    )
