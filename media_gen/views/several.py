"""One thing done to several pictures and films at once, or to none of them."""

from collections.abc import Callable, Collection, Mapping
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from media_gen import albums, trash, zipping
from media_gen.models import Album, Job, JobQuerySet
from zaichat.accounts.asking import person, uuid_in
from zaichat.accounts.models import User

MOST = 500


def star(user: User, keys: Collection[UUID]) -> None:
    Job.objects.visible_to(user).filter(pk__in=keys).update(starred=True)


def unstar(user: User, keys: Collection[UUID]) -> None:
    Job.objects.visible_to(user).filter(pk__in=keys).update(starred=False)


DEEDS: Mapping[str, Callable[[User, Collection[UUID]], None]] = {
    "star": star,
    "unstar": unstar,
    "trash": trash.put_away,
    "restore": trash.bring_back,
    "purge": trash.give_up,
}
IN_TRASH = ("restore", "purge")


@require_POST
@login_required
def several(request: HttpRequest) -> HttpResponse:
    """`do` one of DEEDS to every `job`; several ids may stand in one field with blanks between.

    `album` and `unalbum` say which by `album`, or `name` one that is made if there is none.
    """
    deed, named = request.POST.get("do", ""), _ids(request)
    if words := _what_is_wrong(deed, len(named)):
        return HttpResponse(words, status=422, content_type="text/plain")
    keys = _all_of(_rows(person(request), deed), named)
    if deed in DEEDS:
        DEEDS[deed](person(request), keys)
    elif words := _put(request, deed, keys):
        return HttpResponse(words, status=422, content_type="text/plain")
    return HttpResponse(status=204)


@require_POST
@login_required
def zipped(request: HttpRequest) -> HttpResponseBase:
    """Every `job` in one ZIP file, under names that say what they are."""
    named = _ids(request)
    if words := _how_many(len(named)):
        return HttpResponse(words, status=422, content_type="text/plain")
    rows = Job.objects.made_by(person(request))
    files = [row.result for row in rows.filter(pk__in=_all_of(rows, named)) if row.result]
    if words := zipping.what_is_too_much(files):
        return HttpResponse(words, status=422, content_type="text/plain")
    return zipping.answer(request, files)


def _ids(request: HttpRequest) -> list[str]:
    return list(dict.fromkeys(" ".join(request.POST.getlist("job")).split()))


def _what_is_wrong(deed: str, count: int) -> str:
    known = [*DEEDS, "album", "unalbum"]
    if deed not in known:
        return _("Action: it must be one of %(deeds)s.") % {"deeds": ", ".join(known)}
    return _how_many(count)


def _how_many(count: int) -> str:
    if not count:
        return _("Pictures and films: choose at least one.")
    if count > MOST:
        return _("Pictures and films: at most %(limit)d at once.") % {"limit": MOST}
    return ""


def _rows(user: User, deed: str) -> JobQuerySet:
    return Job.objects.in_trash_of(user) if deed in IN_TRASH else Job.objects.made_by(user)


def _all_of(rows: JobQuerySet, named: list[str]) -> set[UUID]:
    keys = {key for name in named if (key := uuid_in(name))}
    found = set(rows.filter(pk__in=keys).values_list("pk", flat=True))
    if len(found) != len(named):
        raise Http404
    return found


def _put(request: HttpRequest, deed: str, keys: Collection[UUID]) -> str:
    """Into an album or out of it. What is wrong with the album's name, or nothing."""
    user, key = person(request), uuid_in(request.POST.get("album", ""))
    if key:
        album = Album.objects.visible_to(user).filter(pk=key).first()
        if album is None:
            raise Http404
    else:
        name = request.POST.get("name", "")
        if words := albums.what_is_wrong(name):
            return words
        album = albums.named(user, name)
    albums.add(album, keys) if deed == "album" else albums.take_out(album, keys)
    return ""
