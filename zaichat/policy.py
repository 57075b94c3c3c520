"""The Content-Security-Policy header, with one exception that the admin pages need.

Django's own admin scripts assign strings to script sinks, so Trusted Types are not required
there; every other rule holds for them too.
"""

from csp.middleware import CSPMiddleware, PolicyParts
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse

ADMIN = {"require-trusted-types-for": None}


class ContentPolicyMiddleware(CSPMiddleware):
    def get_policy_parts(
        self, request: HttpRequest, response: HttpResponseBase, report_only: bool = False
    ) -> PolicyParts:
        parts = super().get_policy_parts(request, response, report_only)
        if request.path_info.startswith(reverse("admin:index")):
            parts.replace = ADMIN | (parts.replace or {})
        return parts
