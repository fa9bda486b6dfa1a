"""What every documented query sends to MongoDB is served by an index; the server itself says so."""

import asyncio
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from pymongo import MongoClient

from api.mongo.driver import connect
from api.settings import Settings
from loaders.file_formats import SUFFIXES, read
from loaders.file_formats.sources import fetch, inventory
from loaders.pipeline import parse
from loaders.store import reports as store
from loaders.store.collections import REPORTS
from loaders.store.derived_rows import PASSAGES, STATISTICS, SUMMARIES
from schema.engine import Engine, GraphQLRequest
from tests.documented import QUERIES
from tests.explaining import explained, names
from tests.recording import RecordingDatabase

ROOT = Path(__file__).parents[2]
LARGE = {REPORTS, SUMMARIES, PASSAGES, STATISTICS}


@pytest.fixture(scope="module")
def sampled(mongodb_uri: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    """Settings of a database that has the samples."""
    settings = Settings(
        mongodb_uri=mongodb_uri, database=f"test_commands_{uuid4().hex[:12]}", data=tmp_path_factory.mktemp("data")
    )
    asyncio.run(_load(settings))
    yield settings
    with MongoClient[dict[str, object]](mongodb_uri) as client:
        client.drop_database(settings.database)


async def _load(settings: Settings) -> None:
    async with connect(settings) as database:
        await store.prepare(database)
        for entry in inventory([ROOT / "loaders" / "samples"], suffixes=SUFFIXES).entries:
            source = fetch(entry)
            await store.store(database, parse(read(source), name=source.name))


def as_sent(command: Mapping[str, Any]) -> dict[str, Any]:
    """A recorded read as MongoDB takes it."""
    if "aggregate" in command:
        return {"aggregate": command["aggregate"], "pipeline": command["pipeline"], "cursor": {}}
    if "count" in command:
        stages = [{"$match": command["filter"]}, {"$limit": command["cap"]}, {"$count": "n"}]
        return {"aggregate": command["count"], "pipeline": stages, "cursor": {}}
    options = {key: command[key] for key in ("filter", "projection", "limit") if key in command}
    return {"find": command["find"], "sort": dict(command.get("sort", ())), **options}


def draws_lots(command: Mapping[str, Any]) -> bool:
    """Whether a command reads so many rows at random: of a large collection MongoDB then reads no others."""
    return "$sample" in (command.get("pipeline") or [{}])[0]


@pytest.mark.parametrize("name", QUERIES)
async def test_a_documented_query_reads_by_an_index(name: str, sampled: Settings) -> None:
    async with connect(sampled) as database:
        recording = RecordingDatabase(database)
        answer = await Engine(recording).execute(GraphQLRequest(QUERIES[name]))

    assert answer.errors == []
    commands = [as_sent(command) for command in recording.sent]
    read = [command for command in commands if next(iter(command.values())) in LARGE and not draws_lots(command)]
    scanned = [command for command in read if "COLLSCAN" in names(explained(sampled, command))]
    assert scanned == []


@pytest.mark.parametrize(
    "command",
    [
        {"find": REPORTS, "filter": {"rawText": "x"}},
        {"count": REPORTS, "filter": {"rawText": "x"}, "cap": 5},
        {"aggregate": REPORTS, "pipeline": [{"$match": {"rawText": "x"}}, {"$group": {"_id": "$year"}}]},
        {"aggregate": REPORTS, "pipeline": [{"$set": {"a": {"$rand": {}}}}, {"$sort": {"a": 1}}]},
    ],
    ids=["find", "count", "group", "pipeline"],
)
def test_a_scan_would_be_seen(command: Mapping[str, Any], sampled: Settings) -> None:
    assert "COLLSCAN" in names(explained(sampled, as_sent(command)))
