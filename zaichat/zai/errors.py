"""
Everything that can go wrong with a call, as a small tree.

ZaiError
 + ConnectionFailed    retry   nothing was sent: no route, no TLS, no free connection
 + ConnectionLost      retry   sent, but the line broke before any answer; it may have been billed
 + StreamCut           retry   the answer broke off, or ended without saying that it was finished
 + TimedOut            retry   no first word in time
 + Stalled             retry   words came, then silence
 + TooLong                     the whole call took longer than allowed
 + BadAnswer           retry   it answered something we cannot read
 + Refused                     the vendor said no; `status` and `vendor_code` say how
    + RateLimited      retry   too many at once; `after` seconds when the server said so
    + Overloaded       retry   the model is too busy
    + ServerError      retry   a fault on their side
    + QuotaReached             a plan's cap; trying again now cannot help
    + NoBalance                the account has no money or package left
    + Unauthorized             the key is wrong, missing or expired
    + Forbidden                the account may not do this
    + ContentBlocked           moderation
    + BadRequest               a parameter is wrong
       + PromptTooLong
       + ModelUnknown

`retry` says whether a person who tries again may succeed. Whether the client tries again by
itself is a different and stricter question: see retries.py. No error carries or prints the key.
"""

from typing import ClassVar


class ZaiError(Exception):
    """Base of all errors of this package.

    `code` is a stable name, `vendor_code` the vendor's number or "", `status` the HTTP status or
    0, `request_id` what to quote to the vendor or "", `after` seconds to wait or None. `detail`
    is for logs and may be in any language; words for people come from words.explain().
    """

    code: ClassVar[str] = "failed"
    retry: bool = False

    def __init__(
        self,
        detail: str = "",
        *,
        vendor_code: str = "",
        status: int = 0,
        request_id: str = "",
        after: float | None = None,
    ) -> None:
        super().__init__(detail)
        self.detail = detail
        self.vendor_code = vendor_code
        self.status = status
        self.request_id = request_id
        self.after = after

    def __str__(self) -> str:
        facts = {
            "status": self.status,
            "vendor_code": self.vendor_code,
            "request_id": self.request_id,
        }
        known = ", ".join(f"{name} {value}" for name, value in facts.items() if value)
        head = f"{self.code} ({known})" if known else self.code
        return f"{head}: {self.detail}" if self.detail else head

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self}>"


class ConnectionFailed(ZaiError):
    """The request never left: it is safe to send it again."""

    code = "connection_failed"
    retry = True


class ConnectionLost(ZaiError):
    """The request left, the line broke, no answer came. Sending it again may be paid twice."""

    code = "connection_lost"
    retry = True


class StreamCut(ZaiError):
    """The answer ended in the middle. What came before stays valid."""

    code = "stream_cut"
    retry = True


class TimedOut(ZaiError):
    """No real delta within `Timeouts.first_byte`."""

    code = "timed_out"
    retry = True


class Stalled(ZaiError):
    """No further real delta within `Timeouts.idle`."""

    code = "stalled"
    retry = True


class TooLong(ZaiError):
    """The call ran into `Timeouts.total`."""

    code = "too_long_answer"


class BadAnswer(ZaiError):
    """HTML, an unexpected content type, broken JSON three times in a row, an endless line."""

    code = "bad_answer"
    retry = True


class Refused(ZaiError):
    """An answer that is an error, of a kind no class below names."""

    code = "refused"


class RateLimited(Refused):
    """Too many requests at once or per time."""

    code = "rate_limited"
    retry = True


class Overloaded(Refused):
    """The model or the service is too busy."""

    code = "overloaded"
    retry = True


class ServerError(Refused):
    """A fault inside the service."""

    code = "server_error"
    retry = True


class QuotaReached(Refused):
    """A cap of the account's plan is used up, or the plan does not cover this."""

    code = "quota_reached"


class NoBalance(Refused):
    """The account is in arrears or has no resource package."""

    code = "no_balance"


class Unauthorized(Refused):
    """The key is missing, malformed, unknown or expired."""

    code = "unauthorized"


class Forbidden(Refused):
    """The key is valid, but the account may not use this."""

    code = "forbidden"


class ContentBlocked(Refused):
    """Moderation refused the question or the answer."""

    code = "content_blocked"


class BadRequest(Refused):
    """The server did not accept a parameter."""

    code = "bad_request"


class PromptTooLong(BadRequest):
    """The question with its history does not fit the model's window."""

    code = "prompt_too_long"


class ModelUnknown(BadRequest):
    """There is no such model (or no such address) on this server."""

    code = "model_unknown"


UNBILLED = (ConnectionFailed, Refused)
"""Before the first word these mean that no answer was made."""
