"""The ways in which the cells of one run can be the cells of one record.

A run with as many cells as the record has one reading, as printed. Where cells were lost, every order-preserving
placement of the printed ones is a reading; where digits of neighbours were glued, every cut into numbers without
leading zeros is. Readings under which the record's own sums hold go before all others.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum
from itertools import combinations

from loaders.forms import Kind
from loaders.tables.align import Aligned
from loaders.tables.balance import Balance, Reading, verdict_on
from loaders.tables.cells import Token, TokenKind
from loaders.tables.cuts import cuts_of
from loaders.tables.plan import Record


class Origin(Enum):
    """How the readings of a run came about, from the most to the least trusted."""

    PRINTED = "as printed"
    CUT = "glued digits cut"
    LOST = "cells lost"


@dataclass(frozen=True, slots=True)
class Readings:
    """The readings that a run allows, and what the record's own sums say of each of them."""

    options: tuple[Reading, ...]
    origin: Origin
    verdict: Balance = Balance.SILENT
    glued: bool = False
    rules: tuple[str, ...] = ()


def readings_of(record: Record, aligned: Aligned, *, counts_blanks: bool, glued: bool) -> Readings:
    """The readings of a run; `glued` says that the whole table has lost its separators, so that no cell is missing."""
    cells, size = aligned.run.cells, len(record.paths)
    given = _given(record, aligned)
    if given is not None:
        return given
    if counts_blanks:
        row = _row(aligned, size)
        if row is not None:
            return _judged(record, [row], Origin.PRINTED)
        return _judged(record, _placements(cells, size), Origin.LOST)
    plain = all(_plain(cell, Kind.MONEY) for cell in cells)
    if len(cells) == size and plain and all(map(_plain, cells, record.kinds)):
        return _judged(record, [tuple(cells)], Origin.PRINTED)
    return _unparted(record, cells, plain=plain, glued=glued)


def doubted(record: Record, readings: Readings) -> Readings:
    """The readings of a run whose count of cells is right, if it is not to be trusted."""
    return _judged(record, _placements(readings.options[0], len(record.paths)), Origin.LOST)


def _given(record: Record, aligned: Aligned) -> Readings | None:
    """The readings that the table as a whole decides: of a restored cell, of fewer columns, of two rows that differ."""
    cells = aligned.run.cells
    if aligned.restored:
        return Readings((cells,), Origin.CUT, glued=True)
    torn = aligned.run.mended and not record.sums and any(cell.kind is TokenKind.BLANK for cell in cells)
    if torn or aligned.astray or any(_texts(rival) != _texts(cells) for rival in aligned.rivals):
        return Readings((), Origin.PRINTED)
    if aligned.columns:
        placed = dict(zip(aligned.columns, cells, strict=True))
        return _judged(record, [tuple(placed.get(place) for place in range(len(record.paths)))], Origin.PRINTED)
    return None


def _unparted(record: Record, cells: Sequence[Token], *, plain: bool, glued: bool) -> Readings:
    """The readings of a run that has too few or too many pieces: digits were glued, or cells lost."""
    cuts = cuts_of(cells, record)
    if cuts is None:
        return Readings((), Origin.CUT)
    # In a table that has only lost its separators no cell is missing: digits are cut or stay open
    # (test: test_glued_digits_without_a_balanced_cut_have_no_reading)
    lost = _placements(cells, len(record.paths)) if plain and not glued else []
    judged = _judged(record, cuts + lost, Origin.CUT, glued=glued)
    if any(None in option for option in judged.options):
        return replace(judged, origin=Origin.LOST)
    return judged


def _texts(cells: Sequence[Token]) -> list[str]:
    return [cell.text for cell in cells if cell.text]


def _row(aligned: Aligned, size: int) -> Reading | None:
    """The cells that are certainly the record's: their number is right, or both ends are filled; None if uncertain."""
    cells = aligned.run.cells
    filled = [place for place, cell in enumerate(cells) if cell.kind is not TokenKind.BLANK]
    if len(cells) < size:
        return None
    # Of a row of blanks alone it does not matter which of them are padding (golden: 002)
    if not filled:
        return cells[:size]
    # Filled from end to end it needs no knowledge of the padding; most rows are read by this alone
    # (sample: city-housing-bureau-2020; golden: 000, 001, changtu-2021, shanghai-bangongting-2025)
    if filled[-1] - filled[0] == size - 1:
        return cells[filled[0] : filled[-1] + 1]
    if aligned.fillers is None:
        return None
    before, behind = aligned.fillers
    row = cells[before : before + size]
    # One cell lost before the padding makes a blank of it the row's last cell
    # (test: test_counted_cells_of_a_wrong_number_may_stand_anywhere)
    right = len(cells) == before + size + behind
    return row if right and before <= filled[0] and filled[-1] < before + size else None


def _judged(record: Record, options: Sequence[Reading], origin: Origin, *, glued: bool = False) -> Readings:
    """The readings under which the record's sums hold, else those of which they say nothing, else one as printed."""
    # A row whose sum says nothing is read (sample: district-government-2023; golden: 002), and one whose printed sum is
    # wrong is read as printed: the check reports it, the reader does not mend it (golden: hongze-2023)
    verdicts = [verdict_on(record.sums, option) for option in options]
    for verdict in (Balance.HOLDS, Balance.SILENT):
        kept = tuple(option for option, found in zip(options, verdicts, strict=True) if found is verdict)
        if kept:
            proved = verdict is Balance.HOLDS and origin is not Origin.PRINTED
            rules = tuple(sorted({item.rule for item in record.sums})) if proved else ()
            return Readings(kept, origin, verdict, glued, rules)
    return Readings(tuple(options) if origin is Origin.PRINTED else (), origin, Balance.FAILS)


def _plain(cell: Token, kind: Kind) -> bool:
    """Whether a token can be one whole number: it has no leading zero, and a sign only where the kind has one."""
    if cell.kind is not TokenKind.NUMBER:
        return True
    if kind is Kind.COUNT and (cell.text[0] in "+-" or cell.is_change_in_words):
        return False
    return re.match(r"[+-]?0\d", cell.text) is None


def _placements(cells: Sequence[Token | None], size: int) -> list[Reading]:
    """Every way to put the filled cells, in their order, into `size` places."""
    filled = [cell for cell in cells if cell is not None and cell.kind is not TokenKind.BLANK]
    if not filled or len(filled) > size:
        return []
    found: list[Reading] = []
    for places in combinations(range(size), len(filled)):
        reading: list[Token | None] = [None] * size
        for place, cell in zip(places, filled, strict=True):
            reading[place] = cell
        found.append(tuple(reading))
    return found
