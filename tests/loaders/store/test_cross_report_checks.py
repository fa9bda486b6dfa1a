"""Checks that need other reports, in a real MongoDB: the same whatever is stored first, and after every change."""

import asyncio
from collections.abc import Sequence
from copy import deepcopy
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from loaders.batch import parse_entry
from loaders.document import Document, report_id
from loaders.file_formats import SUFFIXES
from loaders.file_formats.sources import inventory
from loaders.store import reports as store
from loaders.store.collections import REPORTS, REVISIONS
from loaders.store.database import Database
from loaders.store.derived_rows import AGENCIES, SUMMARIES, summary_rows
from loaders.store.reports import Stored
from tests.loaders.checks.documents import report

SAMPLES = Path(__file__).parents[3] / "loaders" / "samples"
DEADLINE_MS = 5_000
REGION = {"code": None, "province": "霁南省", "prefecture": "澜川市", "county": "青岚县", "township": None}


def of_year(year: int, *, carried: int, pending: int, text: str = "第一稿", **fields: Any) -> Document:
    """A bureau's report on a year: what was carried over into it and what it left pending."""
    figures = {"requests.carriedOver.total": carried, "requests.pending.total": pending, "requests.received.total": 9}
    document = report(
        figures,
        year=year,
        rawText=text,
        source={"name": f"{year}.txt", "sha256": f"hash of {text} of {year}", "parserVersion": "1"},
        revision=1,
        supersedes=None,
        **{"agency": agency("青岚县水务局"), **fields},
    )
    return {**document, "_id": report_id(document)}


def agency(name: str, type_: str = "DEPARTMENT") -> Document:
    return {"name": name, "level": "COUNTY", "type": type_, "region": REGION, "candidates": []}


def member(name: str, received: int, *, scope: str = "DEPARTMENT", text: str = "第一稿") -> Document:
    """A report of the county or of one of its agencies."""
    type_ = "GOVERNMENT" if scope == "REGION_AGGREGATE" else "DEPARTMENT"
    document = report(
        {"requests.received.total": received},
        agency=agency(name, type_),
        scope=scope,
        rawText=text,
        source={"name": f"{name}.txt", "sha256": f"hash of {text} of {name}", "parserVersion": "1"},
        revision=1,
        supersedes=None,
    )
    return {**document, "_id": report_id(document)}


@pytest.fixture
async def prepared(database: Database) -> Database:
    """A database whose collections have their validators and indexes."""
    await store.prepare(database)
    return database


async def stored(database: Database, documents: Sequence[Document]) -> list[Document]:
    """All reports after storing these one after the other, without the moment of loading."""
    for document in documents:
        await store.store(database, deepcopy(document))
    return await reports(database)


async def reports(database: Database, collection: str = REPORTS) -> list[Document]:
    """All of a collection, without the moment of loading; the summaries of reports are as these say."""
    rows = await database_rows(database, collection)
    if collection == REPORTS:
        assert await database_rows(database, SUMMARIES) == [copy for row in rows for copy in summary_rows(row)]
    return [{**row, "source": {**row["source"], "loadedAt": ""}} for row in rows]


def of_rule(document: Document, rule: str, subject: str = "total") -> tuple[str, Any, Any] | None:
    found = [one for one in document["checks"] if one["rule"] == rule and one["subject"] == subject]
    return (found[0]["status"], found[0]["left"], found[0]["right"]) if found else None


YEARS = (
    of_year(2019, carried=1, pending=4),
    of_year(2020, carried=4, pending=6),
    of_year(2021, carried=5, pending=0),
)


async def test_a_later_year_is_checked_against_the_one_before(prepared: Database) -> None:
    first, second, third = await stored(prepared, YEARS)

    assert of_rule(first, "Y1") is None
    assert of_rule(second, "Y1") == ("PASS", 4, 4)
    assert of_rule(third, "Y1") == ("FAIL", 5, 6)
    assert [document["failedRules"] for document in (first, second, third)] == [[], [], ["Y1"]]


async def test_every_order_of_three_years_ends_the_same(prepared: Database) -> None:
    expected = await stored(prepared, YEARS)
    for order in permutations(YEARS):
        for document in expected:
            await _forget(prepared, document)
        assert await stored(prepared, order) == expected


async def _forget(database: Database, document: Document) -> None:
    from loaders.store.database import DeleteMany  # noqa: PLC0415  (only here is anything ever deleted)

    await database.transact(
        [DeleteMany(collection, {"_id": document["_id"]}) for collection in (REPORTS, SUMMARIES)],
        deadline_ms=DEADLINE_MS,
    )


async def test_all_years_at_a_time_end_the_same(prepared: Database) -> None:
    many = [of_year(year, carried=year % 7, pending=(year + 1) % 7) for year in range(2010, 2020)]

    await asyncio.gather(*(store.store(prepared, deepcopy(document)) for document in many))

    found = await reports(prepared)
    assert [of_rule(document, "Y1") is None for document in found] == [True] + [False] * 9
    assert {status for document in found[1:] if (check := of_rule(document, "Y1")) for status in [check[0]]} == {"PASS"}
    (row,) = await database_rows(prepared, AGENCIES)
    assert row["years"] == {"ANNUAL_REPORT": list(range(2010, 2020))}


async def database_rows(database: Database, collection: str) -> list[Document]:
    return await database.find(collection, {}, sort=[("year", 1), ("_id", 1)], deadline_ms=DEADLINE_MS)


async def test_the_same_bytes_again_change_no_check(prepared: Database) -> None:
    before = await stored(prepared, YEARS)

    assert await store.store(prepared, deepcopy(YEARS[1])) is Stored.UNCHANGED
    assert await reports(prepared) == before


async def test_a_changed_text_changes_the_checks_of_the_next_year_too(prepared: Database) -> None:
    await stored(prepared, YEARS)

    assert await store.store(prepared, of_year(2020, carried=4, pending=5, text="第二稿")) is Stored.REVISED

    _, second, third = await reports(prepared)
    assert of_rule(second, "Y1") == ("PASS", 4, 4)
    assert of_rule(third, "Y1") == ("PASS", 5, 5)
    assert third["failedRules"] == []
    assert third["revision"] == 1


async def test_a_superseded_text_keeps_the_checks_that_it_has_alone(prepared: Database) -> None:
    await stored(prepared, YEARS)
    await store.store(prepared, of_year(2021, carried=6, pending=0, text="第二稿"))

    (older,) = await reports(prepared, REVISIONS)
    assert of_rule(older, "Y1") is None
    assert older["failedRules"] == []


async def test_reports_of_other_agencies_kinds_and_scopes_are_no_neighbours(prepared: Database) -> None:
    others = [
        of_year(2019, carried=0, pending=8, agency=agency("青岚县农业局")),
        of_year(2019, carried=0, pending=8, scope="SYSTEM_AGGREGATE"),
        of_year(2019, carried=0, pending=8, kind="SUMMARY"),
        of_year(2018, carried=0, pending=8),
    ]

    found = await stored(prepared, [*others, YEARS[1]])

    assert [of_rule(document, "Y1") for document in found] == [None] * 5


COUNTY = member("青岚县人民政府", 10, scope="REGION_AGGREGATE")
BUREAUS = (member("青岚县水务局", 4), member("青岚县农业局", 7))
RECEIVED = "requests.received.total"


async def aggregate_check(database: Database) -> tuple[str, Any, Any] | None:
    found = [one for one in await reports(database) if one["scope"] == "REGION_AGGREGATE"]
    return of_rule(found[0], "H1", RECEIVED)


@pytest.mark.parametrize(
    "order",
    list(permutations((COUNTY, *BUREAUS))),
    ids=lambda order: "-".join(str(one["requests"]["received"]["total"]) for one in order),
)
async def test_an_aggregate_is_checked_against_its_members_in_every_order(
    prepared: Database, order: tuple[Document, ...]
) -> None:
    found = await stored(prepared, order)

    assert await aggregate_check(prepared) == ("FAIL", 10, 11)
    assert {tuple(document["failedRules"]) for document in found} == {("H1",), ()}


async def test_all_members_at_a_time_are_all_counted(prepared: Database) -> None:
    bureaus = [member(f"青岚县第{number}局", 1) for number in range(6)]

    await asyncio.gather(*(store.store(prepared, deepcopy(one)) for one in (*bureaus, COUNTY)))

    assert await aggregate_check(prepared) == ("PASS", 10, 6)


async def test_a_changed_member_changes_the_check_of_the_aggregate(prepared: Database) -> None:
    await stored(prepared, (COUNTY, *BUREAUS))

    await store.store(prepared, member("青岚县农业局", 6, text="第二稿"))

    assert await aggregate_check(prepared) == ("PASS", 10, 10)


async def test_the_samples_stored_together_hold_across_years_and_members(prepared: Database) -> None:
    entries = inventory(sorted(SAMPLES.glob("*-*")), suffixes=SUFFIXES).entries
    documents = [outcome.document for entry in entries if (outcome := parse_entry(entry)).document is not None]

    found = await stored(prepared, documents)

    county = {one["year"]: one for one in found if one["agency"]["name"] == "青岚县人民政府"}
    for year in (2020, 2021, 2022):
        assert of_rule(county[year], "Y1") is not None
        assert not {"Y1", "Y2", "Y3", "H1"} & set(county[year]["failedRules"])
    assert of_rule(county[2021], "H1", RECEIVED) == ("PASS", 105, 12)
