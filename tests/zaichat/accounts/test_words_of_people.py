"""Times, devices and titles as they are written in each language."""

from datetime import timedelta

import pytest
from django.utils import translation
from django.utils.timezone import now

from conversations.models import Conversation
from conversations.templatetags.conversation import model_title
from zaichat.accounts.passwords import OneReason
from zaichat.accounts.templatetags.people import ago, device
from zaichat.accounts.zones import zones

LINUX = "Mozilla/5.0 (X11; Linux x86_64) Chrome/140.0 Safari/537.36"


@pytest.mark.parametrize(
    ("language", "browser", "model"),
    [("en", "Chrome, Linux", "Local demo"), ("zh-hans", "Chrome，Linux", "本机演示")],
)
def test_devices_and_models_are_called_as_the_language_does(
    language: str, browser: str, model: str
) -> None:
    with translation.override(language):
        assert (device(LINUX), model_title("local-demo")) == (browser, model)


def test_a_time_in_chinese_has_blanks_around_its_number_and_no_stiff_word() -> None:
    """People read 26分钟之前登录."""
    with translation.override("zh-hans"):
        assert ago(now() - timedelta(minutes=26, seconds=5)) == "26 分钟前"
    with translation.override("en"):
        assert ago(now() - timedelta(minutes=26, seconds=5)).split() == ["26", "minutes", "ago"]


def test_a_password_is_explained_in_one_line_and_every_zone_has_a_chinese_name() -> None:
    with translation.override("zh-hans"):
        assert OneReason().get_help_text() == "至少 8 个字符；几个互不相关的词既安全又好记。"
        assert dict(zones())["America/Coyhaique"] == "美洲/科伊艾克"


def test_an_old_title_does_not_turn_what_stands_beside_it() -> None:
    assert str(Conversation(title="a\u202eb (fork)")) == "ab (fork)"
