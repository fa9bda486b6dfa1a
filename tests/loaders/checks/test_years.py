"""The checks between years: each rule on two small documents, and on the samples' series of four years."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from loaders.batch import parse_entry
from loaders.checks import year_checks
from loaders.checks.years import YEAR_RULES
from loaders.document import Document
from loaders.file_formats import SUFFIXES
from loaders.file_formats.sources import inventory
from tests.loaders.checks.documents import narrative, report

SAMPLES = Path(__file__).parents[3] / "loaders" / "samples"
CHINESE = re.compile("[\u3400-\u9fff]")


@dataclass(frozen=True)
class Case:
    """Last year's figures, this year's, and the outcome of one rule by subject."""

    why: str
    rule: str
    earlier: Document
    later: Document
    expected: Mapping[str | None, str]


def last_year(figures: Mapping[str, Any] | None = None, edition: str = "E2", **fields: Any) -> Document:
    return report(figures, edition=edition, **{"_id": "r0", "year": 2019, **fields})


LICENSING, DOCUMENTS = "proactiveDisclosure.licensing", "proactiveDisclosure.normativeDocuments"
FEES = "proactiveDisclosure.fees.amount"


def pending(count: int | None) -> Document:
    return last_year({"requests.pending.total": count})


def carried(count: int | None) -> Document:
    return report({"requests.carriedOver.total": count})


def in_force(count: int | None, *, issued: int = 0, repealed: int = 0) -> dict[str, int | None]:
    return {
        f"{DOCUMENTS}.inForce": count,
        f"{DOCUMENTS}.issuedThisYear": issued,
        f"{DOCUMENTS}.repealedThisYear": repealed,
    }


def items(count: int | None, change: int | None) -> dict[str, int | None]:
    return {f"{LICENSING}.previousYearItems": count, f"{LICENSING}.change": change}


def money(value: float, unit: str) -> dict[str, Any]:
    return {FEES: {"value": value, "unit": unit, "yuan": value * {"元": 1, "万元": 10_000}[unit]}}


def problems(text: str) -> dict[str, Any]:
    return narrative(("PROBLEMS_AND_IMPROVEMENTS", f"存在的主要问题|{text}", ()))


LONG = (
    "部分栏目更新不及时,一些乡镇对公开工作认识不足,解读材料形式单一,群众参与渠道不多,专职人员偏少且流动频繁,业务培训没有跟上。"
    "今后将建立月度检查机制,把检查结果纳入年度考核,增加图解和视频解读,畅通线上线下意见渠道,分批组织业务骨干跟班学习。"
)
OTHER = (
    "个别答复文书引用条款不准确,依申请公开办理时限偏长,历史文件的清理进度落后于计划,网站检索体验不佳,移动端页面适配不完整。"
    "下一步编印答复文书范本,实行疑难申请会审,按季度公布清理进展,改造检索服务,并邀请社会公众参与页面测试和评议。"
)
UNASSESSED = "NOT_ASSESSABLE"
CASES = (
    Case("carried over is what was pending", "Y1", pending(4), carried(4), {"total": "PASS"}),
    Case("carried over is something else", "Y1", pending(4), carried(5), {"total": "FAIL"}),
    Case("nothing said last year", "Y1", pending(None), carried(5), {"total": UNASSESSED}),
    Case("no table last year", "Y1", last_year(), carried(5), {}),
    Case(
        "in force follows",
        "Y2",
        last_year(in_force(138), "E3"),
        report(in_force(149, issued=17, repealed=6), edition="E3"),
        {DOCUMENTS: "PASS"},
    ),
    Case(
        "in force does not follow",
        "Y2",
        last_year(in_force(138), "E3"),
        report(in_force(155, issued=17, repealed=6), edition="E3"),
        {DOCUMENTS: "FAIL"},
    ),
    Case(
        "in force last year is blank",
        "Y2",
        last_year(in_force(None), "E3"),
        report(in_force(155), edition="E3"),
        {DOCUMENTS: UNASSESSED},
    ),
    Case(
        "no comparison across editions",
        "Y2",
        last_year({f"{DOCUMENTS}.publishedTotal": 138}),
        report(in_force(155), edition="E3"),
        {},
    ),
    Case("items follow", "Y3", last_year(items(412, -26)), report(items(386, 0)), {LICENSING: "PASS"}),
    Case("items do not follow", "Y3", last_year(items(412, -26)), report(items(400, 0)), {LICENSING: "FAIL"}),
    Case("a sign was left out", "Y3", last_year(items(412, 26)), report(items(386, 0)), {LICENSING: "FAIL"}),
    Case("no change last year", "Y3", last_year(items(412, None)), report(items(386, 0)), {LICENSING: UNASSESSED}),
    Case(
        "published in all grows",
        "Y4",
        last_year({f"{DOCUMENTS}.publishedTotal": 143}),
        report({f"{DOCUMENTS}.publishedTotal": 151}),
        {DOCUMENTS: "PASS"},
    ),
    Case(
        "published in all falls",
        "Y4",
        last_year({f"{DOCUMENTS}.publishedTotal": 143}),
        report({f"{DOCUMENTS}.publishedTotal": 12}),
        {DOCUMENTS: "FAIL"},
    ),
    Case(
        "published in all is blank",
        "Y4",
        last_year({f"{DOCUMENTS}.publishedTotal": 143}),
        report({f"{DOCUMENTS}.publishedTotal": None}),
        {DOCUMENTS: UNASSESSED},
    ),
    Case(
        "a steady figure",
        "Y5",
        last_year({"requests.received.total": 58}),
        report({"requests.received.total": 77}),
        {"requests.received.total": "PASS"},
    ),
    Case(
        "a jump",
        "Y5",
        last_year({"requests.received.total": 58}),
        report({"requests.received.total": 580}),
        {"requests.received.total": "FAIL"},
    ),
    Case(
        "small figures jump easily",
        "Y5",
        last_year({"requests.received.total": 2}),
        report({"requests.received.total": 20}),
        {},
    ),
    Case(
        "yuan for ten thousands",
        "Y5",
        last_year(money(2416.37, "万元"), "E3"),
        report(money(2287.9, "元"), edition="E3"),
        {FEES: "FAIL"},
    ),
    Case(
        "a new text",
        "Y6",
        last_year(**problems(LONG)),
        report(**problems(OTHER)),
        {"PROBLEMS_AND_IMPROVEMENTS": "PASS"},
    ),
    Case(
        "the same text with other numbers",
        "Y6",
        last_year(**problems("有3个问题。" + LONG)),
        report(**problems("有5个问题。" + LONG)),
        {"PROBLEMS_AND_IMPROVEMENTS": "FAIL"},
    ),
    Case(
        "hardly any text",
        "Y6",
        last_year(**problems("无。")),
        report(**problems("无。")),
        {"PROBLEMS_AND_IMPROVEMENTS": UNASSESSED},
    ),
    Case("the edition changed", "Y7", last_year(), report(edition="E3"), {"template": UNASSESSED}),
    Case("the edition stayed", "Y7", last_year(), report(), {}),
    Case("a report without an edition", "Y7", last_year(template="NARRATIVE"), report(), {}),
)


def outcomes(case: Case) -> dict[str | None, str]:
    """The outcome by subject; subjects of which neither year says anything are no part of the case."""
    return {
        check.subject: str(check.status)
        for check in year_checks(case.later, case.earlier)
        if check.rule == case.rule and (check.subject in case.expected or check.status != UNASSESSED)
    }


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.rule}: {case.why}")
def test_a_rule_between_years_says_what_it_finds(case: Case) -> None:
    assert outcomes(case) == dict(case.expected)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.rule}: {case.why}")
def test_every_check_names_the_other_year_in_both_languages(case: Case) -> None:
    for check in year_checks(case.later, case.earlier):
        assert check.other_year == 2019
        assert check.other_paths
        assert "2019" in check.message
        assert "2019" in check.message_zh
        assert CHINESE.search(check.message_zh)
        assert "{" not in check.message + check.message_zh
        assert "None" not in check.message + check.message_zh


def test_every_rule_between_years_has_a_case() -> None:
    assert {case.rule for case in CASES} == YEAR_RULES


def test_a_forgotten_sign_is_named() -> None:
    (check,) = (one for one in year_checks(report(items(386, 0)), last_year(items(412, 26))) if one.status == "FAIL")

    assert "sign" in check.message
    assert "负号" in check.message_zh


def test_a_slip_of_the_unit_is_named() -> None:
    later, earlier = report(money(2287.9, "元"), edition="E3"), last_year(money(2416.37, "万元"), "E3")
    (check,) = (one for one in year_checks(later, earlier) if one.rule == "Y5")

    assert "万元" in check.message


def test_without_a_year_nothing_is_compared() -> None:
    assert year_checks(report({"requests.carriedOver.total": 3}, year=None), pending(4)) == []


@pytest.mark.parametrize("kind", ["SUMMARY", "PERIODIC"])
def test_reports_that_are_no_annual_reports_have_no_checks_between_years(kind: str) -> None:
    assert year_checks({**carried(5), "kind": kind}, {**pending(4), "kind": kind}) == []


def parsed(name: str) -> Document:
    (entry,) = inventory([SAMPLES / name], suffixes=SUFFIXES).entries
    outcome = parse_entry(entry)
    assert outcome.document is not None
    return outcome.document


@pytest.mark.parametrize("year", [2020, 2021, 2022])
def test_the_sample_series_holds_across_years(year: int) -> None:
    earlier, later = (parsed(f"county-government-{one}.txt") for one in (year - 1, year))

    found = year_checks(later, earlier)

    assert {str(check.status) for check in found if check.rule == "Y1"} == {"PASS"}
    assert "FAIL" not in {str(check.status) for check in found}
    assert ("Y2" in {check.rule for check in found}) == (year == 2022)
    assert ("Y3" in {check.rule for check in found}) == (year == 2020)
    assert ("Y7" in {check.rule for check in found}) == (year == 2021)
