"""The schema in brief, for whoever reads all of it at once: no descriptions, and the figures as a table.

A schema enters, SDL leaves that is valid and that every query of the schema is valid against: `Figure` is a scalar
there, whose values the comment before it tells by rows and columns.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from graphql import (
    EnumTypeDefinitionNode,
    GraphQLSchema,
    NameNode,
    ScalarTypeDefinitionNode,
    Visitor,
    parse,
    print_ast,
    visit,
)

from schema.queryable.form_trees import Figure, Group, figures
from schema.queryable.names import constant_name

_FIGURE = "Figure"
_HEADING = (
    "What Figure can be: a name of a row, with one of the columns above it behind it where there are any;",
    "and CONCEPT_ with the name of a concept, which editions count by cells of their own: { concepts { figure } }.",
)


def brief(sdl: str, schema: GraphQLSchema, form_trees: tuple[Group, ...]) -> str:
    """The text of a schema without its descriptions, its figures as a table."""
    short = print_ast(visit(parse(sdl), _Brief()))
    concepts = [name for name in schema.type_map[_FIGURE].values if name.startswith("CONCEPT_")]  # type: ignore[attr-defined]
    table = [*_HEADING, *_rows(figures(form_trees)), " ".join(concepts)]
    comment = "".join(f"# {line}\n" for line in table)
    return short.replace(f"scalar {_FIGURE}\n", f"{comment}scalar {_FIGURE}\n") + "\n"


class _Brief(Visitor):
    """Takes descriptions away, and the figures out of their enum."""

    def leave(self, node: Any, *_: object) -> Any:
        if isinstance(node, EnumTypeDefinitionNode) and node.name.value == _FIGURE:
            return ScalarTypeDefinitionNode(name=NameNode(value=_FIGURE))
        return replace(node, description=None) if getattr(node, "description", None) is not None else None


def _rows(named: Mapping[str, Figure]) -> Iterator[str]:
    """The rows under the columns that they share, each with its official label."""
    rows: dict[str, dict[str, str]] = {}
    labels: dict[str, str] = {}
    for name, figure in named.items():
        cell = figure.cell
        column = constant_name(cell.column.id) if cell.column.id else ""
        row = name.removesuffix(f"_{column}") if column else name
        rows.setdefault(row, {})[column] = cell.column.label.zh if column else ""
        labels[row] = "/".join(label.zh for label in (*cell.row.groups, cell.row.label))
    by_columns: dict[tuple[tuple[str, str], ...], list[str]] = {}
    for row, columns in rows.items():
        by_columns.setdefault(tuple(columns.items()), []).append(f"  {row} {labels[row]}")
    for shared, lines in by_columns.items():
        yield " ".join(f"{name} {zh};" for name, zh in shared if name) or "(no columns)"
        yield from lines
