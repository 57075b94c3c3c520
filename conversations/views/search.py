"""The page of what was found, and the same as a piece for the dialog over other pages."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from conversations.views.finding import LAST_PAGE, find, recent
from zaichat.accounts.asking import person
from zaichat.textsearch.query import MOST_TYPED

IN_DIALOG = 8


@require_safe
@login_required
def search(request: HttpRequest) -> HttpResponse:
    """`?q=` what to look for, `?page=` which page; `?piece=palette` the list of the dialog."""
    typed = request.GET.get("q", "")[:MOST_TYPED].strip()
    if request.GET.get("piece") == "palette":
        return _in_dialog(request, typed)
    results = find(person(request), typed, _page(request))
    return render(request, "conversations/search.html", {"typed": typed, "results": results})


def _in_dialog(request: HttpRequest, typed: str) -> HttpResponse:
    context: dict[str, object] = {"typed": typed}
    results = find(person(request), typed, size=IN_DIALOG, hits=1)
    if results.query:
        context |= {"found": results.found, "more": results.more, "words": results.query.words}
    elif not typed:
        context["found"] = recent(person(request), IN_DIALOG)
    return render(request, "conversations/_palette_list.html", context)


def _page(request: HttpRequest) -> int:
    wanted = request.GET.get("page", "")
    return max(1, min(int(wanted), LAST_PAGE)) if wanted.isdecimal() and len(wanted) < 6 else 1
