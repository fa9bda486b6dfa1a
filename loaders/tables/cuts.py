"""Digits of neighbouring cells that lost the blank between them, cut into one number for each cell again.

Every cut counts that gives each cell a number without a leading zero and under which no sum of the record fails.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from loaders.forms import Kind
from loaders.tables.balance import Reading
from loaders.tables.cells import NUMBER, Token, TokenKind, token
from loaders.tables.plan import Record, Sum

# At 200 the longest rows of glued digits stay open (sample: district-government-2023; golden: pingtan-2024), without a
# bound 800 glued digits never end (test: test_too_many_cuts_to_try_are_no_reading)
LIMIT = 20_000
"""Parts tried for one run; a run that needs more is ambiguous."""

_SHAPES = {
    Kind.COUNT: re.compile(r"0|[1-9]\d*"),
    Kind.CHANGE: re.compile(r"[+-]?(?:0|[1-9]\d*)"),
    Kind.MONEY: re.compile(rf"(?!0\d){NUMBER.pattern}"),
}


class _Part(NamedTuple):
    """A part of a piece that is taken for one cell, and the integer it prints."""

    piece: int
    start: int
    end: int
    number: int | None


def cuts_of(cells: Sequence[Token], record: Record) -> list[Reading] | None:
    """Every cut of the pieces into exactly one number for each cell; blanks between pieces are always cuts."""
    # A surplus piece, or fewer digits than cells: something else was lost
    # (test: test_a_surplus_piece_leaves_no_reading)
    spare = sum(len(cell.text) if _divisible(cell) else 1 for cell in cells) - len(record.kinds)
    if spare < 0 or len(cells) > len(record.kinds):
        return []
    search = _Search(cells, record)
    search.extend((), 0, 0, spare)
    return None if search.tried > LIMIT else search.found


class _Search:
    """The cuts found so far, from the first cell to the last; one is given up as soon as a sum fails."""

    def __init__(self, cells: Sequence[Token], record: Record) -> None:
        self.found: list[Reading] = []
        self.tried = 0
        self._cells, self._kinds = cells, record.kinds
        self._tokens: dict[_Part, Token] = {}  # most cuts share most of their parts
        self._due: dict[int, list[Sum]] = {}
        for equation in record.sums:
            self._due.setdefault(equation.last, []).append(equation)

    def extend(self, parts: tuple[_Part, ...], piece: int, offset: int, spare: int) -> None:
        """Try every part that can come next; `spare` is how many more characters there are than cells left."""
        position = len(parts)
        if position == len(self._kinds) or piece == len(self._cells):
            if position == len(self._kinds) and piece == len(self._cells):
                self.found.append(tuple(map(self._token, parts)))
            return
        cell, due = self._cells[piece], self._due.get(position)
        divisible = _divisible(cell)
        for part in _heads(cell, piece, offset, self._kinds[position]):
            self.tried += 1
            left = spare - (part.end - part.start - 1 if divisible else 0)
            if left < 0 or self.tried > LIMIT:
                return
            longer = (*parts, part)
            if due is None or all(_holds(item, longer) for item in due):
                done = part.end == len(cell.text)
                self.extend(longer, piece + done, 0 if done else part.end, left)

    def _token(self, part: _Part) -> Token:
        if part not in self._tokens:
            self._tokens[part] = _token(self._cells[part.piece], part)
        return self._tokens[part]


def _divisible(cell: Token) -> bool:
    """Whether a piece may hold several cells; one with something invisible inside would give wrong offsets."""
    return cell.kind is TokenKind.NUMBER and len(cell.text) == cell.end - cell.start


def _holds(item: Sum, parts: Sequence[_Part]) -> bool:
    left, right = (
        [number for place in side if (number := parts[place].number) is not None] for side in (item.left, item.right)
    )
    return not (left and right) or sum(left) == sum(right)


def _heads(cell: Token, piece: int, offset: int, kind: Kind) -> Iterator[_Part]:
    """The numbers of `kind` that the rest of a piece can begin with, the shortest first."""
    text, size = cell.text, len(cell.text)
    if not _divisible(cell):
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
    return Token(item.kind, item.text, cell.start + part.start, cell.start + part.end, item.number, item.unit)
