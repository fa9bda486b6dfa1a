"""A request has a head of bounded length and tells the length of its body once; any other ends its connection.

Two lengths are how a request is smuggled past a proxy: the proxy goes by one of them, this server by the other, and
what is left over is taken for the next request, of somebody else (RFC 9112, 6.3 and 11.2).

uvicorn reads HTTP with httptools where that is installed and with h11 elsewhere, and each lets something through that
the other refuses: h11 two lengths; httptools a head without an end, trailers among the headers, and, after `Upgrade`, a
body that it takes for a request. What they cannot read they refuse in plain text.
"""

import asyncio
import sys
from itertools import chain
from typing import Any

import uvicorn
from starlette.datastructures import Headers
from starlette.types import Scope
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.server import ServerState

from api.failures import Failure, Refusal, response_to
from loaders.faults import ErrorCode

CLOSE = {"connection": "close"}
LONGEST_HEAD = 65_536  # bytes; h11 keeps no more of what it cannot hand on yet


def refuse_bad_head(scope: Scope) -> None:
    """Raise `Refusal` where the head is too long, or gives the body both a length and chunks."""
    headers = Headers(scope=scope)
    if len(scope["raw_path"]) + len(scope["query_string"]) + sum(map(len, chain(*headers.raw))) > LONGEST_HEAD:
        raise Refusal(ErrorCode.BAD_HTTP, f"the head is longer than {LONGEST_HEAD} bytes", headers=CLOSE)
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


class Bounded:
    """Part of a uvicorn protocol over httptools, which has no bound of its own and ends a request at `Upgrade`."""

    config: uvicorn.Config
    server_state: ServerState
    app_state: dict[str, Any]
    scope: Scope
    url: bytes
    transport: asyncio.Transport
    cycle: Any
    _kept = 0  # bytes that came since the parser last handed something on: a head, or trailers, grow as they come
    _latest = b""
    _head_is_read = False

    def data_received(self, data: bytes) -> None:
        """Parse, and refuse what has grown too long meanwhile."""
        self._kept += len(data)
        self._latest = data
        super().data_received(data)  # type: ignore[misc]
        self._latest = b""
        if self._kept > LONGEST_HEAD and not self.transport.is_closing():
            self.send_400_response("")  # type: ignore[attr-defined]

    def on_message_begin(self) -> None:
        """Another request begins, which may have come in one piece with the last."""
        self._head_is_read = False
        super().on_message_begin()  # type: ignore[misc]

    def on_header(self, name: bytes, value: bytes) -> None:
        """Keep a header; a trailer would pass for one, after the headers have been looked at."""
        if not self._head_is_read:
            super().on_header(name, value)  # type: ignore[misc]

    def on_headers_complete(self) -> None:
        """The head is read."""
        self._kept, self._head_is_read = 0, True
        super().on_headers_complete()  # type: ignore[misc]

    def on_body(self, body: bytes) -> None:
        """A part of the body is handed on; how much there may be is not for this module to say."""
        self._kept = 0
        super().on_body(body)  # type: ignore[misc]

    def _should_upgrade(self) -> bool:
        """Whatever asks for another protocol is read anew: httptools would take its body for the next request."""
        return True

    def handle_websocket_upgrade(self) -> None:
        """Hand the connection to h11, which passes over the wish; a Java client has it for every request."""
        if self.cycle is not None and not self.cycle.response_complete:
            self.send_400_response("")  # type: ignore[attr-defined]
            return
        asked: Any = sys.exception()  # uvicorn calls this while it handles it
        reader: Any = guarded(H11Protocol)
        other = reader(config=self.config, server_state=self.server_state, app_state=self.app_state)
        self.server_state.connections.discard(self)
        other.connection_made(self.transport)
        self.transport.set_protocol(other)
        other.data_received(self._head() + self._latest[asked.args[0] :])

    def _head(self) -> bytes:
        version = self.scope["http_version"].encode()
        first = b"%s %s HTTP/%s\r\n" % (self.scope["method"].encode(), self.url, version)
        return b"".join([first, *(b"%s: %s\r\n" % header for header in self.scope["headers"]), b"\r\n"])


def guarded(protocol: type[asyncio.Protocol]) -> type[asyncio.Protocol]:
    """A protocol class of uvicorn with ours in it."""
    bounded = (Bounded,) if hasattr(protocol, "on_headers_complete") else ()
    return type("Guarded", (CodedRefusal, *bounded, protocol), {})


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
