"""Figures and text to readings: each figure with the stretch before and after it, its part and its sentence.

Only the gaps between figures are looked at, and of a long gap only its two ends, so the work grows with the figures.
"""

import re
from collections.abc import Sequence

from loaders.statistics.candidates import Reading, Span
from loaders.statistics.scan import Figure
from loaders.vocabulary.statistic_labels import CLAUSE_ENDS, PART_ENDS, QUOTE, SENTENCE_ENDS

_BOUNDARY = re.compile(
    rf"{QUOTE}[^{QUOTE}\d。;:]{{1,40}}{QUOTE}|\([^()\d{CLAUSE_ENDS}]{{1,14}}\)|(?P<end>[{CLAUSE_ENDS}()])"
)
"""A short bracket or quote without figures belongs to its clause: 各乡镇(街道)公开281条."""
_PART = re.compile(f"[{PART_ENDS}]")
_SENTENCE = re.compile(f"[{SENTENCE_ENDS}]")
_REACH = 120


def readings_of(text: str, figures: Sequence[Figure]) -> list[Reading]:
    """One reading for each figure, in order."""
    readings: list[Reading] = []
    part = sentence = 0
    left, follows = _first_gap(text, figures)
    for index, figure in enumerate(figures):
        previous = figures[index - 1].end if index else 0
        following = figures[index + 1].start if index + 1 < len(figures) else len(text)
        part += _PART.search(text, previous, figure.start) is not None
        sentence += _SENTENCE.search(text, previous, figure.start) is not None
        right, next_left = _gap(text, figure.end, following)
        readings.append(Reading(figure, (left, figure.start), (figure.end, right), part, sentence, follows))
        left, follows = next_left, right == following
    return readings


def _first_gap(text: str, figures: Sequence[Figure]) -> tuple[int, bool]:
    return (_gap(text, 0, figures[0].start)[1], False) if figures else (0, False)


def _gap(text: str, start: int, end: int) -> Span:
    """Where the clause that begins at `start` ends, and where the clause that ends at `end` begins."""
    if end - start <= 2 * _REACH:
        ends = [match.start() for match in _BOUNDARY.finditer(text, start, end) if match["end"]]
        return (ends[0], ends[-1] + 1) if ends else (end, start)
    first = next((match.start() for match in _BOUNDARY.finditer(text, start, start + _REACH) if match["end"]), None)
    begin = end - _REACH
    for mark in _PART.finditer(text, begin, end):
        begin = mark.end()
    last = [match.end() for match in _BOUNDARY.finditer(text, begin, end) if match["end"]]
    return first if first is not None else start + _REACH, last[-1] if last else begin
