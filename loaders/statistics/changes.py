"""Readings to changes: the amount of an increase or decrease, and the two ends of 从年初的54%提高到79%."""

import re
from collections.abc import Sequence

from loaders.document import Change
from loaders.statistics.candidates import Reading
from loaders.vocabulary import statistic_labels as words

_DIRECTION = {verb.word: verb.change for verb in words.CHANGE_VERBS}
_VERBS = "|".join(_DIRECTION)
_AMOUNT = re.compile(f"(?P<verb>{_VERBS})(?!{words.NOT_A_CHANGE}){words.CHANGE_TAIL}$")
_LEADING = re.compile(f"(?:{words.LABEL_LEAD})*(?P<verb>{'|'.join(words.LEADING_CHANGES)})(?!{words.NOT_A_CHANGE})")
_TO = re.compile(
    f"(?:(?!{words.CHANGE_NOUNS})(?:{_VERBS})|{words.CHANGED_TO_ONLY})(?:{words.TO_MARKS}){words.TO_TAIL}$"
)
_TO_OF_PAIR = re.compile(f"(?:{words.TO_MARKS}){words.TO_TAIL}$")
_FROM = re.compile(words.FROM_MARKS)
_LIST_MARK = re.compile(words.LIST_MARK)
_LONGEST_PAIR = 6


def mark_changes(text: str, readings: Sequence[Reading]) -> None:
    """Set the change of every reading that is an amount, a start or an end of one."""
    origin: int | None = None
    for index, reading in enumerate(readings):
        if origin is not None and not _goes_on(readings, origin, index):
            origin = None
        if origin is not None and _TO_OF_PAIR.search(text, *reading.before):
            _mark_pair(readings, origin, index)
            origin = None
        elif _TO.search(text, *reading.before) or _continues(text, readings, index):
            reading.change = Change.TO
        elif _FROM.search(text, *reading.before):
            origin = index
        elif reading.change is None:
            reading.change = _amount(text, reading)


def _goes_on(readings: Sequence[Reading], origin: int, index: int) -> bool:
    return readings[origin].part == readings[index].part and index - origin < _LONGEST_PAIR


def _continues(text: str, readings: Sequence[Reading], index: int) -> bool:
    """分别压减至90、70、50个工作日: the numbers of one list share the change of the first."""
    reading = readings[index]
    listed = index > 0 and reading.follows and bool(_LIST_MARK.fullmatch(text, *reading.before))
    return listed and readings[index - 1].change is Change.TO


def _mark_pair(readings: Sequence[Reading], origin: int, goal: int) -> None:
    """从9个部门91项增加至13个部门121项: as many ends as there were starts, each with the label of its start."""
    starts = readings[origin:goal]
    for start in starts:
        start.change = Change.FROM
    for start, end in zip(starts, readings[goal : goal + len(starts)], strict=False):
        if end is not readings[goal] and not end.follows:
            break
        end.change = Change.TO
        if start.figure.unit == end.figure.unit and not (end.behind and end.label):
            end.label, end.context = start.label, start.context


def _amount(text: str, reading: Reading) -> Change | None:
    start, end = reading.before
    verb = _AMOUNT.search(text, start, end)
    if verb is None and not reading.behind:
        verb = _LEADING.match(text, start, end)
    return _DIRECTION[verb["verb"]] if verb else None
