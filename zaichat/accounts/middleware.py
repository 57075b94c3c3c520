"""Shows every page in the person's language and by the person's clock."""

from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import Any

from asgiref.sync import iscoroutinefunction, markcoroutinefunction
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers

from zaichat.accounts.languages import language_for, zone_for
from zaichat.accounts.models import User

ZONE_COOKIE = "zone"
"""Written by the page's scripts: the browser's time zone, for people who have not set theirs."""

Answer = HttpResponseBase | Awaitable[HttpResponseBase]


class PersonMiddleware:
    """Stands after the authentication middleware, and works on either kind of server."""

    sync_capable = True
    async_capable = True

    def __init__(self, get_response: Callable[[HttpRequest], Any]) -> None:
        self.get_response = get_response
        self.is_async = iscoroutinefunction(get_response)
        if self.is_async:
            markcoroutinefunction(self)

    def __call__(self, request: HttpRequest) -> Answer:
        if self.is_async:
            return self._acall(request)
        user = request.user  # signing out replaces it
        with _shown_to(user, request) as language:
            return _marked(self.get_response(request), language, user)

    async def _acall(self, request: HttpRequest) -> HttpResponseBase:
        user = await request.auser()
        with _shown_to(user, request) as language:
            return _marked(await self.get_response(request), language, user)


@contextmanager
def _shown_to(user: User | AnonymousUser, request: HttpRequest) -> Iterator[str]:
    language = language_for(user, request.headers.get("Accept-Language", ""))
    request.LANGUAGE_CODE = language
    zone = zone_for(user, request.COOKIES.get(ZONE_COOKIE, ""))
    with translation.override(language), timezone.override(zone):
        yield language


def _marked(
    response: HttpResponseBase, language: str, user: User | AnonymousUser
) -> HttpResponseBase:
    """What is written for one person is kept by no cache: after signing out, the way back shows
    nothing. Pages with an open socket are in no browser's page cache anyway, so nothing is lost.
    Pages for anybody are not kept either: the way back to a form brings one that can be sent."""
    patch_vary_headers(response, ["Accept-Language"])
    if user.is_authenticated or response.get("Content-Type", "").startswith("text/html"):
        response.headers.setdefault("Cache-Control", "private, no-store")
    response.headers.setdefault("Content-Language", language)
    return response
