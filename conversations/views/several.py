"""One thing done to several conversations at once, or to none of them."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from conversations.engine import trash
from conversations.engine.branches import restore_branch
from conversations.models import Conversation
from media_gen import trash as media_trash
from media_gen.models import Job
from zaichat.accounts import hints
from zaichat.accounts.asking import person, uuid_in
from zaichat.accounts.models import User

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

MOST = 500
BACK = ("trash", "archive")

Rows = Callable[[User], "QuerySet[Conversation]"]


@dataclass(frozen=True)
class Deed:
    """`rows`: whose turn it may be; `tells`: what open tabs hear, one hint per conversation."""

    done: "StrPromise"
    rows: Rows
    do: Callable[[User, Collection[UUID]], None]
    tells: str = "list"


def change(**values: Callable[[], object]) -> Callable[[User, Collection[UUID]], None]:
    def do(user: User, keys: Collection[UUID]) -> None:
        made = {field: value() for field, value in values.items()}
        Conversation.objects.visible_to(user).filter(pk__in=keys).update(**made)

    return do


def nothing() -> None:
    return None


def visible(user: User) -> "QuerySet[Conversation]":
    return Conversation.objects.visible_to(user)


def in_trash(user: User) -> "QuerySet[Conversation]":
    return Conversation.objects.in_trash_of(user)


def put_away_made(user: User, keys: Collection[UUID]) -> None:
    """What came out of conversations that are in the trash goes there too."""
    media_trash.put_away(user, media_trash.made_in(user, keys).values_list("pk", flat=True))


def give_up(user: User, keys: Collection[UUID]) -> None:
    trash.give_up(user, keys, ())


DEEDS = {
    "pin": Deed(gettext_lazy("Pinned"), visible, change(pinned_at=now)),
    "unpin": Deed(gettext_lazy("Unpinned"), visible, change(pinned_at=nothing)),
    "archive": Deed(gettext_lazy("Archived"), visible, change(archived_at=now)),
    "unarchive": Deed(gettext_lazy("Unarchived"), visible, change(archived_at=nothing)),
    "trash": Deed(gettext_lazy("Moved to trash"), visible, trash.put_away, "conversation"),
    "trash-made": Deed(gettext_lazy("Moved to trash"), in_trash, put_away_made),
    "restore": Deed(gettext_lazy("Restored"), in_trash, trash.bring_back, "conversation"),
    "purge": Deed(gettext_lazy("Deleted for good"), in_trash, give_up),
}

OF_JOBS = {"restore": media_trash.bring_back, "purge": media_trash.give_up}
"""What is done to pictures and films in the trash; elsewhere the gallery does it."""


@require_POST
@login_required
def several(request: HttpRequest) -> HttpResponse:
    """`do` one of DEEDS to every `conversation`; in the trash also to every `branch` and `job`.

    Several ids may stand in one field with blanks between them, as fields are few in a request.
    An id that is not this person's, or stands elsewhere, is not found, and then nothing is done.
    """
    deed = request.POST.get("do", "")
    named, branches = _ids(request, "conversation"), _ids(request, "branch")
    made = _ids(request, "job")
    if words := _what_is_wrong(deed, len(named) + len(branches) + len(made)):
        return HttpResponse(words, status=422, content_type="text/plain")
    user = person(request)
    keys = _all_of(DEEDS[deed].rows(user), named)
    roots = _all_of(trash.branches_in_trash_of(user), branches)
    jobs = _all_of(Job.objects.in_trash_of(user), made)
    if keys:
        DEEDS[deed].do(user, keys)
    _do_to_branches(user, deed, roots)
    _do_to_jobs(user, deed, jobs)
    _tell(user, deed, keys)
    answer = _answer(request, deed, keys)
    if deed == "trash":
        # The page asks whether that shall go too.
        answer["X-Made"] = str(media_trash.made_in(user, keys).count())
    return answer


def _ids(request: HttpRequest, field: str) -> list[str]:
    return " ".join(request.POST.getlist(field)).split()


def _what_is_wrong(deed: str, count: int) -> str:
    if deed not in DEEDS:
        return _("Action: it must be one of %(deeds)s.") % {"deeds": ", ".join(DEEDS)}
    if not count:
        return _("Conversations: choose at least one.")
    if count > MOST:
        return _("Conversations: at most %(limit)d can be changed at once.") % {"limit": MOST}
    return ""


def _all_of(rows: "QuerySet[Any]", named: list[str]) -> set[UUID]:
    keys = {key for name in named if (key := uuid_in(name))}
    found = set(rows.filter(pk__in=keys).values_list("pk", flat=True))
    if len(found) != len(set(named)):
        raise Http404
    return found


def _do_to_branches(user: User, deed: str, roots: Collection[UUID]) -> None:
    if not roots:
        return
    if deed == "purge":
        trash.give_up(user, (), roots)
    elif deed == "restore":
        for root in trash.branches_in_trash_of(user).filter(pk__in=roots):
            restore_branch(user, root)
            hints.hint(user.pk, "conversation", root.conversation_id)
    else:
        raise Http404


def _do_to_jobs(user: User, deed: str, keys: Collection[UUID]) -> None:
    if keys and deed not in OF_JOBS:
        raise Http404
    if keys:
        OF_JOBS[deed](user, keys)


def _tell(user: User, deed: str, keys: Collection[UUID]) -> None:
    """Whoever shows one of them looks again; a list needs to hear it only once."""
    told = keys if DEEDS[deed].tells == "conversation" else list(keys)[:1]
    for key in told:
        hints.hint(user.pk, DEEDS[deed].tells, key)


def _answer(request: HttpRequest, deed: str, keys: Collection[UUID]) -> HttpResponse:
    """Scripts need no page; a form names the one it stands on, or the conversation it is about."""
    back = request.POST.get("back", "")
    if back not in BACK and uuid_in(back) not in keys:
        return HttpResponse(status=204)
    messages.success(request, str(DEEDS[deed].done))
    return redirect(f"conversations:{back}" if back in BACK else f"/c/{uuid_in(back)}/")
