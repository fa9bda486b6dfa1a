"""Parts of a report without a printed number: preamble, lost headings, sign-off, annex.

What no official table, cue or sign-off tells is not invented.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from loaders.document import SectionRole, Span, TableSpan
from loaders.file_formats.furniture import is_furniture
from loaders.forms import Form, narrative
from loaders.structure.headings import Layout
from loaders.vocabulary import identity

_ANNEX_TITLE = re.compile(narrative.ANNEX_TITLE)
_ANNEX_HEADER = re.compile(narrative.ANNEX_HEADER)
_ANNEX_HEADER_REACH = 60
_ANNEX_TRIES = 500  # places that a long text may name statistics at before it is given up
_PREAMBLE = tuple(re.compile(pattern) for pattern, _ in narrative.PREAMBLE_CUES)
_TELLING = re.compile("|".join(pattern for pattern, _ in narrative.TELLING_PREAMBLE_CUES))
_CUES_OF_A_PREAMBLE = 2
_PREAMBLE_REACH = 1500
_PROBLEMS = re.compile(narrative.PROBLEM_CUES)
_OTHER_MATTERS = re.compile(narrative.OTHER_MATTER_CUES)
_LABEL = re.compile(r"[^\s|]")
_NOTE = re.compile(narrative.NOTE_CUES)
_CUE_REACH = 200
# With 4000 a mention of the table far above it is its title, and all that stands between is annex
# (golden: pingtan-2013)
_SIGN_OFF_REACH = 400
_SIGN_OFF = re.compile(
    rf"(?:(?<=\n)|(?<=[。;!?\")] )|(?<=  )|(?<=[。!?\"]))[ \n]*"
    rf"(?:{narrative.SIGNATORY}[ \n]*(?:{narrative.CHINESE_DATE})?|{narrative.CHINESE_DATE})[ \n]*$"
)
_SIGNATORY = re.compile(narrative.SIGNATORY)
_FILE_NAME = re.compile(identity.FILE_NAME)
_TOKEN = re.compile(r"\S+")
_NO_WORD = re.compile(r"[\d\W_]+")
# Buttons between the title and the text: with 5 the preamble begins among them (golden: pingtan-2021)
_FURNITURE_TOKENS = 40
# A longer line is a whole page: furniture is taken off it word by word, not by the line
# (golden: pingtan-2013, pingtan-2021)
_GLUED_LINE = 200


@dataclass(frozen=True, slots=True)
class Annex:
    """The old statistical annex: where its title begins and ends, and where its table ends."""

    start: int
    title_end: int
    end: int

    @property
    def grid(self) -> Span:
        """What stands under the title."""
        return Span(self.title_end, self.end)


def annex_of(text: str, body: Span, tables: Sequence[TableSpan], forms: Sequence[Form]) -> Annex | None:
    """The old statistical annex, told by its title with a table header behind it or by the table found there."""
    annexes = {form.id for form in forms if form.indicators}
    table = next((Span(table.start, table.end) for table in tables if table.form in annexes), None)
    return _annex(text, body, table)


@lru_cache(maxsize=2)  # two stages ask for the same one
def _annex(text: str, body: Span, table: Span | None) -> Annex | None:
    for match in _annex_titles(text, body):
        behind = text[match.end() : match.end() + _ANNEX_HEADER_REACH]
        if (table and 0 <= table.start - match.start() <= _SIGN_OFF_REACH) or _ANNEX_HEADER.search(behind):
            return Annex(match.start(), match.end(), max(table.end, match.end()) if table else body.end)
    return Annex(table.start, table.start, table.end) if table else None


def _annex_titles(text: str, body: Span) -> Iterator[re.Match[str]]:
    at = text.find(narrative.ANNEX_WORD, body.start, body.end)
    for _ in range(_ANNEX_TRIES):
        if at < 0:
            return
        begin = max(body.start, at - _GLUED_LINE // 2)
        for match in _ANNEX_TITLE.finditer(text, begin, min(body.end, at + 4)):
            if match.end() > at:
                yield match
        at = text.find(narrative.ANNEX_WORD, at + len(narrative.ANNEX_WORD), body.end)


def content_start(text: str, start: int, end: int) -> int:
    """Behind the furniture that follows a title: labelled lines, buttons, file names, the agency's name."""
    at = start
    for _ in range(_FURNITURE_TOKENS):
        token = _TOKEN.search(text, at, end)
        if token is None:
            return end
        line_end = text.find("\n", token.start(), end)
        line_end = end if line_end < 0 else line_end
        line = text[token.start() : line_end].strip()
        if len(line) <= _GLUED_LINE and _is_furniture(line):
            at = line_end
        elif len(line) > _GLUED_LINE and _is_furniture(token[0]):
            at = token.end()
        else:
            return token.start()
    return at


def _is_furniture(piece: str) -> bool:
    # A time of day, a file to download and the agency's own name stand there too
    # (golden: 002, pingtan-2013, pingtan-2021)
    return bool(
        is_furniture(piece)
        or _NO_WORD.fullmatch(piece)
        or _FILE_NAME.search(piece)
        or (len(piece) <= _GLUED_LINE // 5 and _SIGNATORY.fullmatch(piece))
    )


def closing_start(text: str, start: int, end: int) -> int | None:
    """Where the sign-off at the end begins: an agency's name, a date, or both, behind the last sentence."""
    last = without_furniture(text, start, end)
    tail = max(start, last - _SIGN_OFF_REACH)
    match = _SIGN_OFF.search(text[tail:last])
    if match is None:
        return None
    return tail + match.start() + len(match[0]) - len(match[0].lstrip())


def without_furniture(text: str, start: int, end: int) -> int:
    """The end of the text without the buttons and captions of the page behind it."""
    last = end
    while last > start:
        tail = text[max(start, last - _GLUED_LINE) : last].rstrip()
        last -= min(last - start, _GLUED_LINE) - len(tail)
        words = tail.split()
        if not words:
            continue
        # Download buttons stand behind the last sentence, and would be its end
        # (golden: pingtan-2021, pingtan-dishui-2013)
        if not is_furniture(words[-1]):
            break
        last -= len(words[-1])
    return last


def first_paragraph_behind_preamble(layout: Layout, start: int, end: int) -> int | None:
    """Where the report proper begins when its first heading is lost: the first paragraph that is no preamble."""
    text = layout.folded
    for line in _paragraphs(layout, start, end):
        words = text[line.start : min(line.end, line.start + _PREAMBLE_REACH)]
        preamble = _TELLING.search(words) or sum(bool(cue.search(words)) for cue in _PREAMBLE) >= _CUES_OF_A_PREAMBLE
        if not preamble:
            return line.start
    return None


def _paragraphs(layout: Layout, start: int, end: int) -> Iterator[Span]:
    at = start
    while at < end:
        stop = min(layout.paragraph_end(at), end)
        words = layout.folded[at:stop]
        if words.strip() and not is_furniture(words.strip()):
            yield Span(at + len(words) - len(words.lstrip()), stop)
        at = max(stop, at) + 1


def lost_headings(
    layout: Layout, stated: Mapping[int, SectionRole], tables: Sequence[TableSpan], start: int
) -> list[tuple[int, narrative.Heading]]:
    """Main headings that the text has lost, each with the place where its content begins.

    `stated` maps the start of each printed main heading to its role; `start` is where the preamble begins.
    """
    official = {heading.form: heading for heading in narrative.HEADINGS if heading.form}
    grids = sorted((table for table in tables if table.form in official), key=lambda table: table.start)
    if not grids:
        return []
    lost: list[tuple[int, narrative.Heading]] = []
    seen = set(stated.values())
    for index, table in enumerate(grids):
        role = official[table.form].role
        # Tables side by side overlap: the second would begin within the first (golden: 000)
        begin = _behind(layout.folded, max(table.start, grids[index - 1].end if index else start), table.end)
        if role not in seen and not _owned(stated, grids[index - 1].end if index else start, begin):
            lost.append((begin, official[table.form]))
        seen.add(role)
    # Headings vanish with the format that printed them: 一 and 五 of one report, 五 of another
    # (golden: 000, shanghai-bangongting-2025)
    lost += _lost_overview(layout, stated, grids[0].start, start)
    lost += _lost_behind_tables(layout, stated, grids[-1].end)
    return sorted(lost, key=lambda found: found[0])


def _behind(text: str, start: int, end: int) -> int:
    """The first label at or behind `start`: the edge of the table before it may still hang over."""
    match = _LABEL.search(text, start, end)
    return match.start() if match else start


def _owned(stated: Mapping[int, SectionRole], start: int, end: int) -> bool:
    """Whether a main heading of unknown wording between two tables may be the one looked for."""
    between = [role for at, role in stated.items() if start <= at < end]
    return bool(between) and between[-1] in {SectionRole.OTHER, SectionRole.WORK_POINTS}


def _heading(role: SectionRole) -> narrative.Heading:
    return next(heading for heading in narrative.HEADINGS if heading.role is role)


def _lost_overview(
    layout: Layout, stated: Mapping[int, SectionRole], table: int, start: int
) -> list[tuple[int, narrative.Heading]]:
    first = min([at for at in stated if at < table], default=table)
    if SectionRole.OVERVIEW in stated.values() or (
        first < table and stated[first] is not SectionRole.PROACTIVE_DISCLOSURE
    ):
        return []
    begin = first_paragraph_behind_preamble(layout, start, first)
    return [(begin, _heading(SectionRole.OVERVIEW))] if begin is not None else []


def _lost_behind_tables(
    layout: Layout, stated: Mapping[int, SectionRole], start: int
) -> list[tuple[int, narrative.Heading]]:
    """五 and 六 have no table: their words tell them, behind the last one."""
    text = layout.folded
    if SectionRole.PROBLEMS_AND_IMPROVEMENTS in stated.values():
        return []
    end = min([at for at in stated if at >= start], default=layout.body.end)
    lines = [line for line in _paragraphs(layout, start, end) if not _NOTE.match(text[line.start : line.end])]
    lost: list[tuple[int, narrative.Heading]] = []
    for line in lines:
        words = text[line.start : min(line.end, line.start + _CUE_REACH)]
        if not lost and _PROBLEMS.search(words):
            lost.append((line.start, _heading(SectionRole.PROBLEMS_AND_IMPROVEMENTS)))
        elif lost and _OTHER_MATTERS.search(words) and SectionRole.OTHER_MATTERS not in stated.values():
            return [*lost, (line.start, _heading(SectionRole.OTHER_MATTERS))]
    return lost
