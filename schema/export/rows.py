"""The rows of an export, read a batch at a time: a plan enters, lists of rows leave; memory does not grow with them.

Refused: an export with more rows than its cap (`ExportError`), before its first row where that can be told then.
Faults of the database pass through. A reader that goes away ends the cursor.
"""

from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing
from typing import cast

from loaders.document import Document
from loaders.store.database import Database
from schema.export.plan import ORDER, ExportPlan, Row, too_many

ROWS_A_BATCH = 100


async def count(database: Database, plan: ExportPlan, *, deadline_ms: int, cap: int = 0) -> int:
    """How many rows the export has, its limit aside; counting stops soon after `cap` unless that is 0."""
    table = plan.table
    if not table.unwound:
        counted_to = cap + 1 if cap else 0
        return await database.count(plan.collection, plan.match, cap=counted_to, deadline_ms=deadline_ms)
    size = {"size": {"$size": {"$ifNull": [f"${table.unwound}", []]}}}
    stream = database.stream(plan.collection, plan.match, projection=size, deadline_ms=deadline_ms)
    counted = 0
    async with _closing(stream) as documents:
        async for document in documents:
            counted += document["size"]
            if cap and counted > cap:
                break
    return counted


async def batches(
    database: Database, plan: ExportPlan, *, deadline_ms: int, cap: int = 0
) -> AsyncGenerator[list[Row], None]:
    """The rows in their order, some at a time; with neither limit nor cap, all of them."""
    bound, batch = plan.limit or cap, []
    async with aclosing(_rows(database, plan, deadline_ms)) as rows:
        written = 0
        async for row in rows:
            if bound and written == bound:
                if plan.limit:
                    break
                raise too_many(cap)
            batch.append(row)
            written += 1
            if len(batch) == ROWS_A_BATCH:
                yield batch
                batch = []
    if batch:
        yield batch


async def _rows(database: Database, plan: ExportPlan, deadline_ms: int) -> AsyncGenerator[Row, None]:
    rows_of = plan.reader()
    stream = database.stream(
        plan.collection, plan.match, projection=plan.projection, sort=ORDER, deadline_ms=deadline_ms
    )
    async with _closing(stream) as documents:
        async for document in documents:
            for row in rows_of(document):
                yield row


def _closing(stream: AsyncIterator[Document]) -> "aclosing[AsyncGenerator[Document, None]]":
    """The stream, whose cursor ends with the block."""
    return aclosing(cast("AsyncGenerator[Document, None]", stream))
