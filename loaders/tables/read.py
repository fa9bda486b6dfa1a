"""One folded text and the declared forms to the cells of every official table in it.

A form is read where its labels stand closest together; the edition is the one whose labels fit best. Each declared
cell of an edition found gets exactly one `CellValue`; a figure is given only where its place is certain or proved.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from loaders.document import CellStatus, CellValue, TableSpan
from loaders.forms import Form, Kind
from loaders.tables.align import Aligned, align
from loaders.tables.balance import Balance, Reading
from loaders.tables.cells import EDGES, Token, TokenKind, value_of
from loaders.tables.decided import credible, decided, settled
from loaders.tables.detached import with_detached
from loaders.tables.displaced import displaced_in
from loaders.tables.hits import Haystack
from loaders.tables.layouts import Run, mask
from loaders.tables.nameless import readable_blocks
from loaders.tables.order import orders_of
from loaders.tables.plan import Plan, Record, reordered
from loaders.tables.readings import Origin, Readings, doubted, readings_of
from loaders.tables.solve import Solved, solve
from loaders.tables.stretches import TableStretch, most_cells, reread, stretches_of
from loaders.tables.strips import strip_run
from loaders.text.simplified import simplified

# Share of the rows with figures whose total is filled in, from which one without is suspect; where many leave it blank
# none is, else true rows are lost (golden: 002, shanghai-bangongting-2019)
_SUMMED = 0.7
# Share of the rows that may have less digits than cells for digits of others to be cut: a figure may get lost, but
# where blanks vanish 5021803 is no seven cells (test: test_digits_are_not_cut_where_blank_cells_have_vanished)
_SHORT = 0.1
_NOTE = re.compile(r"\(.*\)", re.DOTALL)  # what a cell says about its figure
_FEW = 5  # rows from which a table can be told to have lost its separators
_HEADER_WORDS = 12  # letters between two labels of one header: what is left of a torn one


@dataclass(frozen=True, slots=True)
class FormRead:
    """One form as read: the edition it follows, where it stands, its cells in printed order."""

    form: str
    edition: str
    layout: str
    span: TableSpan
    cells: tuple[CellValue, ...]
    fit: float


def read_tables(folded: str, forms: Sequence[Form], *, raw: str | None = None) -> tuple[FormRead, ...]:
    """Every official table of the text, one for each form that is found, in the order of `forms`.

    `raw` is what the cells quote, the folded text itself where none is given.
    """
    masked = mask(simplified(folded))
    stretches = stretches_of(masked, forms)
    glued = any(_is_glued(stretch) for stretch in stretches)
    tables = _apart([_ordered(masked, stretch, glued=glued) for stretch in stretches])
    return tuple(_quoting(folded if raw is None else raw, table) for table in tables)


def _quoting(raw: str, table: FormRead) -> FormRead:
    """The table, each cell with its text to the letter."""
    return replace(table, cells=tuple(cell if cell.text is None else _quoted(raw, cell) for cell in table.cells))


def _quoted(raw: str, cell: CellValue) -> CellValue:
    text = raw[cell.start : cell.end]
    return cell if text == cell.text else replace(cell, text=text)


def _apart(tables: Sequence[FormRead]) -> tuple[FormRead, ...]:
    """The tables, none beginning before the end of the one above it: its last row may look like a header."""
    ends = [table.span.end for table in tables]
    return tuple(
        replace(table, span=replace(table.span, start=max([table.span.start, *inside])))
        for table in tables
        for inside in [[end for end in ends if table.span.start < end < table.span.end]]
    )


def _ordered(masked: str, stretch: TableStretch, *, glued: bool) -> FormRead:
    """The table, its rows and columns where labels and header say or the sums prove."""
    table = _read(masked, stretch, glued=glued)
    for displaced in displaced_in(masked, stretch):
        ways = [_read(masked, way, glued=glued).cells for way in displaced.ways]
        table = replace(table, cells=settled(stretch.plan, displaced, table.cells, ways))
    for order in orders_of(masked, stretch):
        if order.disagrees:
            plans = [reordered(stretch.plan, order.block, *printed) for printed in order.orders]
            others = [
                _read(masked, reread(masked, Haystack(masked), stretch, plan), glued=glued).cells for plan in plans
            ]
            cells = decided(stretch.plan, order, table.cells, others)
        else:
            cells = table.cells if order.agrees else credible(stretch.plan, order.block, table.cells)
        table = replace(table, cells=cells)
    return table


def _read(masked: str, stretch: TableStretch, *, glued: bool) -> FormRead:
    plan = stretch.plan
    aligned = {item.record: item for item in _aligned(masked, stretch)}
    readings = {
        index: readings_of(plan.records[index], item, counts_blanks=stretch.layout.counts_blanks, glued=glued)
        for index, item in aligned.items()
    }
    readings = dict(_uncut(stretch, aligned, readings))
    solved = solve(dict(_checked(plan, aligned, readings)), plan.crossings)
    cells = tuple(
        cell
        for index, record in enumerate(plan.records)
        if record.printed or index in aligned
        for cell in (
            _cells(masked, record, solved[index], aligned[index].run)
            if index in aligned
            else map(_missing, record.paths)
        )
    )
    span = _span(masked, stretch, [item.run for item in aligned.values()])
    return FormRead(plan.form.id, plan.edition.id, stretch.layout.id, span, cells, stretch.fit)


def _checked(plan: Plan, aligned: dict[int, Aligned], readings: dict[int, Readings]) -> Iterator[tuple[int, Readings]]:
    """The readings, without trust in a row that may have shifted.

    It may if it lacks its total where other rows have theirs; or if its sum does not hold, and it was put together from
    parts or figures too many for it follow.
    """
    filled = {
        index for index, item in readings.items() if item.origin is Origin.PRINTED and any(_figures(item.options))
    }
    summed = sum(readings[index].verdict is not Balance.SILENT for index in filled)
    usual = summed >= _SUMMED * len(filled)
    for index, item in readings.items():
        shifted = (item.verdict is Balance.SILENT and usual) or (
            item.verdict is not Balance.HOLDS and (aligned[index].more or aligned[index].run.mended)
        )
        doubt = index in filled and shifted and plan.records[index].sums
        yield index, doubted(plan.records[index], item) if doubt else item


def _uncut(
    stretch: TableStretch, aligned: dict[int, Aligned], readings: dict[int, Readings]
) -> Iterator[tuple[int, Readings]]:
    """The readings, without cuts of glued digits where the table shows that they may be fewer or more cells.

    Fewer if empty cells have vanished from other rows; more if the next row has lost its label and follows.
    """
    records = stretch.plan.records
    short = sum(0 < most_cells(item.run) < len(records[index].paths) for index, item in aligned.items())
    for index, item in readings.items():
        record = records[index]
        cut = item.origin is Origin.CUT and len(aligned[index].run.cells) < len(record.paths)
        sure = short <= _SHORT * len(aligned) if record.sums else not short and _ends_at_a_label(stretch, record)
        yield index, Readings((), Origin.CUT) if cut and not sure else item


def _ends_at_a_label(stretch: TableStretch, record: Record) -> bool:
    """Whether the row behind a record has its label, or none follows in its block."""
    following = (record.block, record.row + 1)
    return following not in stretch.plan.by_row or any(following in hit.rows for hit in stretch.hits)


def _figures(options: tuple[Reading, ...]) -> Iterator[bool]:
    return (token is not None and token.number is not None for option in options for token in option)


def _aligned(masked: str, stretch: TableStretch) -> Iterator[Aligned]:
    """The records that have cells; a block whose columns nothing names is left out if editions differ there."""
    plan = stretch.plan
    for index, record in enumerate(plan.records):
        if record.strip and (run := strip_run(plan, record.block, stretch.runs, stretch.hits)):
            yield Aligned(index, run, (0, 0) if _whole_strip(masked, stretch, run, len(record.paths)) else None)
    if plan.by_row:
        rows = align(masked, plan, stretch.layout, stretch.hits, stretch.runs)
        rows = with_detached(plan, rows, stretch.runs)
        readable = readable_blocks(masked, plan, stretch.hits, stretch.headed, rows)
        yield from (item for item in rows if plan.records[item.record].block in readable)


def _whole_strip(masked: str, stretch: TableStretch, run: Run, size: int) -> bool:
    """Whether a strip has as many cells as it should, none of them the header's."""
    # All of a strip may be printed, blanks in front included (golden: shanghai-bangongting-2019)
    line = masked[masked.rfind("\n", 0, run.start) + 1 : run.start]
    separator = stretch.layout.separator
    return len(run.cells) == size and (
        run.cells[0].kind is not TokenKind.BLANK or (separator != "" and separator not in line)
    )


def _span(masked: str, stretch: TableStretch, runs: list[Run]) -> TableSpan:
    """From the first label of the header above the first run to the end of the last run.

    A header prints a label once, those of its columns excepted: one that stands again before it is the heading's.
    """
    first = min((run.start for run in runs), default=stretch.hits[0].start)
    start = first
    seen: set[str] = set()
    for hit in reversed([hit for hit in stretch.hits if hit.start < first]):
        apart = sum(map(str.isalpha, masked[hit.end : start])) > _HEADER_WORDS
        if (apart and start < first) or hit.spelling.wording in seen:
            break
        start = hit.start
        if not hit.spelling.columns:
            seen.add(hit.spelling.wording)
    return TableSpan(stretch.plan.form.id, start, max((run.end for run in runs), default=stretch.hits[-1].end))


def _is_glued(stretch: TableStretch) -> bool:
    """Whether the table has lost its separators and no cell.

    Then pieces appear that cannot be one number, every row has at least a digit a cell, and few rows have all pieces.
    """
    if stretch.layout.counts_blanks:
        return False
    plan = stretch.plan
    sized = [
        (run, len(plan.records[plan.by_row[run.hit.rows[0]]].paths))
        for run in stretch.runs
        if run.hit and run.hit.rows and run.hit.rows[0] in plan.by_row
    ]
    rows = [(run, size) for run, size in sized if size > 1]
    torn = sum(any(cell.text[:1] == "0" and cell.text[1:2].isdigit() for cell in run.cells) for run, _ in rows)
    complete = sum(most_cells(run) >= size for run, size in rows)
    parted = sum(len(run.cells) >= size for run, size in rows)
    return torn * 5 >= len(rows) > _FEW and complete * 10 >= len(rows) * 9 and parted * 4 < len(rows)


def _missing(path: str) -> CellValue:
    return CellValue(path, None, None, None, None, CellStatus.MISSING)


def _cells(masked: str, record: Record, solved: Solved, run: Run) -> Iterator[CellValue]:
    """One value for each cell of a record: where all readings agree and are believed, what they say."""
    readings = solved.readings
    start, end = _printed(masked, run)
    for position, (path, kind, unit) in enumerate(zip(record.paths, record.kinds, record.units, strict=True)):
        tokens = [option[position] for option in readings.options]
        if position in solved.believed and _agree(tokens):
            yield _cell(path, tokens[0], kind, unit, readings)
        elif tokens and not any(tokens):
            yield _missing(path)
        else:
            yield CellValue(path, None, masked[start:end], start, end, CellStatus.AMBIGUOUS)


def _printed(masked: str, run: Run) -> tuple[int, int]:
    """Where the cells of a run stand, without the blanks around them."""
    text = masked[run.start : run.end]
    start = run.start + len(text) - len(text.lstrip(EDGES))
    return start, max(start, run.start + len(text.rstrip(EDGES)))


def _agree(tokens: list[Token | None]) -> bool:
    if len(tokens) == 1:
        return True
    return len({(token.kind, token.number, token.unit) if token else None for token in tokens}) == 1


_STATUS = {
    TokenKind.BLANK: CellStatus.BLANK,
    TokenKind.NOT_APPLICABLE: CellStatus.NOT_APPLICABLE,
    TokenKind.TEXT: CellStatus.TEXT,
}


def _cell(path: str, token: Token | None, kind: Kind, unit: str | None, readings: Readings) -> CellValue:
    if token is None:
        return _missing(path)
    value = value_of(token, kind=kind, unit=unit)
    status = _STATUS.get(token.kind, CellStatus.TEXT if value is None else CellStatus.REPORTED)
    rules: tuple[str, ...] = ()
    if status is CellStatus.REPORTED and readings.origin is not Origin.PRINTED:
        status, rules = CellStatus.PLACED, readings.rules
    note = _NOTE.search(token.text) if value is not None else None
    return CellValue(path, value, token.text, token.start, token.end, status, rules, note[0] if note else None)
