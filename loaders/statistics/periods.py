"""Candidates to periods: the last explicit phrase of time before a number.

A phrase governs up to the next ; or 。, and on through the breakdown of a whole that it governs.
"""

import re
from collections.abc import Sequence

from loaders.statistics.candidates import Candidate, Span
from loaders.statistics.phrases import periods_in
from loaders.vocabulary.statistic_labels import FROM_MARKS, PART_ENDS, TITLE_CLOSES, TITLE_OPENS

_FROM = re.compile(FROM_MARKS)
# With 60 a date that opens a long clause is out of reach of its number (golden: 001, pingtan-2019)
_LONGEST_PART = 400


def mark_periods(text: str, candidates: Sequence[Candidate]) -> None:
    """Set the period of every candidate that an explicit phrase governs."""
    part, read_to = -1, 0
    governing: Span | None = None
    for candidate in candidates:
        if candidate.part != part:
            part, read_to = candidate.part, _start_of_part(text, candidate)
            whole = candidates[candidate.part_of] if candidate.part_of is not None else None
            # Parts go on in sentences of their own, with the time of their whole; all else begins anew
            # (golden: 001, 002, 004)
            governing = whole.period if whole else None
        for match in periods_in(text, read_to, candidate.scanned.start):
            # A year in 《》 is that of a document (golden: pingtan-2019)
            if not _in_title(text, read_to, match.start()):
                governing = match.span()
        read_to = candidate.scanned.end
        start = _FROM.search(text, *candidate.before)
        # 由年初的5%: the start of a change has its own time, which does not govern the end (golden: 000)
        candidate.period = start.span("period") if start and start["period"] else governing


def _start_of_part(text: str, candidate: Candidate) -> int:
    low = max(0, candidate.scanned.start - _LONGEST_PART)
    return max(low, *(text.rfind(mark, low, candidate.scanned.start) + 1 for mark in PART_ENDS))


def _in_title(text: str, start: int, position: int) -> bool:
    return text.rfind(TITLE_OPENS, start, position) > text.rfind(TITLE_CLOSES, start, position)
