"""Runs of cells to the rows of a form: which row each run belongs to, told by labels first and by order second.

Labels anchor runs to rows, as a longest chain in printed order (so a label that stands in two places, 其他 for
instance, is told apart by its neighbours). Between two anchors, runs that lost their label take the rows left over if
there are exactly as many of both. Anything else stays without a row.
"""

from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

from loaders.forms import Block, Column, Edition, Row
from loaders.tables.cells import TokenKind
from loaders.tables.hits import COLUMN, Hit
from loaders.tables.layouts import Layout, Run, joined


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the form with the columns it crosses: what a run can be aligned to."""

    block: int
    index: int
    row: Row
    columns: tuple[Column, ...]

    @property
    def key(self) -> tuple[int, int]:
        """Index of the block and of the row in it."""
        return self.block, self.index


@dataclass(frozen=True, slots=True)
class Aligned:
    """A run and the line it belongs to; `fillers` is how many trailing blanks are no cells of the row, if known."""

    line: Line
    run: Run
    fillers: int | None


def lines_of(edition: Edition) -> tuple[Line, ...]:
    """The rows of an edition through all its blocks, in printed order."""
    return tuple(
        Line(block_index, index, row, block.columns)
        for block_index, block in enumerate(edition.blocks)
        for index, row in enumerate(block.rows)
    )


def align(edition: Edition, runs: list[Run], hits: list[Hit], layout: Layout) -> list[Aligned]:
    """The runs that have a row, in text order, each row at most once."""
    lines = lines_of(edition)
    width = {line.key: len(line.columns) for line in lines}
    runs = [run for run in _mended(runs, width) if not _header_leftover(run)]
    anchors = _anchors(runs, lines)
    placed = _between(runs, lines, _with_unordered(runs, lines, anchors))
    fillers = _fillers(placed, runs, lines, hits) if layout.counts_blanks else {}
    return [Aligned(lines[row], runs[index], fillers.get(index)) for index, row in placed]


def _keys(run: Run) -> set[tuple[int, int]]:
    return {(block, index) for _, block, index in run.hit.rows()} if run.hit else set()


def _header_leftover(run: Run) -> bool:
    return not _keys(run) and all(cell.kind is TokenKind.BLANK for cell in run.cells)


def _continues(run: Run) -> bool:
    """Whether a run follows another with nothing but the mark of a page or a line between."""
    return run.hit is None and run.apart == 0


def _mended(runs: list[Run], width: dict[tuple[int, int], int]) -> list[Run]:
    """Runs of one printed row that a line end or a page break has parted, put together again."""
    mended: list[Run] = []
    for run in runs:
        before = mended[-1] if mended else None
        if _continues(run) and before is not None and (keys := _keys(before)):
            cells = max(width.get(key, 0) for key in keys)
            if len(before.cells) < cells and len(before.cells) + len(run.cells) == cells:
                mended[-1] = joined(before, run)
                continue
        mended.append(run)
    return mended


def _anchors(runs: list[Run], lines: tuple[Line, ...]) -> list[tuple[int, int]]:
    """The longest chain of (run, line) pairs whose label fits, both in order; full rows count a little more."""
    best: list[list[float]] = [[0.0] * (len(lines) + 1) for _ in range(len(runs) + 1)]
    keys = [_keys(run) for run in runs]

    def gain(run: int, line: int) -> float:
        if lines[line].key not in keys[run]:
            return 0.0
        return 1.0 + 0.01 * (len(runs[run].cells) >= len(lines[line].columns))

    for run in reversed(range(len(runs))):
        for line in reversed(range(len(lines))):
            skip = max(best[run + 1][line], best[run][line + 1])
            taken = gain(run, line)
            best[run][line] = max(skip, taken + best[run + 1][line + 1]) if taken else skip
    chain = []
    run = line = 0
    while run < len(runs) and line < len(lines):
        if gain(run, line) and best[run][line] == gain(run, line) + best[run + 1][line + 1]:
            chain.append((run, line))
            run, line = run + 1, line + 1
        elif best[run][line] == best[run + 1][line]:
            run += 1
        else:
            line += 1
    return chain


def _with_unordered(runs: list[Run], lines: tuple[Line, ...], anchors: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The anchors, and the runs out of order whose label names one row that no other run claims."""
    taken_runs, taken_lines = ({pair[side] for pair in anchors} for side in (0, 1))
    claims = Counter(key for run in runs for key in _keys(run))
    loose = [
        (run, line)
        for run in range(len(runs))
        for line in range(len(lines))
        if run not in taken_runs
        and line not in taken_lines
        and _keys(runs[run]) == {lines[line].key}
        and claims[lines[line].key] == 1
    ]
    return sorted([*anchors, *loose])


def _between(runs: list[Run], lines: tuple[Line, ...], anchors: list[tuple[int, int]]) -> list[tuple[int, int]]:
    placed = list(anchors)
    taken = {line for _, line in anchors}
    for (run, line), (next_run, next_line) in pairwise(anchors):
        lost = [index for index in range(run + 1, next_run) if not _keys(runs[index])]
        free = [index for index in range(line + 1, next_line) if lines[index].row.printed and index not in taken]
        same_width = all(len(runs[a].cells) >= len(lines[b].columns) for a, b in zip(lost, free, strict=False))
        if lost and len(lost) == next_run - run - 1 == len(free) and same_width:
            placed += zip(lost, free, strict=True)
    return sorted(placed)


def _fillers(
    placed: list[tuple[int, int]], runs: list[Run], lines: tuple[Line, ...], hits: list[Hit]
) -> dict[int, int]:
    """For each placed run the trailing blanks that only fill up spanned label cells.

    A table that writes them has the same number of cells in each row; a row with fewer has lost some.
    """
    labels: dict[int, int] = {}
    for index, _ in placed:
        since = runs[index - 1].end if index else 0
        labels[index] = sum(since <= hit.start and hit.end <= runs[index].start for hit in hits)
    longer = [
        labels[index] + len(runs[index].cells)
        for index, row in placed
        if len(runs[index].cells) > len(lines[row].columns)
    ]
    width = majority(longer)
    if width is None:
        return {}
    last = placed[-1][0]  # the end of the table swallows its fillers
    return {index: max(0, width - labels[index] - len(lines[row].columns)) for index, row in placed if index != last}


def strip_run(block: Block, runs: list[Run], hits: list[Hit]) -> Run | None:
    """All cells of a block whose rows lie side by side, as one run; None where there are none.

    Its cells follow the header that names its columns; a table split into one grid a row has the header as often.
    """
    header = [_columns_before(index, runs, hits) for index in range(len(runs))]
    headed = [run for run, names in zip(runs, header, strict=True) if names * 2 > len(block.columns)]
    if not headed:
        return None
    grids = [run for run in headed if len(run.cells) == len(block.columns)]
    if len(grids) == len(block.rows) > 1:
        whole = grids[0]
        for grid in grids[1:]:
            whole = joined(whole, grid)
        return whole
    size = len(block.rows) * len(block.columns)
    run = headed[-1]
    following = runs[runs.index(run) + 1 :]
    while following and _continues(following[0]) and len(run.cells) + len(following[0].cells) <= size:
        run = joined(run, following.pop(0))
    return run


def _columns_before(index: int, runs: list[Run], hits: list[Hit]) -> int:
    """How many different columns the header right before a run names; blank runs are parts of the header."""
    since = max(
        (run.end for run in runs[:index] if any(cell.kind is not TokenKind.BLANK for cell in run.cells)), default=0
    )
    before = [hit for hit in hits if since <= hit.start and hit.end <= runs[index].start]
    return len({key for hit in before for key in hit.keys if key[0] == COLUMN})


def majority(values: list[int]) -> int | None:
    """The value that more than half of them have."""
    value, count = Counter(values).most_common(1)[0] if values else (0, 0)
    return value if count * 2 > len(values) else None
