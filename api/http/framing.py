"""A request tells the length of its body once and in one way; any other is refused and its connection closed.

Two lengths are how a request is smuggled past a proxy: the proxy goes by one of them, this server by the other, and
what is left over is taken for the next request, of somebody else (RFC 9112, 6.3 and 11.2).

Enter: the headers of requests; uvicorn's protocol classes. Leave: nothing, and the same classes with one method of
ours. Refused as BAD_HTTP (400): `Content-Length` beside `Transfer-Encoding`, which h11 lets through; and whatever
uvicorn's parser cannot read, such as lengths that differ, or a head that is too long.
"""

import asyncio
from typing import Any

from starlette.datastructures import Headers

from api.failures import Failure, Refusal, response_to
from loaders.faults import ErrorCode

CLOSE = {"connection": "close"}


def refuse_two_lengths(headers: Headers) -> None:
    """Raise `Refusal` where the body has both a length and chunks."""
    if "content-length" in headers and "transfer-encoding" in headers:
        raise Refusal(
            ErrorCode.BAD_HTTP,
            "Content-Length and Transfer-Encoding stand in one request",
            hint="send one of them",
            headers=CLOSE,
        )


class CodedRefusal:
    """Part of a uvicorn protocol: what cannot be read is refused in the one error shape, not in plain text."""

    transport: asyncio.Transport
    cycle: Any  # the newest request of this connection and its answer; None before the first

    def send_400_response(self, msg: str) -> None:  # noqa: ARG002 - uvicorn's words name no cause
        """Refuse, where no other answer stands in the way, and close the connection."""
        if _nothing_under_way(self.cycle):
            self.transport.write(_as_http(UNREADABLE))
        self.transport.close()


def coded(protocol: type[asyncio.Protocol]) -> type[asyncio.Protocol]:
    """The protocol class with `CodedRefusal` in it."""

    class Coded(CodedRefusal, protocol):  # type: ignore[misc, valid-type]
        pass

    return Coded


UNREADABLE = Refusal(
    ErrorCode.BAD_HTTP,
    "the request cannot be read as HTTP: a damaged line, lengths that differ, or too long a head",
    headers=CLOSE,
).failure


def _nothing_under_way(cycle: Any) -> bool:
    """No answer is being written, and none is owed to an earlier request; the fault may be in the newest one's body."""
    return cycle is None or cycle.response_complete or (cycle.more_body and not cycle.response_started)


def _as_http(failure: Failure) -> bytes:
    response = response_to(failure)
    lines = [b"HTTP/1.1 %d " % response.status_code, *(b"%s: %s" % header for header in response.raw_headers)]
    return b"\r\n".join([*lines, b"", bytes(response.body)])
