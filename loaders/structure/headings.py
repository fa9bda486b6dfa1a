"""Printed numbers that may begin a heading, and the lines they stand on.

Each mark has its level, its value and how certain its place is; `loaders.structure.outline` decides which are headings.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property, lru_cache

from loaders.document import SectionRole, Span, TableSpan
from loaders.forms import narrative
from loaders.text.folding import ZERO_WIDTH


class Place(IntEnum):
    """Where a number stands, from the most to the least certain place for a heading."""

    LINE = 0
    SENTENCE = 1
    BLANK = 2
    COMMA = 3
    GLUED = 4
    CELL = 5


@dataclass(frozen=True, slots=True)
class Mark:
    """A printed number: its numbering style, value, extent and place."""

    style: int
    level: int
    number: int
    ordinal: str
    start: int
    after: int
    place: Place


_BLANKS = f" \t{ZERO_WIDTH}"
_SENTENCE_ENDS = "。;:!?…"
_PAUSES = ",\"')》〉】]>"
_BREAK = re.compile("\n")
_LONGEST_MARKUP = 12
_MARKUP = "#*> \t"
_PLACES = {"|": Place.CELL} | dict.fromkeys(_SENTENCE_ENDS, Place.SENTENCE) | dict.fromkeys(_PAUSES, Place.COMMA)
_PAGE_NUMBER = re.compile(r"[\s\-\u2014_\u00b7./\d]*")
_PAGE_FOOT = 12  # lines between the last line of a page and the first of the next
# How far above a table its heading may begin
# (test: test_a_heading_whose_words_are_the_first_labels_of_its_table_is_found)
_LONGEST_HEADING = 40
# Fewer full lines tell nothing: the rows of the blank form would be joined after its few long labels
# (golden: blank-form-2021)
_FEW_LINES = 8
# A page line is this wide, a Chinese character counting two. Counted from 10 on, the cells of a form are lines of a
# page
# (golden: blank-form-2021), from 60 on, a page of 30 characters a line is none (golden: shanghai-bangongting-2025)
_NARROW, _WIDE = 36, 120
# A full line is this much narrower where a word or a sign would not fit: with 2 paragraphs fall apart, with 20
# headings
# run into their text (golden: shanghai-bangongting-2025)
_RAGGED = 7

_STYLES = narrative.NUMBERING
_MARK = re.compile(
    rf"(?=[{narrative.FIRST_CHARACTERS}])(?:"
    + "|".join(
        f"(?P<s{index}>{style.pattern.replace('?P<n>', f'?P<n{index}>')})" for index, style in enumerate(_STYLES)
    )
    + ")"
)
_KNOWN = tuple((heading.role, re.compile(heading.pattern)) for heading in narrative.HEADINGS)
_NUMERAL = {char: value for value, char in enumerate(narrative.NUMERALS, 1)}
_SYMBOLS = {
    char: value
    for series in (
        narrative.CIRCLED,
        narrative.BRACKETED_CHINESE,
        narrative.BRACKETED_DIGITS,
        narrative.DOTTED_DIGITS,
    )
    for value, char in enumerate(series, 1)
}


def number_of(printed: str) -> int:
    """The value of a printed ordinal number up to ninety-nine.

    >>> number_of("十二"), number_of("7"), number_of("④")
    (12, 7, 4)
    """
    if printed.isdecimal():
        return int(printed)
    if printed in _SYMBOLS:
        return _SYMBOLS[printed]
    tens, ten, ones = printed.partition(narrative.NUMERALS[-1])
    if not ten:
        return _NUMERAL[printed[-1]]
    return 10 * (_NUMERAL[tens[-1]] if tens else 1) + (_NUMERAL[ones[-1]] if ones else 0)


@dataclass(frozen=True)
class Layout:
    """The folded text of one report with what is known about its lines."""

    folded: str
    body: Span
    tables: tuple[Span, ...]

    @cached_property
    def spans(self) -> tuple[Span, ...]:
        """The stretches of the body between the official tables."""
        found, at = [], self.body.start
        for table in self.tables:
            if table.start > at:
                found.append(Span(at, table.start))
            at = max(at, table.end)
        if at < self.body.end:
            found.append(Span(at, self.body.end))
        return tuple(found)

    @cached_property
    def width(self) -> int:
        """The width of a full line where the text is broken like a page, else 0."""
        widths: list[int] = []
        unfinished = 0
        for span in self.spans:
            for line in self.folded[span.start : span.end].split("\n"):
                width = _width(line)
                if width >= _NARROW:
                    widths.append(width)
                    unfinished += line.rstrip()[-1] not in _SENTENCE_ENDS
        if len(widths) < _FEW_LINES:
            return 0
        # Not the widest: a line that the page did not break would be the measure (golden: shanghai-bangongting-2025)
        widest = sorted(widths)[len(widths) * 3 // 4]
        full = sum(widest - _RAGGED <= width <= widest + _RAGGED for width in widths)
        broken = full * 2 >= len(widths) and unfinished * 2 >= len(widths)
        return widest if broken and widest <= _WIDE else 0

    @cached_property
    def table_starts(self) -> tuple[int, ...]:
        """Where the tables begin: they are looked up, too."""
        return tuple(table.start for table in self.tables)

    @cached_property
    def breaks(self) -> tuple[int, ...]:
        """The offsets of all line ends of the body: a line is looked up, never searched for."""
        return tuple(match.start() for match in _BREAK.finditer(self.folded, self.body.start, self.body.end))

    def line_start(self, at: int) -> int:
        """Where the line that `at` stands in begins."""
        place = bisect_left(self.breaks, at)
        return self.breaks[place - 1] + 1 if place else self.body.start

    def continues(self, line_end: int) -> bool:
        """Whether the line that ends here goes on in the next one, as a page breaks it."""
        if not self.width:
            return False
        line = self.folded[self.line_start(line_end) : line_end]
        return _width(line) >= self.width - _RAGGED and line.rstrip()[-1] not in _SENTENCE_ENDS

    def place(self, start: int, floor: int) -> Place:
        """What kind of place `start` is; `floor` is where its stretch of text begins."""
        at = start - 1
        while at >= floor and self.folded[at] in _BLANKS:
            at -= 1
        if at < floor:
            return Place.LINE
        before = self.folded[at]
        if before == "\n":
            return Place.GLUED if self.continues(at) else Place.LINE
        line = max(self.line_start(at), floor)
        if before in _MARKUP and at - line < _LONGEST_MARKUP and not self.folded[line:at].strip(_MARKUP):
            return Place.LINE
        if before in _PLACES:
            return _PLACES[before] if before not in _PAUSES or at == start - 1 else Place.BLANK
        return Place.BLANK if at < start - 1 else Place.GLUED

    def line_end(self, at: int) -> int:
        """The end of the line, of the stretch or of the body that `at` stands in, whichever comes first."""
        line = bisect_left(self.breaks, at)
        limit = self.breaks[line] if line < len(self.breaks) else self.body.end
        place = bisect_right(self.table_starts, at)
        # A line may run into a table, and its grid would be a passage (golden: pingtan-2019, pingtan-2021)
        return min(limit, self.tables[place].start) if place < len(self.tables) else limit

    def paragraph_end(self, at: int) -> int:
        """The end of the paragraph that `at` stands in: of its line, or of the last line that a page broke it into."""
        end = self.line_end(at)
        while self.width and end < self.body.end and self.folded[end] == "\n" and self.continues(end):
            end = self.line_end(self._behind_page_number(end + 1))
        return end

    def _behind_page_number(self, at: int) -> int:
        """The beginning of the next line with words, where a page number stands between; else `at`."""
        place, numbered = at, False
        for _ in range(_PAGE_FOOT):
            end = self.line_end(place)
            line = self.folded[place:end]
            if not _PAGE_NUMBER.fullmatch(line) or end >= self.body.end or self.folded[end] != "\n":
                break
            numbered = numbered or bool(line.strip())
            place = end + 1
        # Empty lines alone are the end of a paragraph, not the foot of a page (golden: shanghai-bangongting-2025)
        return place if numbered else at

    def skip_blanks(self, at: int) -> int:
        """The first place at or behind `at` that is neither blank nor markup."""
        while at < self.body.end and (self.folded[at] in _BLANKS or self.folded[at] == "*"):
            at += 1
        return at


def _width(line: str) -> int:
    """The printed width of a line; GBK has one byte for a Latin letter and two for a Chinese character."""
    return len(line.strip().encode("gbk", "replace"))


def layout_of(folded: str, body: Span, tables: Sequence[TableSpan | Span]) -> Layout:
    """The layout of a report whose tables are left out."""
    spans = sorted((_behind_heading(folded, table) for table in tables), key=lambda span: span.start)
    return _layout(folded, body, tuple(spans))


def _behind_heading(folded: str, table: TableSpan | Span) -> Span:
    """The table without the heading above it, whose words (行政复议、行政诉讼) may be those of its first labels."""
    for match in _MARK.finditer(folded, max(0, table.start - _LONGEST_HEADING), table.start):
        known = known_heading(folded, match.end())
        # Else the table would begin behind the heading of another one (golden: blank-form-2021, hangzhou-style-2025)
        if known and table.start < known[1] <= table.end:
            return Span(known[1], table.end)
    return Span(table.start, table.end)


@lru_cache(maxsize=2)  # two stages ask for the same one
def _layout(folded: str, body: Span, tables: tuple[Span, ...]) -> Layout:
    return Layout(folded, body, tables)


def marks_of(layout: Layout) -> list[Mark]:
    """Every printed number outside the tables that has the form of a heading's number."""
    return [mark for span in layout.spans for mark in _marks_in(layout, span)]


def _marks_in(layout: Layout, span: Span) -> Iterator[Mark]:
    for match in _MARK.finditer(layout.folded, span.start, span.end):
        index = int((match.lastgroup or "s0")[1:]) if match.lastgroup else 0
        style = _STYLES[index]
        place = layout.place(match.start(), span.start)
        if place is Place.CELL or (style.line_only and place is not Place.LINE):
            continue
        printed = match[f"n{index}"]
        # (一) and 一是 are named as printed, 一、 and 1. by their number alone (golden: 000, 001)
        ordinal = printed if style.level in {1, 3} else "".join(match[0].split()).rstrip("、.,:")
        yield Mark(index, style.level, number_of(printed), ordinal, match.start(), match.end(), place)


def known_heading(folded: str, at: int) -> tuple[SectionRole, int] | None:
    """The official or customary main heading printed at `at`, as its role and its end; the longest one counts."""
    found = [(match.end(), role) for role, pattern in _KNOWN if (match := pattern.match(folded, at))]
    if not found:
        return None
    end, role = max(found)
    return role, end
