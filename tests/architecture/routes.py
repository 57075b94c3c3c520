"""Every address the application answers, as the resolver has them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver


@dataclass(frozen=True)
class Route:
    """`path` is written as in urls.py, `c/<uuid:pk>/`; `names` are its parameters."""

    path: str
    names: frozenset[str]
    view: object

    @property
    def is_panel(self) -> bool:
        return self.path.startswith("admin/")


def every_route() -> list[Route]:
    return list(_walk(get_resolver().url_patterns, "", frozenset()))


def _walk(
    patterns: Iterable[URLPattern | URLResolver], before: str, names: frozenset[str]
) -> Iterator[Route]:
    for entry in patterns:
        path = before + str(entry.pattern)
        known = names | set(entry.pattern.converters) | set(entry.pattern.regex.groupindex)
        if isinstance(entry, URLResolver):
            yield from _walk(entry.url_patterns, path, known)
        else:
            yield Route(path, known, entry.callback)
