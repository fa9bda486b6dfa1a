"""Figures of the narrative linked to the table cells that state the same.

Links are conservative: a figure is linked only where its whole clause is one of the declared phrases, under a heading
or in words that are about disclosure, and nothing earlier in the sentence makes it a figure of a part, of another year
or of another matter.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from loaders.checks.facts import Report
from loaders.document import Scope, SectionRole
from loaders.forms.roles import Stated
from loaders.text.simplified import comparable
from loaders.vocabulary import table_links as words
from loaders.vocabulary.table_links import STATEMENTS, Statement, Topic

# The section on problems repeats figures of other years and places, that on disclosure counts documents
# (test: test_figures_of_other_sections_are_not_linked)
_ROLES = (
    None,
    SectionRole.PREAMBLE,
    SectionRole.OVERVIEW,
    SectionRole.REQUESTS,
    SectionRole.REVIEW_AND_LITIGATION,
    SectionRole.OTHER_MATTERS,
    SectionRole.OTHER,
)
# 收到申请7件 alone is of requests for information only under such a heading: at a counter it is of licences
# (test: test_a_figure_of_something_else_is_not_linked)
_TOPIC_ROLES: Mapping[str, Topic] = {
    SectionRole.REQUESTS: Topic.REQUESTS,
    SectionRole.REVIEW_AND_LITIGATION: Topic.REVIEW,
}
_TOPICS = {topic: re.compile(pattern) for topic, pattern in words.TOPIC_TITLES.items()}
_OTHER_TITLES = re.compile(words.OTHER_TITLES)
_PARTIAL = re.compile(words.PARTIAL)
_STRONG = re.compile(words.STRONG)
_WITHOUT_MEANING = re.compile(words.WITHOUT_MEANING)
_CLAUSE_END = re.compile("[,。;:!?、()\n]")
_SENTENCE_END = re.compile("[。;!?\n]")
_DIGIT = re.compile(r"\d")
_OUTCOMES = frozenset({"granted", "partiallyGranted", "denied", "notHeld", "unavailable", "notProcessed", "other"})
_FIGURE = "#"
# The bureau by its name without its region (test: test_who_is_named_must_be_who_reports); a shorter rest is any bureau
_SHORTEST_SELF_NAME = 4
# What stands before and behind a figure is read so far: read to the ends of a sentence as long as a book, the links of
# all its figures would cost the square of its length; a sentence that goes on beyond it links nothing
# (test: test_a_figure_deep_in_a_sentence_without_end_is_not_linked)
_REACH = 1000


@dataclass(frozen=True, slots=True)
class Link:
    """One figure of the narrative, by its place in `statistics`, and the cells whose sum states the same."""

    statistic: int
    statement: Statement
    stated: Stated


@dataclass(frozen=True, slots=True)
class _Clause:
    """The clause of a figure: its words with `#` for the figure, and what stands before it in the sentence."""

    text: str
    before: str
    listed: bool  # whether the clause goes on a list whose last item has no figure of its own


def links_of(report: Report) -> list[Link]:
    """Every link of an annual report, in the order of its statistics."""
    if not report.is_annual or not report.editions:
        return []
    reader = _Reader(report)
    return [link for index, item in enumerate(report.statistics) for link in reader.links(index, item)]


def stated_zeros(report: Report) -> dict[str, tuple[int, ...]]:
    """The statements that an annual report denies in words (未收到申请), by id, with the figures that do so.

    Not those of which another figure states more than zero.
    """
    denials = [index for index, item in enumerate(report.statistics) if item.get("implied")]
    if not report.is_annual or not denials:
        return {}
    reader = _Reader(report, {statement.id: Stated(statement.id, ()) for statement in STATEMENTS})
    zeros: dict[str, tuple[int, ...]] = {}
    for index in denials:
        for link in reader.links(index, report.statistics[index]):
            zeros[link.statement.id] = (*zeros.get(link.statement.id, ()), index)
    counted = (pair for pair in enumerate(report.statistics) if zeros and pair[1].get("value") != 0)
    counts = {link.statement.id for index, item in counted for link in reader.links(index, item)}
    return {statement: places for statement, places in zeros.items() if statement not in counts}


class _Reader:
    """What is the same for all figures of one report; `stated` are the cells of each statement, else those printed."""

    def __init__(self, report: Report, stated: Mapping[str, Stated] | None = None) -> None:
        self._report = report
        self._sections = {str(section.get("id")): section for section in report.items("sections")}
        self._passages = {str(passage.get("id")): passage for passage in report.items("passages")}
        self._heading_ends = sorted(
            end for one in self._sections.values() if isinstance(end := one.get("headingEnd"), int)
        )
        self._names = _self_names(report)
        scope = report.word("scope") or ""
        self._patterns = _patterns(scope if scope in _WHO else "")
        self._stated = self._printed() if stated is None else stated
        self._topics: dict[str, tuple[frozenset[Topic], bool]] = {}

    def links(self, index: int, item: Mapping[str, Any]) -> Iterator[Link]:
        """The links of one figure: none or one, several where one statement of zero denies several things."""
        # An increase, another year or half of one, people instead of cases: none of it stands in the tables
        # (test: test_a_figure_of_something_else_is_not_linked)
        if not self._may_state_a_cell(item):
            return
        topics, may_be_other = self._topics_of(str(item.get("section")))
        clause = self._clause(item) if topics or may_be_other else None
        if clause is None or not (topics or _STRONG.search(clause.text)):
            return
        partial = {match.group() for match in _PARTIAL.finditer(clause.before)}
        for statement, clauses, zero in self._patterns.statements:
            cells = self._stated.get(statement.id)
            if cells is None or not (statement.topic in topics or _STRONG.search(clause.text)):
                continue
            if partial and not (statement.id in _OUTCOMES and partial <= words.OF_WHICH):
                continue  # outcomes alone may break down the requests completed: 答复25件,其中予以公开14件
            stated = self._denies(zero, item, clause) if item.get("implied") else _states(clauses, clause)
            if stated:
                yield Link(index, statement, cells)

    def _may_state_a_cell(self, item: Mapping[str, Any]) -> bool:
        period = item.get("period")
        return (
            item.get("change") is None
            and (item.get("implied") is True or item.get("unit") in words.COUNTED_IN)
            and (period is None or bool(self._patterns.period.fullmatch(self._rewritten(comparable(str(period))))))
        )

    def _chain(self, section: Any) -> list[Mapping[str, Any]]:
        """The sections around a figure, innermost first."""
        chain: list[Mapping[str, Any]] = []
        while (found := self._sections.get(str(section))) is not None and found not in chain:
            chain.append(found)
            section = found.get("parent")
        return chain

    def _topics_of(self, section: str) -> tuple[frozenset[Topic], bool]:
        """What the headings around a figure say it is about, and whether its own words may say so instead."""
        if section not in self._topics:
            self._topics[section] = _topics_of(self._chain(section))
        return self._topics[section]

    def _printed(self) -> dict[str, Stated]:
        """For each statement, by its id, the first cells that the report's tables have."""
        found: dict[str, Stated] = {}
        for role in self._report.roles(Stated):
            if all(map(self._report.printed, role.cells)):
                found.setdefault(role.statement, role)
        return found

    def _clause(self, item: Mapping[str, Any]) -> _Clause | None:
        passage = self._passages.get(str(item.get("passage")), {})
        low, high, start, end = passage.get("start"), passage.get("end"), item.get("start"), item.get("end")
        if not (isinstance(low, int) and isinstance(high, int) and isinstance(start, int) and isinstance(end, int)):
            return None
        headings = bisect_right(self._heading_ends, start)
        low = max(low, self._heading_ends[headings - 1]) if headings else low
        raw = self._report.raw
        if not 0 <= low <= start <= end <= high <= len(raw):
            return None
        before, after = self._around(max(low, start - _REACH), start), self._around(end, min(high, end + _REACH))
        closing = _CLAUSE_END.search(after)
        if (start - low > _REACH and not _SENTENCE_END.search(before)) or (high - end > _REACH and not closing):
            return None
        sentence = _tail(_SENTENCE_END, before)
        lead = _tail(_CLAUSE_END, sentence)
        text = self._rewritten(lead) + _FIGURE + self._rewritten(after[: closing.start() if closing else len(after)])
        earlier = sentence[: len(sentence) - len(lead)]
        item_before = _tail(_CLAUSE_END, earlier[:-1])
        return _Clause(text, earlier, earlier.endswith(words.PAUSE) and not _DIGIT.search(item_before))

    def _around(self, start: int, end: int) -> str:
        """The text beside a figure as clauses are compared."""
        return _WITHOUT_MEANING.sub("", comparable(self._report.raw[start:end]))

    def _rewritten(self, text: str) -> str:
        """The words with the years and the agency in them as every report would call its own."""
        year = self._report.year
        if year is not None:
            for offset, word in _YEARS:
                text = text.replace(words.YEAR.format(year=year + offset), word)
        own = next((name for name in self._names if name in text), None)
        return text.replace(own, words.ITSELF) if own else text

    def _denies(self, zero: re.Pattern[str] | None, item: Mapping[str, Any], clause: _Clause) -> bool:
        label = self._rewritten(_WITHOUT_MEANING.sub("", comparable(str(item.get("label") or ""))))
        lead = clause.text.partition(_FIGURE)[0]
        return bool(zero and zero.fullmatch(label) and self._patterns.zero_lead.fullmatch(lead))


def _states(clauses: Sequence[re.Pattern[str]], clause: _Clause) -> bool:
    # 予以公开、部分公开7件 is one figure of two outcomes (test: test_a_figure_of_something_else_is_not_linked)
    return not clause.listed and any(pattern.fullmatch(clause.text) for pattern in clauses)


def _topics_of(chain: Sequence[Mapping[str, Any]]) -> tuple[frozenset[Topic], bool]:
    titles = [comparable(str(section.get("title") or "")) for section in chain]
    role = chain[-1].get("role") if chain else None
    if role not in _ROLES or (titles and _OTHER_TITLES.search(titles[0])):
        return frozenset(), False
    # Words about disclosure itself link without a heading (test: test_words_about_disclosure_link_without_a_heading)
    by_role = [topic for known, topic in _TOPIC_ROLES.items() if known == role]
    by_title = [topic for topic, pattern in _TOPICS.items() if any(map(pattern.search, titles))]
    return frozenset((*by_role, *by_title)), True


def _tail(mark: re.Pattern[str], text: str) -> str:
    return text[max((found.end() for found in mark.finditer(text)), default=0) :]


@dataclass(frozen=True, slots=True)
class _Patterns:
    """The declared phrases, compiled for those who may speak in a report of one scope."""

    statements: tuple[tuple[Statement, tuple[re.Pattern[str], ...], re.Pattern[str] | None], ...]
    period: re.Pattern[str]
    zero_lead: re.Pattern[str]


@cache
def _patterns(scope: str) -> _Patterns:
    who = "|".join(_WHO.get(scope, (words.OWN,)))
    lead = _filled(words.LEAD, {"period": words.PERIOD, "who": who})
    parts = {"lead": lead, "requests": words.REQUESTS, "tail": words.TAIL}
    return _Patterns(
        tuple(
            (
                statement,
                tuple(re.compile(_filled(clause, parts)) for clause in statement.clauses),
                re.compile(_filled(statement.zero, parts)) if statement.zero else None,
            )
            for statement in STATEMENTS
        ),
        re.compile(words.PERIOD),
        re.compile(lead + words.ZERO_LEAD),
    )


def _filled(pattern: str, parts: Mapping[str, str]) -> str:
    for name, part in parts.items():
        pattern = pattern.replace("{" + name + "}", f"(?:{part})")
    return pattern


# 全县 in a bureau's report, 我局 in a county's: the figure is another's (test: test_who_is_named_must_be_who_reports)
_WHO: Mapping[str, tuple[str, ...]] = {
    Scope.REGION_AGGREGATE: (words.REGION,),
    Scope.TOWNSHIP: (words.OWN, words.TOWN),
    Scope.ZONE: (words.OWN, words.REGION),
    Scope.UNKNOWN: (words.OWN, words.REGION, words.TOWN),
}
"""Who may be named as the one whose figures these are: all of the region, or the agency itself."""

_YEARS = ((0, words.THIS_YEAR), (-1, words.LAST_YEAR), (1, words.NEXT_YEAR))


def _self_names(report: Report) -> list[str]:
    """The agency's name and what is left of it without its region, longest first; an aggregate is no agency's."""
    name = report.agency.get("name")
    if not isinstance(name, str) or report.word("scope") == Scope.REGION_AGGREGATE:
        return []
    return [name[start:] for start in range(len(name) - _SHORTEST_SELF_NAME + 1)]
