"""Readings to breakdowns: which whole a part belongs to (共179条,其中机构职能2条、公开制度1条)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from loaders.document import Number
from loaders.statistics.candidates import Reading, Span
from loaders.vocabulary import statistic_labels as words
from loaders.vocabulary.statistics import PERCENT

_OPENS = re.compile(f"(?:{words.BREAKDOWN_STARTS})")
_AMONG = re.compile(words.AMONG)
_OUT_OF_THEM = re.compile(words.OUT_OF_THEM)
_CUMULATIVE = re.compile(words.CUMULATIVE)
_FINISHED = re.compile(words.FINISHED_OF)
_RECEIVED = re.compile(words.RECEIVED_OF)
_APART = re.compile(words.APART)
_ALL = re.compile(words.ADVERB_ALL)
_REACH = 6
_LONGEST_ITEM = 24


@dataclass(slots=True)
class _Open:
    """A whole that is being broken down: its index, the unit of its parts, and what is left of it."""

    whole: int
    unit: str | None
    left: Number


def link_parts(text: str, readings: Sequence[Reading]) -> None:
    """Set `part_of` of every part to the index of its whole; a part never exceeds what is left of its whole."""
    outer: _Open | None = None
    inner: _Open | None = None
    for index, reading in enumerate(readings):
        between = (readings[index - 1].figure.end if index else 0, reading.figure.start)
        if outer and not _goes_on(text, readings, index):
            outer = None
        inner = _bracket(text, readings, index, inner)
        among = index > 0 and bool(_AMONG.search(text, *between) or _OUT_OF_THEM.match(text, *between))
        if inner is None and (among or _OPENS.search(text, *between)):
            outer = _opened(text, readings, index, any_unit=among)
        if _apart(text, reading, between):
            continue
        if inner or outer:
            _take(reading, inner or outer)
        else:
            _link_finished(text, readings, index)


def _apart(text: str, reading: Reading, between: Span) -> bool:
    return reading.figure.unit == PERCENT or bool(_APART.search(text, *between))


def _take(reading: Reading, opened: _Open | None) -> None:
    if opened and reading.figure.unit == opened.unit and _value(reading) <= opened.left:
        reading.part_of = opened.whole
        opened.left -= _value(reading)


def _bracket(text: str, readings: Sequence[Reading], index: int, inner: _Open | None) -> _Open | None:
    """The whole before an open bracket: figures inside it are its parts (189件(含上年12件))."""
    if not index:
        return None
    whole = readings[index - 1]
    opening = text.rfind(words.OPEN_BRACKET, whole.figure.end, readings[index].figure.start)
    closing = text.rfind(words.CLOSE_BRACKET, whole.figure.end, readings[index].figure.start)
    if opening > closing:
        return _Open(index - 1, whole.figure.unit, _value(whole)) if opening == whole.figure.end else inner
    return None if closing >= 0 else inner


def _opened(text: str, readings: Sequence[Reading], index: int, *, any_unit: bool) -> _Open | None:
    whole = _whole_before(text, readings, index, any_unit=any_unit)
    return None if whole is None else _Open(whole, readings[index].figure.unit, _value(readings[whole]))


def _goes_on(text: str, readings: Sequence[Reading], index: int) -> bool:
    """A breakdown ends with its sentence; past a ; it goes on only from item to item."""
    reading, previous = readings[index], readings[index - 1]
    if reading.sentence != previous.sentence:
        return False
    between = (previous.figure.end, reading.figure.start)
    return reading.part == previous.part or (
        between[1] - between[0] <= _LONGEST_ITEM and not _ALL.search(text, *between)
    )


def _value(reading: Reading) -> Number:
    value = reading.figure.value
    return value[1] if isinstance(value, tuple) else value


def _whole_before(text: str, readings: Sequence[Reading], index: int, *, any_unit: bool) -> int | None:
    """The nearest figure before, in this or the last sentence, that is neither part nor cumulative nor too small."""
    for candidate in range(index - 1, max(-1, index - 1 - _REACH), -1):
        reading = readings[candidate]
        if readings[index].sentence - reading.sentence > 1:
            return None
        if (
            (any_unit or reading.figure.unit == readings[index].figure.unit)
            and reading.part_of is None
            and _value(reading) >= _value(readings[index])
            and not _CUMULATIVE.search(text, *reading.before)
        ):
            return candidate
    return None


def _link_finished(text: str, readings: Sequence[Reading], index: int) -> None:
    """受理办件3030件,办结件2968件: what was finished is part of what was received."""
    if not index:
        return
    whole, part = readings[index - 1], readings[index]
    if whole.sentence != part.sentence or whole.figure.unit != part.figure.unit or not (whole.label and part.label):
        return
    if (
        _RECEIVED.search(text, *whole.label)
        and _FINISHED.match(text, part.label[0])
        and not _FINISHED.match(text, whole.label[0])
        and _value(part) < _value(whole)
    ):
        part.part_of = index - 1
