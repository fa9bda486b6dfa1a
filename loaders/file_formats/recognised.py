"""How surely a text was recognised in a picture, kept beside the text from the glyph to the stretch of the whole text.

A line knows it of each of its cells; a paragraph is one cell. Text that was not read from a picture has no `Certainty`.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

CELL_END = " | "
"""What stands between two cells of a canonical row; its last cell lacks the blank behind."""


class Certainty(NamedTuple):
    """How sure the recognition was, from 0 to 1, and whether a second one at another resolution read the same."""

    confidence: float
    repeated: bool = False


class Recognised(NamedTuple):
    """A stretch of the text that was read from a picture."""

    start: int
    end: int
    certainty: Certainty


class SureLine(str):
    """A line of text with the certainty of each of its cells."""

    __slots__ = ("cells",)

    cells: tuple[Certainty | None, ...]

    @classmethod
    def of(cls, text: str, cells: Iterable[Certainty | None]) -> "str | SureLine":
        """The line; a plain one where nothing of it was read from a picture."""
        known = tuple(cells)
        if not any(known):
            return text
        line = cls(text)
        line.cells = known
        return line


def least(certainties: Iterable[Certainty | None]) -> Certainty | None:
    """What can be said of all together: they are as sure as the least sure of them."""
    known = [certainty for certainty in certainties if certainty is not None]
    if not known:
        return None
    return Certainty(min(known)[0], all(certainty.repeated for certainty in known))


def certainty_of(line: str) -> Certainty | None:
    """What can be said of a line as a whole."""
    return least(line.cells) if isinstance(line, SureLine) else None


def recognised_in(lines: Iterable[str]) -> Iterator[Recognised]:
    """The stretches read from pictures in the canonical text that is made of the lines."""
    start = 0
    for line in lines:
        if not line.strip():
            continue
        if isinstance(line, SureLine):
            yield from _of_line(line, start)
        start += len(line) + 1


def _of_line(line: SureLine, start: int) -> Iterator[Recognised]:
    parts = [line] if len(line.cells) == 1 else f"{line} ".split(CELL_END)[: len(line.cells)]
    for part, certainty in zip(parts, line.cells, strict=True):
        if part and certainty:
            yield Recognised(start, start + len(part), certainty)
        start += len(part) + len(CELL_END)
