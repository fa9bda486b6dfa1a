"""Groups of narrative figures and of passages against the plain-Python oracle, and what they refuse."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from loaders.store.derived_rows import passage_rows, statistic_rows
from schema.engine import Engine, GraphQLRequest
from schema.queryable.dimensions import PASSAGE_GROUPS, STATISTIC_GROUPS, Grouped
from schema.queryable.metrics import AggregateFunction
from schema.read.schema import build_schema
from tests.documents import corpus
from tests.filters import filters
from tests.group_oracle import expected, figures_measured, key_of, shown
from tests.oracle import meets

LISTINGS = build_schema().listings
STOCK = corpus(40, seed=1)
FIGURES = [row for report in STOCK for row in statistic_rows(report)]
PASSAGES = [row for report in STOCK for row in passage_rows(report)]
STATISTICS_QUERY = """
query($search: String, $where: StatisticWhere, $groupBy: [StatisticDimension!], $functions: [AggregateFunction!]!,
      $orderBy: [BucketOrder!], $first: Int = 1000, $mixUnits: Boolean! = true, $mixScopes: Boolean! = true,
      $mixParts: Boolean! = true) {
  found: aggregateStatistics(search: $search, where: $where, groupBy: $groupBy, functions: $functions,
                             orderBy: $orderBy, first: $first, mixUnits: $mixUnits, mixScopes: $mixScopes,
                             mixParts: $mixParts) {
    keys { dimension value } count breaks values { value n printed implied numerator denominator breaks }
  }
}
"""
PASSAGES_QUERY = """
query($search: String, $where: PassageWhere, $groupBy: [PassageDimension!],
      $orderBy: [BucketOrder!], $first: Int = 1000) {
  found: aggregatePassages(search: $search, where: $where, groupBy: $groupBy, orderBy: $orderBy, first: $first) {
    keys { dimension value } count breaks values { n }
  }
}
"""
thorough = settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
functions = st.lists(st.sampled_from([function.value for function in AggregateFunction]), min_size=1, max_size=4)
searches = st.lists(
    st.sampled_from(["公开", "政府", "信息", "网站公开", "咨询", "受理群众", "培训", "政务新媒体", "查无此词"]),
    min_size=1, max_size=2,
).map(" ".join)  # fmt: skip


def groupings(grouped: Grouped) -> st.SearchStrategy[list[str]]:
    """Up to three dimensions."""
    return st.lists(st.sampled_from([dimension.name for dimension in grouped.dimensions]), max_size=3, unique=True)


async def found(engine: Engine, query: str, **variables: Any) -> list[dict[str, Any]]:
    answer = await engine.execute(GraphQLRequest(query, variables))
    assert answer.errors == []
    data: Any = answer.data
    return list(data["found"])


@thorough
@given(where=filters(LISTINGS["statistics"].where, FIGURES[:60], levels=1), group_by=groupings(STATISTIC_GROUPS),
       asked=functions)  # fmt: skip
async def test_groups_of_figures_are_those_of_the_oracle(
    where: dict[str, Any], group_by: list[str], asked: list[str], engine: Engine
) -> None:
    buckets = shown(await found(engine, STATISTICS_QUERY, where=where, groupBy=group_by, functions=asked))

    rows = [row for row in FIGURES if meets(LISTINGS["statistics"].where, where, row)]
    wanted = expected(rows, group_by, asked, figures_measured)
    assert buckets.keys() <= wanted.keys()
    assert len(buckets) == min(len(wanted), 1_000)
    for key, bucket in buckets.items():
        assert bucket == {**wanted[key], "values": [pytest.approx(value) for value in wanted[key]["values"]]}


@thorough
@given(where=filters(LISTINGS["passages"].where, PASSAGES[:60], levels=1), group_by=groupings(PASSAGE_GROUPS))
async def test_groups_of_passages_are_those_of_the_oracle(
    where: dict[str, Any], group_by: list[str], engine: Engine
) -> None:
    buckets = shown(await found(engine, PASSAGES_QUERY, where=where, groupBy=group_by))

    rows = [row for row in PASSAGES if meets(LISTINGS["passages"].where, where, row)]
    assert buckets == expected(rows, group_by, [], figures_measured)


@settings(thorough, max_examples=60)
@given(search=searches, where=filters(LISTINGS["passages"].where, PASSAGES[:60], levels=1),
       group_by=groupings(PASSAGE_GROUPS))  # fmt: skip
async def test_groups_of_found_passages_are_those_of_the_oracle(
    search: str, where: dict[str, Any], group_by: list[str], engine: Engine
) -> None:
    buckets = shown(await found(engine, PASSAGES_QUERY, search=search, where=where, groupBy=group_by))

    met = [row for row in PASSAGES if meets(LISTINGS["passages"].where, where, row)]
    rows = [row for row in met if all(term in row["text"] for term in search.split())]
    assert buckets == expected(rows, group_by, [], figures_measured)


@settings(thorough, max_examples=60)
@given(search=searches, group_by=groupings(STATISTIC_GROUPS), asked=functions)
async def test_groups_of_found_figures_are_those_of_the_oracle(
    search: str, group_by: list[str], asked: list[str], engine: Engine
) -> None:
    buckets = shown(await found(engine, STATISTICS_QUERY, search=search, groupBy=group_by, functions=asked))

    rows = [row for row in FIGURES if all(term in (row["label"] or "") for term in search.split())]
    wanted = expected(rows, group_by, asked, figures_measured)
    assert buckets.keys() <= wanted.keys()
    assert len(buckets) == min(len(wanted), 1_000)
    for key, bucket in buckets.items():
        assert bucket == {**wanted[key], "values": [pytest.approx(value) for value in wanted[key]["values"]]}


@settings(thorough, max_examples=60)
@given(function=st.sampled_from(list(AggregateFunction)), descending=st.booleans(), size=st.integers(1, 12))
async def test_groups_of_figures_come_in_the_order_asked_for(
    *, function: AggregateFunction, descending: bool, size: int, engine: Engine
) -> None:
    order = [{"by": "METRIC", "direction": "DESC" if descending else "ASC"}]
    buckets = await found(
        engine, STATISTICS_QUERY, groupBy=["AGENCY", "ROLE"], functions=[function.value], orderBy=order, first=size
    )

    wanted = expected(FIGURES, ["AGENCY", "ROLE"], [function.value], figures_measured)
    values = {key: group["values"][0]["value"] for key, group in wanted.items()}
    known = sorted((key for key in wanted if values[key] is not None), key=str)
    known.sort(key=lambda key: values[key], reverse=descending)
    missing = sorted((key for key in wanted if values[key] is None), key=str)
    assert [tuple(key["value"] for key in bucket["keys"]) for bucket in buckets] == (known + missing)[:size]


async def test_ranges_count_in_their_group_and_for_no_function(engine: Engine) -> None:
    asked = [function.value for function in AggregateFunction]
    (bucket,) = await found(engine, STATISTICS_QUERY, functions=asked)

    single = [row["value"] for row in FIGURES if not isinstance(row["value"], list)]
    assert len(single) < len(FIGURES)
    assert bucket["count"] == len(FIGURES)
    assert {value["n"] for value in bucket["values"]} == {len(single)}
    assert bucket["values"][asked.index("MAX")]["value"] == max(single)


async def test_figures_without_a_unit_have_a_unit_of_their_own(engine: Engine) -> None:
    buckets = await found(engine, STATISTICS_QUERY, groupBy=["UNIT"], functions=["SUM"], mixUnits=False)

    assert {(bucket["keys"][0]["value"],) for bucket in buckets} == {key_of(row, ["UNIT"]) for row in FIGURES}
    assert None in {bucket["keys"][0]["value"] for bucket in buckets}


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (f"functions: [{'COUNT ' * 21}]", "BAD_ARGUMENTS"),
        ("groupBy: [YEAR, KIND, SCOPE, LEVEL, UNIT], functions: [COUNT]", "BAD_ARGUMENTS"),
        ("groupBy: [CHECK_STATUS], functions: [COUNT]", "GRAPHQL_VALIDATION_FAILED"),
        ("functions: [COUNT], first: 1001", "BAD_PAGE"),
        ('functions: [COUNT], search: "件"', "BAD_SEARCH"),
        ('functions: [COUNT], search: ""', "BAD_SEARCH"),
        ("functions: [COUNT], orderBy: [{ by: METRIC, index: 1 }]", "BAD_ARGUMENTS"),
        ("functions: [SUM]", "SCOPES_MIXED"),
        ("groupBy: [UNIT], functions: [SUM]", "SCOPES_MIXED"),
        ("functions: [COUNT, MEDIAN], mixScopes: true", "UNITS_MIXED"),
        ("groupBy: [AGENCY, YEAR], functions: [MAX]", "UNITS_MIXED"),
        ("where: { scope: { eq: DEPARTMENT } }, functions: [AVG]", "UNITS_MIXED"),
    ],
)
async def test_an_aggregation_of_figures_that_makes_no_sense_is_refused(
    arguments: str, code: str, engine: Engine
) -> None:
    answer = await engine.execute(GraphQLRequest(f"{{ aggregateStatistics({arguments}) {{ count }} }}"))

    assert [error["extensions"]["code"] for error in answer.errors] == [code]  # type: ignore[index]


@pytest.mark.parametrize(
    "arguments",
    [
        "functions: [COUNT]",
        "functions: [SUM], mixUnits: true, mixScopes: true, mixParts: true",
        "where: { whole: { isNull: true } }, groupBy: [UNIT, SCOPE], functions: [SUM]",
        'where: { unit: { eq: "条" }, scope: { eq: DEPARTMENT }, whole: { isNull: true } }, functions: [SUM, P90]',
    ],
)
async def test_figures_that_are_kept_apart_or_only_counted_are_not_refused(arguments: str, engine: Engine) -> None:
    answer = await engine.execute(GraphQLRequest(f"{{ aggregateStatistics({arguments}) {{ count }} }}"))

    assert answer.errors == []


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ("groupBy: [YEAR, KIND, SCOPE, LEVEL, ROLE]", "BAD_ARGUMENTS"),
        ("groupBy: [UNIT]", "GRAPHQL_VALIDATION_FAILED"),
        ("first: 0", "BAD_PAGE"),
        ('search: "件"', "BAD_SEARCH"),
        ("orderBy: [{ by: METRIC }]", "BAD_ARGUMENTS"),
        ("orderBy: [{ by: KEY }]", "BAD_ARGUMENTS"),
    ],
)
async def test_an_aggregation_of_passages_that_makes_no_sense_is_refused(
    arguments: str, code: str, engine: Engine
) -> None:
    answer = await engine.execute(GraphQLRequest(f"{{ aggregatePassages({arguments}) {{ count }} }}"))

    assert [error["extensions"]["code"] for error in answer.errors] == [code]  # type: ignore[index]
