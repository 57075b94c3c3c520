"""The addresses of talking."""

from django.urls import path

from conversations.views import changes, pages

app_name = "conversations"

urlpatterns = [
    path("", pages.index, name="index"),
    path("sidebar/", pages.sidebar, name="sidebar"),
    path("c/<uuid:pk>/", pages.show, name="show"),
    path("c/<uuid:pk>/leaf/", changes.leaf, name="leaf"),
    path("c/<uuid:pk>/rename/", changes.rename, name="rename"),
    path("c/<uuid:pk>/delete/", changes.delete, name="delete"),
]
