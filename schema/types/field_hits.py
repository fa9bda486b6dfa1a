"""From a word to the field that answers it: every figure of the forms and every declared field, with a query that runs.

Trees of the forms and the declarations of fields enter, entries leave, made once; a search chooses among them by their
labels in both languages and their paths.
"""

from collections.abc import Iterator, Sequence

import strawberry

from loaders.document import Document, Template
from loaders.fields import REPORT, Field, Part, ValueKind, fields_of
from loaders.forms import Kind
from loaders.text.search_folding import searchable
from schema.fields.source import stored
from schema.plan.search_terms import Search
from schema.queryable.form_trees import Figure, Group

_DEEPEST = 3
_AMOUNT = " { value unit yuan }"
_TYPES = {
    ValueKind.INT: "Int",
    ValueKind.FLOAT: "Float",
    ValueKind.TEXT: "String",
    ValueKind.DATE: "String",
    ValueKind.CODE: "String",
    ValueKind.BOOLEAN: "Boolean",
    ValueKind.WORDS: "[String!]!",
    ValueKind.ID: "ID",
}
_HOLDING = frozenset({ValueKind.PART, ValueKind.PARTS})


@strawberry.type(description="A field of a report that a word leads to.")
class FieldHit:
    """A field of a report that a word leads to."""

    path: str = stored("Its path from the report; of a figure also its id.")
    type: str = stored("Its type.")
    label: str = stored("What it is called in Chinese, of a figure in the official form.")
    meaning: str = stored("What it is in English.")
    editions: list[str] = stored("Editions of the form that ask for it; none of what is no figure of a form.")
    query: str = stored("A query for it that runs as it is.")


def field_entries(form_trees: Sequence[Group]) -> list[Document]:
    """An entry for each field of a report that is a value, in declared order, those of the forms last."""
    figures = [_figure(figure) for tree in form_trees for figure in tree.figures()]
    return [*_declared(REPORT, ()), *figures]


def found_entries(entries: Sequence[Document], search: Search) -> list[Document]:
    """What a search finds, the shortest label first: the others say more than was asked for."""
    found = [entry for entry in entries if search.finds(_said(entry))]
    return sorted(found, key=lambda entry: len(searchable(entry["label"])))


def _said(entry: Document) -> str:
    return f"{entry['label']} {entry['meaning']} {entry['path']}"


def _figure(figure: Figure) -> Document:
    cell, steps = figure.cell, figure.cell.path.split(".")
    is_money = cell.kind is Kind.MONEY
    known = "{ isNull: false }"
    for step in reversed(steps):
        known = f"{{ {step}: {known} }}"
    return {
        "path": cell.path,
        "type": "Amount" if is_money else "Int",
        "label": cell.zh,
        "meaning": cell.en,
        "editions": list(cell.editions),
        "query": _query(steps, _AMOUNT if is_money else "", f"where: {known}, "),
    }


def _declared(part: Part, above: tuple[Field, ...]) -> Iterator[Document]:
    for field in fields_of(part):
        if not field.shown or field.of_forms or field.name in _NEED_ARGUMENTS:
            continue
        if field.kind in _HOLDING:
            if len(above) < _DEEPEST and field.holds not in {part, *(one.part for one in above)}:
                yield from _declared(field.holds, (*above, field))
        elif type_ := _type(field):
            steps = [one.name for one in (*above, field)]
            yield {
                "path": ".".join(steps),
                "type": type_,
                "label": " / ".join(one.zh for one in (*above, field)),
                "meaning": field.said(field.note),
                "editions": [],
                "query": _query(steps, "", ""),
            }


_NEED_ARGUMENTS = frozenset({"section", "cell"})


def _type(field: Field) -> str:
    """The name of its type, none where it leads to other objects."""
    if field.values is not None:
        return Template.__name__ if field.values is Template else field.values.__name__
    return _TYPES.get(field.kind, "")


def _query(steps: Sequence[str], inner: str, where: str) -> str:
    *parents, last = steps
    asked = f"{last}{inner}"
    for step in reversed(parents):
        asked = f"{step} {{ {asked} }}"
    return f"{{ reports({where}first: 5) {{ nodes {{ title {asked} }} }} }}"
