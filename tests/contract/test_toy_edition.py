"""What a new edition costs: an E4 put into the declaration alone goes the whole way, from the text to the comparisons.

It would touch what `TOUCHED` names and the golden files; nothing else names an edition or a form (held below).
"""

import ast
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from loaders.checks import year_checks
from loaders.document import Document
from loaders.forms import FORMS, Edition, Form, Label, Row, editions, requests
from loaders.forms.editions import all_editions, prescribed
from loaders.store import reports as store
from loaders.store.collections import validator_for
from loaders.store.database import Database
from schema.engine import Engine, GraphQLRequest
from schema.read.schema import build_schema
from tests.contract.test_architecture import MODULES, ROOT, module_of, strings, under
from tests.contract.test_toy_form import read
from tests.documents import report_document
from tests.printed import tables_of
from tests.rendering import Table, render, report

TOUCHED = (
    "loaders/forms/editions.py",  # the order, its years and its words; the last year of the edition before
    "loaders/forms/requests.py",  # the rows that it changes
    "loaders/forms/proactive_disclosure.py",  # one line: printed as before
    "loaders/forms/review_and_litigation.py",  # one line: printed as before
    "schema/schema.graphql",  # written anew by `make schema`
)
E4 = editions.E3.revise(
    id="E4",
    first_year=2031,
    description="Reports since 2031: an edition that nobody has prescribed.",
    order="国办公开办函〔2031〕1号",
)
DROPPED, ADDED = "requests.outcomes.notProcessed.repeated.total", "requests.outcomes.other.withdrawn.total"
_OTHER = Label("(六)其他处理", "other handling")
_WITHDRAWN = Row(
    "outcomes.other.withdrawn",
    Label("申请人自愿撤回", "withdrawn by the applicant"),
    "4.",
    (Label("三、本年度办理结果", "outcomes this year"), _OTHER),
)


def _revised(row: Row) -> tuple[Row, ...]:
    """The rows that take the place of one: none, a relabelled one, or the row with another behind it."""
    if row.id == "outcomes.notProcessed.repeated":
        return ()
    if row.id == "pending":
        return (replace(row, label=Label("尚未办结转入次年", "not yet completed")),)
    return (replace(row, groups=(*row.groups[:1], _OTHER)), _WITHDRAWN) if row.id == "outcomes.other.other" else (row,)


def _tables(form: Form, newest: Edition) -> Edition:
    """E4 of a form: as it was, but for the requests table."""
    if form.id != requests.FORM.id:
        return E4.revise(blocks=newest.blocks, rules=newest.rules)
    (block,) = newest.blocks
    rows = tuple(new for row in block.rows for new in _revised(row))
    return E4.revise(blocks=(replace(block, rows=rows),), rules=requests.rules_of(rows))


def _with_e4(form: Form) -> Form:
    *older, newest = form.editions
    if newest.last_year is not None:
        return form
    return replace(form, editions=(*older, newest.revise(last_year=2030), _tables(form, newest)))


WITH_E4 = tuple(map(_with_e4, FORMS))
HEADINGS = ("主动公开政府信息情况", "收到和处理政府信息公开申请情况", "政府信息公开行政复议、行政诉讼情况")


def made(seed: int, year: int, agency: str) -> Document:
    """Figures of a report that fulfil the sums of the edition that its year asks for."""
    return report_document(seed, forms=WITH_E4, year=year, agency=agency, blank=0.0)


def printed(document: Document, layout: str = "piped-rows") -> str:
    """The report that states these figures."""
    followed, agency, year = document["template"], document["agency"]["name"], document["year"]
    order = next(edition.order for edition in all_editions(WITH_E4) if edition.id == followed)
    blocks: list[str | Table] = [
        f"本报告根据《{order}》编制,统计期限为{year}年1月1日至{year}年12月31日。",
        "一、总体情况",
        f"全年新收政府信息公开申请{document['requests']['received']['total']}件。",
    ]
    for number, title, form in zip("二三四", HEADINGS, WITH_E4[:3], strict=True):
        edition = form.edition(followed)
        assert edition is not None
        blocks += [f"{number}、{title}", *tables_of(document, form, edition)]
    blocks += ["五、存在的主要问题及改进情况", "公开的时效不够高,将加强培训和检查。", "六、其他需要报告的事项", "无。"]
    return render(report(f"{agency}{year}年政府信息公开工作年度报告", *blocks), layout).decode()


BEFORE, AFTER = made(1, 2030, "青岚县水务局"), made(2, 2031, "青岚县水务局")
PEER = made(3, 2031, "松原县教育局")


@pytest.mark.parametrize(("document", "edition"), [(BEFORE, "E3"), (AFTER, "E4")], ids=["E3", "E4"])
@pytest.mark.parametrize("layout", ["piped-rows", "bare", "markdown"])
def test_the_edition_is_told_by_its_labels_and_every_figure_is_read(
    document: Document, edition: str, layout: str
) -> None:
    parsed = read(printed(document, layout), WITH_E4)

    assert (parsed["template"], parsed["templateExpected"]) == (edition, edition)
    assert next(table for table in parsed["tables"] if table["form"] == "requests")["edition"] == edition
    assert parsed["requests"] == document["requests"]
    assert parsed["reviewAndLitigation"] == document["reviewAndLitigation"]


def test_a_report_that_breaks_the_year_is_still_told_by_its_labels() -> None:
    late = printed(BEFORE).replace("2030年", "2031年")

    assert [read(late, WITH_E4)[key] for key in ("template", "templateExpected")] == ["E3", "E4"]


def test_what_is_prescribed_follows_from_the_years_of_the_editions() -> None:
    assert [prescribed(year, WITH_E4) for year in (2020, 2021, 2030, 2031, 2040)] == ["E2", "E3", "E3", "E4", "E4"]


def test_every_check_of_a_report_is_made_by_the_new_edition() -> None:
    checks = read(printed(AFTER), WITH_E4)["checks"]
    found = {(check["rule"], check["subject"]): check["status"] for check in checks}

    assert {found["R1", "total"], found["R2", "total"], found["R3", "outcomes.other.withdrawn"]} == {"PASS"}
    assert ("R3", "outcomes.notProcessed.repeated") not in found
    (all_outcomes,) = (check for check in checks if (check["rule"], check["subject"]) == ("R2", "total"))
    assert ADDED in all_outcomes["paths"]
    assert {found["R11", subject] for subject in ("sections", "requests", "proactiveDisclosure")} == {"PASS"}
    assert found["D9", "edition"] == found["D3", "received"] == "PASS"
    assert found["D7", "overview"] == "FAIL"  # the subjects are those of the edition before


def test_the_years_are_compared_as_far_as_both_editions_print_the_same() -> None:
    now, then = (read(printed(document), WITH_E4) for document in (AFTER, BEFORE))
    found = {check.rule: check for check in year_checks(now, then, WITH_E4)}

    assert found["Y1"].other_year == BEFORE["year"]
    assert found["Y2"].paths[0].endswith(".inForce")
    assert (found["Y7"].status, found["Y7"].subject) == ("PASS", "template")
    assert "from E3 in 2030 to E4 in 2031" in found["Y7"].message


def test_the_schema_and_the_database_know_the_edition_with_its_words() -> None:
    text = build_schema(WITH_E4).sdl()

    assert f'  """{E4.description}"""\n  E4\n' in text
    assert "4.申请人自愿撤回 — withdrawn by the applicant (edition E4)" in text
    assert "E4" not in build_schema(FORMS).sdl()
    assert "E4" in validator_for("reports", WITH_E4)["properties"]["template"]["enum"]


QUERY = """
{
  reports(
    where: { template: { eq: E4 }, requests: { outcomes: { other: { withdrawn: { total: { gte: 0 } } } } } }
    orderBy: [{ figure: REQUESTS_OUTCOMES_OTHER_WITHDRAWN_TOTAL, direction: DESC }]
  ) {
    totalCount
    nodes {
      template
      templateExpected
      agency { name }
      rank(of: { figure: REQUESTS_OUTCOMES_OTHER_WITHDRAWN_TOTAL }, peers: []) { status of templates }
      dropped: rank(of: { figure: REQUESTS_OUTCOMES_NOT_PROCESSED_REPEATED_TOTAL }, peers: []) { status }
      ratio: rank(of: { ratio: NOT_PROCESSED_RATE }, peers: []) { status }
      shared: yearOnYear(of: { figure: REQUESTS_RECEIVED_TOTAL }) { status value previous breaks }
      added: yearOnYear(of: { figure: REQUESTS_OUTCOMES_OTHER_WITHDRAWN_TOTAL }) { status }
      gone: yearOnYear(of: { figure: REQUESTS_OUTCOMES_NOT_PROCESSED_REPEATED_TOTAL }) { status }
      checks(rule: "Y7") { status otherYear }
      cells(form: "requests", status: REPORTED) { path }
    }
  }
  aggregate(
    groupBy: [TEMPLATE]
    metrics: [
      { figure: { figure: REQUESTS_OUTCOMES_OTHER_WITHDRAWN_TOTAL, function: SUM } }
      { figure: { figure: REQUESTS_OUTCOMES_NOT_PROCESSED_REPEATED_TOTAL, function: SUM } }
    ]
  ) { keys { value } values { n breaks } }
  all: aggregate(metrics: [{ figure: { figure: REQUESTS_RECEIVED_TOTAL, function: SUM } }]) {
    templates breaks values { n breaks }
  }
  series(metric: { figure: { figure: REQUESTS_RECEIVED_TOTAL, function: SUM } }, agency: "青岚县水务局") {
    year templates breaks
  }
  forms { key editions { key firstYear lastYear } }
}
"""


@pytest.mark.parametrize("compile_plans", [True, False])
async def test_reports_of_the_new_edition_are_filtered_added_up_ranked_and_compared(
    *, compile_plans: bool, database: Database
) -> None:
    await store.prepare(database, WITH_E4)
    for document in (AFTER, PEER, BEFORE):
        await store.store(database, read(printed(document), WITH_E4), forms=WITH_E4)

    answer = await Engine(database, forms=WITH_E4, compile_plans=compile_plans).execute(GraphQLRequest(QUERY))

    assert answer.errors == []
    data: Any = answer.data
    assert data["reports"]["totalCount"] == 2
    node = next(one for one in data["reports"]["nodes"] if one["agency"]["name"] == "青岚县水务局")
    assert (node["template"], node["templateExpected"]) == ("E4", "E4")
    assert node["rank"] == {"status": "FEW_PEERS", "of": 2, "templates": ["E4"]}
    assert (node["dropped"]["status"], node["ratio"]["status"], node["gone"]["status"]) == ("NOT_ASKED",) * 3
    assert node["added"] == {"status": "PREVIOUS_NOT_ASKED"}
    now, then = (document["requests"]["received"]["total"] for document in (AFTER, BEFORE))
    assert node["shared"] == {"status": "COMPARED", "value": now, "previous": then, "breaks": True}
    assert node["checks"] == [{"status": "PASS", "otherYear": 2030}]
    assert ADDED in (paths := {cell["path"] for cell in node["cells"]})
    assert DROPPED not in paths

    groups = {group["keys"][0]["value"]: group["values"] for group in data["aggregate"]}
    assert groups["E3"] == [{"n": 0, "breaks": True}, {"n": 1, "breaks": False}]
    assert groups["E4"] == [{"n": 2, "breaks": False}, {"n": 0, "breaks": True}]
    assert data["all"] == [{"templates": ["E3", "E4"], "breaks": True, "values": [{"n": 3, "breaks": False}]}]
    assert [(point["templates"], point["breaks"]) for point in data["series"]] == [(["E3"], False), (["E4"], True)]
    (form,) = (form for form in data["forms"] if form["key"] == "requests")
    assert form["editions"][-2:] == [
        {"key": "E3", "firstYear": 2021, "lastYear": 2030},
        {"key": "E4", "firstYear": 2031, "lastYear": None},
    ]


def test_nothing_outside_the_declaration_names_an_edition_or_a_form() -> None:
    """What a new edition touches: a string that is the id of an edition, of a form, or of its figures, is found here.

    `requests` alone is an ordinary word.
    """
    assert all((ROOT / path).is_file() for path in TOUCHED)
    paths = {cell.path for form in FORMS for cell in form.cells}
    groups = {".".join(path.split(".")[:depth]) for path in paths for depth in range(2, 7)}
    ids = {edition.id for edition in all_editions(FORMS)} | {form.id for form in FORMS} | paths | groups
    found = {
        f"{module_of(path)}:{node.lineno} {node.value}"
        for path in MODULES
        if not under(module_of(path), ("loaders.forms",))
        for node in strings(ast.parse(Path(path).read_text(encoding="utf-8")))
        if node.value in ids - {"requests"}
    }

    assert found == set()
