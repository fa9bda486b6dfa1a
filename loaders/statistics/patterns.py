"""The expressions that find and read numbers, built once from the vocabulary."""

import re
from collections.abc import Iterable

from loaders.document import Qualifier
from loaders.vocabulary.statistic_exclusions import EXCLUSIONS
from loaders.vocabulary.statistic_labels import FROM_MARKS
from loaders.vocabulary.statistics import (
    DEADLINE_UNITS,
    DIGITS_IN_WORDS,
    GREAT,
    GREAT_NOUNS,
    HALF,
    HALF_MORE,
    HALF_SPANS,
    HALF_UNITS,
    LIST_MARKS,
    LONG_SPANS,
    MULTIPLIER_NOT_BEFORE,
    MULTIPLIERS,
    MYRIADS,
    NEGATIVE_AFTER,
    OUT_OF,
    PERCENT_IN_WORDS,
    PLACES_IN_WORDS,
    POINT_IN_WORDS,
    QUALIFIERS_BEFORE,
    QUALIFIERS_BEHIND,
    RANGE_MARKS,
    TENTHS,
    TENTHS_NOT_AFTER,
    TENTHS_NOT_BEFORE,
    UNITS,
    VAGUE_MORE,
    QualifierWord,
    Unit,
)


def _longest_first(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))


def _unit_word(unit: Unit) -> str:
    return re.escape(unit.word) + (f"(?![{unit.guard}])" if unit.guard else "")


def _units(units: Iterable[Unit], *, spoken: bool) -> str:
    chosen = sorted((unit for unit in units if unit.spoken or not spoken), key=lambda unit: -len(unit.word))
    return "|".join(_unit_word(unit) for unit in chosen)


def _behind(word: QualifierWord) -> str:
    return re.escape(word.word) + (f"(?![{word.not_before}])" if word.not_before else "")


def _before(word: QualifierWord) -> str:
    return (f"(?<![{word.not_after}])" if word.not_after else "") + re.escape(word.word)


def _by_length(words: Iterable[QualifierWord]) -> list[QualifierWord]:
    return sorted(words, key=lambda word: -len(word.word))


_BEHIND = "|".join(_behind(word) for word in _by_length(QUALIFIERS_BEHIND))
_WITHIN = "|".join(_behind(word) for word in _by_length(QUALIFIERS_BEHIND) if word.qualifier is not Qualifier.ABOUT)
_PLACES = "".join(PLACES_IN_WORDS)
_ONES = "".join(DIGITS_IN_WORDS)
_NUMERALS = f"[{_ONES}{_PLACES}{''.join(sorted(set(''.join(MYRIADS))))}]"
_WORDS = f"{_NUMERALS}{{1,12}}(?:{POINT_IN_WORDS}[{_ONES}]+)?"
_DIGITS = r"\d{1,3}(?:,\d{3}){1,5}(?!\d)(?:\.\d{1,9})?|\d{1,15}(?!\d)(?:\.\d{1,9})?"
_MULTIPLIER = f"(?:{_longest_first(MULTIPLIERS)})(?![{MULTIPLIER_NOT_BEFORE}])"


def _tail(*, spoken: bool) -> str:
    """What may follow a number: 余, 万, unit, qualifier, in this order, each at most once."""
    deadlines = f"(?:{_units(DEADLINE_UNITS, spoken=spoken)})(?={_WITHIN})"
    units = f"{_longest_first(LONG_SPANS | HALF_MORE)}|{deadlines}|{_units(UNITS, spoken=spoken)}"
    return (
        f"(?P<more>[{VAGUE_MORE}])?(?P<multiplier>{_MULTIPLIER})?(?P<more_behind>[{VAGUE_MORE}])?"
        f"(?P<unit>{units})?(?P<behind>{_BEHIND})?"
    )


_DIGIT_TAIL = _tail(spoken=False)
_SPOKEN_UNITS = f"{_longest_first(LONG_SPANS | HALF_MORE)}|{_units(UNITS, spoken=True)}"
_SPLIT_DIGITS = rf"\d{{1,3}}(?: \d{{1,3}})+(?=[{VAGUE_MORE}]?(?:{_MULTIPLIER})?(?:{_units(UNITS, spoken=False)}))"

_DEADLINE = f"(?:{_units(DEADLINE_UNITS, spoken=True)})(?:{_WITHIN})"
_COUNTED = f"[{VAGUE_MORE}]|{_SPOKEN_UNITS}|{OUT_OF}|{TENTHS}|{GREAT}|{POINT_IN_WORDS}|{_DEADLINE}"
BEGINNING = re.compile(
    rf"[0-9{_NUMERALS[1:-1]}{HALF}](?:(?<=[0-9])[0-9]*|(?<={_NUMERALS})(?<!{_NUMERALS}{{2}}){_NUMERALS}{{0,11}}(?={_COUNTED})"
    rf"|(?<={HALF})(?={HALF_UNITS}))"
)
"""Where a number may begin: every digit, and numerals in words that count something."""

EXCLUDED = re.compile("|".join(f"(?:{item.pattern})" for item in EXCLUSIONS))
IN_DIGITS = re.compile(f"(?P<number>{_SPLIT_DIGITS}|{_DIGITS}){_DIGIT_TAIL}")
RANGE = re.compile(
    f"(?P<number>{_DIGITS})(?P<low_multiplier>{_MULTIPLIER})?(?P<low_unit>{_units(UNITS, spoken=False)})?"
    f"[{RANGE_MARKS}](?P<high>{_DIGITS}){_DIGIT_TAIL}"
)
LIST = re.compile(f"(?P<numbers>(?:{_DIGITS})(?:[{LIST_MARKS}](?:{_DIGITS})){{1,11}}){_DIGIT_TAIL}")
LIST_NUMBER = re.compile(_DIGITS)
FRACTION = re.compile(rf"(?<![/\d])(?P<part>\d{{1,3}})/(?P<whole>\d{{1,3}})(?![/\d])(?P<behind>{_BEHIND})?")
IN_WORDS = re.compile(f"(?P<number>{_WORDS}){_tail(spoken=True)}")
PERCENT_WORDS = re.compile(f"{PERCENT_IN_WORDS}(?P<number>{_WORDS}|{_DIGITS})(?P<behind>{_BEHIND})?")
FRACTION_WORDS = re.compile(f"(?P<whole>{_WORDS}){OUT_OF}(?P<part>{_WORDS})(?P<behind>{_BEHIND})?")
TENTHS_WORDS = re.compile(
    f"(?<![{TENTHS_NOT_AFTER}])(?P<number>[{_ONES}]|\\d){TENTHS}(?![{TENTHS_NOT_BEFORE}])"
    f"(?P<more>[{VAGUE_MORE}])?(?P<behind>{_BEHIND})?"
)
# 三大平台 counts platforms; 二十大 is a congress and needs the noun to tell (golden: pingtan-2021, pingtan-2024)
GREAT_WORDS = re.compile(f"(?P<number>[{_ONES}{_PLACES}]+){GREAT}(?={GREAT_NOUNS})")
# 半个月内 is a deadline; 半个月 alone says how something was done, not how much
# (golden: 004; sample: town-government-2021)
HALF_WORDS = re.compile(f"{HALF}(?P<unit>{HALF_UNITS})(?P<behind>{_BEHIND})")
BEFORE = re.compile("(?:" + "|".join(_before(word) for word in _by_length(QUALIFIERS_BEFORE)) + ")$")

FROM = re.compile(FROM_MARKS)
NEGATIVE = re.compile(NEGATIVE_AFTER + "-$")

BEFORE_ENDS = frozenset(word.word[-1] for word in QUALIFIERS_BEFORE)
BEFORE_MEANS = {word.word: word.qualifier for word in QUALIFIERS_BEFORE}
BEHIND_MEANS = {word.word: word.qualifier for word in QUALIFIERS_BEHIND}
VAGUE_UNITS = frozenset(LONG_SPANS)
HALF_MORE_UNITS = frozenset(HALF_MORE)
UNIT_STORED = (
    {unit.word: unit.unit or unit.word for unit in (*UNITS, *DEADLINE_UNITS)} | LONG_SPANS | HALF_MORE | HALF_SPANS
)
