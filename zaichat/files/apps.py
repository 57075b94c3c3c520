"""Bytes of people, as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FilesConfig(AppConfig):
    name = "zaichat.files"
    label = "files"
    verbose_name = _("Files")

    def ready(self) -> None:
        pass  # registers its check
