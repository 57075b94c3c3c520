"""The door for bytes: one view that takes them in, one that gives them out."""

from uuid import UUID

from csp.decorators import csp
from django.contrib.auth.decorators import login_required
from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST, require_safe

from zaichat.accounts.models import User
from zaichat.files import marks
from zaichat.files.describing import described
from zaichat.files.made import Unreadable
from zaichat.files.models import StoredFile
from zaichat.files.receiving import receive

INERT = {"default-src": ["'none'"], "sandbox": [""]}


@require_POST
@login_required
def take(request: HttpRequest) -> JsonResponse:
    """`file` as a multipart field, and `marks` drawn on it.

    201 with what the page shows, 422 with why not.
    """
    upload = request.FILES.get("file")
    if upload is None or isinstance(upload, list) or not isinstance(request.user, User):
        return _refused(_("Field “file”: a file is missing."))
    try:
        drawn = marks.read(request.POST["marks"]) if "marks" in request.POST else ()
        stored = receive(request.user, upload, drawn)
    except Unreadable as refusal:
        return _refused(str(refusal))
    return JsonResponse(described(stored), status=201)


@csp(INERT)  # type: ignore[arg-type] # its types know of views without arguments only
@require_safe
@cache_control(private=True, no_store=True)
def show(request: HttpRequest, pk: UUID, name: str = "") -> HttpResponse:
    """A person's own bytes, inert whatever they hold; everybody else finds nothing."""
    stored = get_object_or_404(StoredFile.objects.visible_to(request.user), pk=pk)
    is_small = request.GET.get("size") == "small" and bool(stored.thumbnail)
    path = stored.thumbnail if is_small else stored.path
    try:
        with default_storage.open(path) as file:
            response = HttpResponse(file.read())
    except FileNotFoundError:
        raise Http404 from None
    response["Content-Type"] = "image/webp" if is_small else stored.media_type
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    disposition = content_disposition_header("download" in request.GET, stored.name)
    response["Content-Disposition"] = disposition or "inline"
    return response


def _refused(words: str) -> JsonResponse:
    return JsonResponse({"message": words}, status=422)
