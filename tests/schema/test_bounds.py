"""Every bound on one request: what just keeps it is answered, and one more is refused with the documented code."""

from collections.abc import Callable
from dataclasses import fields
from typing import Any

import pytest

from schema.engine import Engine, GraphQLRequest, Limits
from schema.queryable.dimensions import REPORT_GROUPS
from schema.read.schema import build_schema
from schema.types.global_ids import global_id
from tests.recording import RecordingDatabase
from tests.schema.cases import GROUPED

LISTINGS = build_schema().listings
LIST = (
    "query($where: ReportWhere, $orderBy: [ReportOrder!]) { reports(where: $where, orderBy: $orderBy) { totalCount } }"
)
GROUPS = """query($groupBy: [Dimension!], $metrics: [MetricInput!]!, $first: Int) {
  aggregate(groupBy: $groupBy, metrics: $metrics, first: $first, mixScopes: true) { count }
}"""
RATE = {"ratio": "BACKLOG_RATE"}
MEDIAN = {"figure": {"figure": "REQUESTS_RECEIVED_TOTAL", "function": "MEDIAN"}}


def filtered(where: Any) -> GraphQLRequest:
    return GraphQLRequest(LIST, {"where": where})


def grouped(**variables: Any) -> GraphQLRequest:
    return GraphQLRequest(GROUPS, {"metrics": [RATE], **variables})


def of_report(selection: str) -> GraphQLRequest:
    return GraphQLRequest(f'{{ report(agency: "x", year: 1) {{ {selection} }} }}')


def searched(text: str) -> GraphQLRequest:
    return GraphQLRequest("query($search: String) { passages(search: $search) { totalCount } }", {"search": text})


def negated(levels: int) -> Any:
    where: Any = {"year": {"eq": 2020}}
    for _ in range(levels):
        where = {"not": where}
    return where


def nested(levels: int) -> str:
    """A selection that many levels deep."""
    return "key" if levels == 1 else f"previousYear {{ {nested(levels - 1)} }}".replace("key", "year")


ASKED: dict[str, tuple[str, Callable[[int], GraphQLRequest]]] = {
    "tokens": ("TOO_LARGE", lambda n: of_report("year" + "\n# x" * (n - 14) + "\n")),
    "definitions": (
        "TOO_LARGE",
        lambda n: GraphQLRequest(" ".join(f"query Q{i} {{ forms {{ key }} }}" for i in range(n)), operation_name="Q0"),
    ),
    "depth": ("TOO_DEEP", lambda n: of_report(nested(n - 1))),
    "aliases": ("TOO_MANY_ALIASES", lambda n: of_report(" ".join(f"a{i}: year" for i in range(n)))),
    "root_fields": (
        "TOO_MANY_ROOT_FIELDS",
        lambda n: GraphQLRequest("{" + " ".join(f"a{i}: forms {{ key }}" for i in range(n)) + "}"),
    ),
    "directives": ("TOO_LARGE", lambda n: of_report("year @skip(if: false) " * n)),
    "ids": (
        "BAD_ARGUMENTS",
        lambda n: GraphQLRequest(
            "query($ids: [ID!]!) { nodes(ids: $ids) { id } }", {"ids": [global_id("Report", "x")] * n}
        ),
    ),
    "in_list": ("FILTER_TOO_LARGE", lambda n: filtered({"year": {"in": list(range(n))}})),
    "boolean_depth": ("FILTER_TOO_LARGE", lambda n: filtered(negated(n))),
    "conditions": ("FILTER_TOO_LARGE", lambda n: filtered({"or": [{"year": {"eq": year}} for year in range(n)]})),
    "text": ("FILTER_TOO_LARGE", lambda n: filtered({"title": {"contains": "a" * n}})),
    "order_keys": ("FILTER_TOO_LARGE", lambda n: GraphQLRequest(LIST, {"orderBy": [{"path": "YEAR"}] * n})),
    "groups": ("BAD_PAGE", lambda n: grouped(first=n)),
    "group_keys": (
        "BAD_ARGUMENTS",
        lambda n: grouped(groupBy=[dimension.name for dimension in REPORT_GROUPS.dimensions[:n]]),
    ),
    "metrics": ("BAD_ARGUMENTS", lambda n: grouped(metrics=[RATE] * n)),
    "search_terms": ("BAD_SEARCH", lambda n: searched(" ".join(f"{i:02d}" for i in range(n)))),
    "search_term": ("BAD_SEARCH", lambda n: searched("甲" * n)),
    "page": ("BAD_PAGE", lambda n: GraphQLRequest(f"{{ reports(first: {n}) {{ totalCount }} }}")),
}
"""A request that takes a bound as far as a number, and the code of its refusal."""
OWN_TESTS = {"cost", "default_page", "default_groups", "total_count", "search_count", "peer_groups", "deadline_ms"}


def codes(errors: list[dict[str, Any]]) -> list[str]:
    return [error["extensions"]["code"] for error in errors]


@pytest.mark.parametrize("bound", ASKED)
async def test_a_bound_is_kept_and_one_more_is_refused_before_anything_is_read(
    bound: str, engine: Engine, stocked: RecordingDatabase
) -> None:
    code, request = ASKED[bound]
    most = getattr(Limits(), bound)

    over = await engine.execute(request(most + 1))
    assert codes(over.errors) == [code]
    assert stocked.sent == []

    assert (await engine.execute(request(most))).errors == []


def test_every_bound_has_a_test() -> None:
    assert {bound.name for bound in fields(Limits)} == ASKED.keys() | OWN_TESTS


@pytest.mark.parametrize("name", LISTINGS)
@pytest.mark.parametrize("way", ["first", "last"])
async def test_every_list_has_the_same_page_cap(name: str, way: str, engine: Engine) -> None:
    for size, wanted in ((0, ["BAD_PAGE"]), (1, []), (100, []), (101, ["BAD_PAGE"])):
        answer = await engine.execute(GraphQLRequest(f"{{ {name}({way}: {size}) {{ pageInfo {{ hasNextPage }} }} }}"))
        assert codes(answer.errors) == wanted, size


@pytest.mark.parametrize("name", [name for name, listing in LISTINGS.items() if listing.sortable])
async def test_every_list_has_the_same_cap_of_order_keys(name: str, engine: Engine) -> None:
    for count, wanted in ((8, []), (9, ["FILTER_TOO_LARGE"])):
        by = "path" if LISTINGS[name].measures else "field"
        keys = " ".join(f"{{ {by}: {LISTINGS[name].sortable[0].name} }}" for _ in range(count))
        answer = await engine.execute(GraphQLRequest(f"{{ {name}(orderBy: [{keys}]) {{ totalCount }} }}"))
        assert codes(answer.errors) == wanted, count


@pytest.mark.parametrize("name", GROUPED)
async def test_every_aggregation_has_the_same_caps(name: str, engine: Engine) -> None:
    dimensions = [dimension.name for dimension in GROUPED[name].dimensions]
    given = {
        "aggregate": "metrics: [{ ratio: BACKLOG_RATE }], mixScopes: true",
        "aggregateStatistics": "functions: [COUNT], mixScopes: true, mixUnits: true",
        "aggregatePassages": "",
        "aggregateMentions": "",
    }[name]
    for count, size, wanted in ((4, 1_000, []), (5, 1_000, ["BAD_ARGUMENTS"]), (1, 1_001, ["BAD_PAGE"])):
        keys = ", ".join(dimensions[:count])
        answer = await engine.execute(
            GraphQLRequest(f"{{ {name}(groupBy: [{keys}], first: {size}, {given}) {{ count }} }}")
        )
        assert codes(answer.errors) == wanted, (count, size)


async def test_an_answer_may_cost_as_much_as_allowed_and_no_more(stocked: RecordingDatabase) -> None:
    request = GraphQLRequest("{ reports(first: 100) { nodes { year } } }")

    refused = await Engine(stocked, limits=Limits(cost=200)).execute(request)
    assert codes(refused.errors) == ["TOO_COSTLY"]
    assert stocked.sent == []

    assert (await Engine(stocked, limits=Limits(cost=201)).execute(request)).errors == []


async def test_pages_and_groups_whose_number_is_not_asked_for_have_the_default(stocked: RecordingDatabase) -> None:
    engine = Engine(stocked, limits=Limits(default_page=3, default_groups=2))

    page: Any = (await engine.execute(GraphQLRequest("{ reports { nodes { year } } }"))).data
    groups: Any = (await engine.execute(grouped(groupBy=["AGENCY"]))).data

    assert len(page["reports"]["nodes"]) == 3
    assert len(groups["aggregate"]) == 2


async def test_counting_stops_at_its_bound(stocked: RecordingDatabase) -> None:
    engine = Engine(stocked, limits=Limits(total_count=7, search_count=5))

    total: Any = (await engine.execute(filtered({}))).data
    found: Any = (await engine.execute(searched("公开"))).data

    assert total["reports"]["totalCount"] == 7
    assert found["passages"]["totalCount"] == 5


async def test_more_groups_than_can_be_sorted_by_a_percentile_are_refused(stocked: RecordingDatabase) -> None:
    query = GROUPS.replace("mixScopes: true", "mixScopes: true, orderBy: [{ by: METRIC }]")
    request = GraphQLRequest(query, {"groupBy": ["YEAR"], "metrics": [MEDIAN]})

    refused = await Engine(stocked, limits=Limits(groups=2, default_groups=2)).execute(request)

    assert codes(refused.errors) == ["TOO_MANY_GROUPS"]
    assert (await Engine(stocked).execute(request)).errors == []
