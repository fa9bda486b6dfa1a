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
    if start and text[start - 1] in NOT_DIRECTLY_AFTER:
        return False
    numeral = text[start:end]
    if text.startswith(OUT_OF, end):
        return True
    match = patterns.IN_WORDS.match(text, start)
    if numeral == LONE_ONE and not (match and _one_counts(text, match)):
        return False
    if set(numeral) <= _PLACES and numeral != TEN and not _places_count(text, start, match):
        return False
    return not _in_quotes(text, start)


def _places_count(text: str, start: int, match: re.Match[str] | None) -> bool:
    return bool(match and match["more"]) or (start > 0 and text[start - 1] in SOLE_PLACES_AFTER)


def _one_counts(text: str, match: re.Match[str]) -> bool:
    """一 mostly means "a": it counts as a frequency, at the end of a clause, held or appointed, or qualified."""
    start = match.start()
    low = max(0, start - _LOOK_BACK)
    if match["behind"] or patterns.BEFORE.search(text, low, start) or _ONE_FREQUENCY.search(text, low, start):
        return True
    if match["unit"] and _ONE_PERSON.match(match["unit"]):
        return True
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
