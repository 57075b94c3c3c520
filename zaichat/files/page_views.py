"""Pages of a file, for its owner alone: a list, the text of one, and how it looks."""

from urllib.parse import urlencode
from uuid import UUID

from csp.decorators import csp
from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from zaichat.files.documents import drawn_page
from zaichat.files.leafing import blocks
from zaichat.files.made import Unreadable
from zaichat.files.models import Page, StoredFile
from zaichat.files.storing import Away

INERT = {"default-src": ["'none'"], "img-src": ["'self'"], "sandbox": [""]}
PDF = "application/pdf"
MOST_WANTED = 2000
"""Signs of a passage that are looked for."""


@csp(INERT)  # type: ignore[arg-type] # its types know of views without arguments only
@require_safe
@cache_control(private=True, no_store=True)
def pages(request: HttpRequest, pk: UUID) -> JsonResponse:
    """`{"name", "kind", "format", "count", "pages": [{"number", "label", "url", "has_picture"}]}`;
    `has_picture` where a picture of it can be asked for with `?picture`."""
    file = get_object_or_404(StoredFile.objects.visible_to(request.user), pk=pk)
    rows = file.pages.order_by("number").only("file_id", "number", "label", "picture")
    listed = [
        {
            "number": row.number,
            "label": row.label,
            "url": row.get_absolute_url(),
            "has_picture": bool(row.picture) or file.media_type == PDF,
        }
        for row in rows
    ]
    about = {"name": file.name, "kind": file.kind, "format": file.origin.get("format", "")}
    return JsonResponse({**about, "count": file.page_count, "pages": listed})


@csp(INERT)  # type: ignore[arg-type] # its types know of views without arguments only
@require_safe
@cache_control(private=True, no_store=True)
def page(request: HttpRequest, pk: UUID, number: int) -> HttpResponse:
    """A fragment of HTML with what is most like `?find=` marked; with `?picture` a picture."""
    file = get_object_or_404(StoredFile.objects.visible_to(request.user), pk=pk)
    found = get_object_or_404(file.pages, number=number)
    wanted = request.GET.get("find", "")[:MOST_WANTED]
    if "picture" in request.GET:
        return _picture(file, found, wanted)
    about = {
        "file": file,
        "page": found,
        "blocks": blocks(file, found, wanted),
        "before": file.pages.filter(number=number - 1).first(),
        "after": file.pages.filter(number=number + 1).first(),
        "picture": _address_of_picture(file, found, wanted),
    }
    return render(request, "files/_page.html", about)


def _address_of_picture(file: StoredFile, page: Page, wanted: str) -> str:
    if not page.picture and file.media_type != PDF:
        return ""
    found = f"&{urlencode({'find': wanted})}" if wanted else ""
    return f"{page.get_absolute_url()}?picture{found}"


def _picture(file: StoredFile, page: Page, wanted: str) -> HttpResponse:
    """As it was kept, else drawn from the PDF. Raises Http404 where there is nothing to see."""
    try:
        if page.picture:
            data, media_type = _kept(page.picture), "image/jpeg"
        elif file.media_type == PDF:
            data, media_type = drawn_page(file, page.number, wanted), "image/png"
        else:
            raise Http404
    except (FileNotFoundError, Unreadable):
        raise Http404 from None
    except Away:
        return HttpResponse(status=503, headers={"Retry-After": "10"})
    response = HttpResponse(data, content_type=media_type)
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


def _kept(name: str) -> bytes:
    with default_storage.open(name) as kept:
        return bytes(kept.read())
