"""Runs of cells to the records of a plan: which row each run belongs to, told by labels first and by order second.

Labels anchor runs to rows, as a longest chain in printed order (so a label that stands in two places, 其他 for
instance, is told apart by its neighbours). Between two anchors, runs whose label is torn or lost take the rows left
over if there are exactly as many of both. Anything else stays without a row.
"""

from collections import Counter
from dataclasses import dataclass, replace
from itertools import pairwise
from operator import itemgetter

from loaders.tables.cells import TokenKind
from loaders.tables.columns import printed_columns, without_extra_column
from loaders.tables.hits import Hit
from loaders.tables.layouts import Cells, Layout, Run, belongs, joined, parted
from loaders.tables.padding import is_blank, padding_of
from loaders.tables.plan import OTHER, Plan

_FULL_ROW, _PART_ROW, _LABEL = 1.01, 1.0, 0.5  # what a label weighs with all its cells, with some, with none
_LONGEST_WORDS = 10  # characters of words in a cell; longer ones are a heading or a sentence behind the row
# Share of letters that a torn label must have in common with the official one; at 0.9 it costs three rows
# (golden: shanghai-bangongting-2025)
_ALIKE = 0.6


@dataclass(frozen=True, slots=True)
class Aligned:
    """A record and its cells; `rivals` are the cells of further runs that claim the same row.

    `fillers` is how many blanks before and behind its cells are none of the row's, if the table tells it; `more` says
    that further figures without a row of their own follow; `restored` that a cell torn out was put back. `columns` are
    those that its cells stand in where the table prints fewer than the form has. `astray` says that the cells may be
    those of the row before.
    """

    record: int
    run: Run
    fillers: tuple[int, int] | None = None
    rivals: tuple[Cells, ...] = ()
    more: bool = False
    restored: bool = False
    columns: tuple[int, ...] = ()
    astray: bool = False


def align(masked: str, plan: Plan, layout: Layout, hits: list[Hit], runs: list[Run]) -> list[Aligned]:
    """The runs that have a row, in text order, each row at most once."""
    runs = _behind_headers(plan, hits, [part for run in runs for part in _with_words_as_cells(plan, run)])
    runs = without_extra_column(
        plan, [run for run in _mended(plan, hits, runs, firm=layout.firm) if not _header_leftover(run)]
    )
    placed = _between(plan, runs, _with_unordered(plan, hits, runs, _anchors(plan, hits, runs)))
    placed = [(index, record) for index, record in placed if not _heading_only(plan, hits, runs, runs[index], record)]
    fillers = padding_of(masked, plan, layout, hits, [(runs[index], record) for index, record in placed])
    with_row = {index for index, _ in placed}
    columns = _fewer_columns(masked, plan, layout, hits, [(runs[index], record) for index, record in placed])
    # Where a blank row leaves a trace, a row without one has lost its cells: those behind may be either label's
    # (test: test_cells_behind_two_labels_in_a_row_may_be_of_either)
    # Where it leaves none, or each row has its own line, an empty row would cast doubt on the next one
    # (golden: shanghai-bangongting-2025)
    astray = _astray(hits, runs) if layout.counts_blanks and not layout.separator else set()
    rivals = _rivals(plan, [run for index, run in enumerate(runs) if index not in with_row])
    return [
        Aligned(
            record,
            runs[index],
            fillers.get(record),
            tuple(rivals.get(record, ())),
            index + 1 not in with_row and _goes_on(runs[index + 1 : index + 2]),
            columns=columns.get(plan.records[record].block, ()),
            astray=id(runs[index].hit) in astray,
        )
        for index, record in placed
    ]


def _fewer_columns(
    masked: str, plan: Plan, layout: Layout, hits: list[Hit], placed: list[tuple[Run, int]]
) -> dict[int, tuple[int, ...]]:
    """For each block whose rows all have as many cells as its header names columns, fewer than the form: these."""
    # (test: test_cells_under_a_header_with_fewer_columns_stand_where_it_says)
    found: dict[int, tuple[int, ...]] = {}
    for block in {plan.records[record].block for _, record in placed}:
        rows = [(run, record) for run, record in placed if plan.records[record].block == block]
        lengths = {len(run.cells) for run, _ in rows}
        if len(lengths) == 1 and min(lengths) < len(plan.edition.blocks[block].columns):
            columns = printed_columns(masked, layout.separator, hits, rows[0][0].start, block)
            found |= {block: columns} if len(columns) in lengths else {}
    return found


def _goes_on(following: list[Run]) -> bool:
    # Figures behind a row hint that it has shifted (test: test_figures_that_go_on_behind_a_row_are_remembered)
    return any(run.hit is None and not is_blank(run.cells) for run in following)


def _records(plan: Plan, run: Run) -> list[int]:
    return [plan.by_row[row] for row in run.hit.rows if row in plan.by_row] if run.hit else []


def _size(plan: Plan, record: int) -> int:
    return len(plan.records[record].paths)


def _with_words_as_cells(plan: Plan, run: Run) -> list[Run]:
    """The run as it is if its words fill it up to the size of its row, else the runs between the words."""
    if all(cell.kind is not TokenKind.TEXT for cell in run.cells):
        return [run]
    words = [cell.text for cell in run.cells if cell.kind is TokenKind.TEXT]
    fits = any(len(run.cells) == _size(plan, record) for record in _records(plan, run))
    behind = len(run.cells) > 1 and run.cells[-1].kind is TokenKind.TEXT  # what follows on the line
    return [run] if fits and not behind and max(map(len, words)) <= _LONGEST_WORDS else parted(run)


def _header_leftover(run: Run) -> bool:
    return not (run.hit and run.hit.rows) and is_blank(run.cells)


def _behind_headers(plan: Plan, hits: list[Hit], runs: list[Run]) -> list[Run]:
    """The runs, those behind a repeated header with the label that stands before it without cells of its own."""
    owners = {id(run.hit) for run in runs}
    place = {id(hit): index for index, hit in enumerate(hits)}
    return [_with_label_before(plan, hits, place, owners, run) for run in runs]


def _with_label_before(plan: Plan, hits: list[Hit], place: dict[int, int], owners: set[int], run: Run) -> Run:
    if run.hit is None or run.hit.spelling.rows or not run.close:
        return run
    index = place[id(run.hit)]
    while index >= 0 and not hits[index].spelling.rows and (hits[index] is run.hit or id(hits[index]) not in owners):
        index -= 1
    label = hits[index] if index >= 0 else None
    if label is None or id(label) in owners:
        return run
    sizes = {_size(plan, plan.by_row[row]) for row in label.rows if row in plan.by_row}
    return replace(run, hit=label, mended=True) if len(_trimmed(run.cells)) in sizes else run


def _trimmed(cells: Cells) -> Cells:
    """The cells without the blanks at their end."""
    size = len(cells)
    while size and cells[size - 1].kind is TokenKind.BLANK:
        size -= 1
    return cells[:size]


def _mended(plan: Plan, hits: list[Hit], runs: list[Run], *, firm: bool) -> list[Run]:
    """Runs of one printed row that a line end, a page mark or a repeated header has parted, put together again.

    Where blanks leave no firm trace, a sum must be able to tell a mistake.
    """
    labels = [hit.start for hit in hits if hit.spelling.rows]
    # (test: test_a_row_that_a_page_break_has_parted_is_put_together)
    # (test: test_a_row_that_a_repeated_header_has_parted_is_put_together)
    mended: list[Run] = []
    for run in runs:
        before = mended[-1] if mended else None
        if before is not None and run.close and not any(before.end <= label < run.start for label in labels):
            records = [plan.records[record] for record in _records(plan, before)]
            sizes = {len(record.paths) for record in records if firm or record.sums}
            together = {len(before.cells) + len(part) for part in (run.cells, _trimmed(run.cells)) if part}
            if together & sizes and len(before.cells) not in sizes:
                mended[-1] = joined(before, run)
                continue
        mended.append(run)
    return mended


def _anchors(plan: Plan, hits: list[Hit], runs: list[Run]) -> list[tuple[int, int]]:
    """The (run, record) pairs on the heaviest chain of labels that stand in the order of the form.

    A label without cells keeps its place in the chain, so that a label printed twice is told apart by its neighbours.
    """
    owners = {id(run.hit): index for index, run in reversed(list(enumerate(runs))) if run.hit}
    chains: list[tuple[float, tuple[tuple[int, int], ...]]] = [(0.0, ())] * (len(plan.records) + 1)
    for hit in hits:
        index = owners.get(id(hit), -1)
        for record in sorted((plan.by_row[row] for row in hit.rows if row in plan.by_row), reverse=True):
            weight, chain = max(chains[: record + 1], key=itemgetter(0))
            full = index >= 0 and len(runs[index].cells) >= _size(plan, record)
            weight += _FULL_ROW if full else _PART_ROW if index >= 0 else _LABEL
            if weight > chains[record + 1][0]:
                chains[record + 1] = (weight, (*chain, (index, record)))
    return [(index, record) for index, record in max(chains, key=itemgetter(0))[1] if index >= 0]


def _with_unordered(
    plan: Plan, hits: list[Hit], runs: list[Run], anchors: list[tuple[int, int]]
) -> list[tuple[int, int]]:
    """The anchors, and the runs out of order whose label names one row that no other run claims."""
    # Rows out of the form's order would be lost (golden: shanghai-bangongting-2025)
    taken_runs, taken_records = ({pair[side] for pair in anchors} for side in (0, 1))
    claims = Counter(record for run in runs for record in _records(plan, run))
    astray = _astray(hits, runs)
    loose = [
        (index, record)
        for index, run in enumerate(runs)
        for record in _records(plan, run)
        if index not in taken_runs
        and record not in taken_records
        and plan.records[record].printed
        and len(_records(plan, run)) == 1
        and claims[record] == 1
        and id(run.hit) not in astray
    ]
    return sorted([*anchors, *loose])


def _astray(hits: list[Hit], runs: list[Run]) -> set[int]:
    """The labels right behind another one without cells: they may have come between that one and its cells."""
    labels = [hit for hit in hits if hit.rows]
    owners = {id(run.hit) for run in runs}
    return {
        id(label)
        for before, label in pairwise(labels)
        if id(before) not in owners
        and before.rows != label.rows
        and all(kind != OTHER for kind, _, _ in before.spelling.names)
    }


def _heading_only(plan: Plan, hits: list[Hit], runs: list[Run], run: Run, record: int) -> bool:
    """Whether the label of a row that the form does not print is but the heading of a group that came before a row."""
    known = plan.records[record]
    if known.printed:
        return False
    named = [hit for hit in hits if (known.block, known.row) in hit.rows]
    return len(named) > 1 or id(run.hit) in _astray(hits, runs)


def _between(plan: Plan, runs: list[Run], anchors: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The anchors, and the runs without a known label that fill the gaps between them exactly."""
    # Rows whose label is torn or spelled in a way of its own (golden: hongze-2023, shanghai-bangongting-2025)
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
    # With a sum to contradict it, a stump of the label will do: 售 for 售出 (golden: shanghai-bangongting-2025)
    if known.sums:
        return shared >= _ALIKE * len(run.words)
    return belongs(run.words, known.wording) and shared >= _ALIKE * len(known.wording)


def _rivals(plan: Plan, runs: list[Run]) -> dict[int, list[Cells]]:
    """For each record the cells of runs that have its label, too, but found no row."""
    # Which of two rows is true nobody can tell (test: test_two_rows_under_one_label_that_differ_are_ambiguous)
    found: dict[int, list[Cells]] = {}
    for run in runs:
        if run.hit and not run.hit.spelling.columns:
            for record in _records(plan, run):
                if len(run.cells) >= _size(plan, record):
                    found.setdefault(record, []).append(run.cells)
    return found
