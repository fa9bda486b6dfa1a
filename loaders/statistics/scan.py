"""Blank-free text to what it counts: value, unit, qualifier and span; numbers that count nothing are passed over.

One expression finds where a number may begin; exclusions are tried there first, then the shape that the character
behind the number announces, then the plain shape. Text is read once, left to right, and what is found never overlaps.
"""

import re
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal

from loaders.document import Number, Qualifier
from loaders.statistics import patterns
from loaders.statistics.counts import counts_in_words
from loaders.statistics.numerals import in_digits, in_words, plain, scaled
from loaders.vocabulary.statistic_exclusions import BARE_NUMBER_AFTER, SKIPPED_STRETCHES
from loaders.vocabulary.statistics import FRACTION_MARK, LIST_MARKS, PERCENT, RANGE_MARKS, TENTHS

_SKIPPED = tuple((mark, re.compile(pattern)) for mark, pattern in SKIPPED_STRETCHES)
_BARE = re.compile(BARE_NUMBER_AFTER)
_LOOK_BACK = 12
_LONGEST_BARE = 9
# 不超过, 不低于: with 2 the 不 goes lost, and with it the meaning (golden: 000; sample: city-housing-bureau-2020)
_LONGEST_QUALIFIER = 5
_HALF = Decimal("0.5")

Value = Number | tuple[Number, Number]


@dataclass(frozen=True, slots=True)
class ScannedStatistic:
    """A number that counts or measures; `number_start` is where its digits begin, behind any qualifier."""

    start: int
    number_start: int
    end: int
    value: Value
    unit: str | None
    qualifier: Qualifier


def scanned_statistics(text: str) -> list[ScannedStatistic]:
    """Every number of the text that counts or measures, in order."""
    found: list[ScannedStatistic] = []
    skipped = sorted(match.span() for mark, pattern in _SKIPPED if mark in text for match in pattern.finditer(text))
    starts = [start for start, _ in skipped]
    position = 0
    while number := patterns.BEGINNING.search(text, position):
        position = number.start()
        inside = bisect_right(starts, position) - 1
        if inside >= 0 and position < skipped[inside][1]:
            position = skipped[inside][1]
            continue
        excluded = patterns.EXCLUDED.match(text, position)
        if excluded:
            # What is excluded is skipped as a whole: 4小时 of 24小时自助 is no duration
            # (sample: county-approval-bureau-2021)
            position = max(excluded.end(), position + 1)
            continue
        read = _read(text, position, number.end())
        found += read
        position = read[-1].end if read else number.end()
    return found


def _read(text: str, start: int, end: int) -> list[ScannedStatistic]:
    if not text[start].isdecimal():
        return _read_words(text, start) if counts_in_words(text, start, end) else []
    match = patterns.IN_DIGITS.match(text, start)
    if not match:
        return []
    special = _SPECIAL.get(text[match.end("number") : match.end("number") + 1]) or _SPECIAL.get(
        text[match.end() : match.end() + 1]
    )
    return (special(text, start) if special else []) or _plain(text, match)


def _read_words(text: str, start: int) -> list[ScannedStatistic]:
    return next((found for reader in _WORD_READERS if (found := reader(text, start))), [])


def _before(text: str, start: int) -> tuple[int, Qualifier | None]:
    """Where a number begins with the qualifier before it, and that qualifier."""
    if not start or text[start - 1] not in patterns.BEFORE_ENDS:
        return start, None
    match = patterns.BEFORE.search(text, max(0, start - _LONGEST_QUALIFIER), start)
    return (match.start(), patterns.BEFORE_MEANS[match.group()]) if match else (start, None)


def _scanned(
    text: str, match: re.Match[str], *, value: Value, unit: str | None, otherwise: Qualifier
) -> ScannedStatistic:
    """The statistic of a match; a qualifier before the number wins over any other."""
    start, qualifier = _before(text, match.start())
    return ScannedStatistic(start, match.start(), match.end(), value, unit, qualifier or otherwise)


def _behind(match: re.Match[str], *, vague: bool = False) -> Qualifier:
    """The qualifier behind the number, else that of a vague word inside it (余, 多)."""
    behind = match["behind"]
    if behind:
        return patterns.BEHIND_MEANS[behind]
    return Qualifier.MORE_THAN if vague else Qualifier.EXACT


def _tailed(text: str, match: re.Match[str], value: Value) -> ScannedStatistic:
    more, inner, unit = match.group("more", "more_behind", "unit")
    vague = bool(more or inner) or unit in patterns.VAGUE_UNITS
    stored = patterns.UNIT_STORED[unit] if unit else None
    return _scanned(text, match, value=value, unit=stored, otherwise=_behind(match, vague=vague))


def _plain(text: str, match: re.Match[str]) -> list[ScannedStatistic]:
    if not (match["unit"] or match["multiplier"] or match["more"]) and not _announced(text, match):
        return []
    found = _tailed(text, match, _amount(match, in_digits(match["number"])))
    # 增长率为-3.2%: without its sign a fall would be a rise (test: test_a_sentence_states_its_statistics)
    if patterns.NEGATIVE.search(text, max(0, match.start() - _LOOK_BACK), match.start()) and found.value != 0:
        return [_below_zero(found)]
    return [found]


def _below_zero(found: ScannedStatistic) -> ScannedStatistic:
    value = found.value if isinstance(found.value, tuple) else -found.value
    return replace(found, start=found.number_start - 1, number_start=found.number_start - 1, value=value)


def _amount(match: re.Match[str], number: Decimal) -> Number:
    half = _HALF if match["unit"] in patterns.HALF_MORE_UNITS else 0
    return plain(scaled(number, match["multiplier"]) + half)


def _announced(text: str, match: re.Match[str]) -> bool:
    """A bare number counts only where words announce one, and where it cannot be a code."""
    digits = match["number"]
    if len(digits) > _LONGEST_BARE or (digits[0] == "0" and digits.isdecimal() and digits != "0"):
        return False
    return bool(_BARE.search(text, max(0, match.start() - _LOOK_BACK), match.start()))


def _fraction(text: str, start: int) -> list[ScannedStatistic]:
    match = patterns.FRACTION.match(text, start)
    if not match or not 0 < int(match["part"]) < int(match["whole"]):
        return []
    value = plain(Decimal(match["part"]) / Decimal(match["whole"]))
    return [_scanned(text, match, value=value, unit=None, otherwise=_behind(match))]


def _range(text: str, start: int) -> list[ScannedStatistic]:
    match = patterns.RANGE.match(text, start)
    if not match or not (match["unit"] or match["multiplier"]) or _starts_a_change(text, start, match):
        return []
    if match["low_unit"] and match["low_unit"] != match["unit"]:
        return []
    low = scaled(in_digits(match["number"]), match["low_multiplier"] or match["multiplier"])
    high = scaled(in_digits(match["high"]), match["multiplier"])
    return [_tailed(text, match, (plain(low), plain(high)))] if low < high else []


def _starts_a_change(text: str, start: int, match: re.Match[str]) -> bool:
    """从54%到79% is a change from one number to another, no range."""
    return bool(match["low_unit"]) and bool(patterns.FROM.search(text, max(0, start - _LOOK_BACK), start))


def _list(text: str, start: int) -> list[ScannedStatistic]:
    """90、70、50个工作日以内: unit and qualifier stand once, behind the last number."""
    match = patterns.LIST.match(text, start)
    if not match or not match["unit"]:
        return []
    model = _tailed(text, match, 0)
    numbers = [number.span() for number in patterns.LIST_NUMBER.finditer(text, match.start(), match.end("numbers"))]
    starts = [model.start, *(begin for begin, _ in numbers[1:])]
    ends = [*(stop for _, stop in numbers[:-1]), match.end()]
    return [
        replace(model, start=first, number_start=begin, end=last, value=_listed(text, match, begin, stop))
        for first, last, (begin, stop) in zip(starts, ends, numbers, strict=True)
    ]


def _listed(text: str, match: re.Match[str], begin: int, stop: int) -> Number:
    return plain(scaled(in_digits(text[begin:stop]), match["multiplier"]))


def _in_words(text: str, start: int) -> list[ScannedStatistic]:
    match = patterns.IN_WORDS.match(text, start)
    number = in_words(match["number"]) if match and match["unit"] else None
    return [_tailed(text, match, _amount(match, number))] if match and number is not None else []


def _percent_words(text: str, start: int) -> list[ScannedStatistic]:
    match = patterns.PERCENT_WORDS.match(text, start)
    number = _digits_or_words(match["number"]) if match else None
    return (
        [_scanned(text, match, value=plain(number), unit=PERCENT, otherwise=_behind(match))]
        if match and number is not None
        else []
    )


def _digits_or_words(printed: str) -> Decimal | None:
    return in_digits(printed) if printed[0].isdecimal() else in_words(printed)


def _fraction_words(text: str, start: int) -> list[ScannedStatistic]:
    match = patterns.FRACTION_WORDS.match(text, start)
    if not match:
        return []
    part, whole = in_words(match["part"]), in_words(match["whole"])
    if part is None or not whole or part >= whole:
        return []
    return [_scanned(text, match, value=plain(part / whole), unit=None, otherwise=_behind(match))]


def _tenths(text: str, start: int) -> list[ScannedStatistic]:
    match = patterns.TENTHS_WORDS.match(text, start)
    number = _digits_or_words(match["number"]) if match else None
    if not match or not number:
        return []
    return [
        _scanned(
            text, match, value=plain(number * 10), unit=PERCENT, otherwise=_behind(match, vague=bool(match["more"]))
        )
    ]


def _great(text: str, start: int) -> list[ScannedStatistic]:
    match = patterns.GREAT_WORDS.match(text, start)
    number = in_words(match["number"]) if match else None
    if match is None or number is None:
        return []
    return [_scanned(text, match, value=plain(number), unit=None, otherwise=Qualifier.EXACT)]


def _half(text: str, start: int) -> list[ScannedStatistic]:
    match = patterns.HALF_WORDS.match(text, start)
    if not match:
        return []
    return [_scanned(text, match, value=0.5, unit=patterns.UNIT_STORED[match["unit"]], otherwise=_behind(match))]


_Reader = Callable[[str, int], list[ScannedStatistic]]
_SPECIAL: dict[str, _Reader] = {
    FRACTION_MARK: _fraction,
    TENTHS: _tenths,
    **dict.fromkeys(RANGE_MARKS, _range),
    **dict.fromkeys(LIST_MARKS, _list),
}
"""By the character behind a number in digits."""
_WORD_READERS: tuple[_Reader, ...] = (_percent_words, _fraction_words, _tenths, _great, _half, _in_words)
