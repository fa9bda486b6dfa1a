"""Folded text to the indicators of a statistical annex that no national form declares.

Each row is one `Indicator` with its unit, the figure of the year and the cumulative one. The columns are told by the
header words; rows that the national annex declares are left to it where the table is that annex. A figure is given
only where its column is certain or proved.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from loaders.document import CellStatus, Indicator, Number, TableSpan
from loaders.forms import FORMS, Form
from loaders.tables.cells import LARGEST, Token, TokenKind, token
from loaders.tables.layouts import mask
from loaders.tables.plan import label_key
from loaders.text.folding import ZERO_WIDTH, bare
from loaders.text.simplified import simplified
from loaders.vocabulary.cells import (
    INDICATOR_CODE_HEADERS,
    INDICATOR_CUMULATIVE_HEADERS,
    INDICATOR_HEADERS,
    INDICATOR_UNIT_HEADERS,
    INDICATOR_UNITS,
    INDICATOR_VALUE_HEADERS,
    INDICATOR_YEAR_HEADER,
    LOCAL_INDICATOR_STEMS,
    NOT_APPLICABLE,
    OF_WHICH,
    ORDINAL_STYLES,
)

# A single row is no table (test: test_what_is_no_statistical_annex_gives_nothing)
_FEWEST_ROWS = 3
# Letters before a figure: two headings and a label of the annex; 30 lose its rows (sample: district-government-2016)
_LONGEST_LABEL = 120
# Share of a form's rows that makes a table that form's: older local annexes share a few of its labels, and at 0.05
# lose these rows to a form that nobody finds there (golden: pingtan-2013, pingtan-2015, pingtan-xian-2012)
_SHARE = 0.4
_MOST_DIGITS = 24

_UNIT, _CODE, _VALUE, _CUMULATIVE = "unit", "code", "value", "cumulative"
_SPACE = rf"[\s|{ZERO_WIDTH}]*"


def _words(words: Sequence[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


def _tolerant(words: Sequence[str]) -> str:
    """A pattern of words that blanks or line ends may have broken."""
    gap = rf"[\s{ZERO_WIDTH}]*"
    return "|".join(gap.join(map(re.escape, word)) for word in sorted(words, key=len, reverse=True))


_HEADER = re.compile(rf"(?:{_tolerant(INDICATOR_HEADERS)})")
_COLUMN = re.compile(
    rf"{_SPACE}(?:(?P<{_CODE}>{_tolerant(INDICATOR_CODE_HEADERS)})|(?P<{_UNIT}>{_tolerant(INDICATOR_UNIT_HEADERS)})"
    rf"|(?P<{_CUMULATIVE}>{_tolerant(INDICATOR_CUMULATIVE_HEADERS)})"
    rf"|(?P<{_VALUE}>{INDICATOR_YEAR_HEADER}|{_tolerant(INDICATOR_VALUE_HEADERS)}))"
)
_UNITS = _words(INDICATOR_UNITS)
_MARKS = _words(NOT_APPLICABLE)
# The number of a page, as in 3/8 or ·3·, is no figure, nor is part of a word: 1e5, 12%
# (test: test_part_of_a_word_or_a_number_beyond_all_figures_is_none)
_NOT_BEHIND = r"(?![·•~/A-Za-z%\ufffd\u00b2\u00b3\u00b9\u2460-\u24ff\[])"
_FIGURE = rf"(?:[+-]?(?<![·•~/])\d[\d,.]*+{_NOT_BEHIND}|(?:{_MARKS})(?![^\s{ZERO_WIDTH}]))"
_ROW = re.compile(rf"(?P<unit>{_UNITS})[\s{ZERO_WIDTH}]*(?P<figures>{_FIGURE}(?:[\s{ZERO_WIDTH}]*{_FIGURE})*)")
_UNIT_ALONE = re.compile(rf"(?<=\s)(?:{_UNITS})(?=\s)")
_ORDINAL = re.compile("|".join(f"(?P<s{level}>{style})" for level, style in enumerate(ORDINAL_STYLES)))
_NEXT_ORDINAL = re.compile(r"(?:(?<=\d)|(?<=\s)|^)\d\s*\.$")
_PARTED_ORDINAL = re.compile(rf"[ {ZERO_WIDTH}]*[、.]")
_NO_VALUE = re.compile(rf"(?:{_words([mark for mark in NOT_APPLICABLE if len(mark) > 1])})")
_GUIDANCE = re.compile(r"\([^()]*\)?$")
_PART = rf"{_tolerant([OF_WHICH])}\s*:?"
_OF_WHICH = re.compile(rf"^\s*{_PART}")
_BEGINS = re.compile(rf"\s*(?:{'|'.join(ORDINAL_STYLES)}|{_PART})")


@dataclass(frozen=True, slots=True)
class IndicatorTable:
    """The indicators of one table and where it stands."""

    span: TableSpan
    indicators: tuple[Indicator, ...]


@dataclass(frozen=True, slots=True)
class _Row:
    """A printed row: the text with its label, its unit, its cells, and where these stand."""

    label: str
    unit: str
    cells: tuple[Token, ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Entry:
    """A label or heading as it nests: its level (None where nothing is printed before it) and its 其中."""

    label: str
    level: int | None
    of_which: bool


def read_indicators(folded: str, forms: Sequence[Form] = FORMS) -> IndicatorTable | None:
    """The indicators of the first statistical table that has any; None where there is none, or no form to keep them.

    Their labels are given in simplified characters, so that an indicator has one name.
    """
    home = next((form.id for form in forms if form.indicators), None)
    text = simplified(folded)
    if home is None or not _HEADER.search(text):
        return None
    masked = mask(text)
    for header in _HEADER.finditer(masked):
        columns, start = _columns(masked, header.end())
        if _VALUE not in columns:
            continue
        rows = [row for row in _rows(masked, start, columns) if any(_entries(row.label))]
        # Any list of units and figures has a header like it (test: test_what_is_no_statistical_annex_gives_nothing)
        stems = sum(any(stem in row.label for stem in LOCAL_INDICATOR_STEMS) for row in rows)
        if len(rows) < _FEWEST_ROWS or stems * 2 < len(rows):
            continue
        if _CUMULATIVE not in columns and any(word in rows[0].label for word in INDICATOR_CUMULATIVE_HEADERS):
            columns.append(_CUMULATIVE)  # its header was torn off the others'
        indicators = _without_declared(_indicators(rows, columns), forms)
        if indicators:
            span = TableSpan(home, header.start(), max(row.end for row in rows))
            return IndicatorTable(span, tuple(indicators))
    return None


def _columns(masked: str, position: int) -> tuple[list[str], int]:
    """What the header says of each column after the label's, and where the first row begins."""
    columns: list[str] = []
    while match := _COLUMN.match(masked, position):
        columns += [name for name, text in match.groupdict().items() if text]
        position = match.end()
    return columns, position


def _rows(masked: str, start: int, columns: Sequence[str]) -> Iterator[_Row]:
    if "|" in masked[start : start + 200]:
        return _barred_rows(masked, start, columns)
    return _worded_rows(masked, start)


def _barred_rows(masked: str, start: int, columns: Sequence[str]) -> Iterator[_Row]:
    """Rows whose cells are parted by bars: a cell that is nothing but a unit tells where the label ends."""
    pieces = [token(masked, *match.span()) for match in re.compile(r"[^|]+|(?<=\|)(?=\|)").finditer(masked, start)]
    label: list[Token] = []
    width = len([name for name in columns if name != _UNIT])
    index = 0
    while index < len(pieces):
        piece = pieces[index]
        index += 1
        if piece.text in INDICATOR_UNITS and label:
            cells = tuple(pieces[index : index + width])
            if len(cells) < width or any(cell.kind is TokenKind.TEXT for cell in cells):
                label = []
                continue
            yield _Row(" ".join(item.text for item in label), piece.text, cells, label[0].start, cells[-1].end)
            label, index = [], index + width
        elif piece.kind is TokenKind.TEXT:
            label.append(piece)
            if len(bare(" ".join(item.text for item in label))) > _LONGEST_LABEL:
                return


def _worded_rows(masked: str, start: int) -> Iterator[_Row]:
    """Rows whose cells are parted by blanks, by lines or by nothing: a unit right before figures ends the label."""
    for match in _ROW.finditer(masked, start):
        if match.start() < start:
            continue
        label = masked[start : match.start()]
        if len(bare(label)) > _LONGEST_LABEL or "。" in label:
            return
        end = _end_of_figures(masked, match)
        # 14 where the text breaks off may have been 140 (test: test_a_figure_where_the_text_breaks_off_is_not_given)
        if end == len(masked):
            return
        cells = tuple(
            token(masked, *piece.span())
            for piece in re.compile(rf"[^\s{ZERO_WIDTH}]+").finditer(masked, match.start("figures"), end)
        )
        # 申请 件 数 is one label, torn (test: test_a_unit_inside_a_torn_label_ends_no_row)
        skipped = [unit for unit in _UNIT_ALONE.finditer(label) if _BEGINS.match(label, unit.end())]
        begin = start + (skipped[-1].end() if skipped else 0)
        yield _Row(masked[begin : match.start()], match["unit"], cells, begin, end)
        start = end


def _end_of_figures(masked: str, match: re.Match[str]) -> int:
    """Where the figures end: one digit before a point or 、 is the ordinal of the next row."""
    end = match.end()
    # "件 32、" is a 3 and the next row's "2、", "32 ." likewise
    # (golden: pingtan-2013, pingtan-2015; test: test_the_ordinal_of_the_next_row_is_no_digit_of_the_figure)
    if _PARTED_ORDINAL.match(masked, end) and masked[end - 1].isdigit():
        return end - 1
    # "件 3 2." likewise, and "1." on the next line (sample: county-government-2010; golden: pingtan-2018)
    ordinal = _NEXT_ORDINAL.search(masked, match.start("figures"), end)
    return ordinal.start() if ordinal else end


def _indicators(rows: Sequence[_Row], columns: Sequence[str]) -> list[Indicator]:
    figures = [name for name in columns if name != _UNIT]
    parents = list(_parents(rows))
    # Where one row has its cells apart, a row with one cell has lost the other: 12 is no 1 and 2
    # (test: test_where_one_row_has_its_cells_apart_a_single_figure_is_not_cut)
    glued = all(len(row.cells) == 1 for row in rows)
    candidates = _decided([_candidates(row.cells, figures, glued=glued) for row in rows], parents)
    return [
        _indicator(row, options, label, parent)
        for row, options, (label, parent, _) in zip(rows, candidates, parents, strict=True)
    ]


_Candidate = tuple[Token | None, Token | None]
"""The cell of the year and the cumulative one."""


def _candidates(cells: Sequence[Token], figures: Sequence[str], *, glued: bool) -> list[_Candidate]:
    """The ways in which cells can fill the columns: as printed, or cut where two columns are glued."""
    value = figures.index(_VALUE)
    cumulative = figures.index(_CUMULATIVE) if _CUMULATIVE in figures else None
    if len(cells) == len(figures):
        return [(cells[value], None if cumulative is None else cells[cumulative])]
    if not glued or cumulative is None or len(figures) != len((_VALUE, _CUMULATIVE)):
        return []
    return [pair for pair in _halves(cells[0]) if _at_most(*pair)]


def _halves(cell: Token) -> Iterator[_Candidate]:
    text = cell.text
    if not text.isdigit() or len(text) > _MOST_DIGITS:
        return
    for cut in range(1, len(text)):
        first, second = text[:cut], text[cut:]
        if all(part == "0" or part[0] != "0" for part in (first, second)):
            yield (
                Token(TokenKind.NUMBER, first, cell.start, cell.start + cut, int(first)),
                Token(TokenKind.NUMBER, second, cell.start + cut, cell.end, int(second)),
            )


def _at_most(part: Token | None, whole: Token | None) -> bool:
    numbers = [item.number if item else None for item in (part, whole)]
    return None in numbers or numbers[0] <= numbers[1]  # type: ignore[operator]


def _decided(
    candidates: list[list[_Candidate]], parents: Sequence[tuple[str, str | None, int | None]]
) -> list[list[_Candidate]]:
    """The candidates that some candidate of the whole, and of each part, allows: a part is at most its whole."""
    # Glued pairs of figures are open without it: 2121 of a whole, 1818 and 33 of its parts (golden: pingtan-xian-2012)
    state = list(candidates)
    links = [(index, whole) for index, (_, _, whole) in enumerate(parents) if whole is not None]
    changed = True
    while changed:
        changed = False
        for part, whole in links:
            if not state[part] or not state[whole]:
                continue
            fits = [[all(map(_at_most, small, big)) for big in state[whole]] for small in state[part]]
            # A part above its whole is a fault of the source: it proves nothing, and must not empty both rows
            # (test: test_the_ordinal_of_the_next_row_is_no_digit_of_the_figure)
            if not any(map(any, fits)):
                continue
            kept_parts = [item for item, row in zip(state[part], fits, strict=True) if any(row)]
            kept_wholes = [item for column, item in enumerate(state[whole]) if any(row[column] for row in fits)]
            changed |= len(kept_parts) < len(state[part]) or len(kept_wholes) < len(state[whole])
            state[part], state[whole] = kept_parts, kept_wholes
    return state


def _indicator(row: _Row, options: Sequence[_Candidate], label: str, parent: str | None) -> Indicator:
    start, end = (row.cells[0].start, row.cells[-1].end) if row.cells else (row.end, row.end)
    glued = len(row.cells) == 1 and any(second for _, second in options)
    (value, status), (cumulative, cumulative_status) = (
        _figure([option[side] for option in options], glued=glued) for side in (0, 1)
    )
    text = " ".join(cell.text for cell in row.cells if cell.text) or None
    return Indicator(label, parent, row.unit, value, cumulative, text, start, end, status, cumulative_status)


def _figure(cells: Sequence[Token | None], *, glued: bool) -> tuple[Number | None, CellStatus]:
    if not cells or len({cell.number if cell else None for cell in cells}) > 1:
        return None, CellStatus.AMBIGUOUS
    cell = cells[0]
    if cell is None:
        return None, CellStatus.MISSING
    if cell.number is None:
        return None, CellStatus[cell.kind.name]
    if abs(cell.number) > LARGEST:
        return None, CellStatus.TEXT
    return cell.number, CellStatus.PLACED if glued else CellStatus.REPORTED


def _parents(rows: Sequence[_Row]) -> Iterator[tuple[str, str | None, int | None]]:
    """For each row its clean label, the label of its parent, and the index of the row of which it is a part."""
    open_levels: list[tuple[int, _Entry, int | None]] = []  # from the outermost: depth, entry, index of its row
    before: tuple[int, _Entry, int | None] | None = None
    for index, row in enumerate(rows):
        entries = list(_entries(row.label))
        for position, entry in enumerate(entries):
            place = index if position == len(entries) - 1 else None
            depth = _depth(entry, open_levels, before)
            while open_levels and open_levels[-1][0] >= depth:
                open_levels.pop()
            parent = open_levels[-1] if open_levels else None
            before = (depth, replace(entry, of_which=entry.of_which or (entry.level is None and depth > 0)), place)
            open_levels.append(before)
            if place is not None:
                whole = parent[2] if parent else None
                yield entry.label, parent[1].label if parent else None, whole


_STEP = 10
"""Depth between two styles of ordinals; what is printed behind 其中 without an ordinal lies in between."""


def _depth(
    entry: _Entry, open_levels: Sequence[tuple[int, _Entry, int | None]], before: tuple[int, _Entry, int | None] | None
) -> int:
    """How deep an entry nests: by its ordinal, or one step below what its 其中 breaks down."""
    if entry.level is not None:
        depth = (entry.level + 1) * _STEP
        return max(depth, before[0] + 1) if entry.of_which and before else depth
    if entry.of_which:
        return before[0] + 1 if before else 1
    # Nothing printed before it: it goes on a series that began behind 其中 without an ordinal, else it is a new whole
    # (sample: district-government-2016; test: test_parents_follow_headings_ordinals_and_of_which)
    series = [depth for depth, known, _ in open_levels if known.of_which and known.level is None]
    return series[-1] if series else 0


def _entries(text: str) -> Iterator[_Entry]:
    """The headings and, last, the label in the text between two rows: each begins with its ordinal."""
    # The mark of a heading's empty cell stands between it and the next label (sample: district-government-2016)
    for part in _NO_VALUE.split(text):
        starts = [match.start() for match in _ORDINAL.finditer(part) if match.start() == 0 or _begins(part, match)]
        for start, end in zip([0, *starts], [*starts, len(part)], strict=True):
            entry = _entry(part[start:end])
            if entry:
                yield entry


def _begins(part: str, match: re.Match[str]) -> bool:
    """Whether an ordinal begins a label: not behind 其中, whose label it belongs to, nor inside brackets."""
    before = part[: match.start()]
    return not re.search(rf"{_PART}\s*$", before) and before.count("(") == before.count(")")


def _entry(text: str) -> _Entry | None:
    of_which = _OF_WHICH.match(text)
    rest = text[of_which.end() :] if of_which else text
    rest = rest.strip().lstrip(ZERO_WIDTH + "|").lstrip()
    ordinal = _ORDINAL.match(rest)
    label = bare(rest[ordinal.end() :] if ordinal else rest)
    # Guidance in brackets would part one indicator's name from year to year (sample: district-government-2016)
    label = _GUIDANCE.sub("", label).strip(":,;|、.") or label
    if not any(map(str.isalpha, label)):
        return None
    level = next((level for level in range(len(ORDINAL_STYLES)) if ordinal and ordinal[f"s{level}"]), None)
    return _Entry(label, level, of_which is not None)


def _without_declared(indicators: list[Indicator], forms: Sequence[Form]) -> list[Indicator]:
    """The indicators that no form declares, where the table as a whole is the table of a form."""
    keys = [label_key(indicator.label) for indicator in indicators]
    # Rows of the national annex must not stand twice (test: test_rows_of_the_national_annex_are_left_to_its_form)
    for declared in _declared(tuple(forms)):
        found = [key in declared for key in keys]
        if sum(found) >= _SHARE * len(declared):
            return [item for item, known in zip(indicators, found, strict=True) if not known]
    return indicators


@lru_cache(maxsize=8)
def _declared(forms: tuple[Form, ...]) -> tuple[frozenset[str], ...]:
    """The row labels of every edition that has one figure a row."""
    return tuple(
        frozenset(label_key(spelling) for row in block.rows for spelling in row.label.spellings)
        for form in forms
        for edition in form.editions
        for block in edition.blocks
        if len(block.columns) == 1 and not block.columns[0].id
    )
