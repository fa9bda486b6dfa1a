"""Tables with a column more or less than the form: a subtotal that is taken out, a column that was left out.

The sums of the rows must tell which cells are the surplus ones, the header which columns are there.
"""

from collections.abc import Sequence
from dataclasses import replace

from loaders.tables.balance import Balance, verdict_on
from loaders.tables.cells import Token
from loaders.tables.hits import Hit
from loaders.tables.layouts import Cells, Run
from loaders.tables.plan import Plan, Record

_MOST = 0.8  # share of the rows that must have a cell too many
_FEWEST = 2  # rows whose sums must hold without it


def without_extra_column(plan: Plan, runs: list[Run]) -> list[Run]:
    """The runs without the cells of one surplus column, where every way to find it gives the same figures."""
    rows = [(index, record) for index, run in enumerate(runs) if (record := _record(plan, run)) and record.sums]
    longer = [(index, record) for index, record in rows if len(runs[index].cells) == len(record.paths) + 1]
    if len(longer) < max(_FEWEST, _MOST * len(rows)):
        return runs
    ways = [
        kept
        for place in range(min(len(record.paths) for _, record in longer) + 1)
        # Blanks that pad a table look like a column, too (test: test_blanks_beside_spanned_labels_are_told_from_cells)
        if sum(runs[index].cells[place].number is not None for index, _ in longer) * 2 > len(longer)
        and _balance(kept := [(record, _without(runs[index].cells, place)) for index, record in longer])
    ]
    if not ways or any(_figures(way) != _figures(ways[0]) for way in ways):
        return runs
    shorter = {index: cells for (index, _), (_, cells) in zip(longer, ways[0], strict=True)}
    return [replace(run, cells=shorter[index]) if index in shorter else run for index, run in enumerate(runs)]


def _record(plan: Plan, run: Run) -> Record | None:
    rows = [row for row in run.hit.rows if row in plan.by_row] if run.hit else []
    return plan.records[plan.by_row[rows[0]]] if rows else None


def _without(cells: Cells, place: int) -> Cells:
    return cells[:place] + cells[place + 1 :]


def _balance(rows: list[tuple[Record, Cells]]) -> bool:
    verdicts = [verdict_on(record.sums, cells) for record, cells in rows]
    held = sum(verdict is Balance.HOLDS and _filled(cells) for verdict, (_, cells) in zip(verdicts, rows, strict=True))
    return Balance.FAILS not in verdicts and held >= _FEWEST


def _filled(cells: tuple[Token, ...]) -> bool:
    return any(cell.count for cell in cells)


def _figures(rows: list[tuple[Record, Cells]]) -> list[list[str]]:
    return [[cell.text for cell in cells] for _, cells in rows]


def printed_columns(masked: str, separator: str, hits: Sequence[Hit], first: int, block: int) -> tuple[int, ...]:
    """The columns of a block that the header line above its first row names; none if it has a cell of another kind."""
    labels = [hit for hit in hits if hit.end <= first and _names(hit, block)]
    if not labels or not separator:
        return ()
    start = masked.rfind("\n", 0, labels[-1].start) + 1
    stop = masked.find("\n", labels[-1].end)
    on_line = [hit for hit in hits if start <= hit.start and hit.end <= stop]
    named = [place for hit in on_line for _, index, place in hit.spelling.columns if index == block]
    texts = [piece for piece in masked[start:stop].split(separator) if piece.strip()]
    alone = not any(_names(hit, block) for hit in hits if hit.start < start)
    # A column of the table's own shifts what follows (test: test_a_header_that_names_a_column_of_its_own_tells_nothing)
    whole = len(texts) == len(on_line) > 1 and sorted(set(named)) == named and len(on_line) - len(named) <= 1
    return tuple(named) if whole and alone else ()


def _names(hit: Hit, block: int) -> bool:
    return any(name[1] == block for name in hit.spelling.columns)
