"""Every address, by the room that answers it."""

from importlib.util import find_spec

from django.contrib import admin
from django.urls import include, path

from zaichat.health import healthz

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("admin/", admin.site.urls),
    path("accounts/", include("allauth.urls")),
    *[
        path("", include(room))
        for room in ("zaichat.accounts.urls", "zaichat.files.urls", "conversations.urls")
        if find_spec(room)
    ],
]
