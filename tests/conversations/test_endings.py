"""When somebody's session ends through a page, their open tabs end with it."""

from collections.abc import Callable

import pytest
from asgiref.sync import sync_to_async
from channels.testing import WebsocketCommunicator
from django.conf import settings
from django.core.cache import cache
from django.test import Client

from tests.socket_client import knock
from tests.zaichat.accounts.signing_in import NEW_PASSWORD, PASSWORD, signed_in
from zaichat.accounts.models import User

SIGNED_OUT = 4401


async def tab_of(browser: Client) -> WebsocketCommunicator:
    """A socket with this browser's cookie, which has said hello."""
    cookie = browser.cookies[settings.SESSION_COOKIE_NAME].value
    wire = await knock(None, cookie=f"{settings.SESSION_COOKIE_NAME}={cookie}")
    assert (await wire.connect())[0]
    await wire.receive_output()
    return wire


def sign_out(browser: Client) -> None:
    browser.post("/accounts/logout/")


def change_the_password(browser: Client) -> None:
    browser.post("/accounts/password/change/", {"oldpassword": PASSWORD, **NEW_PASSWORD})


def be_deactivated(browser: Client) -> None:
    User.objects.create_superuser("owner", password=PASSWORD)
    chosen = User.objects.get(username="alice").pk
    signed_in("owner").post(
        "/admin/accounts/user/", {"action": "deactivate", "_selected_action": [str(chosen)]}
    )


@pytest.mark.parametrize("end", [sign_out, change_the_password, be_deactivated])
async def test_the_tab_is_closed_with_the_code_for_signed_out(
    process: None, alice: User, end: Callable[[Client], None]
) -> None:
    cache.clear()
    browser = await sync_to_async(signed_in)("alice")
    tab = await tab_of(browser)
    await sync_to_async(end)(browser)
    assert await tab.receive_output(5) == {"type": "websocket.close", "code": SIGNED_OUT}
