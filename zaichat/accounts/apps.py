"""People: who they are, what they set, what they spent."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "zaichat.accounts"
    label = "accounts"
    verbose_name = _("people")
