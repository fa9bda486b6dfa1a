"""A real database that notes what it is asked, so that tests can hold what is sent and how often."""

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from loaders.document import Document
from loaders.store.database import TRANSACTION_DEADLINE_MS, Database, Index, Sort, Write


@dataclass
class RecordingDatabase:
    """Passes every call on to the database it wraps; `sent` holds what was read, in order."""

    inner: Database
    sent: list[dict[str, Any]] = field(default_factory=list)
    deadlines: list[int] = field(default_factory=list)

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
        collation: Mapping[str, Any] | None = None,
    ) -> list[Document]:
        """See `Database.find`."""
        self._note(deadline_ms, find=collection, filter=where, projection=projection, sort=sort, limit=limit, hint=hint)
        return await self.inner.find(
            collection,
            where,
            deadline_ms=deadline_ms,
            projection=projection,
            sort=sort,
            limit=limit,
            hint=hint,
            collation=collation,
        )

    async def aggregate(
        self,
        collection: str,
        pipeline: Sequence[Mapping[str, Any]],
        *,
        deadline_ms: int,
        hint: str = "",
        collation: Mapping[str, Any] | None = None,
    ) -> list[Document]:
        """See `Database.aggregate`."""
        self._note(deadline_ms, aggregate=collection, pipeline=pipeline, hint=hint)
        return await self.inner.aggregate(collection, pipeline, deadline_ms=deadline_ms, hint=hint, collation=collation)

    def stream(  # noqa: PLR0913 - these are the options of MongoDB's find
        self,
        collection: str,
        where: Mapping[str, Any],
        *,
        deadline_ms: int,
        projection: Mapping[str, Any] | None = None,
        sort: Sort = (),
        hint: str = "",
        collation: Mapping[str, Any] | None = None,
    ) -> AsyncIterator[Document]:
        """See `Database.stream`."""
        self._note(deadline_ms, stream=collection, filter=where, projection=projection, sort=sort, hint=hint)
        return self.inner.stream(
            collection,
            where,
            deadline_ms=deadline_ms,
            projection=projection,
            sort=sort,
            hint=hint,
            collation=collation,
        )

    async def count(
        self, collection: str, where: Mapping[str, Any], *, deadline_ms: int, cap: int = 0, hint: str = ""
    ) -> int:
        """See `Database.count`."""
        self._note(deadline_ms, count=collection, filter=where, cap=cap, hint=hint)
        return await self.inner.count(collection, where, deadline_ms=deadline_ms, cap=cap, hint=hint)

    async def transact(self, writes: Sequence[Write], *, deadline_ms: int = TRANSACTION_DEADLINE_MS) -> None:
        """See `Database.transact`."""
        self._note(deadline_ms, transact=len(writes))
        await self.inner.transact(writes, deadline_ms=deadline_ms)

    async def ensure(self, collection: str, *, validator: Mapping[str, Any], indexes: Sequence[Index]) -> None:
        """See `Database.ensure`."""
        await self.inner.ensure(collection, validator=validator, indexes=indexes)

    async def ping(self, *, deadline_ms: int) -> None:
        """See `Database.ping`."""
        await self.inner.ping(deadline_ms=deadline_ms)

    async def close(self) -> None:
        """See `Database.close`."""
        await self.inner.close()

    def _note(self, deadline_ms: int, **command: Any) -> None:
        self.deadlines.append(deadline_ms)
        self.sent.append({name: value for name, value in command.items() if value not in ("", 0, (), None)})
