"""The `Accept` header decides the media type of the answer, by RFC 9110."""

import socket

import httpx
import pytest

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
    assert response.headers["vary"] == "accept"


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
