"""Stored reports taken out again: afterwards all is as if they had never been stored.

A report goes in one transaction, with the texts that it
superseded and every row that is derived from it; its agency, its regions and the checks of other reports that compare
with it are brought in step there too.
"""

from loaders.document import Document
from loaders.errors import DuplicateKeyError
from loaders.store.collections import REPORTS, REVISIONS
from loaders.store.cross_report_checks import Neighbours
from loaders.store.database import STORING_DEADLINE_MS, Database, DeleteMany, Replace, Write
from loaders.store.derived_rows import AGENCIES, DERIVED, SUMMARIES, agency_id, agency_row, belonging
from loaders.store.places import unplaced
from loaders.store.versions import VERSIONED_BY, raised_versions, retried, version_ids

_PLACING = dict.fromkeys((*VERSIONED_BY, "revision"), 1)
_YEARS = {"kind": 1, "year": 1, "agency": 1, "source.loadedAt": 1}
_LOADED = [("source.loadedAt", 1), ("_id", 1)]


async def remove(database: Database, report: str) -> bool:
    """Take out one report, all of it or nothing; False where there is none of that id."""
    texts = await retried(lambda: _remove(database, report))
    if texts and (late := await unplaced(database, report, texts)):
        await database.transact(late, deadline_ms=STORING_DEADLINE_MS)
    return bool(texts)


async def make_room(database: Database) -> int:
    """Take out all samples; how many there were."""
    found = await database.find(
        SUMMARIES, {"source.sample": True}, projection={"_id": 1}, deadline_ms=STORING_DEADLINE_MS
    )
    return sum([await remove(database, one["_id"]) for one in found])


async def real_reports(database: Database) -> int:
    """How many reports are stored that are no samples."""
    return await database.count(SUMMARIES, {"source.sample": False}, deadline_ms=STORING_DEADLINE_MS)


async def _remove(database: Database, report: str) -> list[Document]:
    """Remove a report; the texts that it had."""
    texts = await _texts(database, report)
    if not texts:
        return []
    ids = sorted({one for text in texts for one in version_ids(text)})
    raised = await raised_versions(database, ids)
    beside = await Neighbours.of(database, texts)
    beside.part(texts)
    writes: list[Write] = [
        *raised,
        DeleteMany(REPORTS, {"_id": report}),
        DeleteMany(REVISIONS, {"report": report}),
        *(DeleteMany(collection, belonging(collection, [report])) for collection in DERIVED),
        *await _agency(database, texts[0]),
        *await unplaced(database, report, texts),
        *beside.changes(),
    ]
    if await _texts(database, report) != texts:
        raise DuplicateKeyError("the report has changed meanwhile")
    await database.transact(writes, deadline_ms=STORING_DEADLINE_MS)
    return texts


async def _texts(database: Database, report: str) -> list[Document]:
    """What tells the place of a report among others, in its current text and then in those that it superseded."""
    current = await database.find(REPORTS, {"_id": report}, projection=_PLACING, deadline_ms=STORING_DEADLINE_MS)
    older = await database.find(
        REVISIONS, {"report": report}, projection=_PLACING, sort=[("revision", -1)], deadline_ms=STORING_DEADLINE_MS
    )
    return [{**one, "_id": report} for one in (*current, *older)] if current else []


async def _agency(database: Database, document: Document) -> list[Write]:
    """What changes in the row of the agency: the report loaded last tells it, whichever is left."""
    name = document["agency"]["name"]
    if name is None:
        return []
    where = {"agency.name": name, "_id": {"$ne": document["_id"]}}
    others = await database.find(REPORTS, where, projection=_YEARS, sort=_LOADED, deadline_ms=STORING_DEADLINE_MS)
    row = agency_row(others[-1], [(one["kind"], one["year"]) for one in others]) if others else None
    one = {"_id": agency_id(name)}
    return [DeleteMany(AGENCIES, one) if row is None else Replace(AGENCIES, one, row)]
