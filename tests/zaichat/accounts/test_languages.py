"""Every page in the person's language, by the person's clock."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.test import AsyncClient, Client, RequestFactory
from django.utils import timezone, translation

from zaichat.accounts.languages import language_for, zone_for
from zaichat.accounts.middleware import PersonMiddleware
from zaichat.accounts.models import User

NOBODY = AnonymousUser()


@pytest.mark.parametrize(
    ("wish", "language"),
    [
        ("zh-CN,zh;q=0.9,en;q=0.8", "zh-hans"),
        ("zh-Hans", "zh-hans"),
        ("zh", "zh-hans"),
        ("zh-TW,en;q=0.5", "zh-hans"),
        ("en-GB,zh;q=0.5", "en"),
        ("fr,zh-CN;q=0.5", "zh-hans"),
        ("fr", "en"),
        ("*", "en"),
        ("", "en"),
        ("\x00;q=x,,", "en"),
    ],
)
def test_the_browser_is_asked_for_its_language(wish: str, language: str) -> None:
    assert language_for(NOBODY, wish) == language


def test_the_persons_own_choice_comes_first() -> None:
    assert language_for(User(language="zh-hans"), "en") == "zh-hans"
    assert language_for(User(language="en"), "zh-CN") == "en"


def test_the_installations_language_comes_last(settings: object) -> None:
    settings.LANGUAGE_CODE = "zh-hans"
    assert language_for(NOBODY, "fr") == "zh-hans"


@pytest.mark.parametrize("zone", ["", "Nowhere/Else", "../../etc/passwd", "a" * 5000])
def test_an_unknown_time_zone_falls_back_to_the_servers(zone: str) -> None:
    assert zone_for(User(time_zone=zone[:50]), zone).key == "UTC"


def test_the_browsers_clock_is_for_people_who_have_not_set_theirs() -> None:
    assert zone_for(User(), "Asia/Shanghai").key == "Asia/Shanghai"
    assert zone_for(User(time_zone="Europe/Berlin"), "Asia/Shanghai").key == "Europe/Berlin"


def test_the_page_goes_by_the_clock_of_the_browser(rf: RequestFactory) -> None:
    seen = []
    request = rf.get("/")
    request.user = NOBODY
    request.COOKIES["zone"] = "Asia/Shanghai"
    PersonMiddleware(lambda _: seen.append(timezone.get_current_timezone_name()) or HttpResponse())(
        request
    )
    assert seen == ["Asia/Shanghai"]


@pytest.mark.django_db
def test_pages_say_which_language_they_are_in(client: Client) -> None:
    for wish, language in {"zh-CN": "zh-Hans", "de": "en"}.items():
        answer = client.get("/accounts/login/", headers={"Accept-Language": wish})
        assert f'<html lang="{language}"' in answer.content.decode()
        assert "Accept-Language" in answer["Vary"]


@pytest.mark.django_db
def test_one_persons_language_and_zone_do_not_stay_for_the_next(alice: User) -> None:
    seen = []

    def view(request: HttpRequest) -> HttpResponse:
        seen.append((translation.get_language(), timezone.get_current_timezone_name()))
        return HttpResponse()

    alice.language, alice.time_zone = "zh-hans", "Asia/Shanghai"
    for user in (alice, NOBODY):
        request = RequestFactory().get("/")
        request.user = user
        PersonMiddleware(view)(request)
    assert seen == [("zh-hans", "Asia/Shanghai"), ("en", "UTC")]


@pytest.mark.django_db(transaction=True)
async def test_pages_speak_the_persons_language_on_an_asynchronous_server() -> None:
    answer = await AsyncClient().get("/accounts/login/", headers={"accept-language": "zh-TW"})
    assert '<html lang="zh-Hans"' in answer.content.decode()
