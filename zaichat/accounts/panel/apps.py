"""Puts our panel in the place of Django's stock admin site."""

from django.contrib.admin.apps import AdminConfig


class PanelConfig(AdminConfig):
    default_site = "zaichat.accounts.panel.site.Panel"
