"""Signed-in people for the benchmark. Run as a process: `people.py COUNT`; prints their cookies."""

import json
import os
import sys

import django


def main(count: int) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zaichat.settings")
    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.test import Client

    from zaichat.accounts.models import User

    call_command("migrate", verbosity=0)
    cookies = []
    for number in range(count):
        person, _new = User.objects.get_or_create(username=f"bench{number}")
        browser = Client()
        browser.force_login(person)
        name = settings.SESSION_COOKIE_NAME
        cookies.append(f"{name}={browser.cookies[name].value}")
    print(json.dumps(cookies))


if __name__ == "__main__":
    main(int(sys.argv[1]))
