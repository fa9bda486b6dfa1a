"""Exports over HTTP: real servers over a real MongoDB, read by real clients, patient and impatient."""

import asyncio
import csv
import io
import json
import random
import socket
import threading
import time
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import aclosing, asynccontextmanager, closing, contextmanager
from dataclasses import dataclass, field
from typing import Any, cast
from uuid import uuid4

import httpx
import pytest
import uvicorn
from pymongo import MongoClient

from api.http import export as export_http
from api.http.app import create_app
from api.http.server import server_config
from api.mongo.driver import connect
from api.settings import Settings
from loaders.document import Document
from loaders.errors import DatabaseUnavailableError
from loaders.store.database import Database, Sort
from schema.engine import Engine
from schema.export.plan import Exporter
from tests.documents import corpus
from tests.recording import RecordingDatabase
from tests.schema.conftest import fill
from tests.small_server import refused

CAP = 5_000
MANY = 20_000
CODINGS = ["gzip", "identity"]
REPORTS = corpus(12, seed=7)


@dataclass
class WatchedDatabase(RecordingDatabase):
    """A real database whose streams are watched, and can be told to wait, to hold or to fail after some rows."""

    given: int = 0
    open: int = 0
    wait: float = 0
    fails_after: int = -1
    holds_after: int = -1
    released: threading.Event = field(default_factory=threading.Event)
    ended: threading.Event = field(default_factory=threading.Event)

    async def stream(  # noqa: PLR0913 - an async generator is what the protocol asks for
        self,
        collection: str,
        where: Mapping[str, Any],
        *,
        deadline_ms: int,
        projection: Mapping[str, Any] | None = None,
        sort: Sort = (),
        hint: str = "",
        collation: Mapping[str, Any] | None = None,
    ) -> AsyncIterator[Document]:
        """See `Database.stream`."""
        found = super().stream(
            collection,
            where,
            deadline_ms=deadline_ms,
            projection=projection,
            sort=sort,
            hint=hint,
            collation=collation,
        )
        self.open += 1
        try:
            async with aclosing(cast("Any", found)) as documents:
                await asyncio.sleep(self.wait)
                async for document in documents:
                    if self.given == self.fails_after:
                        raise DatabaseUnavailableError("db-7.internal went away")
                    if self.given == self.holds_after:
                        await asyncio.to_thread(self.released.wait, 20)
                    self.given += 1
                    yield document
        finally:
            self.open -= 1
            self.ended.set()


@dataclass
class Live:
    address: str
    database: WatchedDatabase

    def get(self, path: str, **parameters: Any) -> httpx.Response:
        return httpx.get(f"{self.address}/export/{path}", params=parameters, timeout=30)


Serve = Callable[..., Live]


@pytest.fixture(scope="module")
def stocked(mongodb_uri: str) -> Iterator[str]:
    """A database with some reports, and with passages by the thousand of reports that are not there."""
    name = f"export_{uuid4().hex[:8]}"
    with MongoClient[dict[str, Any]](mongodb_uri) as client:
        fill(client, name, REPORTS)
        owner = {key: REPORTS[0][key] for key in ("kind", "scope", "template", "agency")}
        noise = random.Random(7)  # noqa: S311 - or gzip would make the passages too small for any client to be too slow
        client[name]["passages"].insert_many(
            [
                {
                    "_id": f"x/{n}",
                    "report": "x",
                    **owner,
                    "year": 1999,
                    "id": f"p{n}",
                    "section": "s1",
                    "text": f"全年通过门户网站公开政府信息。{noise.randbytes(400).hex()}",
                }
                for n in range(MANY)
            ]
        )
        yield name
        client.drop_database(name)


@contextmanager
def serving(settings: Settings, **watched: Any) -> Iterator[Live]:
    made: list[WatchedDatabase] = []

    @asynccontextmanager
    async def open_database(_settings: Settings) -> AsyncIterator[Database]:
        async with connect(settings) as opened:
            made.append(WatchedDatabase(opened, **watched))
            yield made[0]

    app = create_app(settings, open_database=open_database, build_engine=lambda database, _: Engine(database))
    with closing(socket.create_server(("127.0.0.1", 0))) as listener:
        server = uvicorn.Server(server_config(app, settings))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        while not server.started:
            time.sleep(0.01)
        try:
            yield Live(f"http://127.0.0.1:{listener.getsockname()[1]}", made[0])
        finally:
            server.should_exit = True
            thread.join()


@pytest.fixture
def live(mongodb_uri: str, stocked: str) -> Iterator[Live]:
    """A server with the cap above the reports and below the passages."""
    with serving(Settings(mongodb_uri=mongodb_uri, database=stocked, export_rows=CAP)) as live:
        yield live


@pytest.fixture
def generous(mongodb_uri: str, stocked: str) -> Iterator[Live]:
    """A server whose cap no export here reaches."""
    with serving(Settings(mongodb_uri=mongodb_uri, database=stocked)) as live:
        yield live


def rows_of(answer: httpx.Response) -> list[dict[str, Any]]:
    assert answer.status_code == 200, answer.text
    return [json.loads(line) for line in answer.text.split("\n") if line]


def test_csv_is_a_file_with_chinese_and_every_figure(live: Live) -> None:
    answer = live.get("reports.csv")

    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.headers["content-disposition"] == 'attachment; filename="gongkai-reports.csv"'
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.content.startswith(b"\xef\xbb\xbf")
    found = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")))
    assert list(found[0]) == list(Exporter().plan("reports").names)
    assert sorted(row["agency.name"] for row in found) == sorted(report["agency"]["name"] for report in REPORTS)


def test_ndjson_by_post_and_by_get_and_graphql_agree(live: Live) -> None:
    where = {"year": {"gte": 2019}, "agency": {"region": {"province": {"eq": "霁南省"}}}}
    by_get = live.get("reports.ndjson", where=json.dumps(where), fields="id,requests.received.total")
    by_post = httpx.post(
        f"{live.address}/export/reports.ndjson",
        json={"where": where, "fields": ["id", "requests.received.total"]},
    )
    asked = httpx.post(
        f"{live.address}/graphql",
        json={
            "query": "query ($w: ReportWhere) { reports(where: $w) { nodes { id requests { received { total } } } } }",
            "variables": {"w": where},
        },
    ).json()["data"]["reports"]["nodes"]

    assert by_get.content == by_post.content
    assert by_get.headers["content-type"].startswith("application/x-ndjson")
    total = {node["id"]: ((node["requests"] or {}).get("received") or {}).get("total") for node in asked}
    assert {row["id"]: row["requests.received.total"] for row in rows_of(by_get)} == total
    assert total


def test_an_export_of_nothing_is_a_file_with_headings_alone(live: Live) -> None:
    where = json.dumps({"year": {"eq": 1900}})

    assert live.get("cells.csv", where=where, fields="path", bom="false").text.count("\r\n") == 1
    assert live.get("cells.ndjson", where=where).content == b""


def test_head_tells_the_headers_and_reads_nothing(live: Live) -> None:
    answer = httpx.head(f"{live.address}/export/cells.csv")

    assert (answer.status_code, answer.content) == (200, b"")
    assert "gongkai-cells.csv" in answer.headers["content-disposition"]
    assert "content-length" not in answer.headers
    assert live.database.given == 0


def test_more_rows_than_the_cap_are_refused_before_the_first_byte(live: Live) -> None:
    answer = live.get("passages.ndjson")

    assert answer.status_code == 400
    assert refused(answer) == "TOO_MANY_ROWS"
    assert str(CAP) in answer.json()["errors"][0]["message"]
    assert live.database.given == 0


def test_a_limit_within_the_cap_gives_the_first_rows(live: Live) -> None:
    assert len(rows_of(live.get("passages.ndjson", limit=CAP))) == CAP
    assert live.database.ended.wait(5)
    assert live.database.open == 0


REFUSALS = [
    pytest.param("reports.ndjson", {"where": '{"yeer": 1}'}, 400, "BAD_FILTER", "'year'", id="filter"),
    pytest.param("reports.ndjson", {"where": "{"}, 400, "BAD_JSON", "", id="no JSON"),
    pytest.param("reports.ndjson", {"where": "[" * 99 + "]" * 99}, 400, "NESTED_TOO_DEEPLY", "", id="deep JSON"),
    pytest.param("reports.ndjson", {"fields": "yaer"}, 400, "UNKNOWN_FIELD", "year", id="field"),
    pytest.param("reports.ndjson", {"wher": "{}"}, 400, "BAD_REQUEST", "where", id="parameter"),
    pytest.param("reports.ndjson", {"limit": "0"}, 400, "BAD_REQUEST", "", id="limit of nothing"),
    pytest.param("reports.ndjson", {"limit": "9" * 5_000}, 400, "BAD_REQUEST", "", id="limit of many digits"),
    pytest.param("reports.ndjson", {"limit": CAP + 1}, 400, "BAD_LIMIT", "", id="limit over the cap"),
    pytest.param("reports.csv", {"bom": "no"}, 400, "BAD_REQUEST", "", id="mark"),
    pytest.param("report.csv", {}, 404, "UNKNOWN_EXPORT", "reports", id="export"),
    pytest.param("reports.cvs", {}, 404, "NOT_FOUND", "csv", id="format"),
    pytest.param("reports", {}, 404, "NOT_FOUND", "", id="no format"),
]


@pytest.mark.parametrize(("path", "parameters", "status", "code", "hint"), REFUSALS)
def test_a_wrong_request_is_refused_in_the_one_error_shape(  # noqa: PLR0913 - a table of cases
    *, live: Live, path: str, parameters: dict[str, Any], status: int, code: str, hint: str
) -> None:
    answer = live.get(path, **parameters)

    assert (answer.status_code, refused(answer)) == (status, code)
    assert hint in answer.json()["errors"][0]["extensions"].get("hint", "")
    assert "content-disposition" not in answer.headers


def test_rows_that_do_not_start_in_time_are_refused(mongodb_uri: str, stocked: str) -> None:
    settings = Settings(mongodb_uri=mongodb_uri, database=stocked, deadline_ms=500)
    with serving(settings, wait=5) as slow:
        answer = slow.get("reports.csv")

        assert (answer.status_code, refused(answer)) == (504, "TIMEOUT")
        assert slow.database.ended.wait(5)


def test_a_fault_before_the_first_byte_is_told_and_names_no_host(mongodb_uri: str, stocked: str) -> None:
    with serving(Settings(mongodb_uri=mongodb_uri, database=stocked), fails_after=0) as failing:
        answer = failing.get("reports.csv")

    assert (answer.status_code, refused(answer)) == (503, "DATABASE_UNAVAILABLE")
    assert "db-7" not in answer.text


@pytest.mark.parametrize("coding", CODINGS)
def test_a_fault_half_way_breaks_the_transfer_off(mongodb_uri: str, stocked: str, coding: str) -> None:
    settings = Settings(mongodb_uri=mongodb_uri, database=stocked)
    with serving(settings, fails_after=500) as failing, pytest.raises(httpx.RemoteProtocolError):
        httpx.get(f"{failing.address}/export/passages.csv", headers={"accept-encoding": coding}, timeout=30)


@pytest.mark.parametrize("coding", CODINGS)
def test_rows_arrive_while_later_ones_are_not_yet_read(mongodb_uri: str, stocked: str, coding: str) -> None:
    address, headers = "/export/passages.ndjson", {"accept-encoding": coding}
    settings = Settings(mongodb_uri=mongodb_uri, database=stocked)
    with (
        serving(settings, holds_after=2_000) as held,
        httpx.stream("GET", f"{held.address}{address}", headers=headers, timeout=30) as answer,
    ):
        lines = answer.iter_lines()
        early = [next(lines) for _ in range(2_000)]
        assert held.database.given == len(early)
        held.database.released.set()

        assert len(early) + len(list(lines)) > MANY
        assert ("content-encoding" in answer.headers) == (coding == "gzip")
        assert "content-length" not in answer.headers


def impatient(live: Live, coding: str) -> socket.socket:
    """A client that asks for every passage, and takes as little as a client can."""
    host, _, port = live.address.removeprefix("http://").partition(":")
    client = socket.socket()
    client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
    client.connect((host, int(port)))
    client.sendall(f"GET /export/passages.ndjson HTTP/1.1\r\nHost: x\r\nAccept-Encoding: {coding}\r\n\r\n".encode())
    assert client.recv(100).startswith(b"HTTP/1.1 200")
    return client


@pytest.mark.parametrize("coding", CODINGS)
def test_rows_are_read_no_faster_than_the_client_takes_them(generous: Live, coding: str) -> None:
    with closing(impatient(generous, coding)):
        given = -1
        while generous.database.given != given:  # until the way to the client is full, however long that takes
            given = generous.database.given
            time.sleep(1)

        assert 0 < given < MANY
        assert generous.database.open == 1


@pytest.mark.parametrize("coding", CODINGS)
def test_a_client_that_goes_away_ends_the_reading(generous: Live, coding: str) -> None:
    impatient(generous, coding).close()

    assert generous.database.ended.wait(5)
    assert generous.database.given < MANY
    assert generous.database.open == 0
    assert httpx.get(f"{generous.address}/healthz").status_code == 200


@pytest.mark.parametrize("coding", CODINGS)
def test_a_client_that_takes_nothing_for_too_long_is_cut_off(
    generous: Live, monkeypatch: pytest.MonkeyPatch, coding: str
) -> None:
    monkeypatch.setattr(export_http, "STALL_SECONDS", 0.3)
    with closing(impatient(generous, coding)):
        assert generous.database.ended.wait(5)
        assert generous.database.given < MANY


def test_all_rows_arrive_at_a_client_that_takes_them(generous: Live) -> None:
    answer = generous.get("passages.ndjson", fields="report,passage,text", where='{"year": {"eq": 1999}}')

    rows = rows_of(answer)
    assert len(rows) == MANY
    assert len({row["passage"] for row in rows}) == MANY
