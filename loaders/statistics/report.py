"""Text, passages and sections to the figures of the narrative, in text order, spans never overlapping.

Only passages are read, so tables and headings state no figure here. Nothing is refused: what cannot be told (a unit
that the text leaves out, a label) is None. Stages: `loaders.statistics` finds numbers (`scan`), the clause of each
(`clauses`), its label (`labels`), change (`changes`), whole (`breakdowns`) and period (`periods`), then statements
of zero (`zeros`); each is a function of the passage's text alone, so taking out a sentence takes out its figures only.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise

from loaders.document import Passage, Qualifier, Section, Statistic
from loaders.statistics.breakdowns import link_parts
from loaders.statistics.candidates import Reading, Span
from loaders.statistics.changes import mark_changes
from loaders.statistics.clauses import readings_of
from loaders.statistics.labels import label_all
from loaders.statistics.periods import mark_periods
from loaders.statistics.scan import figures_in
from loaders.statistics.zeros import Zero, zeros_in
from loaders.text.squeezed import Squeezed, squeezed

_LINE_END = re.compile(r"\s*\n\s*")


def statistics_of(
    raw: str, folded: str, *, passages: Sequence[Passage], sections: Sequence[Section]
) -> tuple[Statistic, ...]:
    """Every figure and every statement of zero in the passages, in text order."""
    heading_ends = sorted(section.heading_end for section in sections)
    found: list[Statistic] = []
    for passage in sorted(passages, key=lambda passage: passage.start):
        for start, end in _pieces(passage, heading_ends):
            found += _statistics_in(raw, squeezed(folded, start, end, numbers_apart=True), passage, first=len(found))
    return tuple(found)


def _pieces(passage: Passage, heading_ends: Sequence[int]) -> Iterator[Span]:
    """The passage, cut where a heading ends inside it: no label reaches back into a heading."""
    first = bisect_right(heading_ends, passage.start)
    last = bisect_left(heading_ends, passage.end)
    cuts = [passage.start, *heading_ends[first:last], passage.end]
    return ((start, end) for start, end in pairwise(cuts) if start < end)


def _statistics_in(raw: str, piece: Squeezed, passage: Passage, *, first: int) -> list[Statistic]:
    """The statistics of one piece; `first` is the index that its first one gets within the report."""
    readings = _readings(piece.text)
    zeros = zeros_in(piece.text, [(reading.figure.start, reading.figure.end) for reading in readings])
    before = [bisect_left(zeros, reading.figure.start, key=_start) for reading in readings]
    indices = [first + index + earlier for index, earlier in enumerate(before)]
    statistics = [_stated(raw, piece, passage, reading=reading, indices=indices) for reading in readings]
    statistics += [_implied(raw, piece, passage, zero) for zero in zeros]
    return sorted(statistics, key=_printed_at) if zeros else statistics


def _start(zero: Zero) -> int:
    return zero.span[0]


def _printed_at(statistic: Statistic) -> int:
    return statistic.start


def _readings(text: str) -> list[Reading]:
    readings = readings_of(text, figures_in(text))
    if readings:
        label_all(text, readings)
        mark_changes(text, readings)
        link_parts(text, readings)
        mark_periods(text, readings)
    return readings


def _stated(raw: str, piece: Squeezed, passage: Passage, *, reading: Reading, indices: Sequence[int]) -> Statistic:
    figure = reading.figure
    start, end = piece.bounds(figure.start, figure.end)
    label, label_start, label_end = _labelled(raw, piece, reading.label)
    return Statistic(
        label=label,
        label_start=label_start,
        label_end=label_end,
        value=figure.value,
        unit=figure.unit,
        qualifier=figure.qualifier,
        change=reading.change,
        period=_quoted(raw, piece, reading.period),
        context=_quoted(raw, piece, reading.context),
        part_of=None if reading.part_of is None else indices[reading.part_of],
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
