"""What must not be mixed is refused, what may stand together is not, and the argument that a hint names resolves it."""

from collections.abc import AsyncIterator, Iterator, Sequence
from typing import Any
from uuid import uuid4

import pytest
from pymongo import MongoClient

from api.mongo.driver import connect
from api.settings import Settings
from loaders.document import KNOWN, Document, put
from loaders.store.database import Database, InsertMany
from loaders.store.derived_rows import statistic_rows, summary_rows
from schema.engine import Engine, GraphQLRequest
from tests.documents import report_document, written

RECEIVED, PENDING = "requests.received.total", "requests.pending.total"
IN_FORCE = "proactiveDisclosure.normativeDocuments.inForce"
SUM_RECEIVED = "metrics: [{ figure: { figure: REQUESTS_RECEIVED_TOTAL, function: SUM } }]"
SUM_PENDING = "metrics: [{ figure: { figure: REQUESTS_PENDING_TOTAL, function: SUM } }]"
SUM_IN_FORCE = "metrics: [{ figure: { figure: PROACTIVE_DISCLOSURE_NORMATIVE_DOCUMENTS_IN_FORCE, function: SUM } }]"


def report(kind: str = "ANNUAL_REPORT", year: int = 2021, agency: str = "白石县水利局", **figures: int) -> Document:
    """A report of a bureau with nothing but these figures; the names of figures have _ for a dot."""
    document = report_document(1, year=year, agency=agency, paragraphs=0)
    bare: Document = {**document, "kind": kind, "scope": "DEPARTMENT", "requests": None, "proactiveDisclosure": None}
    bare |= {"_id": f"{agency}{year}{kind}", KNOWN: {}}
    for name, figure in figures.items():
        path = {"received": RECEIVED, "pending": PENDING, "inForce": IN_FORCE}[name]
        put(bare, path, figure)
        put(bare, f"{KNOWN}.{path}", figure)
    return bare


HALF_AND_WHOLE = [report(received=310), report("PERIODIC", received=100)]
TWO_YEARS = [report(year=2021, pending=4, inForce=20), report(year=2022, pending=5, inForce=21)]
TWO_BUREAUS = [report(pending=4, inForce=20), report(agency="白石县教育局", pending=5, inForce=21)]


@pytest.fixture(scope="module")
def kept(mongodb_uri: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    """Settings of a database with half a year beside a whole one, and with a tree of narrative figures."""
    settings = Settings(mongodb_uri=mongodb_uri, database=f"test_{uuid4().hex}", data=tmp_path_factory.mktemp("kept"))
    with MongoClient[Document](mongodb_uri) as client:
        client[settings.database]["summaries"].insert_many([row for one in HALF_AND_WHOLE for row in summary_rows(one)])
        client[settings.database]["statistics"].insert_many(statistic_rows(prose(TREE)))
        yield settings
        client.drop_database(settings.database)


@pytest.fixture
async def stock(kept: Settings) -> AsyncIterator[Database]:
    """That database, which is only read."""
    async with connect(kept) as opened:
        yield opened


async def asked(database: Database, query: str) -> tuple[list[str], Any]:
    """The codes that a query is refused with, and its data."""
    answer = await Engine(database).execute(GraphQLRequest(query))
    found: list[Any] = answer.errors
    return [error["extensions"]["code"] for error in found], answer.data


def aggregated(arguments: str) -> str:
    return f"{{ aggregate({arguments}) {{ keys {{ value }} count values {{ value n }} }} }}"


@pytest.mark.parametrize(
    ("arguments", "figures"),
    [
        ("", [310]),
        ("kind: PERIODIC", [100]),
        ("where: { kind: { eq: PERIODIC } }", [100]),
        ("where: { and: [{ not: { kind: { eq: ANNUAL_REPORT } } }] }", [100]),
        ("groupBy: [KIND]", [310, 100]),
        ("kind: null, mixKinds: true", [410]),
        ("where: { year: { eq: 2021 } }", [310]),
    ],
)
async def test_annual_reports_are_added_up_unless_a_kind_is_asked_for(
    arguments: str, figures: list[int], stock: Database
) -> None:
    codes, data = await asked(stock, aggregated(f"{arguments} {SUM_RECEIVED}"))

    assert codes == []
    assert [bucket["values"][0]["value"] for bucket in data["aggregate"]] == figures


async def test_a_series_is_of_annual_reports_too(stock: Database) -> None:
    metric = "metric: { figure: { figure: REQUESTS_RECEIVED_TOTAL, function: SUM } }"

    codes, data = await asked(
        stock, f"{{ whole: series({metric}) {{ value }} half: series(kind: PERIODIC, {metric}) {{ value }} }}"
    )
    mixed, _ = await asked(stock, f"{{ series(kind: null, {metric}) {{ value }} }}")

    assert (codes, data) == ([], {"whole": [{"value": 310}], "half": [{"value": 100}]})
    assert mixed == ["KINDS_MIXED"]


@pytest.mark.parametrize(
    ("arguments", "reports", "codes"),
    [
        (f"kind: null, {SUM_RECEIVED}", HALF_AND_WHOLE, ["KINDS_MIXED"]),
        (f"where: {{ kind: {{ in: [ANNUAL_REPORT, PERIODIC] }} }}, {SUM_RECEIVED}", HALF_AND_WHOLE, ["KINDS_MIXED"]),
        ("kind: null, metrics: [{ ratio: BACKLOG_RATE }, { passRate: {} }]", HALF_AND_WHOLE, []),  # nobody tells it
        ("kind: null", HALF_AND_WHOLE, []),
        ("kind: null, metrics: [{ figure: { figure: REQUESTS_RECEIVED_TOTAL, function: COUNT } }]", HALF_AND_WHOLE, []),
        (f"kind: null, {SUM_RECEIVED}", [report(received=310), report("WORK_POINTS_STATUS")], []),
        (SUM_PENDING, TWO_YEARS, ["STOCKS_SUMMED"]),
        (SUM_IN_FORCE, TWO_YEARS, ["STOCKS_SUMMED"]),
        (f"groupBy: [AGENCY], {SUM_IN_FORCE}", TWO_YEARS, ["STOCKS_SUMMED"]),
        ("metrics: [{ figure: { figure: CONCEPT_PENDING, function: SUM } }]", TWO_YEARS, []),  # nobody tells it
        (f"groupBy: [YEAR], {SUM_IN_FORCE}", TWO_YEARS, []),
        (f"where: {{ year: {{ eq: 2022 }} }}, {SUM_IN_FORCE}", TWO_YEARS, []),
        (SUM_IN_FORCE.replace("SUM", "MAX"), TWO_YEARS, []),
        (f"{SUM_IN_FORCE}, mixYears: true", TWO_YEARS, []),
        (SUM_IN_FORCE, TWO_BUREAUS, []),
        (SUM_IN_FORCE, [report(year=2020, received=3), report(year=2021, inForce=20)], []),
        (SUM_RECEIVED, [report(year=2020, received=3), report(year=2021, received=4)], []),
    ],
)
async def test_kinds_and_years_of_states_are_kept_apart(
    arguments: str, reports: list[Document], codes: list[str], database: Database
) -> None:
    await database.transact(written(reports))

    found, _ = await asked(database, aggregated(arguments))

    assert found == codes


# Each is (label, value, whole, breakdown, period); the figures stand in this order.
TREE = [
    ("主动公开信息", 899, None, None, None),
    ("县政府公开", 120, 0, 1, None),
    ("部门公开", 779, 0, 1, None),
    ("其中网站公开", 30, 1, 1, None),
    ("规划信息", 499, 0, 2, None),
    ("财政信息", 400, 0, 2, None),
    ("历年公开", 6955, None, None, "历年累计"),
]


def prose(figures: Sequence[tuple[str, int, int | None, int | None, str | None]], **made: Any) -> Document:
    document = report_document(1, year=2021, agency="白石县水利局", paragraphs=4)
    statistics = [
        {**one, "label": label, "value": value, "partOf": whole, "breakdown": breakdown, "period": period, "unit": "条"}
        for one, (label, value, whole, breakdown, period) in zip(document["statistics"], figures, strict=False)
    ]
    return {**document, "statistics": statistics, **made}


@pytest.mark.parametrize(
    ("labels", "arguments", "codes"),
    [
        ("主动公开信息 县政府公开", "", ["PARTS_MIXED"]),
        ("主动公开信息 其中网站公开", "", ["PARTS_MIXED"]),  # a part of a part
        ("县政府公开 部门公开 规划信息 财政信息", "", ["PARTS_MIXED"]),  # 899 twice, by two breakdowns
        ("其中网站公开 规划信息", "", ["PARTS_MIXED"]),
        ("主动公开信息 历年公开", "", ["PARTS_MIXED"]),
        ("县政府公开 部门公开", "", []),
        ("规划信息 财政信息", "", []),
        ("主动公开信息", "", []),
        ("历年公开", "", []),
        ("主动公开信息 县政府公开", "mixParts: true,", []),
        ("主动公开信息 县政府公开 历年公开", "groupBy: [LABEL],", []),
        ("主动公开信息 历年公开", "groupBy: [CUMULATIVE],", []),
    ],
)
async def test_a_whole_is_not_added_to_its_parts(
    labels: str, arguments: str, codes: list[str], stock: Database
) -> None:
    listed = ", ".join(f'"{label}"' for label in labels.split())
    where = f"where: {{ label: {{ in: [{listed}] }} }}"

    for function in ("SUM", "AVG"):
        found, _ = await asked(
            stock, f"{{ aggregateStatistics({where}, {arguments} functions: [{function}]) {{ count }} }}"
        )
        assert found == codes


@pytest.mark.parametrize("arguments", ["functions: [MAX, MEDIAN, COUNT]", "", 'where: { label: { eq: "无" } }'])
async def test_what_is_not_added_up_may_be_of_any_depth(arguments: str, stock: Database) -> None:
    given = f"({arguments})" if arguments else ""

    assert (await asked(stock, f"{{ aggregateStatistics{given} {{ count }} }}"))[0] == []


async def test_wholes_alone_and_single_years_are_found_by_filters(stock: Database) -> None:
    """As the hint says."""
    where = "where: { whole: { isNull: true }, cumulative: { eq: false } }"

    codes, data = await asked(stock, f"{{ aggregateStatistics({where}, functions: [SUM]) {{ values {{ value }} }} }}")

    assert (codes, data) == ([], {"aggregateStatistics": [{"values": [{"value": 899}]}]})


async def test_figures_of_two_kinds_of_reports_are_kept_apart(database: Database) -> None:
    half = prose(TREE[:1], _id="half", kind="PERIODIC")
    await database.transact([InsertMany("statistics", statistic_rows(one)) for one in (prose(TREE[:1]), half)])

    assert (await asked(database, "{ aggregateStatistics(functions: [SUM]) { count } }"))[0] == ["KINDS_MIXED"]
    for resolved in ("mixKinds: true", "groupBy: [KIND]", "where: { kind: { eq: PERIODIC } }"):
        query = f"{{ aggregateStatistics({resolved}, functions: [SUM]) {{ count }} }}"
        assert (await asked(database, query))[0] == []


@pytest.mark.parametrize(
    ("query", "waiver"),
    [
        (aggregated(f"kind: null, {SUM_RECEIVED}"), "mixKinds"),
        (aggregated(SUM_IN_FORCE), "mixYears"),
        ("{ aggregateStatistics(functions: [SUM]) { count } }", "mixParts"),
    ],
)
async def test_a_refusal_names_the_argument_that_resolves_it(query: str, waiver: str, database: Database) -> None:
    await database.transact([*written([*HALF_AND_WHOLE, *TWO_YEARS[1:], report(year=2020, inForce=1)])])
    await database.transact([InsertMany("statistics", statistic_rows(prose(TREE)))])

    (error,) = (await Engine(database).execute(GraphQLRequest(query))).errors

    assert f"{waiver}: true" in error["extensions"]["hint"]  # type: ignore[index]


async def test_a_group_of_nothing_has_no_sides(database: Database) -> None:
    """Nought of nought says nothing: neither side is known."""
    await database.transact(written([report(received=3)]))
    values = "values { value n numerator denominator belowMinimum }"

    _, data = await asked(
        database,
        f'{{ aggregate(metrics: [{{ ratio: DENIAL_RATE }}, {{ passRate: {{ rule: "D1" }} }}]) {{ {values} }} }}',
    )

    nothing = {"value": None, "n": 0, "numerator": None, "denominator": None, "belowMinimum": True}
    assert data == {"aggregate": [{"values": [nothing, nothing]}]}
