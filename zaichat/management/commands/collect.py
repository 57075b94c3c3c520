"""Collects the static files of a new build beside those of former ones: `manage.py collect`."""

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand

from zaichat.build import forget_former, mark_used


class Command(BaseCommand):
    help = "Collect static files; those of former builds stay for two weeks after their last use."

    def handle(self, *args: Any, **options: Any) -> None:
        mark_used(settings.STATIC_ROOT)
        call_command("collectstatic", interactive=False, verbosity=0)
        forget_former(settings.STATIC_ROOT)
