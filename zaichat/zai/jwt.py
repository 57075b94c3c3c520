"""The two ways to show the key: as it is, or as a token signed with it.

Both are httpx.Auth objects, so the key lives in one place whose repr says nothing, and never
among the headers that a request, a log line or an exception might show.
"""

import time
import warnings
from collections.abc import Callable, Generator

import httpx
import jwt
from jwt.warnings import InsecureKeyLengthWarning

# Seconds a token is used, and seconds longer that it stays valid (Z.ai API, authentication).
TOKEN_USED = 180
TOKEN_MARGIN = 30

_SHORTEST_SECRET = 6

Clock = Callable[[], float]


class KeyAuth(httpx.Auth):
    """`Authorization: Bearer <key>`, and the one place that knows what must never be printed."""

    can_renew = False

    def __init__(self, key: str) -> None:
        self._key = key

    def __repr__(self) -> str:
        return f"<{type(self).__name__}>"

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """Sets the header; httpx calls this for every request."""
        if self._key:
            request.headers["Authorization"] = f"Bearer {self._token()}"
        yield request

    def renew(self) -> None:
        """Forget what was signed, if anything was."""

    def scrub(self, text: str) -> str:
        """`text` without the key, in case a server repeats what it was sent."""
        for secret in sorted(self._secrets(), key=len, reverse=True):
            text = text.replace(secret, "[key]")
        return text

    def _token(self) -> str:
        return self._key

    def _secrets(self) -> set[str]:
        return _worth_hiding(self._key, self._key.rpartition(".")[2])


class JwtAuth(KeyAuth):
    """`Authorization: Bearer <JWT>` signed with the second half of an `id.secret` key.

    Times in the token are milliseconds, both of them (Z.ai API, authentication, form B).
    Raises ValueError when the key is not of that form.
    """

    can_renew = True

    def __init__(self, key: str, clock: Clock = time.time) -> None:
        if key.count(".") != 1 or key.startswith(".") or key.endswith("."):
            raise ValueError("signing needs an API key of the form id.secret, with one dot")
        super().__init__(key)
        self._clock = clock
        self._signed = ""
        self._signed_at = float("-inf")

    def renew(self) -> None:
        """The next request signs a new token, whatever the age of this one."""
        self._signed_at = float("-inf")

    def _token(self) -> str:
        now = self._clock()
        if not 0 <= now - self._signed_at < TOKEN_USED:
            self._signed = sign(self._key, int(now * 1000))
            self._signed_at = now
        return self._signed

    def _secrets(self) -> set[str]:
        return super()._secrets() | _worth_hiding(self._signed)


def _worth_hiding(*texts: str) -> set[str]:
    """Without very short ones: they are no secrets, and removing them would shred the text."""
    return {text for text in texts if len(text) >= _SHORTEST_SECRET}


def sign(key: str, now_ms: int) -> str:
    """The HS256 token of `key` ("id.secret"), valid for TOKEN_USED + TOKEN_MARGIN seconds."""
    identity, _, secret = key.partition(".")
    payload = {
        "api_key": identity,
        "exp": now_ms + (TOKEN_USED + TOKEN_MARGIN) * 1000,
        "timestamp": now_ms,
    }
    with warnings.catch_warnings():
        # The vendor chooses how long its secrets are.
        warnings.simplefilter("ignore", InsecureKeyLengthWarning)
        return jwt.encode(payload, secret, algorithm="HS256", headers={"sign_type": "SIGN"})
