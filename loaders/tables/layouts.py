"""The ways in which crawlers flatten a table, each an entry of `LAYOUTS`: folded text and label hits to runs of cells.

A layout says when it applies (`recognise`) and how the text between two labels falls into rows of cells (`read`).
Entries are tried in order; the last takes what no other recognises. Adding a layout is adding an entry.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from loaders.tables.cells import NUMBER, Token, TokenKind, token
from loaders.tables.hits import Hit
from loaders.text import ZERO_WIDTH
from loaders.vocabulary.cells import NOT_APPLICABLE

Cells = tuple[Token, ...]
_MARKDOWN_RULE = re.compile(r"(?m)^[ \t|:]*-{3,}[-|: \t]*$")
_PAGE_NUMBER = re.compile(r"(?m)^[ \t]*[-—–]+[ \t]*\d{1,3}[ \t]*[-—–]+[ \t]*$")
_FAR = 40  # letters of unknown words after which a figure no longer belongs to the label before them


@dataclass(frozen=True, slots=True)
class Run:
    """Cells in a row, and the label they follow; `hit` is None where the label was lost or is not known.

    `apart` counts the letters of unknown words between the cells and the label or run before them.
    """

    hit: Hit | None
    cells: Cells
    start: int
    end: int
    apart: int = 0


@dataclass(frozen=True, slots=True)
class Layout:
    """One way of flattening; `counts_blanks` says that an empty cell leaves a trace, so that cells can be counted."""

    id: str
    counts_blanks: bool
    recognise: Callable[[str], bool]
    read: Callable[[str, int, int], Iterator[Cells]]

    def runs(self, folded: str, hits: list[Hit], end: int) -> list[Run]:
        """The runs of cells between the labels of a region that ends at `end`, in text order."""
        found: list[Run] = []
        borders = [*hits, Hit((), end, end)]
        for hit, after in pairwise(borders):
            since = hit.end
            for index, cells in enumerate(self.read(folded, hit.end, after.start)):
                start, stop = cells[0].start, cells[-1].end
                apart = _letters(folded, since, start)
                found.append(Run(hit if index == 0 and apart <= _FAR else None, cells, start, stop, apart))
                since = stop
        return found


def mask(folded: str) -> str:
    """The text with page numbers and the rules of Markdown tables blanked out, as long as before."""
    for pattern in (_MARKDOWN_RULE, _PAGE_NUMBER):
        folded = pattern.sub(lambda match: " " * len(match[0]), folded)
    return folded


def layout_for(region: str) -> Layout:
    """The first layout that recognises the region."""
    return next(layout for layout in LAYOUTS if layout.recognise(region))


def _letters(folded: str, start: int, end: int) -> int:
    return sum(char.isalpha() for char in folded[start:end])


def _lines(folded: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start <= end:
        stop = folded.find("\n", start, end)
        stop = end if stop < 0 else stop
        yield start, stop
        start = stop + 1


def _split(folded: str, start: int, end: int, separator: str) -> list[tuple[int, int]]:
    pieces: list[tuple[int, int]] = []
    while True:
        stop = folded.find(separator, start, end)
        if stop < 0:
            return [*pieces, (start, end)]
        pieces.append((start, stop))
        start = stop + 1


def _values(tokens: Iterator[Token] | list[Token]) -> Iterator[Cells]:
    """Runs of tokens that may stand in a cell; a run of blanks alone is kept, words part two runs."""
    run: list[Token] = []
    for item in tokens:
        if item.kind is TokenKind.TEXT:
            if run:
                yield tuple(run)
            run = []
        else:
            run.append(item)
    if run:
        yield tuple(run)


def _cell_a_line(folded: str, start: int, end: int) -> Iterator[Cells]:
    pieces = _split(folded, start, end, "|")
    # the first piece is the rest of the label's own cell, the last the beginning of the next label's
    yield from _values([token(folded, *piece) for piece in pieces[1:-1]])


def _row_a_line(separator: str) -> Callable[[str, int, int], Iterator[Cells]]:
    def read(folded: str, start: int, end: int) -> Iterator[Cells]:
        lines = list(_lines(folded, start, end))
        for index, (line_start, line_end) in enumerate(lines):
            if separator not in _whole_line(folded, line_start, line_end):
                yield from _words(folded, line_start, line_end)
                continue
            pieces = _split(folded, line_start, line_end, separator)
            if index == 0 or not folded[slice(*pieces[0])].strip():
                pieces = pieces[1:]  # the label's own cell, or the edge before the first bar
            if index == len(lines) - 1 or (pieces and not folded[slice(*pieces[-1])].strip()):
                pieces = pieces[:-1]  # the next label's cell, or the edge behind the last bar
            yield from _values([token(folded, *piece) for piece in pieces])

    return read


def _whole_line(folded: str, start: int, end: int) -> str:
    stop = folded.find("\n", end)
    return folded[folded.rfind("\n", 0, start) + 1 : None if stop < 0 else stop]


def _paragraphs(folded: str, start: int, end: int) -> Iterator[Cells]:
    """Cells parted by an empty line; an empty cell leaves one newline more."""
    cells: list[Token] = []
    breaks = 0
    for line_start, line_end in _lines(folded, start, end):
        item = token(folded, line_start, line_end)
        if item.kind is not TokenKind.BLANK and line_start > start:
            cells.extend(Token(TokenKind.BLANK, "", line_start, line_start) for _ in range(breaks - 2))
            cells.append(item)
            breaks = 0
        breaks += line_end < end
    cells.extend(Token(TokenKind.BLANK, "", end, end) for _ in range(breaks - 2))
    yield from _values(cells)


_ORDINAL = r"\d{1,2}\s*[.、](?=\s*[^\s\d])"
_MARK = "|".join(re.escape(mark) for mark in sorted(NOT_APPLICABLE, key=len, reverse=True))
_WORD = re.compile(
    rf"{_ORDINAL}|{NUMBER.pattern}|{_MARK}"
    rf"|[^\s\d|{ZERO_WIDTH}]+"
)


def _words(folded: str, start: int, end: int) -> Iterator[Cells]:
    yield from _values([token(folded, *match.span()) for match in _WORD.finditer(folded, start, end)])


def _blank_lines_part_figures(region: str) -> bool:
    figures = re.findall(r"(?m)^[ \t]*\d[\d.,]*[ \t]*$", region)
    parted = re.findall(r"\n[ \t]*\n[ \t]*\d[\d.,]*[ \t]*(?=\n[ \t]*\n|\Z)", region)
    return len(figures) > 0 and len(parted) * 2 >= len(figures)


def _rows_on_lines(separator: str) -> Callable[[str], bool]:
    def recognise(region: str) -> bool:
        filled = [
            sum(bool(piece.strip()) for piece in line.split(separator))
            for line in region.split("\n")
            if separator in line
        ]
        return sum(count > 1 for count in filled) > sum(count == 1 for count in filled)

    return recognise


def _anything(_region: str) -> bool:
    return True


def _bars(region: str) -> bool:
    return region.count("|") > region.count("\n") // 3


LAYOUTS: tuple[Layout, ...] = (
    Layout("row-a-line", counts_blanks=True, recognise=_rows_on_lines("|"), read=_row_a_line("|")),
    Layout("cell-a-line", counts_blanks=True, recognise=_bars, read=_cell_a_line),
    Layout("tabs", counts_blanks=True, recognise=_rows_on_lines("\t"), read=_row_a_line("\t")),
    Layout("paragraphs", counts_blanks=True, recognise=_blank_lines_part_figures, read=_paragraphs),
    Layout("words", counts_blanks=False, recognise=_anything, read=_words),
)


def joined(first: Run, second: Run) -> Run:
    """Two parts of one printed row as one run."""
    return replace(first, cells=first.cells + second.cells, end=second.end)
