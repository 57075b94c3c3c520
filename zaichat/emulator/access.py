"""Who may ask (API: authentication): `Bearer <id>.<secret>` or a JWT signed with the secret.

Any well-formed key is taken. A secret named over the control plane is checked in signatures and
raw keys; the ids in `REFUSED` are refused whatever their secret, for tests of each refusal.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
import time
from collections.abc import Mapping
from typing import Any

from .errors import ApiError

REFUSED = {"unknown": "1000", "invalid": "1002", "expired": "1003", "broke": "1113"}


def check(authorization: str | None, secrets: Mapping[str, str]) -> str:
    """The form that was used: "key" or "jwt". Raises ApiError 1001, 1000, 1003 …"""
    if not authorization:
        raise ApiError("1001")
    scheme, _, token = authorization.partition(" ")
    if scheme.lower() != "bearer":
        token = authorization  # the service takes a bare key as well
    pieces = token.strip().split(".")
    if len(pieces) == 3:
        check_jwt(pieces, secrets)
        return "jwt"
    if len(pieces) != 2 or not all(pieces):
        raise ApiError("1000")
    check_id(pieces[0])
    if secrets.get(pieces[0], pieces[1]) != pieces[1]:
        raise ApiError("1000")
    return "key"


def key_id(authorization: str) -> str:
    """Whose request it is, once `check` has let it through."""
    pieces = authorization.rpartition(" ")[2].strip().split(".")
    return str(decode(pieces[1])["api_key"]) if len(pieces) == 3 else pieces[0]


def check_id(id: object) -> None:
    if not id or not isinstance(id, str):
        raise ApiError("1000")
    if id in REFUSED:
        raise ApiError(REFUSED[id])


def check_jwt(pieces: list[str], secrets: Mapping[str, str]) -> None:
    head, payload = decode(pieces[0]), decode(pieces[1])
    if head.get("alg") != "HS256" or head.get("sign_type") != "SIGN":
        raise ApiError("1000")
    check_id(payload.get("api_key"))
    expiry, stamp = payload.get("exp"), payload.get("timestamp")
    if not isinstance(expiry, int) or not isinstance(stamp, int):
        raise ApiError("1000")
    check_signature(pieces, secrets.get(payload["api_key"]))
    if expiry < time.time() * 1000:  # milliseconds: seconds would have passed long ago
        raise ApiError("1003")


def check_signature(pieces: list[str], secret: str | None) -> None:
    if secret is None:
        return
    signed = ".".join(pieces[:2]).encode()
    digest = hmac.new(secret.encode(), signed, hashlib.sha256).digest()
    if not hmac.compare_digest(base64.urlsafe_b64encode(digest).rstrip(b"=").decode(), pieces[2]):
        raise ApiError("1000")


def decode(piece: str) -> dict[str, Any]:
    try:
        value = json.loads(base64.urlsafe_b64decode(piece + "=" * (-len(piece) % 4)))
    except (binascii.Error, ValueError) as error:
        raise ApiError("1000") from error
    if not isinstance(value, dict):
        raise ApiError("1000")
    return value
