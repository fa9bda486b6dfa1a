"""Readings to periods: the last explicit phrase of time before a figure.

A phrase governs up to the next ; or 。, and on through a breakdown of a figure that it governs.
"""

import re
from collections.abc import Sequence

from loaders.statistics.candidates import Reading, Span
from loaders.vocabulary.statistic_labels import FROM_MARKS, PART_ENDS, PERIODS, TITLE_CLOSES, TITLE_OPENS

_PERIOD = re.compile(PERIODS)
_FROM = re.compile(FROM_MARKS)
_LONGEST_PART = 400


def mark_periods(text: str, readings: Sequence[Reading]) -> None:
    """Set the period of every reading that an explicit phrase governs."""
    part, read_to = -1, 0
    governing: Span | None = None
    for reading in readings:
        if reading.part != part:
            part, read_to = reading.part, _start_of_part(text, reading)
            whole = readings[reading.part_of] if reading.part_of is not None else None
            governing = whole.period if whole else None
        for match in _PERIOD.finditer(text, read_to, reading.figure.start):
            if not _in_title(text, read_to, match.start()):
                governing = match.span()
        read_to = reading.figure.end
        start = _FROM.search(text, *reading.before)
        reading.period = start.span("period") if start and start["period"] else governing


def _start_of_part(text: str, reading: Reading) -> int:
    low = max(0, reading.figure.start - _LONGEST_PART)
    return max(low, *(text.rfind(mark, low, reading.figure.start) + 1 for mark in PART_ENDS))


def _in_title(text: str, start: int, position: int) -> bool:
    return text.rfind(TITLE_OPENS, start, position) > text.rfind(TITLE_CLOSES, start, position)
