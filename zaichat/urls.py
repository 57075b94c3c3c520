"""Every address, by the room that answers it."""

from importlib.util import find_spec

from django.contrib import admin
from django.urls import include, path

from zaichat import frames
from zaichat.health import healthz

handler400 = "zaichat.files.unparsed.unparsed"
urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("admin/", admin.site.urls),
    path("accounts/", include("allauth.urls")),
    path("frames/mermaid/", frames.mermaid, name="frame-mermaid"),
    path("frames/artifact/", frames.artifact, name="frame-artifact"),
    path("frames/picture/", frames.picture, name="frame-picture"),
    *[
        path("", include(room))
        for room in (
            "zaichat.accounts.urls",
            "zaichat.files.urls",
            "media_gen.urls",
            "conversations.urls",
        )
        if find_spec(room)
    ],
]
