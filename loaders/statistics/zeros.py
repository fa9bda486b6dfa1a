"""Statements of zero without a number (未收到政府信息公开申请): what was zero, and the words that say so."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from loaders.statistics.candidates import Span
from loaders.vocabulary.statistic_labels import (
    CLAUSE_ENDS,
    LABEL_LEAD,
    PERIODS,
    SENTENCE_ENDS,
    ZERO_GUARD,
    ZERO_STATEMENTS,
    ZERO_SUBJECTS,
    ZERO_TRIGGERS,
)

_TRIGGER = re.compile(ZERO_TRIGGERS)
_STATEMENTS = tuple(re.compile(statement.pattern) for statement in ZERO_STATEMENTS)
_SUBJECT = re.compile(ZERO_SUBJECTS)
_PERIOD = re.compile(PERIODS)
_LEAD = re.compile(f"(?:{LABEL_LEAD})+")
_GUARD = re.compile(ZERO_GUARD)
# With 30 the year is out of reach of a long statement; with 300 a year of other matters is in it
# (golden: 001, pingtan-xian-2012)
_LONGEST_CLAUSE = 80
_MARKS = re.compile(f"[{CLAUSE_ENDS}]")


@dataclass(frozen=True, slots=True)
class Zero:
    """A statement of zero: its span, the span of what was zero, and the phrase of time that governs it."""

    span: Span
    label: Span
    period: Span | None


def zeros_in(text: str, taken: Sequence[Span]) -> list[Zero]:
    """Every statement of zero that touches none of the ordered `taken` spans, in order and without overlap."""
    found: list[Zero] = []
    done = 0
    for trigger in _TRIGGER.finditer(text):
        if trigger.start() < done:
            continue
        start, end = _clause(text, trigger.start())
        zero = next(_statements(text, max(start, done), end), None)
        done = zero.span[1] if zero else end
        if zero and not _touches(zero.span, taken):
            found.append(zero)
    return found


def _touches(span: Span, taken: Sequence[Span]) -> bool:
    nearest = bisect_left(taken, (span[1], 0)) - 1
    return nearest >= 0 and taken[nearest][1] > span[0]


def _clause(text: str, position: int) -> Span:
    low = max(0, position - _LONGEST_CLAUSE)
    marks = list(_MARKS.finditer(text, low, position))
    following = _MARKS.search(text, position, position + _LONGEST_CLAUSE)
    return (
        marks[-1].end() if marks else low,
        following.start() if following else min(len(text), position + _LONGEST_CLAUSE),
    )


def _statements(text: str, start: int, end: int) -> Iterator[Zero]:
    for statement in _STATEMENTS:
        match = statement.search(text, start, end)
        # 因未发生申请: a reason, a wish or a condition reports no zero (golden: pingtan-dishui-2013)
        if match and _SUBJECT.search(match["text"]) and not _GUARD.search(text, start, match.start("text")):
            start_of_label = _behind_periods(text, *match.span("label"))
            start_of_text = match.start("text") if match.start("text") < match.start("label") else start_of_label
            periods = list(_PERIOD.finditer(text, _sentence_start(text, start), start_of_text))
            period = periods[-1].span() if periods else None
            yield Zero((start_of_text, match.end("text")), (start_of_label, match.end("label")), period)


def _sentence_start(text: str, position: int) -> int:
    low = max(0, position - _LONGEST_CLAUSE)
    return max(low, *(text.rfind(mark, low, position) + 1 for mark in SENTENCE_ENDS))


def _behind_periods(text: str, start: int, end: int) -> int:
    period = _PERIOD.match(text, start, end)
    start = period.end() if period else start
    lead = _LEAD.match(text, start, end)
    # 与 before the label is no part of it (sample: county-water-bureau-2018)
    return lead.end() if lead and lead.end() < end else start
