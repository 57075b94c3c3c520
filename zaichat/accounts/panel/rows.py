"""Rows that only the program writes, as the panel shows them."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.template.defaultfilters import truncatechars

EXCERPT = 80


class Kept(admin.ModelAdmin):  # type: ignore[type-arg]
    """To be looked at and deleted, not edited or made: they must hold what really was."""

    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class ReadOnly(Kept):
    """Not to be deleted either."""

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


def excerpt_of(text: str) -> str:
    """What a list has room for."""
    return truncatechars(text, EXCERPT) or "—"
