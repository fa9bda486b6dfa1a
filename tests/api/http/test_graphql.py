"""GraphQL over HTTP, spoken by a real client to a real server: answers, their status, and work that is given up."""

import socket

import httpx
import pytest

from tests.small_server import GRAPHQL_RESPONSE, JSON, PATIENCE, Live, ask


def test_chinese_leaves_unescaped(client: httpx.Client) -> None:
    response = ask(client, "{ title }")
    assert response.status_code == 200
    assert "厦门市政府信息公开年度报告" in response.content.decode()
    assert response.json() == {"data": {"title": "厦门市政府信息公开年度报告"}, "extensions": {"cost": 1}}


def test_variables_and_operation_name_arrive(client: httpx.Client) -> None:
    document = "query A($t: String!) { echo(text: $t) } query B { title }"
    body = {"query": document, "variables": {"t": "公开🏃"}, "operationName": "A", "extensions": {}, "other": 1}
    assert client.post("/graphql", json=body).json()["data"] == {"echo": "公开🏃"}


def test_a_get_answers_the_query_in_its_address(client: httpx.Client) -> None:
    parameters = {"query": "query A($t: String!) { echo(text: $t) }", "variables": '{"t": "公开"}'}
    assert client.get("/graphql", params=parameters).json()["data"] == {"echo": "公开"}


def test_a_get_may_only_read(client: httpx.Client) -> None:
    response = client.get("/graphql", params={"query": "mutation { forget }"}, headers={"accept": GRAPHQL_RESPONSE})
    assert response.status_code == 405
    assert response.headers["allow"] == "POST"
    assert "data" not in response.json()


@pytest.mark.parametrize(
    ("query", "json_status", "graphql_status", "keys"),
    [
        pytest.param("{ title }", 200, 200, {"data", "extensions"}, id="an answer"),
        pytest.param("{ title broken }", 200, 200, {"data", "errors", "extensions"}, id="a field that fails"),
        pytest.param("{", 200, 400, {"errors"}, id="no GraphQL"),
        pytest.param("{ nothing }", 200, 400, {"errors"}, id="no such field"),
        pytest.param("query($t: String!) { echo(text: $t) }", 200, 400, {"errors"}, id="a variable that is missing"),
    ],
)
def test_the_media_type_decides_the_status_and_data_is_there_only_after_execution(
    client: httpx.Client, query: str, json_status: int, graphql_status: int, keys: set[str]
) -> None:
    older, newer = ask(client, query, accept=JSON), ask(client, query, accept=GRAPHQL_RESPONSE)
    assert older.status_code == json_status
    assert newer.status_code == graphql_status
    assert set(newer.json()) - {"extensions"} == keys - {"extensions"}
    assert newer.headers["content-type"] == f"{GRAPHQL_RESPONSE}; charset=utf-8"


def test_answers_say_where_the_time_went_and_are_not_stored(client: httpx.Client) -> None:
    response = ask(client, "{ title }")
    assert "execute;dur=" in response.headers["server-timing"]
    assert response.headers["cache-control"] == "no-store"


def test_work_is_cancelled_when_the_client_leaves(live: Live) -> None:
    live.engine.begun.clear()
    live.engine.cancelled.clear()
    body = b'{"query":"{title} # slow"}'
    with socket.create_connection(("127.0.0.1", live.port)) as raw:
        head = f"POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: {JSON}\r\nContent-Length: {len(body)}\r\n\r\n"
        raw.sendall(head.encode() + body)
        assert live.engine.begun.wait(PATIENCE)
    assert live.engine.cancelled.wait(PATIENCE)
