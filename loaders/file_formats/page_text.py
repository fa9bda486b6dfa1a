"""Glyphs of a page to lines, and lines to paragraphs, in which no line ends in the middle of a sentence.

Chinese has no blanks between characters; columns are kept apart by one blank.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from loaders.file_formats.canonical import WIDE, tidy
from loaders.file_formats.page import Glyph
from loaders.file_formats.recognised import Certainty, SureLine, certainty_of, least
from loaders.vocabulary.characters import CLOSERS, HEADING_START, RADICALS, SENTENCE_ENDS

# All in widths of a character. Chinese set to fill the line is spread by less than a column's gap.
_COLUMN_GAP = 1.2
_WORD_GAP = 0.3
_MIXED_GAP = 0.4
# Digits of one figure stand evenly; this much more than their usual distance parts two cells without rulings.
_FIGURE_GAP = 0.1
_TABULAR_GAP = 1.8
_SAME_LINE = 0.45
_INDENT = 1.2
_DEEPEST_INDENT = 4.0
_SLACK = 1.2
_TITLE_SIZE = 1.2
_WIDEST_LEADING = 3.0
_PARAGRAPH_STEP = 1.6
_FEWEST_FIGURES = 3

_HEADING = re.compile(HEADING_START)
# Several figures at the end of a line, or one alone on it, are cells.
_FIGURES = re.compile(rf"(?:(?:^|\s)[-+]?[\d,.]+){{{_FEWEST_FIGURES},}}$|^[-+]?[\d,.]+$")
_TOKEN = re.compile(r"[A-Za-z0-9@:/._%#&?=+-]+|.")
# Text layers of some printers name radicals where the ideograph is meant, or forms for lines written downwards.
_RADICAL = re.compile(r"[\u2e80-\u2fdf\uf900-\ufaff\ufe10-\ufe19\ufe30-\ufe48]")
_DIGITS = frozenset("0123456789")
_FIGURE_STARTS = _DIGITS | {"+", "-"}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a page."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float
    tabular: bool
    certainty: Certainty | None = None


def plain(text: str) -> str:
    """The text with ideographs where a text layer names radicals or forms written downwards."""
    if _RADICAL.search(text):
        text = unicodedata.normalize("NFKC", text.translate(RADICALS))
    return text.encode("utf-8", "replace").decode()


def lines_of(glyphs: Iterable[Glyph]) -> list[Line]:
    """The lines that the glyphs stand on, from top to bottom."""
    rows: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda glyph: glyph.y):
        if rows and abs(glyph.y - rows[-1][-1].y) <= _SAME_LINE * max(glyph.size, rows[-1][-1].size):
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
    return [line for row in rows if (line := _line(sorted(row, key=lambda glyph: glyph.x0)))]


def cell_lines(glyphs: Sequence[Glyph]) -> tuple[str, ...]:
    """The text of a cell: wrapped Chinese runs on without a blank."""
    if sum(not glyph.upright for glyph in glyphs) > len(glyphs) / 2:
        return ("".join(glyph.text for glyph in glyphs),)
    text = ""
    for line in lines_of(glyphs):
        text = _joined(text, line.text)
    return (text,)


def paragraphs(blocks: Sequence["Line | list[str]"]) -> list[str]:
    """Lines joined to paragraphs; rows of tables, given as lists, stand as they are."""
    lines = [block for block in blocks if isinstance(block, Line)]
    shape = _Shape.of(lines)
    result: list[str] = []
    previous: Line | None = None
    for block in blocks:
        if isinstance(block, list):
            result.extend(block)
            previous = None
        elif previous is not None and shape.runs_on(previous, block):
            certainty = least((certainty_of(result[-1]), block.certainty))
            result[-1] = SureLine.of(_joined(result[-1], block.text), (certainty,))
            previous = block
        else:
            result.append(SureLine.of(block.text, (block.certainty,)))
            previous = block
    return result


@dataclass(frozen=True, slots=True)
class _Shape:
    """How the document sets its paragraphs."""

    left: float
    right: float
    size: float
    leading: float
    indents: bool

    @classmethod
    def of(cls, lines: Sequence[Line]) -> "_Shape":
        prose = [line for line in lines if not line.tabular]
        if not prose:
            return cls(0.0, 0.0, 0.0, 0.0, indents=False)
        size = _middle(sorted(line.size for line in prose for _ in line.text))
        body = [line for line in prose if abs(line.size - size) < 1] or prose
        left = _middle(sorted(line.x0 for line in body), 0.1)
        right = _middle(sorted(line.x1 for line in body), 0.9)
        indented = sum(_INDENT * size < line.x0 - left < _DEEPEST_INDENT * size for line in body)
        steps = sorted(b.top - a.top for a, b in pairwise(body) if 0 < b.top - a.top < _WIDEST_LEADING * size)
        leading = _middle(steps) if steps else _WIDEST_LEADING * size
        return cls(left, right, size, leading, indents=indented * 8 >= len(body))

    def runs_on(self, line: Line, following: Line) -> bool:
        """Whether a line's paragraph goes on with the following line."""
        if line.tabular or following.tabular or _HEADING.match(following.text):
            return False
        if line.size > self.size * _TITLE_SIZE or following.size > self.size * _TITLE_SIZE:
            return self._is_one_title(line, following)
        if following.x0 - self.left > _INDENT * self.size or following.top - line.top > _PARAGRAPH_STEP * self.leading:
            return False
        if _ends_a_sentence(line.text) and not self.indents:
            return False
        return line.x1 + _width_of_first_token(following) > self.right - _SLACK * self.size

    def _is_one_title(self, line: Line, following: Line) -> bool:
        centred = min(line.x0, following.x0) > self.left + self.size or abs(line.x0 - following.x0) < self.size
        same = abs(line.size - following.size) < 1 and following.top - line.bottom < 2 * line.size
        return centred and same and not _ends_a_sentence(line.text) and not _HEADING.match(line.text)


def _middle(ordered: Sequence[float], share: float = 0.5) -> float:
    return ordered[min(int(len(ordered) * share), len(ordered) - 1)]


def _ends_a_sentence(text: str) -> bool:
    return text.rstrip(CLOSERS)[-1:] in SENTENCE_ENDS or text[-1] in SENTENCE_ENDS


def _width_of_first_token(line: Line) -> float:
    match = _TOKEN.match(line.text)
    if match is None or WIDE.match(match[0]):
        return line.size
    return len(match[0]) * line.size / 2


def _joined(text: str, following: str) -> str:
    if not text or not following:
        return text + following
    wide = WIDE.match(text[-1]) or WIDE.match(following[0])
    return text + ("" if wide else " ") + following


def _line(row: Sequence[Glyph]) -> Line | None:
    text = tidy("".join(_spaced(row)))
    shown = [glyph for glyph in row if glyph.text.strip()]
    if not text or not shown:
        return None
    size = max(glyph.size for glyph in shown)
    gaps = [b.x0 - a.x1 for a, b in pairwise(shown)]
    return Line(
        text=text,
        x0=shown[0].x0,
        x1=shown[-1].x1,
        top=min(glyph.top for glyph in shown),
        bottom=max(glyph.bottom for glyph in shown),
        size=size,
        tabular=max(gaps, default=0.0) > _TABULAR_GAP * size or bool(_FIGURES.search(text)),
        certainty=least(glyph.certainty for glyph in shown),
    )


def _spaced(row: Sequence[Glyph]) -> Iterator[str]:
    figure_gap = _figure_gap(row)
    previous: Glyph | None = None
    blank = False
    for glyph in row:
        if not glyph.text.strip():
            blank = True
            continue
        if previous is not None:
            limit = _limit(previous, glyph, blank=blank, figure_gap=figure_gap)
            if _gap(previous, glyph) > limit:
                yield " "
        yield glyph.text
        previous, blank = glyph, False


def _gap(left: Glyph, right: Glyph) -> float:
    return (right.x0 - left.x1) / max(left.size, right.size, 1.0)


def _limit(left: Glyph, right: Glyph, *, blank: bool, figure_gap: float) -> float:
    """The distance beyond which two neighbours are set apart."""
    wide = (WIDE.match(left.text[-1]) is not None) + (WIDE.match(right.text[0]) is not None)
    if wide == 2:  # noqa: PLR2004  both sides
        return _COLUMN_GAP
    if blank:
        return -1.0
    if _in_figures(left, right):
        return figure_gap
    return _MIXED_GAP if wide else _WORD_GAP


def _in_figures(left: Glyph, right: Glyph) -> bool:
    return left.text[-1] in _DIGITS and right.text[0] in _FIGURE_STARTS


def _figure_gap(row: Sequence[Glyph]) -> float:
    gaps = sorted(max(_gap(a, b), 0.0) for a, b in pairwise(row) if _in_figures(a, b))
    return min(_WORD_GAP, _middle(gaps) + _FIGURE_GAP) if gaps else _WORD_GAP
