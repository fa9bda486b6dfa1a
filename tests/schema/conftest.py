"""A database stocked with made-up reports, and engines over it; the stock is written once and only read."""

import asyncio
import os
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from typing import Any
from uuid import uuid4

import pytest
from pymongo import MongoClient

from api.mongo.driver import connect
from api.settings import Settings
from loaders.document import Document
from loaders.store import reports as store
from loaders.store.database import Database
from loaders.store.derived_rows import AGENCIES, DERIVED, agency_row
from loaders.store.region_rows import REGIONS, region_rows
from schema.engine import Engine, GraphQLAnswer, GraphQLRequest
from tests.documents import corpus
from tests.recording import RecordingDatabase

Ask = Callable[..., Awaitable[GraphQLAnswer]]


@pytest.fixture(scope="session")
def reports() -> list[Document]:
    """The stock: consistent reports of every edition, and some that fail a sum."""
    return corpus(40, seed=1)


@pytest.fixture(scope="session")
def stocked_settings(
    mongodb_uri: str, reports: list[Document], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Settings]:
    """Settings of a database that holds the stock, with everything that is derived from it."""
    name = f"stock_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}_{uuid4().hex[:8]}"
    with MongoClient[dict[str, Any]](mongodb_uri) as client:
        fill(client, name, reports)
        settings = Settings(mongodb_uri=mongodb_uri, database=name, data=tmp_path_factory.mktemp("stock"))
        asyncio.run(_index(settings))
        yield settings
        client.drop_database(name)


async def _index(settings: Settings) -> None:
    async with connect(settings) as opened:
        await store.prepare(opened)


def fill(client: MongoClient[dict[str, Any]], name: str, reports: list[Document]) -> None:
    """Write reports, and the rows that are derived from them, as they would be after loading."""
    client[name]["reports"].insert_many(reports)
    for collection, rows_of in DERIVED.items():
        if rows := [row for report in reports for row in rows_of(report)]:
            client[name][collection].insert_many(rows)
    for collection, rows in shared_rows(reports).items():
        if rows:
            client[name][collection].insert_many(rows)


def shared_rows(reports: Sequence[Document]) -> dict[str, list[Document]]:
    """The rows of the collections whose rows several reports share."""
    published: dict[str, list[tuple[str, int | None]]] = {}
    for report in reports:
        published.setdefault(report["agency"]["name"], []).append((report["kind"], report["year"]))
    rows = [agency_row(report, published[report["agency"]["name"]]) for report in reports]
    agencies = {row["_id"]: row for row in rows if row}
    placed = sorted((row for report in reports for row in region_rows(report)), key=lambda row: row["code"] or "")
    regions = {row["_id"]: row for row in placed}
    return {AGENCIES: list(agencies.values()), REGIONS: list(regions.values())}


@pytest.fixture
async def stocked(stocked_settings: Settings) -> AsyncIterator[RecordingDatabase]:
    """The stocked database, with its indexes, noting each command that is sent to it."""
    async with connect(stocked_settings) as opened:
        yield RecordingDatabase(opened)


@pytest.fixture
def engine(stocked: Database) -> Engine:
    """An engine over the stock."""
    return Engine(stocked)


@pytest.fixture
def ask(engine: Engine) -> Ask:
    """Asks one engine."""

    async def asked(query: str, **variables: Any) -> GraphQLAnswer:
        return await engine.execute(GraphQLRequest(query, variables))

    return asked
