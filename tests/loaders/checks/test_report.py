"""The checks of one report: what passes, fails and cannot be assessed, rule by rule; samples; odd documents."""

import re
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from loaders.batch import parse_entry
from loaders.checks import report_checks
from loaders.checks.report import ASSESSED
from loaders.document import Check, Document
from loaders.file_formats import SUFFIXES
from loaders.file_formats.sources import inventory
from loaders.forms import FORMS
from loaders.forms.check_catalogue import CATALOGUE, Reach
from tests.loaders.checks.documents import narrative, report, whole_table
from tests.shared import REPORTS

ROOT = Path(__file__).parents[3]
SAMPLES = ROOT / "loaders" / "samples"
CHINESE = re.compile("[\u3400-\u9fff]")


@dataclass(frozen=True)
class Case:
    """A document, and the outcome of the checks of one rule on it, by subject."""

    why: str
    rule: str
    document: Document
    expected: Mapping[str | None, str]


def amount(value: float | None, unit: str | None) -> dict[str, Any] | None:
    yuan = None if value is None or unit is None else value * {"元": 1, "万元": 10_000}[unit]
    return {"value": value, "unit": unit, "yuan": yuan}


def procurement(items: int | None, value: float | None, unit: str | None) -> Document:
    money = None if value is None else amount(value, unit)
    return report({"proactiveDisclosure.procurement.items": items, "proactiveDisclosure.procurement.amount": money})


def licensing(items: int | None, change: int | None, decisions: int | None) -> Document:
    row = "proactiveDisclosure.licensing"
    return report({f"{row}.previousYearItems": items, f"{row}.change": change, f"{row}.decisions": decisions})


def rules_made(count: int | None, *, level: str | None = "COUNTY", type_: str | None = "GOVERNMENT") -> Document:
    row = "proactiveDisclosure.regulations"
    figures = dict.fromkeys([f"{row}.issuedThisYear", f"{row}.repealedThisYear", f"{row}.inForce"], count)
    return report(figures, edition="E3", agency={"name": "某机关", "level": level, "type": type_, "region": {}})


def published(day: str | None, *, year: int = 2020, scope: str = "DEPARTMENT") -> Document:
    return report(year=year, publishedOn=day, scope=scope)


def issued(new: int | None, repealed: int | None, in_force: int | None) -> Document:
    row = "proactiveDisclosure.normativeDocuments"
    return report(
        {f"{row}.issuedThisYear": new, f"{row}.repealedThisYear": repealed, f"{row}.inForce": in_force}, edition="E3"
    )


def cited(number: str, *, template: str = "E2", expected: str = "E2") -> Document:
    return report(template=template, templateExpected=expected, citedDocuments=[{"title": None, "number": number}])


SIX = (
    ("OVERVIEW", "总体情况|主动公开、依申请公开、信息管理、平台建设、监督保障。", ()),
    ("PROACTIVE_DISCLOSURE", "主动公开政府信息情况|", ()),
    ("REQUESTS", "收到和处理政府信息公开申请情况|", ()),
    ("REVIEW_AND_LITIGATION", "政府信息公开行政复议、行政诉讼情况|", ()),
    ("PROBLEMS_AND_IMPROVEMENTS", "存在的主要问题及改进情况|更新不够及时,今后每月检查一次。", ()),
    ("OTHER_MATTERS", "其他需要报告的事项|无。", ()),
)


def sections(*left_out: str, **fields: Any) -> Document:
    return report(**{**narrative(*(one for one in SIX if one[0] not in left_out)), **fields})


def parts(sentence: str, *left_out: str) -> Document:
    kept = [one for one in SIX if one[0] not in left_out]
    return report(**narrative(("PREAMBLE", f"|{sentence}", ()), *kept))


def stated(sentence: str, found: int | None, **figure: Any) -> Document:
    text = narrative(("OVERVIEW", f"(二)依申请公开情况|{sentence}", [{"text": "25件", "value": 25, **figure}]))
    return report({"requests.received.total": found, "requests.carriedOver.total": 3}, **text)


def fee(last_section: str, *figures: Mapping[str, Any], overdue: int | None = None) -> Document:
    text = narrative(("OTHER_MATTERS", f"其他需要报告的事项|{last_section}", figures))
    figure = {"requests.outcomes.other.feeOverdue.total": overdue}
    return report(None if overdue is None else figure, edition="E3", **text)


def broken_down(part: int, **figure: Any) -> Document:
    figures = [{"text": "25件", "value": 25}, {"text": f"{part}件", "value": part, "partOf": 0, **figure}]
    return report(**narrative(("OVERVIEW", f"总体情况|收到申请25件,其中信函{part}件。", figures)))


COLUMN = "proactiveDisclosure.licensing"
NOT_HELD = "requests.outcomes.unavailable.notHeld.naturalPerson"
UNASSESSED = "NOT_ASSESSABLE"
CASES = (
    Case("an increase with its sign", "R7", licensing(10, 5, None), {COLUMN: "PASS"}),
    Case("a decrease below none", "R7", licensing(10, -12, None), {COLUMN: "FAIL"}),
    Case("no figure of the change", "R7", licensing(10, None, None), {COLUMN: UNASSESSED}),
    Case(
        "a change in words",
        "R7",
        report({}, statuses={f"{COLUMN}.change": "TEXT"}, texts={f"{COLUMN}.change": "减少3"}),
        {COLUMN: "FAIL"},
    ),
    Case("no rules of a county", "R8", rules_made(0), {"proactiveDisclosure.regulations": "PASS"}),
    Case("rules of a county", "R8", rules_made(6), {"proactiveDisclosure.regulations": "FAIL"}),
    Case("blank rules of a county", "R8", rules_made(None), {"proactiveDisclosure.regulations": UNASSESSED}),
    Case("rules of an unknown level", "R8", rules_made(6, level=None), {"proactiveDisclosure.regulations": UNASSESSED}),
    Case("rules of a province", "R8", rules_made(6, level="PROVINCE"), {}),
    Case(
        "rules of a city's bureau",
        "R8",
        rules_made(6, level="PREFECTURE", type_="DEPARTMENT"),
        {"proactiveDisclosure.regulations": "FAIL"},
    ),
    Case("a bureau by the end of January", "R9", published("2021-01-31"), {None: "PASS"}),
    Case("a bureau in February", "R9", published("2021-02-01"), {None: "FAIL"}),
    Case("a bureau before the deadline moved", "R9", published("2019-03-31", year=2018), {None: "PASS"}),
    Case("a government in March", "R9", published("2021-03-31", scope="REGION_AGGREGATE"), {None: "PASS"}),
    Case("a government in April", "R9", published("2021-04-01", scope="REGION_AGGREGATE"), {None: "FAIL"}),
    Case("a town in January", "R9", published("2021-01-20", scope="TOWNSHIP"), {None: "PASS"}),
    Case("a town between the deadlines", "R9", published("2021-03-01", scope="TOWNSHIP"), {None: UNASSESSED}),
    Case("a town in April", "R9", published("2021-04-01", scope="TOWNSHIP"), {None: "FAIL"}),
    Case("no date", "R9", published(None), {None: UNASSESSED}),
    Case("a whole year", "R10", report(), {None: "PASS"}),
    Case("eleven months", "R10", report(periodEnd="2020-11-20"), {None: "FAIL"}),
    Case("another year", "R10", report(periodStart="2019-01-01", periodEnd="2019-12-31"), {None: "FAIL"}),
    Case("no period", "R10", report(periodStart=None), {None: UNASSESSED}),
    Case("not an annual report", "R10", report(kind="WORK_POINTS_STATUS"), {}),
    Case(
        "six sections, no table",
        "R11",
        sections(),
        {
            "sections": "PASS",
            "proactiveDisclosure": UNASSESSED,
            "requests": UNASSESSED,
            "reviewAndLitigation": UNASSESSED,
        },
    ),
    Case(
        "five sections",
        "R11",
        sections("PROBLEMS_AND_IMPROVEMENTS"),
        {
            "sections": "FAIL",
            "proactiveDisclosure": UNASSESSED,
            "requests": UNASSESSED,
            "reviewAndLitigation": UNASSESSED,
        },
    ),
    Case("a report without an edition", "R11", sections(template="NARRATIVE", templateExpected="E0"), {}),
    Case(
        "a table with all rows, without its heading",
        "R11",
        {**report(whole_table("reviewAndLitigation", "E2")), "sections": sections("REVIEW_AND_LITIGATION")["sections"]},
        {"sections": "PASS", "proactiveDisclosure": UNASSESSED, "requests": UNASSESSED, "reviewAndLitigation": "PASS"},
    ),
    Case(
        "a table without a row",
        "R11",
        report({"reviewAndLitigation.reconsideration.total": 1, "reviewAndLitigation.directLitigation.total": 0}),
        {
            "sections": UNASSESSED,
            "proactiveDisclosure": UNASSESSED,
            "requests": UNASSESSED,
            "reviewAndLitigation": "FAIL",
        },
    ),
    Case("whole numbers", "D1", report({"requests.received.total": 3}), {"requests": "PASS"}),
    Case("a negative count", "D1", report({"requests.received.total": -3}), {"requests": "FAIL"}),
    Case("half a request", "D1", report({"requests.received.total": 2.5}), {"requests": "FAIL"}),
    Case("a negative change", "D1", licensing(10, -3, 1), {"proactiveDisclosure": "PASS"}),
    Case("nothing read", "D1", report({"requests.received.total": None}), {"requests": UNASSESSED}),
    Case(
        "parts without their total",
        "D2",
        report(
            {
                f"reviewAndLitigation.reconsideration.{column}": 1
                for column in ("upheld", "corrected", "other", "pending")
            },
            statuses={"reviewAndLitigation.reconsideration.total": "BLANK"},
        ),
        {"reviewAndLitigation.total": "FAIL", "reviewAndLitigation.parts": "PASS"},
    ),
    Case(
        "a total without parts",
        "D2",
        report(
            {"reviewAndLitigation.reconsideration.total": 1},
            statuses={
                f"reviewAndLitigation.reconsideration.{column}": "BLANK"
                for column in ("upheld", "corrected", "other", "pending")
            },
        ),
        {"reviewAndLitigation.total": "PASS", "reviewAndLitigation.parts": "FAIL"},
    ),
    Case(
        "an empty table",
        "D2",
        report({}, statuses={"reviewAndLitigation.reconsideration.total": "BLANK"}),
        {"reviewAndLitigation.total": UNASSESSED, "reviewAndLitigation.parts": UNASSESSED},
    ),
    Case("text and table alike", "D3", stated("2020年,共收到政府信息公开申请25件。", 25), {"received": "PASS"}),
    Case("text with those carried over", "D3", stated("2020年,共收到政府信息公开申请25件。", 22), {"received": "PASS"}),
    Case("text and table differ", "D3", stated("2020年,共收到政府信息公开申请25件。", 24), {"received": "FAIL"}),
    Case("no figure in the table", "D3", stated("2020年,共收到政府信息公开申请25件。", None), {"received": UNASSESSED}),
    Case("more than", "D3", stated("共收到政府信息公开申请25件。", 29, qualifier="MORE_THAN"), {"received": "PASS"}),
    Case("at most", "D3", stated("共收到政府信息公开申请25件。", 29, qualifier="AT_MOST"), {"received": "FAIL"}),
    Case("about", "D3", stated("共收到政府信息公开申请25件。", 26, qualifier="ABOUT"), {"received": "PASS"}),
    Case("a range", "D3", stated("共收到政府信息公开申请25件。", 26, value=[20, 30]), {"received": "PASS"}),
    Case(
        "two statements, one of which agrees",
        "D3",
        report(
            {"requests.received.total": 25},
            **narrative(
                (
                    "OVERVIEW",
                    "(二)依申请公开情况|收到申请24件。收到申请25件。",
                    [{"text": "24件", "value": 24}, {"text": "25件", "value": 25}],
                )
            ),
        ),
        {"received": "PASS"},
    ),
    Case(
        "two statements that agree with nothing",
        "D3",
        report(
            {"requests.received.total": 20},
            **narrative(
                (
                    "OVERVIEW",
                    "(二)依申请公开情况|收到申请24件。收到申请25件。",
                    [{"text": "24件", "value": 24}, {"text": "25件", "value": 25}],
                )
            ),
        ),
        {},
    ),
    Case("a fee that is explained", "D4", fee("1件逾期未缴费。", overdue=1), {"mention": "PASS"}),
    Case("a fee that is passed over", "D4", fee("无。", overdue=1), {"mention": "FAIL"}),
    Case(
        "a fee without the section",
        "D4",
        report({"requests.outcomes.other.feeOverdue.total": 1}, edition="E3"),
        {"mention": UNASSESSED},
    ),
    Case("no fee", "D4", fee("无。", overdue=0), {}),
    Case(
        "a fee in yuan",
        "D4",
        fee("收取信息处理费400元。", {"text": "400元", "value": 400, "unit": "元", "label": "信息处理费"}),
        {"unit": "PASS"},
    ),
    Case(
        "a fee in ten thousands",
        "D4",
        fee("收取信息处理费0.04万元。", {"text": "0.04万元", "value": 400, "unit": "元", "label": "信息处理费"}),
        {"unit": "FAIL"},
    ),
    Case(
        "a fee that is denied",
        "D4",
        fee(
            "收取信息处理费400元。全年未收取信息处理费。",
            {"text": "400元", "value": 400, "unit": "元", "label": "信息处理费"},
            {"text": "未收取信息处理费", "value": 0, "unit": None, "label": "信息处理费", "implied": True},
        ),
        {"unit": "PASS", "denial": "FAIL"},
    ),
    Case(
        "plausible procurement",
        "D5",
        procurement(8, 1417.05, "万元"),
        {"presence": "PASS", "unit": "PASS", "perProject": "PASS"},
    ),
    Case(
        "26 yuan a project",
        "D5",
        procurement(264, 6834.335, "元"),
        {"presence": "PASS", "unit": "PASS", "perProject": "FAIL"},
    ),
    Case(
        "112 yuan a project, 37 of them",
        "D5",
        procurement(37, 4125.68, "元"),
        {"presence": "PASS", "unit": "PASS", "perProject": "FAIL"},
    ),
    Case(
        "500 yuan, one project",
        "D5",
        procurement(1, 500, "元"),
        {"presence": "PASS", "unit": "PASS", "perProject": "PASS"},
    ),
    Case(
        "20 billion yuan, one project",
        "D5",
        procurement(1, 2_000_000, "万元"),
        {"presence": "PASS", "unit": "PASS", "perProject": "FAIL"},
    ),
    Case("projects without money", "D5", procurement(3, 0, "万元"), {"presence": "FAIL"}),
    Case(
        "money without a unit",
        "D5",
        procurement(3, 25, None),
        {"presence": "PASS", "unit": "FAIL", "perProject": UNASSESSED},
    ),
    Case("nothing procured", "D5", procurement(0, 0, "万元"), {"presence": "PASS"}),
    Case("no figure", "D5", procurement(None, None, None), {"presence": UNASSESSED}),
    Case("change and decisions apart", "D6", licensing(885, -156, 12550), {COLUMN: "PASS"}),
    Case("change and decisions the same", "D6", licensing(1245, 3950, 3950), {COLUMN: "FAIL"}),
    Case("small figures may be the same", "D6", licensing(40, 2, 2), {COLUMN: "PASS"}),
    Case("a change out of all proportion", "D6", licensing(10, 1250, 8), {COLUMN: "FAIL"}),
    Case("no change", "D6", licensing(10, None, 8), {COLUMN: UNASSESSED}),
    Case("substance", "D7", sections(), {"problems": "PASS"}),
    Case("five subjects", "D7", sections(template="E3"), {"problems": "PASS", "overview": "PASS"}),
    Case(
        "nothing said",
        "D7",
        report(
            **narrative(("OVERVIEW", "总体情况|主动公开。", ()), ("PROBLEMS_AND_IMPROVEMENTS", "问题|无。", ())),
            template="E3",
        ),
        {"problems": "FAIL", "overview": "FAIL"},
    ),
    Case("sections not found", "D7", report(template="E3"), {"problems": UNASSESSED, "overview": UNASSESSED}),
    Case("six parts announced and there", "D8", parts("报告由六个部分组成。"), {None: "PASS"}),
    Case("six announced, five there", "D8", parts("报告由六个部分组成。", "OTHER_MATTERS"), {None: "FAIL"}),
    Case("nothing announced", "D8", parts("现公布如下。"), {}),
    Case("the edition in force", "D9", cited("国办公开办函〔2019〕60号"), {"edition": "PASS", "year": "PASS"}),
    Case(
        "the old edition",
        "D9",
        cited("国办公开办函〔2019〕60号", template="E3", expected="E3"),
        {"edition": "FAIL", "year": "PASS"},
    ),
    Case(
        "the new edition over old tables",
        "D9",
        cited("国办公开办函〔2021〕30号", expected="E3"),
        {"edition": "FAIL", "year": "PASS"},
    ),
    Case("a document of the future", "D9", cited("青政办〔2022〕3号"), {"year": "FAIL"}),
    Case(
        "no known edition to compare",
        "D9",
        cited("国办公开办函〔2019〕60号", template="NARRATIVE", expected="E0"),
        {"edition": UNASSESSED, "year": "PASS"},
    ),
    Case("years agree", "D10", report(), {"period": "PASS", "published": "PASS"}),
    Case(
        "title of another year",
        "D10",
        report(title="2019年政府信息公开年度报告"),
        {"period": "FAIL", "published": "PASS"},
    ),
    Case("published two years later", "D10", report(publishedOn="2022-01-20"), {"period": "PASS", "published": "FAIL"}),
    Case(
        "no title, no date",
        "D10",
        report(title=None, publishedOn=None),
        {"period": UNASSESSED, "published": UNASSESSED},
    ),
    Case("every cell filled", "D11", report(whole_table("requests", "E2")), {"requests": "PASS"}),
    Case(
        "a stroke",
        "D11",
        report({"requests.received.total": 1}, statuses={NOT_HELD: "NOT_APPLICABLE"}),
        {"requests": "FAIL"},
    ),
    Case("nothing read at all", "D11", report({"requests.received.total": None}), {"requests": UNASSESSED}),
    Case(
        "no request, no outcome",
        "D12",
        report({**whole_table("requests", "E2"), "requests.received.total": 1}),
        dict.fromkeys(
            (
                "naturalPerson",
                "commercialEnterprise",
                "researchInstitution",
                "socialOrganization",
                "legalServiceOrganization",
                "otherOrganization",
            ),
            "PASS",
        ),
    ),
    Case(
        "an outcome from nowhere",
        "D12",
        report({"requests.received.naturalPerson": 0, "requests.carriedOver.naturalPerson": 0, NOT_HELD: 2}),
        {"naturalPerson": "FAIL"},
    ),
    Case(
        "blank outcomes of nothing",
        "D12",
        report({"requests.received.naturalPerson": 0, "requests.carriedOver.naturalPerson": 0}),
        {"naturalPerson": UNASSESSED},
    ),
    Case(
        "issued are in force or repealed", "D14", issued(17, 6, 149), {"proactiveDisclosure.normativeDocuments": "PASS"}
    ),
    Case(
        "issued, neither in force nor repealed",
        "D14",
        issued(17, 0, 10),
        {"proactiveDisclosure.normativeDocuments": "FAIL"},
    ),
    Case("a figure is missing", "D14", issued(17, None, 10), {"proactiveDisclosure.normativeDocuments": UNASSESSED}),
    Case("a part fits into its whole", "D15", broken_down(17), {"1": "PASS"}),
    Case("a part exceeds its whole", "D15", broken_down(71), {"1": "FAIL"}),
    Case("a part in another unit is not compared", "D15", broken_down(71, unit="人"), {}),
    Case("a rough part is not compared", "D15", broken_down(71, qualifier="MORE_THAN"), {}),
)


def outcomes(document: Document, rule: str) -> dict[str | None, str]:
    """The outcome of each assessable check of a rule, leaving out rows of which nothing at all was read."""
    found = {check.subject: str(check.status) for check in report_checks(document) if check.rule == rule}
    nothing = {subject for subject in found if _of_an_empty_row(document, subject)}
    return {subject: status for subject, status in found.items() if subject not in nothing or status != UNASSESSED}


def _of_an_empty_row(document: Document, subject: str | None) -> bool:
    """Cases fill one row of a table; what the others say is no part of the case."""
    filled = {cell["path"].rpartition(".")[0] for cell in document["cells"] if cell["status"] != "MISSING"}
    rows = {cell["path"].rpartition(".")[0] for cell in document["cells"]}
    return subject in rows and bool(filled) and subject not in filled


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.rule}: {case.why}")
def test_a_rule_says_what_it_finds(case: Case) -> None:
    assert outcomes(case.document, case.rule) == dict(case.expected)


def test_every_rule_of_one_report_has_a_case_that_fails_and_one_that_passes() -> None:
    assessed = {code for codes in ASSESSED for code in codes} - {"R1", "R2", "R3", "R4", "D13"}  # cases of the sums
    for status in ("PASS", "FAIL"):
        assert {case.rule for case in CASES if status in case.expected.values()} == assessed


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.rule}: {case.why}")
def test_every_check_speaks_both_languages_and_fills_in_its_facts(case: Case) -> None:
    for check in report_checks(case.document):
        assert check.message
        assert CHINESE.search(check.message_zh)
        assert "{" not in check.message + check.message_zh
        assert "None" not in check.message + check.message_zh, check


SUMS = {
    "requests.received.total": 3,
    "requests.carriedOver.total": 1,
    "requests.outcomes.total.total": 3,
    "requests.pending.total": 1,
}


@pytest.mark.parametrize(
    ("changed", "status", "difference"),
    [
        pytest.param({}, "PASS", 0, id="holds"),
        pytest.param({"requests.pending.total": 2}, "FAIL", -1, id="does not hold"),
        pytest.param({"requests.pending.total": None}, UNASSESSED, None, id="a blank is no zero"),
    ],
)
def test_a_sum_of_the_form_is_assessed(changed: dict[str, Any], status: str, difference: int | None) -> None:
    checks = report_checks(report({**SUMS, **changed}))

    (check,) = (one for one in checks if one.rule == "R1" and one.subject == "total")
    assert (str(check.status), check.difference) == (status, difference)
    assert check.paths == tuple(SUMS)


def parsed(path: Path) -> Document:
    (entry,) = inventory([path], suffixes=SUFFIXES).entries
    outcome = parse_entry(entry)
    assert outcome.document is not None, outcome.fault
    return outcome.document


def failed(document: Document) -> set[str]:
    return {check["rule"] for check in document["checks"] if check["status"] == "FAIL"}


@pytest.mark.parametrize(
    ("name", "rules"),
    [
        pytest.param("city-housing-bureau-2020.txt", {"R2", "D5"}, id="sums and procurement"),
        pytest.param("county-water-bureau-2018.txt", {"R10", "D10"}, id="a short year"),
        pytest.param("town-government-2021.txt", {"D11"}, id="blanks"),
        pytest.param("county-government-2019.txt", set(), id="2019"),
        pytest.param("county-government-2020.txt", set(), id="2020"),
        pytest.param("county-government-2021.txt", set(), id="2021"),
        pytest.param("county-government-2022.txt", set(), id="2022"),
        pytest.param("district-government-2016.txt", set(), id="the annex"),
        pytest.param("district-government-2023.txt", set(), id="glued digits"),
        pytest.param("district-work-points-2019.txt", set(), id="no annual report"),
    ],
)
def test_a_sample_fails_what_it_was_written_to_fail(name: str, rules: set[str]) -> None:
    document = parsed(SAMPLES / name)

    assert failed(document) == rules
    assert document["failedRules"] == sorted(rules)


@pytest.mark.shared
@pytest.mark.parametrize(
    ("name", "fails", "passes"),
    [
        pytest.param("000_a90ff322ff99cac7.txt", set(), {"R1", "R2", "R3", "R4", "D3"}, id="000"),
        pytest.param("001_e246dbc8ebcc4636.txt", {"R2", "D3", "D5"}, {"R1", "R3", "R4"}, id="001"),
        pytest.param("002_91b3a683a9f202da.txt", {"D6", "D11"}, set(), id="002"),
        pytest.param("003_77f9394fd0a18dd1.txt", set(), set(), id="003"),
        pytest.param("004_360dd39e24516101.txt", {"R10"}, set(), id="004"),
    ],
)
def test_a_real_report_fails_what_is_known_of_it(name: str, fails: set[str], passes: set[str]) -> None:
    document = parsed(REPORTS / name)

    assert failed(document) == fails
    for rule in passes:
        assert {check["status"] for check in document["checks"] if check["rule"] == rule} == {"PASS"}


def test_every_assessable_code_is_assessed_and_nothing_else() -> None:
    assessed = [code for codes in ASSESSED for code in codes]

    assert sorted(assessed) == sorted(rule.code for rule in CATALOGUE if rule.reach is Reach.REPORT)


def test_checks_name_paths_that_the_document_has() -> None:
    document = parsed(SAMPLES / "county-government-2022.txt")
    paths = {path for check in document["checks"] for path in check["paths"]}

    declared = {cell.path for form in FORMS for cell in form.cells}
    others = {path.partition(".")[0] for path in paths - declared}
    assert others <= set(document)


# odd documents -------------------------------------------------------------------------------------------------------

SCALARS = st.none() | st.booleans() | st.integers(-(10**20), 10**20) | st.floats() | st.text(max_size=12)
ODD = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3)
)
WHOLE = [parsed(SAMPLES / name) for name in ("county-government-2020.txt", "county-government-2022.txt")]


@given(data=st.data())
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_no_document_is_too_odd_to_be_checked(data: st.DataObject) -> None:
    document = deepcopy(data.draw(st.sampled_from(WHOLE)))
    for _ in range(data.draw(st.integers(1, 6))):
        _spoil(data, document)

    checks = report_checks(document)

    assert all(isinstance(check, Check) for check in checks)


def _spoil(data: st.DataObject, document: Document) -> None:
    """Put an odd value, or none, somewhere into the document."""
    node: Any = document
    for _ in range(data.draw(st.integers(0, 4))):
        keys = list(node) if isinstance(node, dict) else list(range(len(node)))
        inner = [key for key in keys if isinstance(node[key], (dict, list)) and node[key]]
        if not inner:
            break
        node = node[data.draw(st.sampled_from(inner))]
    keys = list(node) if isinstance(node, dict) else list(range(len(node)))
    key = data.draw(st.sampled_from(keys))
    if isinstance(node, dict) and data.draw(st.booleans()):
        del node[key]
    else:
        node[key] = data.draw(ODD)


@given(document=st.dictionaries(st.sampled_from(sorted(WHOLE[0])), ODD))
@settings(max_examples=100, deadline=None)
def test_a_document_of_anything_at_all_is_checked(document: Document) -> None:
    report_checks(document)
