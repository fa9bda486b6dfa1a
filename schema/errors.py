"""What a client is told when a request cannot be served: stable codes, messages and hints.

A fault of the request names what is wrong and, where one can be
computed, the nearest thing that would have been right. A fault of ours shows an incident id and nothing else; the
traceback goes to the log under the same id, once.

GongkaiError
└── RequestError       the request asks for something that cannot be had; the code says what
"""

import difflib
import logging
import secrets
from collections.abc import Iterable

from graphql import GraphQLError

from loaders.errors import DatabaseError, DatabaseTimeoutError, GongkaiError
from loaders.faults import ErrorCode

__all__ = ["ErrorCode", "RequestError", "formatted", "nearest"]

_ALIKE = 0.5  # below this a hint confuses more than it helps
_LOG = logging.getLogger("gongkai.schema")


class RequestError(GongkaiError):
    """A request that cannot be served as it is; what is not said of the case is said by the list of faults."""

    def __init__(self, code: ErrorCode, message: str = "", *, hint: str = "") -> None:
        super().__init__(message, hint=hint, code=code)


def nearest(wanted: str, known: Iterable[str]) -> str:
    """A hint that names the known word closest to the one wanted, empty where none is close.

    >>> nearest("requests.recieved.total", ["requests.received.total", "requests.pending.total"])
    'Did you mean requests.received.total?'
    """
    found = difflib.get_close_matches(wanted, list(known), n=1, cutoff=_ALIKE)
    return f"Did you mean {found[0]}?" if found else ""


def formatted(error: GraphQLError, default: ErrorCode = ErrorCode.INTERNAL) -> dict[str, object]:
    """The error as the GraphQL specification wants it, with a code; `default` serves errors of GraphQL itself."""
    shown = {key: value for key, value in error.formatted.items() if key != "extensions"}
    if error.cause is None:
        return {**shown, "extensions": {"code": default.name, **(error.extensions or {})}}
    return {**shown, **_explained(error.cause)}


def _explained(cause: Exception) -> dict[str, object]:
    if isinstance(cause, RequestError):
        return _told(cause.fault, cause.message, hint=cause.hint)
    if isinstance(cause, DatabaseTimeoutError):
        return _told(ErrorCode.TIMEOUT)
    if isinstance(cause, DatabaseError):
        _LOG.error("MongoDB: %s", cause)
        return _told(ErrorCode.DATABASE_UNAVAILABLE)
    return _told(ErrorCode.INTERNAL, incident=logged(cause))


def logged(cause: Exception) -> str:
    """The incident id under which a fault of ours now stands in the log."""
    incident = secrets.token_hex(6)
    _LOG.error("incident %s", incident, exc_info=cause)
    return incident


def _told(code: ErrorCode, message: str = "", *, hint: str = "", **more: str) -> dict[str, object]:
    hinted = {"hint": hint or code.hint} if hint or code.hint else {}
    return {"message": message or code.meaning, "extensions": {"code": code.name, **hinted, **more}}
