"""The admin site: signs in and out through django-allauth, so second factors and kicks hold."""

from collections.abc import Callable
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.decorators import secure_admin_login
from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

View = Callable[..., HttpResponse]


class Panel(AdminSite):
    site_title = "ZaiChat"
    site_header = _("ZaiChat administration")
    index_title = _("Everything kept here")

    def get_app_list(
        self, request: HttpRequest, app_label: str | None = None
    ) -> list[dict[str, Any]]:
        """With what others' packages are called said in our words, where they have none."""
        apps: list[dict[str, Any]] = super().get_app_list(request, app_label)
        for named in (*apps, *(model for app in apps for model in app["models"])):
            named["name"] = gettext(str(named["name"]))
        return apps

    def login(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        guarded: View = secure_admin_login(super().login)
        return guarded(request, extra_context)

    def logout(  # type: ignore[override]  # a redirect instead of a page
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        get_adapter(request).logout(request)
        return redirect("account_login")

    def password_change(  # type: ignore[override]  # a redirect instead of a page
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return redirect("account_change_password")
