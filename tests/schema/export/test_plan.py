"""Exports: what is chosen, which columns there are, and that every value is the stored one."""

import json
from typing import Any

import pytest
from pymongo import MongoClient

from api.settings import Settings
from loaders.document import Document, get
from loaders.errors import GongkaiError
from loaders.forms import FORMS, Kind
from loaders.store.database import Database
from loaders.store.derived_rows import DERIVED
from schema.export.columns import EXPORTS
from schema.export.plan import ORDER, Exporter, ExportPlan, Row
from schema.export.rows import batches, count
from schema.types.global_ids import global_id
from tests.contract.test_toy_form import TOY
from tests.documents import report_document, written
from tests.recording import RecordingDatabase
from tests.schema.conftest import Ask

EXPORTER = Exporter()
WHERES: dict[str, dict[str, Any]] = {
    "year": {"year": {"gte": 2021}},
    "place": {"agency": {"region": {"province": {"eq": "云岭省"}}}},
    "figure": {"requests": {"received": {"total": {"gte": 10}}}},
    "enum": {"template": {"in": ["E2", "E3"]}, "scope": {"ne": "DEPARTMENT"}},
    "boolean": {"or": [{"year": {"lt": 2017}}, {"not": {"kind": {"eq": "ANNUAL_REPORT"}}}]},
    "check": {"checks": {"some": {"status": {"eq": "FAIL"}}}},
    "cell": {"cells": {"none": {"status": {"eq": "BLANK"}}}},
    "nothing": {"year": {"eq": 1900}},
}


async def exported(database: RecordingDatabase, plan: ExportPlan, **bounds: int) -> list[dict[str, Any]]:
    """Every row of an export by its columns."""
    rows: list[Row] = [row async for batch in batches(database, plan, deadline_ms=10_000, **bounds) for row in batch]
    return [dict(zip(plan.names, row, strict=True)) for row in rows]


def in_order(documents: list[Document]) -> list[Document]:
    return sorted(documents, key=lambda document: (document["year"], document["_id"]))


async def test_reports_have_a_column_for_each_figure_of_each_form_with_the_stored_value(
    stocked: RecordingDatabase, reports: list[Document]
) -> None:
    rows = await exported(stocked, EXPORTER.plan("reports"))

    assert len(rows) == len(reports)
    for row, document in zip(rows, in_order(reports), strict=True):
        assert row["id"] == global_id("Report", document["_id"])
        assert row["agency.region.county"] == document["agency"]["region"]["county"]
        for cell in (cell for form in FORMS for cell in form.cells):
            parts = [f"{cell.path}.{part}" for part in ("value", "unit", "yuan")] if cell.kind is Kind.MONEY else []
            for path in parts or [cell.path]:
                assert row[path] == get(document, path)


async def test_cells_have_a_row_for_each_cell_with_its_value_text_and_status(
    stocked: RecordingDatabase, reports: list[Document]
) -> None:
    rows = await exported(stocked, EXPORTER.plan("cells"))

    expected = [
        {
            "report": global_id("Report", document["_id"]),
            "agency.name": document["agency"]["name"],
            "path": cell["path"],
            "value": cell["value"]["value"] if isinstance(cell["value"], dict) else cell["value"],
            "unit": cell["value"]["unit"] if isinstance(cell["value"], dict) else None,
            "yuan": cell["value"]["yuan"] if isinstance(cell["value"], dict) else None,
            "text": cell["text"],
            "status": cell["status"],
        }
        for document in in_order(reports)
        for cell in document["cells"]
    ]
    assert [{name: row[name] for name in expected[0]} for row in rows] == expected
    assert any(row["yuan"] is not None for row in rows)


def test_the_names_of_exports_are_those_of_the_tables() -> None:
    assert tuple(EXPORTER.tables) == EXPORTS


async def test_checks_have_a_row_for_each_check_with_both_sides(
    stocked: RecordingDatabase, reports: list[Document]
) -> None:
    rows = await exported(stocked, EXPORTER.plan("checks"))

    names = ("rule", "status", "severity", "subject", "left", "right", "difference", "message", "messageZh")
    assert [{name: row[name] for name in names} | {"paths": row["paths"].split()} for row in rows] == [
        {name: check[name] for name in names} | {"paths": check["paths"]}
        for document in in_order(reports)
        for check in document["checks"]
    ]


async def test_indicators_of_local_tables_have_a_row_each(database: Database) -> None:
    indicator = {
        "label": "受理市民来信", "parent": "来信来访", "unit": "封", "value": 12, "status": "REPORTED",
        "cumulative": None, "cumulativeStatus": "MISSING", "text": "12", "start": 3, "end": 5,
    }  # fmt: skip
    report = report_document(1, year=2016)
    report["annexStatistics"]["indicators"] = [indicator, {**indicator, "label": "接待来访"}]
    await database.transact(written([report, report_document(2, year=2022)]))

    rows = [
        dict(zip(plan.names, row, strict=True))
        for plan in [EXPORTER.plan("indicators")]
        async for batch in batches(database, plan, deadline_ms=10_000)
        for row in batch
    ]

    assert [row["label"] for row in rows] == ["受理市民来信", "接待来访"]
    assert {name: rows[0][name] for name in indicator} == indicator
    assert rows[0]["agency.name"] == report["agency"]["name"]
    assert await count(database, EXPORTER.plan("indicators"), deadline_ms=10_000) == 2


@pytest.mark.parametrize("what", ["passages", "statistics"])
async def test_rows_of_narratives_are_those_that_are_stored(
    what: str, stocked: RecordingDatabase, reports: list[Document]
) -> None:
    rows = await exported(stocked, EXPORTER.plan(what))

    stored = in_order([row for document in reports for row in DERIVED[what](document)])
    assert [(row["report"], row["text"], row["role"], row["start"]) for row in rows] == [
        (global_id("Report", row["report"]), row["text"], row["role"], row["start"]) for row in stored
    ]


async def test_a_range_has_both_ends_and_no_single_value(stocked: RecordingDatabase, reports: list[Document]) -> None:
    rows = await exported(stocked, EXPORTER.plan("statistics"))

    found = sorted((row["range.low"], row["range.high"]) for row in rows if row["value"] is None)
    values = [one["value"] for document in reports for one in document["statistics"]]
    assert found == sorted(tuple(value) for value in values if isinstance(value, list))
    assert found


@pytest.mark.parametrize("where", WHERES.values(), ids=WHERES)
async def test_a_filter_chooses_the_reports_that_graphql_chooses(
    where: dict[str, Any], ask: Ask, stocked: RecordingDatabase
) -> None:
    plan = EXPORTER.plan("reports", where=where, fields=["id"])
    rows = await exported(stocked, plan)

    query = "query ($where: ReportWhere) { reports(first: 100, where: $where) { totalCount nodes { id } } }"
    answer = await ask(query, where=where)
    assert isinstance(answer.data, dict)
    assert sorted(row["id"] for row in rows) == sorted(node["id"] for node in answer.data["reports"]["nodes"])
    assert await count(stocked, plan, deadline_ms=10_000) == answer.data["reports"]["totalCount"]


@pytest.mark.parametrize("what", ["passages", "statistics"])
async def test_a_filter_chooses_the_narrative_rows_that_graphql_chooses(
    what: str, ask: Ask, stocked: RecordingDatabase
) -> None:
    where = {"role": {"eq": "OVERVIEW"}, "year": {"gte": 2022}}
    plan = EXPORTER.plan(what, where=where)

    answer = await ask(f"{{ {what}(where: {{role: {{eq: OVERVIEW}}, year: {{gte: 2022}}}}) {{ totalCount }} }}")
    assert isinstance(answer.data, dict)
    assert len(await exported(stocked, plan)) == answer.data[what]["totalCount"] > 0


async def test_the_count_of_cells_is_the_number_of_rows(stocked: RecordingDatabase, reports: list[Document]) -> None:
    plan = EXPORTER.plan("cells", where={"year": {"gte": 2020}})

    expected = sum(len(document["cells"]) for document in reports if document["year"] >= 2020)
    assert await count(stocked, plan, deadline_ms=10_000) == expected == len(await exported(stocked, plan))


async def test_only_the_paths_of_the_columns_are_read(stocked: RecordingDatabase) -> None:
    plan = EXPORTER.plan("reports", fields=["id", "requests.received.total"])
    await exported(stocked, plan)

    assert stocked.sent[-1]["projection"] == {"_id": 1, "requests.received.total": 1, "year": 1}


async def test_every_figure_of_a_form_is_read_as_one_path(stocked: RecordingDatabase) -> None:
    await exported(stocked, EXPORTER.plan("reports"))

    assert {form.id for form in FORMS} <= stocked.sent[-1]["projection"].keys()
    assert len(stocked.sent[-1]["projection"]) < 40


async def test_cells_read_neither_raw_text_nor_tables(stocked: RecordingDatabase) -> None:
    await exported(stocked, EXPORTER.plan("cells", fields=["path", "value"]))

    paths = stocked.sent[-1]["projection"]
    assert {path for path in paths if path.startswith("cells")} == {"cells.path", "cells.value"}
    assert not paths.keys() & {"rawText", "cells", *(form.id for form in FORMS)}


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        pytest.param(["id", "year"], ("id", "year"), id="identity alone"),
        pytest.param(["year", "requests.received.total", "id"], ("year", "requests.received.total", "id"), id="order"),
        pytest.param(["id", "id"], ("id",), id="each once"),
        pytest.param(
            ["id", "proactiveDisclosure.fees.amount"],
            ("id", *(f"proactiveDisclosure.fees.amount.{part}" for part in ("value", "unit", "yuan"))),
            id="money",
        ),
        pytest.param(
            ["requests.received.total"],
            (*(column.name for column in EXPORTER.tables["reports"].identity), "requests.received.total"),
            id="identity comes along",
        ),
    ],
)
def test_fields_choose_the_columns_and_their_order(fields: list[str], expected: tuple[str, ...]) -> None:
    assert EXPORTER.plan("reports", fields=fields).names == expected


def test_a_group_stands_for_all_figures_below_it() -> None:
    names = EXPORTER.plan("reports", fields=["id", "requests.outcomes"]).names

    paths = [cell.path for form in FORMS for cell in form.cells]
    assert names == ("id", *(path for path in paths if path.startswith("requests.outcomes.")))


def test_a_form_that_is_declared_in_a_test_alone_has_its_columns() -> None:
    toy = Exporter((*FORMS, TOY))

    assert {cell.path for cell in TOY.cells if cell.kind is not Kind.MONEY} <= set(toy.plan("reports").names)


REFUSED = [
    pytest.param({"what": "report"}, "UNKNOWN_EXPORT", "Did you mean reports?", id="export"),
    pytest.param({"fields": ["requests.recieved.total"]}, "UNKNOWN_FIELD", "requests.received.total", id="field"),
    pytest.param({"fields": ["requests.recieved"]}, "UNKNOWN_FIELD", "Did you mean requests.received?", id="group"),
    pytest.param({"fields": ["rawText"]}, "UNKNOWN_FIELD", "", id="a stored path that is no column"),
    pytest.param({"fields": ["$where"]}, "UNKNOWN_FIELD", "", id="an operator as a field"),
    pytest.param({"where": {"yeer": {"eq": 1}}}, "BAD_FILTER", "'year'", id="field of the filter"),
    pytest.param({"where": {"year": {"$gt": 1}}}, "BAD_FILTER", "", id="an operator of MongoDB"),
    pytest.param({"where": {"kind": {"eq": "ANUAL"}}}, "BAD_FILTER", "", id="value of an enum"),
    pytest.param({"where": []}, "BAD_FILTER", "", id="a list"),
    pytest.param({"where": {"year": {"in": [1] * 300}}}, "FILTER_TOO_LARGE", "", id="long list"),
    pytest.param({"limit": 11, "cap": 10}, "BAD_LIMIT", "command line", id="limit over the cap"),
    pytest.param({"limit": -1}, "BAD_LIMIT", "", id="negative limit"),
]


@pytest.mark.parametrize(("asked", "code", "hint"), REFUSED)
def test_what_cannot_be_exported_is_refused_with_a_code_and_a_hint(asked: dict[str, Any], code: str, hint: str) -> None:
    with pytest.raises(GongkaiError) as refused:
        EXPORTER.plan(**{"what": "reports", **asked})

    assert refused.value.code == code
    assert hint in refused.value.hint


def test_a_filter_that_does_not_fit_is_named_with_its_place() -> None:
    with pytest.raises(GongkaiError) as refused:
        EXPORTER.plan("reports", where={"and": [{"requests": {"received": {"total": {"gte": "ten"}}}}]})

    assert refused.value.message.startswith("where.and.0.requests.received.total.gte: ")


async def test_a_limit_ends_the_rows_and_a_cap_refuses_more(stocked: RecordingDatabase) -> None:
    everything = await exported(stocked, EXPORTER.plan("cells"))

    assert await exported(stocked, EXPORTER.plan("cells", limit=207), cap=300) == everything[:207]
    assert await exported(stocked, EXPORTER.plan("cells"), cap=len(everything)) == everything
    with pytest.raises(GongkaiError) as refused:
        await exported(stocked, EXPORTER.plan("cells"), cap=len(everything) - 1)
    assert refused.value.code == "TOO_MANY_ROWS"


async def test_the_same_data_give_the_same_rows_in_the_same_order(stocked: RecordingDatabase) -> None:
    first, second = [await exported(stocked, EXPORTER.plan("reports")) for _ in range(2)]

    assert json.dumps(first) == json.dumps(second)


async def test_counting_cells_stops_soon_after_the_cap(stocked: RecordingDatabase, reports: list[Document]) -> None:
    counted = await count(stocked, EXPORTER.plan("cells"), cap=10, deadline_ms=10_000)

    assert 10 < counted <= max(len(document["cells"]) for document in reports) + 10


@pytest.mark.parametrize("what", EXPORTER.tables)
@pytest.mark.parametrize("where", [{}, {"year": {"gte": 2020}}], ids=["everything", "years"])
def test_rows_are_read_in_the_order_of_an_index(what: str, where: dict[str, Any], stocked_settings: Settings) -> None:
    plan = EXPORTER.plan(what, where=where)

    with MongoClient[dict[str, Any]](stocked_settings.mongodb_uri) as client:
        rows = client[stocked_settings.database][plan.table.collection].find(plan.match, plan.projection)
        stages = json.dumps(rows.sort(ORDER).explain()["queryPlanner"]["winningPlan"])

    assert '"IXSCAN"' in stages
    assert '"SORT"' not in stages
