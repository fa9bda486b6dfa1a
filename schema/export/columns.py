"""What each export holds, as columns read off the declared fields and the forms.

A column is called by the id that GraphQL, filters and the stored document share; money has three columns, the printed
number, its unit and the amount in yuan.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from loaders.document import INDICATORS
from loaders.fields import (
    AMOUNT,
    PASSAGE,
    REPORT,
    STATISTIC,
    Field,
    Held,
    Part,
    ValueKind,
    field_of,
    fields_of,
    stored_values,
)
from loaders.forms import Cell, Form, Kind
from loaders.store.collections import REPORTS
from loaders.store.derived_rows import PASSAGES, STATISTICS
from schema.types.global_ids import global_id


class ColumnKind(StrEnum):
    """What a column holds; the kind decides how each format writes it."""

    TEXT = "TEXT"
    WHOLE = "WHOLE"
    NUMBER = "NUMBER"
    TRUTH = "TRUTH"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name, where its value is stored, and what is made of the stored value where it is not as is."""

    name: str
    path: str
    kind: ColumnKind = ColumnKind.TEXT
    made: Callable[[Any], Any] | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """One export: its collection, the list whose `where` it shares, its columns, and the stored list it has rows of.

    Columns of `identity` say whose row it is; they come along when other columns are chosen.
    """

    name: str
    collection: str
    listing: str
    identity: tuple[Column, ...]
    columns: tuple[Column, ...]
    unwound: str = ""

    @property
    def all(self) -> tuple[Column, ...]:
        """Every column, identity first."""
        return (*self.identity, *self.columns)


def tables(forms: Sequence[Form]) -> Mapping[str, Table]:
    """The exports of these forms, by name."""
    figures = tuple(column for form in forms for cell in form.cells for column in _figure(cell))
    made = (
        Table("reports", REPORTS, REPORTS, _values(REPORT), figures),
        *(_list(name, forms) for name in _LISTS),
        Table("statistics", STATISTICS, STATISTICS, _owner("report"), _fields(STATISTIC)),
        Table("passages", PASSAGES, PASSAGES, _owner("report"), _fields(PASSAGE)),
    )
    return {table.name: table for table in made}


def _list(name: str, forms: Sequence[Form]) -> Table:
    """The export of a list of a report."""
    field = field_of(REPORT, name)
    path = _indicators_path(forms) if field.of_forms else field.path
    return Table(name, REPORTS, REPORTS, _owner("_id"), _fields(field.holds), unwound=path)


def _indicators_path(forms: Sequence[Form]) -> str:
    """Where reports keep rows that no form declares; of forms beside which none stand, a key that no report has."""
    return next((form.indicators_path for form in forms if form.indicators), INDICATORS)


def _figure(cell: Cell) -> tuple[Column, ...]:
    if cell.kind is not Kind.MONEY:
        return (Column(cell.path, cell.path, ColumnKind.WHOLE),)
    parts = ((f"{cell.path}.{part.name}", part.kind) for part in fields_of(AMOUNT))
    return tuple(Column(path, path, _KINDS.get(kind, ColumnKind.TEXT)) for path, kind in parts)


def _owner(report: str) -> tuple[Column, ...]:
    """The identity of the report that a row belongs to; `report` is where its id is stored."""
    return (Column("report", report, made=_report_id), *_values(REPORT, Held.ROWS))


def _values(part: Part, held: Held = Held.REPORT) -> tuple[Column, ...]:
    """The columns of a part and of what it holds, each called by its path."""
    values = stored_values(part, held)
    return tuple(column for path, field in values if field.exports for column in _columns(field, path))


def _fields(part: Part) -> tuple[Column, ...]:
    """The columns of an item of a list, each called by its field."""
    return tuple(column for field in fields_of(part) if field.exports for column in _columns(field, field.path))


def _columns(field: Field, path: str) -> tuple[Column, ...]:
    if columns := MADE.get((field.part.name, field.name)):
        return columns
    if not field.held:
        raise KeyError(f"{field.part.name}.{field.name} is to be exported, but nothing says how")
    made = _joined if field.kind in {ValueKind.WORDS, ValueKind.LINKS} else None
    return (Column(path, path, _KINDS.get(field.kind, ColumnKind.TEXT), made),)


def _report_id(stored: str) -> str:
    """The id of the report as GraphQL gives it out."""
    return global_id("Report", stored)


def _joined(texts: Any) -> str | None:
    return None if texts is None else " ".join(texts)


def _part(name: str) -> Callable[[Any], Any]:
    """What takes one part of an amount; a plain number is the value and has no other part."""

    def taken(figure: Any) -> Any:
        if isinstance(figure, Mapping):
            return figure.get(name)
        return figure if name == "value" else None

    return taken


def _end(index: int) -> Callable[[Any], Any]:
    """What takes one end of a range; a single figure is no range."""
    return lambda figure: figure[index] if isinstance(figure, list) else None


def _single(figure: Any) -> Any:
    return None if isinstance(figure, list) else figure


_KINDS = {
    ValueKind.INT: ColumnKind.WHOLE,
    ValueKind.FLOAT: ColumnKind.NUMBER,
    ValueKind.BOOLEAN: ColumnKind.TRUTH,
}
MADE: Mapping[tuple[str, str], tuple[Column, ...]] = {
    ("Report", "id"): (Column("id", "_id", made=_report_id),),
    ("Cell", "value"): (Column("value", "value", ColumnKind.NUMBER, _part("value")),),
    ("Cell", "amount"): (
        Column("unit", "value", ColumnKind.TEXT, _part("unit")),
        Column("yuan", "value", ColumnKind.NUMBER, _part("yuan")),
    ),
    ("Statistic", "value"): (Column("value", "value", ColumnKind.NUMBER, _single),),
    ("Statistic", "range"): (
        Column("range.low", "value", ColumnKind.NUMBER, _end(0)),
        Column("range.high", "value", ColumnKind.NUMBER, _end(1)),
    ),
    ("Statistic", "index"): (Column("index", "_id", ColumnKind.WHOLE, lambda id_: int(id_.rpartition("/")[2])),),
    ("Statistic", "whole"): (Column("partOf", "partOf", ColumnKind.WHOLE),),
    ("Passage", "id"): (Column("passage", "id"),),
}
"""The columns of fields that are not exported as they are stored, by part and field."""

_LISTS = ("cells", INDICATORS, "checks")
"""The lists of a report that have an export of their own."""

EXPORTS = tuple(tables(()))
"""The names of all exports, whatever the forms."""
