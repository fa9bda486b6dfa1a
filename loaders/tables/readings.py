"""The ways in which the cells of one run can be the cells of one row.

A run with as many cells as the row has one reading, as printed. Where cells were lost, every order-preserving
placement is a reading; where digits of neighbours were glued, every cut into numbers without leading zeros is.
The row's own sums are checked on the way, so that hopeless readings are never built.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from loaders.forms import Kind
from loaders.tables.cells import NUMBER, Token, TokenKind, count_of

Reading = tuple[Token | None, ...]
"""One token for each column, None where the text has no cell for it."""

LIMIT = 20_000
"""Readings tried for one run; a run with more is ambiguous."""


@dataclass(frozen=True, slots=True)
class Sum:
    """An equation between positions of one row: the `left` cells add up to the `right` ones."""

    rule: str
    left: tuple[int, ...]
    right: tuple[int, ...]

    @property
    def last(self) -> int:
        """The position with which the equation can be decided."""
        return max(self.left + self.right)

    def holds(self, reading: Sequence[Token | None]) -> bool:
        """Whether it holds for what is printed."""
        left, right = (
            [value for index in side if (value := count_of(reading[index])) is not None]
            for side in (self.left, self.right)
        )
        return balanced(sum(left) - sum(right), bool(left), bool(right), is_total=len(self.right) == 1)


def balanced(difference: int, left: bool, right: bool, *, is_total: bool) -> bool:  # noqa: FBT001
    """Whether an equation holds: its two sides differ by nothing, a blank counting nothing.

    A total without printed parts, or parts without a printed total, says nothing: many reports fill in
    one or the other.
    """
    return difference == 0 or (is_total and not (left and right))


@dataclass(frozen=True, slots=True)
class Readings:
    """All readings of a run; `certain` says that its only reading is how it is printed."""

    options: tuple[Reading, ...]
    certain: bool
    rules: tuple[str, ...] = ()


def readings_of(  # noqa: PLR0913  (each argument is one fact of the table)
    cells: Sequence[Token],
    kinds: Sequence[Kind],
    sums: Sequence[Sum],
    *,
    counts_blanks: bool,
    fillers: int | None = None,
    glued: bool = False,
) -> Readings:
    """The readings of a run as a row of `kinds`.

    `glued` says that the whole table has lost its separators, so that no cell is missing; `fillers` is the number of
    trailing blanks that are no cells, where the table tells it.
    """
    size = len(kinds)
    if counts_blanks:
        windows = _windows(cells, size, fillers)
        if len(windows) == 1:
            return Readings((windows[0],), certain=True)
        options = windows or list(_placements(_without_fillers(cells, size, fillers), size))
    else:
        if len(cells) == size and all(_plain(cell, kind) for cell, kind in zip(cells, kinds, strict=True)):
            return Readings((tuple(cells),), certain=True)
        options = list(_cuts(cells, kinds, sums))
        if not glued and len(options) < LIMIT and all(_plain(cell, Kind.MONEY) for cell in cells):
            options += _placements(cells, size)
    if len(options) >= LIMIT:
        return Readings((), certain=False)
    kept = [option for option in options if all(equation.holds(option) for equation in sums)]
    rules = tuple(sorted({equation.rule for equation in sums})) if kept and len(kept) < len(options) else ()
    # a row whose printed sums are wrong in every reading is read without them
    return Readings(tuple(kept or options), certain=False, rules=rules)


def _plain(cell: Token, kind: Kind) -> bool:
    """Whether a token can be one whole number: it has no leading zero and a sign only where the kind has one."""
    if cell.kind is not TokenKind.NUMBER:
        return True
    if re.match(r"[+-]?\d", cell.text) and cell.text[0] in "+-" and kind is Kind.COUNT:
        return False
    return re.match(r"[+-]?0\d", cell.text) is None


def _windows(cells: Sequence[Token], size: int, fillers: int | None) -> list[Reading]:
    """The stretches of `size` cells outside which everything is blank."""
    filled = [index for index, cell in enumerate(cells) if cell.kind is not TokenKind.BLANK]
    if len(cells) < size:
        return []
    if not filled or (filled[0] == 0 and filled[-1] == size - 1):
        return [tuple(cells[:size])]
    if fillers is not None:
        if len(cells) - fillers == size:
            return [tuple(cells[:size])] if filled[-1] < size else []
        if len(cells) - fillers < size and not set(range(size)) <= set(filled):
            return []
    starts = range(max(0, filled[-1] - size + 1), min(filled[0], len(cells) - size) + 1)
    return [tuple(cells[start : start + size]) for start in starts]


def _without_fillers(cells: Sequence[Token], size: int, fillers: int | None) -> list[Token]:
    kept = list(cells)
    for _ in range(fillers or 0):
        if kept and kept[-1].kind is TokenKind.BLANK:
            kept.pop()
    while len(kept) > size and kept[-1].kind is TokenKind.BLANK:
        kept.pop()
    return kept


def _placements(cells: Sequence[Token], size: int) -> Iterator[Reading]:
    """Every way to put the cells, in their order, into `size` places."""
    if len(cells) > size:
        return
    for places in combinations(range(size), len(cells)):
        reading: list[Token | None] = [None] * size
        for place, cell in zip(places, cells, strict=True):
            reading[place] = cell
        yield tuple(reading)


_SHAPES = {
    Kind.COUNT: re.compile(r"0|[1-9]\d*"),
    Kind.CHANGE: re.compile(r"[+-]?(?:0|[1-9]\d*)"),
    Kind.MONEY: NUMBER,
}


def _cuts(cells: Sequence[Token], kinds: Sequence[Kind], sums: Sequence[Sum]) -> Iterator[Reading]:
    """Every cut of the pieces into exactly one number for each kind; blanks between pieces are always cuts."""
    due: dict[int, list[Sum]] = {}
    for equation in sums:
        due.setdefault(equation.last, []).append(equation)
    made = 0

    def extend(reading: tuple[Token, ...], piece: int, offset: int) -> Iterator[Reading]:
        nonlocal made
        position = len(reading)
        if position == len(kinds):
            if piece == len(cells):
                yield reading
            return
        if piece == len(cells) or len(kinds) - position < len(cells) - piece:
            return
        for part in _heads(cells[piece], offset, kinds[position]):
            made += 1
            if made > LIMIT:
                return
            longer = (*reading, part)
            if all(equation.holds(longer) for equation in due.get(position, ())):
                done = part.end == cells[piece].end
                yield from extend(longer, piece + done, 0 if done else part.end - cells[piece].start)

    yield from extend((), 0, 0)


def _heads(cell: Token, offset: int, kind: Kind) -> Iterator[Token]:
    """The numbers of `kind` that the rest of a piece can begin with."""
    if cell.kind is not TokenKind.NUMBER:
        if offset == 0:
            yield cell
        return
    text, shape = cell.text, _SHAPES[kind]
    if len(text) != cell.end - cell.start:  # something invisible inside: offsets would be wrong
        return
    for end in range(offset + 1, len(text) + 1):
        head = text[offset:end]
        if shape.fullmatch(head) and (kind is not Kind.MONEY or not re.match(r"0\d", head)):
            yield Token(TokenKind.NUMBER, head, cell.start + offset, cell.start + end)
