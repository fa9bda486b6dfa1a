"""Cursors: the sort key of one row enters, an opaque signed text leaves; and back.

A cursor is bound to the list that it came from (its filter and its order). The signature tells a damaged or foreign
cursor from a good one; it is no secret-keeping, for a cursor holds only what its owner was shown. Refused: a cursor
that does not carry the signature of this list (`BAD_CURSOR`).
"""

import base64
import binascii
import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from schema.errors import ErrorCode, RequestError

_SIGNATURE = 12  # bytes; enough against chance and guessing, short enough for an address
_LONGEST = 4_000


@dataclass(frozen=True, slots=True)
class CursorSeal:
    """Makes and opens the cursors of one list."""

    secret: bytes
    bound_to: bytes

    @classmethod
    def of(cls, secret: bytes, *facts: Any) -> "CursorSeal":
        """The seal of the list that these facts (filter, order) describe."""
        text = orjson.dumps(facts, option=orjson.OPT_SORT_KEYS)
        return cls(secret, hashlib.sha256(text).digest())

    def sealed(self, key: Sequence[Any]) -> str:
        """The cursor of the row that has this sort key."""
        payload = orjson.dumps(list(key))
        return base64.urlsafe_b64encode(self._signature(payload) + payload).rstrip(b"=").decode()

    def opened(self, cursor: str, *, length: int) -> list[Any]:
        """The sort key in a cursor of this list; `length` is how many values it must have."""
        payload = self._payload(cursor)
        key: list[Any] = orjson.loads(payload)
        if len(key) != length:
            raise _bad_cursor()
        return key

    def _payload(self, cursor: str) -> bytes:
        try:
            if len(cursor) > _LONGEST:
                raise _bad_cursor()
            data = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
        except (binascii.Error, ValueError):
            raise _bad_cursor() from None
        signature, payload = data[:_SIGNATURE], data[_SIGNATURE:]
        if not hmac.compare_digest(signature, self._signature(payload)):
            raise _bad_cursor()
        return payload

    def _signature(self, payload: bytes) -> bytes:
        return hmac.digest(self.secret, self.bound_to + payload, "sha256")[:_SIGNATURE]


def _bad_cursor() -> RequestError:
    return RequestError(ErrorCode.BAD_CURSOR)
