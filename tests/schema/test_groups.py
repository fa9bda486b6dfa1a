"""Groups and metrics against a plain-Python oracle: any filter, any grouping, any measure."""

from collections import defaultdict
from collections.abc import Sequence
from statistics import quantiles
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from loaders.document import Document, get
from loaders.forms.ratios import RATIOS
from schema.build import build_schema
from schema.engine import Engine, GraphQLRequest
from schema.groups import PATHS, Dimension
from schema.measures import PERCENTILES, AggregateFunction, percentile
from tests.documents import corpus
from tests.filters import filters
from tests.oracle import meets

BUILT = build_schema()
STOCK = corpus(40, seed=1)
RATIO = {ratio.name: ratio for ratio in RATIOS}
QUERY = """
query($where: ReportWhere, $groupBy: [Dimension!], $metrics: [MetricInput!]!, $orderBy: [BucketOrder!], $first: Int) {
  aggregate(where: $where, groupBy: $groupBy, metrics: $metrics, orderBy: $orderBy, first: $first, mixScopes: true) {
    keys { dimension value } count templates values { value n numerator denominator }
  }
}
"""
thorough = settings(
    max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
metrics = st.one_of(
    st.builds(
        lambda figure, function: {"figure": {"figure": figure, "function": function}},
        st.sampled_from(sorted(BUILT.groups.figures)),
        st.sampled_from([function.value for function in AggregateFunction]),
    ),
    st.builds(lambda ratio: {"ratio": ratio}, st.sampled_from(sorted(RATIO))),
)
groupings = st.lists(st.sampled_from([dimension.value for dimension in Dimension]), max_size=3, unique=True)


def expected(
    documents: Sequence[Document], group_by: Sequence[str], measures: Sequence[dict[str, Any]]
) -> dict[tuple[str | None, ...], dict[str, Any]]:
    groups: dict[tuple[str | None, ...], list[Document]] = defaultdict(list)
    for document in documents:
        values = (get(document, PATHS[Dimension(name)]) for name in group_by)
        groups[tuple(None if value is None else str(value) for value in values)].append(document)
    return {
        key: {"count": len(found), "values": [measured(measure, found) for measure in measures]}
        for key, found in groups.items()
    }


def measured(measure: dict[str, Any], documents: Sequence[Document]) -> dict[str, Any]:
    if "ratio" in measure:
        return rate(measure["ratio"], documents)
    path = BUILT.groups.figures[measure["figure"]["figure"]]
    known = sorted(figure for document in documents if (figure := get(document, path)) is not None)
    function = measure["figure"]["function"]
    return {"n": len(known), "numerator": None, "denominator": None, "value": value(function, known)}


def value(function: str, known: Sequence[float]) -> float | None:
    if function == "COUNT":
        return len(known)
    if not known:
        return None
    if function in PERCENTILES:
        if len(known) == 1:
            return known[0]
        return quantiles(known, n=100, method="inclusive")[round(PERCENTILES[function] * 100) - 1]
    return {"SUM": sum(known), "AVG": sum(known) / len(known), "MIN": known[0], "MAX": known[-1]}[function]


def rate(name: str, documents: Sequence[Document]) -> dict[str, Any]:
    ratio = RATIO[name]
    above = below = n = 0
    for document in documents:
        figures = {path: get(document, path) for path in ratio.paths}
        if None not in figures.values():
            n += 1
            above += sum(figures[path] for path in ratio.numerator)
            below += sum(figures[path] for path in ratio.denominator)
    return {"n": n, "numerator": above, "denominator": below, "value": above / below if below > 0 else None}


async def aggregate(engine: Engine, **variables: Any) -> list[dict[str, Any]]:
    answer = await engine.execute(GraphQLRequest(QUERY, {"first": 1_000, **variables}))
    assert answer.errors == []
    data: Any = answer.data
    return list(data["aggregate"])


@thorough
@given(
    where=filters(BUILT.listings["reports"].where, STOCK, levels=1),
    group_by=groupings,
    measures=st.lists(metrics, min_size=1, max_size=4),
)
async def test_groups_are_those_of_the_oracle(
    where: dict[str, Any], group_by: list[str], measures: list[dict[str, Any]], engine: Engine
) -> None:
    found = await aggregate(engine, where=where, groupBy=group_by, metrics=measures)

    documents = [document for document in STOCK if meets(BUILT.listings["reports"].where, where, document)]
    wanted = expected(documents, group_by, measures)
    assert {tuple(key["value"] for key in bucket["keys"]) for bucket in found} == wanted.keys()
    for bucket in found:
        group = wanted[tuple(key["value"] for key in bucket["keys"])]
        assert bucket["count"] == group["count"]
        assert bucket["values"] == [pytest.approx(measure) for measure in group["values"]]


@settings(thorough, max_examples=80)
@given(measure=metrics, descending=st.booleans(), size=st.integers(1, 12))
async def test_groups_come_in_the_order_asked_for(
    *, measure: dict[str, Any], descending: bool, size: int, engine: Engine
) -> None:
    order = [{"by": "METRIC", "direction": "DESC" if descending else "ASC"}]
    found = await aggregate(engine, groupBy=["AGENCY"], metrics=[measure], orderBy=order, first=size)

    wanted = expected(STOCK, ["AGENCY"], [measure])
    by_key = sorted(wanted, key=lambda key: str(key[0]))
    known = [key for key in by_key if wanted[key]["values"][0]["value"] is not None]
    known.sort(key=lambda key: wanted[key]["values"][0]["value"], reverse=descending)
    missing = [key for key in by_key if wanted[key]["values"][0]["value"] is None]
    assert [(bucket["keys"][0]["value"],) for bucket in found] == (known + missing)[:size]


@pytest.mark.parametrize("name", sorted(BUILT.groups.figures))
def test_every_figure_has_one_stored_path(name: str) -> None:
    assert BUILT.listings["reports"].order_paths[name] == BUILT.groups.figures[name]


@given(st.lists(st.integers(-50, 50), min_size=2, max_size=30), st.sampled_from(sorted(PERCENTILES.values())))
def test_a_percentile_is_that_of_the_standard_library(figures: list[int], share: float) -> None:
    counted = sorted({figure: figures.count(figure) for figure in figures}.items())

    wanted = quantiles(figures, n=100, method="inclusive")[round(share * 100) - 1]
    assert percentile(share, counted) == pytest.approx(wanted)


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ("metrics: []", "BAD_ARGUMENTS"),
        (f"metrics: [{'{ ratio: BACKLOG_RATE }' * 21}]", "BAD_ARGUMENTS"),
        ("groupBy: [YEAR, KIND, SCOPE, LEVEL, AGENCY], metrics: [{ ratio: BACKLOG_RATE }]", "BAD_ARGUMENTS"),
        ("metrics: [{ ratio: BACKLOG_RATE }], first: 0", "BAD_PAGE"),
        ("metrics: [{ ratio: BACKLOG_RATE }], first: 1001", "BAD_PAGE"),
        ("metrics: [{ ratio: BACKLOG_RATE }], orderBy: [{ by: METRIC, index: 1 }]", "BAD_ARGUMENTS"),
        ("metrics: [{ ratio: BACKLOG_RATE }], orderBy: [{ by: KEY }]", "BAD_ARGUMENTS"),
        ("metrics: [{ ratio: BACKLOG_RATE, figure: { figure: REQUESTS_RECEIVED_TOTAL, function: SUM } }]",
         "GRAPHQL_VALIDATION_FAILED"),
        ("metrics: [{}]", "GRAPHQL_VALIDATION_FAILED"),
        ("metrics: [{ ratio: BACKLOG_RATE }]", "SCOPES_MIXED"),
        ("groupBy: [YEAR], metrics: [{ ratio: BACKLOG_RATE }]", "SCOPES_MIXED"),
    ],
)  # fmt: skip
async def test_an_aggregation_that_makes_no_sense_is_refused(arguments: str, code: str, engine: Engine) -> None:
    answer = await engine.execute(GraphQLRequest(f"{{ aggregate({arguments}) {{ count }} }}"))

    assert [error["extensions"]["code"] for error in answer.errors] == [code]  # type: ignore[index]


@pytest.mark.parametrize(
    "arguments",
    ["groupBy: [SCOPE]", "groupBy: [AGENCY]", "where: { scope: { eq: DEPARTMENT } }", "mixScopes: true"],
)
async def test_scopes_that_are_kept_apart_are_not_refused(arguments: str, engine: Engine) -> None:
    answer = await engine.execute(
        GraphQLRequest(f"{{ aggregate({arguments}, metrics: [{{ ratio: BACKLOG_RATE }}]) {{ count }} }}")
    )

    assert answer.errors == []
