"""Every leaf of every form and list, read off the declarations: selected, filtered, sorted, added up, exported.

No name is written here: a row added to a form, or a condition added to a list, is held by these tests as it lands.
"""

from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest
from graphql import GraphQLObjectType, get_named_type, is_leaf_type

from loaders.document import Document, get
from loaders.fields import ValueKind
from loaders.forms import FORMS, Kind
from schema.engine import Engine, GraphQLRequest
from schema.export.columns import tables
from schema.queryable.conditions import Branch, Condition, Many, Related
from schema.queryable.form_trees import figures, trees
from schema.queryable.operators import Operator, operators_of
from schema.queryable.sort_keys import DOWN
from schema.types.global_ids import global_id
from tests.filters import an_operand, items_of
from tests.group_oracle import expected
from tests.oracle import in_order
from tests.orders import every_key
from tests.schema.cases import BUILT, LISTINGS, Case, ListCase, answer, rows_of, stocked
from tests.schema.plan.test_groups import measured
from tests.worlds import world

STOCK = world(0)
ROWS = rows_of(STOCK)
FIGURES = figures(trees(FORMS))
FUNCTIONS = ("SUM", "AVG", "MIN", "MAX", "MEDIAN", "COUNT")
LARGEST_INT = 2**31 - 1
ROOTS = 20
"""Aliases of one request."""


def batches(items: list[Any], size: int) -> Iterator[list[Any]]:
    return (items[start : start + size] for start in range(0, len(items), size))


def conditions(tree: Branch, rows: Any) -> Iterator[tuple[int, dict[str, Any]]]:
    """Every operator of every leaf once, in a filter that holds nothing else, each with its place at the leaf."""
    for name, node in tree.children.items():
        if isinstance(node, Condition):
            for place, operator in enumerate(operators_of(node.kind)):
                yield place, {name: {operator.graphql_name: _operand(node, operator, rows)}}
        elif isinstance(node, Branch):
            yield from ((place, {name: where}) for place, where in conditions(node, rows))
        else:
            yield 0, {name: {"count": {"gte": 1}}}
            # of the reports of an agency, what is asked is what reports are asked themselves
            of_items = () if isinstance(node, Related) else conditions(node.item, items_of(node, rows))
            for place, where in of_items:
                yield place, {name: {("some", "none", "every")[place % 3]: where}}


def _operand(leaf: Condition, operator: Operator, rows: Any) -> Any:
    """An operand that some row has, where there is one: only then do `lt` and `lte`, for instance, differ."""
    random = Random(leaf.path + operator.name)  # noqa: S311 - repeatable, not secret
    stored = [get(row, leaf.path) for row in rows]
    drawn = [an_operand(random, leaf, operator, rows) for _ in range(20)]
    return next((operand for operand in drawn if operand in stored or _shares(operand, stored)), drawn[0])


def _shares(operand: Any, stored: list[Any]) -> bool:
    return isinstance(operand, list) and any(item in stored for item in operand)


@pytest.mark.parametrize("name", LISTINGS)
async def test_every_leaf_can_be_filtered_by_each_of_its_operators(name: str, mongodb_uri: str, tmp_path: Path) -> None:
    assert ROWS[name]
    asked = list(conditions(LISTINGS[name].where, ROWS[name]))
    async with stocked(mongodb_uri, STOCK, tmp_path) as database:
        for way in (0, 1):
            engine = Engine(database, compile_plans=bool(way))
            cases: list[Case] = [
                ListCase.asking(name, ROWS[name], where, []) for place, where in asked if place % 2 == way
            ]
            for batch in batches(cases, ROOTS):
                await answer(engine, batch)


@pytest.mark.parametrize("name", [name for name, listing in LISTINGS.items() if listing.sortable])
async def test_every_sort_key_sorts_both_ways(name: str, mongodb_uri: str, tmp_path: Path) -> None:
    async with stocked(mongodb_uri, STOCK, tmp_path) as database:
        for direction in ("ASC", "DESC"):
            orders = [[{**key, "direction": direction}] for key in every_key(LISTINGS[name])]
            cases = [ListCase.asking(name, ROWS[name], {}, order) for order in orders]
            for batch in batches(cases, ROOTS):
                await answer(Engine(database, compile_plans=direction == "ASC"), batch)


OPERANDS = {"operands", "otherOperands", "cells", "less"}
_SHOWN = {"Amount": "value unit yuan", "Operand": "path"}


def leads_on(name: str, node: Any) -> bool:
    """Whether it is another part of the report, which may lack it: `tests/schema/test_links.py` follows these."""
    return isinstance(node, Condition) and (node.kind is ValueKind.LINK or name == "cell")


def selection(type_: GraphQLObjectType, tree: Branch) -> str:
    """The fields that answer what a tree of conditions asks about; what a row lacks, its report has."""
    own, of_report = [], {}
    for name, node in tree.children.items():
        if name not in type_.fields:
            of_report[name] = node
            continue
        inner = get_named_type(type_.fields[name].type)
        if leads_on(name, node) or isinstance(node, Related):
            continue
        if isinstance(node, Condition):
            own.append(name if is_leaf_type(inner) else f"{name} {{ {_SHOWN[inner.name]} }}")
        else:
            assert isinstance(inner, GraphQLObjectType)
            own.append(f"{name} {{ {selection(inner, node.item if isinstance(node, Many) else node)} }}")
    if of_report:
        report = get_named_type(type_.fields["report"].type)
        assert isinstance(report, GraphQLObjectType)
        own.append(f"report {{ {selection(report, Branch('', '', of_report))} }}")
    return " ".join(own)


def held(tree: Branch, document: Document) -> dict[str, Any]:
    """What that selection should yield of a stored document."""
    found: dict[str, Any] = {}
    for name, node in tree.children.items():
        if isinstance(node, Branch):
            found[name] = held(node, document)
        elif isinstance(node, Related):
            continue
        elif isinstance(node, Many):
            found[name] = [held(node.item, item) for item in get(document, node.path) or ()]
        elif not leads_on(name, node):
            found[name] = _value(name, node, document)
    return found


def _value(name: str, leaf: Condition, document: Document) -> Any:
    if leaf.path.endswith(".yuan"):
        return get(document, leaf.path.removesuffix(".yuan"))
    value = get(document, leaf.path)
    if name in OPERANDS:
        return [{"path": path} for path in value or ()]
    if leaf.kind is ValueKind.INT and value is not None:
        return value if value == int(value) and abs(value) <= LARGEST_INT else None
    return None if leaf.kind is ValueKind.FLOAT and isinstance(value, list) else value


def plain(value: Any) -> Any:
    """An answer without what is not there: an object of nulls is no object, and the report's fields are the row's."""
    if isinstance(value, list):
        return [plain(item) for item in value] or None
    if isinstance(value, dict):
        known = {key: found for key, item in value.items() if (found := plain(item)) is not None}
        return {**known.pop("report", {}), **known} or None
    return value


@pytest.mark.parametrize("compile_plans", [True, False])
@pytest.mark.parametrize("name", LISTINGS)
async def test_every_leaf_can_be_selected_and_is_what_is_stored(
    *, name: str, compile_plans: bool, mongodb_uri: str, tmp_path: Path
) -> None:
    listing = LISTINGS[name]
    type_ = BUILT.graphql.type_map[listing.noun]
    assert isinstance(type_, GraphQLObjectType)
    size = 6 if name == "reports" else 100
    nodes = f"nodes {{ {selection(type_, listing.where)} }} pageInfo {{ hasNextPage endCursor }}"
    query = f"query($after: String) {{ {name}(first: {size}, after: $after) {{ {nodes} }} }}"
    found: list[Document] = []
    async with stocked(mongodb_uri, STOCK, tmp_path) as database:
        engine, after, more = Engine(database, compile_plans=compile_plans), None, True
        while more:
            page = await data_of(engine, query, after=after)
            found += page[name]["nodes"]
            after, more = page[name]["pageInfo"]["endCursor"], page[name]["pageInfo"]["hasNextPage"]
    own = [(path, "DESC" if direction == DOWN else "ASC") for path, direction in listing.own_order]
    assert plain(found) == plain([held(listing.where, row) for row in in_order(ROWS[name], own)])


async def data_of(engine: Engine, query: str, **variables: Any) -> Any:
    answered = await engine.execute(GraphQLRequest(query, variables))
    assert answered.errors == []
    return answered.data


def metric(name: str, function: str) -> dict[str, Any]:
    return {"figure": {"figure": name, "function": function}}


async def test_every_figure_can_be_added_up(mongodb_uri: str, tmp_path: Path) -> None:
    measures = [metric(name, function) for name in FIGURES for function in FUNCTIONS]
    query = """query($metrics: [MetricInput!]!) {
      aggregate(metrics: $metrics, kind: null, mixScopes: true, mixKinds: true, mixYears: true) {
        values { value n printed implied numerator denominator breaks }
      }
    }"""
    async with stocked(mongodb_uri, STOCK, tmp_path) as database:
        engine = Engine(database)
        for batch in batches(measures, ROOTS):
            (bucket,) = (await data_of(engine, query, metrics=batch))["aggregate"]
            wanted = expected(STOCK, [], batch, measured)[()]["values"]
            assert bucket["values"] == [pytest.approx(value) for value in wanted], batch


async def test_every_figure_has_a_series(mongodb_uri: str, tmp_path: Path) -> None:
    dated = [document for document in STOCK if document["year"] is not None]
    async with stocked(mongodb_uri, STOCK, tmp_path) as database:
        engine = Engine(database)
        for names in batches(list(FIGURES), ROOTS):
            asked = "".join(
                f"{name}: series(metric: {{ figure: {{ figure: {name}, function: SUM }} }}, kind: null, "
                "mixScopes: true, mixKinds: true) { year value n } "
                for name in names
            )
            found = await data_of(engine, f"{{ {asked} }}")
            for name in names:
                years = expected(dated, ["YEAR"], [metric(name, "SUM")], measured)
                assert found[name] == [
                    {"year": int(year or 0), "value": group["values"][0]["value"], "n": group["values"][0]["n"]}
                    for (year,), group in sorted(years.items())
                ], name


async def test_every_figure_is_a_cell_of_each_report_that_has_it(mongodb_uri: str, tmp_path: Path) -> None:
    async with stocked(mongodb_uri, STOCK, tmp_path) as database:
        engine = Engine(database)
        for document in {report["template"]: report for report in STOCK}.values():
            cells = {cell["path"]: cell for cell in document["cells"]}
            for names in batches(list(FIGURES), ROOTS * 2):
                asked = "".join(
                    f'{name}: cell(path: "{FIGURES[name].cell.path}") {{ path value amount {{ yuan }} status }} '
                    for name in names
                )
                query = f"query($id: ID!) {{ report(id: $id) {{ {asked} }} }}"
                found = (await data_of(engine, query, id=global_id("Report", document["_id"])))["report"]
                assert found == {name: _cell(cells.get(FIGURES[name].cell.path)) for name in names}


def _cell(cell: Document | None) -> Document | None:
    if cell is None:
        return None
    value = cell["value"]
    money = isinstance(value, dict)
    return {
        "path": cell["path"],
        "value": value["value"] if money else value,
        "amount": {"yuan": value["yuan"]} if money else None,
        "status": cell["status"],
    }


def test_every_figure_is_a_column_of_the_export_of_reports() -> None:
    columns = {column.name for column in tables(FORMS)["reports"].columns}
    for leaf in FIGURES.values():
        parts = (".value", ".unit", ".yuan") if leaf.kind is Kind.MONEY else ("",)
        assert {f"{leaf.cell.path}{part}" for part in parts} <= columns


async def test_every_figure_is_led_to_by_a_row_and_a_column_of_a_form(engine: Engine) -> None:
    query = """{ forms { key editions { key
      cells { path figure } blocks { rows { key } columns { key } } } } }"""
    led: dict[str, set[str]] = {}
    named: dict[str, str] = {}
    for form in (await data_of(engine, query))["forms"]:
        for edition in form["editions"]:
            named.update((cell["figure"], cell["path"]) for cell in edition["cells"])
            for block in edition["blocks"]:
                for row in block["rows"]:
                    for column in block["columns"]:
                        path = ".".join(part for part in (form["key"], row["key"], column["key"]) if part)
                        led.setdefault(path, set()).add(edition["key"])
    assert named == {name: leaf.cell.path for name, leaf in FIGURES.items()}
    assert led == {leaf.cell.path: set(leaf.cell.editions) for leaf in FIGURES.values()}
