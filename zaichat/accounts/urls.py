"""The addresses about people that are ours; /accounts/ itself belongs to django-allauth."""

from django.urls import path

from zaichat.accounts import views

app_name = "accounts"

urlpatterns = [
    path("welcome/<str:token>/", views.arrive, name="welcome"),
    path("settings/", views.settings, name="settings"),
    path("settings/theme/", views.choose_theme, name="theme"),
    path("settings/server/", views.set_up_server, name="server"),
]
