"""Rows whose figures stand apart from their labels: several labels first and then their rows, or labels below them.

Each way to give the rows to the labels is a stretch of its own; which of them the sums allow is decided later. A label
on the line of its cells keeps them.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from loaders.forms import Shape
from loaders.tables.hits import Hit
from loaders.tables.layouts import Run
from loaders.tables.padding import is_blank
from loaders.tables.plan import OTHER, Plan
from loaders.tables.stretches import TableStretch, most_cells

# Share of the labels that may have no cells for one without to be suspect, where blanks leave no trace: where more
# have none, rows are printed empty (golden: shanghai-bangongting-2025)
_FEW_EMPTY = 0.2
_MOST_BELOW = 0.7  # share of the labels that must have a row above them: headings of groups may have none
_MOST_LABELS = 6  # labels in a row without cells; more of them are prose or a table of contents


@dataclass(frozen=True, slots=True)
class Displaced:
    """Labels in a row of which it is not certain which figures are whose.

    `ways` are the stretches with the rows given to the labels in every way that keeps their order; none where the
    figures cannot be told apart. `complete` says that there are as many rows as labels.
    """

    records: tuple[int, ...]
    ways: tuple[TableStretch, ...]
    complete: bool = False


@dataclass(frozen=True, slots=True)
class _Group:
    """Labels that follow each other without cells, the last one excepted, and all runs up to the next label."""

    labels: tuple[Hit, ...]
    runs: tuple[Run, ...]


def displaced_in(masked: str, stretch: TableStretch) -> Iterator[Displaced]:
    """Where labels and their rows have come apart."""
    below = _labels_below(masked, stretch)
    if below is not None:
        yield below
        return
    groups = list(_groups(stretch))
    empty = sum(len(group.labels) - bool(group.runs) for group in groups)
    few = empty <= _FEW_EMPTY * sum(len(group.labels) for group in groups)
    for group in groups:
        if len(group.labels) > 1 and group.runs and not _on_its_line(masked, group):
            yield from _ways(stretch, group, suspect=few or stretch.layout.counts_blanks)


def _ways(stretch: TableStretch, group: _Group, *, suspect: bool) -> Iterator[Displaced]:
    records = [_record(stretch.plan, label) for label in group.labels]
    sizes = {len(stretch.plan.records[record].paths) for record in records}
    rows = _rows(group.runs, sizes)
    # One row behind two labels, of which the first may be empty
    # (test: test_of_two_labels_before_one_row_neither_has_it_if_no_sum_tells)
    if not suspect and len(rows) == 1:
        return
    if len(rows) > len(records) or len(records) > _MOST_LABELS or not rows:
        yield Displaced(tuple(records), ())
        return
    ways = tuple(_given(stretch, group, rows, labels) for labels in combinations(group.labels, len(rows)))
    yield Displaced(tuple(records), ways, complete=len(rows) == len(records))


def _rows(runs: Sequence[Run], sizes: set[int]) -> list[Run]:
    """The runs that can be rows, one of several rows cut into them; none if a run is neither."""
    if len(sizes) != 1:
        return []
    size = next(iter(sizes))
    rows: list[Run] = []
    for run in runs:
        if is_blank(run.cells):
            continue
        if len(run.cells) % size:
            return []
        parts = [run.cells[start : start + size] for start in range(0, len(run.cells), size)]
        rows += [replace(run, cells=part, start=part[0].start, end=part[-1].end) for part in parts]
    return rows


def _given(stretch: TableStretch, group: _Group, rows: Sequence[Run], labels: Sequence[Hit]) -> TableStretch:
    """The stretch with the rows given to these labels."""
    given = [replace(row, hit=label, words="", close=True) for row, label in zip(rows, labels, strict=True)]
    place = next(index for index, run in enumerate(stretch.runs) if run is group.runs[0])
    runs = [*stretch.runs[:place], *given, *stretch.runs[place + len(group.runs) :]]
    return replace(stretch, runs=runs)


def _groups(stretch: TableStretch) -> Iterator[_Group]:
    """The row labels of the matrix blocks with their runs, those without cells together with the next that has any."""
    labels = [hit for hit in stretch.hits if _names_a_row(stretch.plan, hit)]
    ends = [label.end for label in labels]
    behind: list[list[Run]] = [[] for _ in labels]
    for run in stretch.runs:
        place = bisect_right(ends, run.start)
        if place and (run.hit is None or not run.hit.rows or run.hit is labels[place - 1]):
            behind[place - 1].append(run)
    # What prose says of rows stands above the table (test: test_rows_that_prose_names_keep_their_cells)
    elsewhere = {_record(stretch.plan, label) for label, runs in zip(labels, behind, strict=True) if runs}
    waiting: list[Hit] = []
    for label, runs in zip(labels, behind, strict=True):
        if runs or not (_heads_a_group(label) or _record(stretch.plan, label) in elsewhere):
            waiting.append(label)
        if runs:
            yield _Group(tuple(waiting), tuple(runs))
            waiting = []
    if waiting:
        yield _Group(tuple(waiting), ())


def _names_a_row(plan: Plan, hit: Hit) -> bool:
    """Whether a label names one row of the form, and no column: 总计 and 其他 do with an ordinal alone."""
    rows = [row for row in hit.rows if row in plan.by_row]
    sure = len(rows) == 1 and (hit.numbered or not hit.spelling.columns)
    return sure and plan.records[plan.by_row[rows[0]]].printed


def _heads_a_group(hit: Hit) -> bool:
    """Whether a label is that of a group, too, which has no cells of its own."""
    return any(kind == OTHER for kind, _, _ in hit.spelling.names)


def _record(plan: Plan, hit: Hit) -> int:
    return next(plan.by_row[row] for row in hit.rows if row in plan.by_row)


def _size(plan: Plan, hit: Hit) -> int:
    return len(plan.records[_record(plan, hit)].paths)


def _on_its_line(masked: str, group: _Group) -> bool:
    """Whether the cells begin on the line of the last label, on which no other one stands."""
    before, last = group.labels[-2:]
    return "\n" in masked[before.end : last.start] and "\n" not in masked[last.end : group.runs[0].start]


def _labels_below(masked: str, stretch: TableStretch) -> Displaced | None:
    """All rows both ways, if in some block each label seems to stand below its cells."""
    plan = stretch.plan
    below: dict[int, Hit] = {}
    for index, block in enumerate(plan.edition.blocks):
        if block.shape is Shape.MATRIX:
            below |= {id(run): label for run, label in _pairs_below(masked, stretch, index)}
    if not below:
        return None
    runs = [replace(run, hit=below.get(id(run)), words="") if run.hit else run for run in stretch.runs]
    return Displaced(tuple(plan.by_row.values()), (stretch, replace(stretch, runs=runs)))


def _pairs_below(masked: str, stretch: TableStretch, block: int) -> list[tuple[Run, Hit]]:
    """The labels of a block with the run right before each, if the first has one and nothing follows the last."""
    plan = stretch.plan
    labels = [
        hit for hit in stretch.hits if _names_a_row(plan, hit) and plan.records[_record(plan, hit)].block == block
    ]
    filled = [run for run in stretch.runs if not is_blank(run.cells)]
    ends = [run.end for run in filled]
    pairs: list[tuple[Run, Hit]] = []
    since = 0
    for label in labels:
        before = filled[: bisect_right(ends, label.start)][-1:]
        if before and before[0].start >= since and most_cells(before[0]) >= _size(plan, label):
            pairs.append((before[0], label))
        since = label.end
    if not pairs or pairs[0][1] is not labels[0] or any(run.hit is labels[-1] for run in stretch.runs):
        return []
    apart = sum("\n" in masked[run.end : label.start] for run, label in pairs)
    most = len(pairs) > _MOST_BELOW * len(labels) and (apart * 2 >= len(pairs) or not stretch.layout.separator)
    return pairs if most else []
