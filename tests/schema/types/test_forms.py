"""`forms` is enough to draw the official tables: every edition, with the figures of a report, and no label known here.

What is drawn is compared with the lines that the declared forms print for the same figures.
"""

from collections.abc import Iterator
from typing import Any

import pytest

from loaders.document import Document, get
from loaders.forms import FORMS
from schema.types.global_ids import global_id
from tests.schema.conftest import Ask
from tests.strategies import Line, lines_of

QUERY = """{ forms { key label { zh } editions { key
  cells { path kind }
  blocks {
    anchor { zh } shape headers { zh }
    columns { key label { zh } }
    rows { key ordinal label { zh } groups { zh } printed }
  }
} } }"""
EDITIONS = [(form, edition) for form in FORMS for edition in form.editions]


def words(labels: Any) -> list[str]:
    return [label["zh"] for label in labels]


def selection(cells: list[dict[str, Any]]) -> str:
    """The figures of an edition as fields, nested as their paths say."""
    tree: dict[str, Any] = {}
    for cell in cells:
        node = tree
        *parents, last = cell["path"].split(".")
        for parent in parents:
            node = node.setdefault(parent, {})
        node[last] = {"value": {}} if cell["kind"] == "MONEY" else {}
    return _fields(tree)


def _fields(tree: dict[str, Any]) -> str:
    return " ".join(f"{name} {{ {_fields(inner)} }}" if inner else name for name, inner in tree.items())


def drawn(form: dict[str, Any], edition: dict[str, Any], report: Document) -> Iterator[Line]:
    """The lines of a table."""
    yield Line((form["label"]["zh"],), ())
    for block in edition["blocks"]:
        if block["anchor"]:
            yield Line((block["anchor"]["zh"],), ())
        figures = [
            tuple(figure(report, form["key"], row["key"], column["key"]) for column in block["columns"])
            for row in block["rows"]
        ]
        yield from (strip if block["shape"] == "STRIP" else matrix)(block, figures)


def matrix(block: dict[str, Any], figures: list[tuple[str, ...]]) -> Iterator[Line]:
    """A line a row; the cell of a group spans the rows below it, and is printed where it begins."""
    yield Line((*words(block["headers"]), *(column["label"]["zh"] for column in block["columns"])), ())
    above: list[str] = []
    for row, cells in zip(block["rows"], figures, strict=True):
        if row["printed"]:
            groups = words(row["groups"])
            begun = [group for depth, group in enumerate(groups, 1) if above[:depth] != groups[:depth]]
            yield Line((*begun, row["ordinal"] + row["label"]["zh"]), cells)
            above = groups


def strip(block: dict[str, Any], figures: list[tuple[str, ...]]) -> Iterator[Line]:
    """Rows side by side: the header in three lines, then every figure in one."""
    yield Line(tuple(words(block["headers"])), ())
    yield Line(tuple(row["label"]["zh"] for row in block["rows"]), ())
    yield Line(tuple(column["label"]["zh"] for _ in block["rows"] for column in block["columns"]), ())
    yield Line((), tuple(cell for cells in figures for cell in cells))


def figure(report: Document, *keys: str) -> str:
    """The figure in a cell as text, nothing where the report has none."""
    value = get(report, ".".join(key for key in keys if key))
    number = value["value"] if isinstance(value, dict) else value
    return "" if number is None else f"{number:g}"


@pytest.mark.parametrize(("form", "edition"), EDITIONS, ids=[f"{form.id}-{edition.id}" for form, edition in EDITIONS])
async def test_forms_alone_draw_the_table_of_an_edition_with_the_figures_of_a_report(
    form: Any, edition: Any, ask: Ask, reports: list[Document]
) -> None:
    document = next(report for report in reports if report["template"] == edition.id and report[form.id])
    data: Any = (await ask(QUERY)).data
    declared = next(found for found in data["forms"] if found["key"] == form.id)
    printed = next(found for found in declared["editions"] if found["key"] == edition.id)

    query = f"query($id: ID!) {{ report(id: $id) {{ {selection(printed['cells'])} }} }}"
    answer = await ask(query, id=global_id("Report", document["_id"]))

    assert answer.errors == []
    report: Any = answer.data
    texts = {cell.path: figure(document, cell.path) for cell in form.cells_of(edition)}
    assert list(drawn(declared, printed, report["report"])) == lines_of(form, edition, texts)
    assert len(set(texts.values())) > 1
