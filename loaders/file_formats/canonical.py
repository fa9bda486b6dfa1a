"""Canonical text: the one shape every structured format is rendered to.

A paragraph is one line; a table row is one line, each cell followed by a bar: `cell | cell | cell |`. A cell printed
empty is nothing between two bars, so that blanks can be counted; a merged cell stands once, where it starts.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from loaders.file_formats.recognised import CELL_END, Certainty, SureLine

# Beyond this many characters a cell holds prose: the table only lays out the page.
PROSE_LENGTH = 200
# Rows with fewer cells head a table and do not tell where its values begin.
FEWEST_CELLS_OF_A_VALUE_ROW = 5

_CJK = r"\u2e80-\u303f\u3400-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\u2018-\u201d"
_WRAP = re.compile(rf"(?<=[{_CJK}])[^\S\n]*\n\s*(?=[{_CJK}])")
_NUMBER = re.compile(r"[-+]?[\d,.\uff10-\uff19]+")
_INVISIBLE = dict.fromkeys((*range(9), *range(14, 28), 0xAD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF))
# A bar inside a cell would part it in two; the folding of texts reads these five as bars.
_BARS = dict.fromkeys((0x7C, 0xA6, 0x2502, 0x2503, 0xFF5C), "/")
_TOLERANCE = 0.5
WIDE = re.compile(f"[{_CJK}]")


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell with its left and right edge on the table's grid, in columns or in points, and its lines of text."""

    left: float
    right: float
    lines: tuple[str, ...]
    certainty: Certainty | None = None

    @property
    def text(self) -> str:
        """The lines in one; a column of single characters is a word written downwards."""
        parts = [part for line in self.lines if (part := tidy(line))]
        downwards = len(parts) > 1 and all(len(part) == 1 and WIDE.match(part) for part in parts)
        return ("" if downwards else " ").join(parts).translate(_BARS)


def tidy(text: str) -> str:
    """The text without invisible characters, its blanks folded to single spaces, source line ends in Chinese gone."""
    text = text.translate(_INVISIBLE)
    if "\n" in text:
        text = _WRAP.sub("", text)
    return " ".join(text.split())


def canonical(lines: Iterable[str]) -> str:
    """The lines that are not empty, each with its line end."""
    return "".join(f"{line}\n" for line in lines if line.strip())


def row_line(texts: Iterable[str]) -> str:
    """One row: each cell followed by a bar.

    >>> row_line(["规章", "", "0"])
    '规章 |  | 0 |'
    """
    return "".join(f"{text}{CELL_END}" for text in texts)[:-1]


def table_lines(rows: Sequence[Sequence[Cell]]) -> list[str]:
    """The rows as canonical lines; a table of one column, and a row of prose, as the lines in its cells."""
    rows = [row for row in rows if row]
    if all(len(row) == 1 for row in rows):
        return [line for row in rows for line in _prose(row)]
    rows = _without_blanks_of_the_stub(rows)
    return [line for row in rows for line in (_prose(row) if _is_prose(row) else [_row(row)])]


def _row(row: Sequence[Cell]) -> str:
    return SureLine.of(row_line(cell.text for cell in row), (cell.certainty for cell in row))


def placed(rows: Iterable[Iterable[tuple[int, int, tuple[str, ...]]]]) -> list[list[Cell]]:
    """Cells given as (column span, row span, lines) put on the grid the way browsers do."""
    taken: dict[int, int] = {}
    result = []
    for row in rows:
        cells, column = [], 0
        still_taken = {place: left - 1 for place, left in taken.items() if left > 1}
        for wide, high, lines in row:
            while taken.get(column, 0) > 0:
                column += 1
            cells.append(Cell(column, column + wide, lines))
            still_taken.update(dict.fromkeys(range(column, column + wide), high - 1))
            column += wide
        taken = {place: left for place, left in still_taken.items() if left > 0}
        result.append(cells)
    return result


def _prose(row: Sequence[Cell]) -> list[str]:
    return [SureLine.of(text, (cell.certainty,)) for cell in row for line in cell.lines if (text := tidy(line))]


def _is_prose(row: Sequence[Cell]) -> bool:
    texts = [cell.text for cell in row]
    return max(map(len, texts)) > PROSE_LENGTH and not any(_NUMBER.fullmatch(text) for text in texts)


def _without_blanks_of_the_stub(rows: Sequence[Sequence[Cell]]) -> Sequence[Sequence[Cell]]:
    """The rows without the empty cells among the labels.

    Where one row's label spans three columns, another row may have its label in the first and leave the others
    empty; in the line of text such a blank would look like a value.
    """
    left = min(row[0].left for row in rows)
    full = [row for row in rows if row[0].left - left < _TOLERANCE and len(row) >= FEWEST_CELLS_OF_A_VALUE_ROW]
    if not full:
        return rows
    model = max(full, key=lambda row: row[0].right)
    edge, values = model[0].right, len(model) - 1
    starts = {round(cell.left) for row in rows for cell in row if cell.left < edge - _TOLERANCE}
    if len(starts) == 1:
        return rows
    return [_trimmed(row, edge, values) for row in rows]


def _trimmed(row: Sequence[Cell], edge: float, values: int) -> Sequence[Cell]:
    stub = [cell for cell in row if cell.right < edge + _TOLERANCE]
    labels = [cell for cell in stub if cell.text]
    if len(row) - len(stub) != values or not labels:
        return row
    return [*labels, *row[len(stub) :]]
