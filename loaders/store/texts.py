"""The texts of reports: which is current, which it superseded, and what another text of a report comes to."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any

from loaders.document import Document
from loaders.errors import DuplicateKeyError
from loaders.store.collections import REPORTS, REVISIONS
from loaders.store.cross_report_checks import alone
from loaders.store.database import STORING_DEADLINE_MS, Database, InsertMany, Replace, Write

_HEAD = {"revision": 1, "supersedes": 1, "source.sha256": 1, "source.parserVersion": 1, "source.url": 1}


class Stored(StrEnum):
    """What storing a document did."""

    CREATED = "CREATED"
    UNCHANGED = "UNCHANGED"
    REVISED = "REVISED"  # the text changed: a new revision, the older one kept
    REPARSED = "REPARSED"  # the same text, read by a newer parser, or with an address that was not known


class Texts:
    """The texts of some reports, as they are stored and as they will be."""

    def __init__(self) -> None:
        self._known: dict[str, set[str]] = {}
        self._heads: dict[str, Document] = {}
        self._current: dict[str, Document] = {}
        self._stored: frozenset[str] = frozenset()
        self._written: dict[str, None] = {}
        self._superseded: list[Document] = []

    @classmethod
    async def of(cls, database: Database, documents: Sequence[Document]) -> "Texts":
        """What is stored of the reports of these documents."""
        texts = cls()
        ids = sorted({document["_id"] for document in documents})
        for head in await _found(database, REPORTS, "_id", ids, only=_HEAD):
            texts._heads[head["_id"]] = texts._current[head["_id"]] = head
            texts._known[head["_id"]] = {head["source"]["sha256"]}
        texts._stored = frozenset(texts._heads)
        await texts._learn(database, sorted({one["_id"] for one in documents if texts._is_other(one)}))
        return texts

    def outcome(self, document: Document) -> Stored:
        """What storing the document does, now that those asked about before are stored."""
        report, source = document["_id"], document["source"]
        head = self._heads.get(report)
        if head is not None and source["sha256"] in self._known[report]:
            is_current = source["sha256"] == head["source"]["sha256"]
            is_newer = is_current and _tells_more(source, head["source"])
            if not is_newer:  # one of its earlier texts, loaded again, is no news either
                return Stored.UNCHANGED
        self._heads[report] = document
        if head is None:
            self._known[report] = {source["sha256"]}
            return Stored.CREATED
        is_known = source["sha256"] in self._known[report]
        self._known[report].add(source["sha256"])
        return Stored.REPARSED if is_known else Stored.REVISED

    def put(self, document: Document, outcome: Stored) -> None:
        """Make the document the current text of its report; one that it supersedes is kept."""
        report = document["_id"]
        if outcome is not Stored.CREATED:
            document = {**document, **self._numbered(self._current[report], outcome)}
        self._current[report] = document
        self._written.pop(report, None)  # in the order of their last texts: the last report tells its agency
        self._written[report] = None

    def stored(self) -> list[Document]:
        """The documents that have come to be current."""
        return [self._current[report] for report in self._written]

    def replaced(self, documents: Sequence[Document]) -> list[str]:
        """The ids of those of these documents that take the place of a stored one."""
        return [document["_id"] for document in documents if document["_id"] in self._stored]

    def writes(self, documents: Sequence[Document]) -> list[Write]:
        """The writes of these current documents and of the texts that they supersede."""
        replaced = {*self.replaced(documents)}
        return [
            InsertMany(REPORTS, [one for one in documents if one["_id"] not in replaced]),
            *(Replace(REPORTS, {"_id": one["_id"]}, one) for one in documents if one["_id"] in replaced),
            InsertMany(REVISIONS, self._superseded),
        ]

    def _is_other(self, document: Document) -> bool:
        head = self._heads.get(document["_id"])
        return head is not None and head["source"]["sha256"] != document["source"]["sha256"]

    async def _learn(self, database: Database, reports: Sequence[str]) -> None:
        """The earlier texts of these reports, and the current ones in full, for they may be superseded."""
        if not reports:
            return
        for older in await _found(database, REVISIONS, "report", reports, only={"report": 1, "source.sha256": 1}):
            self._known[older["report"]].add(older["source"]["sha256"])
        whole = {one["_id"]: one for one in await _found(database, REPORTS, "_id", reports)}
        if whole.keys() != {*reports}:
            raise DuplicateKeyError("the report was removed meanwhile")
        self._current |= whole

    def _numbered(self, current: Document, outcome: Stored) -> Mapping[str, Any]:
        """The number of a text after the current one, which is kept where it is superseded."""
        if outcome is Stored.REPARSED:
            return {"revision": current["revision"], "supersedes": current.get("supersedes")}
        # its neighbours change, a text that is history does not
        older = {**alone(current), "_id": revision_id(current), "report": current["_id"]}
        self._superseded.append(older)
        return {"revision": current["revision"] + 1, "supersedes": older["_id"]}


def _tells_more(source: Mapping[str, Any], known: Mapping[str, Any]) -> bool:
    return source["parserVersion"] != known["parserVersion"] or bool(source.get("url") and not known.get("url"))


def revision_id(document: Mapping[str, Any]) -> str:
    """The id under which this revision of a report is kept once a newer text supersedes it."""
    return f"{document['_id']}@{document['revision']}"


async def _found(
    database: Database, collection: str, key: str, ids: Sequence[str], *, only: Mapping[str, int] | None = None
) -> list[Document]:
    return await database.find(collection, {key: {"$in": list(ids)}}, projection=only, deadline_ms=STORING_DEADLINE_MS)
