"""Removing reports from a real MongoDB: what is left is what would be there had they never been loaded."""

import asyncio
from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import deepcopy
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import pytest

from loaders.batch import parse_entry
from loaders.document import Document
from loaders.file_formats import SUFFIXES
from loaders.file_formats.sources import inventory
from loaders.store import reports as store
from loaders.store.collections import COLLECTIONS, STATE, VERSIONS
from loaders.store.database import Database, DeleteMany
from loaders.store.places import placed
from loaders.store.region_rows import REGIONS
from loaders.store.removal import make_room, real_reports, remove
from loaders.store.reports import Stored
from tests.documents import corpus
from tests.loaders.store.test_cross_report_checks import BUREAUS, COUNTY, YEARS, of_year
from tests.loaders.store.test_reports import DEADLINE_MS, everything, report
from tests.loaders.store.test_reports import placed as of_place

SAMPLES = Path(__file__).parents[3] / "loaders" / "samples"
NOON = datetime(2025, 3, 1, 12, tzinfo=UTC)
Rows = dict[str, list[Document]]


def samples() -> list[Document]:
    """The samples: years of one agency, a region's aggregate and its members, towns, two provinces."""
    entries = inventory([SAMPLES], suffixes=SUFFIXES).entries
    return [outcome.document for entry in entries if (outcome := parse_entry(entry)).document is not None]


def neighbours() -> list[Document]:
    """Three years of one agency, an aggregate with two members, and a report with an older text."""
    return [*YEARS, COUNTY, *BUREAUS, of_year(2020, carried=4, pending=5, text="第二稿")]


def places() -> list[Document]:
    """Agencies of one place whose codes differ, of another in the same prefecture, and of none."""
    codes = (None, "990121", "990181", "990181")
    of_one = [of_place(f"白石县第{number}局", code, "白石县") for number, code in enumerate(codes)]
    return [*of_one, of_place("柳塘区教育局", "990102", "柳塘区"), report(agency=None), report("第三稿", agency=None)]


STOCKS: Mapping[str, Callable[[], list[Document]]] = {
    "samples": samples,
    "neighbours": neighbours,
    "places": places,
    "corpus": lambda: corpus(9, seed=5),
}


@pytest.fixture
async def prepared(database: Database) -> Database:
    """A database whose collections have their validators and indexes."""
    await store.prepare(database)
    return database


async def loaded(database: Database, documents: Sequence[Document]) -> None:
    """Nothing but these documents, one a minute."""
    emptied = [DeleteMany(collection, {}) for collection in COLLECTIONS if collection != STATE]
    await database.transact(emptied, deadline_ms=DEADLINE_MS)
    for number, document in enumerate(documents):
        await store.store(database, deepcopy(document), now=NOON + timedelta(minutes=number))


async def kept(database: Database) -> Rows:
    """All documents but for what counts changes and tells the moment of loading; checks have no order of their own."""
    rows = await everything(database)
    del rows[VERSIONS]
    for row in (row for found in rows.values() for row in found if "checks" in row):
        row["checks"].sort(key=lambda check: (check["rule"], str(check["subject"])))
    return rows


def cases() -> Iterator[tuple[str, int]]:
    """Each stock, and each report of it to be removed."""
    for name, stock in STOCKS.items():
        yield from ((name, place) for place in range(len({one["_id"] for one in stock()})))


@pytest.mark.parametrize(("name", "place"), list(cases()))
async def test_what_is_left_is_as_if_the_report_had_never_been_loaded(
    name: str, place: int, prepared: Database
) -> None:
    documents = STOCKS[name]()
    Random(place).shuffle(documents)  # noqa: S311 - repeatable, not secret
    gone = sorted({one["_id"] for one in documents})[place]
    await loaded(prepared, [one for one in documents if one["_id"] != gone])
    expected = await kept(prepared)
    await loaded(prepared, documents)

    assert await remove(prepared, gone)

    assert await kept(prepared) == expected


async def test_all_that_are_removed_leave_nothing(prepared: Database) -> None:
    await loaded(prepared, neighbours() + places())
    ids = [row["_id"] for row in (await everything(prepared))["reports"]]

    await asyncio.gather(*(remove(prepared, one) for one in ids))

    assert not any((await kept(prepared) | {STATE: []}).values())


async def test_removing_what_is_not_there_changes_nothing(prepared: Database) -> None:
    await loaded(prepared, YEARS)
    before = await everything(prepared)

    assert not await remove(prepared, "r0")
    assert await everything(prepared) == before


async def test_a_report_is_removed_once_by_several_at_a_time(prepared: Database) -> None:
    await loaded(prepared, YEARS)

    gone = await asyncio.gather(*(remove(prepared, YEARS[1]["_id"]) for _ in range(4)))

    assert sorted(gone) == [False, False, False, True]


async def test_a_removed_report_can_be_loaded_again(prepared: Database) -> None:
    document = report()
    await store.store(prepared, deepcopy(document))
    await remove(prepared, document["_id"])

    assert await store.store(prepared, deepcopy(document)) is Stored.CREATED


async def test_storing_and_removing_at_the_same_time_leaves_what_is_stored_whole(prepared: Database) -> None:
    going = [of_place(f"白石县第{number}局", None, "白石县") for number in range(3)]
    coming = [of_place(f"白石县第{number}所", None, "白石县") for number in range(3)]
    again = [{**one, "source": {**one["source"], "sha256": "second"}} for one in going]
    await loaded(prepared, going)

    await asyncio.gather(
        *(remove(prepared, one["_id"]) for one in going),
        *(store.store(prepared, deepcopy(one)) for one in (*coming, *again)),
    )

    found = await everything(prepared)
    assert {one["_id"] for one in coming} <= {row["_id"] for row in found["reports"]}
    assert {row["name"] for row in found[REGIONS]} == {"霁南省", "青禾市", "白石县"}
    assert {row["name"] for row in found["agencies"]} == {row["agency"]["name"] for row in found["reports"]}
    for row in found["reports"]:
        assert not await placed(prepared, [row])
        assert (row["revision"] == 1) == (row["supersedes"] is None)
    assert {row["report"] for row in found["revisions"]} <= {row["_id"] for row in found["reports"]}


async def test_samples_make_room_and_real_reports_stay(prepared: Database) -> None:
    true = corpus(3, seed=5)
    await loaded(prepared, true)
    expected = await kept(prepared)
    await loaded(prepared, [*samples(), *true])
    real = await real_reports(prepared)

    gone = await make_room(prepared)

    assert (gone, real) == (len(samples()), len(true))
    assert await kept(prepared) == expected
