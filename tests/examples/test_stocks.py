"""Every documented query answers sensibly on whatever is loaded: the samples, real reports, both, or nothing at all."""

import asyncio
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from pymongo import MongoClient

from api.mongo.driver import connect
from api.settings import Settings
from loaders.batch import parse_all
from loaders.file_formats import SUFFIXES
from loaders.file_formats.sources import inventory
from loaders.store import reports as store
from schema.engine import Engine, GraphQLRequest
from tests.documented import QUERIES, ROOT
from tests.shared import REPORTS

SAMPLES = ROOT / "loaders" / "samples"
STOCKS: dict[str, Sequence[Path]] = {
    "samples": [SAMPLES],
    "samples and real reports": [SAMPLES, REPORTS],
    "real reports": [REPORTS],
    "nothing": [],
}
SAID = re.compile(r"^# Empty where .*\n# .*[\u4e00-\u9fff].*空", re.MULTILINE)
"""How a query's comment says, in English and in Chinese, why it may find nothing."""


@pytest.fixture(
    scope="module",
    params=[
        pytest.param(stock, marks=pytest.mark.shared if REPORTS in folders else (), id=stock.replace(" ", "-"))
        for stock, folders in STOCKS.items()
    ],
)
def stocked(
    request: pytest.FixtureRequest, mongodb_uri: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, Settings]]:
    """A stock by its name, and the settings of a database that has it."""
    name = f"test_stocks_{uuid4().hex[:12]}"
    settings = Settings(mongodb_uri=mongodb_uri, database=name, data=tmp_path_factory.mktemp("data"))
    asyncio.run(_load(settings, STOCKS[request.param]))
    yield request.param, settings
    with MongoClient[dict[str, object]](mongodb_uri) as client:
        client.drop_database(name)


async def _load(settings: Settings, folders: Sequence[Path]) -> None:
    async with connect(settings) as database:
        await store.prepare(database)
        for outcome in parse_all(inventory(folders, suffixes=SUFFIXES).entries, jobs=1):
            assert outcome.document, outcome.fault
            await store.store(database, outcome.document)


def is_empty(answer: Any) -> bool:
    """Whether a root field found nothing: null, an empty list, or a page of one."""
    if isinstance(answer, dict):
        return any(answer.get(key) in ([], 0) for key in ("nodes", "edges", "totalCount"))
    return answer in (None, [])


@pytest.mark.parametrize("name", QUERIES)
async def test_a_documented_query_answers_on_every_stock(name: str, stocked: tuple[str, Settings]) -> None:
    stock, settings = stocked
    async with connect(settings) as database:
        answer = await Engine(database).execute(GraphQLRequest(QUERIES[name]))

    assert answer.errors == []
    assert isinstance(answer.data, dict)
    empty = [field for field, found in answer.data.items() if is_empty(found)]
    if empty and stock != "nothing":
        assert SAID.search(QUERIES[name]), f"{empty} say nothing, and no comment says why"


@pytest.mark.parametrize(
    ("answer", "empty"),
    [
        (None, True),
        ([], True),
        ({"nodes": []}, True),
        ({"totalCount": 0}, True),
        ({"title": None}, False),
        ([1], False),
    ],
)
def test_an_empty_answer_would_be_seen(answer: object, *, empty: bool) -> None:
    assert is_empty(answer) == empty
