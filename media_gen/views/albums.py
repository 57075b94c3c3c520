"""/gallery/albums/: made, renamed, and deleted without what is in them."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from media_gen import albums as shelf
from media_gen.models import Album
from zaichat.accounts.asking import person


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def albums(request: HttpRequest) -> HttpResponse:
    """All of them with how much is in each; a POST makes one called `name`."""
    if request.method == "POST":
        return _made(request)
    context = {"albums": shelf.covered(person(request))}
    return render(request, "media_gen/albums.html", context)


@require_POST
@login_required
def album(request: HttpRequest, pk: UUID) -> HttpResponse:
    """`do=delete`, or `do=rename` with a `name`."""
    one = get_object_or_404(Album.objects.visible_to(person(request)), pk=pk)
    if request.POST.get("do") == "delete":
        one.delete()
        messages.success(request, _("The album is deleted; what was in it stays."))
        return redirect("media_gen:albums")
    name = request.POST.get("name", "")
    words = shelf.what_is_wrong(name)
    if not words and not shelf.rename(one, name):
        words = _("Field “name”: another album is called so.")
    if words:
        messages.error(request, words)
    return redirect("media_gen:albums")


def _made(request: HttpRequest) -> HttpResponse:
    name = request.POST.get("name", "")
    if words := shelf.what_is_wrong(name):
        messages.error(request, words)
        return redirect("media_gen:albums")
    shelf.named(person(request), name)
    return redirect("media_gen:albums")
