"""Report documents to MongoDB: what is written, under which rules, in which transaction.

`reports` holds the current text of each report, `revisions` the texts it superseded, the derived collections what
cross-report queries read, `versions` how often what checks compare has changed, `state` what is noted of the database
itself; all of one report change in one transaction, together with the checks of other reports that compare with it.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from loaders.checks import with_implied
from loaders.document import CONCEPT, KNOWN, Document
from loaders.errors import DuplicateKeyError
from loaders.file_formats.sources import bare
from loaders.forms import FORMS, Form
from loaders.shipped import is_sample
from loaders.store.collections import COLLECTIONS, REPORTS, REVISIONS, indexes_for, validator_for
from loaders.store.cross_report_checks import alone, raised_versions, retried, settled, version_ids
from loaders.store.database import STORING_DEADLINE_MS, Database, DeleteMany, Insert, InsertMany, Replace, Update, Write
from loaders.store.derived_rows import AGENCIES, DERIVED, agency_row
from loaders.store.places import placed
from loaders.store.rebuild import LEFT_OUT, Progress, rebuild, unseen


class Stored(StrEnum):
    """What storing a document did."""

    CREATED = "CREATED"
    UNCHANGED = "UNCHANGED"
    REVISED = "REVISED"  # the text changed: a new revision, the older one kept
    REPARSED = "REPARSED"  # the same text, read by a newer parser


async def prepare(database: Database, forms: Sequence[Form] = FORMS, *, progress: Progress = unseen) -> None:
    """Give every collection its validator, its indexes and rows of this program's; harmless where all is in place."""
    for collection in COLLECTIONS:
        validator, indexes = validator_for(collection, forms), indexes_for(collection, forms)
        await database.ensure(collection, validator=validator, indexes=indexes)
    await rebuild(database, _renewed, progress)


async def store(
    database: Database, document: Document, *, now: datetime | None = None, forms: Sequence[Form] = FORMS
) -> Stored:
    """Store one report: all of it or nothing; the same bytes read by the same parser change nothing."""
    stamped = {**document, "source": {**document["source"], "loadedAt": _iso(now or datetime.now(UTC))}}
    outcome = await retried(lambda: _store(database, stamped, forms))
    if outcome is not Stored.UNCHANGED and (late := await placed(database, stamped)):
        await database.transact(late, deadline_ms=STORING_DEADLINE_MS)
    return outcome


async def _store(database: Database, document: Document, forms: Sequence[Form]) -> Stored:
    # before anything is read: who changes it later is noticed
    raised = await raised_versions(database, version_ids(document))
    current = await _current(database, document["_id"])
    outcome = Stored.CREATED if current is None else await _outcome(database, document, current)
    if outcome is Stored.UNCHANGED:
        return outcome
    document, settling = await settled(database, document, forms)
    if current is None:
        writes: list[Write] = [Insert(REPORTS, document)]
    else:
        document, older = await _following(database, document, current, outcome)
        writes = [*older, Replace(REPORTS, {"_id": document["_id"]}, document)]
    writes += [*raised, *settling, *await _derived(database, document)]
    await database.transact(writes, deadline_ms=STORING_DEADLINE_MS)
    return outcome


async def _following(
    database: Database, document: Document, current: Document, outcome: Stored
) -> tuple[Document, list[Write]]:
    """The document numbered after the current text, and the write that keeps that text where it is superseded."""
    if outcome is Stored.REPARSED:
        return {**document, "revision": current["revision"], "supersedes": current.get("supersedes")}, []
    whole = alone(await _whole(database, document["_id"]))  # its neighbours change, a text that is history does not
    older = {**whole, "_id": revision_id(current), "report": document["_id"]}
    return {**document, "revision": current["revision"] + 1, "supersedes": older["_id"]}, [Insert(REVISIONS, older)]


def revision_id(document: Mapping[str, Any]) -> str:
    """The id under which this revision of a report is kept once a newer text supersedes it."""
    return f"{document['_id']}@{document['revision']}"


async def _outcome(database: Database, document: Document, current: Document) -> Stored:
    source, known = document["source"], current["source"]
    if source["sha256"] == known["sha256"]:
        same_parser = source["parserVersion"] == known["parserVersion"]
        return Stored.UNCHANGED if same_parser else Stored.REPARSED
    # one of its earlier texts, loaded again, is no news
    where = {"report": document["_id"], "source.sha256": source["sha256"]}
    known_text = await database.count(REVISIONS, where, deadline_ms=STORING_DEADLINE_MS, cap=1)
    return Stored.UNCHANGED if known_text else Stored.REVISED


async def _current(database: Database, report: str) -> Document | None:
    projection = {"revision": 1, "supersedes": 1, "source.sha256": 1, "source.parserVersion": 1}
    found = await database.find(REPORTS, {"_id": report}, projection=projection, deadline_ms=STORING_DEADLINE_MS)
    return found[0] if found else None


async def _whole(database: Database, report: str) -> Document:
    found = await database.find(REPORTS, {"_id": report}, deadline_ms=STORING_DEADLINE_MS)
    if not found:
        raise DuplicateKeyError("the report was removed meanwhile")
    return found[0]


async def _derived(database: Database, document: Document) -> list[Write]:
    writes: list[Write] = []
    for collection, rows_of in DERIVED.items():
        writes.append(DeleteMany(collection, {"report": document["_id"]}))
        writes.append(InsertMany(collection, rows_of(document)))
    agency = agency_row(document, await _years(database, document))
    if agency is not None:
        writes.append(Replace(AGENCIES, {"_id": agency["_id"]}, agency))
    return writes + await placed(database, document)


async def _renewed(database: Database, document: Document) -> list[Write]:
    """The rows of a stored report, and of its texts what an older program did not say of them."""
    where = {"report": document["_id"], "$or": [{"source.sample": None}, {KNOWN: None}]}
    older = await database.find(REVISIONS, where, projection=LEFT_OUT, deadline_ms=STORING_DEADLINE_MS)
    document = _brought_up(document)
    texts = [(REPORTS, document), *((REVISIONS, _brought_up(one)) for one in older)]
    writes: list[Write] = [
        Update(name, {"_id": one["_id"]}, {key: one[key] for key in _RENEWED}) for name, one in texts
    ]
    return writes + await _derived(database, document)


_RENEWED = ("source", KNOWN, CONCEPT, "implications")


def _brought_up(text: Document) -> Document:
    """A text with what this program keeps of its file, and with what follows from its figures."""
    return with_implied({**text, "source": _told(text["source"])})


def _told(source: Document) -> Document:
    """What is kept of a file; older programs stored its whole path, and did not tell samples from real reports."""
    if "sample" in source:
        return source
    return {**source, "name": bare(source["name"]), "sample": is_sample(source["sha256"])}


async def _years(database: Database, document: Document) -> list[int]:
    """The years that reports of the document's agency cover, its own among them."""
    where = {"agency.name": document["agency"]["name"], "year": {"$ne": None}}
    rows = await database.find(REPORTS, where, projection={"year": 1}, deadline_ms=STORING_DEADLINE_MS)
    own = {document["year"]} - {None}
    return sorted({row["year"] for row in rows} | own)


def _iso(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
