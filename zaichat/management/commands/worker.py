"""`manage.py worker`: background work. Ends within 10 s of SIGINT or SIGTERM."""

from typing import Any

from django.core.management.base import BaseCommand

from zaichat import workers
from zaichat.files.storing import STORAGE


class Command(BaseCommand):
    help = "Run background tasks."
    requires_system_checks = (STORAGE,)

    def handle(self, *args: Any, **options: Any) -> None:
        workers.run()
