"""The panel's view of people, what was paid for them, and the installation."""

from typing import Any
from uuid import UUID

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from zaichat.accounts import money
from zaichat.accounts.adapter import kick_after_commit
from zaichat.accounts.models import Installation, LedgerEntry, User
from zaichat.accounts.panel.rows import ReadOnly


@admin.register(User)
class PersonAdmin(UserAdmin):  # type: ignore[type-arg]
    """People. Whatever is changed here about a person reaches their open tabs at once."""

    list_display = (
        "username",
        "email",
        "is_active",
        "is_staff",
        "is_superuser",
        "last_login",
        "date_joined",
    )
    list_filter = ("is_active", "is_staff", "is_superuser", "language")
    readonly_fields = ("last_login", "date_joined")
    fieldsets = (
        *(UserAdmin.fieldsets or ()),
        (_("Settings"), {"fields": ("language", "theme", "time_zone", "default_model")}),
    )
    actions = ("deactivate", "activate")

    @admin.action(
        description=_("Deactivate: sign out at once and refuse to sign in"), permissions=["change"]
    )
    def deactivate(self, request: HttpRequest, people: QuerySet[User]) -> None:
        others = people.exclude(username=request.user.get_username())
        ended = list(others)
        others.update(is_active=False)
        for person in ended:
            kick_after_commit(person)

    @admin.action(description=_("Activate again"), permissions=["change"])
    def activate(self, request: HttpRequest, people: QuerySet[User]) -> None:
        people.update(is_active=True)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        kick_after_commit(form.instance)

    def delete_model(self, request: HttpRequest, obj: User) -> None:
        kick_after_commit(User(pk=obj.pk))
        super().delete_model(request, obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        for key in queryset.values_list("pk", flat=True):
            kick_after_commit(User(pk=key))
        super().delete_queryset(request, queryset)

    def user_change_password(
        self, request: HttpRequest, id: str, form_url: str = ""
    ) -> HttpResponse:
        response = super().user_change_password(request, id, form_url)
        if request.method == "POST":
            kick_after_commit(User(pk=UUID(id)))
        return response


@admin.register(LedgerEntry)
class LedgerEntryAdmin(ReadOnly):
    """The ledger is append-only, and only the program appends."""

    list_display = (
        "created_at",
        "owner",
        "kind",
        "purpose",
        "model",
        "amount",
        "price_known",
        "estimated",
    )
    list_filter = ("kind", "purpose", "currency", "price_known", "estimated", "created_at")
    list_select_related = ("owner",)
    search_fields = ("owner__username", "owner__email", "model", "=call", "=subject")
    search_help_text = _("Person, model, or the whole id of a call or subject")
    date_hierarchy = "created_at"
    ordering = ("-created_at",)

    @admin.display(description=_("amount"), ordering="amount_nano")
    def amount(self, entry: LedgerEntry) -> str:
        return money.shown(entry.amount_nano, entry.currency)


@admin.register(Installation)
class InstallationAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """One row; it can be made once and never deleted."""

    fields = ("sign_up_open", "owner_came_at")
    readonly_fields = ("owner_came_at",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return super().has_add_permission(request) and not Installation.objects.exists()

    def has_delete_permission(self, request: HttpRequest, obj: Installation | None = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Installation, form: Any, change: bool) -> None:
        obj.pk = Installation.ONLY
        super().save_model(request, obj, form, change)
