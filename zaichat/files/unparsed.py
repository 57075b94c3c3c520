"""Says in words why a form with a file could not be taken apart.

Django gives up on such a form before any view is asked, with a page that says nothing.
"""

from typing import Any

from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.http.multipartparser import MultiPartParserError
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.defaults import bad_request

ROOM_FOR_NAME = 900
"""Bytes; Django reads 1,024 of what stands before a file: its name, its type and the field's."""


def unparsed(request: HttpRequest, exception: Exception, **more: Any) -> HttpResponseBase:
    """Django's handler of bad requests."""
    if request.path != reverse("files:take") or not isinstance(exception, MultiPartParserError):
        return bad_request(request, exception, **more)
    words = _("Field “file”: the form is broken, or the file's name has more than %(limit)s bytes.")
    return JsonResponse({"message": words % {"limit": ROOM_FOR_NAME}}, status=400)
