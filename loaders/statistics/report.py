"""Text, passages and sections to the statistics of the narrative, in text order, spans never overlapping.

Only passages are read, so tables and headings state no statistic here. What cannot be told (a unit that the text
leaves out, a label) is None. Stages: `loaders.statistics` finds numbers (`scan`), the clause of each
(`clauses`), its label (`labels`), change (`changes`), whole (`breakdowns`) and period (`periods`), then statements
of zero (`zeros`). Each is a function of the passage's text alone: taking out a sentence takes out what it states only.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise

from loaders.document import Passage, Qualifier, Section, Statistic
from loaders.statistics.breakdowns import link_parts
from loaders.statistics.candidates import Candidate, Span
from loaders.statistics.changes import mark_changes
from loaders.statistics.clauses import candidates_of
from loaders.statistics.labels import label_all
from loaders.statistics.periods import mark_periods
from loaders.statistics.scan import scanned_statistics
from loaders.statistics.zeros import Zero, zeros_in
from loaders.text.simplified import simplified
from loaders.text.squeezed import Squeezed, squeezed

_LINE_END = re.compile(r"\s*\n\s*")


def statistics_of(
    raw: str, folded: str, *, passages: Sequence[Passage], sections: Sequence[Section]
) -> tuple[Statistic, ...]:
    """Every statistic and every statement of zero in the passages, in text order."""
    heading_ends = sorted(section.heading_end for section in sections)
    text = simplified(folded)
    found: list[Statistic] = []
    for passage in sorted(passages, key=lambda passage: passage.start):
        for start, end in _pieces(passage, heading_ends):
            found += _statistics_in(raw, squeezed(text, start, end, numbers_apart=True), passage, first=len(found))
    return tuple(found)


def _pieces(passage: Passage, heading_ends: Sequence[int]) -> Iterator[Span]:
    """The passage, cut where a heading ends inside it: no label reaches back into a heading."""
    first = bisect_right(heading_ends, passage.start)
    last = bisect_left(heading_ends, passage.end)
    # A heading that runs into its text has numbers too: its last one would be the whole of the list below
    # (golden: 004)
    cuts = [passage.start, *heading_ends[first:last], passage.end]
    return ((start, end) for start, end in pairwise(cuts) if start < end)


def _statistics_in(raw: str, piece: Squeezed, passage: Passage, *, first: int) -> list[Statistic]:
    """The statistics of one piece; `first` is the index that its first one gets within the report."""
    candidates = _candidates(piece.text)
    zeros = zeros_in(piece.text, [(candidate.scanned.start, candidate.scanned.end) for candidate in candidates])
    before = [bisect_left(zeros, candidate.scanned.start, key=_start) for candidate in candidates]
    indices = [first + index + earlier for index, earlier in enumerate(before)]
    statistics = [_stated(raw, piece, passage, candidate=candidate, indices=indices) for candidate in candidates]
    statistics += [_implied(raw, piece, passage, zero) for zero in zeros]
    return sorted(statistics, key=_printed_at) if zeros else statistics


def _start(zero: Zero) -> int:
    return zero.span[0]


def _printed_at(statistic: Statistic) -> int:
    return statistic.start


def _candidates(text: str) -> list[Candidate]:
    candidates = candidates_of(text, scanned_statistics(text))
    if candidates:
        # In this order: a pair of a change takes over labels, a part the period of its whole (golden: 000, 004)
        label_all(text, candidates)
        mark_changes(text, candidates)
        link_parts(text, candidates)
        mark_periods(text, candidates)
    return candidates


def _stated(raw: str, piece: Squeezed, passage: Passage, *, candidate: Candidate, indices: Sequence[int]) -> Statistic:
    scanned = candidate.scanned
    start, end = piece.bounds(scanned.start, scanned.end)
    label, label_start, label_end = _labelled(raw, piece, candidate.label)
    return Statistic(
        label=label,
        label_start=label_start,
        label_end=label_end,
        value=scanned.value,
        unit=scanned.unit,
        qualifier=scanned.qualifier,
        change=candidate.change,
        period=_quoted(raw, piece, candidate.period),
        context=_quoted(raw, piece, candidate.context),
        part_of=None if candidate.part_of is None else indices[candidate.part_of],
        implied=False,
        text=raw[start:end],
        start=start,
        end=end,
        passage=passage.id,
        section=passage.section,
    )


def _implied(raw: str, piece: Squeezed, passage: Passage, zero: Zero) -> Statistic:
    start, end = piece.bounds(*zero.span)
    label, label_start, label_end = _labelled(raw, piece, zero.label)
    return Statistic(
        label=label,
        label_start=label_start,
        label_end=label_end,
        value=0,
        unit=None,
        qualifier=Qualifier.EXACT,
        change=None,
        period=_quoted(raw, piece, zero.period),
        context=None,
        part_of=None,
        implied=True,
        text=raw[start:end],
        start=start,
        end=end,
        passage=passage.id,
        section=passage.section,
    )


def _labelled(raw: str, piece: Squeezed, span: Span | None) -> tuple[str | None, int | None, int | None]:
    start, end = piece.bounds(*span) if span else (None, None)
    return _quoted(raw, piece, span), start, end


def _quoted(raw: str, piece: Squeezed, span: Span | None) -> str | None:
    """The phrase as printed, in one line: a line end inside it is an accident of the page."""
    if span is None:
        return None
    start, end = piece.bounds(*span)
    printed = raw[start:end]
    return _LINE_END.sub("", printed) if "\n" in printed else printed
