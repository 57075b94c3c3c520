"""Which failure may be sent again without being asked, and after how long. Pure.

A generation is paid for as soon as the server begins with it, and no idempotency key exists. So a
request goes out again only when it provably did nothing: the connection was never made, or the
server refused it with a code documented as temporary. A request whose line broke after it was
sent is never repeated, and neither is one whose answer had begun.
"""

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus

from .errors import ConnectionFailed, Refused, ZaiError

# Refusals documented as temporary (Z.ai API documentation, "Error codes").
TEMPORARY = frozenset({"1120", "1200", "1230", "1234", "1302", "1303", "1305", "1312"})
# What stands in a 429 where the vendor would have put a number.
_WITHOUT_NUMBER = frozenset({"", "429", "rate_limit_exceeded", "rate_limit_error"})

# The signed token ran out; a new one is free.
EXPIRED = "1003"

# A server that asks for a longer pause gets no second try from us at all.
LONGEST_PAUSE = 60.0
_FIRST_PAUSE = 1.0
_LARGEST_STEP = 8.0


def may_repeat(error: ZaiError) -> bool:
    """True when sending the same request again cannot be paid twice and may help."""
    if isinstance(error, ConnectionFailed):
        return True
    if not isinstance(error, Refused) or (error.after or 0.0) > LONGEST_PAUSE:
        return False
    if error.status == HTTPStatus.TOO_MANY_REQUESTS and error.vendor_code in _WITHOUT_NUMBER:
        return True
    if error.status == HTTPStatus.INTERNAL_SERVER_ERROR and error.vendor_code in {"", "500"}:
        return True
    return error.vendor_code in TEMPORARY


def pause(attempt: int, after: float | None, chance: float) -> float:
    """Seconds to wait after failed attempt number `attempt` (from 0).

    `after` is what the server asked for; it is never undercut. `chance` is a random number in
    [0, 1): without it many clients that failed together would come back together.
    """
    if after is not None:
        return after + chance * max(0.25, after * 0.1)
    step: float = min(_FIRST_PAUSE * 2**attempt, _LARGEST_STEP)
    return step * (0.5 + chance / 2)


def retry_after(header: str, now: datetime | None = None) -> float | None:
    """Seconds from a Retry-After header (RFC 9110, 10.2.3): a number, or an HTTP date.

    None when there is none or it cannot be read; a date in the past is 0.
    """
    header = header.strip()
    if header.isascii() and header.replace(".", "", 1).isdigit():
        return float(header)
    try:
        moment = parsedate_to_datetime(header)
    except ValueError:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(0.0, (moment - (now or datetime.now(UTC))).total_seconds())
