"""Text, passages and sections to the figures of the narrative, in text order, spans never overlapping.

Only passages are read, so tables and headings state no figure here. Nothing is refused: what cannot be told (a unit
that the text leaves out, a label) is None. Stages: `loaders.figures` finds numbers (`scan`), the clause of each
(`clauses`), its label (`labels`), change (`changes`), whole (`breakdowns`) and period (`periods`), then statements
of zero (`zeros`); each is a function of the passage's text alone, so taking out a sentence takes out its figures only.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from loaders.document import Passage, Qualifier, Section, Statistic
from loaders.figures.breakdowns import link_parts
from loaders.figures.changes import mark_changes
from loaders.figures.clauses import readings_of
from loaders.figures.compact import Compact, compact
from loaders.figures.labels import label_all
from loaders.figures.periods import mark_periods
from loaders.figures.readings import Reading, Span
from loaders.figures.scan import figures_in
from loaders.figures.zeros import Zero, zeros_in

_LINE_END = re.compile(r"\s*\n\s*")


def statistics_of(
    raw: str, folded: str, *, passages: Sequence[Passage], sections: Sequence[Section]
) -> tuple[Statistic, ...]:
    """Every figure and every statement of zero in the passages, in text order."""
    heading_ends = sorted(section.heading_end for section in sections)
    found: list[Statistic] = []
    for passage in sorted(passages, key=lambda passage: passage.start):
        for start, end in _pieces(passage, heading_ends):
            found += _statistics_in(raw, compact(folded, start, end), passage, first=len(found))
    return tuple(found)


def _pieces(passage: Passage, heading_ends: Sequence[int]) -> Iterator[Span]:
    """The passage, cut where a heading ends inside it: no label reaches back into a heading."""
    first = bisect_right(heading_ends, passage.start)
    last = bisect_left(heading_ends, passage.end)
    cuts = [passage.start, *heading_ends[first:last], passage.end]
    return ((start, end) for start, end in pairwise(cuts) if start < end)


def _statistics_in(raw: str, piece: Compact, passage: Passage, *, first: int) -> list[Statistic]:
    """The statistics of one piece; `first` is the index that its first one gets within the report."""
    readings = _readings(piece.text)
    zeros = zeros_in(piece.text, [(reading.figure.start, reading.figure.end) for reading in readings])
    stated = [_stated(raw, piece, passage, reading) for reading in readings]
    implied = [_implied(raw, piece, passage, zero) for zero in zeros]
    ordered = sorted((*stated, *implied), key=lambda statistic: statistic.start)
    index = {statistic.start: first + position for position, statistic in enumerate(ordered)}
    return [
        statistic if statistic.part_of is None else replace(statistic, part_of=index[stated[statistic.part_of].start])
        for statistic in ordered
    ]


def _readings(text: str) -> list[Reading]:
    readings = readings_of(text, figures_in(text))
    if readings:
        label_all(text, readings)
        mark_changes(text, readings)
        link_parts(text, readings)
        mark_periods(text, readings)
    return readings


def _stated(raw: str, piece: Compact, passage: Passage, reading: Reading) -> Statistic:
    figure = reading.figure
    start, end = piece.span(figure.start, figure.end)
    label_start, label_end = piece.span(*reading.label) if reading.label else (None, None)
    return Statistic(
        label=_quoted(raw, piece, reading.label),
        label_start=label_start,
        label_end=label_end,
        value=figure.value,
        unit=figure.unit,
        qualifier=figure.qualifier,
        change=reading.change,
        period=_quoted(raw, piece, reading.period),
        context=_quoted(raw, piece, reading.context),
        part_of=reading.part_of,
        implied=False,
        text=raw[start:end],
        start=start,
        end=end,
        passage=passage.id,
        section=passage.section,
    )


def _implied(raw: str, piece: Compact, passage: Passage, zero: Zero) -> Statistic:
    start, end = piece.span(*zero.span)
    label_start, label_end = piece.span(*zero.label)
    return Statistic(
        label=_quoted(raw, piece, zero.label),
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


def _quoted(raw: str, piece: Compact, span: Span | None) -> str | None:
    """The phrase as printed, in one line: a line end inside it is an accident of the page."""
    if span is None:
        return None
    start, end = piece.span(*span)
    return _LINE_END.sub("", raw[start:end])
