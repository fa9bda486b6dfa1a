"""Questions about reports go to their summaries wherever nothing heavy is needed, and the answers stay the same."""

from collections.abc import Iterator, Mapping
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from loaders.document import Document, get, put
from loaders.forms import FORMS
from loaders.store.collections import REPORTS
from loaders.store.database import Database, DeleteMany, Write
from loaders.store.derived_rows import PASSAGES, SUMMARIES, heavy, summary_rows
from schema.engine import Engine, GraphQLRequest
from schema.plan.commands import Aggregate, Command, Count, Find
from schema.plan.routing import in_two_commands, routed
from schema.queryable.check_status import STATUS_EXPRESSION
from schema.read.schema import build_schema
from schema.types.global_ids import global_id
from tests.documents import corpus, report_document, written
from tests.oracle import in_order
from tests.orders import by_name
from tests.recording import RecordingDatabase
from tests.schema.cases import stocked as holding
from tests.worlds import world

BUILT = build_schema()
PATHS = {**BUILT.listings["reports"].order_paths, **BUILT.groups.figures}
FIGURE, FEES = "REQUESTS_RECEIVED_TOTAL", "PROACTIVE_DISCLOSURE_FEES_AMOUNT"
TOTAL = "requests.received.total"
FORM_IDS = frozenset(form.id for form in FORMS)
HEAVY = heavy(FORMS)
GROUP: dict[str, Any] = {"$group": {"_id": "$year", "count": {"$sum": 1}}}


def find(where: Mapping[str, Any], projection: Mapping[str, Any], *sort: str, collection: str = REPORTS) -> Find:
    """A find of a page."""
    return Find(collection, where, projection, [(path, 1) for path in sort], 21)


def pipeline(*stages: Mapping[str, Any]) -> Aggregate:
    """A pipeline over reports."""
    return Aggregate(REPORTS, stages)


WANTED: dict[str, tuple[Command, str]] = {
    "identity": (find({"year": 2020}, {"_id": 1, "title": 1}, "year"), SUMMARIES),
    "figures": (find({TOTAL: {"$gte": 3}}, {"requests": 1}, TOTAL), SUMMARIES),
    "a figure of the annex": (find({}, {"annexStatistics.letters": 1}), SUMMARIES),
    "failed rules": (find({"failedRules": "R1"}, {"failedRules": 1}), SUMMARIES),
    "a path that begins alike": (find({"statisticsOf": 1}, {"cellsOf.x": 1}), SUMMARIES),
    "text with a heavy word": (find({"title": "cells"}, {"_id": 1}), SUMMARIES),
    "a filter on a heavy part": (find({"checks.status": "FAIL"}, {"_id": 1}), REPORTS),
    "a filter deep inside": (find({"$or": [{"year": 1}, {"$nor": [{"passages": {"$size": 0}}]}]}, {"_id": 1}), REPORTS),
    "an order by a heavy part": (find({}, {"_id": 1}, "rawText"), REPORTS),
    "indicators": (find({"annexStatistics.indicators": {"$elemMatch": {"value": 1}}}, {"_id": 1}), REPORTS),
    "the annex whole": (find({}, {"annexStatistics": 1}), REPORTS),
    "an expression in a filter": (find({"$expr": {"$gt": [{"$size": "$cells"}, 1]}}, {"_id": 1}), REPORTS),
    "text that looks like a path": (find({"title": "$rawText"}, {"_id": 1}), REPORTS),
    "no projection": (find({"year": 2020}, {}), REPORTS),
    "a projection that leaves out": (find({"year": 2020}, {"title": 0}), REPORTS),
    "another collection": (find({"year": 2020}, {"_id": 1}, collection=PASSAGES), PASSAGES),
    "groups": (pipeline({"$match": {"year": 2020}}, GROUP), SUMMARIES),
    "groups by the state of checks": (pipeline({"$group": {"_id": STATUS_EXPRESSION}}), REPORTS),
    "groups of what checks choose": (pipeline({"$match": {"checks.rule": "R1"}}, GROUP), REPORTS),
    "whole documents": (pipeline({"$group": {"_id": 1, "all": {"$push": "$$ROOT"}}}), REPORTS),
    "a part of whole documents": (pipeline({"$project": {"x": "$$CURRENT.cells"}}), REPORTS),
    "a pipeline that shows everything": (pipeline({"$match": {"year": 2020}}), REPORTS),
    "a count": (Count(REPORTS, {TOTAL: 0}, 5), SUMMARIES),
    "a count by a heavy part": (Count(REPORTS, {"sections.role": "REQUESTS"}, 5), REPORTS),
    **{f"shows {path}": (find({}, {path: 1}), REPORTS) for path in HEAVY},
    **{f"shows something of {path}": (find({}, {f"{path}.x": 1}), REPORTS) for path in HEAVY},
    **{f"groups by {path}": (pipeline({"$group": {"_id": {"a": [f"${path}"]}}}), REPORTS) for path in HEAVY},
}


@pytest.mark.parametrize("name", WANTED)
def test_a_command_goes_where_what_it_refers_to_is(name: str) -> None:
    command, collection = WANTED[name]

    assert routed(command, HEAVY).collection == collection


HEAVY_PAGE = {"_id": 1, "passages": 1}
FLAGGED: tuple[dict[str, Any], ...] = (
    {"$match": {}},
    {"$set": {"_missing.k0": 1}},
    {"$sort": {"_missing.k0": 1, TOTAL: 1}},
    {"$limit": 2},
)
PAGES: dict[str, tuple[Command, bool]] = {
    "ordered by a figure": (find({}, HEAVY_PAGE, TOTAL, "_id"), True),
    "chosen by a figure": (find({TOTAL: {"$gt": 1}}, HEAVY_PAGE, "year"), True),
    "ordered by a flag": (pipeline(*FLAGGED, {"$project": HEAVY_PAGE}), True),
    "nothing heavy is shown": (find({}, {"_id": 1, "year": 1}, TOTAL), False),
    "no figure is asked about": (find({"year": 1}, HEAVY_PAGE, "title"), False),
    "a heavy part chooses": (find({"checks.status": "FAIL"}, HEAVY_PAGE, TOTAL), False),
    "no page": (Find(REPORTS, {TOTAL: 1}, HEAVY_PAGE, (), 0), False),
    "groups": (pipeline({"$match": {TOTAL: 1}}, GROUP, {"$limit": 5}, {"$project": HEAVY_PAGE}), False),
    "a count": (Count(REPORTS, {TOTAL: 1}, 5), False),
    "another collection": (find({TOTAL: 1}, HEAVY_PAGE, TOTAL, collection=PASSAGES), False),
}


@pytest.mark.parametrize("name", PAGES)
def test_two_commands_read_heavy_pages_that_figures_choose_or_order(name: str) -> None:
    command, wanted = PAGES[name]
    two = in_two_commands(command, FORM_IDS, HEAVY)

    assert (two is not None) is wanted
    if two is not None:
        assert (two.ids.collection, two.projection) == (SUMMARIES, HEAVY_PAGE)
        assert TOTAL not in two.order or two.order[0] == TOTAL


@pytest.mark.parametrize("seed", range(6))
def test_a_summary_is_the_report_without_its_heavy_parts(seed: int) -> None:
    for document in world(seed):
        before = deepcopy(document)
        (row,) = summary_rows(document)

        assert document == before
        assert row.pop("report") == document["_id"]
        assert all(get(row, path) is None for path in HEAVY)
        lacking = {path for path in HEAVY if "." not in path}
        restored = {**row, **{key: value for key, value in document.items() if key in lacking}}
        if (indicators := get(document, "annexStatistics.indicators")) is not None:
            restored["annexStatistics"] = {**restored["annexStatistics"], "indicators": indicators}
        assert restored == document


QUERY = """
query($where: ReportWhere, $orderBy: [ReportOrder!], $first: Int, $after: String, $last: Int, $before: String) {
  reports(where: $where, orderBy: $orderBy, first: $first, after: $after, last: $last, before: $before) {
    nodes { id requests { received { total } } passages { text } }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  }
}
"""
ORDERS: dict[str, tuple[tuple[str, str], ...]] = {
    "up": ((FIGURE, "ASC"),),
    "down": ((FIGURE, "DESC"),),
    "money": ((FEES, "DESC"), ("TITLE", "DESC")),
    "flagged": (("YEAR", "ASC"), (FIGURE, "ASC")),
}


async def pages(engine: Engine, order: tuple[tuple[str, str], ...], *, backwards: bool) -> list[Document]:
    """Every report, a few at a time, in the order of the list."""
    found: list[Document] = []
    cursor, more = None, True
    by = [by_name(name, way) for name, way in order]
    while more:
        bounds = {"last": 4, "before": cursor} if backwards else {"first": 4, "after": cursor}
        answer = await engine.execute(GraphQLRequest(QUERY, {"orderBy": by, **bounds}))
        assert answer.errors == []
        data: Any = answer.data
        page, info = data["reports"]["nodes"], data["reports"]["pageInfo"]
        found = page + found if backwards else found + page
        cursor, more = (
            (info["startCursor"], info["hasPreviousPage"]) if backwards else (info["endCursor"], info["hasNextPage"])
        )
    return found


@pytest.mark.parametrize("backwards", [False, True], ids=["forwards", "backwards"])
@pytest.mark.parametrize("name", ORDERS)
@pytest.mark.parametrize("seed", [1, 2])
async def test_heavy_pages_ordered_by_figures_are_the_oracles(
    name: str, seed: int, *, backwards: bool, mongodb_uri: str, tmp_path: Path
) -> None:
    reports = world(seed)
    keys = [(PATHS[field], way) for field, way in ORDERS[name]]
    wanted = [
        (global_id("Report", report["_id"]), [passage["text"] for passage in report["passages"]])
        for report in in_order(reports, keys)
    ]
    async with holding(mongodb_uri, reports, tmp_path) as database:
        for compile_plans in (True, False):
            recording = RecordingDatabase(database)
            engine = Engine(recording, compile_plans=compile_plans)
            found = await pages(engine, ORDERS[name], backwards=backwards)

            assert [(one["id"], [passage["text"] for passage in one["passages"]]) for one in found] == wanted
            assert {next(iter(sent.values())) for sent in recording.sent} == {SUMMARIES, REPORTS}


class Overtaken(RecordingDatabase):
    """A database in which reports change right after ids were read of their summaries."""

    changes: Iterator[Document] = iter(())

    async def find(self, collection: str, *arguments: Any, **options: Any) -> list[Document]:
        found = await super().find(collection, *arguments, **options)
        if collection == SUMMARIES and (changed := next(self.changes, None)) is not None:
            await self.inner.transact(rewritten(changed))
        return found


def rewritten(document: Document) -> list[Write]:
    """The writes that put a report in the place of its older text."""
    return [
        DeleteMany(REPORTS, {"_id": document["_id"]}),
        DeleteMany(SUMMARIES, {"report": document["_id"]}),
        *written([document]),
    ]


@pytest.mark.parametrize("lost", [False, True], ids=["figure changed", "table lost"])
async def test_a_report_that_moves_between_the_two_commands_takes_no_other_along(
    *, lost: bool, database: Database
) -> None:
    reports = [report_document(number, year=2021, agency=f"第{number}局") for number in range(8)]
    for number, report in enumerate(reports):
        put(report, TOTAL, 100 - number)
    await database.transact(written(reports))
    moved = deepcopy(reports[3])  # the last of the first page
    if lost:
        moved["requests"] = None
    else:
        put(moved, TOTAL, 0)
    overtaken = Overtaken(database)
    overtaken.changes = iter([moved])

    found = await pages(Engine(overtaken), ORDERS["down"], backwards=False)

    ids = [global_id("Report", report["_id"]) for report in reports]
    assert [one["id"] for one in found if one["id"] != ids[3]] == [id_ for id_ in ids if id_ != ids[3]]
    assert found[3]["requests"]["received"]["total"] == 97


async def test_a_report_that_goes_between_the_two_commands_is_left_out(database: Database) -> None:
    reports = corpus(6, seed=4)
    await database.transact(written(reports))
    gone = in_order(reports, [(TOTAL, "DESC")])[0]
    await database.transact([DeleteMany(REPORTS, {"_id": gone["_id"]})])

    found = await pages(Engine(database), ORDERS["down"], backwards=False)

    assert global_id("Report", gone["_id"]) not in {one["id"] for one in found}
    assert found != []
