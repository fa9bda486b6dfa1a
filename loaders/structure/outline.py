"""Which printed numbers are headings, and where their titles end.

A mark (`loaders.structure.headings`) that cannot be a heading is passed over. Certain places (the beginning of a line)
are trusted; doubtful ones (the middle of a sentence, glued to the word before) need the sequence of numbers on their
side, because a report may be one line without a break.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from loaders.forms import Form, narrative
from loaders.structure.headings import Layout, Mark, Place, known_heading
from loaders.text.folding import bare

ITEM = 6
"""The level of list items such as 一是."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the text; its title is `folded[title_start:end]`.

    `closed` tells a heading proper (its line ends there, or a full stop or colon follows) from the first clause of a
    numbered paragraph.
    """

    level: int
    number: int
    ordinal: str
    start: int
    title_start: int
    end: int
    begins_line: bool
    closed: bool


_CHINESE = re.compile(r"[\u3400-\u9fff《〈\"(A-Za-z]")
_WORD = re.compile(r"[\u3400-\u9fff《〈\"(A-Za-z0-9]")
# Characters within which a list's second number follows: with 300 the first of two long parts is none
# (golden: pingtan-2018, pingtan-2019, pingtan-dishui-2013)
_PARTNER_REACH = 6000
_DOTTED = 3  # the level of 1.
_LONGEST_TITLE = 60
# A title that ends at a full stop: with 20 titles of two clauses lose the second, with 80 whole sentences are titles
# (golden: 000, 001, 002, 003)
_LONGEST_RUN_IN = 40
_GLUED_LINE = 200  # a longer line may hold several headings
_LONGEST_MAIN_TITLE = 40
# Main numbers within which a list of contents is taken up again: all six, and some lists between
# (test: test_a_preamble_that_lists_the_sections_holds_no_heading)
_LISTED_REACH = 20
_SHORTEST_CUT_LABEL = 4  # a label of a table that a cell or a page has broken
_SHORTEST_LIST = 3  # main headings in a row with nothing under them are a list of contents
# Numbers that a list may skip: with 1 a section whose list goes on at 四 loses it (golden: 003)
_FARTHEST_JUMP = 5
_SUBHEADINGS = re.compile("|".join(f"(?:{pattern})" for pattern, _ in narrative.SUBHEADINGS))
_OPENER = re.compile(narrative.SENTENCE_OPENERS)
_CAPTION = re.compile(narrative.TABLE_CAPTION)
_CLAUSE = re.compile(r'(?:《[^》\n]{0,80}》|\([^)\n]{0,60}\)|"[^"\n]{0,60}"|[^,。;:!?])+')
_STOP = re.compile(r"[。;:!?]")
_FULL_STOP = re.compile(r"[。;!?]")
_BETWEEN_LISTED = re.compile(narrative.BETWEEN_LISTED)


def outline_of(layout: Layout, marks: Sequence[Mark], forms: Sequence[Form]) -> list[Heading]:
    """The headings among the marks, with their titles; rows of these forms are none."""
    chosen = _Chooser(layout, marks, _table_rows(tuple(forms))).headings()
    ends = [*(mark.start for mark in chosen[1:]), layout.body.end]
    return [_titled(layout, mark, following) for mark, following in zip(chosen, ends, strict=False)]


@dataclass(frozen=True, slots=True)
class _TableRows:
    """Labels of rows that are numbered as headings are: whole with the cell behind, and as a page may cut them."""

    whole: re.Pattern[str]
    cut: frozenset[str]


@lru_cache(maxsize=8)
def _table_rows(forms: tuple[Form, ...]) -> _TableRows:
    labels = {
        bare(spelling).partition(")")[2] or bare(spelling)
        for form in forms
        for edition in form.editions
        # 主动公开 is a label of the annex, and a good heading (test: test_a_gap_and_a_restart_of_numbers_are_tolerated)
        if edition.sections
        for block in edition.blocks
        for row in block.rows
        if row.ordinal
        for label in (row.label, *row.groups)
        for spelling in label.spellings
    }
    longest_first = "|".join(map(re.escape, sorted(labels, key=len, reverse=True))) or "(?!)"
    whole = re.compile(rf"(?:{longest_first}) ?(?:\([^)\n]{{0,30}}\))?[ |]*(?=[\d/|(\n-]|$)")
    cut = {label[:end] for label in labels for end in range(_SHORTEST_CUT_LABEL, len(label) + 1)}
    return _TableRows(whole, frozenset(cut))


@dataclass
class _Chooser:
    """Walks the marks once, keeping the last number of each level that is still open."""

    layout: Layout
    marks: Sequence[Mark]
    rows: _TableRows
    last: dict[int, int] = field(default_factory=dict)
    last_style: dict[int, int] = field(default_factory=dict)
    passed_over: int = 0  # the last main number since the last main heading that is none: a list inside the section

    def headings(self) -> list[Mark]:
        chosen = []
        listed = self._listed()
        for index, mark in enumerate(self.marks):
            fits = self._is_main(index, mark) if mark.level == 1 else self._is_lower(index, mark)
            if mark.start in listed or not fits:
                self.passed_over = mark.number if mark.level == 1 else self.passed_over
                continue
            chosen.append(mark)
            self.passed_over = 0 if mark.level == 1 else self.passed_over
            self.last = {level: number for level, number in self.last.items() if level < mark.level}
            self.last[mark.level] = mark.number
            self.last_style[mark.level] = mark.style
        return chosen

    def _listed(self) -> set[int]:
        """Main headings printed as a list of contents: in a row with nothing under them, and printed again later."""
        main = [mark for mark in self.marks if mark.level == 1]
        listed: set[int] = set()
        run: list[Mark] = []
        for index, mark in enumerate(main):
            run.append(mark)
            following = main[index + 1] if index + 1 < len(main) else None
            if following and following.number == mark.number + 1 and self._empty(mark, following):
                continue
            again = {later.number for later in main[index + 1 : index + 1 + _LISTED_REACH]}
            if len(run) >= _SHORTEST_LIST and {mark.number for mark in run} <= again:
                listed.update(mark.start for mark in run)
            run = []
        return listed

    def _empty(self, mark: Mark, following: Mark) -> bool:
        at = self.layout.skip_blanks(mark.after)
        known = known_heading(self.layout.folded, at)
        if known:
            return _BETWEEN_LISTED.fullmatch(self.layout.folded, known[1], following.start) is not None
        between = self.layout.folded[at : following.start].strip()
        return len(between) <= _LONGEST_MAIN_TITLE and "。" not in between

    def _is_main(self, index: int, mark: Mark) -> bool:
        folded, before = self.layout.folded, self.last.get(1, 0)
        at = self._title_start(mark)
        line_end = self.layout.line_end(at)
        # The rows of the requests are numbered like main headings (golden: changtu-2021)
        if self._is_row(at, line_end):
            return False
        if mark.place is Place.LINE:
            return line_end > at
        known = known_heading(folded, at)
        if known:
            return before < mark.number <= before + 1 + (2 if before else 0)
        if mark.place not in {Place.SENTENCE, Place.BLANK} or mark.number != before + 1:
            return False
        if mark.number == 1:
            return self._stands_alone(index, at) and self._has_partner(index, mark)
        inner_list = self.passed_over == mark.number - 1
        glued = mark.place is Place.SENTENCE and line_end - self._line_start(mark.start) > _GLUED_LINE
        return not inner_list and (glued or self._stands_alone(index, at))

    def _line_start(self, at: int) -> int:
        return max(self.layout.folded.rfind("\n", max(0, at - _GLUED_LINE), at) + 1, at - _GLUED_LINE)

    def _stands_alone(self, index: int, at: int) -> bool:
        """Whether a short title ends at a blank or at the next number, as in a report without line breaks."""
        folded = self.layout.folded
        following = self.marks[index + 1].start if index + 1 < len(self.marks) else self.layout.body.end
        limit = min(following, self.layout.line_end(at), at + _LONGEST_MAIN_TITLE + 1)
        title = folded[at:limit]
        blank = title.find(" ", 2)
        title = title[:blank] if blank > 0 else title
        return 1 < len(title) <= _LONGEST_MAIN_TITLE and not _STOP.search(title)

    def _is_lower(self, index: int, mark: Mark) -> bool:
        folded, before = self.layout.folded, self.last.get(mark.level, 0)
        at = self.layout.skip_blanks(mark.after)
        if self.layout.width and folded.startswith("\n", at):
            at = self.layout.skip_blanks(at + 1)
        # 3. 5 is no heading, 二是12个 is one
        begins = _CHINESE if mark.level == _DOTTED or mark.place is Place.GLUED else _WORD
        if not begins.match(folded, at) and not self._is_alone(mark, at):
            return False
        if self._is_reference(mark) or self._is_row(at, self.layout.line_end(at)):
            return False
        if narrative.NUMBERING[mark.style].paired and not self._goes_on(index, mark):
            return False
        return self._in_sequence(index, mark, before)

    def _in_sequence(self, index: int, mark: Mark, before: int) -> bool:
        """Whether the number fits the one before it, the more strictly the less certain its place is."""
        follows, begins = mark.number == before + 1, mark.number == 1
        if mark.place is Place.LINE:
            return mark.number - before <= _FARTHEST_JUMP
        if mark.place is Place.SENTENCE:
            return mark.level == ITEM or begins or 0 <= mark.number - before - 1 <= (1 if before else 0)
        if mark.place is Place.COMMA and mark.level == ITEM:
            return follows or begins
        # Glued to the word before, (一) opens a list only where (二) follows (golden: pingtan-2013)
        return (follows and before > 0) or (begins and self._has_partner(index, mark))

    def _is_alone(self, mark: Mark, at: int) -> bool:
        """A number on a line of its own, its title on the next; or a title that begins with a year."""
        folded = self.layout.folded
        return folded[at : at + 2] == "20" or (
            mark.place is Place.LINE and mark.level < ITEM and folded.startswith("\n", at) and mark.number == 1
        )

    def _is_reference(self, mark: Mark) -> bool:
        folded = self.layout.folded
        if mark.place is not Place.GLUED:
            return False
        before, behind = folded[mark.start - 1 : mark.start], folded[mark.after : mark.after + 1]
        if mark.level == ITEM:
            return before in narrative.WORD_BEFORE_ITEM
        if mark.level == _DOTTED and not _CHINESE.match(before):
            return before not in _CLOSERS
        return before in narrative.REFERENCE_BEFORE or (mark.level in {2, 4} and behind in narrative.REFERENCE_BEHIND)

    def _is_row(self, at: int, line_end: int) -> bool:
        """Whether a row of an official table or a caption stands here, not a heading."""
        folded = self.layout.folded
        if folded.startswith(narrative.TABLE_ROWS, at) or _CAPTION.match(folded, at):
            return True
        if self.rows.whole.match(folded, at):
            return True
        if line_end - at > _LONGEST_TITLE:
            return False
        line = bare(folded[at:line_end])
        return line in self.rows.cut or line.endswith("|")

    def _goes_on(self, index: int, mark: Mark) -> bool:
        if mark.place is Place.GLUED:
            return False
        if mark.number == 1:
            return self._has_partner(index, mark)
        return self.last.get(mark.level) == mark.number - 1 and self.last_style.get(mark.level) == mark.style

    def _has_partner(self, index: int, mark: Mark) -> bool:
        """Whether the next number of the same style follows before the main heading changes."""
        partner, main = self.ahead[index]
        if partner is None or self.marks[partner].start - mark.start > _PARTNER_REACH:
            return False
        return mark.level == 1 or main is None or partner < main

    @cached_property
    def ahead(self) -> list[tuple[int | None, int | None]]:
        """For each mark the index of the next number of its style (one may be lost), and of the next main number."""
        seen: dict[tuple[int, int], int] = {}
        main: int | None = None
        found: list[tuple[int | None, int | None]] = []
        for index in range(len(self.marks) - 1, -1, -1):
            mark = self.marks[index]
            after = [seen[key] for step in (1, 2) if (key := (mark.style, mark.number + step)) in seen]
            found.append((min(after, default=None), main))
            seen[mark.style, mark.number] = index
            main = index if mark.level == 1 else main
        return found[::-1]

    def _title_start(self, mark: Mark) -> int:
        """Behind the number; on the next line where the number has its line to itself."""
        at = self.layout.skip_blanks(mark.after)
        if mark.place is Place.LINE and self.layout.folded.startswith("\n", at):
            at = self.layout.skip_blanks(at + 1)
        return at


_CLOSERS = ',。;:)》"'


def _titled(layout: Layout, mark: Mark, following: int) -> Heading:
    folded = layout.folded
    start = layout.skip_blanks(mark.after)
    if folded.startswith("\n", start) and mark.place is Place.LINE:
        start = layout.skip_blanks(start + 1)
    start = min(start, following)
    end, closed = _title_end(layout, mark, start, following)
    while end > start and folded[end - 1] in " \n*:,、.":
        end -= 1
    begins_line = mark.place is Place.LINE
    return Heading(mark.level, mark.number, mark.ordinal, mark.start, start, end, begins_line, closed)


def _title_end(layout: Layout, mark: Mark, start: int, following: int) -> tuple[int, bool]:
    """Where the title ends, and whether it is a heading proper."""
    folded = layout.folded
    limit = min(_paragraph_end(layout, mark, start), following)
    if mark.level == 1 and (known := known_heading(folded, start)) and known[1] <= limit:
        behind = folded[known[1] : limit].strip(" *。:")
        # In a text on one line the words behind a known heading are text, however few (golden: pingtan-2019)
        runs_in = mark.place is not Place.LINE or len(behind) > _LONGEST_TITLE or _FULL_STOP.search(behind)
        # 依申请公开、不予公开情况: a known wording may be the beginning of a longer title
        # (golden: pingtan-dishui-2013)
        if behind and behind[0] not in narrative.TITLE_GOES_ON and (runs_in or _OPENER.match(behind)):
            return known[1], True
    stop = _STOP.search(folded, start, limit)
    if stop is None and limit - start <= _LONGEST_TITLE:
        return limit, True
    if mark.level < ITEM and (glued := _glued_end(folded, mark, start, stop.start() if stop else limit)):
        return glued, True
    # An item that is one sentence has no heading: 三是公开的内容还不够全面,形式单一。
    # Else the tree would print whole sentences as titles (golden: 000; sample: county-government-2020)
    proper = stop and (mark.level < ITEM or folded[stop.end() : limit].strip())
    # ; and ! end no title: a numbered clause before ; is text, and its first part alone is named
    # (sample: district-work-points-2019)
    if stop and proper and stop.start() - start <= _LONGEST_RUN_IN and stop[0] in "。:":
        return stop.start(), True
    clause = _CLAUSE.match(folded, start, limit)
    return (clause.end() if clause else limit), False


def _paragraph_end(layout: Layout, mark: Mark, start: int) -> int:
    """The end of the line; of a later one where a page's width or a known heading broke it."""
    end = layout.paragraph_end(start)
    if mark.level != 1 or end - start > _LONGEST_TITLE or end >= layout.body.end:
        return end
    following = layout.line_end(end + 1)
    whole, part = known_heading(bare(layout.folded[start:following]), 0), known_heading(layout.folded, start)
    # A heading that is whole on its own line is not drawn on into the next (sample: county-government-2010)
    completed = whole is not None and whole[1] == len(bare(layout.folded[start:following]))
    return following if completed and (part is None or part[1] < end) else end


def _glued_end(folded: str, mark: Mark, start: int, stop: int) -> int | None:
    """Where a title ends that runs into its text without a stop, None where nothing tells."""
    known = _SUBHEADINGS.match(folded, start, stop)
    if known and folded[known.end() : known.end() + 1] not in narrative.TITLE_GOES_ON:
        opens = _OPENER.match(folded, known.end()) or not _CHINESE.match(folded, known.end())
        if opens or mark.place is not Place.LINE:
            return known.end()
    # A blank between two characters is all that is left of a line end (golden: pingtan-2013, pingtan-dishui-2013)
    blank = folded.find(" ", start + narrative.OPENER_MARGIN, min(stop, start + _LONGEST_RUN_IN))
    if blank > 0 and _CHINESE.match(folded, blank - 1) and _CHINESE.match(folded, blank + 1):
        return blank
    # A short sentence with a year in it is no title and its text (sample: county-government-2019)
    # Nor does a clause before a pause head what follows (golden: 001, pingtan-2018)
    opener = _OPENER.search(folded, start + narrative.OPENER_MARGIN, min(stop, start + _LONGEST_RUN_IN))
    if opener is None or stop - start <= _LONGEST_RUN_IN or "," in folded[start : opener.start()]:
        return None
    return opener.start()
