"""Candidates to breakdowns: which whole a part belongs to (共179条,其中机构职能2条、公开制度1条)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from loaders.document import Number
from loaders.statistics.candidates import Candidate
from loaders.vocabulary import statistic_labels as words
from loaders.vocabulary.statistics import PERCENT

_OPENS = re.compile(f"(?:{words.BREAKDOWN_STARTS})")
_AMONG = re.compile(words.AMONG)
_OUT_OF_THEM = re.compile(words.OUT_OF_THEM)
_CUMULATIVE = re.compile(words.CUMULATIVE)
_FINISHED = re.compile(words.FINISHED_OF)
_RECEIVED = re.compile(words.RECEIVED_OF)
_APART = re.compile(words.APART)
_CARRIED = re.compile(words.CARRIED_OVER)
_ALL = re.compile(words.ADVERB_ALL)
_TOGETHER = re.compile(words.TOGETHER)
_SHARE_OFF = 0.5
# With 3 a whole is lost behind what compares it with the year before (sample: county-government-2022)
_REACH = 6
# What stands between two items parted by ; is short: with 12 a breakdown ends too early
# (golden: 004, pingtan-xian-2012)
_LONGEST_ITEM = 24


@dataclass(slots=True)
class _Open:
    """A whole that is being broken down: its index, the unit of its parts, what is left of it, which time it is so."""

    whole: int
    unit: str | None
    left: Number
    number: int


def link_parts(text: str, candidates: Sequence[Candidate]) -> None:
    """Set the whole and the breakdown of every part; a part never exceeds what is left of its whole."""
    outer: _Open | None = None
    inner: _Open | None = None
    for index, candidate in enumerate(candidates):
        between = (candidates[index - 1].scanned.end if index else 0, candidate.scanned.start)
        if outer and not _goes_on(text, candidates, index):
            outer = None
        inner = _bracket(text, candidates, index, inner)
        among = index > 0 and bool(_AMONG.search(text, *between) or _OUT_OF_THEM.match(text, *between))
        if inner is None and (among or _OPENS.search(text, *between)):
            outer = _opened(text, candidates, index, any_unit=among)
        if candidate.scanned.unit == PERCENT:
            _link_shared(text, candidates, index)
        # A share among the parts is measured in another way, and would be one of them
        # (sample: city-government-office-2024)
        if candidate.scanned.unit == PERCENT or _APART.search(text, *between):
            continue
        if inner or outer:
            _take(text, candidates, candidate, inner or outer)
            # What is more than is left begins another matter (sample: district-government-2016)
            outer = None if outer and _exceeds(candidate, outer) else outer
        else:
            _link_finished(text, candidates, index)


def _take(text: str, candidates: Sequence[Candidate], candidate: Candidate, opened: _Open | None) -> None:
    # Another unit counts another thing: meetings are no part of articles (sample: district-work-points-2019)
    # More than what is left is a new total, whose parts would go to the old one (golden: pingtan-xian-2012)
    if (
        opened
        and candidate.scanned.unit == opened.unit
        and _value(candidate) <= opened.left
        and not _is_carried(text, candidates[opened.whole], candidate)
    ):
        candidate.part_of, candidate.breakdown = opened.whole, opened.number
        opened.left -= _value(candidate)


def _exceeds(candidate: Candidate, opened: _Open) -> bool:
    is_other = candidate.part_of is None and candidate.scanned.unit == opened.unit
    return is_other and _value(candidate) > opened.left


def _is_carried(text: str, whole: Candidate, part: Candidate) -> bool:
    """办结75件,其中延期答复7件,结转下年度6件: what is carried over is not finished."""
    return bool(
        whole.label and part.label and _CARRIED.search(text, *part.label) and _FINISHED.search(text, *whole.label)
    )


def _bracket(text: str, candidates: Sequence[Candidate], index: int, inner: _Open | None) -> _Open | None:
    """The whole before an open bracket: what is counted inside it is its parts (189件(含上年12件))."""
    if not index:
        return None
    whole = candidates[index - 1]
    opening = text.rfind(words.OPEN_BRACKET, whole.scanned.end, candidates[index].scanned.start)
    closing = text.rfind(words.CLOSE_BRACKET, whole.scanned.end, candidates[index].scanned.start)
    if opening > closing:
        # A bracket behind words explains the words, not the number before them (sample: county-government-2022)
        return _Open(index - 1, whole.scanned.unit, _value(whole), 1) if opening == whole.scanned.end else inner
    # Behind its bracket the breakdown around it goes on (test: test_a_part_points_to_its_whole)
    return None if closing >= 0 else inner


def _opened(text: str, candidates: Sequence[Candidate], index: int, *, any_unit: bool) -> _Open | None:
    # 60条信息中,有超过20个工作日才发布的8条: a time is no part of things (sample: county-water-bureau-2018)
    any_unit = any_unit and candidates[index].scanned.unit not in words.MEASURED_IN
    whole = _whole_before(text, candidates, index, any_unit=any_unit)
    if whole is None:
        return None
    number, left = _next_breakdown(candidates, whole, index)
    return _Open(whole, candidates[index].scanned.unit, left, number)


def _next_breakdown(candidates: Sequence[Candidate], whole: int, index: int) -> tuple[int, Number]:
    """The number of the breakdown of `whole` that begins or goes on at `index`, and what is left for its parts."""
    total = _value(candidates[whole])
    parts = [candidate for candidate in candidates[whole + 1 : index] if candidate.part_of == whole]
    number = max((part.breakdown or 1 for part in parts), default=1)
    left = total - sum(_value(part) for part in parts if part.breakdown == number)
    # 其中甲4件,其中乙5件 goes on; what no longer fits divides the whole anew (test: test_a_breakdown_has_its_number)
    return (number, left) if _value(candidates[index]) <= left else (number + 1, total)


def _goes_on(text: str, candidates: Sequence[Candidate], index: int) -> bool:
    """A breakdown ends with its sentence; past a ; it goes on only from item to item."""
    candidate, previous = candidates[index], candidates[index - 1]
    # Past the 。 a place of its own begins, even where its number would fit into the rest (golden: pingtan-2013)
    if candidate.sentence != previous.sentence:
        return False
    # 共 behind a ; sums up anew, however short the item is (golden: pingtan-dishui-2013)
    between = (previous.scanned.end, candidate.scanned.start)
    return candidate.part == previous.part or (
        between[1] - between[0] <= _LONGEST_ITEM and not _ALL.search(text, *between)
    )


def _value(candidate: Candidate) -> Number:
    value = candidate.scanned.value
    return value[1] if isinstance(value, tuple) else value


def _whole_before(text: str, candidates: Sequence[Candidate], index: int, *, any_unit: bool) -> int | None:
    """The nearest statistic before, in this or the last sentence, that is neither part nor cumulative nor too small."""
    # A list of parts may open a sentence of its own (test: test_the_explicit_phrase_of_time_governs)
    # A part has no parts by 其中, else those of the year's total go to what was carried over
    # (golden: shanghai-bangongting-2025)
    # Between a whole and its parts may stand a smaller number or a total of all years
    # (golden: 001; sample: town-government-2021)
    for earlier in range(index - 1, max(-1, index - 1 - _REACH), -1):
        candidate = candidates[earlier]
        if candidates[index].sentence - candidate.sentence > 1:
            return None
        if (
            (any_unit or candidate.scanned.unit == candidates[index].scanned.unit)
            and candidate.part_of is None
            and _value(candidate) >= _value(candidates[index])
            and not _CUMULATIVE.search(text, *candidate.before)
        ):
            return earlier
    return None


def _link_finished(text: str, candidates: Sequence[Candidate], index: int) -> None:
    """受理办件3030件,办结件2968件: what was finished is part of what was received."""
    if not index:
        return
    whole, part = candidates[index - 1], candidates[index]
    if whole.sentence != part.sentence or whole.scanned.unit != part.scanned.unit or not (whole.label and part.label):
        return
    # More finished than received takes in those of earlier years: no part (golden: 001, pingtan-dishui-2013)
    if (
        _RECEIVED.search(text, *whole.label)
        and _FINISHED.match(text, part.label[0])
        and not _FINISHED.match(text, whole.label[0])
        and _value(part) < _value(whole)
    ):
        part.part_of, part.breakdown = index - 1, 1


def _link_shared(text: str, candidates: Sequence[Candidate], index: int) -> None:
    """办结982件,网上申报613件,占比62.4%: what is shared out is part of the number that the share is of."""
    share = candidates[index]
    if not (index > 1 and share.label and share.change is None and _names_share(text, share)):
        return
    part = candidates[index - 1]
    if part.part_of is not None or part.sentence != share.sentence or _TOGETHER.search(text, *share.before):
        return
    for whole in range(index - 2, max(-1, index - 2 - _REACH), -1):
        one = candidates[whole]
        if one.sentence != part.sentence:
            return
        if one.scanned.unit == part.scanned.unit and one.part_of is None and _is_share(part, one, share):
            part.part_of = whole
            part.breakdown = _next_breakdown(candidates, whole, index - 1)[0]
            return


def _names_share(text: str, candidate: Candidate) -> bool:
    return any(span and words.SHARE in text[slice(*span)] for span in (candidate.label, candidate.context))


def _is_share(part: Candidate, whole: Candidate, share: Candidate) -> bool:
    """Whether the printed share is that of the two numbers; sources round, and err, by less than half a point."""
    values = (_value(part), _value(whole), _value(share))
    return 0 < values[0] < values[1] and abs(100 * values[0] / values[1] - values[2]) <= _SHARE_OFF
