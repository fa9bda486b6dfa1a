"""A page of a fixed layout, whatever format it comes from: characters where they stand, and the strokes drawn on it.

PDF, OFD and recognised pictures are read into this; `page_text`, `page_tables` and `pages` read it and know no format.
Coordinates are points from the page's upper left corner.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from loaders.file_formats.recognised import Certainty

_SAME_PLACE = 1.0  # points


class Glyph(NamedTuple):
    """One character, or a few that stand together, and its box."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float
    upright: bool
    certainty: Certainty | None = None

    @property
    def x(self) -> float:
        """Middle from left to right."""
        return (self.x0 + self.x1) / 2

    @property
    def y(self) -> float:
        """Middle from top to bottom."""
        return (self.top + self.bottom) / 2


class Stroke(NamedTuple):
    """A drawn line as a thin box; one that is not thin rules nothing."""

    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Page:
    """What is printed on one page."""

    glyphs: tuple[Glyph, ...]
    strokes: tuple[Stroke, ...] = ()


def sides_of(x0: float, top: float, x1: float, bottom: float) -> tuple[Stroke, ...]:
    """The four sides of a box that is drawn with an outline."""
    return (
        Stroke(x0, top, x1, top),
        Stroke(x0, bottom, x1, bottom),
        Stroke(x0, top, x0, bottom),
        Stroke(x1, top, x1, bottom),
    )


def strokes_between(points: Sequence[tuple[float, float]]) -> Iterator[Stroke]:
    """The strokes of a path from point to point."""
    for (xa, ya), (xb, yb) in pairwise(points):
        yield Stroke(min(xa, xb), min(ya, yb), max(xa, xb), max(ya, yb))


def once(glyphs: Iterable[Glyph]) -> Iterator[Glyph]:
    """The glyphs without those drawn again in the same place, as some programs print bold."""
    known: dict[tuple[str, int, int], Glyph] = {}
    for glyph in glyphs:
        column, row = round(glyph.x0 / _SAME_PLACE), round(glyph.top / _SAME_PLACE)
        near = (known.get((glyph.text, x, y)) for x in range(column - 1, column + 2) for y in range(row - 1, row + 2))
        if not any(other and _in_one_place(other, glyph) for other in near):
            known[glyph.text, column, row] = glyph
            yield glyph


def _in_one_place(one: Glyph, other: Glyph) -> bool:
    return abs(one.x0 - other.x0) <= _SAME_PLACE and abs(one.top - other.top) <= _SAME_PLACE
