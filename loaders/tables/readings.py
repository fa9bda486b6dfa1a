"""The ways in which the cells of one run can be the cells of one record.

A run with as many cells as the record has one reading, as printed. Where cells were lost, every order-preserving
placement of the printed ones is a reading; where digits of neighbours were glued, every cut into numbers without
leading zeros is. Readings under which the record's own sums hold go before all others.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from itertools import combinations
from typing import NamedTuple

from loaders.forms import Kind
from loaders.tables.align import Aligned
from loaders.tables.balance import Balance, Reading, verdict_on
from loaders.tables.cells import NUMBER, Token, TokenKind, token
from loaders.tables.plan import Record, Sum

LIMIT = 20_000
"""Readings tried for one run; a run with more is ambiguous."""


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
    if aligned.restored:
        return Readings((cells,), Origin.CUT, glued=True)
    if any(_texts(rival) != _texts(cells) for rival in aligned.rivals):
        return Readings((), Origin.PRINTED)
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


def _unparted(record: Record, cells: Sequence[Token], *, plain: bool, glued: bool) -> Readings:
    """The readings of a run that has too few or too many pieces: digits were glued, or cells lost."""
    cuts = _cuts(cells, record)
    if cuts is None:
        return Readings((), Origin.CUT)
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
    if not filled:
        return cells[:size]
    if filled[-1] - filled[0] == size - 1:
        return cells[filled[0] : filled[-1] + 1]
    if aligned.fillers is None:
        return None
    before, behind = aligned.fillers
    row = cells[before : before + size]
    right = len(cells) == before + size + behind
    return row if right and before <= filled[0] and filled[-1] < before + size else None


def _judged(record: Record, options: Sequence[Reading], origin: Origin, *, glued: bool = False) -> Readings:
    """The readings under which the record's sums hold, else those of which they say nothing, else one as printed."""
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
    if cell.text[0] in "+-" and kind is Kind.COUNT:
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


_SHAPES = {
    Kind.COUNT: re.compile(r"0|[1-9]\d*"),
    Kind.CHANGE: re.compile(r"[+-]?(?:0|[1-9]\d*)"),
    Kind.MONEY: re.compile(rf"(?!0\d){NUMBER.pattern}"),
}


def _cuts(cells: Sequence[Token], record: Record) -> list[Reading] | None:
    """Every cut of the pieces into exactly one number for each cell, None where there are too many to try.

    Blanks between pieces are always cuts; a cut is given up as soon as a sum fails.
    """
    due: dict[int, list[Sum]] = {}
    for equation in record.sums:
        due.setdefault(equation.last, []).append(equation)
    size, found, made = len(record.kinds), list[Reading](), 0

    def extend(parts: tuple[_Part, ...], piece: int, offset: int) -> None:
        nonlocal made
        position = len(parts)
        if piece == len(cells) or position == size:
            if piece == len(cells) and position == size:
                found.append(tuple(_token(cells[part.piece], part) for part in parts))
            return
        if size - position < len(cells) - piece:
            return
        for part in _heads(cells, piece, offset, record.kinds[position]):
            made += 1
            if made > LIMIT:
                return
            longer = (*parts, part)
            if all(_holds(item, longer) for item in due.get(position, ())):
                done = part.end == len(cells[piece].text)
                extend(longer, piece + done, 0 if done else part.end)

    extend((), 0, 0)
    return found if made <= LIMIT else None


class _Part(NamedTuple):
    """A part of a piece that is taken for one cell, and the integer it prints."""

    piece: int
    start: int
    end: int
    number: int | None


def _holds(item: Sum, parts: Sequence[_Part]) -> bool:
    left, right = (
        [count for place in side if (count := parts[place].number) is not None] for side in (item.left, item.right)
    )
    return not (left and right) or sum(left) == sum(right)


def _heads(cells: Sequence[Token], piece: int, offset: int, kind: Kind) -> Iterator[_Part]:
    """The numbers of `kind` that the rest of a piece can begin with."""
    cell = cells[piece]
    text, size = cell.text, len(cell.text)
    if cell.kind is not TokenKind.NUMBER or size != cell.end - cell.start:  # invisible inside: offsets would be wrong
        if offset == 0:
            yield _Part(piece, 0, size, cell.count)
    elif text.isdecimal() and kind is not Kind.MONEY:
        stops = (offset + 1,) if text[offset] == "0" else range(offset + 1, size + 1)
        for end in stops:
            yield _Part(piece, offset, end, int(text[offset:end]))
    else:
        for end in range(offset + 1, size + 1):
            if _SHAPES[kind].fullmatch(text, offset, end):
                yield _Part(piece, offset, end, token(text, offset, end).count)


def _token(cell: Token, part: _Part) -> Token:
    if part.start == 0 and part.end == len(cell.text):
        return cell
    item = token(cell.text, part.start, part.end)
    return replace(item, start=cell.start + part.start, end=cell.start + part.end)
