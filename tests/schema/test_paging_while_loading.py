"""Pages of a list while reports are stored, revised and read anew: what keyset paging promises, and no more.

A report that is there from the first page to the last, unchanged, is seen exactly once and in its place; one that
comes meanwhile is seen at most once; none is seen twice unless what it is sorted by has changed.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from random import Random
from typing import Any

import pytest

from loaders.document import Document, get, put
from loaders.store import reports as store
from loaders.store.collections import REPORTS
from loaders.store.database import Database
from loaders.store.derived_rows import SUMMARIES, summary_rows
from loaders.store.reports import Stored
from schema.engine import Engine, GraphQLRequest
from schema.read.schema import build_schema
from schema.types.global_ids import global_id
from tests.documents import report_document
from tests.oracle import in_order
from tests.orders import by_name

BUILT = build_schema()
PATHS = {**BUILT.listings["reports"].order_paths, **BUILT.groups.figures}
FIGURE, FEES = "REQUESTS_RECEIVED_TOTAL", "PROACTIVE_DISCLOSURE_FEES_AMOUNT"
ORDERS: tuple[tuple[tuple[str, str], ...], ...] = (
    (("YEAR", "DESC"),),
    ((FIGURE, "ASC"),),
    ((FIGURE, "DESC"), ("TITLE", "ASC")),
    (("PUBLISHED_ON", "ASC"), (FIGURE, "DESC")),
    (("YEAR", "ASC"), (FEES, "ASC")),
)
MOVING = ("requests.received.total", "publishedOn", "proactiveDisclosure.fees.amount.yuan")
QUERY = """
query($orderBy: [ReportOrder!], $first: Int, $after: String, $last: Int, $before: String) {
  reports(orderBy: $orderBy, first: $first, after: $after, last: $last, before: $before) {
    nodes { id } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  }
}
"""


@dataclass
class Library:
    """A database to which reports are loaded, and what it should hold by now."""

    database: Database
    random: Random = field(default_factory=lambda: Random(5))  # noqa: S311 - repeatable, not secret
    documents: dict[str, Document] = field(default_factory=dict)
    loaded: list[Document] = field(default_factory=list)
    number: int = 0

    async def add(self) -> None:
        """Load a report that was not there."""
        self.number += 1
        document = report_document(self.number, agency=f"第{self.number % 9}局", blank=0.2)
        if document["_id"] in self.documents:
            document = report_document(self.number, agency=f"第{self.number}局", blank=0.2)
        await self._store(document, Stored.CREATED)

    async def change(self) -> None:
        """Load another text of a report, or read one anew; most often what it is sorted by changes."""
        self.number += 1
        document = deepcopy(self.random.choice(list(self.documents.values())))
        path = self.random.choice(MOVING)
        if get(document, path) is not None:
            values = ("2022-05-06", None) if path == "publishedOn" else (0, 1, 40, None)
            put(document, path, self.random.choice(values))
        if self.random.random() < 0.5:
            document["source"]["parserVersion"] = str(self.number)
            await self._store(document, Stored.REPARSED)
        else:
            document["source"]["sha256"] = f"{self.number:064x}"
            await self._store(document, Stored.REVISED)

    async def _store(self, document: Document, outcome: Stored) -> None:
        self.loaded.append(document)
        assert await store.store(self.database, deepcopy(document)) is outcome
        self.documents[document["_id"]] = document


@dataclass
class Walk:
    """One walk through the reports of a library, which may change between its pages."""

    engine: Engine
    library: Library
    order: tuple[tuple[str, str], ...]
    backwards: bool
    size: int = 3
    seen: list[str] = field(default_factory=list)
    cursor: str | None = None

    @property
    def paths(self) -> list[str]:
        """The stored paths of the order."""
        return [PATHS[name] for name, _ in self.order]

    def sorted(self, documents: list[Document]) -> list[str]:
        """The ids of documents in the order in which this walk comes by them."""
        keys = [(PATHS[name], way) for name, way in self.order]
        ids = [document["_id"] for document in in_order(documents, keys)]
        return ids[::-1] if self.backwards else ids

    async def page(self) -> bool:
        """Read one page; whether there is another."""
        named = {global_id("Report", document["_id"]): document["_id"] for document in self.library.loaded}
        bounds = (
            {"last": self.size, "before": self.cursor} if self.backwards else {"first": self.size, "after": self.cursor}
        )
        order = [by_name(name, way) for name, way in self.order]
        answer = await self.engine.execute(GraphQLRequest(QUERY, {"orderBy": order, **bounds}))
        assert answer.errors == []
        data: Any = answer.data
        ids = [named[node["id"]] for node in data["reports"]["nodes"]]
        info = data["reports"]["pageInfo"]
        self.seen += ids[::-1] if self.backwards else ids
        self.cursor = info["startCursor" if self.backwards else "endCursor"] or self.cursor
        return bool(info["hasPreviousPage" if self.backwards else "hasNextPage"])

    async def through(self, between: Callable[[], Awaitable[None]] | None = None) -> None:
        """Read every page, and do something between any two."""
        while await self.page():
            assert len(self.seen) <= 2 * len(self.library.loaded), "the walk does not end"
            if between:
                await between()


def hold(walk: Walk, before: Mapping[str, Document], loaded: Sequence[Document]) -> None:
    """What a walk owes whoever reads while these reports are loaded."""
    texts: dict[str, list[Document]] = {id_: [document] for id_, document in before.items()}
    for document in loaded:
        texts.setdefault(document["_id"], []).append(document)
    steady = [document for id_, document in before.items() if len(texts[id_]) == 1]
    there = {document["_id"] for document in steady}
    assert [id_ for id_ in walk.seen if id_ in there] == walk.sorted(steady)

    places = {id_: {tuple(get(text, path) for path in walk.paths) for text in found} for id_, found in texts.items()}
    unmoved = [id_ for id_ in walk.seen if len(places[id_]) == 1]
    assert unmoved == walk.sorted([texts[id_][0] for id_ in set(unmoved)])


async def hold_quiet(engine: Engine, library: Library, order: tuple[tuple[str, str], ...]) -> None:
    """When nothing changes any more, both directions and the oracle agree."""
    stored, light = [
        await library.database.find(name, {}, sort=[("_id", 1)], deadline_ms=5_000) for name in (REPORTS, SUMMARIES)
    ]
    assert light == [row for document in stored for row in summary_rows(document)]
    for backwards in (False, True):
        walk = Walk(engine, library, order, backwards)
        await walk.through()
        assert walk.seen == walk.sorted(list(library.documents.values()))


@pytest.fixture
async def library(database: Database) -> Library:
    """A library with some reports in it."""
    await store.prepare(database)
    made = Library(database)
    for _ in range(16):
        await made.add()
    return made


@pytest.mark.parametrize("backwards", [False, True], ids=["forwards", "backwards"])
async def test_a_reader_misses_nothing_while_reports_are_stored_between_pages(
    *, backwards: bool, library: Library
) -> None:
    engines = [Engine(library.database), Engine(library.database, compile_plans=False)]
    for number, order in enumerate(ORDERS):
        before, started = dict(library.documents), len(library.loaded)
        walk = Walk(engines[number % 2], library, order, backwards)
        changes = iter([library.add, library.change, library.change, library.add])

        async def store_one(changes: Any = changes) -> None:
            if change := next(changes, None):
                await change()

        await walk.through(store_one)

        assert len(library.loaded) - started == 4
        hold(walk, before, library.loaded[started:])
        await hold_quiet(engines[number % 2], library, order)


@pytest.mark.parametrize("order", [ORDERS[0], ORDERS[1], ORDERS[3]], ids=lambda order: order[0][0])
@pytest.mark.parametrize("backwards", [False, True], ids=["forwards", "backwards"])
async def test_a_reader_misses_nothing_while_another_task_stores(
    *, order: tuple[tuple[str, str], ...], backwards: bool, library: Library
) -> None:
    before, started = dict(library.documents), len(library.loaded)
    walk = Walk(Engine(library.database), library, order, backwards, size=2)
    reading, storing = asyncio.Event(), asyncio.Event()

    async def read() -> None:
        await walk.page()
        reading.set()
        await storing.wait()
        await walk.through()

    async def load() -> None:
        await reading.wait()
        for number in range(12):
            await (library.change() if number % 3 else library.add())
            storing.set()

    await asyncio.gather(read(), load())

    hold(walk, before, library.loaded[started:])
    await hold_quiet(walk.engine, library, order)
