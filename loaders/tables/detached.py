"""Cells of one column that an extraction has torn out of a block and put above it.

They stand behind the block's heading, one for each row, and each row has a cell too few. Only a note behind one of
them ("as of the end of the year") says of which column they are; without it the rows stay as they are.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from loaders.forms import Block
from loaders.tables.align import Aligned
from loaders.tables.cells import Token, TokenKind
from loaders.tables.hits import Hit
from loaders.tables.layouts import Run
from loaders.tables.plan import OTHER, Plan, label_key
from loaders.vocabulary.cells import NOT_COUNTED, NOTED_COLUMNS

_NOTE = re.compile(r"\([^()]*\)")


def with_detached(plan: Plan, aligned: Sequence[Aligned], runs: Sequence[Run]) -> list[Aligned]:
    """The rows, those of blocks that have lost a column with its cells back in their place."""
    # (test: test_a_torn_out_column_goes_back_where_a_note_says_it_belongs)
    restored = list(aligned)
    for index, block in enumerate(plan.edition.blocks):
        rows = [item for item in aligned if plan.records[item.record].block == index]
        torn = _torn_out(block, runs, rows)
        place = _column(block, torn)
        if place is None or len(rows) != len(block.rows):
            continue
        for item, cell in zip(rows, torn, strict=True):
            cells = _filled(item.run)
            run = replace(item.run, cells=(*cells[:place], cell, *cells[place:]))
            restored[restored.index(item)] = replace(item, run=run, restored=True)
    return restored


def _filled(run: Run) -> tuple[Token, ...]:
    return tuple(cell for cell in run.cells if cell.kind is not TokenKind.BLANK)


def _torn_out(block: Block, runs: Sequence[Run], rows: Sequence[Aligned]) -> tuple[Token, ...]:
    """The figures behind the block's heading, one for each of its rows; none if a row lacks more or less than one."""
    if block.anchor is None or not rows or any(len(_filled(row.run)) != len(block.columns) - 1 for row in rows):
        return ()
    anchors = {label_key(spelling) for spelling in block.anchor.spellings}
    found = [run.cells for run in runs if run.hit and _is_heading(run.hit) and run.hit.spelling.key in anchors]
    # With a figure too many nobody can tell which row has which (test: test_without_a_clear_note_the_column_stays_open)
    numbers = [cells for cells in found if all(cell.kind is TokenKind.NUMBER for cell in cells)]
    return numbers[0] if len(found) == len(numbers) == 1 and len(numbers[0]) == len(rows) else ()


def _is_heading(hit: Hit) -> bool:
    return not hit.rows and any(kind == OTHER for kind, _, _ in hit.spelling.names)


def _column(block: Block, cells: Sequence[Token]) -> int | None:
    """The one column that the notes behind the figures speak of."""
    # What the note says is not counted says nothing of the column; of two columns neither is taken
    # (test: test_without_a_clear_note_the_column_stays_open)
    notes = [note for cell in cells for note in _NOTE.findall(cell.text)]
    spoken = {
        place
        for place, column in enumerate(block.columns)
        for stem, words in NOTED_COLUMNS.items()
        if stem in column.label.zh
        for note in notes
        if any(word in note for word in words) and not any(word in note for word in NOT_COUNTED)
    }
    return spoken.pop() if len(spoken) == 1 else None
