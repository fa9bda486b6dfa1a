"""The ways in which crawlers flatten a table, each an entry of `LAYOUTS`: folded text and label hits to runs of cells.

A layout says how the text between two labels falls into rows of cells (`read`), and when it is the likely one
(`recognise`). Adding a layout is adding an entry.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from loaders.tables.cells import NUMBER_ON_A_LINE, Token, TokenKind, token
from loaders.tables.hits import Hit
from loaders.tables.plan import letters
from loaders.text.folding import ZERO_WIDTH
from loaders.vocabulary.cells import APPROXIMATING, INDICATOR_UNITS, NOT_APPLICABLE, ORDINALS, PAGE_MARKS

Cells = tuple[Token, ...]
_MARKDOWN_RULE = re.compile(r"(?m)^[ \t|:]*-{3,}[-|: \t]*\n?|(?<=\|)[ \t]*\|?(?:[ \t]*:?-{3,}:?[ \t]*\|)+")
_PAGE_MARK = re.compile(rf"(?m)^[ \t{ZERO_WIDTH}]*(?:{PAGE_MARKS})[ \t{ZERO_WIDTH}]*(?:\n|\Z)")
_LEADING_BAR = re.compile(r"(?m)^[ \t]*\|(?=[ \t]*[^|\s])")
_FIRST_CELL = re.compile(r"(?m)^[ \t]*[^|\s][^|\n]*\|")
_ORDINALS = re.compile(ORDINALS)
_DIGIT = re.compile(r"\d")
# Share of the lines that must be rows of cells for the rows to lie on lines; half is more than a table with long labels
# has (golden: shanghai-bangongting-2025)
_FEWEST_LINES = 0.2
_BETWEEN = " \t\n|" + ZERO_WIDTH
_UNITS = frozenset(INDICATOR_UNITS)


@dataclass(frozen=True, slots=True)
class Run:
    """Cells in a row, and the label they follow; `hit` is None where the label was lost or is not known.

    `words` are the letters that stand where the label of such a run should be; `close` says that nothing at all stands
    there; `mended` that it was put together from two.
    """

    hit: Hit | None
    cells: Cells
    start: int
    end: int
    words: str = ""
    close: bool = False
    mended: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """One way of flattening.

    `counts_blanks` says that an empty cell leaves a trace, so that cells can be counted; `firm` that this trace is more
    than a blank; `separator` parts the cells of a line where a line is a row.
    """

    id: str
    counts_blanks: bool
    firm: bool
    separator: str
    recognise: Callable[[str], bool]
    read: Callable[[str, int, int], Iterator[Cells]]

    def runs(self, folded: str, hits: list[Hit], end: int) -> list[Run]:
        """The runs of cells between the labels of a stretch that ends at `end`, in text order."""
        found: list[Run] = []
        stops = [hit.start for hit in hits[1:]] + [end]
        for hit, stop in zip(hits, stops, strict=True):
            since = hit.end
            for index, cells in enumerate(self.read(folded, hit.end, stop)):
                start, after = cells[0].start, cells[-1].end
                between = folded[since:start].strip(_BETWEEN)
                words = label_letters(between)
                if index == 0 and not _DIGIT.search(between) and belongs(words, hit.spelling.wording):
                    found.append(Run(hit, cells, start, after, close=not between))
                else:
                    label = label_letters(folded[hit.start : hit.end]) if index == 0 else ""
                    found.append(Run(None, cells, start, after, label + words, close=index > 0 and not between))
                since = after
        return found


def label_letters(text: str) -> str:
    """The letters of a text without those of ordinals."""
    return letters(_ORDINALS.sub("", text)) if text else ""


def belongs(words: str, wording: str) -> bool:
    """Whether words between a label and its cells are a unit, or the rest of the label itself."""
    # 售出 件 5, and 部分公开 whose explanation stands before the cells
    # (test: test_words_before_cells_belong_to_a_label_if_they_are_a_unit_or_its_rest)
    if not words or words in _UNITS:
        return True
    rest = iter(wording)
    return all(char in rest for char in words)


def mask(folded: str) -> str:
    """The text with page marks, the rules of Markdown tables and bars before a first cell blanked out, as long."""
    # — 5 — between two cells is none, but parts them (test: test_page_marks_and_rules_are_blanked_out_with_their_line)
    for pattern in (_MARKDOWN_RULE, _PAGE_MARK) if "---" in folded else (_PAGE_MARK,):
        folded = pattern.sub(lambda match: " " * len(match[0]), folded)
    # A bar before the first cell would make one blank cell more of every row
    # (test: test_the_bar_before_the_first_cell_of_a_line_closes_no_cell)
    if "|" in folded and 2 * len(_LEADING_BAR.findall(folded)) > len(_FIRST_CELL.findall(folded)):
        folded = "".join(_without_edges(folded))
    return folded


def _without_edges(folded: str) -> Iterator[str]:
    """The lines, each without its first bar; where lines have no last bar it closes the line before, and stays."""
    lines = folded.splitlines(keepends=True)
    barred = [line.strip() for line in lines if "|" in line]
    open_ended = sum(line.endswith("|") for line in barred) * 2 < len(barred)
    closed = True
    for line in lines:
        text = line.strip()
        yield line.replace("|", " ", 1) if text.startswith("|") and (closed or not open_ended) else line
        if text:
            closed = "|" not in text or text.endswith("|")


def layouts_for(stretch: str) -> Iterator[Layout]:
    """Every layout that may be the stretch's, the likeliest first."""
    return (layout for layout in LAYOUTS if layout.recognise(stretch))


def _lines(folded: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start <= end:
        stop = folded.find("\n", start, end)
        stop = end if stop < 0 else stop
        yield start, stop
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
    """Cells that each end with a bar, whatever the lines; the first piece is the rest of the label's own cell."""
    if folded.find("|", start, end) < 0:
        yield from _words(folded, start, end)
        return
    row: list[Token] = []
    for piece_start, piece_end in _pieces(folded, "|", start, end):
        item = token(folded, piece_start, piece_end)
        if piece_start == start:
            row += [item] if item.kind is TokenKind.NUMBER else []
        elif piece_end < end or (item.kind is TokenKind.NUMBER and _is_over(folded, item.end, end)):
            row.append(item)
    yield from _values(row)


def _is_over(folded: str, stop: int, end: int) -> bool:
    """Whether a cell ends without a bar: its line does, or the text does behind a blank (golden: changtu-2021)."""
    return "\n" in folded[stop:end] or stop < end == len(folded)


def _row_a_line(separator: str, *, closed: bool) -> Callable[[str, int, int], Iterator[Cells]]:
    """Reads rows on lines, cells parted by a separator; `closed` says that it stands behind the last one, too.

    The first piece is the rest of the label's own cell, the last one the beginning of the next label's.
    """

    def read(folded: str, start: int, end: int) -> Iterator[Cells]:
        for line_start, line_end in _stretches_of_lines(folded, separator, start, end):
            if separator not in _whole_line(folded, line_start, line_end):
                yield from _words(folded, line_start, line_end)
                continue
            row = [token(folded, *piece) for piece in _pieces(folded, separator, line_start, line_end)]
            if line_start == start and row[0].kind is not TokenKind.NUMBER:
                row = row[1:]
            if row and (line_end == end or (closed and row[-1].kind is not TokenKind.NUMBER)):
                row = row[:-1]
            if row:
                yield tuple(row)

    return read


def _stretches_of_lines(folded: str, separator: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The lines, those without a separator joined to one stretch."""
    loose: int | None = None
    for line_start, line_end in _lines(folded, start, end):
        if separator in _whole_line(folded, line_start, line_end):
            if loose is not None:
                yield loose, line_start
            loose = None
            yield line_start, line_end
        elif loose is None:
            loose = line_start
    if loose is not None:
        yield loose, end


def _whole_line(folded: str, start: int, end: int) -> str:
    stop = folded.find("\n", end)
    return folded[folded.rfind("\n", 0, start) + 1 : None if stop < 0 else stop]


def _pieces(folded: str, separator: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The stretches between separators."""
    while (stop := folded.find(separator, start, end)) >= 0:
        yield start, stop
        start = stop + 1
    yield start, end


def _paragraphs(folded: str, start: int, end: int) -> Iterator[Cells]:
    """Cells parted by an empty line; an empty cell leaves one newline more."""
    # Two newlines part two cells, each further one is a cell printed empty: counted otherwise, figures move
    # (sample: town-government-2021; golden: 002)
    cells: list[Token] = []
    breaks = 0
    for line_start, line_end in _lines(folded, start, end):
        item = _whole(folded, token(folded, line_start, line_end))
        if item.kind is not TokenKind.BLANK and (line_start > start or item.kind is TokenKind.NUMBER):
            cells.extend(Token(TokenKind.BLANK, "", line_start, line_start) for _ in range(breaks - 2))
            cells.extend([item] if item.kind is not TokenKind.TEXT else _tokens(folded, line_start, line_end))
            breaks = 0
        breaks += line_end < end
    cells.extend(Token(TokenKind.BLANK, "", end, end) for _ in range(breaks - 2))
    yield from _values(cells)


_ORDINAL = r"\d{1,2}\s*[.、](?=\s*[^\s\d])"
_MARK = "|".join(re.escape(mark) for mark in sorted(NOT_APPLICABLE, key=len, reverse=True))
_BROKEN = rf"\d[\d.,]*{ZERO_WIDTH}[\d.,{ZERO_WIDTH}]+"  # a number with something invisible inside
_NUMBERED = (
    r"[-—–][ \t]*\d{1,3}[ \t]*[-—–](?!\S)|[·•~/]\d+|\d+[·•~/]\d*"  # the number of a page, or of a page of so many
)
# Part of a longer word is no cell: .311082, 1e5, 0x10, 3110 and 82 with a broken byte between, 2021 before 年; but
# cells are glued to labels (test: test_a_figure_is_a_whole_word; test: test_glued_digits_are_placed_right_or_left_open)
_BEFORE_FIGURE = rf"(?<!\d:)(?<![{APPROXIMATING}])(?<![^\s|{ZERO_WIDTH}:)\"\u3400-\u9fff])"
# A figure before punctuation stands in prose, also where the line ends between
# (test: test_a_figure_in_a_sentence_is_no_cell)
_BEHIND_FIGURE = rf"(?=[\s|{ZERO_WIDTH}(\"]|{ORDINALS}|\Z)(?![\s{ZERO_WIDTH}]*[.,;:。、!?])"
_BRACKET = rf"(?!{ORDINALS})\([^()|\d]*(?:\d+[^()|\d]*)?\)"  # a note, also one that a line end parts from its figure
_WORDS = (
    rf"{_BRACKET}|{_ORDINAL}|{_NUMBERED}|{_BROKEN}"
    rf"|{_BEFORE_FIGURE}(?P<figure>(?>{NUMBER_ON_A_LINE.pattern})){_BEHIND_FIGURE}"
    rf"|(?<![^\s|{ZERO_WIDTH}\u3400-\u9fff\"])(?P<mark>{_MARK})(?=[\s\d{ZERO_WIDTH}]|\Z)"
    rf"|[^\s\d|{ZERO_WIDTH}]+|\d+"
)
_WORD = re.compile(_WORDS)
_LONE_DASH = r"(?<!\S)[-—–]+(?!\S)"
_DASH_OR_WORD = re.compile(rf"(?P<dash>{_LONE_DASH})|{_WORDS}")
# Dashes that number no page, from which on they stand for zeros; fewer may be what is left of page marks
# (test: test_dashes_for_zeros_are_cells_and_dashes_around_a_page_number_are_none)
_FEWEST_DASHES = 3


def _tokens(folded: str, start: int, end: int, word: re.Pattern[str] = _WORD) -> list[Token]:
    cells = tuple({"figure", "mark", "dash"} & word.groupindex.keys())
    return [
        _whole(folded, token(folded, *match.span()))
        if any(match.group(*cells))
        else Token(TokenKind.TEXT, match[0], match.start(), match.end())
        for match in word.finditer(folded, start, end)
    ]


def _whole(folded: str, item: Token) -> Token:
    """The token, as words if the text breaks off behind it: a number may have lost digits there."""
    # 2 of 21 would be given (test: test_a_table_cut_off_in_the_middle_of_a_number_does_not_give_the_half_of_it)
    return replace(item, kind=TokenKind.TEXT, number=None) if item.end == len(folded) else item


def _words(folded: str, start: int, end: int) -> Iterator[Cells]:
    yield from _values(_tokens(folded, start, end))


def _words_and_dashes(folded: str, start: int, end: int) -> Iterator[Cells]:
    yield from _values(_tokens(folded, start, end, _DASH_OR_WORD))


def _dashes_for_zeros(stretch: str) -> bool:
    pages = re.findall(rf"{_LONE_DASH}[ \t]*\d{{1,3}}[ \t]*{_LONE_DASH}", stretch)
    return _no_bars(stretch) and len(re.findall(_LONE_DASH, stretch)) - 2 * len(pages) >= _FEWEST_DASHES


def _blank_lines_part_figures(stretch: str) -> bool:
    figures = re.findall(r"(?m)^[ \t]*\d[\d.,]*[ \t]*$", stretch)
    parted = re.findall(r"\n[ \t]*\n[ \t]*\d[\d.,]*[ \t]*(?=\n[ \t]*\n|\Z)", stretch)
    return len(figures) > 0 and len(parted) * 2 >= len(figures)


def _rows_on_lines(separator: str) -> Callable[[str], bool]:
    def recognise(stretch: str) -> bool:
        if separator not in stretch:
            return False
        lines = [line for line in stretch.split("\n") if line.strip()]
        filled = [sum(map(bool, map(str.strip, line.split(separator)))) for line in lines if separator in line]
        rows = sum(count > 1 for count in filled)
        return rows > sum(count == 1 for count in filled) and rows > _FEWEST_LINES * len(lines)

    return recognise


def _bars(stretch: str) -> bool:
    # One cell a line has a bar on each line, and lines without any between: not more bars than lines, but not far less
    # (test: test_each_layout_gives_the_cells_of_a_row_blanks_included)
    return stretch.count("|") > stretch.count("\n") // 3


def _no_bars(stretch: str) -> bool:
    return not _bars(stretch)


# In order of trust: what counts blanks firmly goes first, so that of two layouts that fit alike the surer one reads.
LAYOUTS: tuple[Layout, ...] = (
    Layout(
        "row-a-line",
        counts_blanks=True,
        firm=True,
        separator="|",
        recognise=_rows_on_lines("|"),
        read=_row_a_line("|", closed=True),
    ),
    Layout("cell-a-line", counts_blanks=True, firm=True, separator="", recognise=_bars, read=_cell_a_line),
    Layout(
        "tabs",
        counts_blanks=True,
        firm=True,
        separator="\t",
        recognise=_rows_on_lines("\t"),
        read=_row_a_line("\t", closed=False),
    ),
    Layout(
        "paragraphs",
        counts_blanks=True,
        firm=False,
        separator="",
        recognise=_blank_lines_part_figures,
        read=_paragraphs,
    ),
    Layout(
        "words-and-dashes",
        counts_blanks=False,
        firm=False,
        separator="",
        recognise=_dashes_for_zeros,
        read=_words_and_dashes,
    ),
    Layout("words", counts_blanks=False, firm=False, separator="", recognise=_no_bars, read=_words),
)


def joined(first: Run, second: Run) -> Run:
    """Two parts of one printed row as one run."""
    return replace(first, cells=first.cells + second.cells, end=second.end, mended=True)


def parted(run: Run) -> list[Run]:
    """The runs that are left where the words in a line of cells are no cells but labels."""
    parts: list[Run] = []
    words = run.words
    hit = run.hit
    for cells in _stretches(run.cells):
        if cells[0].kind is TokenKind.TEXT:
            text = "".join(label_letters(cell.text) for cell in cells)
            words += text
            hit = hit if hit and belongs(text, hit.spelling.wording) else None
        else:
            parts.append(Run(hit, cells, cells[0].start, cells[-1].end, words if hit is None else ""))
            hit, words = None, ""
    return parts


def _stretches(cells: Cells) -> Iterator[Cells]:
    return (tuple(group) for _, group in groupby(cells, lambda cell: cell.kind is TokenKind.TEXT))
