"""Labelled candidates to contexts and subjects: the phrase that completes a label, and what the sentence is about.

交易额9万元 is that of the item counted before it, 12个部门 those that the words around them tell of. Where several
could be meant none is taken, and `subject_status` says so.
"""

import re
from collections import defaultdict
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from itertools import groupby, pairwise

from loaders.document import Change, SubjectStatus
from loaders.statistics.candidates import Candidate, Span
from loaders.statistics.phrases import behind_last, trim_lead, trim_tail, with_quotes
from loaders.vocabulary import statistic_labels as words
from loaders.vocabulary.statistics import PERCENT

_PERIOD = re.compile(words.PERIODS)
_RATE = re.compile(words.RATES_OF_ALL)
_ALL_OR_ALREADY = re.compile(words.ALL_OR_ALREADY)
_AMONG = re.compile(rf"(?<!{words.OF_THEM}){words.AMONG}")
_MADE_UP = re.compile(words.MADE_UP)
_SCOPE = re.compile(words.SCOPE_OF_SHARE)
_WHOLE_PLACE = re.compile(words.WHOLE_PLACE)
_MEANS = re.compile(words.MEANS)
_SETS_ABOUT = re.compile(words.SETS_ABOUT)
_ENUMERATES = re.compile(words.ENUMERATES)
_SINCE_WHEN = re.compile(words.SINCE_WHEN)
_NOUN_CUT = re.compile(words.NOUN_CUT)
_NO_NOUN = (_SETS_ABOUT, _NOUN_CUT, _MEANS, re.compile(words.SHARE))
_JOINS = re.compile(f"{words.LIST_MARK}|{words.ALTERNATIVE}")
_ORDINAL = re.compile(r"\d{1,2}[.、](?!\d)")
_VERB = re.compile(words.VERBS)
_VERB_LAST = re.compile(f"{words.SETS_ABOUT}$")
_SAYS_LITTLE = re.compile(f"{words.GENERIC_LABELS}|{words.SHARE_LABEL}|{words.VERBS}")
_NOUN_FIRST = re.compile(f"{words.POSSESSIVE}|{words.NOUN_FIRST}")
_SENTENCE = re.compile(f"[{words.SENTENCE_ENDS}]")
# 企业网上办事比例 says what it is of, 节约率 does not (golden: 002, 004)
_SHORT_LABEL = 6
_SHORT_NOUN = 2
_PHRASE = 4
_REACH = 200
_LONGEST = 40
_FARTHEST = 8  # figures back


def complete_all(text: str, candidates: Sequence[Candidate]) -> None:
    """Give every candidate its context, its subject, and the status that says why it has none."""
    for previous, candidate in pairwise(candidates):
        _name_whole(text, candidates, candidate)
        # 受理9件,办结8件,办结率88.9%: a rate is of all that came (golden: 003)
        if previous.part_of is not None and candidate.label and _RATE.fullmatch(text, *candidate.label):
            candidate.context = candidates[previous.part_of].label or candidate.context
    for _, sentence in groupby(candidates, key=_sentence):
        members = list(sentence)
        _tell_repeated_apart(text, members)
        for _, clause in groupby(members, key=_part):
            _complete(text, list(clause))
        labels = {candidate.label for candidate in members}
        for candidate in members:
            _settle(text, candidate, labels)


def _sentence(candidate: Candidate) -> int:
    return candidate.sentence


def _part(candidate: Candidate) -> int:
    return candidate.part


def _name_whole(text: str, candidates: Sequence[Candidate], candidate: Candidate) -> None:
    """56个社区中45个建立站点: what they are is said of the whole alone."""
    whole = None if candidate.part_of is None else candidates[candidate.part_of]
    if whole and candidate.behind and candidate.context is None and _AMONG.search(text, *candidate.before):
        candidate.context = whole.label


def _tell_repeated_apart(text: str, members: Sequence[Candidate]) -> None:
    """甲类8件,办结5件,乙类6件,办结3件: of figures with one label each is of the item before it."""
    alike: dict[str, list[int]] = defaultdict(list)
    for place, candidate in enumerate(members):
        if candidate.label and candidate.context is None and candidate.change is None:
            alike[text[slice(*candidate.label)]].append(place)
    for places in alike.values():
        before = [
            members[place - 1] for place in places if place and _is_told(text, members[place - 1], members[place])
        ]
        named = {text[slice(*item.label)] for item in before if item.label}
        # Told apart by nothing else: as many items as figures, all of one unit
        # (test: test_a_short_label_is_completed_by_the_words_around_it)
        if len(named) != len(places) or len(places) == 1:
            continue
        units = {members[place].scanned.unit for place in places} | {item.scanned.unit for item in before}
        if len(units) == 1:
            for place, item in zip(places, before, strict=True):
                members[place].context = item.label


def _is_told(text: str, item: Candidate, candidate: Candidate) -> bool:
    """甲类8件,办结5件 and 8项事项,5项清单, but not 废止规章1件,文件9件, where both are items."""
    if not (item.label and candidate.label) or item.behind != candidate.behind:
        return False
    return candidate.behind or bool(_VERB.match(text, *candidate.label))


def _complete(text: str, members: Sequence[Candidate]) -> None:
    # From the right: 12个部门 and 9个系统 before 整合 share what stands behind the last (golden: 002)
    for place in range(len(members) - 1, -1, -1):
        candidate = members[place]
        if candidate.context is None:
            candidate.context = _around(text, members, place) if candidate.behind else _before(text, members, place)
    for place, (previous, candidate) in enumerate(pairwise(members)):
        touches = previous.label is not None and previous.label[1] == candidate.scanned.start
        if candidate.behind and (touches or candidate.context is None) and _goes_on(previous, candidate):
            candidate.context = _unless_named(text, previous.context, candidate) or candidate.context
        elif candidate.context is None and _shares_verb(text, previous, candidate):
            candidate.context = _verb_of(text, previous)
        if candidate.behind and candidate.context and candidate.label:
            candidate.context = _unless_named(text, candidate.context, candidate)
        if candidate.behind and candidate.context is None and candidate.change is Change.TO:
            starts = members[max(0, place - _FARTHEST) : place + 1]
            candidate.context = next((item.context for item in reversed(starts) if _is_start(item, candidate)), None)


def _around(text: str, members: Sequence[Candidate], place: int) -> Span | None:
    """Of a label behind its number: what stands before the number, else what stands behind the label."""
    candidate = members[place]
    if not candidate.label:
        return None
    if _MADE_UP.match(text, candidate.label[1]):
        return _made_up(text, candidate)
    own = _phrase_before(text, candidate, members[place - 1] if place else None)
    following = members[place + 1] if place + 1 < len(members) else None
    goes_on = following is not None and _goes_on(candidate, following)
    # 9项清单、材料5件: up to the next number is another item (golden: 002)
    is_last = following is None or candidate.after[1] < following.scanned.start
    rest = _phrase_behind(text, candidate) if is_last else None
    if following and goes_on and following.behind and following.part_of is None:
        rest = _unless_named(text, following.context, candidate)
        # 12个部门9项事项实现联办: the second number has a noun to name (golden: 000)
        own = own or rest or _unless_named(text, following.label, candidate)
    # 完成9个单位清单公布工作: the verb alone says less than what is done (golden: 001, 002)
    if own is None or (rest and (own[1] - own[0] <= _SHORT_NOUN or _VERB_LAST.search(text, *own))):
        own = rest or own
    return own


def _shares_verb(text: str, previous: Candidate, candidate: Candidate) -> bool:
    """生成证书9件,批文5件: what was done with the first was done with the second."""
    return bool(
        previous.label
        and candidate.label
        and previous.label != candidate.label
        and not (previous.behind or candidate.behind)
        and candidate.part_of is None
        and candidate.change is None
        and candidate.scanned.unit == previous.scanned.unit
        and candidate.label[0] - previous.scanned.end <= 1
        and not _VERB.match(text, *candidate.label)
        and not _SAYS_LITTLE.fullmatch(text, *candidate.label)
    )


def _verb_of(text: str, candidate: Candidate) -> Span | None:
    verb = _VERB.match(text, *candidate.label) if candidate.label else None
    # 征收或征用土地类信息: there the verb is part of the noun (golden: pingtan-2018)
    if verb and candidate.label and verb.end() < candidate.label[1] and not _JOINS.match(text, verb.end()):
        return verb.span()
    # A third item goes on with the verb of the second (test: test_a_short_label_is_completed_by_the_words_around_it)
    return candidate.context if candidate.context and _VERB.fullmatch(text, *candidate.context) else None


def _is_start(item: Candidate, end: Candidate) -> bool:
    return item.change is Change.FROM and item.scanned.unit == end.scanned.unit


def _made_up(text: str, candidate: Candidate) -> Span | None:
    """What stands before 由 in 全文由概述、附件等六个部分组成."""
    low = max(0, candidate.scanned.start - _REACH)
    by = text.rfind(words.MADE_UP_BY, low, candidate.scanned.start)
    if by < 0 or _SENTENCE.search(text, by, candidate.scanned.start):
        return None
    start = max(low, *(text.rfind(mark, low, by) + 1 for mark in words.CLAUSE_ENDS))
    return _trimmed(text, start, by)


def _goes_on(candidate: Candidate, following: Candidate) -> bool:
    """Whether two numbers share what stands around them: 12个部门9个系统, 12个部门、9个街道."""
    if not candidate.label or candidate.after[1] != following.scanned.start:
        return False
    between = (candidate.label[1], following.scanned.start)
    return between[0] >= between[1] or between[1] - between[0] <= _SHORT_NOUN


def _phrase_before(text: str, candidate: Candidate, previous: Candidate | None) -> Span | None:
    start, stop = candidate.before
    if previous and previous.behind and previous.label:
        start = max(start, previous.label[1])
    end = trim_tail(text, start, stop)
    # 压缩9个环节: the verb of the change is all that is said of them (golden: 002)
    if end == start and candidate.change in {Change.INCREASE, Change.DECREASE}:
        return (start, stop) if stop - start >= _SHORT_NOUN else None
    place = _WHOLE_PLACE.search(text, start, end)
    # 在全省9个大厅推广: neither is who did it what is told of (golden: 002)
    if place and place["by"]:
        return None
    since = _SINCE_WHEN.search(text, start, end)
    end = since.start() if since else end
    enumerates = _ENUMERATES.search(text, start + _SHORT_NOUN, end)
    if enumerates:
        return _told(text, start, enumerates.start())
    phrase = _told(text, start, place.start() if place else end)
    verbs = _SETS_ABOUT.match(text, *phrase) if phrase else None
    # 制定出台|助推复工9条措施, but 清理规范9项 is told by the verbs alone (golden: 000, 002)
    return (verbs.end(), phrase[1]) if phrase and verbs and phrase[1] - verbs.end() >= _PHRASE else phrase


def _phrase_behind(text: str, candidate: Candidate) -> Span | None:
    label = candidate.label
    if not label:
        return None
    start, end = label[1], candidate.after[1]
    cut = _NOUN_CUT.search(text, start + _PHRASE, end)
    rest = _trimmed(text, start, cut.start() if cut else end)
    # 自建系统|整合: too short to say what was done without its noun (golden: 002)
    return (label[0], rest[1]) if rest and rest[0] == start and rest[1] - start < _PHRASE else rest


def _trimmed(text: str, start: int, end: int) -> Span | None:
    end = trim_tail(text, start, end)
    start = behind_last(_PERIOD, text, start, end)
    start = behind_last(_ALL_OR_ALREADY, text, start, end, least=_SHORT_NOUN)
    start = trim_lead(text, start, end)
    ordinal = _ORDINAL.match(text, start, end)
    start = ordinal.end() if ordinal else start
    if not _SHORT_NOUN <= end - start <= _LONGEST or _PERIOD.fullmatch(text, start, end):
        return None
    return with_quotes(text, start, end)


def _told(text: str, start: int, end: int) -> Span | None:
    """A phrase before a number; where or how something was done is not what it is about."""
    # 通过平台共调用9次 (golden: 000)
    phrase = _trimmed(text, start, end)
    vague = phrase and (_MEANS.match(text, *phrase) or text.endswith(words.FOLLOWING, *phrase))
    return None if vague else phrase


def _unless_named(text: str, span: Span | None, candidate: Candidate) -> Span | None:
    """The phrase, None where it says no more than the label does."""
    named = text[slice(*candidate.label)] if candidate.label else ""
    return span if span and named not in text[slice(*span)] else None


def _before(text: str, members: Sequence[Candidate], place: int) -> Span | None:
    """Of a label before its number: what it is a share of, who did it, or the one item counted before it."""
    candidate = members[place]
    if candidate.label is None:
        return None
    if candidate.scanned.unit == PERCENT:
        scope = _SCOPE.search(text, *candidate.before)
        found = scope.span("scope") if scope else _predicate(text, candidate)
        if found:
            return found
    return _agent(text, candidate) or _counted_before(text, members, place)


def _predicate(text: str, candidate: Candidate) -> Span | None:
    """甲类事项100%网上办理: what all of them do."""
    start, end = candidate.after
    label = candidate.label
    if candidate.change or not label or text[label[1] - 1] in words.RATE_ENDS or _NOUN_FIRST.match(text, start, end):
        return None
    return _trimmed(text, start, end) if end - start >= _PHRASE else None


def _agent(text: str, candidate: Candidate) -> Span | None:
    """Who did what was counted: 公众号共发布信息9条."""
    start, end = candidate.before
    if not candidate.label or not start < candidate.label[0] <= end:
        return None
    # 常年性工作每季度公开一次: a verb alone says nothing without what stands before it (golden: 004)
    if _VERB.fullmatch(text, *candidate.label):
        return _trimmed(text, start, candidate.label[0])
    adverb = next(_ALL_OR_ALREADY.finditer(text, start, candidate.label[0]), None)
    if adverb is None:
        return None
    start = behind_last(_PERIOD, text, start, adverb.start())
    return _told(text, start, adverb.start())


def _counted_before(text: str, members: Sequence[Candidate], place: int) -> Span | None:
    """The one item that was counted before an amount, a time or a rate: 甲类9件,交易额5万元,节约率3%."""
    candidate = members[place]
    label = candidate.label
    if candidate.scanned.unit not in words.MEASURED_IN or not label or label[1] - label[0] > _SHORT_LABEL:
        return None
    counted = [
        item
        for item in members[max(0, place - _FARTHEST) : place]
        if item.label and item.scanned.unit not in words.MEASURED_IN | {None}
    ]
    # A change has the label of what changed (test: test_a_short_label_is_completed_by_the_words_around_it)
    if label[0] < candidate.before[0]:
        return None
    if len(counted) > 1 or place > _FARTHEST:
        candidate.subject_status = SubjectStatus.AMBIGUOUS
    only = counted[0].label if len(counted) == 1 and place <= _FARTHEST else None
    return None if only is None or _VERB.fullmatch(text, *only) else only


def _settle(text: str, candidate: Candidate, labels: AbstractSet[Span | None]) -> None:
    """What the figure is about, from its context, or why that cannot be told."""
    context, label = candidate.context, candidate.label
    # What was counted is what the figure is about, whatever verb it begins with (golden: 001)
    counted = context in labels and context and not _VERB.fullmatch(text, *context)
    subject = context if counted else _noun_of(text, candidate)
    if subject:
        candidate.subject, candidate.subject_status = subject, SubjectStatus.STATED
    elif label is None or (candidate.subject_status is SubjectStatus.LABEL and _SAYS_LITTLE.fullmatch(text, *label)):
        candidate.subject_status = SubjectStatus.NONE


def _noun_of(text: str, candidate: Candidate) -> Span | None:
    """What a context is about: 系统打通 tells of the system, 清理规范 of nothing but what was done."""
    if candidate.context is None:
        return None
    start, end = candidate.context
    # 甲类事项100%网上办理 is about what its label says (golden: 001)
    if not candidate.behind and start >= candidate.scanned.end:
        return None
    verb = _VERB_LAST.search(text, start, end)
    end = verb.start() if verb else end
    if end - start < _SHORT_NOUN or any(pattern.match(text, start, end) for pattern in _NO_NOUN):
        return None
    return start, end
