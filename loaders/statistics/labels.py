"""Candidates to labels: the shortest phrase of the text that says what is counted, and the phrase that completes it.

A label stands before its number (受理申请12件) or behind it (公布12项清单). Each is decided from left to right;
where its own clause names nothing, the label before it goes on (历年累计173件, 同比增长12%).
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from loaders.statistics.candidates import Candidate, Span
from loaders.statistics.phrases import CHANGE_VERBS, behind_last, trim_lead, trim_tail, with_quotes, without_change
from loaders.vocabulary import statistic_labels as words
from loaders.vocabulary.statistics import PERCENT

_PERIOD = re.compile(words.PERIODS)
_ADVERB_ALL = re.compile(words.ADVERB_ALL)
_KIND_OF = re.compile(words.KIND_OF)
_DONE_BY = re.compile(words.DONE_BY)
_LIGHT_VERB = re.compile(words.LIGHT_VERBS)
_NOUN_FIRST = re.compile(
    # 由5项增至9项: what follows 5项 is the verb, not its noun
    # (sample: city-housing-bureau-2020, city-government-office-2024)
    f"{words.NOUN_FIRST}|(?:{words.CHANGE_ADVERBS})*(?:{CHANGE_VERBS}|{words.CHANGED_TO_ONLY})(?:{words.TO_MARKS})"
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
_WORD = re.compile(r"\w")
_SHORT_BRACKET = re.compile(r"\([^()]*\)")
# 报纸、展板等方式开展宣传6场: the list of means before the verb is cut off as a whole (golden: pingtan-2019)
_LIST_CLOSED = re.compile(f"{words.LIST_CLOSES}(?={words.VERBS})")
_CUTS = tuple(re.compile(pattern) for pattern in words.LABEL_CUTS)
_CUTS_OF_SHARES = tuple(re.compile(pattern) for pattern in words.LABEL_CUTS_OF_SHARES)
_GENERIC = re.compile(words.GENERIC_LABELS)
_SHARE = re.compile(words.SHARE_LABEL)
_ALL_OF_THEM = re.compile(words.ALL_OF_THEM)
_TOGETHER = re.compile(words.TOGETHER)
_EACH = re.compile(words.EACH)
_LIST_MARK = re.compile(words.LIST_MARK)
# A cut that leaves 3 characters takes the verb's object for the label, one that must leave 6 keeps the whole clause
# before it (golden: 000, 001, 002)
_LEAST = 4
# 2 characters are a noun already (部分, 事项, 窗口); with 1 the 要 of 重要 or the 的 of 村的 would end it
# (golden: 000, pingtan-2021)
_SHORT_NOUN = 2
_LISTED = 2  # things that make a list


def label_all(text: str, candidates: Sequence[Candidate]) -> None:
    """Give every candidate its label and context; numbers that touch (8大类348项事项) share the label behind them."""
    sentence: list[Candidate] = []
    for candidate in candidates:
        if sentence and sentence[0].sentence != candidate.sentence:
            sentence = []
        _label(text, candidate, sentence)
        sentence.append(candidate)
    for candidate, following in pairwise(candidates):
        if following.behind and following.scanned.start == candidate.scanned.end:
            candidate.label, candidate.behind = following.label, True
    _distribute(text, candidates)


def _label(text: str, candidate: Candidate, sentence: Sequence[Candidate]) -> None:
    previous = sentence[-1] if sentence else None
    if _stands_behind(text, candidate) and not _goes_on_like(text, candidate, previous):
        candidate.behind = True
        candidate.label = _noun_behind(text, candidate)
        return
    if candidate.follows and previous and previous.behind and previous.label:
        # Between 清单7项、材料9件 the noun behind 7项 is taken: 9件 must look for its own (golden: 002)
        candidate.before = (max(candidate.before[0], previous.label[1]), candidate.before[1])
    candidate.label = _noun_before(text, candidate.before, candidate)
    # 历年累计 goes on with the subject of the sentence, not with the last of its parts (golden: 001)
    if candidate.label is None and sentence and _CUMULATIVE.search(text, *candidate.before):
        candidate.label = sentence[0].label
    candidate.label = candidate.label or _shared(text, candidate, previous)
    # Neither is the clause before, which may name one of them alone
    # (test: test_a_share_of_several_things_is_not_labelled_with_one)
    if candidate.scanned.unit == PERCENT and _complete_share(text, candidate, sentence):
        return
    # 办结率 and 公开率 say nothing without what was counted before them (golden: 001, 003, pingtan-dishui-2013)
    if candidate.label and candidate.context is None and _GENERIC.fullmatch(text, *candidate.label):
        # 甲5件、乙6件,办结率100%: the rate is of both (test: test_a_share_of_several_things_is_not_labelled_with_one)
        if _is_of_several(text, candidate, sentence):
            return
        counted = (before.label for before in reversed(sentence) if before.scanned.unit != PERCENT)
        candidate.context = next(counted, None)
        if candidate.context and text[slice(*candidate.context)] == text[slice(*candidate.label)]:
            candidate.context = None
    # A number that opens its clause is told by the clause before: 公报每月出版,一期
    # (golden: 003; sample: county-government-2022)
    if candidate.label is None:
        candidate.label = _noun_at_last(text, candidate) or _clause_before(text, candidate, previous)


def _stands_behind(text: str, candidate: Candidate) -> bool:
    start, end = candidate.after
    owned = start < end and text.startswith(words.POSSESSIVE, start)
    start += owned
    if start >= end or _NOUN_FIRST.match(text, start, end):
        return False
    # A share has its label before it, and one behind only where nothing but 全县 or 共 precedes it
    # (golden: 001, pingtan-2018)
    if candidate.scanned.unit != PERCENT:
        return True
    before = trim_tail(text, *candidate.before)
    # 85%以上的事项 names its things behind 的, like any number (test: test_a_sentence_states_its_statistics)
    if owned and before > candidate.before[0] and text[before - 1] not in words.RATE_ENDS:
        return True
    return bool(_PERCENT_SCOPE.fullmatch(text, *candidate.before))


def _goes_on_like(text: str, candidate: Candidate, previous: Candidate | None) -> bool:
    """召开例会两次、专题会四次研究工作: the second label stands where the first stands."""
    if not previous or previous.behind or not candidate.follows or previous.scanned.unit != candidate.scanned.unit:
        return False
    start, end = candidate.before
    return (
        text.startswith(words.LISTING, start)
        and end - start > _SHORT_NOUN
        and not _VERB.fullmatch(text, start + 1, end)
    )


def _noun_behind(text: str, candidate: Candidate) -> Span | None:
    """The noun phrase that follows a number, up to the next number, a preposition or the end of the clause."""
    start, end = candidate.after
    if text.startswith(words.POSSESSIVE, start):
        start += 1
    # 4次窗口的暗访 counts visits, 3项窗口的服务 may count either (golden: 000)
    if candidate.scanned.unit not in words.HAPPENS:
        start, end = _relative(text, start, end)
    # 6个部分|组成, 9项事项|通过网上办理: the rest is what is done with them (golden: 000)
    cut = _NOUN_CUT.search(text, start + _SHORT_NOUN, end)
    end = cut.start() if cut else end
    # 9个单位|目录: two nouns meet, but 9个单位公开目录 is what they did (golden: 001, 002)
    head = _NOUN_HEAD.search(text, start, end)
    if head and not _HEAD_GOES_ON.match(text, head.end(), end):
        # 乡镇(街道) is one noun (golden: 001)
        bracket = _SHORT_BRACKET.match(text, head.end(), end)
        end = bracket.end() if bracket else head.end()
    while end > start and text[end - 1] in words.LOOSE_ENDS:
        end -= 1
    # A second number follows this noun, and the verb of its change belongs to neither (golden: pingtan-2019)
    end = without_change(text, start, end)
    return (start, end) if end > start else None


def _noun_at_last(text: str, candidate: Candidate) -> Span | None:
    """The noun behind a number that has none before it: 100%完成整改任务; 到 in 从3家到5家 is none."""
    noun = _noun_behind(text, candidate)
    return noun if noun and noun[1] - noun[0] >= _SHORT_NOUN else None


def _relative(text: str, start: int, end: int) -> Span:
    """The noun of 涉及民生的政策 and of 试点区的经验: behind the last 的, or before the first."""
    if _RELATIVE.match(text, start, end):
        possessive = text.rfind(words.POSSESSIVE, start, end - 1)
        return (possessive + 1, end) if possessive >= 0 else (start, end)
    possessive = text.find(words.POSSESSIVE, start + _SHORT_NOUN, end)
    return (start, possessive) if possessive >= 0 else (start, end)


def _noun_before(text: str, span: Span, candidate: Candidate) -> Span | None:
    """The phrase before a figure without periods, adverbs, verbs of change and linking words."""
    start, end = span
    # 网站信息:9篇 has its label before the colon; without this it shares the last one (golden: 000)
    if start == end and start and text[start - 1] == words.COLON:
        return _clause_before(text, candidate, None)
    end = trim_tail(text, start, end)
    # Periods, then 共, then the place: each would stay in front of the label (golden: 000, 001, 004)
    start = behind_last(_PERIOD, text, start, end)
    start = behind_last(_ADVERB_ALL, text, start, end)
    start = behind_last(_PLACE, text, start, end, least=_LEAST - 1)
    start = behind_last(_KIND_OF, text, start, end, least=_SHORT_NOUN)
    start = behind_last(_DONE_BY, text, start, end, least=_LEAST)
    if candidate.scanned.unit == PERCENT and text.endswith(words.MAKES_REAL, start, end):
        end -= len(words.MAKES_REAL)
    # 历年累计70件 names nothing but a time: the label before it goes on (golden: 001)
    of_share = candidate.scanned.unit == PERCENT
    return None if _PERIOD.fullmatch(text, start, end) else _trim(text, start, end, of_share=of_share)


def _trim(text: str, start: int, end: int, *, of_share: bool = False) -> Span | None:
    end = trim_tail(text, start, end)
    start = trim_lead(text, start, end)
    if end - start > words.LONG_LABEL:
        start = _shorten(text, start, end, _CUTS_OF_SHARES if of_share else _CUTS)
    light = _LIGHT_VERB.match(text, start, end)
    start = light.end() if light and end - light.end() >= _LEAST else start
    if words.TITLE_OPENS not in text[start:end]:
        start = trim_lead(text, max(start, text.rfind(words.TITLE_CLOSES, start, end - _SHORT_NOUN) + 1), end)
    return with_quotes(text, start, end) if _WORD.search(text, start, end) else None


def _shorten(text: str, start: int, end: int, cuts: Sequence[re.Pattern[str]]) -> int:
    """Where a long phrase may begin: at its last verb, then behind a pause or 的; a list of items stays whole."""
    closed = _LIST_CLOSED.search(text, start, end - _LEAST)
    start = closed.end() if closed else start
    pause = text.find(words.LISTING, start, end)
    listed = text.count(words.LISTING, start, end) > 1
    # The verb first: it tells most; what is then still long is cut at pauses and 的 (golden: 000, 001, 003)
    # In 甲率、乙率、丙率均为9% all are meant: no cut behind the first pause (golden: 000, 004)
    for cut in (_VERB, *cuts):
        reach = pause if listed else end
        for match in cut.finditer(text, start, reach):
            if end - match.end() >= _LEAST:
                # The verb is part of the label: 制定文件9件 (golden: 001)
                start = max(start, match.start() if cut is _VERB else match.end())
        # Short enough: cutting on would halve a noun that holds 及 (golden: 004)
        if end - start <= words.LONG_LABEL:
            break
    return start


def _shared(text: str, candidate: Candidate, previous: Candidate | None) -> Span | None:
    """A label shared with the number before, or the second half of a noun between two numbers."""
    # 满意率98%,均为100%: of several things no one is the label (test: test_a_sentence_states_its_statistics)
    if previous is None or previous.label is None or _ALL_OF_THEM.match(text, *candidate.before):
        return None
    if not (candidate.follows and previous.behind):
        return previous.label
    start, end = previous.label[0], trim_tail(text, *previous.label)
    quantity = _QUANTITY.search(text, start + _SHORT_NOUN, end)
    if quantity and quantity.start() > start:
        previous.label = (start, quantity.start())
        return quantity.span()
    pause = text.rfind(words.LISTING, start, end)
    if pause > start and text[end : candidate.scanned.start] == "":
        previous.label = (start, pause)
        return (pause + 1, end)
    # 项目数从9个部门7项: the second number counts what the first stands behind (golden: 000)
    own = None if candidate.scanned.unit == PERCENT else _noun_before(text, previous.before, previous)
    return own or previous.label


def _complete_share(text: str, candidate: Candidate, sentence: Sequence[Candidate]) -> bool:
    """占比 needs the label before it, 占79% takes that label itself, 好评数占总数99% its subject.

    True where the share is of several things and named by none: 合计占97%.
    """
    label = candidate.label
    if label is None:
        return False
    several = _is_of_several(text, candidate, sentence)
    counted = sentence[-1].label if sentence and not several else None
    # 占 is a verb with a whole, 占比 a noun that is the label itself (golden: 000, shanghai-bangongting-2019)
    share = text.find(words.SHARE, *label)
    if _SHARE.fullmatch(text, *label):
        candidate.context = counted
    elif share >= 0 and not _SHARE.match(text, share, label[1]):
        candidate.context = (share, label[1])
        if share > label[0]:
            candidate.label = (label[0], share)
        # 甲公开5条,占50%: what was counted is shared out (golden: pingtan-2013)
        elif several or counted:
            candidate.label = counted
    return several and candidate.label is None


def _is_of_several(text: str, candidate: Candidate, sentence: Sequence[Candidate]) -> bool:
    """Whether words or a list of equal things before a share leave open which one of them it is of."""
    if _TOGETHER.search(text, *candidate.before):
        return True
    if len(sentence) < _LISTED or _EACH.search(text, *candidate.before):
        return False
    first, second = sentence[-_LISTED:]
    return first.scanned.unit == second.scanned.unit != PERCENT and bool(_LIST_MARK.match(text, *second.before))


def _clause_before(text: str, candidate: Candidate, previous: Candidate | None) -> Span | None:
    """The clause left of the number's own, for a number that opens its clause or follows a colon."""
    end = candidate.before[0] - 1
    if end <= 0 or text[end] in words.SENTENCE_ENDS:
        return None
    start = (
        max((text.rfind(mark, max(0, end - 60), end) for mark in words.CLAUSE_ENDS + words.BRACKETS), default=-1) + 1
    )
    cut = _NOUN_CUT.search(text, start + _SHORT_NOUN, end)
    end = cut.start() if cut else end
    # 超过三分之一,不足五分之一: the clause before is itself a number (test: test_a_sentence_states_its_statistics)
    if previous and previous.scanned.end == end:
        return None
    start = behind_last(_PERIOD, text, start, end)
    return _trim(text, start, end)


def _distribute(text: str, candidates: Sequence[Candidate]) -> None:
    """甲、乙、丙分别为3、4、5件: each number of the run takes its own item of the label."""
    for index, candidate in enumerate(candidates):
        if candidate.label is None or candidate.behind or not _EACH.search(text, *candidate.before):
            continue
        run = [candidate]
        for following in candidates[index + 1 :]:
            if not (following.follows and _LIST_MARK.fullmatch(text, *following.before)):
                break
            run.append(following)
        items = _items(text, *candidate.label)
        if len(items) == len(run) > 1:
            items[-1], shared = _without_shared_noun(text, items)
            for member, item in zip(run, items, strict=True):
                member.label, member.context = item, shared or member.context
        elif candidate.scanned.unit == PERCENT and len(run) > 1:
            _share_out(text, run, candidates[max(0, index - len(run)) : index])


def _share_out(text: str, shares: Sequence[Candidate], counts: Sequence[Candidate]) -> None:
    """甲5件、乙6件,分别占45%、55%: each share is of its own count, of none where there are more or fewer."""
    label, context = shares[0].label, shares[0].context
    is_noun = label is not None and _SHARE.fullmatch(text, *label)
    if not (is_noun or context):
        return
    listed = len(counts) == len(shares) and all(_LIST_MARK.match(text, *count.before) for count in counts[1:])
    for position, share in enumerate(shares):
        counted = counts[position].label if listed else None
        share.label, share.context = (label, counted) if is_noun else (counted, context)


def _without_shared_noun(text: str, items: Sequence[Span]) -> tuple[Span, Span | None]:
    """The last item of 甲类项目、乙类项目审批时间 without the noun of all of them, and that noun."""
    start, end = items[-1]
    # Items that are alike end alike; 网站、微信公众号 do not
    # (test: test_a_short_label_is_completed_by_the_words_around_it)
    alike = {text[max(low, high - _SHORT_NOUN) : high] for low, high in items[:-1]}
    place = text.rfind(alike.pop(), start, end) + _SHORT_NOUN if len(alike) == 1 else 0
    return ((start, place), (place, end)) if start + _SHORT_NOUN < place < end - 1 else (items[-1], None)


def _items(text: str, start: int, end: int) -> list[Span]:
    marks = [match.span() for match in _LIST_MARK.finditer(text, start, end)]
    starts = [start, *(stop for _, stop in marks)]
    ends = [*(begin for begin, _ in marks), end]
    return [(low, high) for low, high in zip(starts, ends, strict=True) if low < high]
