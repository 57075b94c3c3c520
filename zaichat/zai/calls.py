"""One request and its answer, with as many attempts as are safe. Knows HTTP, not chat."""

import logging
import random
from collections.abc import Awaitable, Callable, Mapping
from contextlib import closing
from dataclasses import dataclass, field, replace
from http import HTTPStatus
from typing import Any, BinaryIO, TypeVar
from uuid import uuid4

import httpx
import orjson

from . import retries
from .bodies import (
    MAX_BODY,
    TRANSPORT_ERRORS,
    as_object,
    hidden_refusal,
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
FileContent = bytes | BinaryIO
# Told before each pause: what went wrong and how many seconds will be waited.
OnWait = Callable[[ZaiError, float], None]
T = TypeVar("T")

# Compressed events arrive late, because the packer waits for more.
_AS_STREAM = {"Accept": "text/event-stream, application/json", "Accept-Encoding": "identity"}

_AS_BYTES = {"Accept": "application/octet-stream, application/json"}

_JSON = {"Content-Type": "application/json; charset=UTF-8"}

_MAX_REQUEST_ID = 64


@dataclass(frozen=True, slots=True, repr=False)
class Ask:
    """What is asked: JSON, or a form with one file; neither where something is only read."""

    path: str
    json: Body | None = None
    method: str = ""
    query: Mapping[str, str] = field(default_factory=dict)
    form: Mapping[str, str] = field(default_factory=dict)
    file: tuple[str, FileContent] | None = None

    @property
    def verb(self) -> str:
        return self.method or ("GET" if self.json is None and self.file is None else "POST")

    def content(self) -> dict[str, Any]:
        """As httpx takes it. It reads a file from its beginning, also when it is sent again."""
        if self.file:
            return {"data": dict(self.form), "files": {"file": self.file}}
        return {} if self.json is None else {"content": orjson.dumps(self.json)}

    def headers(self) -> dict[str, str]:
        """Those that httpx does not write itself: it alone knows the boundary of a form."""
        return {} if self.json is None else _JSON

    def anew(self) -> "Ask":
        """The vendor refuses a request_id it has seen (business code 1231)."""
        if not self.json or "request_id" not in self.json:
            return self
        suffix = f"-{uuid4().hex[:8]}"
        kept = str(self.json["request_id"])[: _MAX_REQUEST_ID - len(suffix)]
        return replace(self, json={**self.json, "request_id": kept + suffix})


@dataclass(kw_only=True, repr=False)
class Caller:
    """Speaks with one server. `chance` gives random numbers in [0, 1)."""

    http: httpx.AsyncClient
    base_url: str
    auth: KeyAuth
    timeouts: Timeouts
    max_retries: int
    headers: dict[str, str]
    sleep: Sleep
    chance: Callable[[], float] = random.random

    async def open(
        self, ask: Ask, patience: Patience, on_wait: OnWait | None = None
    ) -> httpx.Response:
        """An event stream that was accepted, unread. The caller closes it."""

        async def attempt(ask: Ask) -> httpx.Response:
            patience.begin_attempt()
            response = await self._send(ask, _AS_STREAM, patience)
            if "event-stream" in response.headers.get("content-type", "event-stream"):
                return response
            raise self.scrubbed(await not_a_stream(response, patience))

        return await self._repeated(attempt, ask, patience, on_wait)

    async def fetch(
        self, ask: Ask, patience: Patience, on_wait: OnWait | None = None
    ) -> dict[str, Any]:
        """The JSON object that answers it."""

        async def attempt(ask: Ask) -> dict[str, Any]:
            patience.begin_whole()
            response = await self._send(ask, {"Accept": "application/json"}, patience)
            answer = await whole_body(response, MAX_BODY, patience)
            payload, failure = as_object(answer, response)
            if failure:
                raise self.scrubbed(failure)
            return payload

        return await self._repeated(attempt, ask, patience, on_wait)

    async def answer(self, ask: Ask) -> dict[str, Any]:
        """As `fetch`, with a patience of its own."""
        with closing(Patience(self.timeouts)) as patience:
            return await self.fetch(ask, patience)

    async def download(self, ask: Ask, limit: int, patience: Patience) -> bytes:
        """The bytes that answer it, at most `limit` of them."""

        async def attempt(ask: Ask) -> bytes:
            patience.begin_whole()
            response = await self._send(ask, _AS_BYTES, patience)
            answer = await whole_body(response, limit, patience)
            if failure := hidden_refusal(answer, response):
                raise self.scrubbed(failure)
            return answer

        return await self._repeated(attempt, ask, patience, None)

    async def _repeated(
        self,
        attempt: Callable[[Ask], Awaitable[T]],
        ask: Ask,
        patience: Patience,
        on_wait: OnWait | None,
    ) -> T:
        tries, renewed = 0, False
        while True:
            try:
                return await attempt(ask)
            except ZaiError as error:
                failure = error
            expired = failure.vendor_code == retries.EXPIRED and self.auth.can_renew
            if expired and not renewed:
                renewed = True
                self.auth.renew()
            else:
                await self._pause(failure, tries, patience, on_wait)
                tries += 1
            ask = ask.anew()

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

    async def _send(self, ask: Ask, headers: dict[str, str], patience: Patience) -> httpx.Response:
        """A 200 with its body unread. Everything else raises."""
        connect = self.timeouts.connect
        request = self.http.build_request(
            ask.verb,
            f"{self.base_url}{ask.path}",
            params=ask.query or None,
            headers={**self.headers, **headers, **ask.headers()},
            timeout=httpx.Timeout(None, connect=connect, pool=connect),
            **ask.content(),
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
