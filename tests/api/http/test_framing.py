"""A request of two lengths, or one that cannot be read, is refused and its connection closed, by either parser."""

import asyncio
import importlib.util
import re
import socket
from collections.abc import Iterator

import orjson
import pytest
from uvicorn.protocols.http.h11_impl import H11Protocol

from api.http.framing import coded
from tests.small_server import JSON, Live, serving

PARSERS = ["as served", "h11", "httptools"]
HEAD = f"POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: {JSON}\r\n"
BODY = '{"query":"{title}"}'
SMUGGLED = "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"

TWO_LENGTHS = [
    pytest.param(f"{HEAD}Content-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n{SMUGGLED}", id="CL.TE"),
    pytest.param(
        f"{HEAD}Transfer-Encoding: chunked\r\nContent-Length: {len(SMUGGLED) + 5}\r\n\r\n0\r\n\r\n{SMUGGLED}",
        id="TE.CL",
    ),
    pytest.param(f"{HEAD}content-length: 0\r\nTRANSFER-ENCODING: chunked\r\n\r\n0\r\n\r\n{SMUGGLED}", id="no body"),
    pytest.param(f"{HEAD}Content-Length: 0\r\nContent-Length: {len(SMUGGLED)}\r\n\r\n{SMUGGLED}", id="two lengths"),
    pytest.param(f"{HEAD}Content-Length: 0, {len(SMUGGLED)}\r\n\r\n{SMUGGLED}", id="two lengths in one line"),
    pytest.param(f"{HEAD}Content-Length: +0\r\n\r\n{SMUGGLED}", id="a length that is no number"),
    pytest.param(f"{HEAD}Transfer-Encoding: gzip, identity\r\n\r\n{SMUGGLED}", id="an end nobody knows"),
    pytest.param(f"{HEAD}Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n{SMUGGLED}", id="a blank before the colon"),
    pytest.param(
        SMUGGLED.replace("Host: x", "Host: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked")
        + f"0\r\n\r\n{SMUGGLED}",
        id="on an address that takes no body",
    ),
]


def parser(name: str) -> type[asyncio.Protocol] | None:
    if name == "as served":
        return None
    if name == "h11":
        return coded(H11Protocol)
    if not importlib.util.find_spec("httptools"):
        pytest.skip("httptools is not installed")
    from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol  # noqa: PLC0415 - only where it is there

    return coded(HttpToolsProtocol)


@pytest.fixture(scope="module", params=PARSERS)
def live(request: pytest.FixtureRequest) -> Iterator[Live]:
    """A server behind each of uvicorn's parsers."""
    with serving(protocol=parser(request.param)) as live:
        yield live


def everything_answered(live: Live, sent: str) -> bytes:
    """All that comes back until the server closes the connection, which it must do by itself."""
    with socket.create_connection(("127.0.0.1", live.port), timeout=5) as raw:
        raw.sendall(sent.encode())
        with raw.makefile("rb") as answer:
            return answer.read()


def refusals(answer: bytes) -> list[str]:
    """The codes of the answers, each of which must close the connection and have the one error shape."""
    codes = []
    for one in answer.split(b"HTTP/1.1 ")[1:]:
        head, _, body = one.partition(b"\r\n\r\n")
        assert b"connection: close" in head.lower()
        assert f"content-length: {len(body)}".encode() in head.lower()
        codes.append(f"{head[:3].decode()} {orjson.loads(body)['errors'][0]['extensions']['code']}")
    return codes


@pytest.mark.parametrize("sent", TWO_LENGTHS)
def test_a_request_of_uncertain_length_is_refused_and_nothing_in_it_is_taken_for_a_request(
    live: Live, sent: str
) -> None:
    assert refusals(everything_answered(live, sent)) == ["400 BAD_HTTP"]


def test_what_follows_later_on_the_same_connection_is_not_answered_either(live: Live) -> None:
    with socket.create_connection(("127.0.0.1", live.port), timeout=5) as raw, raw.makefile("rb") as answer:
        raw.sendall(f"{HEAD}Content-Length: 0\r\nTransfer-Encoding: chunked\r\n\r\n".encode())
        assert refusals(answer.read()) == ["400 BAD_HTTP"]


@pytest.mark.parametrize(
    "sent", ["\x16\x03\x01\r\n\r\n", "GET\r\n\r\n", f"GET / HTTP/1.1\r\nHost: x\r\n{'x' * 99}\r\n\r\n"]
)
def test_bytes_that_are_no_request_are_refused_in_the_one_error_shape(live: Live, sent: str) -> None:
    assert refusals(everything_answered(live, sent)) == ["400 BAD_HTTP"]


def test_a_damaged_chunk_is_refused_and_ends_the_connection(live: Live) -> None:
    sent = f"{HEAD}Transfer-Encoding: chunked\r\n\r\nzz\r\n{SMUGGLED}"
    assert refusals(everything_answered(live, sent)) == ["400 BAD_HTTP"]


def test_a_fault_after_a_good_request_is_never_taken_for_its_answer(live: Live) -> None:
    slow = '{"query":"{title} # slow"}'
    answer = everything_answered(live, f"{HEAD}Content-Length: {len(slow)}\r\n\r\n{slow}\x16\x03\r\n\r\n")
    assert re.findall(rb"HTTP/1.1 (\d+)", answer) in ([], [b"504", b"400"])


def test_chunks_alone_and_one_length_twice_alike_are_read(live: Live) -> None:
    chunked = f"{HEAD}Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n{len(BODY):x}\r\n{BODY}\r\n0\r\n\r\n"
    once = f"{HEAD}Content-Length: {len(BODY)}\r\nConnection: close\r\n\r\n{BODY}"
    for sent in (chunked, once):
        assert everything_answered(live, sent).startswith(b"HTTP/1.1 200")
