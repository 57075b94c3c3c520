"""What the pages about people ask of the server."""

import re
from datetime import datetime
from ipaddress import ip_address

from django import template
from django.conf import settings
from django.contrib.humanize.templatetags.humanize import naturaltime
from django.forms import BoundField, CheckboxInput, HiddenInput, PasswordInput, RadioSelect, Select
from django.http import HttpRequest
from django.http.request import split_domain_port
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, pgettext

from zaichat.accounts import welcome
from zaichat.accounts.forms import THEMES
from zaichat.accounts.models import Installation, Theme

register = template.Library()

BROWSERS = {
    "Edg": "Edge",
    "OPR/": "Opera",
    "Firefox/": "Firefox",
    "FxiOS/": "Firefox",
    "Chrome/": "Chrome",
    "CriOS/": "Chrome",
    "Safari/": "Safari",
}
SYSTEMS = {
    "Windows": "Windows",
    "Android": "Android",
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Mac OS X": "Mac",
    "Linux": "Linux",
}
"""Marks in a browser's description of itself, and what people call it; the first found counts."""

THEME_ICONS = {Theme.LIGHT: "sun", Theme.DARK: "moon", Theme.AUTO: "device"}


@register.filter
def kind(field: BoundField) -> str:
    """How to lay a field out: hidden, check, radio, select, password or input."""
    match field.field.widget:
        case HiddenInput():
            return "hidden"
        case CheckboxInput():
            return "check"
        case RadioSelect():
            return "radio"
        case Select():
            return "select"
        case PasswordInput():
            return "password"
    return "input"


@register.filter
def control(field: BoundField, css_class: str) -> SafeString:
    """The field's own element with this class, and without a placeholder: labels say it all."""
    attrs: dict[str, str | bool] = {"class": css_class, "placeholder": False}
    if field.form.non_field_errors() and not field.errors:
        attrs |= {"aria-invalid": "true", "aria-describedby": described_by(field)}
    return field.as_widget(attrs=attrs)


FORM_ERROR = "form-error"
"""The id of what is wrong with a form as a whole, such as a name and a password that do not fit."""


def described_by(field: BoundField) -> str:
    return " ".join(filter(None, (field.aria_describedby, FORM_ERROR)))


@register.filter
def device(user_agent: str) -> str:
    """`Chrome, Linux` instead of the whole description; what we do not know, we do not guess."""
    found = (_called(user_agent, BROWSERS), _called(user_agent, SYSTEMS))
    between = pgettext("between two facts", ", ")
    return between.join(filter(None, found)) or gettext("Unknown browser")


@register.filter
def ago(at: datetime) -> str:
    """`26 minutes ago`; Django's Chinese has no blanks around numbers, ours does everywhere."""
    words = str(naturaltime(at))
    if not (get_language() or "").startswith("zh"):
        return words
    return re.sub(r"(?<=\d)\s*(?=[\u4e00-\u9fff])", " ", words).replace("之前", "前")


@register.simple_tag
def themes() -> list[dict[str, str]]:
    """Every theme as its value, its name and its drawing."""
    return [
        {"value": theme.value, "label": str(label), "icon": THEME_ICONS[theme]}
        for theme, label in THEMES
    ]


@register.simple_tag
def sign_up_is_open() -> bool:
    return Installation.current().sign_up_open


@register.simple_tag
def owner_is_awaited() -> bool:
    """True while nobody has an account: there is nothing to sign in to yet."""
    return welcome.is_open()


@register.simple_tag
def sends_mail() -> bool:
    """False where letters only reach the server's log."""
    return "smtp" in settings.EMAIL_BACKEND


@register.simple_tag(takes_context=True)
def passkeys_work(context: template.Context) -> bool:
    """Browsers tie passkeys to a name over https, or to localhost; never to a bare number."""
    request: HttpRequest = context["request"]
    host, _port = split_domain_port(request.get_host())
    try:
        ip_address(host.strip("[]"))
    except ValueError:
        return request.is_secure() or host == "localhost"
    return False


def _called(user_agent: str, names: dict[str, str]) -> str:
    return next((name for mark, name in names.items() if mark in user_agent), "")
