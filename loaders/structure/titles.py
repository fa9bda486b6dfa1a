"""The title of a report, and what it says: its kind, its year, and the words that name the agency.

A title may be broken over two lines, be glued to the first sentence, or stand in a page that is a single line.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from loaders.document import ReportKind, Span
from loaders.text.simplified import simplified
from loaders.text.squeezed import Squeezed, one_line, squeezed
from loaders.vocabulary import agencies, identity

_REACH = 4000  # a title stands within the first characters
# And within the first lines; in a page on one line each word of its path is one
# (golden: pingtan-2013, pingtan-dishui-2013)
_PARTS = 60
# A longer line is a whole page and is cut at its blanks (golden: pingtan-2013, pingtan-dishui-2013)
_GLUED_LINE = 200
# What a year adds to the score of a title; an agency adds one. A line without a year is no title, else a report that
# prints none would get one of its headings for it (golden: 001)
_WITH_YEAR = 2
# Lines within which a page prints its title again, first in its path, then above the text: with 2 the preamble would
# begin with it (golden: pingtan-2013, pingtan-dishui-2013)
_REPEATED_WITHIN = 20
_LONGEST_HEAD = 48
# A title of two lines has a first one as long as this: with 12 the second is taken alone
# (golden: shanghai-bangongting-2025)
_LONGEST_EXTENSION = 40
_PRONUNCIATION = re.compile(identity.BRACKETED_PRONUNCIATION)
_TAIL = re.compile(identity.TITLE_TAIL)
_FOLLOWER = re.compile(identity.TITLE_FOLLOWERS)
_FILE_NAME = re.compile(identity.FILE_NAME)
_YEAR = re.compile(identity.TITLE_YEAR)
_ANY_YEAR = re.compile(identity.YEAR)
_DECORATION = re.compile(identity.DECORATION)
_PROSE = re.compile(r"[。;!?,]|:(?!$)|《")
_BLANK = re.compile(r"[ \t]+")
_UNBROKEN = re.compile(r"[^ \t]+")
_LABEL = re.compile(r"^[^:]{1,8}:")
_HEADING = re.compile(identity.HEADING_ORDINAL)
_AGENCY_END = re.compile(agencies.NAME_END)
_KINDS = tuple((ReportKind(cue.value), re.compile(cue.pattern)) for cue in identity.KIND_BY_TITLE)
_DIGITS = dict.fromkeys(identity.ZEROS, "0") | {char: str(value) for value, char in enumerate(identity.CHINESE_DIGITS)}


@dataclass(frozen=True, slots=True)
class Title:
    """A title and where it stands (None where it came from the page around the report)."""

    text: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class TitleParts:
    """A title taken apart: the words that name the agency, the year, and what the report is about."""

    agency: str
    year: int | None
    subject: str


def title_of(folded: str, body: Span) -> Title | None:
    """The best title line of a report: one with a year and an agency before one with a year alone.

    The first of equals counts, at its last place: a page may print it in its path and again above the text.
    """
    head = folded[body.start : min(body.end, body.start + _REACH)]
    title = _title_of(head)
    if title is None or title.span is None:
        return None
    return Title(title.text, Span(title.span.start + body.start, title.span.end + body.start))


@lru_cache(maxsize=16)
def _title_of(head: str) -> Title | None:
    text = simplified(head)
    parts = list(islice(_parts(text), _PARTS))
    best: tuple[int, Title] | None = None
    said: TitleParts | None = None
    last = len(parts)
    for index, part in enumerate(parts):
        if index >= last:
            break
        span = _title_in(text, parts, index, part)
        if span is None:
            continue
        printed = one_line(head[span.start : span.end])
        taken = take_apart(printed)
        score = _WITH_YEAR * (taken.year is not None) + bool(taken.agency)
        if score >= _WITH_YEAR and (best is None or score > best[0] or taken == said):
            best, said = (score, Title(printed, span)), taken
            last = min(len(parts), index + _REPEATED_WITHIN) if score > _WITH_YEAR else last
    return best[1] if best else None


def kind_by_title(title: str) -> ReportKind | None:
    """The kind that the words of a title show, None where they show none."""
    text = simplified(_PRONUNCIATION.sub("", one_line(title)))
    return next((kind for kind, pattern in _KINDS if pattern.search(text)), None)


@lru_cache(maxsize=256)
def take_apart(title: str) -> TitleParts:
    """The agency's words, the year and the subject of a title.

    >>> take_apart("2020年卫生健康委员会政府信息公开工作年度报告").agency
    '卫生健康委员会'
    """
    text = simplified(_PRONUNCIATION.sub("", one_line(title)))
    text = _DECORATION.sub("", text)
    tail = _TAIL.search(text)
    head, subject = (text[: tail.start()], text[tail.start() :]) if tail else (text, "")
    year = _YEAR.search(head) or _YEAR.search(text)
    head = _DECORATION.sub("", _YEAR.sub("", head)).strip(identity.TITLE_EDGES)
    if head.endswith(agencies.GOVERNMENT[:2]) and subject.startswith(agencies.GOVERNMENT[2:]):
        head += agencies.GOVERNMENT[2:]
    return TitleParts(head, year_number(year[0]) if year else None, subject)


def year_number(printed: str) -> int | None:
    """The first year printed in digits or Chinese numerals.

    >>> year_number("二○一四年"), year_number("2009-2010学年")
    (2014, 2009)
    """
    match = _ANY_YEAR.search(printed)
    if match is None:
        return None
    return int("".join(_DIGITS.get(char, char) for char in match[0]))


def _parts(text: str) -> Iterator[Span]:
    """The lines at the beginning; a line as long as a page is cut at its blanks."""
    at = 0
    while at < len(text):
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        if end - at > _GLUED_LINE:
            yield from _cut(text, at, end)
        elif text[at:end].strip():
            yield Span(at, end)
        at = end + 1


def _cut(text: str, start: int, end: int) -> Iterator[Span]:
    for match in _UNBROKEN.finditer(text, start, end):
        yield Span(match.start(), match.end())


def _title_in(text: str, parts: list[Span], index: int, part: Span) -> Span | None:
    """The span of the title that ends in this part, extended backwards and forwards where it was broken."""
    after = parts[index + 1] if index + 1 < len(parts) else part
    if not all(char in text[part.start : after.end] for char in identity.TITLE_SIGN):
        return None
    line = squeezed(text, part.start, part.end, drop=_PRONUNCIATION)
    match = _tail_of(line)
    if match is None and after is not part and part.end - part.start <= _LONGEST_EXTENSION:
        joined = squeezed(text, part.start, after.end, drop=_PRONUNCIATION)
        crossing = _tail_of(joined)
        # The words that end a title may be broken themselves: 信息公开|工作年度报告
        # (golden: shanghai-bangongting-2025)
        if crossing and crossing.start() < len(line.text) < crossing.end():
            line, match = joined, crossing
    if match is None:
        return None
    label = _LABEL.match(line.text)
    start = label.end() if label and label.end() <= match.start() else 0
    # In a row of metadata the title is one cell of several (test: test_a_heading_or_a_row_of_metadata_is_no_title)
    start = max(start, line.text.rfind(identity.CELL_MARK, 0, match.start()) + 1)
    head = line.text[start : match.start()]
    if _HEADING.match(line.text):
        return None
    if len(head) > _LONGEST_HEAD or _PROSE.search(_DECORATION.sub("", head)):
        return None
    span = line.span(start, _with_decoration(line, match.end()))
    return _extended(text, parts, index, _without_path(text, span))


def _without_path(text: str, span: Span) -> Span:
    """The title without the words of the page before it (首页 年报), where what is left has a year and an agency."""
    # The # of Markdown and the words of a path would be part of the agency's name
    # (sample: city-government-office-2024)
    for blank in _BLANK.finditer(text, span.start, span.end):
        rest = take_apart(one_line(text[blank.end() : span.end]))
        if rest.year is not None and rest.agency and rest.subject and _AGENCY_END.search(rest.agency):
            span = Span(blank.end(), span.end)
    return span


def _tail_of(line: Squeezed) -> re.Match[str] | None:
    """The words that end a title, where the line ends with them or goes on as titles do."""
    if _FILE_NAME.search(line.text[:200]):
        return None
    for match in _TAIL.finditer(line.text):
        rest = _DECORATION.sub("", line.text[match.end() :].partition(identity.CELL_MARK)[0])
        # A title may be glued to the first words of the text, 为, 根据 (golden: 004)
        if not rest or (_FOLLOWER.match(rest) and match.start() <= _LONGEST_HEAD):
            return match
    return None


def _with_decoration(line: Squeezed, end: int) -> int:
    decoration = _DECORATION.match(line.text, end)
    return decoration.end() if decoration else end


def _extended(text: str, parts: list[Span], index: int, span: Span) -> Span:
    """The title with the line before it, where that line holds the year or the agency that is missing."""
    taken = take_apart(one_line(text[span.start : span.end]))
    for before in reversed(parts[max(0, index - 2) : index]):
        line = one_line(text[before.start : before.end])
        if taken.year is not None and taken.agency:
            break
        if len(line) > _LONGEST_EXTENSION or _PROSE.search(line) or _TAIL.search(line):
            break
        adds_year = taken.year is None and _YEAR.search(line)
        adds_agency = not taken.agency and _AGENCY_END.search(_YEAR.sub("", line))
        if not (adds_year or adds_agency):
            break
        span = Span(before.start, span.end)
        taken = take_apart(one_line(text[span.start : span.end]))
    start = span.start + len(text[span.start : span.end]) - len(text[span.start : span.end].lstrip())
    return Span(start, span.end)
