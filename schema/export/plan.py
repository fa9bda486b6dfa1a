"""An export as a plan: what is read from where, in which order, and which columns its rows have; nothing is read yet.

The name of an export, a `where` in the JSON of the GraphQL input, chosen fields and a limit enter, an `ExportPlan`
leaves. Refused (`ExportError`, `RequestError`): unknown exports and fields, each with the nearest name; limits out of
bounds; filters that the GraphQL schema or `schema.plan.predicate` refuses.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graphql import GraphQLNamedInputType
from graphql.utilities import coerce_input_value, validate_input_value

from loaders.document import Document, get
from loaders.errors import GongkaiError
from loaders.forms import FORMS, Form
from loaders.store.derived_rows import heavy
from schema.errors import ErrorCode, RequestError, nearest
from schema.export.columns import Column, Table, tables
from schema.fields.projection import outermost
from schema.plan.predicate import predicate
from schema.plan.routing import holding
from schema.read.schema import build_schema
from schema.request import Limits

Row = list[Any]
ORDER = (("year", 1), ("_id", 1))  # every collection has this index, and every filter on identity ends in it

CODES = {
    "UNKNOWN_EXPORT": "There is no export of that name.",
    "UNKNOWN_FIELD": "The export has no column of that id.",
    "BAD_LIMIT": "The limit is no number of rows that one export may have.",
    "BAD_VALUE": "A value does not fit its column in this format.",
    "NO_PARQUET": "What writes Parquet is not installed.",
    "TOO_MANY_ROWS": "The filter chooses more rows than one export may have.",
}
"""Codes of `ExportError`, with what they mean; codes are never reused."""


class ExportError(GongkaiError):
    """An export that cannot be made as it was asked for; `code` is a key of `CODES`."""

    def __init__(self, code: str, message: str, *, hint: str = "") -> None:
        super().__init__(message, hint=hint, code=code)


@dataclass(frozen=True, slots=True)
class ExportPlan:
    """One export, decided: a `limit` of 0 is none."""

    table: Table
    match: Mapping[str, Any]
    columns: tuple[Column, ...]
    limit: int
    heavy: tuple[str, ...]

    @property
    def collection(self) -> str:
        """Where the rows are read: from the summaries of reports where those have all columns."""
        paths = dict.fromkeys((*map(self._stored, self.columns), self.table.unwound), 1)
        return holding(self.table.collection, self.heavy, self.match, paths)

    @property
    def projection(self) -> dict[str, int]:
        """The paths to read: those of the columns, whole groups where every figure of a group is asked for."""
        paths = {self._stored(column) for column in self.columns}
        paths -= {path for root in self._whole() for path in paths if path.startswith(f"{root}.")}
        return dict.fromkeys(sorted(outermost(paths | self._whole() | {"_id", "year"})), 1)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns, in their order."""
        return tuple(column.name for column in self.columns)

    def reader(self) -> Callable[[Document], Iterator[Row]]:
        """What takes the rows out of one stored document."""
        read, unwound = _row_reader(self.columns), self.table.unwound

        def rows(document: Document) -> Iterator[Row]:
            if not unwound:
                yield read(document)
                return
            for item in get(document, unwound) or ():
                yield read({**document, **item})

        return rows

    def _stored(self, column: Column) -> str:
        inside = self.table.unwound and column in self.table.columns
        return f"{self.table.unwound}.{column.path}" if inside else column.path

    def _whole(self) -> set[str]:
        """The forms of which every figure is asked for: one path instead of hundreds."""
        if self.table.unwound:
            return set()
        chosen = {column.path for column in self.columns}
        roots: dict[str, bool] = {}
        for column in self.table.columns:
            root, dot, _ = column.path.partition(".")
            if dot:
                roots[root] = roots.get(root, True) and column.path in chosen
        return {root for root, complete in roots.items() if complete}


class Exporter:
    """Plans the exports of one set of forms, by the filters of the GraphQL schema of the same forms."""

    def __init__(self, forms: tuple[Form, ...] = FORMS, limits: Limits = Limits()) -> None:  # noqa: B008 - frozen
        self.tables = tables(forms)
        self._heavy = heavy(forms)
        self._built = build_schema(forms, limits)
        self._limits = limits

    def plan(
        self, what: str, *, where: object = None, fields: Sequence[str] = (), limit: int = 0, cap: int = 0
    ) -> ExportPlan:
        """The plan of an export; of `where` and `fields` nothing chooses everything, a `cap` bounds the limit."""
        table = self.tables.get(what)
        if table is None:
            raise ExportError(
                "UNKNOWN_EXPORT",
                f"there is no export of {what}",
                hint=nearest(what, self.tables) or f"There are {', '.join(self.tables)}.",
            )
        if limit < 0 or (cap and limit > cap):
            bounds = f"1 to {cap}" if cap else "1 or more"
            raise ExportError("BAD_LIMIT", f"a limit is {bounds} rows, not {limit}", hint=_SMALLER if cap else "")
        return ExportPlan(table, self._match(table, where), _chosen(table, fields), limit, self._heavy)

    def _match(self, table: Table, where: object) -> Mapping[str, Any]:
        if where is None:
            return {}
        listing = self._built.listings[table.listing]
        type_: Any = self._built.graphql.type_map[listing.where.type_name]
        return predicate(listing.where, _coerced(where, type_), self._limits)


_SMALLER = "Narrow `where`, or use the command line, which has no cap."


def too_many(cap: int) -> ExportError:
    """What is said of an export with more rows than the cap."""
    return ExportError(
        "TOO_MANY_ROWS",
        f"this export has more than {cap} rows",
        hint=f"Give a limit of at most {cap} for the first rows. {_SMALLER}",
    )


def _coerced(where: object, type_: GraphQLNamedInputType) -> Mapping[str, Any]:
    """The filter as GraphQL would hand it to a resolver; the first thing that does not fit is named with its place."""
    wrong: list[tuple[str, Sequence[str | int]]] = []
    validate_input_value(where, type_, lambda error, path: wrong.append((error.message, path)))
    if wrong:
        message, path = wrong[0]
        place = ".".join(("where", *(str(step) for step in path)))
        said, _, hint = message.partition(" Found: ")[0].partition(" Did you mean ")
        raise RequestError(ErrorCode.BAD_FILTER, f"{place}: {said}", hint=f"Did you mean {hint}" if hint else "")
    value: Mapping[str, Any] = coerce_input_value(where, type_)
    return value


def _chosen(table: Table, fields: Sequence[str]) -> tuple[Column, ...]:
    """The columns that are asked for, each once; a group stands for all its columns, identity comes along unasked."""
    chosen = dict.fromkeys(column for field in fields for column in _named(table, field))
    if not fields:
        return table.all
    if chosen.keys() & set(table.identity):
        return tuple(chosen)
    return (*table.identity, *chosen)


def _named(table: Table, field: str) -> list[Column]:
    found = [column for column in table.all if column.name == field or column.name.startswith(f"{field}.")]
    if not found:
        steps = [column.name.split(".") for column in table.all]
        known = dict.fromkeys(".".join(name[:depth]) for name in steps for depth in range(1, len(name) + 1))
        raise ExportError("UNKNOWN_FIELD", f"{table.name} have no field {field}", hint=nearest(field, known))
    return found


def _row_reader(columns: Sequence[Column]) -> Callable[[Document], Row]:
    """What reads a row: columns side by side in one stored object are taken from it together."""
    runs: list[tuple[tuple[str, ...], list[str]]] = []
    for column in columns:
        *parents, leaf = column.path.split(".")
        if not runs or runs[-1][0] != tuple(parents):
            runs.append((tuple(parents), []))
        runs[-1][1].append(leaf)
    makers = [(place, column.made) for place, column in enumerate(columns) if column.made]

    def read(document: Document) -> Row:
        row: Row = []
        for parents, leaves in runs:
            node: Any = document
            for parent in parents:
                node = node.get(parent) if isinstance(node, dict) else None
            row += map(node.get, leaves) if isinstance(node, dict) else [None] * len(leaves)
        for place, make in makers:
            row[place] = make(row[place])
        return row

    return read
