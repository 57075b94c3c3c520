"""Every page a person can come to, one after another."""

from collections.abc import Iterator

from playwright.sync_api import expect

from tests.e2e.chat import Chat

MINE = (
    "/settings/",
    "/search/",
    "/search/?q=link",
    "/archive/",
    "/trash/",
    "/studio/",
    "/gallery/",
    "/gallery/albums/",
    "/accounts/password/change/",
    "/accounts/email/",
    "/accounts/2fa/",
    "/accounts/2fa/recovery-codes/",
    "/accounts/2fa/webauthn/",
    "/accounts/2fa/totp/activate/",
    "/accounts/reauthenticate/",
    "/accounts/sessions/",
    "/accounts/logout/",
    "/nowhere/",
)
EVERYBODYS = (
    "/accounts/login/",
    "/accounts/signup/",
    "/accounts/password/reset/",
    "/accounts/password/reset/done/",
    "/accounts/password/reset/key/1-abc/",
    "/accounts/inactive/",
    "/accounts/confirm-email/a:b:c/",
)


def every_page(chat: Chat, question: str) -> Iterator[str]:
    """Go there and say where; the first pages are conversations, the last are seen signed out."""
    yield "/"
    chat.box.fill(question)
    chat.send_button.click()
    chat.expect_end()
    chat.answer.locator("details.reasoning summary").click()
    yield "a conversation"
    chat.box.fill("[[script:refuse status=401 code=1001 times=999]]")
    chat.send_button.click()
    chat.expect_end("failed", answers=2)
    yield "a failure"
    for path in MINE:
        chat.page.goto(path)
        yield path
    chat.page.context.clear_cookies()
    for path in EVERYBODYS:
        chat.page.goto(path)
        yield path
    chat.page.goto("/accounts/login/")
    chat.page.locator("[name=login]").fill("nobody")
    chat.page.locator("[name=password]").fill("wrong")
    chat.page.locator("[name=password]").press("Enter")
    expect(chat.page.locator(".banner--error")).to_be_visible()
    yield "signing in with a wrong password"
