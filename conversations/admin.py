"""The panel's view of talk. Text is read here by whoever has the permission to view it; it is
never changed, because rows must hold what was really said."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from conversations.models import Attachment, Conversation, Draft, Generation, Message, SearchEntry
from zaichat.accounts.panel.rows import Kept, excerpt_of


@admin.register(Conversation)
class ConversationAdmin(Kept):
    list_display = (
        "__str__",
        "owner",
        "message_count",
        "last_active_at",
        "created_at",
        "deleted_at",
    )
    list_filter = ("last_active_at", ("deleted_at", admin.EmptyFieldListFilter))
    list_select_related = ("owner",)
    search_fields = ("title", "owner__username", "owner__email", "=id")
    search_help_text = _("Title, person, or a whole id")
    date_hierarchy = "created_at"
    ordering = ("-last_active_at",)


@admin.register(Message)
class MessageAdmin(Kept):
    list_display = (
        "excerpt",
        "role",
        "number",
        "conversation",
        "owner",
        "created_at",
        "deleted_at",
    )
    list_filter = ("role", "created_at", ("deleted_at", admin.EmptyFieldListFilter))
    list_select_related = ("conversation__owner",)
    search_fields = (
        "text",
        "conversation__title",
        "conversation__owner__username",
        "=id",
        "=conversation__id",
    )
    search_help_text = _("Text of a question, title, person, or a whole id")
    date_hierarchy = "created_at"
    ordering = ("-created_at",)

    @admin.display(description=_("text"))
    def excerpt(self, message: Message) -> str:
        return excerpt_of(message.text)

    @admin.display(description=_("owner"), ordering="conversation__owner__username")
    def owner(self, message: Message) -> str:
        return message.conversation.owner.get_username()


@admin.register(Generation)
class GenerationAdmin(Kept):
    list_display = (
        "created_at",
        "owner",
        "model",
        "status",
        "command",
        "duration",
        "error_code",
        "finish_reason",
    )
    list_filter = ("status", "command", "model", "error_code", "created_at")
    list_select_related = ("owner",)
    search_fields = ("owner__username", "model", "error_code", "vendor_code", "=id", "=message__id")
    search_help_text = _("Person, model, error, or a whole id")
    date_hierarchy = "created_at"
    ordering = ("-created_at",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Generation]:
        """Lists leave the long texts in the database."""
        rows = super().get_queryset(request)
        match = request.resolver_match
        listed = match is not None and str(match.url_name).endswith("_changelist")
        return rows.defer("parts", "options", "request_ids") if listed else rows

    @admin.display(description=_("duration"), ordering="duration_ms")
    def duration(self, generation: Generation) -> str:
        taken = generation.duration_ms
        return "—" if taken is None else f"{taken / 1000:.1f} s"


@admin.register(Draft)
class DraftAdmin(Kept):
    list_display = ("owner", "conversation", "excerpt", "saved_at")
    list_select_related = ("owner", "conversation")
    search_fields = ("owner__username",)
    date_hierarchy = "saved_at"

    @admin.display(description=_("text"))
    def excerpt(self, draft: Draft) -> str:
        return excerpt_of(draft.text)


@admin.register(SearchEntry)
class SearchEntryAdmin(Kept):
    """What search holds; the text itself is read in the message."""

    list_display = ("conversation", "owner", "at")
    list_select_related = ("owner", "conversation")
    search_fields = ("owner__username",)


@admin.register(Attachment)
class AttachmentAdmin(Kept):
    list_display = ("file", "message", "number")
    list_select_related = ("file", "message")
    search_fields = ("file__name", "file__owner__username")
