"""Filters inside one report mean what they mean across reports: the oracle finds the same figures."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from loaders.store.database import Database
from schema.engine import Engine, GraphQLRequest
from schema.queryable.report_conditions import stated_figures
from schema.types.global_ids import global_id
from tests.documents import corpus
from tests.filters import filters
from tests.oracle import meets

STOCK = corpus(40, seed=1)
STATED = stated_figures()
QUERY = """
query($id: ID!, $where: ReportStatisticWhere) {
  report(id: $id) { statistics(where: $where) { start label value range { low high } } }
}
"""


@settings(
    max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(data=st.data())
async def test_a_filter_on_the_figures_of_a_report_finds_what_the_oracle_finds(
    data: st.DataObject, engine: Engine
) -> None:
    report = data.draw(st.sampled_from(STOCK))
    where = data.draw(filters(STATED, report["statistics"]))

    answer = await engine.execute(GraphQLRequest(QUERY, {"id": global_id("Report", report["_id"]), "where": where}))

    assert answer.errors == []
    found: Any = answer.data
    wanted = [figure["start"] for figure in report["statistics"] if meets(STATED, where, figure)]
    assert [figure["start"] for figure in found["report"]["statistics"]] == wanted


@pytest.mark.parametrize("compile_plans", [True, False])
@pytest.mark.parametrize(
    ("where", "code"),
    [
        ({"unit": {"in": ["件"] * 251}}, "FILTER_TOO_LARGE"),
        ({"label": {"eq": None}}, "BAD_FILTER"),
        ({"not": {"not": {"not": {"not": {"not": {"unit": {"eq": "件"}}}}}}}, "FILTER_TOO_LARGE"),
    ],
    ids=["a long list", "null", "deep negation"],
)
async def test_a_filter_inside_a_report_has_the_bounds_of_every_filter(
    *, where: dict[str, Any], code: str, compile_plans: bool, stocked: Database
) -> None:
    engine = Engine(stocked, compile_plans=compile_plans)
    key = global_id("Report", STOCK[0]["_id"])

    answer = await engine.execute(GraphQLRequest(QUERY, {"id": key, "where": where}))

    assert [error["extensions"]["code"] for error in answer.errors] == [code]  # type: ignore[index]
