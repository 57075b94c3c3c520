"""The ASGI application: pages over http."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zaichat.settings")

from channels.routing import ProtocolTypeRouter

application = ProtocolTypeRouter({"http": get_asgi_application()})
