"""The proof that everything is derived: a toy form, and a toy edition of a form, put into the declaration alone.

They show in the schema with their labels, are stored under their paths, and can be selected, filtered, sorted by and
added up.
"""

from typing import Any

import pytest
from graphql import GraphQLEnumType, GraphQLObjectType

from loaders.forms import FORMS, Block, Column, Edition, Form, Kind, Label, Row, Rule, requests
from loaders.store.collections import validator_for
from loaders.store.database import Database
from schema.engine import Engine, GraphQLRequest
from schema.queryable.names import NameCollisionError
from schema.read.schema import build_schema
from tests.documents import report_document, written

BOOKS = Row("lending.books", Label("图书", "books"), "1.", (Label("借阅", "lending"),))
MAPS = Row("lending.maps", Label("地图", "maps"), "2.", (Label("借阅", "lending"),))
FINES = Row("fines", Label("罚款", "fines"))
COLUMNS = (Column("lent", Label("借出", "lent")), Column("returned", Label("归还", "returned")))
TOY = Form(
    id="toyLibrary",
    label=Label("图书馆情况", "a library that no report has"),
    editions=(
        Edition(
            id="E3",
            first_year=2021,
            last_year=None,
            blocks=(
                Block((BOOKS, MAPS), COLUMNS),
                Block((FINES,), (Column("amount", Label("金额", "amount"), Kind.MONEY, unit="元"),)),
            ),
            rules=(
                Rule("T1", "归还不多于借出", "returned is lent", "made up", ("lending.books", "lending.maps"),
                     ("{each}.lent",), ("{each}.returned",)),
            ),
        ),
    ),
)  # fmt: skip
EXTRA = Row("appeals", Label("申诉", "appeals"), "五、")
EDITED = Form(
    id=requests.FORM.id,
    label=requests.FORM.label,
    editions=(
        *requests.FORM.editions,
        requests.E3.revise(id="E4", first_year=2031, blocks=(*requests.E3.blocks, Block((EXTRA,), requests.COLUMNS))),
    ),
)
WITH_FORM = (*FORMS, TOY)
WITH_EDITION = tuple(EDITED if form.id == EDITED.id else form for form in FORMS)


def object_type(forms: tuple[Form, ...], name: str) -> GraphQLObjectType:
    type_ = build_schema(forms).graphql.type_map[name]
    assert isinstance(type_, GraphQLObjectType)
    return type_


def test_a_toy_form_is_in_the_schema_under_its_labels() -> None:
    assert object_type(WITH_FORM, "Report").fields["toyLibrary"].description == (
        "图书馆情况 — a library that no report has (edition E3)"
    )
    assert object_type(WITH_FORM, "ToyLibrary").fields["lending"].description == "借阅 — lending"
    assert object_type(WITH_FORM, "ToyLibraryLending").fields["maps"].description == "借阅 / 2.地图 — maps (edition E3)"


def test_a_toy_form_is_in_filters_orders_and_the_stored_shape() -> None:
    orders = build_schema(WITH_FORM).graphql.type_map["Figure"]
    assert isinstance(orders, GraphQLEnumType)
    assert {"TOY_LIBRARY_LENDING_BOOKS_LENT", "TOY_LIBRARY_FINES_AMOUNT"} <= orders.values.keys()
    assert "input ToyLibraryLendingWhere" in build_schema(WITH_FORM).sdl()
    assert "toyLibrary" in validator_for("reports", WITH_FORM)["properties"]


def test_a_toy_edition_adds_its_rows_and_changes_no_other() -> None:
    before, after = object_type(FORMS, "Requests"), object_type(WITH_EDITION, "Requests")
    assert after.fields.keys() - before.fields.keys() == {"appeals"}
    assert after.fields["appeals"].description == "五、申诉 — appeals (edition E4)"
    assert str(after.fields["appeals"].type) == "RequestsRow"


def test_forms_without_the_toys_know_nothing_of_them() -> None:
    assert "toyLibrary" not in build_schema(FORMS).sdl()
    assert "appeals" not in build_schema(FORMS).sdl()


def test_a_form_cannot_take_the_name_of_another_field() -> None:
    thief = Form(id="agency", label=TOY.label, editions=TOY.editions)
    with pytest.raises(NameCollisionError, match="agency"):
        build_schema((*FORMS, thief))


def test_two_figures_cannot_share_a_name() -> None:
    rows = (Row("lending.books", Label("甲", "one")), Row("lendingBooks", Label("乙", "two")))
    edition = TOY.editions[0].revise(blocks=(Block(rows, COLUMNS),), rules=())
    with pytest.raises(NameCollisionError, match=r"lendingBooks|lending\.books"):
        build_schema((*FORMS, Form("toyLibrary", TOY.label, (edition,))))


QUERY = """
{
  reports(
    where: { toyLibrary: { lending: { maps: { lent: { gte: 0 } } }, fines: { amount: { gt: 0 } } } }
    orderBy: [{ figure: TOY_LIBRARY_LENDING_BOOKS_LENT, direction: DESC }]
    first: 20
  ) {
    totalCount
    nodes {
      toyLibrary { lending { books { lent returned } maps { lent } } fines { amount { value unit yuan } } }
      cells(form: "toyLibrary") { path label value }
      checks(rule: "T1") { status operands { path cell { label } } }
    }
  }
  aggregate(
    where: { toyLibrary: { lending: { books: { lent: { isNull: false } } } } }
    groupBy: [YEAR, SCOPE]
    metrics: [{ figure: { figure: TOY_LIBRARY_LENDING_BOOKS_LENT, function: SUM } }]
  ) { values { value n } }
  forms { key }
}
"""


@pytest.mark.parametrize("compile_plans", [True, False])
async def test_a_toy_form_is_stored_filtered_sorted_added_up_and_selected(
    *, compile_plans: bool, database: Database
) -> None:
    documents = [
        report_document(seed, forms=WITH_FORM, year=2022, agency=f"第{seed}图书馆", blank=0.0) for seed in range(12)
    ]
    await database.transact(written(documents))

    answer = await Engine(database, forms=WITH_FORM, compile_plans=compile_plans).execute(GraphQLRequest(QUERY))

    assert answer.errors == []
    data: Any = answer.data
    found = [node["toyLibrary"]["lending"]["books"]["lent"] for node in data["reports"]["nodes"]]
    assert found == sorted((document["toyLibrary"]["lending"]["books"]["lent"] for document in documents), reverse=True)
    assert data["reports"]["totalCount"] == len(documents)
    assert {check["status"] for node in data["reports"]["nodes"] for check in node["checks"]} == {"PASS"}
    assert data["reports"]["nodes"][0]["cells"][0]["label"] == "借阅 / 1.图书 / 借出"
    measured = [bucket["values"][0] for bucket in data["aggregate"]]
    assert sum(value["value"] for value in measured) == sum(found)
    assert sum(value["n"] for value in measured) == len(documents)
    assert data["forms"][-1] == {"key": "toyLibrary"}
