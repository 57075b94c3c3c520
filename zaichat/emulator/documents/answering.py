"""Answers a question about documents with the passages that share most with it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from ..aside import aside
from ..told import Told
from ..turn import Turn, mostly_cjk, text_of
from .quoting import Page, beginning, best, named, pages_in

ABOUT_DOCUMENTS = re.compile(
    r"\b(documents?|files?|pages?|pdf|sheets?|summar\w+|quote|cite|passage)\b"
    r"|文档|文件|第.{1,3}页|总结|概括|摘要|引用|原文",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Words:
    opening: str
    document: str
    quote: str
    nothing: str
    empty: str
    by_address: str
    file: str
    thought: str


ENGLISH = Words(
    opening=(
        "I am ZaiChat's local stand-in, not a language model: I have not understood the document, "
        "only searched it. These passages fit your question best:"
    ),
    document="- **{}**: {} given, {:,} characters",
    quote="> “{}” {}",
    nothing=(
        "I am ZaiChat's local stand-in, not a language model: I can only search a document for the "
        "words of your question, and found none of them. This is how it begins:"
    ),
    empty="The pages that were given hold no text.",
    by_address=(
        "I am ZaiChat's local stand-in and fetch nothing from the network, so I could not read "
        "what was given by address:"
    ),
    file="- **{}**",
    thought="Local demo thinking: no model reads here. Search for the question's words: {}.",
)
CHINESE = Words(
    opening=(
        "我是 ZaiChat 的本地替身，不是语言模型：我并没有读懂文档，只是在其中检索。"
        "下面是与你的问题最相关的原文："
    ),
    document="- **{}**：收到 {}，共 {:,} 个字符",
    quote="> “{}” {}",
    nothing=(
        "我是 ZaiChat 的本地替身，不是语言模型：只能按问题里的字词在文档中检索，这次没有找到。"
        "文档的开头是："
    ),
    empty="收到的页面里没有文字。",
    by_address="我是 ZaiChat 的本地替身，不会从网络下载任何东西，因此读不到以网址给出的文件：",
    file="- **{}**",
    thought="本地演示的思考：这里没有模型来阅读，只能检索问题里的字词：{}。",
)


async def answer(turn: Turn) -> Told | None:
    """None where no document is there, or where an earlier one has nothing to do with this."""
    return await aside(answered, turn)


def answered(turn: Turn) -> Told | None:
    asked = [text_of(one.get("content")) for one in turn.messages if one.get("role") == "user"]
    pages = [page for text in asked for page in pages_in(text)]
    words = CHINESE if mostly_cjk(turn.question) else ENGLISH
    if not pages:
        return unread(turn, words)
    found = named(pages, turn.question) or best(pages, turn.question)
    is_new = bool(asked) and next(pages_in(asked[-1]), None) is not None
    if not (found or is_new or ABOUT_DOCUMENTS.search(turn.question)):
        return None
    return Told(words.thought.format(counted(pages, words)), said(words, pages, found))


def unread(turn: Turn, words: Words) -> Told | None:
    """Where the last question brought files by address only."""
    *_, last = [one.get("content") for one in turn.messages if one.get("role") == "user"]
    parts = last if isinstance(last, list) else []
    urls = [part["file_url"]["url"] for part in parts if part.get("type") == "file_url"]
    if not urls:
        return None
    files = "\n".join(words.file.format(name_of(url)) for url in urls)
    return Told(words.thought.format(f"{len(urls)} × URL"), f"{words.by_address}\n\n{files}\n")


def name_of(url: str) -> str:
    """The last piece of an address without what Markdown would read as its own."""
    name = PurePosixPath(unquote(urlsplit(url).path)).name
    return re.sub(r"[^\w.\- ]", "", name)[:80] or "?"


def said(words: Words, pages: Sequence[Page], found: Sequence[tuple[str, Page]]) -> str:
    quoted = found or beginning(pages)
    opening = words.opening if found else words.nothing if quoted else words.empty
    quotes = [words.quote.format(passage, page.mark) for passage, page in quoted]
    return "\n\n".join([opening, *quotes, "\n".join(facts(words, pages))]) + "\n"


def facts(words: Words, pages: Sequence[Page]) -> list[str]:
    """What was given of each document."""
    lines = []
    for (_, name), group in groupby(pages, key=lambda page: (page.document, page.name)):
        given = list(group)
        size = sum(len(page.text) for page in given)
        lines.append(words.document.format(name, counted(given, words), size))
    return lines


def counted(pages: Sequence[Page], words: Words) -> str:
    if words is CHINESE:
        return f"{len(pages)} 页"
    return "one page" if len(pages) == 1 else f"{len(pages)} pages"
