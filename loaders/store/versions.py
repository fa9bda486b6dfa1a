"""How often what checks compare has changed: reports whose checks depend on each other share a version.

Who stores one must have seen the last change of any, or looks again.
"""

from collections import Counter
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from typing import TypeVar

from loaders.checks.members import is_aggregate, is_member, region_of
from loaders.document import Document
from loaders.errors import DuplicateKeyError
from loaders.store.collections import VERSIONS
from loaders.store.database import STORING_DEADLINE_MS, Database, Replace, Write
from loaders.store.derived_rows import agency_id

ATTEMPTS = 12  # of several commands that change reports of one agency at a time, one gets through each time
VERSIONED_BY = ("agency", "kind", "scope", "year")
"""The paths that tell which versions a report raises."""
Outcome = TypeVar("Outcome")


async def raised_versions(database: Database, ids: Sequence[str]) -> list[Write]:
    """Writes that raise these versions by one, and fail where another change raised one of them first."""
    return raising(Counter(ids), await versions(database, ids))


async def versions(database: Database, ids: Iterable[str]) -> Mapping[str, int]:
    """How often each of these versions has been raised; to be asked before anything else is read."""
    rows = await database.find(VERSIONS, {"_id": {"$in": sorted({*ids})}}, deadline_ms=STORING_DEADLINE_MS)
    return {row["_id"]: row["count"] for row in rows}


def raising(changes: Mapping[str, int], counts: Mapping[str, int]) -> list[Write]:
    """Writes that raise versions by so many changes, and fail where one is no longer at its count."""
    return [
        # a count that has moved on is not found, and the row that is then written anew has its id twice
        Replace(VERSIONS, {"_id": one, "count": counts.get(one, 0)}, {"_id": one, "count": counts.get(one, 0) + more})
        for one, more in changes.items()
    ]


async def retried(step: Callable[[], Awaitable[Outcome]], *, attempts: int = ATTEMPTS) -> Outcome:
    """What a step that raises versions comes to: where another change came first, it looks again."""
    for attempt in range(attempts):
        try:
            return await step()
        except DuplicateKeyError:
            if attempt + 1 == attempts:
                raise
    raise AssertionError


def version_ids(document: Document) -> list[str]:
    """The versions that every change of a report raises: its agency's, or its own where it tells none, and a region's.

    Read of the document are the paths `VERSIONED_BY`.
    """
    name, year = document["agency"]["name"], document["year"]
    ids = [document["_id"] if name is None else agency_id(name)]
    if name is not None and year is not None and (is_aggregate(document) or is_member(document)):
        ids.append(f"{year}/{'/'.join(part or '' for part in region_of(document) or ())}")
    return ids
