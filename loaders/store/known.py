"""Which texts are stored already, so that they need not be read again."""

from collections.abc import Sequence

from loaders.store.collections import REPORTS, REVISIONS
from loaders.store.database import STORING_DEADLINE_MS, Database
from loaders.store.derived_rows import SUMMARIES


async def read_already(
    database: Database, hashes: Sequence[str], *, parser_version: str
) -> dict[tuple[str, str], bool]:
    """The current texts that have one of the hashes and that this parser has read: whether they have an address.

    Told by their hash and the name they were read under.
    """
    where = {"source.sha256": {"$in": list(hashes)}, "source.parserVersion": parser_version}
    projection = {"source.sha256": 1, "source.name": 1, "source.url": 1}
    found = await database.find(SUMMARIES, where, projection=projection, deadline_ms=STORING_DEADLINE_MS)
    return {(one["source"]["sha256"], one["source"]["name"]): bool(one["source"]["url"]) for one in found}


async def superseded(database: Database, hashes: Sequence[str]) -> dict[str, str]:
    """The earlier texts that have one of the hashes, each with the hash of the text that is current in its place."""
    where, only = {"source.sha256": {"$in": list(hashes)}}, {"source.sha256": 1, "report": 1}
    older = await database.find(REVISIONS, where, projection=only, deadline_ms=STORING_DEADLINE_MS)
    if not older:
        return {}
    where = {"_id": {"$in": sorted({one["report"] for one in older})}}
    reports = await database.find(REPORTS, where, projection={"source.sha256": 1}, deadline_ms=STORING_DEADLINE_MS)
    current = {one["_id"]: one["source"]["sha256"] for one in reports}
    pairs = ((one["source"]["sha256"], current.get(one["report"])) for one in older)
    return {text: now for text, now in pairs if now is not None and now != text}
