"""Failures are told in one shape, without hosts or driver texts; the unexpected is logged once."""

import logging
import socket
import time

import httpx
import pytest

from tests.small_server import GRAPHQL_RESPONSE, JSON, Live, ask, refused


@pytest.mark.parametrize(
    ("query", "status", "code"),
    [
        pytest.param("{ title } # unavailable", 503, "DATABASE_UNAVAILABLE", id="MongoDB away"),
        pytest.param("{ title } # timeout", 504, "TIMEOUT", id="MongoDB slow"),
        pytest.param("{ title } # forbidden", 503, "DATABASE_FORBIDDEN", id="MongoDB refuses"),
        pytest.param("{ title } # slow", 504, "TIMEOUT", id="past the request's deadline"),
    ],
)
@pytest.mark.parametrize("accept", [JSON, GRAPHQL_RESPONSE])
def test_a_database_that_fails_is_told_without_its_address(
    client: httpx.Client, query: str, status: int, code: str, accept: str
) -> None:
    response = ask(client, query, accept=accept)
    assert (response.status_code, refused(response)) == (status, code)
    assert response.headers["content-type"].startswith(accept)
    assert "internal" not in response.text
    assert "secret" not in response.text


def test_the_unexpected_is_masked_behind_an_incident_that_is_logged_once(
    client: httpx.Client, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        response = ask(client, "{ title } # bug")
    assert (response.status_code, refused(response)) == (500, "INTERNAL")
    assert "secret" not in response.text
    incident = response.json()["errors"][0]["extensions"]["incident"]
    (record,) = [record for record in caplog.records if record.exc_info]
    assert incident in record.getMessage()
    assert "secret of db-7.internal" in str(record.exc_info)


def test_a_client_that_leaves_while_sending_is_no_incident(live: Live, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING), socket.create_connection(("127.0.0.1", live.port)) as raw:
        raw.sendall(
            f"POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: {JSON}\r\nContent-Length: 50\r\n\r\n{{".encode()
        )
    time.sleep(0.2)
    assert caplog.records == []
