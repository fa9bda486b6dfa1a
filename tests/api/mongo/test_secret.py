"""What cursors are signed with: one secret a database, kept over restarts, unless the settings give another."""

import asyncio
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from pymongo import MongoClient

from api.mongo.driver import connect
from api.mongo.secret import kept_secret
from api.settings import Settings
from loaders.store import reports as store
from loaders.store.database import Database
from tests.documents import corpus

COMMAND = Path(sys.executable).with_name("gongkai")
PAGE = "query($after: String) { reports(first: 1, after: $after) { nodes { title } pageInfo { endCursor } } }"


async def test_a_database_keeps_one_secret(database: Database, database_settings: Settings) -> None:
    first = await kept_secret(database)
    async with connect(database_settings) as opened_again:
        second = await kept_secret(opened_again)

    assert first == second
    assert len(first) == 64


async def test_servers_that_start_at_the_same_time_agree(database: Database) -> None:
    await store.prepare(database)

    assert len(set(await asyncio.gather(*(kept_secret(database) for _ in range(5))))) == 1


async def test_another_database_has_another_secret(database: Database, database_settings: Settings) -> None:
    other = Settings(mongodb_uri=database_settings.mongodb_uri, database=f"{database_settings.database}_other")
    async with connect(other) as opened:
        theirs = await kept_secret(opened)
    with MongoClient[dict[str, object]](other.mongodb_uri) as client:
        client.drop_database(other.database)

    assert theirs != await kept_secret(database)


def test_a_secret_is_not_shown_with_the_settings() -> None:
    assert "hidden" not in repr(Settings(secret="hidden"))  # noqa: S106 - made up


@pytest.fixture
async def stored(database: Database, database_settings: Settings) -> Settings:
    """Settings of a database with three reports."""
    await store.prepare(database)
    for document in corpus(3, paragraphs=1):
        await store.store(database, document)
    return database_settings


@contextmanager
def serving(settings: Settings, **environment: str) -> Iterator[str]:
    """The GraphQL address of a server process over a database."""
    given = {"MONGODB_URI": settings.mongodb_uri, "GONGKAI_DATABASE": settings.database, **environment}
    command = [str(COMMAND), "serve", "--port", "0"]
    with subprocess.Popen(command, env={**os.environ, **given}, stdout=subprocess.PIPE, encoding="utf-8") as server:
        try:
            assert server.stdout is not None
            yield server.stdout.readline().split()[4]
        finally:
            server.terminate()
            server.wait(20)


def page(address: str, after: str | None = None) -> dict[str, Any]:
    """One page of reports, or why it was refused."""
    answer: dict[str, Any] = httpx.post(address, json={"query": PAGE, "variables": {"after": after}}, timeout=30).json()
    return answer


def test_a_cursor_outlives_its_server_and_is_refused_by_one_of_another_secret(stored: Settings) -> None:
    other = {"GONGKAI_SECRET": "other"}
    with serving(stored) as first, serving(stored) as second, serving(stored, **other) as third:
        begun = page(first)["data"]["reports"]
        after = begun["pageInfo"]["endCursor"]
        continued, refused = page(second, after), page(third, after)
    with serving(stored) as started_again:
        later = page(started_again, after)

    assert continued == later
    assert continued["data"]["reports"]["nodes"] != begun["nodes"]
    assert refused["errors"][0]["extensions"]["code"] == "BAD_CURSOR"
