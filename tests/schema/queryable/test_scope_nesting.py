"""Groups hold no aggregate together with what it is made of, and are refused for nothing else."""

from collections.abc import Sequence
from typing import Any

import pytest

from loaders.document import Document
from loaders.store.database import Database, InsertMany
from loaders.store.derived_rows import statistic_rows
from schema.engine import Engine, GraphQLRequest
from tests.documents import report_document, written

CITY = ("霁南省", "青禾市", None, None)
COUNTY = ("霁南省", "青禾市", "白石县", None)
TOWN = ("霁南省", "青禾市", "白石县", "南坪镇")
NEXT_COUNTY = ("霁南省", "青禾市", "望湖县", None)
DISTRICT = ("云都市", None, "古渡区", None)  # of a municipality: there is no prefecture
NAMESAKE = ("云岭省", None, "白石县", None)
NOWHERE = (None, None, None, None)
MIXED = ["SCOPES_MIXED"]
LEVELS = ("PROVINCE", "PREFECTURE", "COUNTY", "TOWNSHIP")


def report(scope: str, place: Sequence[str | None], year: int | None = 2020, name: str = "") -> Document:
    known = [level for level, part in zip(LEVELS, place, strict=True) if part]
    name = name or "".join(filter(None, place)) + scope
    document = report_document(1, year=2020, agency=name)
    region = dict(zip(("province", "prefecture", "county", "township"), place, strict=True))
    agency: Document = {"name": name, "level": known[-1] if known else None, "type": None, "candidates": []}
    return {
        **document,
        "_id": f"{name}{year}",
        "year": year,
        "scope": scope,
        "agency": {**agency, "region": {"code": None, **region}},
    }


async def codes(database: Database, reports: Sequence[Document], arguments: str = "") -> list[str]:
    """The codes with which adding up these reports is refused."""
    await database.transact(written(reports))
    metrics = "metrics: [{ figure: { figure: REQUESTS_RECEIVED_TOTAL, function: SUM } }]"
    answer = await Engine(database).execute(GraphQLRequest(f"{{ aggregate({arguments} {metrics}) {{ count }} }}"))
    found: list[Any] = answer.errors
    return [error["extensions"]["code"] for error in found]


ALL_OF_CITY = report("REGION_AGGREGATE", CITY)
ALL_OF_COUNTY = report("REGION_AGGREGATE", COUNTY)
REFUSED = {
    "a bureau of the county": [ALL_OF_COUNTY, report("DEPARTMENT", COUNTY)],
    "a town of the county": [ALL_OF_COUNTY, report("TOWNSHIP", TOWN)],
    "the government's own report": [ALL_OF_COUNTY, report("GOVERNMENT_SELF", COUNTY)],
    "the city above the county": [ALL_OF_CITY, ALL_OF_COUNTY],
    "a bureau two levels below": [ALL_OF_CITY, report("DEPARTMENT", COUNTY)],
    "a district of a municipality": [report("REGION_AGGREGATE", DISTRICT), report("DEPARTMENT", DISTRICT)],
    "a bureau with its branches": [report("SYSTEM_AGGREGATE", CITY), report("VERTICAL", COUNTY)],
    "a pair among others": [report("REGION_AGGREGATE", NEXT_COUNTY), ALL_OF_COUNTY, report("DEPARTMENT", COUNTY)],
    "two of which no year is known": [
        report("REGION_AGGREGATE", COUNTY, None),
        report("DEPARTMENT", COUNTY, None),
    ],
}
ALLOWED = {
    "a bureau elsewhere": [ALL_OF_COUNTY, report("DEPARTMENT", NEXT_COUNTY)],
    "a bureau of the city above": [ALL_OF_COUNTY, report("DEPARTMENT", CITY)],
    "another year": [ALL_OF_COUNTY, report("DEPARTMENT", COUNTY, 2021)],
    "a county of the same name": [ALL_OF_COUNTY, report("DEPARTMENT", NAMESAKE)],
    "what is of a vertical system": [ALL_OF_COUNTY, report("VERTICAL", COUNTY)],
    "a place that is not known": [ALL_OF_COUNTY, report("DEPARTMENT", NOWHERE)],
    "an aggregate of a place that is not known": [report("REGION_AGGREGATE", NOWHERE), report("DEPARTMENT", COUNTY)],
    "aggregates side by side": [ALL_OF_COUNTY, report("REGION_AGGREGATE", NEXT_COUNTY)],
    "no aggregate": [report("GOVERNMENT_SELF", COUNTY), report("DEPARTMENT", COUNTY), report("TOWNSHIP", TOWN)],
}


@pytest.mark.parametrize("reports", REFUSED.values(), ids=REFUSED)
async def test_an_aggregate_is_not_added_to_a_report_from_inside_its_region(
    reports: list[Document], database: Database
) -> None:
    assert await codes(database, reports) == MIXED


@pytest.mark.parametrize("reports", ALLOWED.values(), ids=ALLOWED)
async def test_reports_that_cannot_hold_each_other_are_added_up(reports: list[Document], database: Database) -> None:
    assert await codes(database, reports) == []


@pytest.mark.parametrize(
    ("arguments", "refused"),
    [
        ("groupBy: [YEAR]", MIXED),
        ("groupBy: [YEAR, COUNTY]", MIXED),
        ("groupBy: [SCOPE]", []),
        ("groupBy: [AGENCY]", []),
        ("where: { scope: { eq: DEPARTMENT } }", []),
        ("mixScopes: true", []),
    ],
)
async def test_only_what_stands_in_one_group_is_added_up(
    arguments: str, refused: list[str], database: Database
) -> None:
    reports = REFUSED["a bureau of the county"]

    assert await codes(database, reports, arguments) == refused


async def test_a_pair_in_a_group_that_is_not_asked_for_refuses_nothing(database: Database) -> None:
    reports = [*REFUSED["a bureau of the county"], *ALLOWED["another year"][1:]]

    assert await codes(database, reports, "groupBy: [YEAR], first: 1, orderBy: [{ by: KEY, direction: DESC }]") == []
    assert await codes(database, [], "groupBy: [YEAR], first: 2") == MIXED


async def test_the_refusal_names_the_pair(database: Database) -> None:
    whole = report("REGION_AGGREGATE", COUNTY, name="白石县人民政府")
    part = report("DEPARTMENT", COUNTY, name="白石县水利局")
    await database.transact(written([whole, part]))

    query = "{ aggregate(metrics: [{ ratio: BACKLOG_RATE }]) { count } }"
    (error,) = (await Engine(database).execute(GraphQLRequest(query))).errors

    for words in ("2020", "白石县人民政府", "霁南省青禾市白石县", "白石县水利局"):
        assert words in str(error["message"])


@pytest.mark.parametrize(
    ("reports", "refused"), [(REFUSED["a bureau of the county"], MIXED), (ALLOWED["a bureau elsewhere"], [])]
)
async def test_figures_of_the_prose_are_kept_apart_alike(
    reports: list[Document], refused: list[str], database: Database
) -> None:
    rows = [row for document in reports for row in statistic_rows(document)]
    await database.transact([*written(reports), InsertMany("statistics", rows)])

    query = "{ aggregateStatistics(groupBy: [UNIT], functions: [SUM]) { count } }"
    errors: list[Any] = (await Engine(database).execute(GraphQLRequest(query))).errors

    assert [error["extensions"]["code"] for error in errors] == refused
