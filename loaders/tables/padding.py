"""Blanks that are no cells: what a table writes beside spanned labels so that each of its rows is as wide.

Only a table as a whole tells them from cells printed empty; where its rows do not keep to one width, nothing is told.
"""

from collections import Counter
from dataclasses import dataclass

from loaders.tables.cells import TokenKind
from loaders.tables.hits import Hit
from loaders.tables.layouts import Cells, Layout, Run
from loaders.tables.plan import Plan, Record

_FEWEST = 3  # rows that must agree on the width of a table
# Share of the rows that must have it: half lets a table without one width pass for padded
# (test: test_of_a_table_without_one_width_nothing_is_known), all of them lets one miscounted row spoil it (golden: 002)
_REGULAR = 0.8
# Share of its rows with figures that must be filled from end to end; half is more than a true table has
# (golden: shanghai-bangongting-2019)
_SELF_EVIDENT = 0.2
# Times as many rows must speak for a way of filling as against it: rows beside two spanned labels are bare in a padded
# table, too (test: test_blanks_beside_spanned_labels_are_told_from_cells)
_CLEARLY = 3
_LEADING, _TRAILING = "leading", "trailing"


@dataclass(frozen=True, slots=True)
class _Row:
    """A row as it stands: its cells, how many its record has, and how many label cells are before them."""

    record: int
    cells: Cells
    size: int
    before: int
    deepest: int  # label cells that its record can have

    @property
    def bare(self) -> bool:
        """Whether it has as many cells as its record."""
        return len(self.cells) == self.size

    def filled(self, width: int) -> bool:
        """Whether it is as wide as the table, and its record's cells are fewer than its own."""
        return len(self.cells) > self.size and self.before + len(self.cells) == width

    @property
    def plain(self) -> bool:
        """Whether its filled cells reach exactly as far as those of its record: no padding can change it."""
        filled = [place for place, cell in enumerate(self.cells) if cell.kind is not TokenKind.BLANK]
        return bool(filled) and filled[-1] - filled[0] == self.size - 1

    def padded(self, *, leading: bool) -> bool:
        """Whether its blanks stand on that side, and the outermost of the other cells are filled."""
        cells = self.cells if leading else self.cells[::-1]
        room = len(cells) - self.size
        return is_blank(cells[:room]) and not is_blank(cells[room : room + 1]) and not is_blank(cells[-1:])


def is_blank(cells: Cells) -> bool:
    """Whether all cells are printed empty."""
    return all(cell.kind is TokenKind.BLANK for cell in cells)


def padding_of(
    masked: str, plan: Plan, layout: Layout, hits: list[Hit], placed: list[tuple[Run, int]]
) -> dict[int, tuple[int, int]]:
    """For each record the blanks before and behind its cells that are not its own, if they are known."""
    if not layout.counts_blanks or len(placed) < _FEWEST:
        return {}
    rows = [_row(masked, plan, layout, hits, run, record) for run, record in placed if not run.mended]
    if layout.firm:
        return _told(rows)
    return _unfirm(plan, rows)


def _unfirm(plan: Plan, rows: list[_Row]) -> dict[int, tuple[int, int]]:
    """Where cells are parted by empty lines nothing pads; where they are miscounted in one row, so they are in others.

    Then only rows whose sums tell a mistake are counted.
    """
    # A table whose rows without a sum cannot be trusted still has rows with one, and these are read (golden: 002)
    bare = [row for row in rows if row.bare]
    if len(bare) < _REGULAR * len(rows):
        return {}
    return {
        row.record: (0, 0)
        for row in bare
        if plan.records[row.record].sums or (len(bare) == len(rows) and not is_blank(row.cells[:1]))
    }


def _told(rows: list[_Row]) -> dict[int, tuple[int, int]]:
    return _unpadded(rows) or _beside_totals(rows) or _by_widths(rows)


def _unpadded(rows: list[_Row]) -> dict[int, tuple[int, int]]:
    """Where no row is padded nothing is: padding would make rows beside more labels shorter."""
    # (golden: xuwen-sifa)
    inner = rows[:-1]
    if all(row.bare for row in inner) and len({row.before for row in inner}) > 1:
        return {row.record: (0, 0) for row in rows if row.bare}
    return {}


def _beside_totals(rows: list[_Row]) -> dict[int, tuple[int, int]]:
    side = _side_of_totals(rows[:-1])
    return {
        row.record: (room, 0) if side == _LEADING else (0, room)
        for row in rows
        for room in [len(row.cells) - row.size]
        if side and room >= 0 and (is_blank(row.cells) or _is_total(row, side))
    }


def _by_widths(rows: list[_Row]) -> dict[int, tuple[int, int]]:
    inner = rows[:-1]  # what follows the table may look like cells of its last row
    plain = [row for row in inner if row.plain]
    width = _majority([row.before + len(row.cells) for row in plain])
    if width is None or sum(row.bare or row.filled(width) for row in inner) < _REGULAR * len(inner):
        return {}
    figured = [row for row in inner if not is_blank(row.cells)]
    if len(plain) < max(_SELF_EVIDENT * len(figured), min(len(figured), 2)):
        return {}
    filled = [row for row in rows if row.filled(width)]
    # a row that has lost a cell may look bare, but it is no wider than the table, and the blank that fills it ends it
    # (test: test_no_damage_makes_a_figure_false)
    bare = [
        row
        for row in rows
        if row.bare and (row.before + row.size > width or (row.before + row.size < width and row.plain))
    ]
    if _outvote(bare, filled):
        return {row.record: (0, 0) for row in rows if row.bare and row.before <= row.deepest}
    told = {row.record: (0, 0) for row in rows if row.bare and row.before + row.size == width}
    if _outvote(filled, bare):
        figured = [row for row in filled if not is_blank(row.cells)]
        leading, trailing = ([row for row in figured if row.padded(leading=side)] for side in (True, False))
        if len(leading) * _CLEARLY >= len(figured) * 2:
            told |= {row.record: (len(row.cells) - row.size, 0) for row in filled}
        elif len(trailing) * _CLEARLY >= len(figured) * 2:
            told |= {row.record: (0, len(row.cells) - row.size) for row in filled}
        else:
            return {}
    return told


def _side_of_totals(rows: list[_Row]) -> str:
    """The side on which a table is padded whose rows have figures in their last column only; empty if it has others.

    Rows beside more labels have fewer blanks to fill: their totals stand in one column as seen from one side only.
    """
    # (test: test_a_padded_table_with_nothing_but_totals_tells_its_padding)
    figured = [row for row in rows if not is_blank(row.cells)]
    widths = {row.before + len(row.cells) for row in rows}
    rooms = {len(row.cells) - row.size for row in figured}
    if len(figured) < _FEWEST or len(widths) > 1 or len(rooms) == 1 or min(rooms) < 0:
        return ""
    sides = (side for side in (_LEADING, _TRAILING) if all(_is_total(row, side) for row in figured))
    return next(sides, "")


def _is_total(row: _Row, side: str) -> bool:
    last = len(row.cells) - 1 if side == _LEADING else row.size - 1
    return [place for place, cell in enumerate(row.cells) if cell.kind is not TokenKind.BLANK] == [last]


def _outvote(some: list[_Row], others: list[_Row]) -> bool:
    return len(some) > 1 and len(some) >= _CLEARLY * len(others)


def _row(masked: str, plan: Plan, layout: Layout, hits: list[Hit], run: Run, record: int) -> _Row:  # noqa: PLR0913, PLR0917
    known = plan.records[record]
    before = _bars_before(masked, layout.separator, run) if layout.separator else _labels_before(known, hits, run)
    return _Row(record, run.cells, len(known.paths), before, 1 + known.depth)


def _bars_before(masked: str, separator: str, run: Run) -> int:
    """How many cells stand before a run on its line; too many to be right where another row follows on the line."""
    # A line end lost between two rows would make the second one as wide as both
    # (test: test_of_two_rows_on_one_line_nothing_is_known)
    start = masked.rfind("\n", 0, run.start) + 1
    end = masked.find("\n", run.end)
    before = masked.count(separator, start, run.start)
    behind = masked.count(separator, run.start, len(masked) if end < 0 else end)
    return before if behind <= len(run.cells) else before + behind


def _labels_before(record: Record, hits: list[Hit], run: Run) -> int:
    """How many label cells stand before a run: its own, and those of the groups right before it."""
    place = next((place for place, hit in enumerate(hits) if hit is run.hit), 0)
    count = 1
    while count <= place and hits[place - count].spelling.key in record.groups:
        count += 1
    return count


def _majority(values: list[int]) -> int | None:
    """The value that more than half of them have."""
    value, count = Counter(values).most_common(1)[0] if values else (0, 0)
    return value if count * 2 > len(values) else None
