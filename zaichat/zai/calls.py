"""One request and its answer, with as many attempts as are safe. Knows HTTP, not chat."""

import logging
import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, TypeVar
from uuid import uuid4

import httpx
import orjson

from . import retries
from .bodies import (
    MAX_BODY,
    TRANSPORT_ERRORS,
    as_object,
    not_a_stream,
    refusal,
    unanswered,
    whole_body,
)
from .errors import ZaiError
from .jwt import KeyAuth
from .patience import Patience
from .types import Timeouts

logger = logging.getLogger(__name__)

Sleep = Callable[[float], Awaitable[None]]
Body = dict[str, Any]
# Told before each pause: what went wrong and how many seconds will be waited.
OnWait = Callable[[ZaiError, float], None]
T = TypeVar("T")

# Compressed events arrive late, because the packer waits for more.
_AS_STREAM = {"Accept": "text/event-stream, application/json", "Accept-Encoding": "identity"}

_JSON = {"Content-Type": "application/json; charset=UTF-8"}

_MAX_REQUEST_ID = 64


@dataclass(kw_only=True, repr=False)
class Caller:
    """Speaks JSON with one server. `chance` gives random numbers in [0, 1)."""

    http: httpx.AsyncClient
    base_url: str
    auth: KeyAuth
    timeouts: Timeouts
    max_retries: int
    headers: dict[str, str]
    sleep: Sleep
    chance: Callable[[], float] = random.random

    async def open(
        self, path: str, body: Body, patience: Patience, on_wait: OnWait | None = None
    ) -> httpx.Response:
        """An event stream that was accepted, unread. The caller closes it."""

        async def attempt(body: Body | None) -> httpx.Response:
            patience.begin_attempt()
            response = await self._send(path, body, _AS_STREAM, patience)
            if "event-stream" in response.headers.get("content-type", "event-stream"):
                return response
            raise self.scrubbed(await not_a_stream(response, patience))

        return await self._repeated(attempt, body, patience, on_wait)

    async def fetch(
        self, path: str, body: Body | None, patience: Patience, on_wait: OnWait | None = None
    ) -> dict[str, Any]:
        """The JSON object that answers `body`; without one, what is at `path`."""

        async def attempt(body: Body | None) -> dict[str, Any]:
            patience.begin_whole()
            response = await self._send(path, body, {"Accept": "application/json"}, patience)
            answer = await whole_body(response, MAX_BODY, patience)
            payload, failure = as_object(answer, response)
            if failure:
                raise self.scrubbed(failure)
            return payload

        return await self._repeated(attempt, body, patience, on_wait)

    async def _repeated(
        self,
        attempt: Callable[[Body | None], Awaitable[T]],
        body: Body | None,
        patience: Patience,
        on_wait: OnWait | None,
    ) -> T:
        tries, renewed = 0, False
        while True:
            try:
                return await attempt(body)
            except ZaiError as error:
                failure = error
            expired = failure.vendor_code == retries.EXPIRED and self.auth.can_renew
            if expired and not renewed:
                renewed = True
                self.auth.renew()
            else:
                await self._pause(failure, tries, patience, on_wait)
                tries += 1
            body = body and _with_fresh_request_id(body)

    async def _pause(
        self, failure: ZaiError, tries: int, patience: Patience, on_wait: OnWait | None
    ) -> None:
        """Wait before the next attempt, or raise `failure` when there should be none."""
        seconds = retries.pause(tries, failure.after, self.chance())
        spent = tries >= self.max_retries or patience.ends_within(seconds)
        if spent or not retries.may_repeat(failure):
            raise failure
        logger.info("trying again in %.1f s", seconds, extra={"code": failure.code})
        if on_wait:
            on_wait(failure, seconds)
        await self.sleep(seconds)

    async def _send(
        self, path: str, body: Body | None, headers: dict[str, str], patience: Patience
    ) -> httpx.Response:
        """A 200 with its body unread. Everything else raises."""
        connect = self.timeouts.connect
        request = self.http.build_request(
            "GET" if body is None else "POST",
            f"{self.base_url}{path}",
            content=None if body is None else orjson.dumps(body),
            headers={**self.headers, **headers, **({} if body is None else _JSON)},
            timeout=httpx.Timeout(None, connect=connect, pool=connect),
        )
        failure: ZaiError | None = None
        try:
            with patience:
                response = await self.http.send(
                    request, auth=self.auth, stream=True, follow_redirects=False
                )
        except TimeoutError:
            failure = patience.lost()
        except TRANSPORT_ERRORS as error:
            failure = unanswered(error)
        if failure is None and response.status_code != HTTPStatus.OK:
            failure = await refusal(response, patience)
        if failure:
            # Raised out here, so that it drags along no exception that holds the request.
            raise self.scrubbed(failure)
        return response

    def scrubbed(self, failure: ZaiError) -> ZaiError:
        """`failure` without the key, should the server have repeated it in its message."""
        failure.detail = self.auth.scrub(failure.detail)
        failure.args = (failure.detail,)
        return failure


def _with_fresh_request_id(body: Body) -> Body:
    """The vendor refuses a request_id it has seen (business code 1231)."""
    if "request_id" not in body:
        return body
    suffix = f"-{uuid4().hex[:8]}"
    kept = str(body["request_id"])[: _MAX_REQUEST_ID - len(suffix)]
    return {**body, "request_id": kept + suffix}
