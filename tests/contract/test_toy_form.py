"""The whole path with a form that no report has, declared here alone: read, checked, stored, asked for, filtered."""

import pytest

from loaders.document import Document
from loaders.file_formats import SourceText
from loaders.forms import FORMS, Block, Column, Edition, Form, Kind, Label, Row, Rule
from loaders.pipeline import parse
from loaders.store import reports as store
from loaders.store.database import Database
from schema.engine import Engine, GraphQLRequest

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
BARE = BARRED.replace(" |\n", "\n").replace(" | ", "\n")


def read(text: str) -> Document:
    source = SourceText(
        text=text,
        media_type="text/plain",
        encoding="utf-8",
        furniture={},
        sha256=f"{hash(text):064x}"[-64:],
        bytes=len(text.encode()),
        body=(0, len(text)),
    )
    return parse(source, name="toy.txt", forms=FORMS_WITH_TOY)


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


async def test_a_toy_form_is_stored_and_its_figures_are_selected_filtered_and_sorted(database: Database) -> None:
    await store.prepare(database, FORMS_WITH_TOY)
    await store.store(database, read(BARRED))
    engine = Engine(database, forms=FORMS_WITH_TOY)

    answer = await engine.execute(
        GraphQLRequest(
            """{ reports(where: {toyLibrary: {lending: {books: {all: {gte: 200}}}, fines: {amount: {lt: 40}}}},
              orderBy: [{field: TOY_LIBRARY_LENDING_BOOKS_ALL, direction: DESC}]) {
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
