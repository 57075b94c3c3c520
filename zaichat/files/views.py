"""The door for bytes: one view that takes them in, one that gives them out."""

import errno
import logging
from uuid import UUID

from csp.decorators import csp
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from zaichat.accounts.models import User
from zaichat.fetching.fetcher import Unfetched
from zaichat.files import linking, marks
from zaichat.files.describing import described
from zaichat.files.made import Unreadable
from zaichat.files.models import StoredFile
from zaichat.files.pasting import pasted
from zaichat.files.receiving import receive
from zaichat.files.serving import serve
from zaichat.files.signing import vouches
from zaichat.files.storing import Away

logger = logging.getLogger(__name__)

INERT = {"default-src": ["'none'"], "sandbox": [""]}


@require_POST
@login_required
def take(request: HttpRequest) -> JsonResponse:
    """`file` as a multipart field, and `marks` drawn on it; `pasted` where it was no file before.

    201 with what the page shows, 422 with why not, 507 where the disk is full, 503 where the
    storage is away.
    """
    upload = request.FILES.get("file")
    if upload is None or isinstance(upload, list) or not isinstance(request.user, User):
        return _refused(_("Field “file”: a file is missing."))
    try:
        drawn = marks.read(request.POST["marks"]) if "marks" in request.POST else ()
        stored = receive(request.user, upload, drawn)
        if "pasted" in request.POST:
            pasted(stored)
    except Unreadable as refusal:
        return _refused(str(refusal))
    except Away:
        return _storage_away()
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT):
            raise
        return _refused(_("The server's disk is full."), status=507)
    return JsonResponse(described(stored), status=201)


@require_POST
@login_required
def link(request: HttpRequest) -> JsonResponse:
    """`address` of a picture, fetched by the server. Answers as `take` does."""
    if not isinstance(request.user, User):
        return _refused(_("Sign in first."))
    try:
        stored = linking.bring(request.user, request.POST.get("address", "").strip())
    except (Unfetched, Unreadable) as refusal:
        return _refused(str(refusal))
    except Away:
        return _storage_away()
    return JsonResponse(described(stored), status=201)


@csp(INERT)  # type: ignore[arg-type] # its types know of views without arguments only
@require_safe
def show(request: HttpRequest, pk: UUID, name: str = "") -> HttpResponseBase:
    """A person's own bytes, inert whatever they hold; everybody else finds nothing.

    With `?sig=` the vendor's, see zaichat.files.signing.
    """
    if vouches(request.GET.get("sig", ""), pk):
        return serve(request, get_object_or_404(StoredFile.objects.not_deleted(), pk=pk))
    stored = get_object_or_404(StoredFile.objects.visible_to(request.user), pk=pk)
    is_small = request.GET.get("size") == "small" and bool(stored.thumbnail)
    return serve(request, stored, is_small=is_small)


def _storage_away() -> JsonResponse:
    logger.exception("the storage takes nothing in")
    words = _("The storage for files cannot be reached, so nothing was kept. Try again soon.")
    return _refused(words, status=503)


def _refused(words: str, status: int = 422) -> JsonResponse:
    return JsonResponse({"message": words}, status=status)
