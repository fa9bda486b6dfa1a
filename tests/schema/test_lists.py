"""Lists of reports against a plain-Python oracle: any filter, any order, any page, both directions."""

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from loaders.document import Document
from schema.engine import Engine, GraphQLRequest
from schema.read.schema import build_schema
from tests.documents import corpus
from tests.filters import filters
from tests.oracle import in_order, meets
from tests.orders import every_key, orders, sort_keys

BUILT = build_schema()
REPORTS = BUILT.listings["reports"]
STOCK = corpus(40, seed=1)
QUERY = """
query($where: ReportWhere, $orderBy: [ReportOrder!], $first: Int, $after: String, $last: Int, $before: String) {
  reports(where: $where, orderBy: $orderBy, first: $first, after: $after, last: $last, before: $before) {
    totalCount
    edges { cursor node { source { sha256 } } }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  }
}
"""
thorough = settings(
    max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


async def page(engine: Engine, **variables: Any) -> dict[str, Any]:
    answer = await engine.execute(GraphQLRequest(QUERY, variables))
    assert answer.errors == []
    assert isinstance(answer.data, dict)
    connection: dict[str, Any] = answer.data["reports"]
    return connection


def hashes(connection: dict[str, Any]) -> list[str]:
    return [edge["node"]["source"]["sha256"] for edge in connection["edges"]]


def expected(documents: list[Document], order: list[dict[str, str]]) -> list[str]:
    return [document["source"]["sha256"] for document in in_order(documents, sort_keys(REPORTS, order))]


def test_the_stock_is_the_one_that_is_stored(reports: list[Document]) -> None:
    assert reports == STOCK


@thorough
@given(where=filters(REPORTS.where, STOCK))
async def test_a_filter_finds_what_the_oracle_finds(where: dict[str, Any], engine: Engine) -> None:
    found = await page(engine, where=where, first=100)

    wanted = {document["source"]["sha256"] for document in STOCK if meets(REPORTS.where, where, document)}
    assert set(hashes(found)) == wanted
    assert found["totalCount"] == len(wanted)


@thorough
@given(where=filters(REPORTS.where, STOCK, levels=1), order=orders(REPORTS))
async def test_an_order_is_the_oracles_order_with_missing_values_last(
    where: dict[str, Any], order: list[dict[str, str]], engine: Engine
) -> None:
    found = await page(engine, where=where, orderBy=order, first=100)

    assert hashes(found) == expected([document for document in STOCK if meets(REPORTS.where, where, document)], order)


@settings(thorough, max_examples=40)
@given(order=orders(REPORTS), size=st.integers(1, 17))
async def test_pages_forwards_make_the_whole_list(order: list[dict[str, str]], size: int, engine: Engine) -> None:
    whole: list[str] = []
    after, more = None, True
    while more:
        found = await page(engine, orderBy=order, first=size, after=after)
        whole += hashes(found)
        assert found["pageInfo"]["hasPreviousPage"] is (after is not None)
        after, more = found["pageInfo"]["endCursor"], found["pageInfo"]["hasNextPage"]

    assert whole == expected(STOCK, order)


@settings(thorough, max_examples=40)
@given(order=orders(REPORTS), size=st.integers(1, 17))
async def test_pages_backwards_make_the_whole_list(order: list[dict[str, str]], size: int, engine: Engine) -> None:
    whole: list[str] = []
    before, more = None, True
    while more:
        found = await page(engine, orderBy=order, last=size, before=before)
        whole = hashes(found) + whole
        assert found["pageInfo"]["hasNextPage"] is (before is not None)
        before, more = found["pageInfo"]["startCursor"], found["pageInfo"]["hasPreviousPage"]

    assert whole == expected(STOCK, order)


@settings(thorough, max_examples=40)
@given(order=orders(REPORTS), ends=st.tuples(st.integers(0, 39), st.integers(0, 39)))
async def test_a_page_between_two_cursors_holds_what_is_between_them(
    order: list[dict[str, str]], ends: tuple[int, int], engine: Engine
) -> None:
    every = await page(engine, orderBy=order, first=100)
    start, end = sorted(ends)
    cursors = [edge["cursor"] for edge in every["edges"]]

    found = await page(engine, orderBy=order, first=100, after=cursors[start], before=cursors[end])

    assert hashes(found) == hashes(every)[start + 1 : end]


async def test_every_sort_key_sorts(engine: Engine) -> None:
    for key in every_key(REPORTS):
        order = [{**key, "direction": "ASC"}]
        assert hashes(await page(engine, orderBy=order, first=100)) == expected(STOCK, order), key
