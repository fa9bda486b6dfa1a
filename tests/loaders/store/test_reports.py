"""Storing reports in a real MongoDB: once, again, revised, refused, by several at a time."""

import asyncio
from copy import deepcopy
from itertools import permutations
from typing import Any

import pytest

from loaders.document import Document, report_id
from loaders.errors import DocumentRefusedError
from loaders.store import reports as store
from loaders.store.collections import COLLECTIONS, REPORTS, REVISIONS
from loaders.store.database import Database
from loaders.store.derived_rows import AGENCIES, PASSAGES, STATISTICS, SUMMARIES, summary_rows
from loaders.store.region_rows import REGIONS
from loaders.store.reports import Stored

DEADLINE_MS = 5_000


def report(text: str = "第一稿", *, year: int = 2020, agency: str | None = "青岚县水务局", **changes: Any) -> Document:
    """A small report whose bytes are told apart by its text."""
    document: Document = {
        "kind": "ANNUAL_REPORT",
        "title": f"{agency}{year}年政府信息公开工作年度报告",
        "template": "E2",
        "year": year,
        "scope": "DEPARTMENT",
        "agency": {
            "name": agency,
            "level": "COUNTY",
            "type": "DEPARTMENT",
            "region": {"county": "青岚县"},
            "candidates": [],
        },
        "source": {"name": "report.txt", "sha256": f"hash of {text}", "parserVersion": "1"},
        "rawText": text,
        "sections": [{"id": "s1", "parent": None, "role": "OVERVIEW"}, {"id": "s1.1", "parent": "s1", "role": None}],
        "passages": [{"id": "p1", "section": "s1.1", "text": text, "start": 0, "end": len(text)}],
        "statistics": [{"label": "收到申请", "value": 3, "section": "s1", "start": 0, "end": 1}],
        "cells": [],
        "checks": [],
        "failedRules": [],
        "requests": {"received": {"total": 3}},
        "revision": 1,
        "supersedes": None,
        **changes,
    }
    return {"_id": report_id(document), **document}


@pytest.fixture
async def prepared(database: Database) -> Database:
    """A database whose collections have their validators and indexes."""
    await store.prepare(database)
    return database


async def everything(database: Database) -> dict[str, list[Document]]:
    """All documents of all collections, in order, without the moment of loading; summaries are as reports say."""
    found = {}
    for collection in COLLECTIONS:
        rows = await database.find(collection, {}, sort=[("_id", 1)], deadline_ms=DEADLINE_MS)
        found[collection] = [
            {**row, "source": {**row["source"], "loadedAt": ""}} if "source" in row else row for row in rows
        ]
    assert found[SUMMARIES] == [row for document in found[REPORTS] for row in summary_rows(document)]
    return found


async def test_a_new_report_is_stored_with_its_rows_and_its_agency(prepared: Database) -> None:
    document = report()

    assert await store.store(prepared, document) is Stored.CREATED

    stored = await everything(prepared)
    assert [row["_id"] for row in stored[REPORTS]] == [document["_id"]]
    assert [(row["report"], row["role"], row["text"]) for row in stored[PASSAGES]] == [
        (document["_id"], "OVERVIEW", "第一稿")
    ]
    assert [(row["label"], row["year"], row["agency"]["name"]) for row in stored[STATISTICS]] == [
        ("收到申请", 2020, "青岚县水务局")
    ]
    assert [(row["name"], row["years"]) for row in stored[AGENCIES]] == [("青岚县水务局", {"ANNUAL_REPORT": [2020]})]


async def test_the_same_bytes_again_change_nothing(prepared: Database) -> None:
    await store.store(prepared, report())
    before = await everything(prepared)

    assert await store.store(prepared, report()) is Stored.UNCHANGED
    assert await everything(prepared) == before


async def test_a_changed_text_makes_a_revision_and_keeps_the_older_text_readable(prepared: Database) -> None:
    first, second = report("第一稿"), report("第二稿")
    await store.store(prepared, first)

    assert await store.store(prepared, second) is Stored.REVISED

    stored = await everything(prepared)
    assert [(row["rawText"], row["revision"], row["supersedes"]) for row in stored[REPORTS]] == [
        ("第二稿", 2, f"{first['_id']}@1")
    ]
    assert [(row["_id"], row["report"], row["rawText"]) for row in stored[REVISIONS]] == [
        (f"{first['_id']}@1", first["_id"], "第一稿")
    ]
    assert [row["text"] for row in stored[PASSAGES]] == ["第二稿"]


async def test_an_earlier_text_loaded_again_is_no_new_revision(prepared: Database) -> None:
    for text in ("第一稿", "第二稿"):
        await store.store(prepared, report(text))
    before = await everything(prepared)

    assert await store.store(prepared, report("第一稿")) is Stored.UNCHANGED
    assert await everything(prepared) == before


async def test_a_newer_parser_reads_the_same_text_anew_without_a_revision(prepared: Database) -> None:
    await store.store(prepared, report())
    newer = report()
    newer["source"]["parserVersion"] = "2"
    newer["requests"]["received"]["total"] = 4

    assert await store.store(prepared, newer) is Stored.REPARSED

    stored = await everything(prepared)
    assert [(row["revision"], row["requests"]["received"]["total"]) for row in stored[REPORTS]] == [(1, 4)]
    assert stored[REVISIONS] == []


async def test_an_agency_has_every_year_it_reports_on(prepared: Database) -> None:
    for year in (2021, 2019, 2020):
        await store.store(prepared, report(f"{year}", year=year))
    await store.store(prepared, {**report("其他", year=2019), "_id": "r2019s", "kind": "WORK_POINTS_STATUS"})

    (agency,) = (await everything(prepared))[AGENCIES]
    assert agency["years"] == {"ANNUAL_REPORT": [2019, 2020, 2021], "WORK_POINTS_STATUS": [2019]}


async def test_reports_without_an_agency_are_kept_apart_and_make_no_agency(prepared: Database) -> None:
    for text in ("甲", "乙"):
        await store.store(prepared, report(text, agency=None))

    stored = await everything(prepared)
    assert len(stored[REPORTS]) == 2
    assert stored[AGENCIES] == []


def placed(name: str, code: str | None, county: str) -> Document:
    """A report of an agency of a county of one prefecture."""
    document = report(name, agency=name)
    region = {"code": code, "province": "霁南省", "prefecture": "青禾市", "county": county, "township": None}
    return {**document, "agency": {**document["agency"], "region": region}}


async def regions(database: Database) -> list[tuple[str, str | None]]:
    return sorted((row["name"], row["code"]) for row in (await everything(database))[REGIONS])


async def test_reports_of_one_place_share_its_region_and_those_above_it(prepared: Database) -> None:
    await store.store(prepared, placed("白石县水利局", "990181", "白石县"))
    one = await regions(prepared)
    await store.store(prepared, placed("柳塘区教育局", "990102", "柳塘区"))

    assert one == [("白石县", "990181"), ("霁南省", "990000"), ("青禾市", "990100")]
    assert await regions(prepared) == sorted([*one, ("柳塘区", "990102")])


@pytest.mark.parametrize("codes", list(permutations((None, "990121", "990181"))))
async def test_a_region_has_the_greatest_of_its_codes_in_whatever_order_they_come(
    codes: tuple[str | None, ...], prepared: Database
) -> None:
    for number, code in enumerate(codes):
        await store.store(prepared, placed(f"白石县第{number}局", code, "白石县"))

    assert await regions(prepared) == [("白石县", "990181"), ("霁南省", "990000"), ("青禾市", "990100")]


async def test_a_report_that_is_read_anew_into_another_place_has_the_new_region(prepared: Database) -> None:
    await store.store(prepared, placed("水利局", None, "白石县"))
    moved = placed("水利局", None, "柳塘区")
    moved["source"]["parserVersion"] = "2"

    assert await store.store(prepared, moved) is Stored.REPARSED
    assert ("柳塘区", None) in await regions(prepared)


async def test_many_first_reports_of_one_place_at_a_time_write_its_regions_once(prepared: Database) -> None:
    documents = [placed(f"第{number}局", "990181", "白石县") for number in range(8)]

    outcomes = await asyncio.gather(*(store.store(prepared, document) for document in documents))

    assert set(outcomes) == {Stored.CREATED}
    assert await regions(prepared) == [("白石县", "990181"), ("霁南省", "990000"), ("青禾市", "990100")]


async def test_a_refused_document_leaves_nothing_and_harms_nothing(prepared: Database) -> None:
    await store.store(prepared, report("第一稿"))
    before = await everything(prepared)
    refused = report("第二稿")
    refused["requests"]["received"]["total"] = "三件"

    with pytest.raises(DocumentRefusedError):
        await store.store(prepared, refused)

    assert await everything(prepared) == before


async def test_several_at_a_time_store_the_same_report_once(prepared: Database) -> None:
    outcomes = await asyncio.gather(*(store.store(prepared, deepcopy(report())) for _ in range(6)))

    assert sorted(outcomes) == [Stored.CREATED, *[Stored.UNCHANGED] * 5]
    assert len((await everything(prepared))[PASSAGES]) == 1


async def test_preparing_twice_is_harmless(prepared: Database) -> None:
    await store.prepare(prepared)
