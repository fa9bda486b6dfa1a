"""Ruled tables of a page: from drawn lines to rows of cells; lines that enclose no cells are decoration.

A cell is what walls enclose, found on the grid of all rulings: where no ruling parts two boxes they are one (merged)
cell. The outer wall is taken for granted, because a page break leaves the last row open and many tables have no sides.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from loaders.file_formats.canonical import Cell, table_lines
from loaders.file_formats.page import Glyph, Page, Stroke
from loaders.file_formats.page_text import cell_lines
from loaders.file_formats.recognised import least

# Points. A rectangle thinner than this is a drawn line; coordinates nearer than the other are one ruling.
THIN = 2.5
_SNAP = 3.0
# Share of a box's side that a ruling covers to be its wall.
_WALL = 0.5
# The largest table of a report fills a page with a hundred rows of thirty cells; squared paper is no table.
_MOST_BOXES = 10_000
_MOST_CROSSINGS = 1_000_000


class Ruling(NamedTuple):
    """A horizontal or vertical line: where it lies, and from where to where it runs."""

    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Table:
    """A table's place on its page, and its canonical lines."""

    top: float
    bottom: float
    lines: list[str]


@dataclass(frozen=True, slots=True)
class _Grid:
    xs: list[float]
    ys: list[float]
    across: list[Ruling]
    down: list[Ruling]

    def holds(self, glyph: Glyph) -> bool:
        return self.xs[0] <= glyph.x <= self.xs[-1] and self.ys[0] <= glyph.y <= self.ys[-1]


def tables_of(page: Page) -> tuple[list[Table], list[Glyph]]:
    """The page's ruled tables from top to bottom, and the glyphs that stand in none of them."""
    across, down = _rulings(page.strokes)
    tables, free = [], list(page.glyphs)
    for grid in sorted(_grids(across, down), key=lambda grid: grid.ys[0]):
        inside = [glyph for glyph in free if grid.holds(glyph)]
        rows = _rows(grid, inside)
        if max(map(len, rows), default=0) > 1:
            tables.append(Table(grid.ys[0], grid.ys[-1], table_lines(rows)))
            free = [glyph for glyph in free if not grid.holds(glyph)]
    return tables, free


def _rulings(strokes: Iterable[Stroke]) -> tuple[list[Ruling], list[Ruling]]:
    across: list[Ruling] = []
    down: list[Ruling] = []
    for x0, top, x1, bottom in strokes:
        if bottom - top <= THIN and x1 - x0 > THIN:
            across.append(Ruling((top + bottom) / 2, x0, x1))
        elif x1 - x0 <= THIN and bottom - top > THIN:
            down.append(Ruling((x0 + x1) / 2, top, bottom))
    return _merged(across), _merged(down)


def _merged(rulings: Iterable[Ruling]) -> list[Ruling]:
    """Rulings on one line that touch or nearly touch, as one: dashes, double lines, the sides of single cells."""
    ordered = sorted(rulings)
    result: list[Ruling] = []
    for line in _clusters(ordered):
        at = sum(ruling.at for ruling in line) / len(line)
        start, end = None, 0.0
        for ruling in sorted(line, key=lambda ruling: ruling.start):
            if start is None or ruling.start > end + _SNAP:
                if start is not None:
                    result.append(Ruling(at, start, end))
                start, end = ruling.start, ruling.end
            end = max(end, ruling.end)
        if start is not None:
            result.append(Ruling(at, start, end))
    return result


def _clusters(ordered: Sequence[Ruling]) -> Iterator[list[Ruling]]:
    cluster: list[Ruling] = []
    for ruling in ordered:
        if cluster and ruling.at - cluster[-1].at > _SNAP:
            yield cluster
            cluster = []
        cluster.append(ruling)
    if cluster:
        yield cluster


def _grids(across: list[Ruling], down: list[Ruling]) -> Iterator[_Grid]:
    """One grid for each set of rulings that hang together."""
    if len(across) * len(down) > _MOST_CROSSINGS:
        return
    parent = list(range(len(across) + len(down)))
    for i, row in enumerate(across):
        for j, column in enumerate(down, len(across)):
            if _touch(row, column):
                parent[_root(parent, i)] = _root(parent, j)
    groups: dict[int, tuple[list[Ruling], list[Ruling]]] = defaultdict(lambda: ([], []))
    for index, ruling in enumerate(across + down):
        groups[_root(parent, index)][0 if index < len(across) else 1].append(ruling)
    for rows, columns in groups.values():
        if rows and columns:
            xs = _coordinates([r.at for r in columns], [r.start for r in rows] + [r.end for r in rows])
            ys = _coordinates([r.at for r in rows], [r.start for r in columns] + [r.end for r in columns])
            if len(xs) * len(ys) <= _MOST_BOXES:
                yield _Grid(xs, ys, rows, columns)


def _touch(row: Ruling, column: Ruling) -> bool:
    return row.start - _SNAP <= column.at <= row.end + _SNAP and column.start - _SNAP <= row.at <= column.end + _SNAP


def _root(parent: list[int], index: int) -> int:
    while parent[index] != index:
        parent[index] = parent[parent[index]]
        index = parent[index]
    return index


def _coordinates(lines: Sequence[float], ends: Sequence[float]) -> list[float]:
    """The grid's coordinates: one for each ruling, and the outermost ends where no ruling closes the side."""
    result: list[float] = []
    for at in sorted({*lines, min(ends), max(ends)}):
        if not result or at - result[-1] > _SNAP:
            result.append(at)
    return result


def _rows(grid: _Grid, glyphs: Iterable[Glyph]) -> list[list[Cell]]:
    columns, height = len(grid.xs) - 1, len(grid.ys) - 1
    parent = _joined_boxes(grid, columns, height)
    boxes: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for box in range(columns * height):
        boxes[_root(parent, box)].append(divmod(box, columns))
    texts: dict[int, list[Glyph]] = defaultdict(list)
    for glyph in glyphs:
        row = min(bisect_right(grid.ys, glyph.y) - 1, height - 1)
        column = min(bisect_right(grid.xs, glyph.x) - 1, columns - 1)
        texts[_root(parent, row * columns + column)].append(glyph)
    rows: list[list[Cell]] = [[] for _ in range(height)]
    for root, places in boxes.items():
        left, right = min(column for _, column in places), max(column for _, column in places) + 1
        certainty = least(glyph.certainty for glyph in texts[root])
        rows[min(row for row, _ in places)].append(Cell(left, right, cell_lines(texts[root]), certainty))
    return [sorted(row, key=lambda cell: cell.left) for row in rows]


def _joined_boxes(grid: _Grid, columns: int, height: int) -> list[int]:
    """The boxes of the grid, each joined with the neighbours that no wall parts it from."""
    parent = list(range(columns * height))
    for row in range(height):
        top, bottom = grid.ys[row], grid.ys[row + 1]
        for column in range(columns):
            left, right = grid.xs[column], grid.xs[column + 1]
            box = row * columns + column
            if column + 1 < columns and not _is_wall(grid.down, right, top, bottom):
                parent[_root(parent, box)] = _root(parent, box + 1)
            if row + 1 < height and not _is_wall(grid.across, bottom, left, right):
                parent[_root(parent, box)] = _root(parent, box + columns)
    return parent


def _is_wall(rulings: Iterable[Ruling], at: float, start: float, end: float) -> bool:
    covered = sum(
        min(end, ruling.end) - max(start, ruling.start)
        for ruling in rulings
        if abs(ruling.at - at) <= _SNAP and ruling.start < end and ruling.end > start
    )
    return covered >= _WALL * (end - start)
