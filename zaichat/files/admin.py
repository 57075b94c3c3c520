"""The panel's view of files: what there is, never the bytes."""

from django.contrib import admin
from django.contrib.admin import EmptyFieldListFilter, RelatedOnlyFieldListFilter
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

from zaichat.accounts.panel.rows import Kept
from zaichat.files.models import Page, StoredFile


@admin.register(StoredFile)
class StoredFileAdmin(Kept):
    list_display = ("name", "owner", "kind", "media_type", "room", "created_at", "deleted_at")
    list_filter = (
        "kind",
        "media_type",
        "created_at",
        ("deleted_at", EmptyFieldListFilter),
        ("owner", RelatedOnlyFieldListFilter),
    )
    list_select_related = ("owner",)
    search_fields = ("name", "owner__username", "=id", "=sha256")
    search_help_text = _("Name, person, or a whole id or SHA-256")
    date_hierarchy = "created_at"
    ordering = ("-created_at",)

    @admin.display(description=_("size"), ordering="size")
    def room(self, file: StoredFile) -> str:
        return filesizeformat(file.size)


@admin.register(Page)
class PageAdmin(Kept):
    list_display = ("file", "number", "label")
    list_select_related = ("file",)
    search_fields = ("file__name", "label", "=file__id")
