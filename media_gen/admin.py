"""The panel's view of jobs: how they stand, and what may be decided in their owner's place."""

from collections.abc import Callable

from django.contrib import admin
from django.contrib.admin import EmptyFieldListFilter, RelatedOnlyFieldListFilter
from django.contrib.messages import SUCCESS, WARNING
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from media_gen.jobs import moving
from media_gen.models import Album, AlbumEntry, Job, PromptEntry, Reference
from media_gen.tasks import pass_over
from zaichat.accounts import hints, money
from zaichat.accounts.panel.rows import Kept, excerpt_of


@admin.register(Job)
class JobAdmin(Kept):
    list_display = ("words", "owner", "model", "state", "error", "created_at", "took", "cost")
    list_filter = (
        "state",
        "kind",
        "model",
        "error",
        "created_at",
        ("deleted_at", EmptyFieldListFilter),
        ("owner", RelatedOnlyFieldListFilter),
    )
    list_select_related = ("owner",)
    search_fields = ("prompt", "owner__username", "=id", "=batch", "=task_id")
    search_help_text = _("Prompt, person, or a whole id of a job, a batch or a task at the vendor")
    date_hierarchy = "created_at"
    ordering = ("-created_at",)
    actions = ("cancel", "fetch_again", "give_up")

    @admin.display(description=_("prompt"))
    def words(self, job: Job) -> str:
        return excerpt_of(job.prompt)

    @admin.display(description=_("duration"))
    def took(self, job: Job) -> str:
        taken = job.ended_at and (job.ended_at - job.created_at).total_seconds()
        return "—" if taken is None else f"{taken:.1f} s"

    @admin.display(description=_("cost"), ordering="cost_nano")
    def cost(self, job: Job) -> str:
        return "—" if job.cost_nano is None else money.shown(job.cost_nano, job.currency)

    def has_decide_permission(self, request: HttpRequest) -> bool:
        """Rows are changed by nobody; this is what may be changed about them."""
        return request.user.has_perm("media_gen.change_job")

    def delete_model(self, request: HttpRequest, obj: Job) -> None:
        moving.forget([obj])

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Job]) -> None:
        moving.forget(queryset)

    @admin.action(
        description=_("Cancel: what was asked for already is billed"), permissions=["decide"]
    )
    def cancel(self, request: HttpRequest, jobs: QuerySet[Job]) -> None:
        self._decide(request, jobs, moving.cancel)

    @admin.action(
        description=_("Look for a lost result again: free of charge"), permissions=["decide"]
    )
    def fetch_again(self, request: HttpRequest, jobs: QuerySet[Job]) -> None:
        self._decide(request, jobs, moving.fetch_again)
        pass_over.enqueue()

    @admin.action(
        description=_("Leave at that what needs attention: it counts as billed"),
        permissions=["decide"],
    )
    def give_up(self, request: HttpRequest, jobs: QuerySet[Job]) -> None:
        self._decide(request, jobs, moving.give_up)

    def _decide(
        self, request: HttpRequest, jobs: QuerySet[Job], decide: Callable[[Job], bool]
    ) -> None:
        """Each by itself: workers move them meanwhile, and where one has ended nothing is done."""
        wanted = list(jobs)
        decided = [job for job in wanted if decide(job)]
        for job in decided:
            hints.hint(job.owner_id, "job", job.pk)
        if decided:
            words = ngettext("Done for %(count)d job.", "Done for %(count)d jobs.", len(decided))
            self.message_user(request, words % {"count": len(decided)}, SUCCESS)
        if left := len(wanted) - len(decided):
            words = ngettext(
                "%(count)d job does not stand so that this could be done; it is as it was.",
                "%(count)d jobs do not stand so that this could be done; they are as they were.",
                left,
            )
            self.message_user(request, words % {"count": left}, WARNING)


@admin.register(Reference)
class ReferenceAdmin(Kept):
    list_display = ("job", "number", "file")
    list_select_related = ("job", "file")
    search_fields = ("file__name", "job__owner__username", "=job__id")
    search_help_text = _("Name, person, or the whole id of a job")


class AlbumEntryInline(admin.TabularInline):  # type: ignore[type-arg]
    model = AlbumEntry
    raw_id_fields = ("job",)
    extra = 0


@admin.register(Album)
class AlbumAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("name", "owner", "holds", "created_at")
    list_filter = ("created_at", ("owner", RelatedOnlyFieldListFilter))
    list_select_related = ("owner",)
    search_fields = ("name", "owner__username", "=id")
    raw_id_fields = ("owner",)
    inlines = (AlbumEntryInline,)
    show_full_result_count = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Album]:
        return super().get_queryset(request).annotate(holds=Count("jobs"))

    @admin.display(description=_("pictures and films"), ordering="holds")
    def holds(self, album: Album) -> int:
        return int(album.holds)  # type: ignore[attr-defined] # the queryset counts


@admin.register(AlbumEntry)
class AlbumEntryAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("album", "job", "added_at")
    list_select_related = ("album", "job")
    search_fields = ("album__name", "album__owner__username", "=job__id")
    raw_id_fields = ("album", "job")
    show_full_result_count = False


@admin.register(PromptEntry)
class PromptEntryAdmin(Kept):
    """What search holds; the grams are of no use to anybody's eyes."""

    list_display = ("words", "owner", "job")
    list_filter = (("owner", RelatedOnlyFieldListFilter),)
    list_select_related = ("owner", "job")
    search_fields = ("owner__username", "=job__id")

    @admin.display(description=_("prompt"))
    def words(self, entry: PromptEntry) -> str:
        return excerpt_of(entry.text)
