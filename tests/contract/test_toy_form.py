"""The whole path with a form that no report has, declared here alone: read, checked, stored, asked for, compared."""

from typing import Any

import pytest

from loaders.document import Document
from loaders.file_formats import SourceText
from loaders.forms import FORMS, Block, Column, Edition, Form, Kind, Label, Row, Rule
from loaders.pipeline import parse
from loaders.store import reports as store
from loaders.store.database import Database
from schema.engine import Engine, GraphQLRequest
from schema.read.schema import build_schema

LENDING = tuple(
    Row(f"lending.{name}", Label(zh, en), f"{number}.", (Label("借阅情况", "lending"),))
    for number, (name, zh, en) in enumerate(
        (("books", "图书借阅", "books"), ("maps", "地图借阅", "maps"), ("discs", "光盘借阅", "discs")), start=1
    )
)
LENT = tuple(
    Column(name, Label(zh, en))
    for name, zh, en in (
        ("adults", "成年读者", "adults"),
        ("children", "少年读者", "children"),
        ("all", "读者总数", "all"),
    )
)
TOY = Form(
    id="toyLibrary",
    label=Label("图书馆借阅情况", "lending of a library that no report has"),
    editions=(
        Edition(
            id="T1",
            first_year=2021,
            last_year=None,
            description="Reports of libraries since 2021.",
            blocks=(
                Block(LENDING, LENT, Label("借阅统计", "lending statistics")),
                Block(
                    (Row("fines", Label("逾期罚款", "fines")),),
                    (Column("amount", Label("罚款金额", "amount"), Kind.MONEY, unit="元"),),
                ),
            ),
            rules=(
                Rule(
                    "L1",
                    "两类读者之和等于读者总数",
                    "adults and children add up to all readers",
                    "made up",
                    tuple(row.id for row in LENDING),
                    ("{each}.adults", "{each}.children"),
                    ("{each}.all",),
                ),
            ),
        ),
    ),
)
FORMS_WITH_TOY = (*FORMS, TOY)

BARRED = """青岚县图书馆2022年政府信息公开工作年度报告

借阅统计 |
借阅情况 | 成年读者 | 少年读者 | 读者总数 |
1.图书借阅 | 120 | 80 | 200 |
2.地图借阅 | 7 | 0 | 7 |
3.光盘借阅 | 5 | 6 | 12 |
借阅情况 | 罚款金额 |
逾期罚款 | 35元 |
"""
OTHER = (
    BARRED.replace("青岚县", "松原县").replace("120 | 80 | 200", "100 | 20 | 120").replace("5 | 6 | 12", "5 | 6 | 11")
)
BARE = BARRED.replace(" |\n", "\n").replace(" | ", "\n")


def read(text: str, forms: tuple[Form, ...] = FORMS_WITH_TOY) -> Document:
    source = SourceText(
        text=text,
        media_type="text/plain",
        encoding="utf-8",
        furniture={},
        sha256=f"{hash(text):064x}"[-64:],
        bytes=len(text.encode()),
        body=(0, len(text)),
    )
    return parse(source, name="toy.txt", forms=forms)


@pytest.mark.parametrize("text", [BARRED, BARE], ids=["a row a line", "bare tokens"])
def test_a_toy_form_is_read_with_its_cells_and_its_rule_is_assessed(text: str) -> None:
    document = read(text)

    assert document["toyLibrary"]["lending"] == {
        "books": {"adults": 120, "children": 80, "all": 200},
        "maps": {"adults": 7, "children": 0, "all": 7},
        "discs": {"adults": 5, "children": 6, "all": 12},
    }
    assert document["toyLibrary"]["fines"]["amount"] == {"value": 35, "unit": "元", "yuan": 35}
    assert [
        (check["subject"], check["left"], check["right"]) for check in document["checks"] if check["rule"] == "L1"
    ] == [
        ("lending.books", 200, 200),
        ("lending.maps", 7, 7),
        ("lending.discs", 11, 12),
    ]
    assert "L1" in document["failedRules"]
    assert (document["template"], document["tables"][0]["edition"]) == ("T1", "T1")


async def test_a_toy_form_is_stored_and_its_figures_are_selected_filtered_and_sorted(database: Database) -> None:
    await store.prepare(database, FORMS_WITH_TOY)
    await store.store(database, read(BARRED))
    engine = Engine(database, forms=FORMS_WITH_TOY)

    answer = await engine.execute(
        GraphQLRequest(
            """{ reports(where: {toyLibrary: {lending: {books: {all: {gte: 200}}}, fines: {amount: {lt: 40}}}},
              orderBy: [{figure: TOY_LIBRARY_LENDING_BOOKS_ALL, direction: DESC}]) {
              nodes { toyLibrary { lending { discs { children } } fines { amount { yuan } } }
                cells(form: "toyLibrary", status: REPORTED) { path } }
            } }"""
        )
    )

    assert answer.errors == []
    assert isinstance(answer.data, dict)
    (node,) = answer.data["reports"]["nodes"]
    assert node["toyLibrary"] == {"lending": {"discs": {"children": 6}}, "fines": {"amount": {"yuan": 35}}}
    assert len(node["cells"]) == 10


def test_the_edition_of_a_toy_form_is_one_that_a_report_can_follow() -> None:
    assert '  """Reports of libraries since 2021."""\n  T1\n' in build_schema(FORMS_WITH_TOY).sdl()
    assert "T1" not in build_schema(FORMS).sdl()


COMPARED = """
{
  reports(where: { template: { eq: T1 } }, orderBy: [{ path: AGENCY_NAME }]) {
    nodes {
      books: rank(of: { figure: TOY_LIBRARY_LENDING_BOOKS_ALL }, peers: []) { status rank of templates }
      requests: rank(of: { figure: REQUESTS_RECEIVED_TOTAL }, peers: []) { status }
      yearOnYear(of: { figure: TOY_LIBRARY_FINES_AMOUNT }) { status value }
      checks(rule: "L1") { status subject }
    }
  }
  aggregate(
    groupBy: [TEMPLATE]
    metrics: [
      { figure: { figure: TOY_LIBRARY_LENDING_BOOKS_ALL, function: SUM } }
      { figure: { figure: REQUESTS_RECEIVED_TOTAL, function: SUM } }
      { passRate: { rule: "L1" } }
    ]
  ) { keys { value } count templates breaks values { value n breaks } }
}
"""


@pytest.mark.parametrize("compile_plans", [True, False])
async def test_figures_of_a_toy_form_are_added_up_ranked_and_compared(
    *, compile_plans: bool, database: Database
) -> None:
    await store.prepare(database, FORMS_WITH_TOY)
    for text in (BARRED, OTHER):
        await store.store(database, read(text), forms=FORMS_WITH_TOY)

    engine = Engine(database, forms=FORMS_WITH_TOY, compile_plans=compile_plans)
    answer = await engine.execute(GraphQLRequest(COMPARED))

    assert answer.errors == []
    data: Any = answer.data
    found = {node["books"]["rank"]: node for node in data["reports"]["nodes"]}
    assert found[1]["books"] == {"status": "FEW_PEERS", "rank": 1, "of": 2, "templates": ["T1"]}
    assert {node["requests"]["status"] for node in found.values()} == {"NOT_ASKED"}
    assert found[2]["yearOnYear"] == {"status": "NO_PREVIOUS", "value": 35}
    assert [check["status"] for check in found[2]["checks"]] == ["PASS", "PASS", "PASS"]
    assert data["aggregate"] == [
        {
            "keys": [{"value": "T1"}],
            "count": 2,
            "templates": ["T1"],
            "breaks": False,
            "values": [
                {"value": 320, "n": 2, "breaks": False},
                {"value": None, "n": 0, "breaks": True},
                {"value": 5 / 6, "n": 2, "breaks": False},
            ],
        }
    ]
