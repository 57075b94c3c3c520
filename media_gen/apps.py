"""Pictures and films."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MediaGenConfig(AppConfig):
    name = "media_gen"
    verbose_name = _("pictures and films")
