"""Which numerals in words count something: 三名副局长 does, 进一步, 一系列 and the names in quotes do not."""

import re

from loaders.statistics import patterns
from loaders.vocabulary.statistic_exclusions import (
    NOT_DIRECTLY_AFTER,
    ONE_AFTER_FREQUENCY,
    ONE_AFTER_HELD,
    ONE_BEHIND_COUNTS,
    ONE_PERSON,
)
from loaders.vocabulary.statistic_labels import QUOTE, SENTENCE_ENDS
from loaders.vocabulary.statistics import LONE_ONE, MYRIADS, OUT_OF, PLACES_IN_WORDS, SOLE_PLACES_AFTER, TEN

_ONE_BEHIND = re.compile(ONE_BEHIND_COUNTS)
_ONE_FREQUENCY = re.compile(ONE_AFTER_FREQUENCY)
_ONE_HELD = re.compile(ONE_AFTER_HELD)
_ONE_PERSON = re.compile(ONE_PERSON)
_SENTENCE = re.compile(f"[{SENTENCE_ENDS}]")
_PLACES = frozenset("".join((*PLACES_IN_WORDS, *MYRIADS)))
_LOOK_BACK = 24
_QUOTE_REACH = 200


def counts_in_words(text: str, start: int, end: int) -> bool:
    """Whether the numeral in words from `start` to `end` is a count."""
    # 十几件 and 几百条 say no number at all (test: test_a_sentence_states_its_statistics)
    if start and text[start - 1] in NOT_DIRECTLY_AFTER:
        return False
    numeral = text[start:end]
    # 百分之五十: 百 is no sole place here (test: test_a_sentence_states_its_statistics)
    if text.startswith(OUT_OF, end):
        return True
    match = patterns.IN_WORDS.match(text, start)
    if numeral == LONE_ONE and not (match and _one_counts(text, match)):
        return False
    # 十个乡镇 counts, 百 and 千 by themselves make names (test: test_a_sentence_states_its_statistics)
    if set(numeral) <= _PLACES and numeral != TEN and not _places_count(text, start, match):
        return False
    # Slogans in quotes hold numerals that count nothing (golden: 004, pingtan-2018, shanghai-bangongting-2025)
    return not _in_quotes(text, start)


def _places_count(text: str, start: int, match: re.Match[str] | None) -> bool:
    return bool(match and match["more"]) or (start > 0 and text[start - 1] in SOLE_PLACES_AFTER)


def _one_counts(text: str, match: re.Match[str]) -> bool:
    """一 mostly means "a": it counts as a frequency, at the end of a clause, held or appointed, or qualified."""
    # Counted everywhere, 列为一项重要工作 would be a statistic of most reports (golden: 001, 003, pingtan-2013)
    start = match.start()
    low = max(0, start - _LOOK_BACK)
    # 超过一个月, 不到一成 (sample: county-government-2010, county-water-bureau-2018)
    if match["behind"] or patterns.BEFORE.search(text, low, start) or _ONE_FREQUENCY.search(text, low, start):
        return True
    # 一名分管领导和一名经办人员: persons are counted wherever they stand (golden: pingtan-2021)
    if match["unit"] and _ONE_PERSON.match(match["unit"]):
        return True
    # 申请一件。 counts, as nothing follows that it could be "a" of
    # (test: test_one_counts_as_a_frequency_at_the_end_of_a_clause_or_for_a_person)
    if _ONE_BEHIND.match(text, match.end()):
        return start > 0 and not _ONE_BEHIND.match(text, start - 1)
    return bool(_ONE_HELD.search(text, low, start))


def _in_quotes(text: str, start: int) -> bool:
    """Whether an odd number of quotes stands before `start` in its sentence; a stray quote is met with a limit."""
    low = max(0, start - _QUOTE_REACH)
    nearest = text.rfind(QUOTE, low, start)
    if nearest < 0:
        return False
    for end in _SENTENCE.finditer(text, low, start):
        low = end.end()
    return text.count(QUOTE, low, start) % 2 == 1
