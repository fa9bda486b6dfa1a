"""Strips: blocks whose rows lie side by side, so that all their cells follow one stacked header in one run."""

from functools import reduce

from loaders.tables.cells import TokenKind
from loaders.tables.hits import Hit
from loaders.tables.layouts import Run, joined, parted
from loaders.tables.padding import is_blank
from loaders.tables.plan import Plan


def strip_run(plan: Plan, block: int, runs: list[Run], hits: list[Hit]) -> Run | None:
    """All cells of a block whose rows lie side by side, as one run; None where there are none.

    Its cells follow the header that names its columns; a table split into one grid a row has the header as often.
    """
    runs = [part for run in runs for part in parted(run)]
    columns = len(plan.edition.blocks[block].columns)
    rows = len(plan.edition.blocks[block].rows)
    # A single column's name stands in other headers, too; at least half of them make this block's header
    # (sample: district-government-2023; golden: pingtan-2019, pingtan-2021, shanghai-bangongting-2019)
    headed = [run for index, run in enumerate(runs) if _columns_before(runs, hits, index) * 2 > columns]
    # A header torn beyond recognition leaves the names of the groups above it
    # (test: test_a_strip_is_read_in_one_line_in_one_grid_a_row_and_without_its_header)
    if not headed:
        return _behind_groups(runs, hits, rows, rows * columns)
    filled = [run for run in headed if not is_blank(run.cells)]
    if len(filled) == rows > 1 and all(len(run.cells) == columns for run in filled):
        return reduce(joined, filled)
    if len(filled) > 1:  # its header stands elsewhere, too
        whole = [run for run in filled if _reach(run) == rows * columns]
        return whole[0] if len(whole) == 1 else None
    run = filled[0] if filled else headed[-1]
    for following in runs[runs.index(run) + 1 :]:
        if not _continues(following) or len(run.cells) + len(following.cells) > rows * columns:
            break
        run = joined(run, following)
    return run


def _reach(run: Run) -> int:
    """How many cells there are from the first filled one to the last."""
    places = [place for place, cell in enumerate(run.cells) if cell.kind is not TokenKind.BLANK]
    return places[-1] - places[0] + 1


def _continues(run: Run) -> bool:
    """Whether a run follows another with nothing but the mark of a page or a line between."""
    # Figures of the prose behind the table would join the strip, which is then too long
    # (sample: district-government-2023)
    return run.hit is None and run.close


def _columns_before(runs: list[Run], hits: list[Hit], index: int) -> int:
    """How many different columns the header right before a run names; blank runs are parts of the header."""
    filled = [run.end for run in runs[:index] if not is_blank(run.cells)]
    since = filled[-1] if filled else 0
    before = [hit for hit in hits if since <= hit.start and hit.end <= runs[index].start]
    return len({name for hit in before for name in hit.spelling.columns})


def _behind_groups(runs: list[Run], hits: list[Hit], rows: int, size: int) -> Run | None:
    """The first run with all the cells of a strip behind the names of most of its rows, its header being torn."""
    for run in runs:
        named = {row for hit in hits if hit.end <= run.start for row in hit.spelling.rows}
        if len(run.cells) == size and len(named) * 2 > rows:
            return run
    return None
