"""Readings to labels: the shortest phrase of the text that says what a figure counts, and the phrase that completes it.

A label stands before its figure (受理申请12件) or behind it (公布12项清单). Each figure is decided from left to right;
where its own clause names nothing, the label before it goes on (历年累计173件, 同比增长12%).
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from loaders.statistics.candidates import Reading, Span
from loaders.vocabulary import statistic_labels as words
from loaders.vocabulary.statistics import PERCENT

_LEAD = re.compile(f"(?:{words.LABEL_LEAD})+")
_TAIL = re.compile(f"(?:{words.LABEL_TAIL})$")
_TAIL_REACH = 20
_LONGEST_TAIL_WORD = 6
_FROM = re.compile(words.FROM_MARKS)
_VERBS = "|".join(verb.word for verb in words.CHANGE_VERBS)
_CHANGE_TAIL = re.compile(
    f"(?:{words.CHANGE_ADVERBS})*(?:(?:{_VERBS}){words.CHANGE_TAIL}"
    f"|(?:{_VERBS}|{words.CHANGED_TO_ONLY})(?:{words.TO_MARKS}){words.TO_TAIL})$"
)
_CHANGE_NOUN = re.compile(f"(?:{words.CHANGE_NOUNS})(?:{words.CHANGE_TAIL})$")
_TAIL_ENDS = frozenset(
    f"{words.FROM_MARKS}{_VERBS}{words.CHANGED_TO_ONLY}{words.CHANGE_TAIL}{words.TO_TAIL}{words.TO_MARKS}"
    f"{words.CHANGE_NOUNS}{words.LABEL_TAIL}"
)
"""Every character that a tail can end with, and a few more: most phrases are seen to have none at one glance."""
_COMPARISON = re.compile(f"(?:{words.COMPARISON_STARTS})$")
_COMPARISON_MARK = re.compile(words.COMPARISON_MARKS)
_PERIOD = re.compile(words.PERIODS)
_ADVERB_ALL = re.compile(words.ADVERB_ALL)
_NOUN_FIRST = re.compile(
    f"{words.NOUN_FIRST}|(?:{words.CHANGE_ADVERBS})*(?:{_VERBS}|{words.CHANGED_TO_ONLY})(?:{words.TO_MARKS})"
)
_PERCENT_SCOPE = re.compile(words.PERCENT_SCOPE)
_RELATIVE = re.compile(words.RELATIVE_STARTS)
_PLACE = re.compile(words.PLACE)
_NOUN_CUT = re.compile(words.NOUN_CUT)
_NOUN_HEAD = re.compile(words.NOUN_HEADS)
_QUANTITY = re.compile(words.QUANTITY_NOUN)
_VERB = re.compile(words.VERBS)
_HEAD_GOES_ON = re.compile(f"{words.NOUN_HEAD_GOES_ON}|{words.VERBS}")
_CUMULATIVE = re.compile(words.CUMULATIVE)
_SHORT_BRACKET = re.compile(r"\([^()]*\)")
_LIST_CLOSED = re.compile(f"{words.LIST_CLOSES}(?={words.VERBS})")
_CUTS = tuple(re.compile(pattern) for pattern in words.LABEL_CUTS)
_GENERIC = re.compile(words.GENERIC_LABELS)
_SHARE = re.compile(words.SHARE_LABEL)
_EACH = re.compile(words.EACH)
_LIST_MARK = re.compile(words.LIST_MARK)
_LEAST = 4
_SHORT_NOUN = 2


def label_all(text: str, readings: Sequence[Reading]) -> None:
    """Give every reading its label and context; figures that touch (8大类348项事项) share the label behind them."""
    sentence: list[Reading] = []
    for reading in readings:
        if sentence and sentence[0].sentence != reading.sentence:
            sentence = []
        _label(text, reading, sentence)
        sentence.append(reading)
    for reading, following in pairwise(readings):
        if following.behind and following.figure.start == reading.figure.end:
            reading.label, reading.behind = following.label, True
    _distribute(text, readings)


def _label(text: str, reading: Reading, sentence: Sequence[Reading]) -> None:
    previous = sentence[-1] if sentence else None
    if _stands_behind(text, reading) and not _goes_on_like(text, reading, previous):
        reading.behind = True
        reading.label = _noun_behind(text, reading)
        return
    if reading.follows and previous and previous.behind and previous.label:
        reading.before = (max(reading.before[0], previous.label[1]), reading.before[1])
    reading.label = _noun_before(text, reading.before, reading)
    if reading.label is None and sentence and _CUMULATIVE.search(text, *reading.before):
        reading.label = sentence[0].label
    reading.label = reading.label or _shared(text, reading, previous)
    if reading.figure.unit == PERCENT:
        _complete_share(text, reading, previous)
    if reading.label and reading.context is None and _GENERIC.fullmatch(text, *reading.label):
        counted = (before.label for before in reversed(sentence) if before.figure.unit != PERCENT)
        reading.context = next(counted, None)
    if reading.label is None:
        reading.label = _noun_behind(text, reading) or _clause_before(text, reading)


def _stands_behind(text: str, reading: Reading) -> bool:
    start, end = reading.after
    owned = start < end and text.startswith(words.POSSESSIVE, start)
    start += owned
    if start >= end or _NOUN_FIRST.match(text, start, end):
        return False
    if reading.figure.unit != PERCENT:
        return True
    before = _trim_tail(text, *reading.before)
    if owned and before > reading.before[0] and text[before - 1] not in words.RATE_ENDS:
        return True
    return bool(_PERCENT_SCOPE.fullmatch(text, *reading.before))


def _goes_on_like(text: str, reading: Reading, previous: Reading | None) -> bool:
    """召开例会两次、专题会四次研究工作: the second label stands where the first stands."""
    if not previous or previous.behind or not reading.follows or previous.figure.unit != reading.figure.unit:
        return False
    start, end = reading.before
    return (
        text.startswith(words.LISTING, start)
        and end - start > _SHORT_NOUN
        and not _VERB.fullmatch(text, start + 1, end)
    )


def _noun_behind(text: str, reading: Reading) -> Span | None:
    """The noun phrase that follows a figure, up to the next figure, a preposition or the end of the clause."""
    start, end = reading.after
    if text.startswith(words.POSSESSIVE, start):
        start += 1
    start, end = _relative(text, start, end)
    cut = _NOUN_CUT.search(text, start + _SHORT_NOUN, end)
    end = cut.start() if cut else end
    head = _NOUN_HEAD.search(text, start, end)
    if head and not _HEAD_GOES_ON.match(text, head.end(), end):
        bracket = _SHORT_BRACKET.match(text, head.end(), end)
        end = bracket.end() if bracket else head.end()
    while end > start and text[end - 1] in words.LOOSE_ENDS:
        end -= 1
    change = _CHANGE_TAIL.search(text, start, end)
    end = change.start() if change else end
    return (start, end) if end > start else None


def _relative(text: str, start: int, end: int) -> Span:
    """The noun of 涉及民生的政策 and of 试点区的经验: behind the last 的, or before the first."""
    if _RELATIVE.match(text, start, end):
        possessive = text.rfind(words.POSSESSIVE, start, end - 1)
        return (possessive + 1, end) if possessive >= 0 else (start, end)
    possessive = text.find(words.POSSESSIVE, start + _SHORT_NOUN, end)
    return (start, possessive) if possessive >= 0 else (start, end)


def _noun_before(text: str, span: Span, reading: Reading) -> Span | None:
    """The phrase before a figure without periods, adverbs, verbs of change and linking words."""
    start, end = span
    if start == end and start and text[start - 1] == words.COLON:
        return _clause_before(text, reading)
    end = _trim_tail(text, start, end)
    start = _behind_last(_PERIOD, text, start, end)
    start = _behind_last(_ADVERB_ALL, text, start, end)
    start = _behind_last(_PLACE, text, start, end, least=_LEAST - 1)
    return None if _PERIOD.fullmatch(text, start, end) else _trim(text, start, end)


def _trim(text: str, start: int, end: int) -> Span | None:
    end = _trim_tail(text, start, end)
    start = _trim_lead(text, start, end)
    if end - start > words.LONG_LABEL:
        start = _shorten(text, start, end)
    if words.TITLE_OPENS not in text[start:end]:
        start = _trim_lead(text, max(start, text.rfind(words.TITLE_CLOSES, start, end - _SHORT_NOUN) + 1), end)
    return _with_quotes(text, start, end) if end > start else None


def _trim_lead(text: str, start: int, end: int) -> int:
    lead = _LEAD.match(text, start, end)
    return lead.end() if lead else start


def _with_quotes(text: str, start: int, end: int) -> Span:
    """The phrase with the other quote of a pair that it holds one of."""
    if text.count(words.QUOTE, start, end) % 2 == 1:
        if text.startswith(words.QUOTE, end):
            return start, end + 1
        if start and text[start - 1] == words.QUOTE:
            return start - 1, end
    return start, end


def _trim_tail(text: str, start: int, end: int) -> int:
    """The end of a phrase without verbs of change, comparisons and linking words."""
    while end > start:
        shorter = _without_tail(text, max(start, end - _TAIL_REACH), end)
        if shorter == end:
            break
        end = max(start, shorter)
    return end


def _without_tail(text: str, low: int, end: int) -> int:
    possible = text[end - 1] in _TAIL_ENDS
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


def _behind_last(pattern: re.Pattern[str], text: str, start: int, end: int, *, least: int = 1) -> int:
    """Behind the last match that leaves something to name."""
    found = start
    for match in pattern.finditer(text, start, end):
        if _trim_tail(text, match.end(), end) >= match.end() + least:
            found = match.end()
    return found


def _shorten(text: str, start: int, end: int) -> int:
    """Where a long phrase may begin: at its last verb, then behind a pause or 的; a list of items stays whole."""
    closed = _LIST_CLOSED.search(text, start, end - _LEAST)
    start = closed.end() if closed else start
    pause = text.find(words.LISTING, start, end)
    listed = text.count(words.LISTING, start, end) > 1
    for cut in (_VERB, *_CUTS):
        reach = pause if listed else end
        for match in cut.finditer(text, start, reach):
            if end - match.end() >= _LEAST:
                start = max(start, match.start() if cut is _VERB else match.end())
        if end - start <= words.LONG_LABEL:
            break
    return start


def _shared(text: str, reading: Reading, previous: Reading | None) -> Span | None:
    """A label that this figure shares with the one before it, or the second half of a noun between two figures."""
    if previous is None or previous.label is None:
        return None
    if not (reading.follows and previous.behind):
        return previous.label
    start, end = previous.label[0], _trim_tail(text, *previous.label)
    quantity = _QUANTITY.search(text, start + _SHORT_NOUN, end)
    if quantity and quantity.start() > start:
        previous.label = (start, quantity.start())
        return quantity.span()
    pause = text.rfind(words.LISTING, start, end)
    if pause > start and text[end : reading.figure.start] == "":
        previous.label = (start, pause)
        return (pause + 1, end)
    own = None if reading.figure.unit == PERCENT else _noun_before(text, previous.before, previous)
    return own or previous.label


def _complete_share(text: str, reading: Reading, previous: Reading | None) -> None:
    """占比 needs the label before it; 占79% takes that label itself, 好评数占总数99% its subject."""
    label = reading.label
    if label is None:
        return
    share = text.find(words.SHARE, *label)
    if _SHARE.fullmatch(text, *label):
        reading.context = previous.label if previous else None
    elif share >= 0 and not _SHARE.match(text, share, label[1]):
        reading.context = (share, label[1])
        if share > label[0]:
            reading.label = (label[0], share)
        elif previous and previous.label:
            reading.label = previous.label


def _clause_before(text: str, reading: Reading) -> Span | None:
    """The clause left of the figure's own, for a figure that opens its clause or follows a colon."""
    end = reading.before[0] - 1
    if end <= 0 or text[end] in words.SENTENCE_ENDS:
        return None
    start = (
        max((text.rfind(mark, max(0, end - 60), end) for mark in words.CLAUSE_ENDS + words.BRACKETS), default=-1) + 1
    )
    cut = _NOUN_CUT.search(text, start + _SHORT_NOUN, end)
    end = cut.start() if cut else end
    start = _behind_last(_PERIOD, text, start, end)
    return _trim(text, start, end)


def _distribute(text: str, readings: Sequence[Reading]) -> None:
    """甲、乙、丙分别为3、4、5件: each figure of the run takes its own item of the label."""
    for index, reading in enumerate(readings):
        if reading.label is None or reading.behind or not _EACH.search(text, *reading.before):
            continue
        run = [reading]
        for following in readings[index + 1 :]:
            if not (following.follows and _LIST_MARK.fullmatch(text, *following.before)):
                break
            run.append(following)
        items = _items(text, *reading.label)
        if len(items) == len(run) > 1:
            for member, item in zip(run, items, strict=True):
                member.label = item


def _items(text: str, start: int, end: int) -> list[Span]:
    marks = [match.span() for match in _LIST_MARK.finditer(text, start, end)]
    starts = [start, *(stop for _, stop in marks)]
    ends = [*(begin for begin, _ in marks), end]
    return [(low, high) for low, high in zip(starts, ends, strict=True) if low < high]
