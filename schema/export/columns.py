"""What each export holds, as columns that are derived from the forms.

Forms enter, one `Table` an export leaves, by its name. A column is called by the id that GraphQL, filters and the
stored document share; money has three columns, the printed number, its unit and the amount in yuan. Nothing is
refused here.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from loaders.document import INDICATORS
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
        Table("reports", REPORTS, REPORTS, _REPORT, figures),
        Table("cells", REPORTS, REPORTS, _owner("_id"), _CELL, unwound="cells"),
        Table("indicators", REPORTS, REPORTS, _owner("_id"), _INDICATOR, unwound=_indicators_path(forms)),
        Table("checks", REPORTS, REPORTS, _owner("_id"), _CHECK, unwound="checks"),
        Table("statistics", STATISTICS, STATISTICS, _owner("report"), _STATISTIC),
        Table("passages", PASSAGES, PASSAGES, _owner("report"), _PASSAGE),
    )
    return {table.name: table for table in made}


def _indicators_path(forms: Sequence[Form]) -> str:
    """Where reports keep rows that no form declares; of forms beside which none stand, a key that no report has."""
    return next((form.indicators_path for form in forms if form.indicators), INDICATORS)


def _figure(cell: Cell) -> tuple[Column, ...]:
    if cell.kind is not Kind.MONEY:
        return (Column(cell.path, cell.path, ColumnKind.WHOLE),)
    kinds = {"value": ColumnKind.NUMBER, "unit": ColumnKind.TEXT, "yuan": ColumnKind.NUMBER}
    return tuple(Column(f"{cell.path}.{part}", f"{cell.path}.{part}", kind) for part, kind in kinds.items())


def _as_stored(*names: str, kind: ColumnKind = ColumnKind.TEXT) -> tuple[Column, ...]:
    return tuple(Column(name, name, kind) for name in names)


def _owner(report: str) -> tuple[Column, ...]:
    """The identity of the report that a row belongs to; `report` is where its id is stored."""
    return (
        Column("report", report, made=_report_id),
        *_as_stored("year", kind=ColumnKind.WHOLE),
        *_as_stored("kind", "template", "scope", "agency.name", "agency.level", "agency.type", *_REGION),
    )


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


_REGION = tuple(f"agency.region.{part}" for part in ("code", "province", "prefecture", "county", "township"))
_REPORT = (
    Column("id", "_id", made=_report_id),
    *_as_stored("year", kind=ColumnKind.WHOLE),
    *_as_stored("kind", "template", "templateExpected", "scope", "title", "periodStart", "periodEnd", "publishedOn"),
    *_as_stored("agency.name", "agency.level", "agency.type", *_REGION),
    *_as_stored("source.name", "source.url", "source.mediaType", "source.sha256", "source.loadedAt"),
    *_as_stored("source.sample", kind=ColumnKind.TRUTH),
    Column("failedRules", "failedRules", made=_joined),
    *_as_stored(*(f"contact.{part}" for part in ("address", "postcode", "phone", "fax", "email", "website"))),
)
_CELL = (
    *_as_stored("path"),
    Column("value", "value", ColumnKind.NUMBER, _part("value")),
    Column("unit", "value", ColumnKind.TEXT, _part("unit")),
    Column("yuan", "value", ColumnKind.NUMBER, _part("yuan")),
    *_as_stored("status", "text"),
    *_as_stored("start", "end", kind=ColumnKind.WHOLE),
    *_as_stored("note"),
)
_INDICATOR = (
    *_as_stored("label", "parent", "unit"),
    *_as_stored("value", kind=ColumnKind.NUMBER),
    *_as_stored("status"),
    *_as_stored("cumulative", kind=ColumnKind.NUMBER),
    *_as_stored("cumulativeStatus", "text"),
    *_as_stored("start", "end", kind=ColumnKind.WHOLE),
)
_CHECK = (
    *_as_stored("rule", "status", "severity", "subject"),
    *_as_stored("left", "right", "difference", kind=ColumnKind.NUMBER),
    Column("paths", "paths", made=_joined),
    *_as_stored("otherYear", kind=ColumnKind.WHOLE),
    Column("otherPaths", "otherPaths", made=_joined),
    *_as_stored("message", "messageZh"),
)
_STATISTIC = (
    *_as_stored("role", "section", "passage", "label"),
    *_as_stored("labelStart", "labelEnd", kind=ColumnKind.WHOLE),
    Column("value", "value", ColumnKind.NUMBER, _single),
    Column("range.low", "value", ColumnKind.NUMBER, _end(0)),
    Column("range.high", "value", ColumnKind.NUMBER, _end(1)),
    *_as_stored("unit", "qualifier", "change", "period", "context"),
    *_as_stored("implied", kind=ColumnKind.TRUTH),
    *_as_stored("text"),
    *_as_stored("start", "end", kind=ColumnKind.WHOLE),
    *_as_stored("partOf", kind=ColumnKind.WHOLE),
    *_as_stored("cell"),
)
_PASSAGE = (
    Column("passage", "id"),
    *_as_stored("role", "section", "text"),
    *_as_stored("start", "end", kind=ColumnKind.WHOLE),
)

EXPORTS = tuple(tables(()))
"""The names of all exports, whatever the forms."""
