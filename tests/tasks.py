"""Tasks that only tests give to workers."""

import time

from django_tasks import task


@task()
def take_a_minute() -> None:
    time.sleep(60)
