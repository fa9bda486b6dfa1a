"""Lists of passages, figures, agencies and regions against the plain-Python oracle."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from loaders.document import Document
from loaders.store.derived_rows import agency_row, passage_rows, statistic_rows
from loaders.store.region_rows import region_rows
from schema.engine import Engine, GraphQLRequest
from schema.read.schema import build_schema
from tests.documents import corpus
from tests.filters import filters
from tests.oracle import in_order, meets
from tests.orders import orders, sort_keys

LISTINGS = build_schema().listings
STOCK = sorted(corpus(40, seed=1), key=lambda report: str(report["_id"]))  # the order in which rows are made anew
PLACED = [row for report in STOCK for row in region_rows(report)]


def years_of(report: Document) -> list[tuple[str, int | None]]:
    """The kinds and years of the reports of the same agency."""
    return [(other["kind"], other["year"]) for other in STOCK if other["agency"]["name"] == report["agency"]["name"]]


ROWS: dict[str, list[Document]] = {
    "passages": [row for report in STOCK for row in passage_rows(report)],
    "statistics": [row for report in STOCK for row in statistic_rows(report)],
    "agencies": list({row["_id"]: row for report in STOCK if (row := agency_row(report, years_of(report)))}.values()),
    "regions": list({row["_id"]: row for row in sorted(PLACED, key=lambda row: row["code"])}.values()),
}
ASKED_ABOUT = {
    **ROWS,
    "agencies": [
        {**row, "reports": [report for report in STOCK if report["agency"]["name"] == row["name"]]}
        for row in ROWS["agencies"]
    ],
}
"""The rows with all that a filter on them asks about: of agencies, their reports."""
KEYS = {"passages": "text", "statistics": "text", "agencies": "name", "regions": "name"}
thorough = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


def query(name: str) -> str:
    noun = LISTINGS[name].noun
    order = f"$orderBy: [{noun}Order!]," if LISTINGS[name].sortable else ""
    given_order = "orderBy: $orderBy," if order else ""
    return f"""query($where: {LISTINGS[name].where.type_name}, {order} $first: Int, $after: String) {{
      {name}(where: $where, {given_order} first: $first, after: $after) {{
        totalCount nodes {{ {KEYS[name]} }} pageInfo {{ hasNextPage endCursor }}
      }}
    }}"""


async def pages(engine: Engine, name: str, **variables: Any) -> tuple[list[str], int]:
    """Every row of a list, a hundred at a time, and its total."""
    found: list[str] = []
    more, after, total = True, None, 0
    while more:
        answer = await engine.execute(GraphQLRequest(query(name), {**variables, "first": 100, "after": after}))
        assert answer.errors == []
        page: Any = answer.data
        found += [node[KEYS[name]] for node in page[name]["nodes"]]
        more, after = page[name]["pageInfo"]["hasNextPage"], page[name]["pageInfo"]["endCursor"]
        total = page[name]["totalCount"]
    return found, total


@thorough
@given(data=st.data())
@pytest.mark.parametrize("name", ["passages", "statistics", "agencies", "regions"])
async def test_a_filter_finds_what_the_oracle_finds(name: str, data: st.DataObject, engine: Engine) -> None:
    tree, rows = LISTINGS[name].where, ASKED_ABOUT[name]
    where = data.draw(filters(tree, rows[:60], levels=1))

    found, total = await pages(engine, name, where=where)

    wanted = sorted(row[KEYS[name]] for row in rows if meets(tree, where, row))
    assert sorted(found) == wanted
    assert total == len(wanted)


@settings(thorough, max_examples=40)
@given(data=st.data())
@pytest.mark.parametrize("name", ["statistics", "agencies", "regions"])
async def test_an_order_is_the_oracles_order(name: str, data: st.DataObject, engine: Engine) -> None:
    listing = LISTINGS[name]
    order = data.draw(orders(listing))

    found, _ = await pages(engine, name, orderBy=order)

    assert found == [row[KEYS[name]] for row in in_order(ROWS[name], sort_keys(listing, order))]


async def test_a_range_is_sorted_by_its_lower_end(engine: Engine) -> None:
    found, total = await pages(engine, "statistics", orderBy=[{"field": "VALUE", "direction": "ASC"}])

    rows = ROWS["statistics"]
    low = {row["text"]: min(row["value"]) if isinstance(row["value"], list) else row["value"] for row in rows}
    assert any(isinstance(row["value"], list) for row in rows)
    assert len(found) == total == len(rows)
    assert [low[text] for text in found] == sorted(low[row["text"]] for row in rows)
