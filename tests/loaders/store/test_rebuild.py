"""Derived rows that another version of the program made, brought up to date in a real MongoDB."""

import asyncio
import os
from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from hashlib import sha256
from pathlib import Path
from typing import Any

import orjson
import pytest

from loaders.document import Document
from loaders.errors import DuplicateKeyError
from loaders.store import reports as store
from loaders.store.collections import REPORTS, REVISIONS, STATE, VERSIONS
from loaders.store.database import Database, DeleteMany, Insert, InsertMany, Replace, Update, Write
from loaders.store.derived_rows import (
    AGENCIES,
    DERIVED,
    DERIVED_VERSION,
    PASSAGES,
    SHARED,
    STATISTICS,
    SUMMARIES,
    agency_row,
    passage_rows,
    summary_rows,
)
from loaders.store.rebuild import NOTE, rebuild
from loaders.store.region_rows import REGIONS, region_rows
from tests.documents import corpus, report_document
from tests.loaders.store.test_cross_report_checks import BUREAUS, COUNTY
from tests.recording import RecordingDatabase

DEADLINE_MS = 5_000
ROWS = (*DERIVED, *SHARED)
ROOT = Path(__file__).parents[3]
KEPT = ROOT / "tests" / "golden" / "derived_rows.json"


class KilledError(Exception):
    """The program ends here."""


class Watched:
    """Progress that is written down, and that ends the program after so many steps."""

    def __init__(self, *, killed_after: int = -1) -> None:
        self.totals: list[int] = []
        self.steps = 0
        self._killed_after = killed_after

    @contextmanager
    def __call__(self, _label: str, total: int) -> Iterator["Watched"]:
        self.totals.append(total)
        yield self

    def step(self, count: int = 1) -> None:
        self.steps += count
        if self.steps == self._killed_after:
            raise KilledError


async def derived(database: Database) -> dict[str, list[Document]]:
    """All derived rows, in order."""
    return {name: await database.find(name, {}, sort=[("_id", 1)], deadline_ms=DEADLINE_MS) for name in ROWS}


async def noted(database: Database) -> list[Document]:
    return await database.find(STATE, {"_id": NOTE}, deadline_ms=DEADLINE_MS)


@pytest.fixture
async def loaded(database: Database) -> Database:
    """A database into which this program loaded some reports, one of them without an agency."""
    await store.prepare(database)
    for number, document in enumerate(corpus(12, seed=3, paragraphs=1)):
        if number == 5:
            document["agency"] = {**document["agency"], "name": None}
        await store.store(database, document)
    return database


async def age(database: Database) -> None:
    """Leave the rows as an older program could have: other keys, rows too many and rows too few."""
    stranger = {"_id": "x", "report": "", "name": "", "years": [], "year": 1, "kind": "", "level": "", "agency": {}}
    (report,) = await database.find(REPORTS, {}, projection={"_id": 1}, limit=1, deadline_ms=DEADLINE_MS)
    await database.transact(
        [
            DeleteMany(STATE, {"_id": NOTE}),
            Update(PASSAGES, {}, {"found": "by other means", "text": ""}),
            Insert(PASSAGES, {**stranger, "_id": f"{report['_id']}/999", "report": report["_id"]}),
            DeleteMany(STATISTICS, {"year": {"$gte": 2018}}),
            *(Update(name, {}, {"old": True}) for name in SHARED),
            *(Insert(name, stranger) for name in SHARED),
        ]
    )


async def test_rows_of_an_older_program_become_those_of_a_fresh_load(loaded: Database) -> None:
    expected, watched = await derived(loaded), Watched()
    await age(loaded)

    await store.prepare(loaded, progress=watched)

    assert await derived(loaded) == expected
    assert (watched.totals, watched.steps) == ([12], 12)


async def test_an_older_version_that_is_noted_is_rebuilt_too(loaded: Database) -> None:
    expected = await derived(loaded)
    await age(loaded)
    await loaded.transact([Insert(STATE, {"_id": NOTE, "version": DERIVED_VERSION - 1})])

    await store.prepare(loaded)

    assert await derived(loaded) == expected


async def test_what_an_older_program_did_not_say_of_files_is_said_of_all_texts(database: Database) -> None:
    await store.prepare(database)
    sample = sha256(min((ROOT / "loaders" / "samples").glob("*.txt")).read_bytes()).hexdigest()
    for digest in (sample, "0" * 64):  # an older text and the current one
        document = report_document(1, agency="青岚县水务局")
        del document["source"]["sample"]
        document["source"] |= {"sha256": digest, "name": "/srv/reports/a.txt"}
        await store.store(database, document)
    await age(database)

    await store.prepare(database)

    told = [await database.find(name, {}, deadline_ms=DEADLINE_MS) for name in (REPORTS, SUMMARIES, REVISIONS)]
    assert [[one["source"]["sample"] for one in found] for found in told] == [[False], [False], [True]]
    assert {one["source"]["name"] for found in told for one in found} == {"a.txt"}


async def test_what_follows_from_figures_is_told_of_all_texts_of_an_older_program(database: Database) -> None:
    await store.prepare(database)
    whole = report_document(1, agency="青岚县水务局", blank=0.1)
    for digest in ("1" * 64, "2" * 64):
        document = {key: whole[key] for key in whole.keys() - {"known", "concept", "implications"}}
        document["source"] = {**whole["source"], "sha256": digest}
        await store.store(database, document)
    await age(database)

    await store.prepare(database)

    told = [await database.find(name, {}, deadline_ms=DEADLINE_MS) for name in (REPORTS, SUMMARIES, REVISIONS)]
    assert all(whole[key] for key in ("known", "concept", "implications"))
    for (one,) in told:
        assert (one["known"], one["concept"]) == (whole["known"], whole["concept"])
    assert [one.get("implications") for (one,) in told] == [whole["implications"], None, whole["implications"]]


@pytest.mark.parametrize("done", [1, 5, 12])
async def test_a_rebuild_that_was_killed_goes_on_where_it_stopped(done: int, loaded: Database) -> None:
    expected = await derived(loaded)
    await age(loaded)
    with pytest.raises(KilledError):
        await store.prepare(loaded, progress=Watched(killed_after=done))

    watched = Watched()
    await store.prepare(loaded, progress=watched)

    assert await derived(loaded) == expected
    assert (watched.totals, watched.steps) == ([12 - done], 12 - done)


async def test_a_rebuild_that_an_older_program_left_half_done_begins_anew(loaded: Database) -> None:
    expected = await derived(loaded)
    await age(loaded)
    half = {"_id": NOTE, "building": DERIVED_VERSION - 1, "after": {"loadedAt": "9999", "_id": "z"}}
    await loaded.transact([Insert(STATE, half)])

    await store.prepare(loaded)

    assert await derived(loaded) == expected


async def test_preparing_again_rebuilds_nothing(loaded: Database) -> None:
    watched, recording = Watched(), RecordingDatabase(loaded)

    await store.prepare(recording, progress=watched)

    assert watched.totals == []
    assert not [command for command in recording.sent if "transact" in command]


async def test_several_that_start_at_the_same_time_do_no_harm(loaded: Database) -> None:
    expected = await derived(loaded)
    await age(loaded)

    await asyncio.gather(*(store.prepare(loaded) for _ in range(3)))

    assert await derived(loaded) == expected
    assert await noted(loaded) == [{"_id": NOTE, "version": DERIVED_VERSION}]


@pytest.mark.parametrize("key", ["version", "building"])
async def test_rows_of_a_newer_program_are_left_alone(key: str, loaded: Database) -> None:
    await age(loaded)
    await loaded.transact([Insert(STATE, {"_id": NOTE, key: DERIVED_VERSION + 1})])
    before = await derived(loaded)

    await store.prepare(loaded)

    assert await derived(loaded) == before


@pytest.mark.parametrize("agency", ["青岚县水务局", None])
async def test_a_report_that_is_loaded_while_its_rows_are_made_keeps_its_newer_rows(
    agency: str | None, database: Database
) -> None:
    await store.prepare(database)
    document = report_document(1, agency=agency)
    document["agency"]["name"] = agency
    await store.store(database, deepcopy(document))
    newer = {**document, "source": {**document["source"], "sha256": "other"}, "passages": document["passages"][:2]}
    await database.transact([DeleteMany(STATE, {"_id": NOTE})])
    asked = []

    async def overtaken(_database: Database, seen: Document) -> list[Write]:
        asked.append(seen)
        if len(asked) == 1:
            await store.store(database, newer)
        return [DeleteMany(PASSAGES, {"report": seen["_id"]}), InsertMany(PASSAGES, passage_rows(seen))]

    await rebuild(database, overtaken)

    assert (await derived(database))[PASSAGES] == passage_rows(newer)
    assert [len(seen["passages"]) for seen in asked] == [len(document["passages"]), 2]


async def test_a_light_copy_knows_the_checks_that_fail_while_it_is_made(database: Database) -> None:
    await store.prepare(database)
    for document in (COUNTY, BUREAUS[0]):
        await store.store(database, deepcopy(document))
    await database.transact([DeleteMany(STATE, {"_id": NOTE})])
    asked = []

    async def overtaken(_database: Database, seen: Document) -> list[Write]:
        asked.append(seen["_id"])
        if seen["_id"] == COUNTY["_id"] and asked.count(seen["_id"]) == 1:
            await store.store(database, deepcopy(BUREAUS[1]))  # with it the members have more than their region
        return [DeleteMany(SUMMARIES, {"report": seen["_id"]}), InsertMany(SUMMARIES, summary_rows(seen))]

    await rebuild(database, overtaken)

    reports = await database.find(REPORTS, {}, sort=[("_id", 1)], deadline_ms=DEADLINE_MS)
    assert [one["failedRules"] for one in reports if one["_id"] == COUNTY["_id"]] == [["H1"]]
    assert (await derived(database))[SUMMARIES] == [row for one in reports for row in summary_rows(one)]


async def test_a_new_database_notes_its_version(database: Database) -> None:
    await store.prepare(database)

    assert await noted(database) == [{"_id": NOTE, "version": DERIVED_VERSION}]


async def test_a_report_whose_turn_never_comes_is_a_fault_not_a_loop(loaded: Database) -> None:
    await age(loaded)
    broken: list[Write] = [Replace(VERSIONS, {"_id": "x", "count": -1}, {"_id": "x", "count": 0})]
    await loaded.transact([Insert(VERSIONS, {"_id": "x", "count": 1})])

    async def colliding(_database: Database, _document: Document) -> list[Write]:
        return broken

    with pytest.raises(DuplicateKeyError):
        await rebuild(loaded, colliding)


DOCUMENT: Document = {
    "_id": "r",
    "year": 2021,
    "kind": "ANNUAL_REPORT",
    "scope": "DEPARTMENT",
    "template": "E3",
    "agency": {
        "name": "青岚县水务局",
        "level": "COUNTY",
        "type": "DEPARTMENT",
        "region": {"code": "999102", "province": "霁南省", "prefecture": None, "county": "青岚县", "township": None},
        "candidates": [],
    },
    "sections": [{"id": "s1", "parent": None, "role": "OVERVIEW"}],
    "passages": [{"id": "p1", "section": "s1", "text": "公开3条。", "start": 0, "end": 5}],
    "statistics": [{"label": "公开", "value": 3, "unit": "条", "section": "s1", "passage": "p1", "start": 2, "end": 4}],
    "mentions": [
        {"kind": "DATE", "text": "5月", "value": "2021-05", "title": None, "passage": "p1", "start": 0, "end": 2}
    ],
}


def rows_of(document: Document) -> dict[str, Any]:
    """The rows of every derived collection, as they are now made."""
    return {
        **{name: made(document) for name, made in DERIVED.items()},
        AGENCIES: [agency_row(document, [(document["kind"], document["year"])])],
        REGIONS: region_rows(document),
    }


def test_a_change_of_the_rows_comes_with_a_new_version() -> None:
    now = orjson.loads(orjson.dumps({"version": DERIVED_VERSION, "rows": rows_of(DOCUMENT)}))
    kept = orjson.loads(KEPT.read_bytes()) if KEPT.exists() else {}

    if now != kept:
        assert now["version"] != kept.get("version"), "rows have changed: raise DERIVED_VERSION"
        if os.environ.get("UPDATE_GOLDEN") == "1":
            KEPT.write_bytes(orjson.dumps(now, option=orjson.OPT_INDENT_2) + b"\n")
        else:
            pytest.fail("rows and version have changed: run again with UPDATE_GOLDEN=1 and review what is kept")
