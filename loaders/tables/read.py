"""One folded text and the declared forms to the cells of every official table in it.

A form is read where its labels stand closest together; the edition is the one whose labels fit best. Each declared
cell of an edition found gets exactly one `CellValue`; a figure is given only where its place is certain or proved.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from loaders.document import Amount, CellStatus, CellValue, Number, TableSpan
from loaders.forms import Edition, Equation, Form, Shape, cell_path
from loaders.tables.align import Aligned, Line, align, lines_of, strip_run
from loaders.tables.cells import Token, TokenKind, value_of
from loaders.tables.hits import COLUMN, ROW, Hit, finder_for
from loaders.tables.layouts import Layout, Run, layout_for, mask
from loaders.tables.readings import Readings, Sum, readings_of
from loaders.tables.solve import Place, solve

_WORDS_APART = 80  # letters between two labels of one table: torn labels and notes, but no prose
_APART = 2_000  # characters of any kind between them
_HEADER_WORDS = 12  # letters between two labels of one header: what is left of a torn one
_FEWEST_ROWS = 0.3  # share of the rows that must have cells, else it is prose that names them
_FEWEST_LABELS = 0.4


@dataclass(frozen=True, slots=True)
class FormRead:
    """One form as read: the edition it follows, where it stands, its cells in printed order."""

    form: str
    edition: str
    layout: str
    span: TableSpan
    cells: tuple[CellValue, ...]
    fit: float


@dataclass(frozen=True, slots=True)
class _Region:
    """A stretch of text in which an edition's labels stand close together."""

    form: Form
    edition: Edition
    hits: list[Hit]
    layout: Layout
    runs: list[Run]
    fit: float


@dataclass(frozen=True, slots=True)
class _Row:
    """Cells of the form that are printed as one run: their paths, and the columns' kinds."""

    lines: tuple[Line, ...]
    paths: tuple[str, ...]


def read_tables(folded: str, forms: Sequence[Form]) -> tuple[FormRead, ...]:
    """Every official table of the text, one for each form that is found, in the order of `forms`."""
    masked = mask(folded)
    regions = [region for form in forms if (region := _best_region(masked, form)) is not None]
    glued = any(_is_glued(region) for region in regions)
    return tuple(_read(masked, region, glued=glued) for region in regions)


def _best_region(masked: str, form: Form) -> _Region | None:
    found = [region for edition in form.editions for region in _regions(masked, form, edition)]
    # of editions that fit alike, the newest: where they differ, the labels have told
    return max(reversed(found), key=lambda region: region.fit, default=None)


def _regions(masked: str, form: Form, edition: Edition) -> Iterator[_Region]:
    hits = finder_for(edition).find(masked)
    for cluster in _clusters(masked, hits):
        names = {key for hit in cluster for key in hit.keys if key[0] in (ROW, COLUMN)}
        labels = sum(row.printed for block in edition.blocks for row in block.rows) + sum(
            len(block.columns) for block in edition.blocks if block.columns[0].id
        )
        if len(names) < _FEWEST_LABELS * labels:
            continue
        start = cluster[0].start
        end = _end_of_cells(masked, cluster[-1].end)
        layout = layout_for(masked[start:end])
        runs = layout.runs(masked, cluster, end)
        if not _has_cells(edition, runs):
            continue
        yield _Region(form, edition, cluster, layout, runs, len(names) / labels)


def _clusters(masked: str, hits: list[Hit]) -> Iterator[list[Hit]]:
    cluster: list[Hit] = []
    for hit in hits:
        if cluster and not _together(masked, cluster[-1].end, hit.start):
            yield cluster
            cluster = []
        cluster.append(hit)
    if cluster:
        yield cluster


def _together(masked: str, end: int, start: int) -> bool:
    if start - end <= _WORDS_APART:
        return True
    return start - end <= _APART and sum(map(str.isalpha, masked[end:start])) <= _WORDS_APART


_NO_CELL = re.compile(r"[^\W\d_]{3,}")  # a unit has two letters at most


def _end_of_cells(masked: str, end: int) -> int:
    """Where the cells behind the last label end: at the next words."""
    words = _NO_CELL.search(masked, end)
    return words.start() if words else len(masked)


def _has_cells(edition: Edition, runs: list[Run]) -> bool:
    if edition.blocks[0].shape is Shape.STRIP:
        block = edition.blocks[0]
        return any(_figures(run) >= len(block.columns) for run in runs)
    rows = {key for run in runs if run.hit for key in run.hit.rows()}
    return len(rows) >= _FEWEST_ROWS * len(lines_of(edition))


def _figures(run: Run) -> int:
    """How many cells a run can have at most: digits without separators may be a cell each."""
    return max(len(run.cells), sum(len(cell.text) for cell in run.cells))


def _read(masked: str, region: _Region, *, glued: bool) -> FormRead:
    rows, readings, aligned = _readings(region, glued=glued)
    places: dict[str, Place] = {
        path: (index, position) for index, row in enumerate(rows) for position, path in enumerate(row.paths)
    }
    solved = solve(readings, places, _across(region.edition, region.form.id, rows))
    cells = {
        cell.path: cell
        for row, result, run in zip(rows, solved, aligned, strict=True)
        for cell in _cells(masked, row, result, run)
    }
    return FormRead(
        form=region.form.id,
        edition=region.edition.id,
        layout=region.layout.id,
        span=_span(masked, region, aligned),
        cells=tuple(cells.get(path) or _missing(path) for path in _printed_paths(region, cells)),
        fit=region.fit,
    )


def _span(masked: str, region: _Region, runs: list[Run]) -> TableSpan:
    """From the first label of the header above the first run to the end of the last run."""
    first = min((run.start for run in runs), default=region.hits[0].start)
    start = first
    for hit in reversed([hit for hit in region.hits if hit.start < first]):
        if sum(map(str.isalpha, masked[hit.end : start])) > _HEADER_WORDS and start < first:
            break
        start = hit.start
    return TableSpan(region.form.id, start, max((run.end for run in runs), default=region.hits[-1].end))


def _printed_paths(region: _Region, found: dict[str, CellValue]) -> list[str]:
    return [
        path
        for line in lines_of(region.edition)
        for column in line.columns
        if (path := cell_path(region.form.id, line.row, column)) in found or line.row.printed
    ]


def _missing(path: str) -> CellValue:
    return CellValue(path, None, None, None, None, CellStatus.MISSING)


def _readings(region: _Region, *, glued: bool) -> tuple[list[_Row], list[Readings], list[Run]]:
    """The rows that have a run, with all readings of each and the runs themselves."""
    rows, readings, runs = [], [], []
    for lines, run, fillers in _row_runs(region):
        row = _Row(
            lines, tuple(cell_path(region.form.id, line.row, column) for line in lines for column in line.columns)
        )
        kinds = [line.row.kind or column.kind for line in lines for column in line.columns]
        readings.append(
            readings_of(
                run.cells,
                kinds,
                _within(region.edition, region.form.id, row.paths),
                counts_blanks=region.layout.counts_blanks,
                fillers=fillers,
                glued=glued,
            )
        )
        rows.append(row)
        runs.append(run)
    return rows, readings, runs


def _row_runs(region: _Region) -> Iterator[tuple[tuple[Line, ...], Run, int | None]]:
    lines = lines_of(region.edition)
    for block_index, block in enumerate(region.edition.blocks):
        if block.shape is Shape.STRIP and (run := strip_run(block, region.runs, region.hits)):
            yield tuple(line for line in lines if line.block == block_index), run, None
    if any(block.shape is Shape.MATRIX for block in region.edition.blocks):
        aligned: list[Aligned] = align(region.edition, region.runs, region.hits, region.layout)
        for item in aligned:
            yield (item.line,), item.run, item.fillers


def _is_glued(region: _Region) -> bool:
    """Whether the table has lost its separators and no cell.

    Then pieces appear that cannot be one number, every row has at least a digit a cell, and few rows have all pieces.
    """
    if region.layout.counts_blanks:
        return False
    size = {line.key: len(line.columns) for line in lines_of(region.edition)}
    rows = [(run, size[key[1:]]) for run in region.runs if run.hit for key in run.hit.rows()[:1] if size[key[1:]] > 1]
    torn = sum(any(cell.text[:1] == "0" and cell.text[1:2].isdigit() for cell in run.cells) for run, _ in rows)
    complete = sum(_figures(run) >= cells for run, cells in rows)
    parted = sum(len(run.cells) >= cells for run, cells in rows)
    return torn > 1 and complete * 10 >= len(rows) * 9 and parted * 2 < len(rows)


@lru_cache(maxsize=64)
def _equations(edition: Edition, form: str) -> tuple[Equation, ...]:
    return edition.equations(form)


def _within(edition: Edition, form: str, paths: tuple[str, ...]) -> list[Sum]:
    """The equations that one row can answer for itself."""
    position = {path: index for index, path in enumerate(paths)}
    return [
        Sum(equation.rule, tuple(position[p] for p in equation.left), tuple(position[p] for p in equation.right))
        for equation in _equations(edition, form)
        if position.keys() >= set(equation.paths)
    ]


def _across(edition: Edition, form: str, rows: list[_Row]) -> list[Equation]:
    inside = [set(row.paths) for row in rows]
    return [
        equation for equation in _equations(edition, form) if not any(paths >= set(equation.paths) for paths in inside)
    ]


def _cells(masked: str, row: _Row, readings: Readings, run: Run) -> Iterator[CellValue]:
    columns = [(line, column) for line in row.lines for column in line.columns]
    for position, (path, (line, column)) in enumerate(zip(row.paths, columns, strict=True)):
        kind, unit = line.row.kind or column.kind, line.row.unit or column.unit
        tokens = [option[position] for option in readings.options]
        values = {value_of(token, kind=kind, unit=unit) if token else None for token in tokens}
        kinds = {token.kind if token else None for token in tokens}
        if len(values) == 1 and len(kinds) == 1 and tokens:
            yield _cell(path, tokens[0], values.pop(), readings)
        else:
            yield CellValue(
                path, None, masked[run.start : run.end].strip() or None, run.start, run.end, CellStatus.AMBIGUOUS
            )


_STATUS = {
    TokenKind.BLANK: CellStatus.BLANK,
    TokenKind.NOT_APPLICABLE: CellStatus.NOT_APPLICABLE,
    TokenKind.TEXT: CellStatus.TEXT,
}


def _cell(path: str, token: Token | None, value: Number | Amount | None, readings: Readings) -> CellValue:
    if token is None:
        return _missing(path)
    status = _STATUS.get(token.kind, CellStatus.TEXT if value is None else CellStatus.REPORTED)
    rules: tuple[str, ...] = ()
    if status is CellStatus.REPORTED and not readings.certain:
        status, rules = CellStatus.PLACED, readings.rules
    return CellValue(path, value, token.text, token.start, token.end, status, rules)
