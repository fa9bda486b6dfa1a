"""Thousands of random questions about random stocks of reports, answered by MongoDB and by the plain-Python oracle.

`GONGKAI_ORACLE_CASES=20000 pytest tests/schema/test_oracle_cases.py -s` asks more and prints how many of each kind.
"""

import os
from collections import Counter
from pathlib import Path
from random import Random

import pytest

from loaders.document import Document
from schema.engine import Engine
from tests.schema.cases import GROUPED, Case, GroupCase, ListCase, answer, rows_of, stocked
from tests.worlds import world

CASES = int(os.environ.get("GONGKAI_ORACLE_CASES", "3000"))
WORLDS = max(8, CASES // 625)
BATCH = 10
KINDS = {
    "reports": 7,
    "aggregate": 3,
    "aggregateStatistics": 2,
    "aggregatePassages": 1,
    "aggregateMentions": 1,
    "passages": 2,
    "statistics": 2,
    "mentions": 1,
    "agencies": 2,
    "regions": 1,
}
"""How many of so many batches ask what."""

_STRIDE = 7  # takes the kinds by turns


def drawn(random: Random, reports: list[Document], count: int) -> list[list[Case]]:
    """Batches of cases of one kind each, `count` cases in all."""
    rows = rows_of(reports)
    kinds = [kind for kind, share in KINDS.items() for _ in range(share)]
    batches: list[list[Case]] = []
    for start in range(0, count, BATCH):
        kind, size = kinds[len(batches) * _STRIDE % len(kinds)], min(BATCH, count - start)
        if kind in GROUPED:
            batches.append([GroupCase.drawn(random, kind, rows[GROUPED[kind].collection]) for _ in range(size)])
        else:
            batches.append([ListCase.drawn(random, kind, rows[kind]) for _ in range(size)])
    return batches


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
