"""Text, passages and sections to the statistics of the narrative, in text order, spans never overlapping.

Only passages are read, so tables and headings state no statistic here. What cannot be told (a unit that the text
leaves out, a label) is None. Stages: `loaders.statistics` finds numbers (`scan`), the clause of each
(`clauses`), its label (`labels`), change (`changes`), whole (`breakdowns`) and period (`periods`), then statements
of zero (`zeros`). Each is a function of the passage's text alone: taking out a sentence takes out what it states only.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from loaders.document import Passage, Qualifier, Section, Statistic, SubjectStatus
from loaders.statistics.breakdowns import link_parts
from loaders.statistics.candidates import Candidate, Span
from loaders.statistics.changes import mark_changes
from loaders.statistics.clauses import candidates_of, clause_at, marks_of
from loaders.statistics.contexts import complete_all
from loaders.statistics.labels import label_all
from loaders.statistics.periods import mark_periods
from loaders.statistics.scan import scanned_statistics
from loaders.statistics.sums import link_sums
from loaders.statistics.zeros import Zero, zeros_in
from loaders.text.simplified import simplified
from loaders.text.squeezed import Squeezed, squeezed
from loaders.vocabulary.statistic_labels import PAUSES

_LINE_END = re.compile(r"\s*\n\s*")


@dataclass(frozen=True, slots=True)
class _Place:
    """Where statistics are read: a piece of a passage without its blanks, and where its clauses end."""

    raw: str
    piece: Squeezed
    passage: Passage
    marks: Sequence[int]

    def clause(self, position: int) -> Span:
        """Where the clause around `position` stands in the raw text."""
        return self.piece.bounds(*clause_at(self.piece.text, self.marks, position))

    def quoted(self, span: Span | None) -> tuple[str | None, int | None, int | None]:
        """The phrase as printed, in one line, and its place: a line end inside it is an accident of the page."""
        if span is None:
            return None, None, None
        start, end = self.piece.bounds(*span)
        printed = self.raw[start:end]
        return _LINE_END.sub("", printed) if "\n" in printed else printed, start, end


def statistics_of(
    raw: str, folded: str, *, passages: Sequence[Passage], sections: Sequence[Section]
) -> tuple[Statistic, ...]:
    """Every statistic and every statement of zero in the passages, in text order."""
    heading_ends = sorted(section.heading_end for section in sections)
    text = simplified(folded)
    found: list[Statistic] = []
    for passage in sorted(passages, key=lambda passage: passage.start):
        for start, end in _pieces(text, passage, heading_ends):
            found += _statistics_in(raw, squeezed(text, start, end, numbers_apart=True), passage, first=len(found))
    return link_sums(text, found, sections)


def _pieces(text: str, passage: Passage, heading_ends: Sequence[int]) -> Iterator[Span]:
    """The passage, cut where a heading ends inside it: no label reaches back into a heading."""
    first = bisect_right(heading_ends, passage.start)
    last = bisect_left(heading_ends, passage.end)
    # A heading that runs into its text has numbers too: its last one would be the whole of the list below
    # (golden: 004)
    # A numbered sentence is no heading: cut behind its first pause, a total would lose its parts (golden: 004)
    ends = (end for end in heading_ends[first:last] if not text.startswith(PAUSES, end))
    cuts = [passage.start, *ends, passage.end]
    return ((start, end) for start, end in pairwise(cuts) if start < end)


def _statistics_in(raw: str, piece: Squeezed, passage: Passage, *, first: int) -> list[Statistic]:
    """The statistics of one piece; `first` is the index that its first one gets within the report."""
    place = _Place(raw, piece, passage, marks_of(piece.text))
    candidates = _candidates(piece.text, place.marks)
    zeros = zeros_in(piece.text, [(candidate.scanned.start, candidate.scanned.end) for candidate in candidates])
    before = [bisect_left(zeros, candidate.scanned.start, key=_start) for candidate in candidates]
    indices = [first + index + earlier for index, earlier in enumerate(before)]
    statistics = [_stated(place, candidate, indices) for candidate in candidates]
    statistics += [_implied(place, zero) for zero in zeros]
    return sorted(statistics, key=_printed_at) if zeros else statistics


def _start(zero: Zero) -> int:
    return zero.span[0]


def _printed_at(statistic: Statistic) -> int:
    return statistic.start


def _candidates(text: str, marks: Sequence[int]) -> list[Candidate]:
    candidates = candidates_of(text, scanned_statistics(text), marks)
    if candidates:
        # In this order: a pair of a change takes over labels, a part the period of its whole (golden: 000, 004)
        label_all(text, candidates)
        mark_changes(text, candidates)
        link_parts(text, candidates)
        complete_all(text, candidates)
        mark_periods(text, candidates)
    return candidates


def _stated(place: _Place, candidate: Candidate, indices: Sequence[int]) -> Statistic:
    scanned = candidate.scanned
    start, end = place.piece.bounds(scanned.start, scanned.end)
    label, label_start, label_end = place.quoted(candidate.label)
    subject, subject_start, subject_end = place.quoted(candidate.subject)
    clause_start, clause_end = place.clause(scanned.start)
    return Statistic(
        label=label,
        label_start=label_start,
        label_end=label_end,
        value=scanned.value,
        unit=scanned.unit,
        qualifier=scanned.qualifier,
        change=candidate.change,
        period=place.quoted(candidate.period)[0],
        context=place.quoted(candidate.context)[0],
        part_of=None if candidate.part_of is None else indices[candidate.part_of],
        implied=False,
        text=place.raw[start:end],
        start=start,
        end=end,
        passage=place.passage.id,
        section=place.passage.section,
        clause_start=clause_start,
        clause_end=clause_end,
        subject=subject,
        subject_start=subject_start,
        subject_end=subject_end,
        subject_status=candidate.subject_status,
        breakdown=candidate.breakdown,
        previous_value=candidate.previous_value,
    )


def _implied(place: _Place, zero: Zero) -> Statistic:
    start, end = place.piece.bounds(*zero.span)
    label, label_start, label_end = place.quoted(zero.label)
    clause_start, clause_end = place.clause(zero.span[0])
    return Statistic(
        label=label,
        label_start=label_start,
        label_end=label_end,
        value=0,
        unit=None,
        qualifier=Qualifier.EXACT,
        change=None,
        period=place.quoted(zero.period)[0],
        context=None,
        part_of=None,
        implied=True,
        text=place.raw[start:end],
        start=start,
        end=end,
        passage=place.passage.id,
        section=place.passage.section,
        clause_start=clause_start,
        clause_end=clause_end,
        subject_status=SubjectStatus.LABEL,
    )
