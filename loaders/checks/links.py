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
from loaders.text.folding import bare, fold
from loaders.text.simplified import comparable, plain
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
_SENTENCE_ENDS = "。;!?"
_CLAUSE_ENDS = _SENTENCE_ENDS + ",:、()"
_SENTENCE_END, _CLAUSE_END = re.compile(f"[{_SENTENCE_ENDS}]"), re.compile(f"[{_CLAUSE_ENDS}]")
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
    stated: dict[str, Stated] = {}  # for each statement, by its id, the first cells that the report's tables have
    for role in report.roles(Stated):
        if all(map(report.printed, role.cells)):
            stated.setdefault(role.statement, role)
    found = report.once(_statements)
    return [Link(index, said, stated[said.id]) for index, said in found if said.id in stated]


def stated_zeros(report: Report) -> dict[str, tuple[int, ...]]:
    """The statements that an annual report denies in words (未收到申请), by id, with the figures that do so.

    Not those of which another figure states more than zero.
    """
    if not report.is_annual or not any(item.get("implied") for item in report.statistics):
        return {}
    zeros: dict[str, tuple[int, ...]] = {}
    counts = set()
    for index, said in report.once(_statements):
        if report.statistics[index].get("implied"):
            zeros[said.id] = (*zeros.get(said.id, ()), index)
        if report.statistics[index].get("value") != 0:
            counts.add(said.id)
    return {statement: places for statement, places in zeros.items() if statement not in counts}


def _statements(report: Report) -> list[tuple[int, Statement]]:
    """What the figures of the narrative state, each by its place, whether or not a table has cells for it."""
    reader = _Reader(report)
    return [(index, said) for index, item in enumerate(report.statistics) for said in reader.statements(item)]


class _Reader:
    """What is the same for all figures of one report."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._sections = {str(section.get("id")): section for section in report.items("sections")}
        self._passages = {str(passage.get("id")): passage for passage in report.items("passages")}
        self._heading_ends = sorted(
            end for one in self._sections.values() if isinstance(end := one.get("headingEnd"), int)
        )
        self._names = _self_names(report)
        year = report.year
        self._years = [] if year is None else [(words.YEAR.format(year=year + by), word) for by, word in _YEARS]
        scope = report.word("scope") or ""
        self._patterns = _patterns(scope if scope in _WHO else "")
        self._topics: dict[str, tuple[frozenset[Topic], bool]] = {}

    def statements(self, item: Mapping[str, Any]) -> Iterator[Statement]:
        """What one figure states: nothing or one thing, several where one statement of zero denies several."""
        # An increase, another year or half of one, people instead of cases: none of it stands in the tables
        # (test: test_a_figure_of_something_else_is_not_linked)
        if not self._may_state_a_cell(item):
            return
        topics, may_be_other = self._topics_of(str(item.get("section")))
        clause = self._clause(item) if topics or may_be_other else None
        if clause is None:
            return
        about = frozenset(Topic) if _STRONG.search(clause.text) else topics
        partial = {match.group() for match in _PARTIAL.finditer(clause.before)}
        for statement, clauses, zero in self._patterns.statements:
            if statement.topic not in about:
                continue
            if partial and not (statement.id in _OUTCOMES and partial <= words.OF_WHICH):
                continue  # outcomes alone may break down the requests completed: 答复25件,其中予以公开14件
            stated = self._denies(zero, item, clause) if item.get("implied") else _states(clauses, clause)
            if stated:
                yield statement

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

    def _clause(self, item: Mapping[str, Any]) -> _Clause | None:
        passage = self._passages.get(str(item.get("passage")), {})
        low, high, start, end = passage.get("start"), passage.get("end"), item.get("start"), item.get("end")
        if not (isinstance(low, int) and isinstance(high, int) and isinstance(start, int) and isinstance(end, int)):
            return None
        headings = bisect_right(self._heading_ends, start)
        low = max(low, self._heading_ends[headings - 1]) if headings else low
        text = self._report.plain
        if not 0 <= low <= start <= end <= high <= len(text):
            return None
        before, after = text[max(low, start - _REACH) : start], text[end : min(high, end + _REACH)]
        stop, opening = _SENTENCE_END.search(after), _after_last(_SENTENCE_ENDS, before)
        sentence, after = _words(before[opening:]), _words(after[: stop.end()] if stop else after)
        closing = _CLAUSE_END.search(after)
        if (start - low > _REACH and not opening) or (high - end > _REACH and not closing):
            return None
        lead = sentence[_after_last(_CLAUSE_ENDS, sentence) :]
        clause = self._rewritten(lead) + _FIGURE + self._rewritten(after[: closing.start() if closing else len(after)])
        earlier = sentence[: len(sentence) - len(lead)]
        item_before = earlier[_after_last(_CLAUSE_ENDS, earlier[:-1]) : -1]
        return _Clause(clause, earlier, earlier.endswith(words.PAUSE) and not _DIGIT.search(item_before))

    def _rewritten(self, text: str) -> str:
        """The words with the years and the agency in them as every report would call its own."""
        for year, word in self._years:
            text = text.replace(year, word)
        if not self._names or self._names[-1] not in text:  # the end of all others
            return text
        return text.replace(next(name for name in self._names if name in text), words.ITSELF)

    def _denies(self, zero: re.Pattern[str] | None, item: Mapping[str, Any], clause: _Clause) -> bool:
        label = self._rewritten(_words(plain(fold(str(item.get("label") or "")))))
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


def _words(text: str) -> str:
    """A text as clauses are compared."""
    return _WITHOUT_MEANING.sub("", bare(text))


def _after_last(marks: str, text: str) -> int:
    """Where the text goes on behind the last of some marks; its start where it has none."""
    return max(map(text.rfind, marks)) + 1


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
