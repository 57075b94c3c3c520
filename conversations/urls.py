"""The addresses of talking."""

from django.urls import path

from conversations.views import (
    branching,
    changes,
    drafts,
    kept,
    pages,
    report,
    search,
    setup,
    several,
)

app_name = "conversations"

urlpatterns = [
    path("", pages.index, name="index"),
    path("sidebar/", pages.sidebar, name="sidebar"),
    path("conversations/", several.several, name="several"),
    path("archive/", kept.archive, name="archive"),
    path("trash/", kept.trash, name="trash"),
    path("draft/", drafts.draft, name="new-draft"),
    path("search/", search.search, name="search"),
    path("c/<uuid:pk>/", pages.show, name="show"),
    path("c/<uuid:pk>/leaf/", changes.leaf, name="leaf"),
    path("c/<uuid:pk>/draft/", drafts.draft, name="draft"),
    path("c/<uuid:pk>/fork/", branching.fork, name="fork"),
    path("c/<uuid:pk>/report/<uuid:message>/", report.report, name="report"),
    path("c/<uuid:pk>/branch/<uuid:message>/", branching.size, name="branch"),
    path("c/<uuid:pk>/branch/<uuid:message>/delete/", branching.delete, name="delete-branch"),
    path("c/<uuid:pk>/branch/<uuid:message>/restore/", branching.restore, name="restore-branch"),
    path("c/<uuid:pk>/rename/", changes.rename, name="rename"),
    path("c/<uuid:pk>/read/", changes.read, name="read"),
    path("c/<uuid:pk>/delete/", changes.delete, name="delete"),
    path("setup/", setup.new_setup, name="new-setup"),
    path("c/<uuid:pk>/setup/", setup.setup, name="setup"),
]
