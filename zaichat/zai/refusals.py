"""From an error as the wire has it to one of our errors.

The business code decides, then the words that OpenAI-style servers use for codes, then the HTTP
status. Codes and their meaning: Z.ai API documentation, "Error codes", of both platforms.
"""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

import orjson

from . import errors
from .errors import Refused

_BY_CODE: dict[str, type[Refused]] = {
    **dict.fromkeys(("1000", "1001", "1002", "1003", "1004", "1005"), errors.Unauthorized),
    **dict.fromkeys(("1110", "1111", "1112", "1121", "1220"), errors.Forbidden),
    "1113": errors.NoBalance,
    "1120": errors.Overloaded,
    "1211": errors.ModelUnknown,
    "1261": errors.PromptTooLong,
    **dict.fromkeys(("1100", "1200", "1230", "1234", "1260"), errors.ServerError),
    **dict.fromkeys(
        ("1210", "1212", "1213", "1214", "1215", "1221", "1222", "1231"), errors.BadRequest
    ),
    **dict.fromkeys(("1232", "1233", "1235"), errors.BadRequest),
    **dict.fromkeys(("1300", "1301"), errors.ContentBlocked),
    **dict.fromkeys(("1302", "1303"), errors.RateLimited),
    **dict.fromkeys(("1305", "1312"), errors.Overloaded),
    **dict.fromkeys(("1304", *map(str, range(1308, 1312))), errors.QuotaReached),
    **dict.fromkeys(map(str, range(1313, 1322)), errors.QuotaReached),
    "insufficient_quota": errors.NoBalance,
    "invalid_api_key": errors.Unauthorized,
    "model_not_found": errors.ModelUnknown,
    "context_length_exceeded": errors.PromptTooLong,
    "content_filter": errors.ContentBlocked,
    "rate_limit_exceeded": errors.RateLimited,
}

_BY_STATUS: dict[int, type[Refused]] = {
    401: errors.Unauthorized,
    402: errors.NoBalance,
    403: errors.Forbidden,
    404: errors.ModelUnknown,
    413: errors.PromptTooLong,
    429: errors.RateLimited,
    434: errors.Forbidden,
    503: errors.Overloaded,
    529: errors.Overloaded,
}

_MAX_DETAIL = 500


def codes() -> tuple[str, ...]:
    """Every business code of the vendor that we know."""
    return tuple(code for code in _BY_CODE if code.isdigit())


def read(payload: object) -> tuple[str, str] | None:
    """(code, message) of an error in either envelope, None when `payload` is no error.

    `{"error": {"code", "message"}}` is what the servers send; the flat `{"code", "message"}` and
    `{"code", "msg", "success": false}` come from one OpenAPI file and from older services.
    """
    if not isinstance(payload, Mapping):
        return None
    inner = payload.get("error")
    if isinstance(inner, Mapping):
        return _code(inner.get("code") or inner.get("type")), _message(inner)
    if inner:
        return "", str(inner)
    if (
        "choices" not in payload
        and "code" in payload
        and ("message" in payload or "msg" in payload)
    ):
        return _code(payload["code"]), _message(payload)
    return None


def refused(
    code: str, message: str, *, status: int = 0, request_id: str = "", after: float | None = None
) -> Refused:
    """The error for a business code (may be "") and an HTTP status (0 inside a stream)."""
    kind = _BY_CODE.get(code) or _BY_STATUS.get(status) or _by_range(status)
    return kind(
        message[:_MAX_DETAIL], vendor_code=code, status=status, request_id=request_id, after=after
    )


def from_body(
    body: bytes, *, status: int, request_id: str = "", after: float | None = None
) -> Refused:
    """The error for a whole HTTP answer that is not a success, whatever its body is."""
    try:
        payload = orjson.loads(body)
    except orjson.JSONDecodeError:
        payload = None
    found = read(payload)
    if found is None:
        code, message = "", f"HTTP {status} without a readable error"
    else:
        code, message = found
    if not request_id and isinstance(payload, dict):
        request_id = str(payload.get("request_id") or "")
    return refused(code, message, status=status, request_id=request_id, after=after)


def _by_range(status: int) -> type[Refused]:
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return errors.ServerError
    return errors.BadRequest if status >= HTTPStatus.BAD_REQUEST else Refused


def _code(value: object) -> str:
    return "" if value is None else str(value)


def _message(holder: Mapping[str, Any]) -> str:
    return str(holder.get("message") or holder.get("msg") or "")
