"""A real server over a small schema, for tests of what stands above the schema: HTTP, statuses, failures."""

import asyncio
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx
import strawberry
import uvicorn
from graphql import execute_sync, parse, validate
from graphql.error import GraphQLSyntaxError

from api.http.app import create_app
from api.http.server import server_config
from api.settings import Settings
from loaders.errors import DatabaseForbiddenError, DatabaseTimeoutError, DatabaseUnavailableError
from schema.request import GraphQLAnswer, GraphQLRequest

JSON = "application/json"


GRAPHQL_RESPONSE = "application/graphql-response+json"


BODY_LIMIT = 5_000
PATIENCE = 20.0  # seconds that a busy machine may take for what takes none


WORDS = "information requests received, granted and refused; "


@strawberry.type
class Query:
    @strawberry.field
    def title(self) -> str:
        return "厦门市政府信息公开年度报告"

    @strawberry.field
    def echo(self, text: str) -> str:
        return text

    @strawberry.field
    def words(self, length: int) -> str:
        return (WORDS * length)[:length]

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
    begun: threading.Event = field(default_factory=threading.Event)
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
        return self._answer(request)

    async def _sleep(self) -> None:
        self.begun.set()
        try:
            await asyncio.sleep(30)
        except asyncio.CancelledError:
            self.cancelled.set()
            raise

    def _answer(self, request: GraphQLRequest) -> GraphQLAnswer:
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
        result = execute_sync(
            self.schema._schema,  # noqa: SLF001
            document,
            variable_values=request.variables,
            operation_name=request.operation_name,
        )
        messages: list[dict[str, object]] = [{"message": error.message} for error in result.errors or []]
        return GraphQLAnswer(result.data, messages, {"cost": 1}, "validate" if result.data is None else "execute")


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


@contextmanager
def serving(*, protocol: type[asyncio.Protocol] | None = None, **settings: Any) -> Iterator[Live]:
    """The small schema behind a server of its own, for as long as the block lasts; `protocol` is its parser of HTTP."""
    engine, database = SmallEngine(), SmallDatabase()
    chosen = Settings(body_limit=BODY_LIMIT, deadline_ms=1_000, **settings)
    stand_in: Any = database
    app = create_app(chosen, database=stand_in, engine=engine)
    with closing(socket.create_server(("127.0.0.1", 0))) as listener:
        config = server_config(app, chosen)
        config.http = protocol or config.http
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        while not server.started:
            time.sleep(0.01)
        try:
            yield Live(listener.getsockname()[1], engine, database)
        finally:
            server.should_exit = True
            thread.join()


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
    assert set(error["extensions"]) <= {"code", "hint", "incident"}
    assert error["message"]
    assert "json" in response.headers["content-type"]
    code: str = error["extensions"]["code"]
    return code
