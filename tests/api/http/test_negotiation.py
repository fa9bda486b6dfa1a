"""The `Accept` header decides the media type of the answer, and `Accept-Encoding` its coding, by RFC 9110."""

import socket

import httpx
import pytest

from api.http.negotiation import LAST_CHOICE, Codings, codings
from tests.small_server import GRAPHQL_RESPONSE, JSON, Live, ask, refused


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        pytest.param("*/*", JSON, id="anything"),
        pytest.param("application/*", JSON, id="any application type"),
        pytest.param(f"{GRAPHQL_RESPONSE}, {JSON};q=0.9", GRAPHQL_RESPONSE, id="Apollo"),
        pytest.param(f"{JSON};q=0.5, {GRAPHQL_RESPONSE};q=0.4", JSON, id="by quality"),
        pytest.param(
            f"{GRAPHQL_RESPONSE}, application/graphql+json, {JSON}, text/event-stream, multipart/mixed",
            GRAPHQL_RESPONSE,
            id="urql, event streams listed last",
        ),
        pytest.param(f"text/event-stream, {JSON};q=0.1", JSON, id="event stream preferred but not on offer"),
        pytest.param(f"*/*, {JSON};q=0", GRAPHQL_RESPONSE, id="one type refused"),
        pytest.param(f"{JSON};q=high, */*;q=0.1", JSON, id="a quality that is no number is passed over"),
        pytest.param("APPLICATION/JSON", JSON, id="capitals"),
    ],
)
def test_accept_is_negotiated(client: httpx.Client, accept: str, expected: str) -> None:
    response = ask(client, "{ title }", accept=accept)
    assert response.status_code == 200
    assert response.headers["content-type"] == f"{expected}; charset=utf-8"
    assert response.headers["vary"] == "accept, origin"


@pytest.mark.parametrize("accept", ["image/png", "text/html", f"{JSON};q=0, {GRAPHQL_RESPONSE};q=0", "json", ";;,"])
def test_an_accept_that_nothing_fits_is_not_acceptable(client: httpx.Client, accept: str) -> None:
    response = ask(client, "{ title }", accept=accept)
    assert (response.status_code, refused(response)) == (406, "NOT_ACCEPTABLE")


def test_a_missing_accept_means_json(live: Live) -> None:
    with socket.create_connection(("127.0.0.1", live.port)) as raw:
        body = b'{"query":"{title}"}'
        head = f"POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: {JSON}\r\nContent-Length: {len(body)}\r\n"
        raw.sendall(head.encode() + b"Connection: close\r\n\r\n" + body)
        assert b"content-type: application/json" in raw.makefile("rb").read()


@pytest.mark.parametrize(
    ("accept_encoding", "expected", "prefers_gzip"),
    [
        pytest.param("", (0, LAST_CHOICE), False, id="nothing"),
        pytest.param("gzip, deflate, br, zstd", (1, LAST_CHOICE), True, id="a browser"),
        pytest.param("br, zstd", (0, LAST_CHOICE), False, id="unknown codings only"),
        pytest.param("GZIP", (1, LAST_CHOICE), True, id="capitals"),
        pytest.param("x-gzip", (1, LAST_CHOICE), True, id="the older name"),
        pytest.param("gzipped, agzip", (0, LAST_CHOICE), False, id="names that only look alike"),
        pytest.param("gzip;q=0", (0, LAST_CHOICE), False, id="gzip refused"),
        pytest.param("gzip;q=0, *", (0, 1), False, id="gzip refused, all others taken"),
        pytest.param("gzip ; q=0.001", (0.001, LAST_CHOICE), True, id="the least weight there is"),
        pytest.param("gzip;q=0.5, identity", (0.5, 1), False, id="a plain answer preferred"),
        pytest.param("*", (1, 1), True, id="anything"),
        pytest.param("*;q=0", (0, 0), False, id="nothing at all"),
        pytest.param("gzip, *;q=0", (1, 0), True, id="gzip alone"),
        pytest.param("br, identity;q=0", (0, 0), False, id="an unknown coding alone"),
        pytest.param("gzip;q=high", (0, LAST_CHOICE), False, id="a quality that is no number is passed over"),
        pytest.param(",;q=1,, ;", (0, LAST_CHOICE), False, id="no names"),
    ],
)
def test_codings_are_read_with_their_weights(
    accept_encoding: str, expected: tuple[float, float], *, prefers_gzip: bool
) -> None:
    assert codings(accept_encoding) == Codings(*expected)
    assert codings(accept_encoding).prefers_gzip is prefers_gzip
