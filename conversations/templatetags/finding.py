"""What lists of what was found ask for: days in few words, and the way to another page."""

from datetime import datetime, timedelta

from django import template
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

register = template.Library()


@register.filter
def on_day(at: datetime) -> str:
    """Today, Yesterday, Tue, 18 Nov, 3 Feb 2025: by the person's calendar."""
    day, today = localdate(at), localdate()
    if day >= today:
        return _("Today")
    if day == today - timedelta(days=1):
        return _("Yesterday")
    if day > today - timedelta(days=7):
        return date_format(day, "D")
    # Translators: a date without its year, in the letters of Django's date filter
    without_year = _("j M")
    # Translators: a date with its year, in the letters of Django's date filter
    with_year = _("j M Y")
    return date_format(day, without_year if day.year == today.year else with_year)


@register.simple_tag(takes_context=True)
def another_page(context: template.Context, page: int, step: int) -> str:
    """The same search, `step` pages further."""
    asked = context["request"].GET.copy()
    asked["page"] = str(page + step)
    return f"?{asked.urlencode()}"
