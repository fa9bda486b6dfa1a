"""Figures of the narrative linked to cells: every declared phrase, and the figures that must stay unlinked."""

from typing import Any

import pytest

from loaders.checks import assessed
from loaders.checks.facts import Report
from loaders.checks.links import links_of
from loaders.document import Document
from loaders.forms import FORMS
from loaders.forms.roles import Stated
from loaders.vocabulary.table_links import PARTIAL, STATEMENTS, Statement, Topic
from tests.loaders.checks.documents import narrative, report, whole_table

HEADINGS = {Topic.REQUESTS: "(二)依申请公开情况", Topic.REVIEW: "(三)行政复议和行政诉讼"}
ROLES = {Topic.REQUESTS: "OVERVIEW", Topic.REVIEW: "OVERVIEW"}
BY_ID = {statement.id: statement for statement in STATEMENTS}


def document(heading: str, sentence: str, /, *, role: str = "OVERVIEW", **figure: Any) -> Document:
    """A report for 2020 in which one sentence states one figure; `figure` may say more about it."""
    stated = {"text": "7件", **figure}
    figures = whole_table("requests", "E2") | whole_table("reviewAndLitigation", "E2")
    return report(figures, **{"scope": "UNKNOWN", **narrative((role, f"{heading}|{sentence}", [stated]))})


def linked(made: Document) -> set[str]:
    return {link.statement.id for link in links_of(Report(made, FORMS))}


EXAMPLES = [
    pytest.param(statement, example, id=f"{statement.id}: {example}")
    for statement in STATEMENTS
    for example in statement.examples
]
NO_EXAMPLES = [
    pytest.param(statement, example, id=f"{statement.id}: {example}")
    for statement in STATEMENTS
    for example in statement.no_examples
]
ZEROS = [
    pytest.param(statement, example, id=f"{statement.id}: {example}")
    for statement in STATEMENTS
    for example in statement.zero_examples
]


@pytest.mark.parametrize(("statement", "example"), EXAMPLES)
def test_a_declared_phrase_links_its_figure(statement: Statement, example: str) -> None:
    text = example.replace("#", "7件")

    assert linked(document(HEADINGS[statement.topic], f"据统计,{text}。")) == {statement.id}


@pytest.mark.parametrize(("statement", "example"), NO_EXAMPLES)
def test_a_phrase_with_other_words_links_nothing(statement: Statement, example: str) -> None:
    text = example.replace("#", "7件")

    assert statement.id not in linked(document(HEADINGS[statement.topic], f"据统计,{text}。"))


@pytest.mark.parametrize(("statement", "label"), ZEROS)
def test_a_statement_of_zero_is_linked_by_its_label(statement: Statement, label: str) -> None:
    made = document(
        HEADINGS[statement.topic],
        f"未收到{label}。",
        text=f"未收到{label}",
        value=0,
        unit=None,
        implied=True,
        label=label,
    )

    assert statement.id in linked(made)


UNLINKED = (
    pytest.param("依申请公开情况", "其中,收到申请7件。", {}, id="a part"),
    pytest.param("依申请公开情况", "乡镇方面,收到申请7件。", {}, id="some towns"),
    pytest.param("依申请公开情况", "市政府收到申请7件。", {}, id="one of several agencies"),
    pytest.param("依申请公开情况", "比上年多收到申请7件。", {}, id="a difference"),
    pytest.param("依申请公开情况", "收到申请7件。", {"change": "INCREASE"}, id="an increase"),
    pytest.param("依申请公开情况", "收到申请7件。", {"period": "历年累计"}, id="all years"),
    pytest.param("依申请公开情况", "收到申请7件。", {"period": "2019年"}, id="another year"),
    pytest.param("依申请公开情况", "收到申请7件。", {"period": "1至6月"}, id="half a year"),
    pytest.param("依申请公开情况", "收到申请7人。", {"text": "7人", "unit": "人"}, id="people"),
    pytest.param("依申请公开情况", "予以公开、部分公开7件。", {}, id="two outcomes in one figure"),
    pytest.param("窗口建设情况", "收到申请7件。", {}, id="applications at a counter"),
    pytest.param("政务咨询情况", "收到政府信息公开申请7件。", {}, id="under another heading"),
    pytest.param(
        "依申请公开情况",
        "未收到科研机构的申请。",
        {"text": "未收到科研机构的申请", "value": 0, "unit": None, "implied": True, "label": "科研机构的申请"},
        id="none of one kind of applicant",
    ),
    pytest.param(
        "行政复议情况",
        "未发生行政复议被纠正的情况。",
        {"text": "未发生行政复议被纠正", "value": 0, "unit": None, "implied": True, "label": "行政复议被纠正"},
        id="none corrected",
    ),
)


@pytest.mark.parametrize(("heading", "text", "figure"), UNLINKED)
def test_a_figure_of_something_else_is_not_linked(heading: str, text: str, figure: dict[str, Any]) -> None:
    assert linked(document(heading, text, **figure)) == set()


@pytest.mark.parametrize("role", ["PROBLEMS_AND_IMPROVEMENTS", "WORK_POINTS", "PROACTIVE_DISCLOSURE"])
def test_figures_of_other_sections_are_not_linked(role: str) -> None:
    assert linked(document("依申请公开情况", "收到申请7件。", role=role)) == set()


def test_words_about_disclosure_link_without_a_heading() -> None:
    assert linked(document("总体情况", "全年共收到政府信息公开申请7件。")) == {"received"}


@pytest.mark.parametrize(
    ("scope", "text", "expected"),
    [
        pytest.param("REGION_AGGREGATE", "全县收到申请7件。", {"received"}, id="all of the county, of the county"),
        pytest.param("DEPARTMENT", "全县收到申请7件。", set(), id="all of the county, of a bureau"),
        pytest.param("DEPARTMENT", "青岚县水务局收到申请7件。", {"received"}, id="the bureau by its name"),
        pytest.param("DEPARTMENT", "我局收到申请7件。", {"received"}, id="the bureau"),
        pytest.param("REGION_AGGREGATE", "我局收到申请7件。", set(), id="a bureau, of the county"),
    ],
)
def test_who_is_named_must_be_who_reports(scope: str, text: str, expected: set[str]) -> None:
    assert linked({**document("依申请公开情况", text), "scope": scope}) == expected


def test_a_report_without_tables_has_no_links() -> None:
    text = narrative(("OVERVIEW", "依申请公开情况|收到申请7件。", [{"text": "7件"}]))

    assert linked(report(**text)) == set()


def test_a_linked_figure_names_its_cell_unless_it_states_a_sum_of_cells() -> None:
    text = narrative(
        ("OVERVIEW", "依申请公开情况|收到申请7件。不予公开2件。", [{"text": "7件"}, {"text": "2件", "value": 2}])
    )
    made = assessed(report({**whole_table("requests", "E2"), "requests.received.total": 7}, **text))

    assert [one["cell"] for one in made["statistics"]] == ["requests.received.total", None]
    assert {check["subject"]: check["status"] for check in made["checks"] if check["rule"] == "D3"} == {
        "received": "PASS",
        "denied": "FAIL",
    }


def test_every_statement_is_of_cells_of_the_forms() -> None:
    stated = [role.statement for form in FORMS for role in form.roles if isinstance(role, Stated)]

    assert set(stated) == BY_ID.keys()
    for statement in STATEMENTS:
        assert statement.examples
        assert BY_ID[statement.id] is statement
    assert PARTIAL


def test_a_figure_deep_in_a_sentence_without_end_is_not_linked() -> None:
    near, far = "我局认真落实," * 20, "我局认真落实," * 200

    assert linked(document("依申请公开情况", f"{near}收到申请7件。")) == {"received"}
    assert linked(document("依申请公开情况", f"{far}收到申请7件。")) == set()
    assert linked(document("依申请公开情况", f"收到申请7件{'一' * 2000}")) == set()
