"""The project itself: its commands, template tags and the rows about running workers."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ZaiChatConfig(AppConfig):
    name = "zaichat"
    verbose_name = _("installation")
