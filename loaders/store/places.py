"""Rows of `regions` in step with the reports: each region that a report's agency is in, as the reports tell it.

Reports of one province must not wait for each other to write its row, so no version is raised: who has stored a report,
or taken one out, asks once more when that is done, and one of two that were at it at a time sees what the other did.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from loaders.document import Document
from loaders.store.database import STORING_DEADLINE_MS, Database, DeleteMany, InsertMany, Update, Write
from loaders.store.derived_rows import SUMMARIES
from loaders.store.region_rows import LEVELS, REGIONS, region_rows

_REGION = "agency.region"


async def placed(database: Database, documents: Sequence[Document]) -> list[Write]:
    """What `regions` lacks of the places of reports.

    Of codes that a place had in different years the greatest is kept, nearly always the newest, whoever loads first.
    A row stays when its last report moves elsewhere.
    """
    told: dict[str, Document] = {}
    for row in (row for document in documents for row in region_rows(document)):
        known = told.setdefault(row["_id"], row)
        if (row["code"] or "") > (known["code"] or ""):
            told[row["_id"]] = row
    codes = await _codes(database, [*told.values()])
    new = [row for row in told.values() if row["_id"] not in codes]
    writes: list[Write] = [InsertMany(REGIONS, new)] if new else []
    for row in told.values():
        if row["_id"] in codes and (row["code"] or "") > (codes[row["_id"]] or ""):
            lesser = {"_id": row["_id"], "code": {"$not": {"$gte": row["code"]}}}
            writes.append(Update(REGIONS, lesser, {"code": row["code"]}))
    return writes


async def unplaced(database: Database, report: str, texts: Sequence[Document]) -> list[Write]:
    """What changes in `regions` where a report goes, or has gone, that has had these texts."""
    writes: list[Write] = []
    for text in texts:
        rows = region_rows(text)
        company = await _beside(database, report, _where(text["agency"]["region"], ("code", *LEVELS))) if rows else []
        if company:  # another report of the very same place: all its rows stay as they are
            writes += await placed(database, company[:1])
        else:
            codes = await _codes(database, rows)
            writes += [write for row in rows for write in await _retold(database, report, row, codes)]
    return writes


async def _retold(database: Database, report: str, row: Document, codes: Mapping[str, str | None]) -> list[Write]:
    """What changes in a row that is told by the other reports alone."""
    others = await _beside(database, report, _where(row, LEVELS[: LEVELS.index(row["level"].lower()) + 1]))
    told = [one for other in others for one in region_rows(other) if one["_id"] == row["_id"]]
    if not told:
        return [DeleteMany(REGIONS, {"_id": row["_id"]})] if row["_id"] in codes else []
    code = max((one["code"] for one in told), key=lambda code: code or "")
    if row["_id"] not in codes:
        return [InsertMany(REGIONS, [{**row, "code": code}])]
    return [Update(REGIONS, {"_id": row["_id"]}, {"code": code})] if code != codes[row["_id"]] else []


def _where(names: Mapping[str, Any], parts: Sequence[str]) -> Mapping[str, Any]:
    return {f"{_REGION}.{part}": names.get(part) for part in parts}


async def _beside(database: Database, report: str, where: Mapping[str, Any]) -> list[Document]:
    """The other reports of a place, one for each region that they tell of it."""
    stages = [
        {"$match": {**where, "_id": {"$ne": report}}},
        {"$group": {"_id": f"${_REGION}"}},
        {"$project": {_REGION: "$_id"}},
    ]
    return await database.aggregate(SUMMARIES, stages, deadline_ms=STORING_DEADLINE_MS)


async def _codes(database: Database, rows: Sequence[Document]) -> dict[str, str | None]:
    """The stored codes of those of these rows that there are."""
    if not rows:
        return {}
    where = {"_id": {"$in": [row["_id"] for row in rows]}}
    stored = await database.find(REGIONS, where, projection={"code": 1}, deadline_ms=STORING_DEADLINE_MS)
    return {row["_id"]: row["code"] for row in stored}
