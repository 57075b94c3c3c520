"""Django's handler of requests, with one visit to a thread for all of a request.

Django's own runs on the loop whatever can run there, and goes to the request's thread and back
for each middleware and the view, eighteen crossings for a page. Each of them waits for a turn of
the loop: while large bodies come in such a turn takes long, and a page waited for eighteen.
"""

import django
from asgiref.sync import sync_to_async
from django.core.handlers.asgi import ASGIHandler
from django.http import HttpRequest
from django.http.response import HttpResponseBase


class Handler(ASGIHandler):
    """As in Django, with middleware and views that are synchronous from end to end.

    A view that is a coroutine still runs on the loop, and its request's thread waits for it.
    """

    def load_middleware(self, is_async: bool = False) -> None:
        """Django asks for `is_async`; here it is refused."""
        super().load_middleware(is_async=False)

    async def get_response_async(self, request: HttpRequest) -> HttpResponseBase:
        return await sync_to_async(self.get_response)(request)


def pages() -> Handler:
    """The application that answers http."""
    django.setup(set_prefix=False)
    return Handler()
