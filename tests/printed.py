"""The official forms as printed: figures of a document enter, tables with their headers and spans leave.

Everything comes from the declaration, so that a form or an edition added to it is printed too.
"""

from collections.abc import Iterator, Sequence

from loaders.document import Document, get
from loaders.forms import Block, Edition, Form, Label, Row, Shape, cell_path
from tests.rendering import Cell, Table

_PAGE = 13  # rows of the longest table that stand on its first page


def tables_of(document: Document, form: Form, edition: Edition) -> Iterator[Table]:
    """The tables of a form: strips stand alone, the other blocks are parts of one table."""
    rows: list[tuple[Cell, ...]] = []
    for block in edition.blocks:
        if block.shape is Shape.STRIP:
            yield Table(tuple(_strip(document, form, block)))
        else:
            rows.extend(_matrix(document, form, block))
    if rows:
        yield Table(tuple(rows), cut_after=_PAGE if len(rows) > _PAGE else 0)


def _matrix(document: Document, form: Form, block: Block) -> Iterator[tuple[Cell, ...]]:
    rows = [row for row in block.rows if row.printed]
    depth = max(len(row.groups) for row in rows) + 1
    if block.anchor is not None:
        yield (Cell(block.anchor.zh, colspan=depth + len(block.columns)),)
    corner = block.headers[0].zh if block.headers else form.label.zh
    yield (Cell(corner, colspan=depth), *(Cell(column.label.zh) for column in block.columns))
    open_groups: tuple[Label, ...] = ()
    for index, row in enumerate(rows):
        opened = [
            Cell(group.zh, rowspan=_reach(rows[index:], level, group))
            for level, group in enumerate(row.groups)
            if open_groups[: level + 1] != row.groups[: level + 1]
        ]
        open_groups = row.groups
        label = Cell(row.ordinal + row.label.zh, colspan=depth - len(row.groups))
        values = (Cell(printed(get(document, cell_path(form.id, row, column)))) for column in block.columns)
        yield (*opened, label, *values)


def _reach(rows: Sequence[Row], level: int, group: Label) -> int:
    """How many rows from the first on are inside the group."""
    reach = 0
    for row in rows:
        if len(row.groups) <= level or row.groups[level] != group:
            break
        reach += 1
    return reach


def _strip(document: Document, form: Form, block: Block) -> Iterator[tuple[Cell, ...]]:
    width = len(block.columns)
    yield tuple(Cell(row.label.zh, colspan=width) for row in block.rows)
    yield tuple(Cell(column.label.zh) for _ in block.rows for column in block.columns)
    yield tuple(
        Cell(printed(get(document, cell_path(form.id, row, column)))) for row in block.rows for column in block.columns
    )


def printed(value: object) -> str:
    """A figure as a form prints it: nothing for a blank, the number of an amount."""
    if value is None:
        return ""
    if isinstance(value, dict):
        return "" if value["value"] is None else f"{value['value']}{value['unit'] or ''}"
    return str(value)
