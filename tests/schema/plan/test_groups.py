"""Groups and metrics against a plain-Python oracle: any filter, any grouping, any measure."""

from collections import Counter
from collections.abc import Sequence
from functools import partial
from statistics import quantiles
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from loaders.checks.facts import printed_cells
from loaders.document import CONCEPT, Document
from loaders.forms import FORMS
from loaders.forms.concepts import CONCEPTS, sums_by_edition
from loaders.forms.ratios import RATIOS
from loaders.store.database import Database
from schema.engine import Engine, GraphQLRequest
from schema.queryable.dimensions import GROUPED, REPORT_GROUPS
from schema.queryable.metrics import PERCENTILES, AggregateFunction, percentile
from schema.read.schema import build_schema
from tests.documents import corpus
from tests.filters import filters
from tests.group_oracle import PATHS, check_status, counted, distinct, expected, of_figures, pass_rate, shown, sides
from tests.oracle import OPERATORS, meets, told

BUILT = build_schema()
STOCK = corpus(40, seed=1)
RATIO = {ratio.name: ratio for ratio in RATIOS}
RULES = sorted({check["rule"] for report in STOCK for check in report["checks"]})
PRINTED = {
    edition.id: {
        cell.path for form in FORMS if (found := form.edition(edition.id)) for cell in printed_cells(form, found)
    }
    for form in FORMS
    for edition in form.editions
}
COUNTED = {concept.path: set(sums_by_edition(concept, FORMS)) for concept in CONCEPTS}
QUERY = """
query(
  $where: ReportWhere, $groupBy: [Dimension!], $metrics: [MetricInput!], $orderBy: [BucketOrder!], $first: Int
  $figures: Figures! = IMPLIED, $having: BucketWhere, $range: RangeInput
) {
  aggregate(
    where: $where, groupBy: $groupBy, metrics: $metrics, orderBy: $orderBy, first: $first, figures: $figures
    mixScopes: true, mixYears: true, having: $having, groupByRange: $range
  ) { keys { dimension value } count breaks values { value n printed implied numerator denominator breaks } }
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
    st.builds(lambda rule: {"passRate": {"rule": rule}}, st.sampled_from([None, *RULES, "D15"])),
    st.just({"passRate": {}}),
    st.builds(
        lambda dimension: {"distinct": dimension},
        st.sampled_from([dimension.name for dimension in REPORT_GROUPS.dimensions]),
    ),
    st.builds(
        lambda above, below: {"ratioOf": {"numerator": above, "denominator": below}},
        *[st.lists(st.sampled_from(sorted(BUILT.groups.figures)), min_size=1, max_size=2, unique=True)] * 2,
    ),
)
groupings = st.lists(
    st.sampled_from([dimension.name for dimension in REPORT_GROUPS.dimensions]), max_size=3, unique=True
)


def measured(measure: dict[str, Any], documents: Sequence[Document], figures: str = "IMPLIED") -> dict[str, Any]:
    templates = {document["template"] for document in documents}
    if "passRate" in measure:
        rule = measure["passRate"].get("rule")
        prescribed = {
            edition.id for form in FORMS for edition in form.editions for r in edition.rules if r.code == rule
        }
        return {**pass_rate(rule, documents), "breaks": bool(prescribed) and not templates <= prescribed}
    if "distinct" in measure:
        return distinct(measure["distinct"], documents)
    if "figure" not in measure:
        above, below = sides_of(measure)
        cells = [path.removesuffix(".yuan") for path in (*above, *below)]
        return {**rate(above, below, documents, figures), "breaks": breaks(cells, templates)}
    path = BUILT.groups.figures[measure["figure"]["figure"]]
    found = of_figures(measure["figure"]["function"], [told(document, path, figures) for document in documents])
    return {**found, "breaks": breaks([path.removesuffix(".yuan")], templates)}


def breaks(paths: Sequence[str], templates: set[str]) -> bool:
    return any(
        path not in PRINTED.get(template, ()) and template not in COUNTED.get(path, ())
        for path in paths
        for template in templates
    )


def sides_of(measure: dict[str, Any]) -> tuple[Sequence[str], Sequence[str]]:
    """The paths above and below the line of a ratio, a declared one or a client's own."""
    if "ratio" in measure:
        ratio = RATIO[measure["ratio"]]
        return ratio.numerator, ratio.denominator
    above, below = ([BUILT.groups.figures[name] for name in names] for names in measure["ratioOf"].values())
    return above, below


def rate(
    numerator: Sequence[str], denominator: Sequence[str], documents: Sequence[Document], figures: str
) -> dict[str, Any]:
    above = below = n = implied = 0
    for document in documents:
        found = {path: told(document, path, figures) for path in (*numerator, *denominator)}
        if all(figure is not None for figure, _ in found.values()):
            n += 1
            implied += any(is_implied for _, is_implied in found.values())
            above += sum(found[path][0] for path in numerator)
            below += sum(found[path][0] for path in denominator)
    return {**counted(n, implied), **sides(above, below, bool(n))}


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
    figures=st.sampled_from(["IMPLIED", "PRINTED"]),
)
async def test_groups_are_those_of_the_oracle(
    where: dict[str, Any], group_by: list[str], measures: list[dict[str, Any]], figures: str, engine: Engine
) -> None:
    found = await aggregate(engine, where=where, groupBy=group_by, metrics=measures, figures=figures)

    documents = [document for document in STOCK if meets(BUILT.listings["reports"].where, where, document)]
    wanted = expected(documents, group_by, measures, partial(measured, figures=figures))
    assert shown(found).keys() == wanted.keys()
    for key, bucket in shown(found).items():
        values = [pytest.approx(value) for value in wanted[key]["values"]]
        assert bucket == {**wanted[key], "values": values}


@settings(thorough, max_examples=80)
@given(measure=metrics, descending=st.booleans(), size=st.integers(1, 12))
async def test_groups_come_in_the_order_asked_for(
    *, measure: dict[str, Any], descending: bool, size: int, engine: Engine
) -> None:
    order = [{"by": "METRIC", "direction": "DESC" if descending else "ASC"}]
    found = await aggregate(engine, groupBy=["AGENCY"], metrics=[measure], orderBy=order, first=size)

    wanted = expected(STOCK, ["AGENCY"], [measure], measured)
    by_key = sorted(wanted, key=lambda key: str(key[0]))
    known = [key for key in by_key if wanted[key]["values"][0]["value"] is not None]
    known.sort(key=lambda key: wanted[key]["values"][0]["value"], reverse=descending)
    missing = [key for key in by_key if wanted[key]["values"][0]["value"] is None]
    assert [(bucket["keys"][0]["value"],) for bucket in found] == (known + missing)[:size]


@settings(thorough, max_examples=80)
@given(
    measure=metrics,
    least=st.sampled_from([1, 2, 5]),
    bound=st.sampled_from([0, 0.1, 0.5, 1, 4, 20]),
    operator=st.sampled_from(["gte", "lt", "ne"]),
)
async def test_only_the_groups_that_are_wanted_come(
    *, measure: dict[str, Any], least: int, bound: float, operator: str, engine: Engine
) -> None:
    having: dict[str, Any] = {"count": {"gte": least}, "metrics": [{"index": 0, "value": {operator: bound}}]}
    found = await aggregate(engine, groupBy=["AGENCY"], metrics=[measure], having=having)

    wanted = {
        key
        for key, group in expected(STOCK, ["AGENCY"], [measure], measured).items()
        if group["count"] >= least and OPERATORS[operator](group["values"][0]["value"], bound)
    }
    assert {(bucket["keys"][0]["value"],) for bucket in found} == wanted


BOUNDS = (0, 12.5, 100)
RANGES = ("(-∞, 0)", "[0, 12.5)", "[12.5, 100)", "[100, ∞)")


@pytest.mark.parametrize("figures", ["PRINTED", "IMPLIED"])
@pytest.mark.parametrize("figure", ["REQUESTS_RECEIVED_TOTAL", "PROACTIVE_DISCLOSURE_LICENSING_CHANGE"])
async def test_reports_are_grouped_by_ranges(figure: str, figures: str, engine: Engine) -> None:
    metric = {"figure": {"figure": figure, "function": "MEDIAN"}}
    by_range = {"of": {"figure": figure}, "at": list(BOUNDS)}
    found = await aggregate(engine, groupBy=["TEMPLATE"], metrics=[metric], range=by_range, figures=figures)

    path = BUILT.groups.figures[figure]
    ranged = [{**report, "scope": label(told(report, path, figures)[0])} for report in STOCK]
    wanted = expected(ranged, ["TEMPLATE", "SCOPE"], [metric], partial(measured, figures=figures))
    assert shown(found) == wanted
    assert {bucket["keys"][1]["dimension"] for bucket in found} == {"RANGE"}


def label(figure: float | None) -> str | None:
    return None if figure is None else RANGES[sum(figure >= bound for bound in BOUNDS)]


@pytest.mark.parametrize(
    "variables",
    [
        {"having": {"metrics": [{"index": 1, "value": {"gt": 0}}]}},
        {"range": {"of": {"ratio": "DENIAL_RATE"}, "at": []}},
        {"range": {"of": {"ratio": "DENIAL_RATE"}, "at": [1, 1]}},
        {"range": {"of": {"ratio": "DENIAL_RATE"}, "at": list(range(21))}},
        {"metrics": [{"ratioOf": {"numerator": [], "denominator": ["CONCEPT_DENIED"]}}]},
        {"metrics": [{"ratioOf": {"numerator": ["CONCEPT_DENIED"] * 2, "denominator": ["CONCEPT_DENIED"]}}]},
    ],
)
async def test_what_makes_no_groups_is_refused(variables: dict[str, Any], engine: Engine) -> None:
    answer = await engine.execute(GraphQLRequest(QUERY, {"metrics": [{"ratio": "DENIAL_RATE"}], **variables}))
    errors: Any = answer.errors
    assert [error["extensions"]["code"] for error in errors] == ["BAD_ARGUMENTS"]


@pytest.mark.parametrize("name", sorted(BUILT.groups.figures))
def test_every_figure_has_one_stored_path(name: str) -> None:
    path = BUILT.groups.figures[name]
    assert path.startswith(f"{CONCEPT}.") or path.removesuffix(".yuan") in {
        cell.path for form in FORMS for cell in form.cells
    }


def test_the_stock_has_printed_and_implied_figures() -> None:
    """As the oracle must see both."""
    measures = ({"ratio": "DENIAL_RATE"}, {"figure": {"figure": "REQUESTS_RECEIVED_TOTAL", "function": "SUM"}})
    for measure in measures:
        one, other = (measured(measure, STOCK, figures) for figures in ("IMPLIED", "PRINTED"))
        assert one["n"] > other["n"] == one["printed"] == other["printed"] > 0
        assert one["implied"] > 0 == other["implied"]


@given(st.lists(st.integers(-50, 50), min_size=2, max_size=30), st.sampled_from(sorted(PERCENTILES.values())))
def test_a_percentile_is_that_of_the_standard_library(figures: list[int], share: float) -> None:
    counted = sorted({figure: figures.count(figure) for figure in figures}.items())

    wanted = quantiles(figures, n=100, method="inclusive")[round(share * 100) - 1]
    assert percentile(share, counted) == pytest.approx(wanted)


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (f"metrics: [{'{ ratio: BACKLOG_RATE }' * 21}]", "BAD_ARGUMENTS"),
        ("groupBy: [YEAR, KIND, SCOPE, LEVEL, AGENCY], metrics: [{ ratio: BACKLOG_RATE }]", "BAD_ARGUMENTS"),
        ("metrics: [{ ratio: BACKLOG_RATE }], first: 0", "BAD_PAGE"),
        ("metrics: [{ ratio: BACKLOG_RATE }], first: 1001", "BAD_PAGE"),
        ("metrics: [{ ratio: BACKLOG_RATE }], orderBy: [{ by: METRIC, index: 1 }]", "BAD_ARGUMENTS"),
        ("metrics: [{ ratio: BACKLOG_RATE }], orderBy: [{ by: KEY }]", "BAD_ARGUMENTS"),
        ("metrics: [{ ratio: BACKLOG_RATE, figure: { figure: REQUESTS_RECEIVED_TOTAL, function: SUM } }]",
         "GRAPHQL_VALIDATION_FAILED"),
        ("metrics: [{}]", "GRAPHQL_VALIDATION_FAILED"),
        ("metrics: [{ ratio: BACKLOG_RATE, passRate: {} }]", "GRAPHQL_VALIDATION_FAILED"),
        ('metrics: [{ passRate: { rule: "R99" } }]', "BAD_ARGUMENTS"),
        ('metrics: [{ passRate: { rule: "$where" } }]', "BAD_ARGUMENTS"),
        ("groupBy: [UNIT], metrics: [{ ratio: BACKLOG_RATE }]", "GRAPHQL_VALIDATION_FAILED"),
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


async def test_what_adds_up_no_figures_may_mix_scopes(engine: Engine) -> None:
    metrics = "{ figure: { figure: REQUESTS_RECEIVED_TOTAL, function: COUNT } }, { passRate: {} }"
    answer = await engine.execute(GraphQLRequest(f"{{ aggregate(metrics: [{metrics}]) {{ count }} }}"))

    assert answer.errors == []


@pytest.mark.parametrize("arguments", ["", "(metrics: [])", "(metrics: null, groupBy: [YEAR, SCOPE])"])
async def test_reports_are_counted_where_nothing_is_measured(arguments: str, engine: Engine) -> None:
    answer: Any = await engine.execute(GraphQLRequest(f"{{ aggregate{arguments} {{ count values {{ n }} }} }}"))

    assert answer.errors == []
    assert sum(bucket["count"] for bucket in answer.data["aggregate"]) == len(STOCK)
    assert all(bucket["values"] == [] for bucket in answer.data["aggregate"])


async def test_an_unknown_rule_is_refused_with_the_nearest_code(engine: Engine) -> None:
    answer = await engine.execute(GraphQLRequest('{ aggregate(metrics: [{ passRate: { rule: "r2" } }]) { count } }'))

    assert [error["extensions"] for error in answer.errors] == [{"code": "BAD_ARGUMENTS", "hint": "Did you mean R2?"}]


@pytest.mark.parametrize("compile_plans", [True, False])
async def test_the_check_status_of_a_report_is_the_group_it_is_counted_in(
    *, compile_plans: bool, stocked: Database
) -> None:
    document = """{
      reports(first: 100) { nodes { checkStatus checks { status } } }
      aggregate(groupBy: [CHECK_STATUS], metrics: [{ passRate: {} }]) { keys { value } count }
    }"""
    answer: Any = (await Engine(stocked, compile_plans=compile_plans).execute(GraphQLRequest(document))).data

    assert [node["checkStatus"] for node in answer["reports"]["nodes"]] == [
        check_status(node) for node in answer["reports"]["nodes"]
    ]
    counted = Counter(node["checkStatus"] for node in answer["reports"]["nodes"])
    assert {bucket["keys"][0]["value"]: bucket["count"] for bucket in answer["aggregate"]} == counted
    assert {"PASS", "FAIL"} <= counted.keys()


@pytest.mark.parametrize(
    ("figure", "templates", "marked"),
    [
        ("REQUESTS_RECEIVED_TOTAL", "[E2, E3]", False),
        ("REQUESTS_RECEIVED_TOTAL", "[E1, E3]", True),
        ("PROACTIVE_DISCLOSURE_REGULATIONS_IN_FORCE", "[E3]", False),
        ("PROACTIVE_DISCLOSURE_REGULATIONS_IN_FORCE", "[E2, E3]", True),
        ("REQUESTS_OUTCOMES_OTHER_TOTAL", "[E2]", False),
        ("REQUESTS_OUTCOMES_OTHER_TOTAL", "[E2, E3]", True),  # one row in E2, of which E3 prints the parts
    ],
)
async def test_a_figure_that_a_format_of_the_group_does_not_print_is_marked(
    figure: str, templates: str, *, marked: bool, engine: Engine
) -> None:
    document = f"""{{ aggregate(
        where: {{ template: {{ in: {templates} }} }}, mixScopes: true, mixYears: true
        metrics: [{{ figure: {{ figure: {figure}, function: SUM }} }}]
    ) {{ templates breaks values {{ breaks }} }} }}"""
    answer: Any = (await engine.execute(GraphQLRequest(document))).data

    (bucket,) = answer["aggregate"]
    assert bucket["values"] == [{"breaks": marked}]
    assert bucket["breaks"] == (len(bucket["templates"]) > 1)


def test_the_oracle_knows_every_dimension() -> None:
    assert {dimension.name for grouped in GROUPED for dimension in grouped.dimensions} == {
        *PATHS,
        "CHECK_STATUS",
        "PUBLISHED_MONTH",
    }
