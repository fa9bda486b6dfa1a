"""Report documents to MongoDB: what is written, under which rules, in which transaction.

`reports` holds the current text of each report, `revisions` the texts it superseded, the derived collections what
cross-report queries read, `versions` how often what checks compare has changed, `state` what is noted of the database
itself; all of one report change in one transaction, together with the checks of other reports that compare with it.
"""

from asyncio import gather
from collections import Counter
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from datetime import UTC, datetime

from loaders.checks import with_implied
from loaders.document import CONCEPT, KNOWN, Document
from loaders.errors import DatabaseError, DocumentRefusedError, DuplicateKeyError
from loaders.file_formats.sources import bare
from loaders.forms import FORMS, Form
from loaders.shipped import is_sample
from loaders.store.collections import COLLECTIONS, REPORTS, REVISIONS, STORING, indexes_for, validator_for
from loaders.store.cross_report_checks import Neighbours
from loaders.store.database import (
    STORING_DEADLINE_MS,
    Database,
    DeleteMany,
    InsertMany,
    InsertPacked,
    Replace,
    Update,
    Write,
)
from loaders.store.derived_rows import AGENCIES, DERIVED, Packed, agency_row, belonging
from loaders.store.places import placed
from loaders.store.rebuild import LEFT_OUT, Progress, rebuild, unseen
from loaders.store.texts import Stored, Texts
from loaders.store.versions import ATTEMPTS, raising, retried, version_ids, versions

__all__ = ["Stored", "prepare", "store", "store_all"]

_Ready = Mapping[tuple[str, str], Packed]
"""The rows of texts that are made already."""
_ATTEMPTS_TOGETHER = 3  # of many reports at a time, before they are stored in smaller parts


async def prepare(
    database: Database, forms: Sequence[Form] = FORMS, *, progress: Progress = unseen, is_filling: bool = False
) -> None:
    """Give every collection its validator, its indexes and rows of this program's; harmless where all is in place.

    An empty database that is to be filled does without the indexes that only readers need; they are built far quicker
    afterwards, by preparing it once more, as every command does that reads.
    """
    is_filling = is_filling and not await database.count(REPORTS, {}, cap=1, deadline_ms=STORING_DEADLINE_MS)
    wanted = {name: indexes_for(name, forms) for name in COLLECTIONS}
    if is_filling:
        wanted |= {name: [one for one in wanted[name] if one.name in kept] for name, kept in STORING.items()}
    await gather(  # together, for the server builds the indexes of a collection with one core
        *(database.ensure(name, validator=validator_for(name, forms), indexes=wanted[name]) for name in COLLECTIONS)
    )
    await rebuild(database, _renewed, progress)


async def store(
    database: Database, document: Document, *, now: datetime | None = None, forms: Sequence[Form] = FORMS
) -> Stored:
    """Store one report: all of it or nothing; the same bytes read by the same parser change nothing."""
    (outcome,) = await _together(database, _stamped([document], now), forms, {})
    return outcome


async def store_all(
    database: Database,
    documents: Sequence[Document],
    *,
    packed: Sequence[Packed | None] = (),
    now: datetime | None = None,
    forms: Sequence[Form] = FORMS,
) -> AsyncIterator[tuple[int, Stored | DatabaseError]]:
    """Store reports together, each all of it or nothing: the place of each among them, and what storing it did.

    It ends as storing one after the other does. One that MongoDB refuses has its fault in place of an outcome, and the
    others are stored; a MongoDB that fails is raised. What has been given out is stored for good.

    `packed` are the rows of each, where they are made already.
    """
    ready = {_key(one): rows for one, rows in zip(documents, packed, strict=False) if rows is not None}
    waiting = [_stamped(documents, now)]
    place = 0
    while waiting:
        some = waiting.pop()
        for outcome in await _parts_or_outcomes(database, some, forms, ready):
            if isinstance(outcome, list):
                waiting.append(outcome)
            else:
                yield place, outcome
                place += 1


async def _parts_or_outcomes(
    database: Database, documents: Sequence[Document], forms: Sequence[Form], ready: _Ready
) -> Sequence[list[Document] | Stored | DatabaseError]:
    """What storing documents together did, or where one is refused, the two parts to be stored for themselves."""
    try:
        return await _together(database, documents, forms, ready)
    except DatabaseError as fault:
        if type(fault) not in _OF_DOCUMENTS:
            raise
        if len(documents) > 1:
            middle = len(documents) // 2
            return [[*documents[middle:]], [*documents[:middle]]]  # the last is taken up first
        if type(fault) is DatabaseError:
            raise
        return [fault]


_OF_DOCUMENTS = {DocumentRefusedError, DuplicateKeyError, DatabaseError}
"""Faults that other documents may not have; of no kind of its own is that of a transaction which is too large."""


def _stamped(documents: Sequence[Document], now: datetime | None) -> list[Document]:
    moment = _iso(now or datetime.now(UTC))
    return [{**document, "source": {**document["source"], "loadedAt": moment}} for document in documents]


async def _together(
    database: Database, documents: Sequence[Document], forms: Sequence[Form], ready: _Ready
) -> list[Stored]:
    """Store documents in one transaction, in their order."""
    attempts = ATTEMPTS if len(documents) == 1 else _ATTEMPTS_TOGETHER
    outcomes = await retried(lambda: _store(database, documents, forms, ready), attempts=attempts)
    changed = [one for one, outcome in zip(documents, outcomes, strict=True) if outcome is not Stored.UNCHANGED]
    if late := await placed(database, changed):
        await database.transact(late, deadline_ms=STORING_DEADLINE_MS)
    return outcomes


async def _store(
    database: Database, documents: Sequence[Document], forms: Sequence[Form], ready: _Ready
) -> list[Stored]:
    # before anything else is read: who changes it later is noticed
    counts = await versions(database, [one for document in documents for one in version_ids(document)])
    texts = await Texts.of(database, documents)
    outcomes = [texts.outcome(document) for document in documents]
    changes = [(one, outcome) for one, outcome in zip(documents, outcomes, strict=True) if outcome != Stored.UNCHANGED]
    if changes:
        changed = [document for document, _ in changes]
        beside = await Neighbours.of(database, changed, forms)
        for document, outcome in changes:
            texts.put(beside.settle(document), outcome)
        stored = [beside.checked(document) for document in texts.stored()]
        writes: list[Write] = [
            *raising(Counter(one for document in changed for one in version_ids(document)), counts),
            *texts.writes(stored),
            *beside.changes(besides={document["_id"] for document in stored}),
            *await _derived(database, stored, ready, stale=texts.replaced(stored)),
        ]
        await database.transact(writes, deadline_ms=STORING_DEADLINE_MS)
    return outcomes


async def _derived(
    database: Database, documents: Sequence[Document], ready: _Ready, *, stale: Sequence[str]
) -> list[Write]:
    """The writes that put the rows of current documents in place; `stale` are the reports that have rows already."""
    writes: list[Write] = []
    for collection, rows_of in DERIVED.items():
        if stale:
            writes.append(DeleteMany(collection, belonging(collection, stale)))
        made = [ready.get(_key(document), {}).get(collection) for document in documents]
        writes.append(InsertPacked(collection, b"".join(filter(None, made))))
        left = [document for document, rows in zip(documents, made, strict=True) if rows is None]
        writes.append(InsertMany(collection, [row for document in left for row in rows_of(document)]))
    return [*writes, *await _agencies(database, documents), *await placed(database, documents)]


async def _agencies(database: Database, documents: Sequence[Document]) -> list[Write]:
    """The writes of the agencies of documents, as the last of each tells them."""
    published = await _published(database, {one["agency"]["name"] for one in documents} - {None})
    rows: dict[str, Document] = {}
    for document in documents:
        known = published.setdefault(document["agency"]["name"], set())
        known.add((document["kind"], document["year"]))
        if row := agency_row(document, known):
            rows[row["_id"]] = row
    return [Replace(AGENCIES, {"_id": row["_id"]}, row) for row in rows.values()]


async def _published(database: Database, names: Iterable[str]) -> dict[str, set[tuple[str, int | None]]]:
    """The kinds and years of the stored reports of agencies."""
    where = {"agency.name": {"$in": sorted(names)}, "year": {"$ne": None}}
    only = {"kind": 1, "year": 1, "agency.name": 1}
    published: dict[str, set[tuple[str, int | None]]] = {}
    for row in await database.find(REPORTS, where, projection=only, deadline_ms=STORING_DEADLINE_MS):
        published.setdefault(row["agency"]["name"], set()).add((row["kind"], row["year"]))
    return published


async def _renewed(database: Database, document: Document) -> list[Write]:
    """The rows of a stored report, and of its texts what an older program did not say of them."""
    where = {"report": document["_id"], "$or": [{"source.sample": None}, {KNOWN: None}]}
    older = await database.find(REVISIONS, where, projection=LEFT_OUT, deadline_ms=STORING_DEADLINE_MS)
    document = _brought_up(document)
    texts = [(REPORTS, document), *((REVISIONS, _brought_up(one)) for one in older)]
    writes: list[Write] = [
        Update(name, {"_id": one["_id"]}, {key: one[key] for key in _RENEWED}) for name, one in texts
    ]
    return writes + await _derived(database, [document], {}, stale=[document["_id"]])


_RENEWED = ("source", KNOWN, CONCEPT, "implications")


def _brought_up(text: Document) -> Document:
    """A text with what this program keeps of its file, and with what follows from its figures."""
    return with_implied({**text, "source": _told(text["source"])})


def _told(source: Document) -> Document:
    """What is kept of a file; older programs stored its whole path, and did not tell samples from real reports."""
    if "sample" in source:
        return source
    return {**source, "name": bare(source["name"]), "sample": is_sample(source["sha256"])}


def _key(document: Document) -> tuple[str, str]:
    """What tells a text among those that are stored together."""
    return document["_id"], document["source"]["sha256"]


def _iso(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
