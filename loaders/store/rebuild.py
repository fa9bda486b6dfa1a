"""Derived rows brought up to date from `reports`, where a program that made them otherwise stored the reports.

A database enters whose collections are in place; afterwards every derived row is as storing the reports anew, oldest
first, would make it. `state` notes which `DERIVED_VERSION` the rows are of and, while they are made, how far that is:
each report's rows and the note change in one transaction, so a rebuild that is killed goes on where it stopped, and
two processes that rebuild at the same time share the work. Rows of a newer program are left alone. An older program
should not load into the database from then on: its rows would be of the older shape.
"""

from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from typing import Any, Protocol

from loaders.document import Document
from loaders.errors import DuplicateKeyError
from loaders.store.collections import REPORTS, STATE
from loaders.store.database import STORING_DEADLINE_MS, Database, DeleteMany, Replace, Write
from loaders.store.derived_rows import DERIVED_VERSION, SHARED
from loaders.store.versions import VERSIONED_BY, raised_versions, version_ids

NOTE = "derived"
_ATTEMPTS = 12  # at one report: whoever came in between has brought it, or another, further
LEFT_OUT = {"checks": 0}
"""What of a report no derivation reads."""
_PLACED = {"source.loadedAt": 1, **dict.fromkeys(VERSIONED_BY, 1)}
_LOADED = [("source.loadedAt", 1), ("_id", 1)]


class Steps(Protocol):
    """What shows how far something is."""

    def step(self, count: int = 1) -> None:
        """So many more are done."""


Derivation = Callable[[Database, Document], Awaitable[list[Write]]]
"""The writes that put the rows of a report in place."""
Progress = Callable[[str, int], AbstractContextManager[Steps]]
"""Shows the progress of so many steps under a label."""


class _Unseen:
    def step(self, count: int = 1) -> None:
        """Show nothing."""


@contextmanager
def unseen(_label: str, _total: int) -> Iterator[Steps]:
    """Progress that nobody watches."""
    yield _Unseen()


async def rebuild(database: Database, derivation: Derivation, progress: Progress = unseen) -> None:
    """Make every derived row anew unless they are of this version already."""
    noted = await _noted(database)
    if max(noted.get("version", 0), noted.get("building", 0)) > DERIVED_VERSION:
        return
    if noted.get("version") == DERIVED_VERSION:
        return
    total = await database.count(REPORTS, _beyond(noted), deadline_ms=STORING_DEADLINE_MS)
    with progress("updating what queries read", total) as shown:
        attempts = 0
        while noted.get("version") != DERIVED_VERSION:
            try:
                await database.transact(await _next(database, noted, derivation), deadline_ms=STORING_DEADLINE_MS)
            except DuplicateKeyError:  # another process made this step, or stored a report of the agency meanwhile
                attempts += 1
                if attempts == _ATTEMPTS:
                    raise
            before, noted = noted, await _noted(database)
            if noted != before:
                attempts = 0
            if noted.get("after") is not None:
                shown.step()


async def _noted(database: Database) -> Document:
    found = await database.find(STATE, {"_id": NOTE}, deadline_ms=STORING_DEADLINE_MS)
    return found[0] if found else {}


async def _next(database: Database, noted: Document, derivation: Derivation) -> list[Write]:
    """The next step: the start, then report by report, then the end; each fails where another process made it."""
    if noted.get("building") != DERIVED_VERSION:
        started = {"building": DERIVED_VERSION, "after": None}
        return [_note(noted, started), *(DeleteMany(collection, {}) for collection in SHARED)]
    following = await database.find(
        REPORTS, _beyond(noted), projection=_PLACED, sort=_LOADED, limit=1, deadline_ms=STORING_DEADLINE_MS
    )
    if not following:
        return [_note(noted, {"version": DERIVED_VERSION})]
    (placed,) = following
    # before the report is read: who changes it later is noticed
    raised = await raised_versions(database, version_ids(placed))
    whole = await database.find(REPORTS, {"_id": placed["_id"]}, projection=LEFT_OUT, deadline_ms=STORING_DEADLINE_MS)
    rows = [write for report in whole for write in await derivation(database, report)]
    after = {"loadedAt": placed["source"].get("loadedAt"), "_id": placed["_id"]}
    return [_note(noted, {"building": DERIVED_VERSION, "after": after}), *raised, *rows]


def _note(before: Document, after: Mapping[str, Any]) -> Write:
    # a note that has changed is not found, and the one that is then written anew has its id twice
    return Replace(STATE, before or {"_id": NOTE}, {"_id": NOTE, **after})


def _beyond(noted: Document) -> Mapping[str, Any]:
    """The reports that are still to come."""
    after = noted.get("after") if noted.get("building") == DERIVED_VERSION else None
    if after is None:
        return {}
    moment = after["loadedAt"]
    later = {"source.loadedAt": {"$ne": None} if moment is None else {"$gt": moment}}
    return {"$or": [later, {"source.loadedAt": moment, "_id": {"$gt": after["_id"]}}]}
