"""Every way a request can fail, as one table each: refusals by code, exceptions by type.

Enter: a `Refusal`, or any exception that left the code below. Leave: a `Failure`, the status, code and words a client
may read. Nothing is refused here. What is not in the tables is a fault of ours: it is masked behind an incident id,
and the traceback is logged once under that id.
"""

import logging
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field

import orjson
from starlette.responses import Response

from loaders import errors
from schema.errors import RequestError
from schema.export.plan import ExportError

log = logging.getLogger("gongkai")

# code -> HTTP status; codes are stable, never reused.
REFUSALS: dict[str, int] = {
    "BAD_HTTP": 400,  # the request cannot be read, or its length can be read in two ways
    "BAD_JSON": 400,  # the body, or `variables` of a GET, is no JSON in UTF-8
    "BAD_REQUEST": 400,  # the parameters of a GraphQL request are missing or of the wrong type
    "BATCHING_NOT_SUPPORTED": 400,
    "NESTED_TOO_DEEPLY": 400,
    "PERSISTED_QUERY_NOT_SUPPORTED": 200,  # what clients of automatic persisted queries take as: send it whole
    "HEADER_NOT_ALLOWED": 403,  # a page of another origin may not send it
    "ORIGIN_NOT_ALLOWED": 403,  # pages of that origin may not read
    "NOT_FOUND": 404,
    "METHOD_NOT_ALLOWED": 405,
    "NOT_ACCEPTABLE": 406,
    "REQUEST_TIMEOUT": 408,  # the client did not finish sending
    "BODY_TOO_LARGE": 413,
    "URL_TOO_LONG": 414,
    "UNSUPPORTED_MEDIA_TYPE": 415,
    "UNSUPPORTED_CONTENT_ENCODING": 415,
}


@dataclass(frozen=True, slots=True)
class Failure:
    """What a client learns of a request that failed."""

    status: int
    code: str
    message: str
    hint: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Known:
    """An exception that is no fault of ours, with the words for it; those never carry hosts, paths or driver texts."""

    exception: type[Exception]
    failure: Failure


# The first row that fits decides, so the narrower classes stand first.
EXCEPTIONS: tuple[Known, ...] = (
    Known(
        errors.DatabaseTimeoutError,
        Failure(504, "TIMEOUT", "MongoDB did not answer in time", "ask for fewer reports or fields, or try again"),
    ),
    Known(
        errors.DatabaseUnavailableError,
        Failure(503, "DATABASE_UNAVAILABLE", "MongoDB does not answer", "try again later", {"retry-after": "5"}),
    ),
    Known(
        errors.DatabaseForbiddenError,
        Failure(503, "DATABASE_FORBIDDEN", "MongoDB refuses this server", "its operator finds the reason in the log"),
    ),
    Known(
        TimeoutError,
        Failure(504, "TIMEOUT", "the request took too long", "ask for fewer reports or fields"),
    ),
)


class Refusal(Exception):  # noqa: N818 - the name says what it is
    """A request that is refused before any work is done; `code` is a key of `REFUSALS`."""

    def __init__(self, code: str, message: str, *, hint: str = "", headers: Mapping[str, str] | None = None) -> None:
        super().__init__(message)
        self.failure = Failure(REFUSALS[code], code, message, hint, headers or {})


def failure_of(exception: Exception) -> Failure:
    """What the client is told of this exception; anything but a refusal is logged, once."""
    if isinstance(exception, Refusal):
        return exception.failure
    if isinstance(exception, RequestError | ExportError):  # their words are meant for clients
        status = 404 if exception.code == "UNKNOWN_EXPORT" else 400
        return Failure(status, exception.code, exception.message, exception.hint)
    for known in EXCEPTIONS:
        if isinstance(exception, known.exception):
            log.warning("%s: %s", known.failure.code, exception)
            return known.failure
    incident = secrets.token_hex(6)
    log.error("incident %s", incident, exc_info=exception)
    return Failure(500, "INTERNAL", f"internal error, incident {incident}", "report the incident id to the operator")


def response_to(failure: Failure, *, media_type: str = "application/json") -> Response:
    """The failure as the one error shape of every answer: `{"errors": [{message, extensions: {code, hint}}]}`."""
    extensions = {"code": failure.code} | ({"hint": failure.hint} if failure.hint else {})
    body = orjson.dumps({"errors": [{"message": failure.message, "extensions": extensions}]})
    headers = {"cache-control": "no-store"} | dict(failure.headers)
    return Response(body, status_code=failure.status, headers=headers, media_type=f"{media_type}; charset=utf-8")
