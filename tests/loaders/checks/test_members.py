"""A region's aggregate against the reports it contains."""

from typing import Any

import pytest

from loaders.checks import member_checks
from loaders.checks.members import is_aggregate, is_member
from loaders.document import Document
from tests.loaders.checks.documents import report

REGION = {"province": "霁南省", "prefecture": "澜川市", "county": "青岚县"}
RECEIVED = "requests.received.total"


def of(scope: str, received: int | None, type_: str = "DEPARTMENT", **changes: str | None) -> Document:
    agency = {"name": f"{scope}{received}", "level": "COUNTY", "type": type_, "region": {**REGION, **changes}}
    return report({RECEIVED: received}, scope=scope, agency=agency)


COUNTY = of("REGION_AGGREGATE", 10, "GOVERNMENT")


def outcome(aggregate: Document, *members: Document) -> tuple[str, float | int | None, float | int | None] | None:
    found = [check for check in member_checks(aggregate, members) if check.subject == RECEIVED]
    return (str(found[0].status), found[0].left, found[0].right) if found else None


@pytest.mark.parametrize(
    ("members", "expected"),
    [
        pytest.param([of("DEPARTMENT", 4), of("TOWNSHIP", 6)], ("PASS", 10, 10), id="all of it"),
        pytest.param([of("DEPARTMENT", 4)], ("PASS", 10, 4), id="some of it"),
        pytest.param([of("DEPARTMENT", 4), of("TOWNSHIP", 7)], ("FAIL", 10, 11), id="more than it"),
        pytest.param([of("DEPARTMENT", None)], ("NOT_ASSESSABLE", None, None), id="no figure"),
        pytest.param([], None, id="no member"),
        pytest.param([of("VERTICAL", 99, "VERTICAL")], None, id="another system"),
        pytest.param([of("DEPARTMENT", 99, "BRANCH")], None, id="a branch of the city"),
        pytest.param([of("REGION_AGGREGATE", 99, "GOVERNMENT")], None, id="another aggregate"),
        pytest.param([of("DEPARTMENT", 99, county="望舒区")], None, id="another county"),
        pytest.param([of("DEPARTMENT", 99, province="澹海省")], None, id="a county of the same name"),
        pytest.param([{**of("DEPARTMENT", 99), "year": 2019}], None, id="another year"),
    ],
)
def test_an_aggregate_holds_the_sum_of_its_members(members: list[Document], expected: tuple[Any, ...] | None) -> None:
    assert outcome(COUNTY, *members) == expected


def test_an_aggregate_without_a_figure_is_not_assessed() -> None:
    assert outcome(of("REGION_AGGREGATE", None, "GOVERNMENT"), of("DEPARTMENT", 4)) == ("NOT_ASSESSABLE", None, None)


def test_the_guard_says_how_many_reports_must_not_be_added() -> None:
    (guard,) = (
        check for check in member_checks(COUNTY, [of("DEPARTMENT", 4), of("TOWNSHIP", 6)]) if check.rule == "H2"
    )

    assert (str(guard.status), str(guard.severity)) == ("NOT_ASSESSABLE", "INFO")
    assert "2 " in guard.message
    assert "2份" in guard.message_zh


def test_only_annual_reports_of_a_known_region_take_part() -> None:
    assert is_aggregate(COUNTY)
    assert is_member(of("TOWNSHIP", 1))
    assert not is_aggregate(of("REGION_AGGREGATE", 1, province=None, prefecture=None, county=None))
    assert not is_member(of("TOWNSHIP", 1, province=None, prefecture=None, county=None))
    assert not is_member({**of("TOWNSHIP", 1), "kind": "WORK_POINTS_STATUS"})
