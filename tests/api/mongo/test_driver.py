"""The database as the rest of the program sees it, on a real mongod."""

import asyncio
import subprocess
import time
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from pathlib import Path
from typing import Any

import pytest
from pymongo import MongoClient

from api.mongo import keeper
from api.mongo import private_faults as mongod_faults
from api.mongo.driver import connect
from api.mongo.private_mongod import find_mongod, uri_of
from api.settings import Settings
from loaders.errors import (
    DatabaseError,
    DatabaseForbiddenError,
    DatabaseTimeoutError,
    DatabaseUnavailableError,
    DiskFullError,
    DocumentRefusedError,
    DuplicateKeyError,
    SettingsError,
)
from loaders.store.database import Database, DeleteMany, Index, Insert, InsertMany, Replace, Update

SOON = 5_000  # milliseconds; generous, for reads that take a few
SCHEMA = {
    "bsonType": "object",
    "required": ["_id", "year"],
    "properties": {
        "_id": {"bsonType": "string"},
        "year": {"bsonType": "int"},
        "requests": {"bsonType": "object", "properties": {"total": {"bsonType": ["int", "null"]}}},
    },
}
SLOW = {"$expr": {"$function": {"body": "function() { sleep(100); return true }", "args": [], "lang": "js"}}}


def report(name: str, year: int = 2020, **fields: Any) -> dict[str, Any]:
    return {"_id": name, "year": year, **fields}


async def stored(database: Database, collection: str = "reports") -> list[dict[str, Any]]:
    return await database.find(collection, {}, sort=[("_id", 1)], deadline_ms=SOON)


async def first_of(documents: AsyncIterator[dict[str, Any]]) -> dict[str, Any]:
    return await anext(documents)


async def filled(database: Database, count: int) -> None:
    await database.transact([InsertMany("reports", [report(f"{n:05}", 2000 + n % 20) for n in range(count)])])


async def test_writes_of_every_kind_happen_in_their_order(database: Database) -> None:
    await database.transact(
        [
            Insert("reports", report("a")),
            InsertMany("reports", [report("b"), report("c"), report("d")]),
            Replace("reports", {"_id": "b"}, report("b", 2021)),
            Replace("reports", {"_id": "e"}, report("e")),
            InsertMany("passages", [{"_id": "b1"}, {"_id": "c1"}]),
            InsertMany("passages", []),
            Update("reports", {"year": 2020}, {"requests.total": 7}),
            DeleteMany("reports", {"_id": {"$in": ["c", "d"]}}),
        ]
    )

    assert await stored(database) == [
        report("a", requests={"total": 7}),
        report("b", 2021),
        report("e", requests={"total": 7}),
    ]
    assert await stored(database, "passages") == [{"_id": "b1"}, {"_id": "c1"}]


async def test_a_failing_second_write_leaves_nothing_of_the_first(database: Database) -> None:
    await database.transact([Insert("reports", report("old"))])

    with pytest.raises(DuplicateKeyError):
        await database.transact(
            [Insert("passages", {"_id": "new"}), DeleteMany("reports", {"year": 9}), Insert("reports", report("old"))]
        )

    assert await stored(database, "passages") == []
    assert await stored(database) == [report("old")]


async def test_writers_that_get_in_each_others_way_all_succeed(database: Database) -> None:
    await database.transact([Insert("reports", report("same"))])

    await asyncio.gather(*(database.transact([Update("reports", {"_id": "same"}, {f"by{n}": True})]) for n in range(8)))

    assert await stored(database) == [report("same", **{f"by{n}": True for n in range(8)})]


async def test_a_read_gives_only_what_was_asked_for_in_the_order_asked_for(database: Database) -> None:
    await database.ensure("reports", validator={}, indexes=[Index("year", (("year", 1),))])
    await filled(database, 300)

    found = await database.find(
        "reports",
        {"year": {"$gte": 2010}},
        projection={"_id": 0, "year": 1},
        sort=[("year", -1), ("_id", 1)],
        limit=120,
        hint="year",
        deadline_ms=SOON,
    )

    assert len(found) == 120
    assert found[0] == {"year": 2019}
    assert [one["year"] for one in found] == sorted((one["year"] for one in found), reverse=True)


async def test_every_document_arrives_however_many_there_are(database: Database) -> None:
    await filled(database, 1_234)

    streamed = [one["_id"] async for one in database.stream("reports", {}, sort=[("_id", 1)], deadline_ms=SOON)]
    grouped = await database.aggregate("reports", [{"$group": {"_id": "$_id"}}], deadline_ms=SOON)

    assert streamed == [f"{n:05}" for n in range(1_234)]
    assert len(await stored(database)) == len(grouped) == 1_234


async def test_a_stream_that_is_left_early_harms_nothing(database: Database) -> None:
    await filled(database, 1_100)

    async for one in database.stream("reports", {}, deadline_ms=SOON):
        assert one["year"]
        break

    assert await database.count("reports", {}, deadline_ms=SOON) == 1_100


@pytest.mark.parametrize(("cap", "expected"), [(0, 30), (10, 10), (100, 30)], ids=["no cap", "below", "above"])
async def test_counting_stops_at_its_cap(database: Database, cap: int, expected: int) -> None:
    await filled(database, 60)

    assert await database.count("reports", {"year": {"$lt": 2010}}, cap=cap, deadline_ms=SOON) == expected


READS: dict[str, Callable[[Database], Coroutine[Any, Any, Any]]] = {
    "find": lambda database: database.find("reports", SLOW, deadline_ms=150),
    "aggregate": lambda database: database.aggregate("reports", [{"$match": SLOW}], deadline_ms=150),
    "count": lambda database: database.count("reports", SLOW, deadline_ms=150),
    "stream": lambda database: first_of(database.stream("reports", SLOW, deadline_ms=150)),
}


@pytest.mark.parametrize("read", READS.values(), ids=READS)
async def test_a_read_that_is_too_slow_ends_at_its_deadline(
    database: Database, read: Callable[[Database], Coroutine[Any, Any, Any]]
) -> None:
    await filled(database, 50)
    started = time.monotonic()

    with pytest.raises(DatabaseTimeoutError, match="150 ms") as refused:
        await read(database)

    assert refused.value.code == "TIMEOUT"
    assert time.monotonic() - started < 4, "reading to the end takes 5 s"


async def test_a_refused_document_is_told_with_the_path_that_is_wrong(database: Database) -> None:
    await database.ensure("reports", validator=SCHEMA, indexes=[])

    with pytest.raises(DocumentRefusedError, match=r"requests\.total: type did not match") as refused:
        await database.transact(
            [Insert("passages", {"_id": 1}), Insert("reports", report("a", requests={"total": "7"}))]
        )
    with pytest.raises(DocumentRefusedError, match="year: missing"):
        await database.transact([Insert("reports", {"_id": "a"})])

    assert refused.value.code == "DOCUMENT_REFUSED"
    assert await stored(database, "passages") == await stored(database) == []


@pytest.mark.parametrize(
    ("document", "expected"),
    [(report("a", text="字" * 6_000_000), "16 MB"), (report("a", total=10**30), "8-byte")],
    ids=["too large", "a figure beyond 64 bits"],
)
async def test_a_document_beyond_mongodbs_bounds_is_refused(
    database: Database, document: dict[str, Any], expected: str
) -> None:
    with pytest.raises(DocumentRefusedError, match=expected):
        await database.transact([Insert("reports", document)])


async def test_a_unique_index_refuses_a_second_of_the_same_key(database: Database) -> None:
    unique = Index("key", (("agency", 1), ("year", 1)), unique=True, partial={"current": True})
    await database.ensure("reports", validator={}, indexes=[unique])
    await database.transact([Insert("reports", report("a", agency="某县", current=True))])
    await database.transact([Insert("reports", report("b", agency="某县", current=False))])

    with pytest.raises(DuplicateKeyError, match="agency = 某县, year = 2020"):
        await database.transact([Insert("reports", report("c", agency="某县", current=True))])


async def test_ensuring_again_changes_only_what_the_declaration_changed(
    database: Database, database_settings: Settings
) -> None:
    first = [Index("year", (("year", 1),)), Index("name", (("name", 1),)), Index("gone", (("gone", 1),))]
    second = [Index("year", (("year", 1),)), Index("name", (("name", -1),), unique=True), Index("new", (("new", 1),))]
    await database.ensure("reports", validator=SCHEMA, indexes=first)
    with MongoClient[dict[str, Any]](database_settings.mongodb_uri) as client:
        reports = client[database_settings.database].reports
        reports.create_index("theirs", name="made_by_hand")

        for _ in range(2):
            await database.ensure("reports", validator={**SCHEMA, "required": ["_id"]}, indexes=second)

        made = reports.index_information()

    assert set(made) == {"_id_", "made_by_hand", "gongkai_year", "gongkai_name", "gongkai_new"}
    assert made["gongkai_name"]["key"] == [("name", -1)]
    await database.transact([Insert("reports", {"_id": "a"})])


async def test_an_index_over_several_paths_is_made_once_and_changed_with_its_declaration(
    database: Database, database_settings: Settings
) -> None:
    def over(*paths: str) -> list[Index]:
        return [Index("facts", paths=paths)]

    with MongoClient[dict[str, Any]](database_settings.mongodb_uri) as client:
        reports = client[database_settings.database].reports
        built: list[str] = []
        for indexes in (over("a.b", "c"), over("c", "a.b"), over("a.b"), []):
            await database.ensure("reports", validator={}, indexes=indexes)
            built += reports.index_information()["gongkai_facts"]["wildcardProjection"] if indexes else ["dropped"]
            found = await database.find("reports", {"a.b": 1}, hint="facts" if indexes else "", deadline_ms=SOON)
            assert found == []

    assert built == ["a.b", "c", "a.b", "c", "a.b", "dropped"]  # the order of paths is no change


async def test_four_processes_may_ensure_at_once(database: Database) -> None:
    indexes = [Index("year", (("year", 1),)), Index("name", (("name", 1),), unique=True)]

    await asyncio.gather(*(database.ensure("reports", validator=SCHEMA, indexes=indexes) for _ in range(4)))

    assert await database.find("reports", {}, hint="name", deadline_ms=SOON) == []


async def test_a_command_that_makes_no_sense_is_a_fault_with_the_servers_words(database: Database) -> None:
    with pytest.raises(DatabaseError, match="unknown operator") as refused:
        await database.find("reports", {"year": {"$no": 1}}, deadline_ms=SOON)

    assert refused.value.code == "DATABASE_ERROR"


async def test_a_full_disk_stops_writing_before_mongod_meets_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with connect(Settings(data=tmp_path)) as database:
        await database.transact([Insert("reports", report("a"))])
        monkeypatch.setattr(mongod_faults, "ROOM", 2**60)

        with pytest.raises(DiskFullError, match="MB are left"):
            await database.transact([Insert("reports", report("b"))])

        assert await stored(database) == [report("a")]


async def test_what_one_command_stores_the_next_one_finds(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path, database="mine")
    async with connect(settings) as database:
        await database.ping(deadline_ms=SOON)
        await database.transact([Insert("reports", report("a"))])

    async with connect(settings) as database:
        assert await stored(database) == [report("a")]


async def test_a_server_that_is_away_is_told_in_about_five_seconds() -> None:
    started = time.monotonic()

    with pytest.raises(DatabaseUnavailableError, match="does not answer") as refused:
        async with connect(Settings(mongodb_uri="mongodb://someone:secret@127.0.0.1:9/")):
            pass

    assert 4 < time.monotonic() - started < 20, "left alone, the driver waits for 30 s"
    assert refused.value.code == "DATABASE_UNAVAILABLE"
    assert "MONGODB_URI" in str(refused.value)
    assert "secret" not in str(refused.value)


@pytest.mark.parametrize(
    "uri", ["mongodb://", "mongodb://a:b:c@/", "mongodb://localhost:port/", "mongodb+srv://127.0.0.1/"]
)
async def test_an_address_that_is_none_is_refused_by_name(uri: str) -> None:
    with pytest.raises(SettingsError, match="MONGODB_URI"):
        async with connect(Settings(mongodb_uri=uri)):
            pass


@pytest.fixture
def standalone(tmp_path: Path) -> Iterator[str]:
    socket = tmp_path / "alone.sock"
    command = [find_mongod(), "--dbpath", str(tmp_path), "--bind_ip", str(socket), "--unixSocketPrefix", str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as server:
        while not keeper.answers(str(socket)):
            time.sleep(0.05)
        yield uri_of(str(socket))
        server.kill()


async def test_a_server_without_transactions_is_refused_with_advice(standalone: str) -> None:
    with pytest.raises(DatabaseForbiddenError, match=r"--replSet .* rs\.initiate"):
        async with connect(Settings(mongodb_uri=standalone)):
            pass


async def test_an_index_that_is_being_built_is_missed_by_no_reader(database: Database) -> None:
    await filled(database, 3)

    named: dict[str, Any] = {"hint": "not_built_yet", "deadline_ms": SOON}
    found = await database.find("reports", {"year": 2001}, **named)

    assert found == await database.aggregate("reports", [{"$match": {"year": 2001}}], **named)
    assert found == [one async for one in database.stream("reports", {"year": 2001}, **named)]
    assert await database.count("reports", {"year": 2001}, **named) == 1
