"""Fixtures of the whole suite: a real mongod, started once and shared by all workers, and a fresh database for a test.

Nothing stands in for MongoDB. Where no mongod can be had the tests fail and say what to install; they never skip.
What needs the owner's reports is skipped where they are not, all of it in one line of the summary.
"""

import os
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from hypothesis import settings as hypothesis_settings
from pymongo import MongoClient

from api.mongo.driver import connect, make_primary
from api.mongo.private_mongod import Lease
from api.settings import Settings
from loaders.store.database import Database
from tests.shared import ABSENT, IS_THERE

# An example that takes long on a busy machine is no fault; slowness is for the benchmarks.
hypothesis_settings.register_profile("any machine", deadline=None)
hypothesis_settings.load_profile("any machine")


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip what reads the owner's reports where they are not; from one place, so that pytest counts it in one line."""
    if not IS_THERE and item.get_closest_marker("shared"):
        pytest.skip(ABSENT)


@pytest.fixture(scope="session")
def mongodb_uri(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the suite's own mongod; the workers of one run share it as concurrent commands do."""
    own = tmp_path_factory.getbasetemp()
    shared = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    lease = Lease(shared / "gongkai", make_primary=make_primary)
    try:
        yield lease.join()
    finally:
        lease.leave()


@pytest.fixture
def database_settings(mongodb_uri: str, tmp_path: Path) -> Iterator[Settings]:
    """Settings that name a database no other test uses; it is dropped afterwards."""
    settings = Settings(mongodb_uri=mongodb_uri, database=f"test_{uuid4().hex}", data=tmp_path)
    yield settings
    with MongoClient[dict[str, object]](mongodb_uri) as client:
        client.drop_database(settings.database)


@pytest.fixture
async def database(database_settings: Settings) -> AsyncIterator[Database]:
    """An open, empty database."""
    async with connect(database_settings) as opened:
        yield opened
