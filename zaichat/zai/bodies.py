"""What a server answered, and what became of an answer that did not come. Knows HTTP, not chat."""

from collections.abc import AsyncIterator
from http import HTTPStatus
from typing import Any, cast

import aiohttp
import httpx
import orjson

from . import refusals, retries
from .errors import BadAnswer, ConnectionFailed, ConnectionLost, StreamCut, ZaiError
from .patience import Patience

# What the transports raise; aiohttp's own errors pass httpx-aiohttp when it has no name for them.
TRANSPORT_ERRORS = (httpx.HTTPError, httpx.StreamError, aiohttp.ClientError, OSError)

MAX_BODY = 32 * 1024 * 1024
MAX_ERROR_BODY = 1024 * 1024

_REQUEST_ID_HEADERS = ("x-request-id", "x-log-id", "request-id")


def read_bytes(response: httpx.Response) -> AsyncIterator[bytes]:
    """The decoded body in the pieces the network gives it, by the shortest way there is."""
    if response.headers.get("content-encoding", "identity") == "identity":
        return aiter(cast(httpx.AsyncByteStream, response.stream))
    return aiter(response.aiter_bytes())


def unanswered(error: Exception) -> ZaiError:
    """Whether the request left decides everything.

    httpx-aiohttp calls a connection that broke after the request was sent a ConnectTimeout, so
    the aiohttp error behind it is what counts.
    """
    kind = error.__cause__ if isinstance(error.__cause__, aiohttp.ClientError) else error
    detail = f"{type(kind).__name__}: {kind}"
    unsent = (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError)
    unsent_plain = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)
    if isinstance(kind, (*unsent, *unsent_plain, httpx.ProxyError, httpx.UnsupportedProtocol)):
        return ConnectionFailed(detail)
    return ConnectionLost(detail)


def broken_off(error: Exception) -> ZaiError:
    """The error for a body that could not be read to its end."""
    if isinstance(error, httpx.DecodingError):
        return BadAnswer(f"the body does not unpack: {error}")
    return StreamCut(f"{type(error).__name__}: {error}")


async def refusal(response: httpx.Response, patience: Patience) -> ZaiError:
    """The error for an answer that is not a 200; a body that cannot be read says nothing."""
    try:
        body = await whole_body(response, MAX_ERROR_BODY, patience)
    except ZaiError:
        body = b""
    if response.is_redirect:
        return BadAnswer("redirected; the address is probably wrong", status=response.status_code)
    return refusals.from_body(
        body,
        status=response.status_code,
        request_id=_request_id(response),
        after=retries.retry_after(response.headers.get("retry-after", "")),
    )


async def not_a_stream(response: httpx.Response, patience: Patience) -> ZaiError:
    """Why a 200 that is no event stream is one of our errors."""
    body = await whole_body(response, MAX_ERROR_BODY, patience)
    _, failure = as_object(body, response)
    kind = response.headers.get("content-type", "")
    return failure or BadAnswer(f"an event stream was expected, {kind} came", status=HTTPStatus.OK)


def as_object(body: bytes, response: httpx.Response) -> tuple[dict[str, Any], ZaiError | None]:
    """The JSON object in `body`, or the error it is or amounts to."""
    try:
        payload = orjson.loads(body)
    except orjson.JSONDecodeError:
        payload = None
    if not isinstance(payload, dict):
        kind = response.headers.get("content-type", "")
        return {}, BadAnswer(
            f"a JSON object was expected, {kind} came", status=response.status_code
        )
    # A task that failed says why in the same field; that is no refusal to say how it stands.
    if "task_status" not in payload and (error := refusals.read(payload)):
        request_id = str(payload.get("request_id") or _request_id(response))
        return {}, refusals.refused(*error, status=response.status_code, request_id=request_id)
    return payload, None


def hidden_refusal(body: bytes, response: httpx.Response) -> ZaiError | None:
    """The error that a 200 is where a file was asked for."""
    if "json" not in response.headers.get("content-type", ""):
        return None
    _, failure = as_object(body, response)
    return None if isinstance(failure, BadAnswer) else failure


async def whole_body(response: httpx.Response, limit: int, patience: Patience) -> bytes:
    """All of the body, at most `limit` bytes; silence ends it as it ends a stream. Closes it."""
    pieces: list[bytes] = []
    size = 0
    failure: ZaiError | None = None
    patience.sign_of_life()
    try:
        with patience:
            async for piece in read_bytes(response):
                patience.sign_of_life()
                pieces.append(piece)
                size += len(piece)
                if size > limit:
                    failure = BadAnswer(f"an answer of more than {limit} bytes")
                    break
    except TimeoutError:
        failure = patience.lost()
    except TRANSPORT_ERRORS as error:
        failure = broken_off(error)
    finally:
        await response.aclose()
    if failure:
        raise failure
    return b"".join(pieces)


def _request_id(response: httpx.Response) -> str:
    return next((response.headers[n] for n in _REQUEST_ID_HEADERS if n in response.headers), "")
