"""GraphQL over HTTP, spoken by a real client to a real server; a small schema of its own stands below it."""

import asyncio
import gzip
import json
import logging
import socket
import threading
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, field
from typing import Any

import httpx
import pytest
import strawberry
import uvicorn
from graphql import parse, validate
from graphql.error import GraphQLSyntaxError
from hypothesis import given, settings
from hypothesis import strategies as st

from api.app import create_app
from api.failures import REFUSALS
from api.pages.graphiql import GraphiQL
from api.settings import Settings
from loaders.errors import DatabaseForbiddenError, DatabaseTimeoutError, DatabaseUnavailableError
from schema.request import GraphQLAnswer, GraphQLRequest

JSON = "application/json"
GRAPHQL_RESPONSE = "application/graphql-response+json"
BODY_LIMIT = 5_000
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8"


@strawberry.type
class Query:
    @strawberry.field
    def title(self) -> str:
        return "厦门市政府信息公开年度报告"

    @strawberry.field
    def echo(self, text: str) -> str:
        return text

    @strawberry.field
    def broken(self) -> int | None:
        raise ValueError("this field fails")


@strawberry.type
class Mutation:
    @strawberry.mutation
    def forget(self) -> bool:
        return True


@dataclass
class SmallEngine:
    """An engine over the schema above; some operation names make it fail the way a real one can."""

    schema: strawberry.Schema = field(default_factory=lambda: strawberry.Schema(Query, Mutation))
    cancelled: threading.Event = field(default_factory=threading.Event)

    async def execute(self, request: GraphQLRequest) -> GraphQLAnswer:
        if "# unavailable" in request.query:
            raise DatabaseUnavailableError("mongodb://reader:secret@db-7.internal is away")
        if "# timeout" in request.query:
            raise DatabaseTimeoutError("db-7.internal gave no answer")
        if "# forbidden" in request.query:
            raise DatabaseForbiddenError("reader may not read on db-7.internal")
        if "# bug" in request.query:
            raise RuntimeError("secret of db-7.internal")
        if "# slow" in request.query:
            await self._sleep()
        return await self._answer(request)

    async def _sleep(self) -> None:
        try:
            await asyncio.sleep(30)
        except asyncio.CancelledError:
            self.cancelled.set()
            raise

    async def _answer(self, request: GraphQLRequest) -> GraphQLAnswer:
        try:
            document = parse(request.query)
        except GraphQLSyntaxError as error:
            return GraphQLAnswer(None, [{"message": error.message}], {}, "parse")
        errors = validate(self.schema._schema, document)  # noqa: SLF001
        if errors:
            return GraphQLAnswer(None, [{"message": error.message} for error in errors], {}, "validate")
        if request.read_only and "mutation" in request.query:
            refused: dict[str, object] = {
                "message": "a GET may only read",
                "extensions": {"code": "OPERATION_NOT_ALLOWED"},
            }
            return GraphQLAnswer(None, [refused], {}, "validate")
        result = await self.schema.execute(
            request.query, variable_values=request.variables, operation_name=request.operation_name
        )
        messages: list[dict[str, object]] = [{"message": error.message} for error in result.errors or []]
        coerced = result.data is not None or not any("Variable" in str(one["message"]) for one in messages)
        return GraphQLAnswer(result.data, messages, {"cost": 1}, "execute" if coerced else "validate")


@dataclass
class SmallDatabase:
    """As much of a database as readiness asks for."""

    fault: Exception | None = None

    async def ping(self, *, deadline_ms: int) -> None:
        assert deadline_ms <= 2_000
        if self.fault:
            raise self.fault


@dataclass
class Live:
    """A running server and the parts of it that tests look into."""

    port: int
    engine: SmallEngine
    database: SmallDatabase

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"


@pytest.fixture(scope="module")
def live() -> Iterator[Live]:
    engine, database = SmallEngine(), SmallDatabase()

    @asynccontextmanager
    async def open_database(_settings: Settings) -> AsyncIterator[Any]:
        yield database

    chosen = Settings(body_limit=BODY_LIMIT, deadline_ms=1_000)
    app = create_app(chosen, open_database=open_database, build_engine=lambda _database, _settings: engine)
    with closing(socket.create_server(("127.0.0.1", 0))) as listener:
        server = uvicorn.Server(uvicorn.Config(app, log_config=None, server_header=False, lifespan="on"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        while not server.started:
            time.sleep(0.01)
        yield Live(listener.getsockname()[1], engine, database)
        server.should_exit = True
        thread.join()


@pytest.fixture(scope="module")
def client(live: Live) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=live.address, headers={"accept": JSON}, timeout=10) as http:
        yield http


def post(client: httpx.Client, content: bytes | str, **headers: str) -> httpx.Response:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return client.post("/graphql", content=content, headers={"content-type": JSON} | named)


def ask(client: httpx.Client, query: str, **headers: str) -> httpx.Response:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return client.post("/graphql", json={"query": query}, headers=named)


def refused(response: httpx.Response) -> str:
    """The code of a refusal, after checking that it has the one shape of every error."""
    body = response.json()
    assert list(body) == ["errors"]
    (error,) = body["errors"]
    assert set(error) == {"message", "extensions"}
    assert set(error["extensions"]) <= {"code", "hint"}
    assert error["message"]
    assert "json" in response.headers["content-type"]
    code: str = error["extensions"]["code"]
    return code


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


@pytest.mark.parametrize(
    ("content", "code"),
    [
        pytest.param(b"", "BAD_JSON", id="empty"),
        pytest.param(b"{ not json", "BAD_JSON", id="no JSON"),
        pytest.param(b"null", "BAD_REQUEST", id="null"),
        pytest.param(b"1", "BAD_REQUEST", id="number"),
        pytest.param(b'"x"', "BAD_REQUEST", id="string"),
        pytest.param(b"[]", "BATCHING_NOT_SUPPORTED", id="empty list"),
        pytest.param(b"[null]", "BATCHING_NOT_SUPPORTED", id="list of null"),
        pytest.param(b'[{"query":"{title}"}]', "BATCHING_NOT_SUPPORTED", id="batch"),
        pytest.param(b"{}", "BAD_REQUEST", id="no query"),
        pytest.param(b'{"query":null}', "BAD_REQUEST", id="null query"),
        pytest.param(b'{"query":""}', "BAD_REQUEST", id="empty query"),
        pytest.param(b'{"query":1}', "BAD_REQUEST", id="number for query"),
        pytest.param(b'{"query":["{title}"]}', "BAD_REQUEST", id="list for query"),
        pytest.param(b'{"query":"{title}","variables":"{}"}', "BAD_REQUEST", id="string for variables"),
        pytest.param(b'{"query":"{title}","variables":[]}', "BAD_REQUEST", id="list for variables"),
        pytest.param(b'{"query":"{title}","operationName":1}', "BAD_REQUEST", id="number for operationName"),
        pytest.param(b'{"query":"{title}","operationName":false}', "BAD_REQUEST", id="false for operationName"),
        pytest.param(b'{"query":"{title}","extensions":0}', "BAD_REQUEST", id="zero for extensions"),
        pytest.param(b'\xff\xfe{"query"', "BAD_JSON", id="no UTF-8"),
        pytest.param('{"query":"{title}"}'.encode("utf-16"), "BAD_JSON", id="UTF-16"),
        pytest.param(b'\xef\xbb\xbf{"query":"{title}"}', "BAD_JSON", id="byte order mark"),
        pytest.param(b'{"query":"\\ud800"}', "BAD_JSON", id="lone surrogate"),
        pytest.param(b'{"query":"{title}\x00"}', "BAD_JSON", id="raw NUL"),
        pytest.param(b'{"query":"{title}","variables":{"a":NaN}}', "BAD_JSON", id="NaN"),
        pytest.param(b'{"query":"{title}","variables":{"a":1e999}}', "BAD_JSON", id="infinity"),
        pytest.param(b"[" * 4_000, "NESTED_TOO_DEEPLY", id="four thousand open brackets"),
        pytest.param(
            b'{"query":"{title}","variables":{"a":' + b"[" * 64 + b"]" * 64 + b"}}", "NESTED_TOO_DEEPLY", id="66 levels"
        ),
    ],
)
def test_a_bad_body_is_400(client: httpx.Client, content: bytes, code: str) -> None:
    response = post(client, content)
    assert (response.status_code, refused(response)) == (400, code)


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=8,
)
BODIES = st.binary(max_size=200) | st.fixed_dictionaries(
    {},
    optional={"query": st.text() | st.just("{title}") | JSON_VALUES, "variables": JSON_VALUES,
              "operationName": st.text() | JSON_VALUES, "extensions": JSON_VALUES},
).map(lambda value: json.dumps(value).encode())  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(content=BODIES)
def test_no_body_makes_the_server_stumble(client: httpx.Client, content: bytes) -> None:
    response = post(client, content)
    assert response.status_code in {200, 400}
    assert set(response.json()) & {"data", "errors"}


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b'{"query":"{title}","variables":null,"operationName":null,"extensions":null}', id="nulls"),
        pytest.param(b'{"query":"{title}","variables":{"a":1e30,"b":[[[1]]]}}', id="variables nobody asks for"),
        pytest.param(b'{"query":"{title}","variables":' + b'{"a":' * 60 + b"1" + b"}" * 60 + b"}", id="61 levels"),
    ],
)
def test_an_odd_but_right_body_is_answered(client: httpx.Client, content: bytes) -> None:
    assert post(client, content).json()["data"] == {"title": "厦门市政府信息公开年度报告"}


@pytest.mark.parametrize(
    "content",
    [b'{"query":"{title}\\u0000"}', b'{"query":"{ echo(text: \\"\\\\ud83d\\") }"}', b'{"query":"{ t\\u00edtle }"}'],
    ids=["NUL", "lone surrogate in a GraphQL string", "letter outside ASCII"],
)
def test_a_document_of_odd_characters_is_a_parse_error(client: httpx.Client, content: bytes) -> None:
    response = post(client, content, accept=GRAPHQL_RESPONSE)
    assert response.status_code == 400
    assert set(response.json()) == {"errors"}


@pytest.mark.parametrize(
    "media_type",
    ["", "text/plain", "text/plain;application/json", "application/x-www-form-urlencoded", "multipart/form-data",
     "application/json; charset=gbk", "application/graphql"],
)  # fmt: skip
def test_another_media_type_is_unsupported(client: httpx.Client, media_type: str) -> None:
    response = post(client, b'{"query":"{title}"}', content_type=media_type)
    assert (response.status_code, refused(response)) == (415, "UNSUPPORTED_MEDIA_TYPE")


@pytest.mark.parametrize("media_type", ["application/json;charset=UTF-8", 'Application/JSON; charset="utf-8"'])
def test_json_with_its_charset_is_supported(client: httpx.Client, media_type: str) -> None:
    assert post(client, b'{"query":"{title}"}', content_type=media_type).status_code == 200


@pytest.mark.parametrize("encoding", ["gzip", "br", "deflate", "gzip, gzip", "x"])
def test_a_compressed_body_is_never_inflated(client: httpx.Client, encoding: str) -> None:
    bomb = gzip.compress(b"0" * 3_000_000)
    response = post(client, bomb, content_encoding=encoding)
    assert (response.status_code, refused(response)) == (415, "UNSUPPORTED_CONTENT_ENCODING")


def too_large() -> bytes:
    return b'{"query":"' + b" " * BODY_LIMIT + b'"}'


def in_parts(content: bytes, size: int) -> Iterator[bytes]:
    for start in range(0, len(content), size):
        yield content[start : start + size]


def test_a_body_over_the_cap_is_refused_by_its_length(client: httpx.Client) -> None:
    response = post(client, too_large())
    assert (response.status_code, refused(response)) == (413, "BODY_TOO_LARGE")


def test_a_body_over_the_cap_is_refused_while_it_streams_in(client: httpx.Client) -> None:
    response = client.post("/graphql", content=in_parts(too_large(), 700), headers={"content-type": JSON})
    assert (response.status_code, refused(response)) == (413, "BODY_TOO_LARGE")


def test_a_body_at_the_cap_is_read_whole_from_its_parts(client: httpx.Client) -> None:
    content = b'{"query":"{title}"' + b" " * (BODY_LIMIT - 19) + b"}"
    assert len(content) == BODY_LIMIT
    response = client.post("/graphql", content=in_parts(content, 700), headers={"content-type": JSON})
    assert response.status_code == 200


def test_a_very_large_body_still_gets_its_answer(client: httpx.Client) -> None:
    response = post(client, b" " * 20_000_000)
    assert (response.status_code, refused(response)) == (413, "BODY_TOO_LARGE")


def test_a_sender_that_stalls_is_given_up(live: Live) -> None:
    with socket.create_connection(("127.0.0.1", live.port)) as raw:
        raw.sendall(
            f"POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: {JSON}\r\nContent-Length: 50\r\n\r\n{{".encode()
        )
        answer = raw.makefile("rb").read()
    assert answer.startswith(b"HTTP/1.1 408")
    assert b'"REQUEST_TIMEOUT"' in answer


@pytest.mark.parametrize(
    ("address", "status", "code"),
    [
        pytest.param("?query=", 400, "BAD_REQUEST", id="empty query"),
        pytest.param("", 400, "BAD_REQUEST", id="no query"),
        pytest.param("?query=%7Btitle%7D&query=x", 400, "BAD_REQUEST", id="query twice"),
        pytest.param("?query=%FF%FE", 400, "BAD_REQUEST", id="no UTF-8"),
        pytest.param("?query=%7Btitle%7D&variables=%7B", 400, "BAD_JSON", id="variables are no JSON"),
        pytest.param("?query=%7Btitle%7D&variables=%5B%5D", 400, "BAD_REQUEST", id="variables are a list"),
        pytest.param("?query=%7Btitle%7D&extensions=1", 400, "BAD_REQUEST", id="extensions are a number"),
        pytest.param("?" + "&".join(f"a{i}=" for i in range(99)), 400, "BAD_REQUEST", id="many parameters"),
        pytest.param("?query=" + "x" * 33_000, 414, "URL_TOO_LONG", id="long address"),
    ],
)
def test_a_bad_address_is_refused(client: httpx.Client, address: str, status: int, code: str) -> None:
    response = client.get(f"/graphql{address}")
    assert (response.status_code, refused(response)) == (status, code)


@pytest.mark.parametrize(
    ("path", "method", "allow"),
    [
        pytest.param("/graphql", "PUT", "GET, HEAD, OPTIONS, POST", id="PUT graphql"),
        pytest.param("/graphql", "DELETE", "GET, HEAD, OPTIONS, POST", id="DELETE graphql"),
        pytest.param("/graphql", "BREW", "GET, HEAD, OPTIONS, POST", id="a method nobody knows"),
        pytest.param("/healthz", "POST", "GET, HEAD, OPTIONS", id="POST healthz"),
        pytest.param("/readyz", "PATCH", "GET, HEAD, OPTIONS", id="PATCH readyz"),
    ],
)
def test_another_method_is_refused_with_those_allowed(client: httpx.Client, path: str, method: str, allow: str) -> None:
    response = client.request(method, path)
    assert (response.status_code, refused(response)) == (405, "METHOD_NOT_ALLOWED")
    assert response.headers["allow"] == allow
    options = client.options(path)
    assert (options.status_code, options.headers["allow"], options.content) == (204, allow, b"")


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/graphql?query=%7Btitle%7D"])
def test_head_is_get_without_its_body(client: httpx.Client, path: str) -> None:
    get, head = client.get(path), client.head(path)
    assert (head.status_code, head.content) == (get.status_code, b"")
    assert head.headers["content-type"] == get.headers["content-type"]
    assert head.headers["content-length"] == get.headers["content-length"]


def test_an_unknown_address_is_not_found(client: httpx.Client) -> None:
    response = client.get("/graphiql/../etc/passwd")
    assert (response.status_code, refused(response)) == (404, "NOT_FOUND")


def test_the_root_leads_to_graphql(client: httpx.Client) -> None:
    response = client.get("/")
    assert (response.status_code, response.headers["location"]) == (307, "/graphql")


def test_every_answer_forbids_framing_and_guessing_and_hides_the_server(client: httpx.Client) -> None:
    for response in (client.get("/healthz"), ask(client, "{ title }"), client.get("/none"), client.put("/graphql")):
        assert response.headers["x-content-type-options"] == "nosniff"
        assert response.headers["x-frame-options"] == "DENY"
        assert "frame-ancestors 'none'" in response.headers["content-security-policy"]
        assert "server" not in response.headers
        assert "access-control-allow-origin" not in response.headers


def test_answers_say_where_the_time_went_and_are_not_stored(client: httpx.Client) -> None:
    response = ask(client, "{ title }")
    assert "execute;dur=" in response.headers["server-timing"]
    assert response.headers["cache-control"] == "no-store"


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
    incident = response.json()["errors"][0]["message"].rsplit(" ", 1)[1]
    (record,) = [record for record in caplog.records if record.exc_info]
    assert incident in record.getMessage()
    assert "secret of db-7.internal" in str(record.exc_info)


def test_work_is_cancelled_when_the_client_leaves(live: Live) -> None:
    live.engine.cancelled.clear()
    body = b'{"query":"{title} # slow"}'
    with socket.create_connection(("127.0.0.1", live.port)) as raw:
        head = f"POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: {JSON}\r\nContent-Length: {len(body)}\r\n\r\n"
        raw.sendall(head.encode() + body)
        time.sleep(0.2)
    assert live.engine.cancelled.wait(0.5)


def test_a_client_that_leaves_while_sending_is_no_incident(live: Live, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING), socket.create_connection(("127.0.0.1", live.port)) as raw:
        raw.sendall(
            f"POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: {JSON}\r\nContent-Length: 50\r\n\r\n{{".encode()
        )
    time.sleep(0.2)
    assert caplog.records == []


def test_health_does_not_ask_mongodb(client: httpx.Client, live: Live) -> None:
    live.database.fault = DatabaseUnavailableError("away")
    response = client.get("/healthz")
    live.database.fault = None
    assert (response.status_code, response.json()) == (200, {"status": "alive"})


@pytest.mark.parametrize("fault", [DatabaseUnavailableError("db-7.internal"), DatabaseTimeoutError("db-7.internal")])
def test_readiness_follows_mongodb(client: httpx.Client, live: Live, fault: Exception) -> None:
    assert client.get("/readyz").json() == {"status": "ready"}
    live.database.fault = fault
    response = client.get("/readyz")
    live.database.fault = None
    assert response.status_code == 503
    assert refused(response) in {"DATABASE_UNAVAILABLE", "TIMEOUT"}
    assert "internal" not in response.text


@pytest.mark.parametrize("accept", [BROWSER, "text/html"])
def test_a_browser_gets_a_page(client: httpx.Client, accept: str) -> None:
    response = client.get("/graphql", headers={"accept": accept})
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    assert "公开" in response.text
    assert response.headers["vary"] == "accept"


@pytest.mark.parametrize("accept", ["*/*", JSON, f"{JSON}, text/html;q=0.9"])
def test_a_program_never_gets_the_page(client: httpx.Client, accept: str) -> None:
    response = client.get("/graphql", headers={"accept": accept})
    assert (response.status_code, refused(response)) == (400, "BAD_REQUEST")


def test_the_files_of_the_page_are_versioned_and_revalidated(client: httpx.Client) -> None:
    page = GraphiQL.installed()
    if not page.files:
        pytest.skip("GraphiQL's files are not installed: run `make static`")
    version = page.versions["boot.js"]
    kept = client.get("/graphql/static/boot.js", params={"v": version})
    assert "immutable" in kept.headers["cache-control"]
    assert client.get("/graphql/static/boot.js", params={"v": "old"}).headers["cache-control"] == "no-cache"
    again = client.get("/graphql/static/boot.js", headers={"if-none-match": kept.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert refused(client.get("/graphql/static/graphiql.py")) == "NOT_FOUND"
    assert refused(client.get("/graphql/static/..%2fgraphiql.py")) == "NOT_FOUND"


def test_every_refusal_has_a_status_of_its_kind() -> None:
    assert all(400 <= status < 500 for status in REFUSALS.values())
