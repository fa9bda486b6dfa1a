"""Disturbances that part figures from what says whose they are: rows, columns and words in places of their own.

Each entry of `DISPLACEMENTS` is a `Disturbance` like any other; nothing is lost, but what is printed stands elsewhere.
"""

from collections.abc import Callable
from dataclasses import replace
from random import Random

from loaders.forms import FORMS
from loaders.tables.plan import label_key
from tests.loaders.tables.disturbances import Disturbance, Sheet, Table, each_cell, each_table
from tests.strategies import Line

_COLUMNS = {
    label_key(column.label.zh)
    for form in FORMS
    for edition in form.editions
    for block in edition.blocks
    for column in block.columns
    if column.id
}
_MATRICES = ("E2", "E3")
_STRIP_ROWS = 3


def _rows(lines: tuple[Line, ...]) -> list[int]:
    return [place for place, line in enumerate(lines) if line.labels and line.cells]


def _columns(line: Line) -> list[int]:
    """The places in a header at which its columns are named."""
    named = [place for place, label in enumerate(line.labels) if label_key(label) in _COLUMNS]
    return named if not line.cells and len(named) > 1 else []


def _reordered(table: Table, order: Callable[[int], list[int]]) -> Table:
    """The table with the columns of each header, and the cells below it, in another order."""
    lines: list[Line] = []
    places: list[int] = []
    for line in table.lines:
        if named := _columns(line):
            rows = _STRIP_ROWS if len({line.labels[place] for place in named}) < len(named) else 1
            size = len(named) // rows
            single = order(size)
            places = [row * size + place for row in range(rows) for place in single]
            labels = list(line.labels)
            for place, source in zip(named, places, strict=True):
                labels[place] = line.labels[named[source]]
            lines.append(Line(tuple(labels), ()))
        elif len(line.cells) == len(places):
            lines.append(Line(line.labels, tuple(line.cells[place] for place in places)))
        else:
            lines.append(line)
    return replace(table, lines=tuple(lines))


def total_first(sheet: Sheet, _rng: Random) -> Sheet:
    return each_table(sheet, lambda table: _reordered(table, lambda size: [size - 1, *range(size - 1)]))


def columns_swapped(sheet: Sheet, rng: Random) -> Sheet:
    def swapped(size: int) -> list[int]:
        places, first = list(range(size)), rng.randrange(size - 1)
        places[first], places[first + 1] = places[first + 1], places[first]
        return places

    return each_table(sheet, lambda table: _reordered(table, swapped))


def columns_shuffled(sheet: Sheet, rng: Random) -> Sheet:
    return each_table(sheet, lambda table: _reordered(table, lambda size: rng.sample(range(size), size)))


def labels_first(sheet: Sheet, rng: Random) -> Sheet:
    """Two or three labels of each table in a row, and then their cells."""

    def parted(table: Table) -> Table:
        rows, count = _rows(table.lines), rng.choice((2, 2, 3))
        starts = [row for row in rows if set(range(row, row + count)) <= set(rows)]
        if not starts:
            return table
        start = rng.choice(starts)
        some = table.lines[start : start + count]
        apart = (*(Line(line.labels, ()) for line in some), *(Line((), line.cells) for line in some))
        return replace(table, lines=(*table.lines[:start], *apart, *table.lines[start + count :]))

    return each_table(sheet, parted)


def one_of_two_rows_lost(sheet: Sheet, rng: Random) -> Sheet:
    """Two labels, and then the cells of one of them."""

    def parted(table: Table) -> Table:
        rows = _rows(table.lines)
        starts = [row for row in rows if row + 1 in rows]
        if not starts:
            return table
        start = rng.choice(starts)
        first, second = table.lines[start : start + 2]
        kept = rng.choice((first, second))
        apart = (Line(first.labels, ()), Line(second.labels, ()), Line((), kept.cells))
        return replace(table, lines=(*table.lines[:start], *apart, *table.lines[start + 2 :]))

    return each_table(sheet, parted)


def labels_below(sheet: Sheet, _rng: Random) -> Sheet:
    def turned(table: Table) -> Table:
        lines: list[Line] = []
        for line in table.lines:
            lines += [Line((), line.cells), Line(line.labels, ())] if line.labels and line.cells else [line]
        return replace(table, lines=tuple(lines))

    return each_table(sheet, turned)


def rows_shuffled(sheet: Sheet, rng: Random) -> Sheet:
    def shuffled(table: Table) -> Table:
        rows, lines = _rows(table.lines), list(table.lines)
        for place, source in zip(rows, rng.sample(rows, len(rows)), strict=True):
            lines[place] = table.lines[source]
        return replace(table, lines=tuple(lines))

    return each_table(sheet, shuffled)


def rows_of_its_own(sheet: Sheet, rng: Random) -> Sheet:
    def longer(table: Table) -> Table:
        rows = _rows(table.lines)
        if not rows:
            return table
        place = rng.choice(rows)
        cells = tuple(str(rng.randint(1, 99)) for _ in table.lines[place].cells)
        own = Line((rng.choice(("9.其他情形说明", "上年同期", "附加项目")),), cells)
        return replace(table, lines=(*table.lines[:place], own, *table.lines[place:]))

    return each_table(sheet, longer)


def _some_cells(change: Callable[[str, Random], str], rng: Random, sheet: Sheet) -> Sheet:
    return each_cell(sheet, lambda _, text: change(text, rng) if rng.random() < 0.05 else text)


def no_whole_numbers(sheet: Sheet, rng: Random) -> Sheet:
    """Figures glued to something, broken, or noted: none of these cells says a number any more."""
    broken = (
        ".{}82",
        "{}.3110\ufffd82",
        "{}e5",
        "0x{}",
        "{}①",
        "{}[1]",
        "{}%",
        "{}/3",
        "约{}",
        "{}余",
        "{}.{}.1",
        "A{}",
    )
    changed = _some_cells(lambda text, rng: rng.choice(broken).replace("{}", text), rng, sheet)
    values = {path: value if changed.texts[path] == sheet.texts[path] else None for path, value in sheet.values.items()}
    return replace(changed, values=values)


def words_on_the_next_line(sheet: Sheet, rng: Random) -> Sheet:
    behind = ("\n、", "\n元旦", "\n(含\n3件)", "\n件数", "\n(四)无\n法统计", " 2021年", "\n2021年12月31日")
    return _some_cells(lambda text, rng: text + rng.choice(behind), rng, sheet)


def boundless(sheet: Sheet, rng: Random) -> Sheet:
    """Cells with more digits than any figure has."""
    changed = _some_cells(lambda _, rng: "9" * rng.choice((16, 30, 400, 4_400)), rng, sheet)
    values = {path: value if changed.texts[path] == sheet.texts[path] else None for path, value in sheet.values.items()}
    return replace(changed, values=values)


DISPLACEMENTS: tuple[Disturbance, ...] = (
    Disturbance("total first", total_first, editions=("E3",)),
    Disturbance("columns swapped", columns_swapped, editions=_MATRICES),
    Disturbance("columns shuffled", columns_shuffled, editions=("E2",)),
    Disturbance("labels first", labels_first, editions=_MATRICES),
    Disturbance("one of two rows lost", one_of_two_rows_lost, editions=("E3",)),
    Disturbance("labels below", labels_below, editions=("E1", "E2", "E3")),
    Disturbance("rows shuffled", rows_shuffled, editions=("E3",)),
    Disturbance("rows of its own", rows_of_its_own, editions=("E2",)),
    Disturbance("no whole numbers", no_whole_numbers, editions=("E3",)),
    Disturbance("words on the next line", words_on_the_next_line, editions=("E2",)),
    Disturbance("boundless", boundless, editions=("E3",)),
)
