"""How a request that failed is told over HTTP: the list of faults, rendered in the one error shape of every answer.

What is in no row of the list is a fault of ours: it is masked behind an incident id, and the traceback is logged once
under that id.
"""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field

import orjson
from starlette.responses import Response

from loaders import errors
from loaders.faults import ErrorCode
from schema.errors import RequestError, logged

log = logging.getLogger("gongkai")

# The first row that fits decides. Their own words stay in the log: they may name hosts, paths and what a driver said.
TOLD_BY_CODE: tuple[tuple[type[Exception], ErrorCode], ...] = (
    (errors.DatabaseTimeoutError, ErrorCode.TIMEOUT),
    (errors.DatabaseUnavailableError, ErrorCode.DATABASE_UNAVAILABLE),
    (errors.DatabaseForbiddenError, ErrorCode.DATABASE_FORBIDDEN),
    (TimeoutError, ErrorCode.TIMEOUT),  # past the request's own deadline
)
HEADERS = {ErrorCode.DATABASE_UNAVAILABLE: {"retry-after": "5"}}


@dataclass(frozen=True, slots=True)
class Failure:
    """What a client learns of a request that failed; what it leaves out is said by the list of faults."""

    code: ErrorCode
    message: str = ""
    hint: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    status: int = 0
    incident: str = ""


class Refusal(Exception):  # noqa: N818 - the name says what it is
    """A request that is refused before any work is done."""

    def __init__(
        self, code: ErrorCode, message: str = "", *, hint: str = "", headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(message or code.meaning)
        self.failure = Failure(code, message, hint, headers or {})


def failure_of(exception: Exception) -> Failure:
    """What the client is told of this exception; anything but a refusal is logged, once."""
    if isinstance(exception, Refusal):
        return exception.failure
    if isinstance(exception, RequestError):  # its words are meant for clients
        return Failure(exception.fault, exception.message, exception.hint)
    for kind, code in TOLD_BY_CODE:
        if isinstance(exception, kind):
            log.warning("%s: %s", code.name, exception)
            return Failure(code, headers=HEADERS.get(code, {}))
    return Failure(ErrorCode.INTERNAL, incident=logged(exception))


def response_to(failure: Failure, *, media_type: str = "application/json") -> Response:
    """The failure as the one error shape of every answer: `{"errors": [{message, extensions: {code, hint}}]}`."""
    said = {"hint": failure.hint or failure.code.hint, "incident": failure.incident}
    extensions = {"code": failure.code.name} | {name: words for name, words in said.items() if words}
    body = orjson.dumps({"errors": [{"message": failure.message or failure.code.meaning, "extensions": extensions}]})
    headers = {"cache-control": "no-store"} | dict(failure.headers)
    status = failure.status or failure.code.status
    return Response(body, status_code=status, headers=headers, media_type=f"{media_type}; charset=utf-8")
