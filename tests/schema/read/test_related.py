"""Agencies by what their reports are like: who has published none, some, or only such reports."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from typing import Any
from uuid import uuid4

import pytest
from pymongo import MongoClient

from api.mongo.driver import connect
from api.settings import Settings
from loaders.document import Document, ReportKind
from loaders.store import reports as store
from loaders.store.database import Database
from schema.engine import Engine, GraphQLRequest
from schema.read.related import MOST_ASKED
from tests.documents import report_document

WATER, SCHOOLS, ROADS = "白石县水利局", "白石县教育局", "白石县交通局"


def report(agency: str, year: int, kind: ReportKind = ReportKind.ANNUAL_REPORT) -> Document:
    """A report with a region that all agencies here share."""
    document = report_document(1, year=year, agency=agency, paragraphs=0)
    return {**document, "_id": f"{agency}{year}{kind}".replace("/", ""), "kind": kind.value}


REPORTS = [
    report(WATER, 2019),
    report(WATER, 2020),
    report(SCHOOLS, 2019, ReportKind.WORK_POINTS_STATUS),
    report(SCHOOLS, 2020),
    report(ROADS, 2018),
]


async def load(database: Database) -> None:
    """Store these reports, with all that storing them derives."""
    for one in REPORTS:
        await store.store(database, one)


@pytest.fixture(scope="module")
def kept(mongodb_uri: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    """Settings of a database that holds these reports."""
    settings = Settings(mongodb_uri=mongodb_uri, database=f"test_{uuid4().hex}", data=tmp_path_factory.mktemp("kept"))
    asyncio.run(_fill(settings))
    yield settings
    with MongoClient[Document](mongodb_uri) as client:
        client.drop_database(settings.database)


async def _fill(settings: Settings) -> None:
    async with connect(settings) as opened:
        await load(opened)


@pytest.fixture
async def filled(kept: Settings) -> AsyncIterator[Database]:
    """That database, which is only read."""
    async with connect(kept) as opened:
        yield opened


async def ask(database: Database, query: str) -> Any:
    answer = await Engine(database).execute(GraphQLRequest(query))
    assert answer.errors == []
    return answer.data


ANNUAL_2019 = "{ kind: { eq: ANNUAL_REPORT }, year: { eq: 2019 } }"


@pytest.mark.parametrize(
    ("where", "names"),
    [
        (f"reports: {{ none: {ANNUAL_2019} }}", {SCHOOLS, ROADS}),
        (f"reports: {{ some: {ANNUAL_2019} }}", {WATER}),
        (f"not: {{ reports: {{ none: {ANNUAL_2019} }} }}", {WATER}),
        ("reports: { none: { year: { eq: 2019 } } }", {ROADS}),  # whatever was published
        ("reports: { every: { kind: { eq: ANNUAL_REPORT } } }", {WATER, ROADS}),
        ("reports: { every: {} }", {WATER, SCHOOLS, ROADS}),
        ("reports: { none: {} }", set()),
        ("reports: { count: { gte: 2 } }", {WATER, SCHOOLS}),
        ("reports: { count: { eq: 1 }, some: {} }", {ROADS}),
        (f'or: [{{ name: {{ eq: "{WATER}" }} }}, {{ reports: {{ count: {{ lt: 2 }} }} }}]', {WATER, ROADS}),
        ("not: { years: { has: 2019 } }", {SCHOOLS, ROADS}),  # years of annual reports
        ("years: { count: { gte: 2 } }", {WATER}),
    ],
)
async def test_agencies_are_found_by_their_reports(where: str, names: set[str], filled: Database) -> None:
    data = await ask(filled, f"{{ agencies(where: {{ {where} }}) {{ totalCount nodes {{ name }} }} }}")

    assert {node["name"] for node in data["agencies"]["nodes"]} == names
    assert data["agencies"]["totalCount"] == len(names)


async def test_the_years_of_an_agency_are_of_one_kind(filled: Database) -> None:
    years = "years any: years(kind: null) points: years(kind: WORK_POINTS_STATUS)"
    of_report = f'report(agency: "{SCHOOLS}", year: 2020) {{ agency {{ {years} }} }}'
    data = await ask(filled, f'{{ agency(name: "{SCHOOLS}") {{ {years} }} {of_report} }}')

    told = {"years": [2020], "any": [2019, 2020], "points": [2019]}
    assert data == {"agency": told, "report": {"agency": told}}


async def test_the_agencies_of_a_region_are_asked_alike(filled: Database) -> None:
    query = (
        f"{{ regions {{ nodes {{ agencies(where: {{ reports: {{ none: {ANNUAL_2019} }} }}) {{ totalCount }} }} }} }}"
    )
    found = (await ask(filled, query))["regions"]["nodes"]

    assert {node["agencies"]["totalCount"] for node in found} == {2}


async def test_a_cursor_outlives_what_is_loaded_meanwhile(database: Database) -> None:
    """It belongs to what was asked, not to what that chose at the moment."""
    await load(database)
    asked = f"where: {{ reports: {{ none: {ANNUAL_2019} }} }}, first: 1"
    page = "{ nodes { name } pageInfo { endCursor } }"
    first = (await ask(database, f"{{ agencies({asked}) {page} }}"))["agencies"]
    await store.store(database, report("白石县审计局", 2019))

    cursor = first["pageInfo"]["endCursor"]
    second = (await ask(database, f'{{ agencies({asked}, after: "{cursor}") {page} }}'))["agencies"]

    assert {node["name"] for one in (first, second) for node in one["nodes"]} == {SCHOOLS, ROADS}


async def test_a_filter_asks_about_reports_a_few_times_only(filled: Database) -> None:
    parts = ", ".join("{ reports: { some: {} } }" for _ in range(MOST_ASKED + 1))

    answer = await Engine(filled).execute(
        GraphQLRequest(f"{{ agencies(where: {{ or: [{parts}] }}) {{ totalCount }} }}")
    )

    errors: list[Any] = answer.errors
    assert [error["extensions"]["code"] for error in errors] == ["FILTER_TOO_LARGE"]
