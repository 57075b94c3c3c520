"""The panel's view of jobs: how they stand; nothing is changed here."""

from django.contrib import admin
from django.http import HttpRequest

from media_gen.models import Album, AlbumEntry, Job, PromptEntry, Reference


@admin.register(Job)
class JobAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("prompt", "owner", "kind", "model", "state", "error", "created_at", "ended_at")
    list_filter = ("state", "kind", "model")
    list_select_related = ("owner",)
    search_fields = ("prompt", "owner__username", "task_id")
    raw_id_fields = ("owner", "result")
    date_hierarchy = "created_at"
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False


@admin.register(Reference)
class ReferenceAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("job", "number", "file")
    list_select_related = ("job", "file")
    raw_id_fields = ("job", "file")
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False


class AlbumEntryInline(admin.TabularInline):  # type: ignore[type-arg]
    model = AlbumEntry
    raw_id_fields = ("job",)
    extra = 0


@admin.register(Album)
class AlbumAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("name", "owner", "created_at")
    list_select_related = ("owner",)
    search_fields = ("name", "owner__username")
    raw_id_fields = ("owner",)
    inlines = (AlbumEntryInline,)
    show_full_result_count = False


@admin.register(AlbumEntry)
class AlbumEntryAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("album", "job", "added_at")
    list_select_related = ("album", "job")
    raw_id_fields = ("album", "job")
    show_full_result_count = False


@admin.register(PromptEntry)
class PromptEntryAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("text", "owner", "job")
    list_select_related = ("owner", "job")
    raw_id_fields = ("owner", "job")
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False
