"""Thousands of random questions about random stocks of reports, answered by MongoDB and by the plain-Python oracle.

`GONGKAI_ORACLE_CASES=20000 pytest tests/schema/test_oracle_cases.py -s` asks more and prints how many of each kind.
"""

import os
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from random import Random
from typing import Any
from uuid import uuid4

import pytest
from pymongo import MongoClient

from api.mongo import connect
from api.settings import Settings
from loaders import store
from loaders.database import Database
from loaders.document import Document
from schema.engine import Engine, GraphQLRequest
from tests.schema.cases import GroupCase, ListCase, rows_of
from tests.schema.conftest import fill
from tests.worlds import world

CASES = int(os.environ.get("GONGKAI_ORACLE_CASES", "5000"))
WORLDS = max(8, CASES // 625)
BATCH = 10
KINDS = {"reports": 8, "aggregate": 4, "passages": 3, "statistics": 3, "agencies": 2}
"""How many of twenty batches ask what."""

_STRIDE = 7  # takes the kinds by turns

Case = ListCase | GroupCase


@asynccontextmanager
async def stocked(uri: str, reports: list[Document], folder: Path) -> AsyncIterator[Database]:
    """A database of its own that holds these reports, with its validators and indexes."""
    settings = Settings(mongodb_uri=uri, database=f"world_{uuid4().hex}", data=folder)
    with MongoClient[Document](uri) as client:
        try:
            async with connect(settings) as opened:
                await store.prepare(opened)
                fill(client, settings.database, reports)
                yield opened
        finally:
            client.drop_database(settings.database)


def drawn(random: Random, reports: list[Document], count: int) -> list[list[Case]]:
    """Batches of cases of one kind each, `count` cases in all."""
    rows = rows_of(reports)
    kinds = [kind for kind, share in KINDS.items() for _ in range(share)]
    batches: list[list[Case]] = []
    for start in range(0, count, BATCH):
        kind, size = kinds[len(batches) * _STRIDE % len(kinds)], min(BATCH, count - start)
        if kind == "aggregate":
            batches.append([GroupCase.drawn(random, kind, reports) for _ in range(size)])
        else:
            batches.append([ListCase.drawn(random, kind, rows[kind]) for _ in range(size)])
    return batches


async def answer(engine: Engine, batch: Sequence[Case]) -> None:
    """Ask until every case of a batch has its whole answer, and hold the answers against the oracle's."""
    while left := [case for case in batch if not case.done]:
        variables = {f"{name}{n}": value for n, case in enumerate(left) for name, value in case.variables().items()}
        answered = await engine.execute(GraphQLRequest(left[0].query(left[0].name, len(left)), variables))
        assert answered.errors == [], left
        data: Any = answered.data
        for number, case in enumerate(left):
            case.take(data[f"c{number}"])
    for case in batch:
        case.check()


@pytest.mark.parametrize("seed", range(WORLDS))
async def test_mongodb_and_the_oracle_never_differ(
    seed: int, mongodb_uri: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    reports, share = world(seed), CASES // WORLDS + (seed < CASES % WORLDS)
    batches = drawn(Random(seed), reports, share)  # noqa: S311 - repeatable, not secret
    answered: Counter[str] = Counter()
    async with stocked(mongodb_uri, reports, tmp_path) as database:
        engines = [Engine(database), Engine(database, compile_plans=False)]
        for number, batch in enumerate(batches):
            await answer(engines[number % 4 == 3], batch)
            answered[batch[0].name] += len(batch)
    if "GONGKAI_ORACLE_CASES" in os.environ:
        with capsys.disabled():
            print(f"\nworld {seed}, {len(reports)} reports: {dict(answered)}")  # noqa: T201  (asked for)
    assert answered.total() == share


def test_the_worlds_share_all_cases() -> None:
    assert sum(CASES // WORLDS + (seed < CASES % WORLDS) for seed in range(WORLDS)) == CASES
