"""Runs of cells to the records of a plan: which row each run belongs to, told by labels first and by order second.

Labels anchor runs to rows, as a longest chain in printed order (so a label that stands in two places, 其他 for
instance, is told apart by its neighbours). Between two anchors, runs whose label is torn or lost take the rows left
over if there are exactly as many of both. Anything else stays without a row.
"""

from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

from loaders.tables.cells import TokenKind
from loaders.tables.hits import Hit
from loaders.tables.layouts import Cells, Layout, Run, belongs, joined
from loaders.tables.plan import Plan

_FEWEST = 3  # rows that must agree on the width of a table
_REGULAR = 0.8  # share of the rows that must have it
_CLEARLY = 3  # times as many rows must speak for a way of filling as against it
_ALIKE = 0.6  # share of letters that a torn label must have in common with the official one


@dataclass(frozen=True, slots=True)
class Aligned:
    """A record and its cells; `rivals` are the cells of further runs that claim the same row.

    `fillers` is how many blanks before and behind its cells are none of the row's, if the table tells it.
    """

    record: int
    run: Run
    fillers: tuple[int, int] | None = None
    rivals: tuple[Cells, ...] = ()


def align(masked: str, plan: Plan, layout: Layout, hits: list[Hit], runs: list[Run]) -> list[Aligned]:
    """The runs that have a row, in text order, each row at most once."""
    runs = [run for run in _mended(plan, runs) if not _header_leftover(run)]
    anchors = _anchors(plan, runs)
    placed = _between(plan, runs, _with_unordered(plan, runs, anchors))
    before = {
        index: _bars_before(masked, layout.separator, runs[index])
        if layout.separator
        else _labels_before(plan, hits, runs[index], record)
        for index, record in placed
    }
    fillers = _fillers(plan, runs, placed, before) if layout.counts_blanks else {}
    if not layout.firm and len(fillers) < len(placed):  # where blanks are miscounted in one row, so they are in others
        fillers = {index: fillers[index] for index, record in placed if index in fillers and plan.records[record].sums}
    return [
        Aligned(record, runs[index], fillers.get(index), _rivals(plan, runs, placed, record))
        for index, record in placed
    ]


def _records(plan: Plan, run: Run) -> list[int]:
    return [plan.by_row[row] for row in run.hit.rows if row in plan.by_row] if run.hit else []


def _size(plan: Plan, record: int) -> int:
    return len(plan.records[record].paths)


def _header_leftover(run: Run) -> bool:
    return not (run.hit and run.hit.rows) and _blank(run.cells)


def _mended(plan: Plan, runs: list[Run]) -> list[Run]:
    """Runs of one printed row that a line end, a page mark or a repeated header has parted, put together again."""
    mended: list[Run] = []
    for run in runs:
        before = mended[-1] if mended else None
        if before is not None and not run.words and not (run.hit and run.hit.rows):
            sizes = {_size(plan, record) for record in _records(plan, before)}
            if len(before.cells) + len(run.cells) in sizes:
                mended[-1] = joined(before, run)
                continue
        mended.append(run)
    return mended


def _anchors(plan: Plan, runs: list[Run]) -> list[tuple[int, int]]:
    """The heaviest chain of (run, record) pairs whose label fits, both in order; full rows weigh a little more."""
    pairs = [(index, record) for index, run in enumerate(runs) for record in sorted(_records(plan, run))]
    best: list[tuple[float, int]] = []  # for each pair: the weight of the best chain that it ends, the pair before
    for place, (index, record) in enumerate(pairs):
        weight, previous = 0.0, -1
        for other in range(place):
            if pairs[other][0] < index and pairs[other][1] < record and best[other][0] > weight:
                weight, previous = best[other][0], other
        full = len(runs[index].cells) >= _size(plan, record)
        best.append((weight + 1 + full / 100, previous))
    chain = []
    place = max(range(len(pairs)), key=lambda item: best[item][0], default=-1)
    while place >= 0:
        chain.append(pairs[place])
        place = best[place][1]
    return chain[::-1]


def _with_unordered(plan: Plan, runs: list[Run], anchors: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The anchors, and the runs out of order whose label names one row that no other run claims."""
    taken_runs, taken_records = ({pair[side] for pair in anchors} for side in (0, 1))
    claims = Counter(record for run in runs for record in _records(plan, run))
    loose = [
        (index, record)
        for index, run in enumerate(runs)
        for record in _records(plan, run)
        if index not in taken_runs
        and record not in taken_records
        and len(_records(plan, run)) == 1
        and claims[record] == 1
    ]
    return sorted([*anchors, *loose])


def _between(plan: Plan, runs: list[Run], anchors: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The anchors, and the runs without a known label that fill the gaps between them exactly."""
    placed = list(anchors)
    taken = {record for _, record in anchors}
    for (index, record), (next_index, next_record) in pairwise(anchors):
        lost = range(index + 1, next_index)
        free = [item for item in range(record + 1, next_record) if plan.records[item].printed and item not in taken]
        if len(lost) == len(free) and all(_may_be(plan, runs[a], b) for a, b in zip(lost, free, strict=True)):
            placed += zip(lost, free, strict=True)
    return sorted(placed)


def _may_be(plan: Plan, run: Run, record: int) -> bool:
    """Whether a run may be a row that lost its label: what words it has are, at least for the most part, that label's.

    Where no sum can contradict, they must be most of the label, too.
    """
    known = plan.records[record]
    if len(run.cells) < len(known.paths):
        return False
    shared = (Counter(run.words) & Counter(known.wording)).total()
    if known.sums:
        return shared >= _ALIKE * len(run.words)
    return belongs(run.words, known.wording) and shared >= _ALIKE * len(known.wording)


def _rivals(plan: Plan, runs: list[Run], placed: list[tuple[int, int]], record: int) -> tuple[Cells, ...]:
    """The cells of runs that have the record's label, too, but found no row."""
    with_row = {index for index, _ in placed}
    return tuple(
        run.cells
        for index, run in enumerate(runs)
        if index not in with_row
        and record in _records(plan, run)
        and len(run.cells) >= _size(plan, record)
        and run.hit is not None
        and not run.hit.spelling.columns
    )


def _fillers(
    plan: Plan, runs: list[Run], placed: list[tuple[int, int]], before: dict[int, int]
) -> dict[int, tuple[int, int]]:
    """For each placed run the blanks before and behind its cells that only fill up spanned label cells.

    A table that writes them has as many cells in each row, labels included; whether and where it does is told by the
    rows that are shorter than most. Where rows do not keep to one width, nothing can be told.
    """
    size = {index: _size(plan, record) for index, record in placed}
    length = {index: len(runs[index].cells) for index, _ in placed}
    inner = [index for index, _ in placed[:-1]]  # what follows the table may look like cells of its last row
    width = _majority([before[index] + length[index] for index in inner])
    if width is None or len(placed) < _FEWEST:
        return {}
    room = {index: width - before[index] - size[index] for index, _ in placed}
    bare = [index for index in room if room[index] and length[index] == size[index]]
    filled = [index for index in room if room[index] > 0 and length[index] == size[index] + room[index]]
    whole = {index for index in room if length[index] in {size[index], size[index] + room[index]}}
    if len(whole.intersection(inner)) < _REGULAR * len(inner):
        return {}
    if _outvotes(bare, filled):
        depth = {index: 1 + plan.records[record].depth for index, record in placed}
        return {index: (0, 0) for index in whole if before[index] <= depth[index] and length[index] == size[index]}
    known = {index: count for index, count in room.items() if count >= 0 and length[index] == size[index] + count}
    if _outvotes(filled, bare):
        leading = [index for index in filled if _padded(runs[index].cells, room[index], size[index])]
        trailing = [index for index in filled if _padded(runs[index].cells[::-1], room[index], size[index])]
        if _outvotes(leading, trailing):
            return {index: (count, 0) for index, count in known.items()}
        return {index: (0, count) for index, count in known.items()} if _outvotes(trailing, leading) else {}
    return {index: (0, 0) for index, count in known.items() if not count}


def _outvotes(some: list[int], others: list[int]) -> bool:
    return len(some) > 1 and len(some) >= _CLEARLY * len(others)


def _padded(cells: Cells, room: int, size: int) -> bool:
    """Whether a row begins with so many blanks and goes on with cells of which the outermost are filled."""
    ends = (cells[room], cells[room + size - 1])
    return _blank(cells[:room]) and all(cell.kind is not TokenKind.BLANK for cell in ends)


def _blank(cells: Cells) -> bool:
    return all(cell.kind is TokenKind.BLANK for cell in cells)


def _bars_before(masked: str, separator: str, run: Run) -> int:
    """How many cells stand before a run on its line; too many to be right where another row follows on the line."""
    start = masked.rfind("\n", 0, run.start) + 1
    end = masked.find("\n", run.end)
    before = masked.count(separator, start, run.start)
    behind = masked.count(separator, run.start, len(masked) if end < 0 else end)
    return before if behind <= len(run.cells) else before + behind


def _labels_before(plan: Plan, hits: list[Hit], run: Run, record: int) -> int:
    """How many label cells stand before a run: its own, and those of the groups right before it."""
    before = [hit for hit in hits if hit.start < run.start and hit is not run.hit]
    count = 1
    while before and before[-1].spelling.key in plan.records[record].groups:
        before.pop()
        count += 1
    return count


def strip_run(plan: Plan, block: int, runs: list[Run], hits: list[Hit]) -> Run | None:
    """All cells of a block whose rows lie side by side, as one run; None where there are none.

    Its cells follow the header that names its columns; a table split into one grid a row has the header as often.
    """
    columns = len(plan.edition.blocks[block].columns)
    rows = len(plan.edition.blocks[block].rows)
    headed = [run for index, run in enumerate(runs) if _columns_before(runs, hits, index) * 2 > columns]
    if not headed:
        return None
    grids = [run for run in headed if len(run.cells) == columns]
    if len(grids) == rows > 1:
        whole = grids[0]
        for grid in grids[1:]:
            whole = joined(whole, grid)
        return whole
    run = headed[-1]
    following = runs[runs.index(run) + 1 :]
    while following and _continues(following[0]) and len(run.cells) + len(following[0].cells) <= rows * columns:
        run = joined(run, following.pop(0))
    return run


def _continues(run: Run) -> bool:
    """Whether a run follows another with nothing but the mark of a page or a line between."""
    return run.hit is None and not run.words


def _columns_before(runs: list[Run], hits: list[Hit], index: int) -> int:
    """How many different columns the header right before a run names; blank runs are parts of the header."""
    filled = [run.end for run in runs[:index] if any(cell.kind is not TokenKind.BLANK for cell in run.cells)]
    since = filled[-1] if filled else 0
    before = [hit for hit in hits if since <= hit.start and hit.end <= runs[index].start]
    return len({name for hit in before for name in hit.spelling.columns})


def _majority(values: list[int]) -> int | None:
    """The value that more than half of them have."""
    value, count = Counter(values).most_common(1)[0] if values else (0, 0)
    return value if count * 2 > len(values) else None
