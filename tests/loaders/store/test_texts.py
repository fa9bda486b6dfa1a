"""Many reports stored together end as they do one after the other, whatever stands among them."""

import asyncio
from collections.abc import Container, Sequence
from copy import deepcopy
from datetime import UTC, datetime
from random import Random
from typing import Any

import pytest

from api.mongo.packed import packed
from loaders.document import Document
from loaders.errors import DatabaseError, DocumentRefusedError
from loaders.store import reports as store
from loaders.store.collections import COLLECTIONS, REPORTS, REVISIONS, STATE
from loaders.store.database import Database
from loaders.store.derived_rows import PASSAGES
from loaders.store.reports import Stored
from tests.loaders.store.test_cross_report_checks import BUREAUS, COUNTY, YEARS, member, of_year
from tests.loaders.store.test_reports import placed, report

DEADLINE_MS = 5_000
NOW = datetime(2026, 1, 2, tzinfo=UTC)


def newer(document: Document) -> Document:
    """The same text, read by a newer parser."""
    return {**document, "source": {**document["source"], "parserVersion": "2"}}


OTHER_TEXTS = (
    of_year(2020, carried=5, pending=6, text="第二稿"),
    of_year(2020, carried=4, pending=6),  # the first text once more
    newer(of_year(2019, carried=3, pending=4)),
    member("青岚县水务局", 7, text="第二稿"),
    report("甲", agency=None),
    report("乙", agency=None),
    report("乙", agency=None),
    *(placed(f"白石县第{number}局", code, "白石县") for number, code in enumerate((None, "990121", "990181"))),
    newer(placed("白石县第0局", "990199", "柳塘区")),
)
ALL = [*YEARS, *BUREAUS, COUNTY, *OTHER_TEXTS]


async def stored(
    database: Database, documents: Sequence[Document], sizes: Sequence[int], beside: Container[str] = ()
) -> list[Any]:
    """What storing the documents did, so many of them together."""
    outcomes: list[Any] = []
    for size in sizes:
        some = deepcopy(list(documents[len(outcomes) : len(outcomes) + size]))
        outcomes += [outcome async for _, outcome in store.store_all(database, some, beside=beside, now=NOW)]
    return outcomes


async def everything(database: Database) -> dict[str, list[Document]]:
    """All documents of all collections, in order."""
    return {
        collection: await database.find(collection, {}, sort=[("_id", 1)], deadline_ms=DEADLINE_MS)
        for collection in COLLECTIONS
        if collection != STATE
    }


async def emptied(database: Database) -> None:
    from loaders.store.database import DeleteMany  # noqa: PLC0415 - nothing but a test empties a database

    await database.transact([DeleteMany(collection, {}) for collection in COLLECTIONS if collection != STATE])


@pytest.fixture
async def prepared(database: Database) -> Database:
    """A database whose collections have their validators and indexes."""
    await store.prepare(database)
    return database


async def test_many_together_end_as_one_after_the_other(prepared: Database) -> None:
    random = Random(11)  # noqa: S311 - repeatable, not secret
    for _ in range(3):
        documents = random.sample(ALL, len(ALL))
        one_by_one = [await store.store(prepared, deepcopy(document), now=NOW) for document in documents]
        expected = await everything(prepared)
        for sizes in ([len(documents)], [1, 5, len(documents) - 6], [7, 7, len(documents) - 14]):
            await emptied(prepared)

            assert await stored(prepared, documents, sizes) == one_by_one
            assert await everything(prepared) == expected
        await emptied(prepared)


async def test_rows_that_are_made_beforehand_are_those_that_storing_makes(prepared: Database) -> None:
    documents = [*YEARS, COUNTY, *OTHER_TEXTS[:2]]
    expected = await stored(prepared, documents, [len(documents)])
    whole = await everything(prepared)
    await emptied(prepared)

    rows = [packed(document) for document in documents]
    given = [outcome async for _, outcome in store.store_all(prepared, deepcopy(documents), packed=rows, now=NOW)]

    assert None not in rows
    assert given == expected
    assert await everything(prepared) == whole


def test_rows_that_cannot_be_packed_are_left_to_be_refused() -> None:
    assert packed(report("\ud800")) is None


async def test_the_same_again_changes_nothing(prepared: Database) -> None:
    documents = [*YEARS, *BUREAUS, COUNTY]  # with two texts of one report
    await stored(prepared, documents, [len(documents)])
    before = await everything(prepared)
    given = {document["source"]["sha256"] for document in documents}

    assert {*await stored(prepared, documents, [2, len(documents) - 2], given)} == {Stored.UNCHANGED}
    assert await everything(prepared) == before


async def test_one_that_is_refused_keeps_no_other_out(prepared: Database) -> None:
    refused = report("拒", agency="青岚县教育局")
    refused["requests"]["received"]["total"] = "三件"
    others = [report(agency=f"第{number}局") for number in range(8)]

    outcomes = await stored(prepared, [*others[:5], refused, *others[5:]], [9])

    assert [type(outcome) for outcome in outcomes] == [Stored] * 5 + [DocumentRefusedError] + [Stored] * 3
    found = await everything(prepared)
    assert {row["_id"] for row in found[REPORTS]} == {other["_id"] for other in others}


async def test_batches_of_several_at_a_time_end_as_one_after_the_other(prepared: Database) -> None:
    documents = [*YEARS, *BUREAUS, COUNTY]
    for document in documents:
        await store.store(prepared, deepcopy(document), now=NOW)
    expected = {key: rows for key, rows in (await everything(prepared)).items() if key != "agencies"}
    await emptied(prepared)

    halves = [documents[::2], documents[1::2], documents]
    found = await asyncio.gather(*(stored(prepared, half, [len(half)]) for half in halves))

    assert not [outcome for outcomes in found for outcome in outcomes if isinstance(outcome, DatabaseError)]
    ended = await everything(prepared)
    assert {row["_id"] for row in ended[REPORTS]} == {row["_id"] for row in expected[REPORTS]}
    assert [verdicts(row) for row in ended[REPORTS]] == [verdicts(row) for row in expected[REPORTS]]


def verdicts(document: Document) -> list[tuple[str, ...]]:
    return sorted((one["rule"], str(one["subject"]), one["status"], str(one["left"])) for one in document["checks"])


async def test_several_that_bring_an_earlier_text_back_at_a_time_bring_it_back_once(prepared: Database) -> None:
    for text in ("第一稿", "第二稿"):
        await store.store(prepared, report(text))

    outcomes = await asyncio.gather(*(store.store(prepared, report("第一稿")) for _ in range(4)))

    assert sorted(outcomes) == [Stored.RESTORED, *[Stored.UNCHANGED] * 3]
    found = await everything(prepared)
    assert [row["revision"] for row in found[REPORTS]] == [3]
    assert [row["revision"] for row in found[REVISIONS]] == [1, 2]


async def test_an_empty_database_that_is_filled_has_all_its_indexes_in_the_end(prepared: Database) -> None:
    whole = await indexes(prepared)
    await store.prepare(prepared, is_filling=True)
    fewer = await indexes(prepared)
    await stored(prepared, ALL, [len(ALL)])
    found = await prepared.find(PASSAGES, {"text": "甲"}, hint="grams", deadline_ms=DEADLINE_MS)  # read all the same
    await store.prepare(prepared, is_filling=True)  # no longer empty

    assert fewer < whole
    assert [row["text"] for row in found] == ["甲"]
    assert await indexes(prepared) == whole


async def indexes(database: Database) -> set[tuple[str, str]]:
    """The names of all indexes, each with its collection."""
    stages: list[dict[str, Any]] = [{"$indexStats": {}}]
    return {
        (collection, row["name"])
        for collection in COLLECTIONS
        for row in await database.aggregate(collection, stages, deadline_ms=DEADLINE_MS)
    }
