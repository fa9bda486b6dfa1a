"""Global ids: a type name and the key of one thing enter, an opaque id leaves; and back.

Refused: an id that was not made here (`BAD_ID`).
"""

import base64
import binascii
from typing import NamedTuple

from schema.errors import ErrorCode, RequestError

UNNAMED = "of:"
"""What the key of an agency starts with whose name its report does not tell; the report's own key follows."""

UNKNOWN = "unknown"
"""The key of the region of which nothing is known; nothing is in it."""

_LONGEST = 1_000


class GlobalId(NamedTuple):
    """What a global id stands for: a type of the schema, and a key that is unique within the type."""

    type_name: str
    key: str


def global_id(type_name: str, *keys: object) -> str:
    """The id of one thing; several keys name a part of a whole.

    >>> global_id("Passage", "r1", "p7")
    'UGFzc2FnZTpyMSNwNw'
    """
    text = f"{type_name}:{'#'.join(str(key) for key in keys)}"
    return base64.urlsafe_b64encode(text.encode()).rstrip(b"=").decode()


def parsed(text: str) -> GlobalId:
    """What an id stands for.

    >>> parsed("UGFzc2FnZTpyMSNwNw")
    GlobalId(type_name='Passage', key='r1#p7')
    """
    try:
        decoded = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True).decode()[:_LONGEST]
    except (binascii.Error, ValueError):
        decoded = ""
    type_name, colon, key = decoded.partition(":")
    if not colon or not type_name or not key or "\0" in key:
        raise RequestError(ErrorCode.BAD_ID, "no id of this API")
    return GlobalId(type_name, key)
