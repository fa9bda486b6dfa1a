"""The only file that knows MongoDB's driver (Motor, and PyMongo under it): `loaders.store.database.Database`, kept.

Every fault of the driver becomes the `DatabaseError` that says what a user can do.
"""

import asyncio
import re
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager, suppress
from functools import partial
from itertools import groupby
from typing import Any, TypeVar, assert_never

from bson.errors import InvalidDocument
from motor.motor_asyncio import AsyncIOMotorClient, AsyncIOMotorClientSession, AsyncIOMotorCollection
from motor.motor_asyncio import AsyncIOMotorCursor as Cursor
from pymongo import DeleteMany, IndexModel, InsertOne, MongoClient, ReplaceOne, UpdateMany
from pymongo import errors as driver
from pymongo.read_concern import ReadConcern
from pymongo.write_concern import WriteConcern

from api.mongo import faults as mongo_faults
from api.mongo.packed import unpacked
from api.mongo.private_faults import check_room, fault_of
from api.mongo.private_mongod import REPLICA_SET, Tell, private_mongod, say_nothing
from api.settings import Settings
from loaders.document import Document
from loaders.errors import DatabaseError, DatabaseUnavailableError, DocumentRefusedError, GongkaiError, SettingsError
from loaders.store import database
from loaders.store.database import TRANSACTION_DEADLINE_MS, Database, Index, Sort, Write

SELECTION_MS = 5_000  # how long a server that is away is waited for
PRIMARY_SECONDS = 60.0
POLL = 0.02
GRACE = 0.5  # seconds after the server's own deadline until we stop waiting for a server that says nothing
BATCH = 500  # documents fetched at a time by `stream`
WHOLE = 10_000  # documents of one answer to `find` and `aggregate`; left alone, the server sends 101 and waits
BUILD_MS = 3_600_000  # an index over every passage of a large collection takes its time
INDEX_PREFIX = "gongkai_"  # the indexes that are ours to drop
NO_SUCH_HINT = "hint provided does not correspond to an existing index"
NOT_INITIATED, NAMESPACE_EXISTS, INDEX_NOT_FOUND = 94, 48, 27

# In force unless the address itself says otherwise.
CLIENT_OPTIONS: dict[str, Any] = {
    "appname": "gongkai",
    "serverSelectionTimeoutMS": SELECTION_MS,
    "connectTimeoutMS": SELECTION_MS,
    "waitQueueTimeoutMS": 10_000,
    "maxPoolSize": 50,
    "w": "majority",
}

Collection = AsyncIOMotorCollection[Document]
Read = TypeVar("Read")


@asynccontextmanager
async def connect(settings: Settings, *, tell: Tell = say_nothing) -> AsyncIterator[Database]:
    """The database that the settings name, open for as long as the block lasts; raises `DatabaseError`."""
    if settings.mongodb_uri:
        async with _opened(settings.mongodb_uri, settings.database) as opened:
            yield opened
        return
    async with (
        private_mongod(settings.data, make_primary=make_primary, mongod=settings.mongod, tell=tell) as uri,
        _opened(
            uri,
            settings.database,
            before_writing=partial(check_room, settings.data),
            when_away=partial(fault_of, settings.data),
        ) as opened,
    ):
        yield opened


@asynccontextmanager
async def _opened(uri: str, name: str, **watch: Callable[[], Any]) -> AsyncIterator["MotorDatabase"]:
    options = {key: value for key, value in CLIENT_OPTIONS.items() if not re.search(f"[?&]{key}=", uri, re.IGNORECASE)}
    try:
        client: AsyncIOMotorClient[Document] = AsyncIOMotorClient(uri, **options)
    except (driver.PyMongoError, ValueError) as error:
        raise _bad_address(error) from None
    opened = MotorDatabase(client, name, **watch)
    try:
        await opened.check()
        yield opened
    finally:
        await opened.close()


def _bad_address(error: Exception) -> SettingsError:
    return SettingsError(
        f"this address cannot be used: {error}",
        hint="it has the form mongodb://user:password@host:port/?replicaSet=name",
        where="MONGODB_URI",
    )


def _nothing() -> None:
    return None


class MotorDatabase:
    """`Database` over Motor."""

    def __init__(
        self,
        client: AsyncIOMotorClient[Document],
        name: str,
        *,
        before_writing: Callable[[], None] = _nothing,
        when_away: Callable[[], DatabaseError] = mongo_faults.away,
    ) -> None:
        self._client = client
        self._database = client[name]
        self._before_writing = before_writing
        self._when_away = when_away
        self._collections: dict[str, Collection] = {}

    async def find(  # noqa: PLR0913 - these are the options of MongoDB's find
        self,
        collection: str,
        where: Mapping[str, Any],
        *,
        deadline_ms: int,
        projection: Mapping[str, Any] | None = None,
        sort: Sort = (),
        limit: int = 0,
        hint: str = "",
    ) -> list[Document]:
        """See `Database.find`."""

        async def found(hint: str) -> list[Document]:
            options = _read_options(deadline_ms, hint=hint, sort=list(sort) or None)
            cursor = self._of(collection).find(where, projection, limit=limit, batch_size=limit or WHOLE, **options)
            return await cursor.to_list(None)

        async with self._call(deadline_ms):
            return await _hinted(found, hint)

    async def aggregate(
        self,
        collection: str,
        pipeline: Sequence[Mapping[str, Any]],
        *,
        deadline_ms: int,
        hint: str = "",
    ) -> list[Document]:
        """See `Database.aggregate`."""

        async def found(hint: str) -> list[Document]:
            options = _read_options(deadline_ms, hint=hint)
            options["maxTimeMS"] = options.pop("max_time_ms")
            return await self._of(collection).aggregate(list(pipeline), batchSize=WHOLE, **options).to_list(None)

        async with self._call(deadline_ms):
            return await _hinted(found, hint)

    async def stream(  # noqa: PLR0913 - these are the options of MongoDB's find
        self,
        collection: str,
        where: Mapping[str, Any],
        *,
        deadline_ms: int,
        projection: Mapping[str, Any] | None = None,
        sort: Sort = (),
        hint: str = "",
    ) -> AsyncIterator[Document]:
        """See `Database.stream`."""

        async def opened(hint: str) -> tuple[Cursor[Document], list[Document]]:
            options = _read_options(deadline_ms, hint=hint, sort=list(sort) or None)
            cursor: Cursor[Document] = self._of(collection).find(where, projection, batch_size=BATCH, **options)
            return cursor, await cursor.to_list(BATCH)

        async with self._call(deadline_ms):
            cursor, batch = await _hinted(opened, hint)
        try:
            while batch:
                for document in batch:
                    yield document
                batch = await self._batch(cursor, deadline_ms)
        finally:
            with suppress(driver.PyMongoError):
                await cursor.close()

    async def count(
        self, collection: str, where: Mapping[str, Any], *, deadline_ms: int, cap: int = 0, hint: str = ""
    ) -> int:
        """See `Database.count`."""

        async def counted(hint: str) -> int:
            options = {"limit": cap, "hint": INDEX_PREFIX + hint if hint else ""}
            given: dict[str, Any] = {name: value for name, value in options.items() if value}
            return int(await self._of(collection).count_documents(where, maxTimeMS=deadline_ms, **given))

        async with self._call(deadline_ms):
            return await _hinted(counted, hint)

    async def transact(self, writes: Sequence[Write], *, deadline_ms: int = TRANSACTION_DEADLINE_MS) -> None:
        """See `Database.transact`."""
        self._before_writing()
        async with self._call(deadline_ms), await self._client.start_session() as session:
            await session.with_transaction(
                partial(self._write, writes),
                read_concern=ReadConcern("snapshot"),
                write_concern=WriteConcern("majority"),
                max_commit_time_ms=deadline_ms,
            )

    async def ensure(self, collection: str, *, validator: Mapping[str, Any], indexes: Sequence[Index]) -> None:
        """See `Database.ensure`."""
        self._before_writing()
        async with self._call(BUILD_MS):
            await self._ensure_validator(collection, {"$jsonSchema": dict(validator)} if validator else {})
            await self._ensure_indexes(self._of(collection), {INDEX_PREFIX + index.name: index for index in indexes})

    async def ping(self, *, deadline_ms: int) -> None:
        """See `Database.ping`."""
        async with self._call(deadline_ms):
            await self._database.command("ping")

    async def close(self) -> None:
        """See `Database.close`."""
        self._client.close()

    async def check(self) -> None:
        """Raise `DatabaseError` unless a server that takes writes and transactions answers."""
        async with self._call(2 * SELECTION_MS):
            hello = await self._client.admin.command("hello")
        if "setName" not in hello and hello.get("msg") != "isdbgrid":
            raise mongo_faults.no_replica_set()

    def _of(self, collection: str) -> Collection:
        if collection not in self._collections:
            self._collections[collection] = self._database[collection]
        return self._collections[collection]

    @asynccontextmanager
    async def _call(self, deadline_ms: int) -> AsyncIterator[None]:
        try:
            async with asyncio.timeout(deadline_ms / 1000 + GRACE):
                yield
        except TimeoutError:
            raise mongo_faults.timed_out(deadline_ms) from None
        except (driver.PyMongoError, InvalidDocument, OverflowError) as error:
            raise _fault(error, deadline_ms=deadline_ms, when_away=self._when_away) from error

    async def _batch(self, cursor: Cursor[Document], deadline_ms: int) -> list[Document]:
        async with self._call(deadline_ms):
            return await cursor.to_list(BATCH)

    async def _write(self, writes: Sequence[Write], session: AsyncIOMotorClientSession) -> None:
        for collection, group in groupby(writes, key=lambda write: write.collection):
            if requests := [request for write in group for request in _requests(write)]:
                await self._of(collection).bulk_write(requests, session=session)

    async def _ensure_validator(self, collection: str, validator: Mapping[str, Any]) -> None:
        found = await (await self._database.list_collections(filter={"name": collection})).to_list(None)
        if not found:
            with _passing_over(NAMESPACE_EXISTS):  # another process was quicker
                await self._database.create_collection(collection, check_exists=False, validator=validator)
                return
        elif found[0].get("options", {}).get("validator", {}) == validator:
            return
        await self._database.command("collMod", collection, validator=validator)

    async def _ensure_indexes(self, collection: Collection, wanted: Mapping[str, Index]) -> None:
        stored = await collection.index_information()
        kept = {name for name, index in wanted.items() if name in stored and _is_same(index, stored[name])}
        for name in stored:
            if name.startswith(INDEX_PREFIX) and name not in kept:
                with _passing_over(INDEX_NOT_FOUND):  # another process was quicker
                    await collection.drop_index(name)
        if missing := [_index_model(name, index) for name, index in wanted.items() if name not in kept]:
            await collection.create_indexes(missing)


def make_primary(uri: str, host: str) -> None:
    """Make the server at `uri` the primary of its own replica set, under the name `host`; raises `DatabaseError`.

    A folder of data that is new, that was left half made, or that was moved (its set then knows it under the old
    name) all end the same way.
    """
    try:
        client: MongoClient[Document] = MongoClient(uri, serverSelectionTimeoutMS=SELECTION_MS)
        with client:
            until = time.monotonic() + PRIMARY_SECONDS
            while not client.admin.command("hello").get("isWritablePrimary"):
                if time.monotonic() > until:
                    raise DatabaseUnavailableError("the private MongoDB does not become ready to write")
                with suppress(driver.OperationFailure):  # in the middle of an election; asked again
                    _configure(client, host)
                time.sleep(POLL)
    except driver.PyMongoError as error:
        raise _fault(error, deadline_ms=SELECTION_MS, when_away=mongo_faults.away) from error


def _configure(client: MongoClient[Document], host: str) -> None:
    try:
        config = client.admin.command("replSetGetConfig")["config"]
    except driver.OperationFailure as error:
        if error.code == NOT_INITIATED:
            client.admin.command("replSetInitiate", {"_id": REPLICA_SET, "members": [{"_id": 0, "host": host}]})
        return
    known = config["members"]
    if [member["host"] for member in known] != [host]:
        moved = {**config, "version": config["version"] + 1, "members": [{**known[0], "host": host}]}
        client.admin.command("replSetReconfig", moved, force=True)


async def _hinted(read: Callable[[str], Awaitable[Read]], hint: str) -> Read:
    """What is read by way of an index, or without it while that is being built: slower, and the same."""
    try:
        return await read(hint)
    except driver.OperationFailure as error:
        if not hint or NO_SUCH_HINT not in str(error):
            raise
        return await read("")


def _read_options(deadline_ms: int, *, hint: str, **others: Any) -> dict[str, Any]:
    options = {"max_time_ms": deadline_ms, "hint": INDEX_PREFIX + hint if hint else None, **others}
    return {name: value for name, value in options.items() if value}


def _requests(write: Write) -> list[InsertOne[Any] | ReplaceOne[Document] | UpdateMany | DeleteMany]:
    match write:
        case database.Insert(document=document):
            return [InsertOne(dict(document))]
        case database.InsertMany(documents=documents):
            return [InsertOne(dict(document)) for document in documents]
        case database.InsertPacked(documents=packed):
            return [InsertOne(document) for document in unpacked(packed)]
        case database.Replace(where=where, document=document):
            return [ReplaceOne(where, dict(document), upsert=True)]
        case database.Update(where=where, fields=fields):
            return [UpdateMany(where, {"$set": fields})]
        case database.DeleteMany(where=where):
            return [DeleteMany(where)]
    assert_never(write)


def _index_model(name: str, index: Index) -> IndexModel:
    options = {
        "unique": index.unique,
        "partialFilterExpression": index.partial,
        "wildcardProjection": dict.fromkeys(index.paths, 1),
    }
    return IndexModel(_keys(index), name=name, **{key: value for key, value in options.items() if value})


def _keys(index: Index) -> list[tuple[str, int]]:
    return [("$**", 1)] if index.paths else list(index.keys)


def _is_same(index: Index, stored: Mapping[str, Any]) -> bool:
    return (
        [tuple(pair) for pair in stored["key"]] == _keys(index)
        and stored.get("wildcardProjection", {}) == dict.fromkeys(index.paths, 1)
        and bool(stored.get("unique")) == index.unique
        and stored.get("partialFilterExpression") == index.partial
    )


@contextmanager
def _passing_over(code: int) -> Iterator[None]:
    try:
        yield
    except driver.OperationFailure as error:
        if error.code != code:
            raise


def _fault(  # noqa: PLR0911 - one return for each kind of fault
    error: Exception, *, deadline_ms: int, when_away: Callable[[], DatabaseError]
) -> GongkaiError:
    match error:
        case driver.BulkWriteError():
            first: Mapping[str, Any] = next(
                iter(error.details.get("writeErrors") or error.details.get("writeConcernErrors") or ()), {}
            )
            return mongo_faults.fault_for(first.get("code", 0), first)
        case driver.ExecutionTimeout() | driver.NetworkTimeout() | driver.WTimeoutError():
            return mongo_faults.timed_out(deadline_ms)
        case driver.ConnectionFailure():
            return when_away()
        case driver.ConfigurationError():  # found out only when the name is looked up
            return _bad_address(error)
        case driver.OperationFailure():
            return mongo_faults.fault_for(error.code or 0, error.details or {})
        case driver.DocumentTooLarge():
            return mongo_faults.too_large()
        case InvalidDocument() | OverflowError():
            return DocumentRefusedError(f"MongoDB cannot hold this document: {error}")
        case _:
            return DatabaseError(f"MongoDB cannot be used: {error}")
