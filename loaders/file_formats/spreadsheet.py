"""Sheets of a workbook to canonical lines: rows of tables, and the lines of a report that is typed into cells.

Readers of Excel's formats yield `Sheet`s of texts as printed; what is hidden is not printed. A row that holds one text
and lies around a table, or across all of it, is a line; other rows are rows of cells, those printed empty included.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from loaders.errors import SourceError
from loaders.faults import ErrorCode
from loaders.file_formats.canonical import Cell, canonical, table_lines, tidy
from loaders.file_formats.model import Draft

_MOST_CELLS = 100_000
Place = tuple[int, int]


@dataclass(slots=True)
class Sheet:
    """One sheet: texts by place, columns with a border by row, merged cells as first and last place, what is hidden.

    A place is a row and a column, both counted from 0.
    """

    name: str
    texts: dict[Place, str] = field(default_factory=dict)
    ruled: dict[int, set[int]] = field(default_factory=dict)
    merged: list[tuple[Place, Place]] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    hidden: bool = False


def draft_of(name: str, sheets: Iterable[Sheet], *, media_type: str) -> Draft:
    """The report that the sheets hold; a hidden sheet is not read, which is said."""
    lines: list[str] = []
    hidden: list[str] = []
    for sheet in sheets:
        if sheet.hidden:
            hidden.append(sheet.name)
        else:
            lines += _Grid(name, sheet).lines()
    warnings = (f"hidden sheet(s), which are not read: {', '.join(hidden)}",) if hidden else ()
    return Draft(text=canonical(lines), media_type=media_type, warnings=warnings)


class _Grid:
    """The printed part of one sheet."""

    def __init__(self, name: str, sheet: Sheet) -> None:
        self._name = name
        self._sheet = sheet
        self._rows: dict[int, dict[int, str]] = {}
        for (row, column), text in sorted(sheet.texts.items()):
            if row not in sheet.hidden_rows and column not in sheet.hidden_columns and tidy(text):
                self._rows.setdefault(row, {})[column] = text
        self._room = _MOST_CELLS
        self._ends: dict[Place, Place] = {}
        self._covered: set[Place] = set()
        if self._rows:
            self._merge(max(self._rows), max(max(row) for row in self._rows.values()))

    def lines(self) -> list[str]:
        """The rows from top to bottom as canonical lines."""
        return [line for block in self._blocks() for line in self._block(block)]

    def _merge(self, last_row: int, last_column: int) -> None:
        """Note which places merged cells take, none of them beyond the last text."""
        for first, last in self._sheet.merged:
            row, column = min(last[0], last_row), min(last[1], last_column)
            if row < first[0] or column < first[1]:
                continue
            self._spend((row - first[0] + 1) * (column - first[1] + 1))
            self._ends[first] = (row, column)
            places = ((r, c) for r in range(first[0], row + 1) for c in range(first[1], column + 1))
            self._covered.update(place for place in places if place != first)

    def _spend(self, cells: int) -> None:
        self._room -= cells
        if self._room < 0:
            raise SourceError(
                f"a sheet has more than {_MOST_CELLS:,} cells, as no report does",
                where=self._name,
                code=ErrorCode.FILE_TOO_LARGE,
                hint="keep only the sheets and cells of the report",
            )

    def _blocks(self) -> Iterator[list[int]]:
        """Rows that follow each other; hidden rows, and those a merged cell reaches over, part nothing."""
        bridged = self._sheet.hidden_rows | {row for row, _ in self._covered}
        block: list[int] = []
        for row in self._rows:
            if block and not all(between in bridged for between in range(block[-1] + 1, row)):
                yield block
                block = []
            block.append(row)
        if block:
            yield block

    def _block(self, rows: Sequence[int]) -> Iterator[str]:
        """The lines of a block: tables, and the rows between them that hold one text and are no part of one."""
        table: list[int] = []
        is_line = self._line_test(rows)
        for row in rows:
            if not is_line(row):
                table.append(row)
                continue
            yield from self._table(table)
            table = []
            (text,) = self._rows[row].values()
            yield from (line for part in text.split("\n") if (line := tidy(part)))
        yield from self._table(table)

    def _line_test(self, rows: Sequence[int]) -> Callable[[int], bool]:
        many = [row for row in rows if len(self._rows[row]) > 1]
        left, right = self._width(many)
        ruled = self._sheet.ruled if any(row in self._sheet.ruled for row in rows) else None

        def is_line(row: int) -> bool:
            if len(self._rows[row]) > 1:
                return False
            (column,) = self._rows[row]
            end = self._end(row, column)
            if left < right and column <= left and end >= right:
                return True
            if ruled is None:
                return not many or not many[0] < row < many[-1]
            return ruled.get(row, set()) <= set(range(column, end + 1))

        return is_line

    def _width(self, rows: Iterable[int]) -> tuple[int, int]:
        """The first and last column that the rows have texts in."""
        places = [(row, column) for row in rows for column in self._rows[row]]
        return min((column for _, column in places), default=0), max((self._end(*place) for place in places), default=0)

    def _table(self, rows: Sequence[int]) -> list[str]:
        left, right = self._width(rows)
        return table_lines([self._cells(row, left, right) for row in rows]) if rows else []

    def _cells(self, row: int, left: int, right: int) -> list[Cell]:
        texts = self._rows[row]
        columns = range(left, right + 1)
        self._spend(len(columns))
        return [
            Cell(column, self._end(row, column) + 1, tuple(texts.get(column, "").split("\n")))
            for column in columns
            if (row, column) not in self._covered and column not in self._sheet.hidden_columns
        ]

    def _end(self, row: int, column: int) -> int:
        return self._ends.get((row, column), (row, column))[1]
