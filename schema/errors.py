"""What a client is told when a request cannot be served: stable codes, messages and hints.

Exceptions enter, GraphQL errors as dicts leave. A fault of the request names what is wrong and, where one can be
computed, the nearest thing that would have been right. A fault of ours shows an incident id and nothing else; the
traceback goes to the log under the same id, once.

GongkaiError
└── RequestError       the request asks for something that cannot be had; the code says what
"""

import difflib
import logging
import secrets
from collections.abc import Iterable
from enum import Enum

from graphql import GraphQLError

from loaders.errors import DatabaseError, DatabaseTimeoutError, GongkaiError

_ALIKE = 0.5  # below this a hint confuses more than it helps
_LOG = logging.getLogger("gongkai.schema")


class ErrorCode(Enum):
    """Every value of `extensions.code`, with what it means; codes are never reused."""

    GRAPHQL_PARSE_FAILED = "The document is no GraphQL."
    GRAPHQL_VALIDATION_FAILED = "The document does not fit the schema."
    OPERATION_NOT_FOUND = "The document has no operation of that name, or several and none was named."
    OPERATION_NOT_ALLOWED = "This way of asking allows queries only."
    BAD_VARIABLES = "A variable has no value, or one of the wrong type."
    TOO_LARGE = "The document has more tokens, definitions or directives than one request may have."
    TOO_DEEP = "Selections are nested more deeply than one request may nest them."
    TOO_MANY_ALIASES = "The request uses more aliases than it may."
    TOO_MANY_ROOT_FIELDS = "The request asks for more root fields than it may."
    TOO_COSTLY = "The answer could hold more values than one answer may; ask for fewer fields or a smaller page."
    BAD_PAGE = "`first` or `last` is out of bounds, or both are given."
    BAD_CURSOR = "A cursor is damaged, or belongs to another filter or order."
    BAD_ID = "An id is not one that this API has given out."
    BAD_ARGUMENTS = "The arguments of a field do not go together."
    BAD_FILTER = "A filter compares with something it cannot be compared with."
    BAD_SEARCH = "A search has no term, too many, or one that is too short or too long."
    FILTER_TOO_LARGE = "A filter has more conditions, values or levels than it may."
    SCOPES_MIXED = "An aggregate would be added to the reports it is made of."
    UNITS_MIXED = "Figures of different units would be added up or compared."
    TOO_MANY_GROUPS = "There are more groups than one answer may hold."
    TIMEOUT = "MongoDB did not answer in the time a request is given."
    DATABASE_UNAVAILABLE = "MongoDB cannot be reached; try again later."
    INTERNAL = "Something went wrong on our side; the incident id finds it in the log."

    @property
    def meaning(self) -> str:
        """What the code says, as one sentence."""
        return str(self.value)


class RequestError(GongkaiError):
    """A request that cannot be served as it is; nothing was read for it."""

    def __init__(self, code: ErrorCode, message: str, *, hint: str = "") -> None:
        super().__init__(message, hint=hint, code=code.name)


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
    original = error.original_error
    if original is None:
        return {**shown, "extensions": {"code": default.name, **(error.extensions or {})}}
    return {**shown, **_explained(original)}


def _explained(original: Exception) -> dict[str, object]:
    if isinstance(original, RequestError):
        hint = {"hint": original.hint} if original.hint else {}
        return {"message": original.message, "extensions": {"code": original.code, **hint}}
    if isinstance(original, DatabaseTimeoutError):
        return _coded(ErrorCode.TIMEOUT, hint="Ask for less, or filter on year, agency or kind.")
    if isinstance(original, DatabaseError):
        _LOG.error("MongoDB: %s", original)
        return _coded(ErrorCode.DATABASE_UNAVAILABLE)
    incident = secrets.token_hex(6)
    _LOG.error("incident %s", incident, exc_info=original)
    return _coded(ErrorCode.INTERNAL, incident=incident)


def _coded(code: ErrorCode, **more: str) -> dict[str, object]:
    return {"message": code.meaning, "extensions": {"code": code.name, **more}}
