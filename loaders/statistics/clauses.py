"""Scanned statistics to candidates: each with the stretch before and after it, its part and its sentence.

Only the gaps between numbers are looked at, and of a long gap only its two ends, so the work grows with the numbers.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence

from loaders.statistics.candidates import Candidate, Span
from loaders.statistics.scan import ScannedStatistic
from loaders.vocabulary.statistic_labels import CLAUSE_ENDS, PART_ENDS, QUOTE, SENTENCE_ENDS

# A comma inside quotes ends no clause: the name of a course would lose its second half (golden: 000)
# 16个乡镇(街道) is one noun, and 各乡镇(街道)公开5条 one clause: a bracket would end both
# (golden: 001; test: test_a_sentence_states_its_statistics)
_BOUNDARY = re.compile(
    rf"{QUOTE}[^{QUOTE}\d。;:]{{1,40}}{QUOTE}|\([^()\d{CLAUSE_ENDS}]{{1,14}}\)|(?P<end>[{CLAUSE_ENDS}()])"
)
"""A short bracket or quote without numbers belongs to its clause: 各乡镇(街道)公开8条."""
_PART = re.compile(f"[{PART_ENDS}]")
_SENTENCE = re.compile(f"[{SENTENCE_ENDS}]")
# With 30 a label that lists four kinds of information is cut in the middle (golden: pingtan-2019)
_REACH = 120


def candidates_of(text: str, scanned: Sequence[ScannedStatistic], marks: Sequence[int]) -> list[Candidate]:
    """One candidate for each scanned statistic, in order; `marks` are those of `marks_of`."""
    candidates: list[Candidate] = []
    part = sentence = 0
    left, follows = _first_gap(text, scanned)
    for index, found in enumerate(scanned):
        previous = scanned[index - 1].end if index else 0
        following = scanned[index + 1].start if index + 1 < len(scanned) else len(text)
        begins, _ = clause_at(text, marks, found.start)
        if previous <= begins - 1:
            part += 1
            sentence += _SENTENCE.search(text, previous, begins) is not None
        right, next_left = _gap(text, found.end, following)
        candidates.append(Candidate(found, (left, found.start), (found.end, right), part, sentence, follows))
        left, follows = next_left, right == following
    return candidates


def marks_of(text: str) -> list[int]:
    """Where the text has marks that end a clause of its own, in order: semicolons and full stops."""
    return [match.start() for match in _PART.finditer(text)]


def clause_at(text: str, marks: Sequence[int], position: int) -> Span:
    """The clause around `position`: the text between two of the marks."""
    nearest = bisect_left(marks, position)
    start = marks[nearest - 1] + 1 if nearest else 0
    return start, marks[nearest] if nearest < len(marks) else len(text)


def _first_gap(text: str, scanned: Sequence[ScannedStatistic]) -> tuple[int, bool]:
    return (_gap(text, 0, scanned[0].start)[1], False) if scanned else (0, False)


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
