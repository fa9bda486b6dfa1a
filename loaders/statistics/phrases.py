"""A stretch of text to the phrase in it: without linking words in front, verbs of change and comparisons behind."""

import re

from loaders.statistics.candidates import Span
from loaders.vocabulary import statistic_labels as words

_LEAD = re.compile(f"(?:{words.LABEL_LEAD})+")
_TAIL = re.compile(f"(?:{words.LABEL_TAIL})$")
_TAIL_REACH = 20
_LONGEST_TAIL_WORD = 6
_FROM = re.compile(words.FROM_MARKS)
CHANGE_VERBS = "|".join(verb.word for verb in words.CHANGE_VERBS)
"""The verbs of change, as a pattern lists them."""
_CHANGE_TAIL = re.compile(
    f"(?:{words.CHANGE_ADVERBS})*(?:(?:{CHANGE_VERBS}){words.CHANGE_TAIL}"
    f"|(?:{CHANGE_VERBS}|{words.CHANGED_TO_ONLY})(?:{words.TO_MARKS}){words.TO_TAIL})$"
)
_CHANGE_NOUN = re.compile(f"(?:{words.CHANGE_NOUNS})(?:{words.CHANGE_TAIL})$")
_TAIL_ENDS = frozenset(
    f"{words.FROM_MARKS}{CHANGE_VERBS}{words.CHANGED_TO_ONLY}{words.CHANGE_TAIL}{words.TO_TAIL}{words.TO_MARKS}"
    f"{words.CHANGE_NOUNS}{words.LABEL_TAIL}"
)
"""Every character that a tail can end with, and a few more: most phrases are seen to have none at one glance."""
_COMPARISON = re.compile(f"(?:{words.COMPARISON_STARTS})$")
_COMPARISON_MARK = re.compile(words.COMPARISON_MARKS)


def without_change(text: str, start: int, end: int) -> int:
    """The end of a phrase without the verb of change behind it."""
    change = _CHANGE_TAIL.search(text, start, end)
    return change.start() if change else end


def trim_lead(text: str, start: int, end: int) -> int:
    """The start of a phrase without linking words."""
    lead = _LEAD.match(text, start, end)
    return lead.end() if lead else start


def trim_tail(text: str, start: int, end: int) -> int:
    """The end of a phrase without verbs of change, comparisons and linking words."""
    while end > start:
        shorter = _without_tail(text, max(start, end - _TAIL_REACH), end)
        if shorter == end:
            break
        end = max(start, shorter)
    return end


def _without_tail(text: str, low: int, end: int) -> int:
    possible = text[end - 1] in _TAIL_ENDS
    # 增幅 and 降幅 are what is measured, and part of the label (golden: 000; sample: county-government-2022)
    changes = () if possible and _CHANGE_NOUN.search(text, low, end) else (_FROM, _CHANGE_TAIL)
    for pattern in changes if possible else ():
        match = pattern.search(text, low, end)
        if match:
            return match.start()
    comparison = _COMPARISON.search(text, low, end) if _COMPARISON_MARK.search(text, low, end) else None
    if comparison:
        return comparison.start()
    tail = _TAIL.search(text, max(low, end - _LONGEST_TAIL_WORD), end) if possible else None
    return tail.start() if tail else end


def behind_last(pattern: re.Pattern[str], text: str, start: int, end: int, *, least: int = 1) -> int:
    """Behind the last match that leaves something to name."""
    # 在县级平台发稿9篇: cut behind the place, too little would be left (golden: 002)
    found = start
    for match in pattern.finditer(text, start, end):
        if trim_tail(text, match.end(), end) >= match.end() + least:
            found = match.end()
    return found


def with_quotes(text: str, start: int, end: int) -> Span:
    """The phrase with the other quote of a pair that it holds one of."""
    # A cut may fall just inside a quotation that is the label (golden: 003)
    if text.count(words.QUOTE, start, end) % 2 == 1:
        if text.startswith(words.QUOTE, end):
            return start, end + 1
        if start and text[start - 1] == words.QUOTE:
            return start - 1, end
    return start, end
