"""The vendor, as this installation is set up: one client per event loop, and how it bills.

`zaichat.zai` knows the wire and nothing of settings; here the two meet.
"""

import asyncio
from importlib import import_module
from typing import TYPE_CHECKING, Any, Literal, cast
from urllib.parse import urlsplit
from weakref import WeakKeyDictionary

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from zaichat.accounts.ledger import NO_CURRENCY
from zaichat.zai import Pool, Timeouts, catalog
from zaichat.zai.catalog import Model

if TYPE_CHECKING:
    from zaichat.zai import ZaiClient

TOTAL = 600.0
"""Seconds any single request may take at most."""

PLATFORMS = {"api.z.ai": "zai", "open.bigmodel.cn": "bigmodel"}
CHAT_KINDS = ("text", "vision")
"""Kinds of models that answer in a conversation; others answer in ways it cannot show."""
LOCAL = "local-demo"
USUAL = "glm-4.6"
CURRENCIES = {"zai": "USD", "bigmodel": "CNY"}

_clients: "WeakKeyDictionary[asyncio.AbstractEventLoop, ZaiClient]" = WeakKeyDictionary()


def client() -> "ZaiClient":
    """The client of the running event loop; connections belong to the loop that opened them."""
    loop = asyncio.get_running_loop()
    if loop not in _clients:
        _clients[loop] = built()
    return _clients[loop]


async def close() -> None:
    """Close the running loop's client, if there is one."""
    if known := _clients.pop(asyncio.get_running_loop(), None):
        await known.aclose()


async def warm() -> None:
    """Import what the first request needs, beside the first pages; it takes longer than they do."""
    await asyncio.to_thread(import_module, "zaichat.zai.client")


def timeouts() -> Timeouts:
    """ZAI_TIMEOUT bounds silence, not length: before the first word, and half of it between two.

    A whole turn is bounded by the engine; see `conversations.engine.times`.
    """
    silence = settings.ZAI_TIMEOUT
    return Timeouts(
        connect=settings.ZAI_CONNECT_TIMEOUT,
        first_byte=silence,
        idle=silence / 2,
        total=max(TOTAL, silence),
    )


def built() -> "ZaiClient":
    from zaichat.zai import ZaiClient

    own_http_client: Any = settings.ZAI_HTTP_CLIENT
    return ZaiClient(
        settings.ZAI_API_KEY or "local.demo",
        base_url=settings.ZAI_BASE_URL,
        auth=cast(Literal["key", "jwt"], settings.ZAI_AUTH),
        timeouts=timeouts(),
        pool=Pool(max_connections=settings.ZAI_MAX_CONNECTIONS),
        max_retries=settings.ZAI_MAX_RETRIES,
        http_client=import_string(own_http_client)() if own_http_client else None,
    )


def platform() -> str:
    """ "zai", "bigmodel", or "" for the stand-in and any other server."""
    return PLATFORMS.get(urlsplit(settings.ZAI_BASE_URL).hostname or "", "")


def currency() -> str:
    """What calls are billed in; NO_CURRENCY where nobody sends a bill we know of."""
    return CURRENCIES.get(platform(), NO_CURRENCY)


def default_model() -> str:
    """The model of a person who chose none."""
    if settings.LOCAL_DEMO:
        return LOCAL
    return USUAL if may_use(USUAL) else str(settings.MODELS[0])


def may_use(name: str) -> bool:
    """Whether the owner lets people use it: any model, unless MODELS names those that are left."""
    allowed = {model.lower() for model in settings.MODELS}
    return not allowed or settings.LOCAL_DEMO or name.lower() in allowed


def title_of(name: str) -> str:
    """The name people know a model by; one that nobody knows has none but its own."""
    model = catalog.find(name)
    return _(model.title) if model.known else name


def chat_models() -> list[Model]:
    """What the platform in use answers with; a server we do not know is asked for anything."""
    if settings.LOCAL_DEMO:
        return [catalog.find(LOCAL)]
    if settings.MODELS:
        allowed = [catalog.find(name) for name in settings.MODELS]
        return [model for model in allowed if model.kind in CHAT_KINDS]
    here = platform() or "zai"
    return [m for m in catalog.models() if m.kind in CHAT_KINDS and here in m.platforms]


def makers(kind: str) -> list[Model]:
    """Models that make pictures ("image") or films ("video") here. The stand-in makes them all."""
    found = [model for model in catalog.models() if model.kind == kind and may_use(model.name)]
    here = platform()
    if settings.LOCAL_DEMO or not here:
        return found
    return [model for model in found if here in model.platforms]
