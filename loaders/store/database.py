"""What the rest of the program asks of MongoDB, without a word of its driver: plain dicts, numbers and strings.

Every fault of the server or of the way to it is a `loaders.errors.DatabaseError`. The one implementation lives in
`api.mongo.driver`.
"""

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from loaders.document import Document

Sort = Sequence[tuple[str, int]]

STORING_DEADLINE_MS = 30_000  # for one command of storing a report: reading its neighbours, or writing all of it
TRANSACTION_DEADLINE_MS = 60_000  # the server's own bound on a transaction's life


@dataclass(frozen=True, slots=True)
class Insert:
    """Write one new document; its `_id` must be new."""

    collection: str
    document: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class InsertMany:
    """Write many new documents; an empty list writes nothing."""

    collection: str
    documents: Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class InsertPacked:
    """Write many new documents that are packed already, in the database's own way, one after the other."""

    collection: str
    documents: bytes


@dataclass(frozen=True, slots=True)
class Replace:
    """Put the document in the place of the one found by `where`, or write it where none is found."""

    collection: str
    where: Mapping[str, Any]
    document: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Update:
    """Set these fields (dotted paths) in every document found by `where`."""

    collection: str
    where: Mapping[str, Any]
    fields: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class DeleteMany:
    """Remove every document found by `where`."""

    collection: str
    where: Mapping[str, Any]


Write = Insert | InsertMany | InsertPacked | Replace | Update | DeleteMany


@dataclass(frozen=True, slots=True)
class Index:
    """A declared index; `hint=` in a read names it by the same `name`.

    One with `paths` in place of `keys` is a wildcard index over them: as if each had an index of its own, in one. It
    finds values (never null) and sorts nothing but the path that is filtered on.
    """

    name: str
    keys: tuple[tuple[str, int], ...] = ()
    paths: tuple[str, ...] = ()
    unique: bool = False
    partial: Mapping[str, Any] | None = None


class Database(Protocol):
    """One database of one MongoDB; every method raises `DatabaseError` only."""

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
        """The documents found, in the order of `sort`; a `limit` of 0 is none."""
        ...

    async def aggregate(
        self,
        collection: str,
        pipeline: Sequence[Mapping[str, Any]],
        *,
        deadline_ms: int,
        hint: str = "",
    ) -> list[Document]:
        """What the pipeline yields."""
        ...

    def stream(  # noqa: PLR0913 - these are the options of MongoDB's find
        self,
        collection: str,
        where: Mapping[str, Any],
        *,
        deadline_ms: int,
        projection: Mapping[str, Any] | None = None,
        sort: Sort = (),
        hint: str = "",
    ) -> AsyncIterator[Document]:
        """The documents found, a batch at a time; the deadline is for the server's work on all of them together."""
        ...

    async def count(
        self, collection: str, where: Mapping[str, Any], *, deadline_ms: int, cap: int = 0, hint: str = ""
    ) -> int:
        """How many documents are found; counting stops at `cap` unless that is 0."""
        ...

    async def transact(self, writes: Sequence[Write], *, deadline_ms: int = TRANSACTION_DEADLINE_MS) -> None:
        """Do all the writes in their order, or none of them; transient faults are tried again until the deadline."""
        ...

    async def ensure(self, collection: str, *, validator: Mapping[str, Any], indexes: Sequence[Index]) -> None:
        """Give the collection this `$jsonSchema` and these indexes, dropping those an earlier version declared."""
        ...

    async def ping(self, *, deadline_ms: int) -> None:
        """Return when the server that takes writes answers."""
        ...

    async def close(self) -> None:
        """Give back every connection; a second call does nothing."""
        ...
