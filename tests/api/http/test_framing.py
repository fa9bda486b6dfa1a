"""Either parser refuses a request of two lengths, of no end, or that cannot be read, and closes its connection."""

import asyncio
import re
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import suppress

import orjson
import pytest
from uvicorn.protocols.http.h11_impl import H11Protocol

from api.http.framing import guarded
from tests.small_server import BODY_LIMIT, JSON, Live, serving

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
        return guarded(H11Protocol)
    if sys.platform == "win32":
        pytest.skip("httptools is not installed on Windows")
    from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol  # noqa: PLC0415 - only where it is there

    return guarded(HttpToolsProtocol)


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


CHUNKED = f"{HEAD}Transfer-Encoding: chunked\r\n\r\n"
LINES = "x-more: of the same, again and again\r\n"


@pytest.mark.parametrize(
    ("begun", "more"),
    [
        pytest.param("GET /", "a", id="an address"),
        pytest.param("GET /healthz HTTP/1.1\r\nHost: x\r\nx-long: ", "a", id="a header"),
        pytest.param("GET /healthz HTTP/1.1\r\nHost: x\r\n", LINES, id="headers"),
        pytest.param(f"{CHUNKED}{len(BODY):x}\r\n{BODY}\r\n0\r\n", LINES, id="trailers"),
        pytest.param(f"{CHUNKED}1;extension=", "a", id="an extension of a chunk"),
    ],
)
def test_what_never_ends_is_refused_before_much_of_it_is_kept(live: Live, begun: str, more: str) -> None:
    piece = (more * 4_096)[:4_096].encode()
    with socket.create_connection(("127.0.0.1", live.port), timeout=5) as raw:
        sent = begun.encode()
        with suppress(ConnectionError):
            raw.sendall(sent)
            for _ in range(5_000):
                raw.sendall(piece)
                sent += piece
        assert len(sent) < 12_000_000  # what the system itself holds between two sockets is taken for sent


@pytest.mark.parametrize("size", [60_000, 70_000])
def test_a_head_may_have_64_kb_however_it_comes(live: Live, size: int) -> None:
    sent = f"GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\nx-long: {'a' * size}\r\n\r\n"
    answer = b"reset"
    with suppress(ConnectionResetError):  # the rest of a head that was not waited for takes the answer with it
        answer = everything_answered(live, sent)
    assert answer.startswith(b"HTTP/1.1 200" if size < 65_536 else (b"HTTP/1.1 400", b"reset"))


def test_a_trailer_is_no_header(live: Live) -> None:
    body = f"{len(BODY):x}\r\n{BODY}\r\n0\r\nContent-Encoding: gzip\r\n\r\n"
    head = CHUNKED.replace("Host: x", "Host: x\r\nConnection: close")
    assert everything_answered(live, head + body).startswith(b"HTTP/1.1 200")


def test_a_method_that_nobody_knows_is_refused(live: Live) -> None:
    answer = everything_answered(live, "BREW /graphql HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
    assert refusals(answer) in (["405 METHOD_NOT_ALLOWED"], ["400 BAD_HTTP"])  # httptools knows a list of methods


@pytest.mark.parametrize("protocol", ["websocket", "h2c"])
@pytest.mark.parametrize("cut", [0, 1, 40, None], ids=["at once", "late by a byte", "late", "by bytes"])
def test_a_wish_for_another_protocol_is_passed_over_and_a_body_stays_a_body(
    live: Live, protocol: str, cut: int | None
) -> None:
    body = f'{{"query":"{{title}}","operationName":null,"was":"{SMUGGLED}"}}'.replace("\r\n", "\\r\\n")
    wish = f"Host: x\r\nConnection: Upgrade, close\r\nUpgrade: {protocol}\r\n"
    sent = f"{HEAD}Content-Length: {len(body)}\r\n\r\n{body}".replace("Host: x\r\n", wish, 1)
    pieces = [*sent] if cut is None else [sent[: len(sent) - cut], sent[len(sent) - cut :]]
    with socket.create_connection(("127.0.0.1", live.port), timeout=5) as raw, raw.makefile("rb") as answer:
        raw.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for piece in pieces:
            raw.sendall(piece.encode())
            time.sleep(0.0005 if cut is None else 0.05)
        everything = answer.read()
    assert re.findall(rb"HTTP/1.1 (\d+)", everything) == [b"200"]


@pytest.mark.parametrize("protocol", ["websocket", "h2c"])
def test_a_body_after_such_a_wish_is_never_taken_for_a_request(live: Live, protocol: str) -> None:
    head = f"{HEAD}Content-Length: {len(SMUGGLED)}\r\nConnection: Upgrade\r\nUpgrade: {protocol}\r\n\r\n"
    with socket.create_connection(("127.0.0.1", live.port), timeout=5) as raw, raw.makefile("rb") as answer:
        raw.sendall(head.encode())
        time.sleep(0.05)
        raw.sendall(SMUGGLED.encode())
        raw.sendall(SMUGGLED.replace("Host: x", "Host: x\r\nConnection: close").encode())
        everything = answer.read()
    assert re.findall(rb"HTTP/1.1 (\d+)", everything) == [b"400", b"200"]


def test_a_method_that_opens_a_tunnel_is_refused(live: Live) -> None:
    answer = everything_answered(live, "CONNECT x:80 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
    assert refusals(answer) in (["405 METHOD_NOT_ALLOWED"], ["404 NOT_FOUND"], ["400 BAD_HTTP"])


@pytest.mark.parametrize(
    ("sent", "refusal"),
    [
        pytest.param(
            f"Content-Length: {BODY_LIMIT + 1}\r\n\r\n{'a' * (BODY_LIMIT + 1)}", "413 BODY_TOO_LARGE", id="long"
        ),
        pytest.param(
            f"Transfer-Encoding: chunked\r\n\r\n{BODY_LIMIT + 1:x}\r\n{'a' * (BODY_LIMIT + 1)}\r\n0\r\n\r\n",
            "413 BODY_TOO_LARGE",
            id="long in chunks",
        ),
        pytest.param("Content-Length: 50\r\n\r\n{", "408 REQUEST_TIMEOUT", id="stalled"),
        pytest.param("Transfer-Encoding: chunked\r\n\r\n5\r\n{", "408 REQUEST_TIMEOUT", id="stalled in a chunk"),
    ],
)
def test_a_body_that_is_too_long_or_does_not_come_is_refused(live: Live, sent: str, refusal: str) -> None:
    assert refusals(everything_answered(live, HEAD + sent)) == [refusal]


def test_requests_that_come_at_once_are_answered_in_their_order(live: Live) -> None:
    asked = f"{HEAD}Content-Length: {len(BODY)}\r\n\r\n{BODY}"
    last = SMUGGLED.replace("Host: x", "Host: x\r\nConnection: close")
    answer = everything_answered(live, asked + SMUGGLED + asked + last)
    assert re.findall(rb'{"(data|status)"', answer) == [b"data", b"status", b"data", b"status"]
