"""The questions of the field, answered as the kept figures of the samples say."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import httpx
import pytest

from tests.documented import PAGES, queries_in
from tests.examples.test_questions import (
    APPLICANTS,
    DENIED,
    GRANTED,
    IMPLIED,
    OUTCOMES,
    PARTLY,
    RECEIVED,
    RECENT,
    REPORTS,
    Metric,
    Sample,
    asked_for,
    grouped,
    measured,
    rate,
    total,
)

WHERE_DENIED, WHO_FAILS, WHO_WAS_LATE, WHO_IS_MISSING, ONE_PLACE, WHO_ASKS, NEIGHBOURS = range(7)
QUERIES = queries_in((PAGES / "docs" / "answers.md").read_text(encoding="utf-8"))
IN_E1 = "annexStatistics.requests.received.total"


def all_denied(reports: list[Sample]) -> dict[str, Any]:
    """Denials on all grounds, of the reports that tell each."""
    whole = [report for report in reports if all(report.cells.get(path) is not None for path in DENIED)]
    return measured(sum(report.cells[path] for report in whole for path in DENIED) if whole else None, len(whole))


def by_first_metric(reports: list[Sample], *metrics: Any) -> list[dict[str, Any]]:
    groups = grouped(reports, ["agency", "scope"], metrics)
    known = [group for group in groups if group["values"][0]["value"] is not None]
    missing = [group for group in groups if group["values"][0]["value"] is None]
    return sorted(known, key=lambda group: -group["values"][0]["value"]) + missing


def who_refused() -> dict[str, Any]:
    metrics = (all_denied, rate(DENIED, OUTCOMES), *map(total, DENIED))
    return {"aggregate": by_first_metric([filled(one) for one in RECENT if one.year <= 2024], *metrics)[:10]}


def filled(report: Sample) -> Sample:
    """The town leaves grounds of denial blank that its total leaves nothing for: there it denied none."""
    if (report.agency, report.year) not in IMPLIED:
        return report
    blank = [path for path in DENIED if report.cells.get(path) is None]
    return replace(report, cells={**report.cells, **dict.fromkeys(blank, 0)})


def who_asks() -> dict[str, Any]:
    shares: list[Metric] = [rate([applicant], [RECEIVED]) for applicant in APPLICANTS]
    return {"aggregate": grouped(RECENT, ["scope", "year"], shares)}


def requests_of_the_county() -> list[tuple[int, Any]]:
    mine = sorted((one for one in REPORTS if one.agency == "青岚县人民政府"), key=lambda one: one.year)
    return [(one.year, one.cells.get(RECEIVED, one.cells.get(IN_E1))) for one in mine]


def ask(address: str, number: int) -> Any:
    answer = httpx.post(address, json={"query": QUERIES[number]}, timeout=30).json()
    assert "errors" not in answer, answer["errors"]
    return answer["data"]


@pytest.mark.parametrize(("number", "expected"), [(WHERE_DENIED, who_refused), (WHO_ASKS, who_asks)])
def test_groups_are_those_of_the_samples(number: int, expected: Callable[[], dict[str, Any]], address: str) -> None:
    data = ask(address, number)

    assert data == asked_for(data, expected())


def test_only_sums_of_the_form_that_fail_are_errors(address: str) -> None:
    """One sample is made to fail one."""
    found = ask(address, WHO_FAILS)["reports"]

    assert [(node["agency"]["name"], node["year"]) for node in found["nodes"]] == [("澜川市住房和城乡建设局", 2020)]
    assert {check["rule"] for check in found["nodes"][0]["checks"]} == {"R2"}


def test_no_sample_is_late(address: str) -> None:
    assert ask(address, WHO_WAS_LATE) == {key: {"totalCount": 0, "nodes": []} for key in ("january", "march")}


def test_a_report_of_another_kind_is_no_annual_report(address: str) -> None:
    agencies = {one.agency for one in REPORTS} - {one.agency for one in REPORTS if one.year == 2020}
    found = ask(address, WHO_IS_MISSING)["agencies"]["nodes"]

    assert {node["name"] for node in found} == agencies
    (district,) = (node for node in found if node["name"] == "澜川市望舒区人民政府")
    assert (district["years"], district["others"]) == ([2016, 2023], [2016, 2019, 2023])


def test_requests_of_one_place_are_found_in_every_edition(address: str) -> None:
    points = ask(address, ONE_PLACE)["series"]

    assert [(point["year"], point["value"]) for point in points] == requests_of_the_county()


def test_neighbours_stand_beside_the_agency(address: str) -> None:
    data = ask(address, NEIGHBOURS)
    county = [one for one in REPORTS if one.year == 2021 and one.county == "青岚县"]
    metrics = (total(RECEIVED), rate([GRANTED, PARTLY], OUTCOMES))

    assert data["neighbours"] == asked_for(data["neighbours"], by_first_metric(county, *metrics))
    (own,) = (one for one in county if one.agency == "青岚县人民政府")
    assert data["report"]["received"] == {
        "status": "FEW_PEERS",
        "value": own.cells[RECEIVED],
        "rank": 1,
        "of": 1,
        "median": own.cells[RECEIVED],
    }


def test_every_question_is_tested() -> None:
    assert len(QUERIES) == NEIGHBOURS + 1
