"""Whether a signed-in session still counts, asked afresh: for sockets, which outlive requests."""

from importlib import import_module
from uuid import UUID

from django.conf import settings
from django.contrib.auth import get_user
from django.http import HttpRequest


def is_live(session_key: str, user_id: UUID) -> bool:
    """True while the session exists, belongs to this active person, and the password is unchanged.

    Two database queries. A session whose password has changed is removed on the way.
    """
    request = HttpRequest()
    request.session = import_module(settings.SESSION_ENGINE).SessionStore(session_key)
    return bool(session_key) and get_user(request).pk == user_id
