"""Candidates to changes: the amount of an increase or decrease, and the two ends of 从年初的54%提高到79%."""

import re
from collections.abc import Sequence

from loaders.document import Change
from loaders.statistics.candidates import Candidate
from loaders.vocabulary import statistic_labels as words

_DIRECTION = {verb.word: verb.change for verb in words.CHANGE_VERBS}
_VERBS = "|".join(_DIRECTION)
_AMOUNT = re.compile(f"(?P<verb>{_VERBS})(?!{words.NOT_A_CHANGE}){words.CHANGE_TAIL}$")
# 已精简材料3件, 将压缩时间2天: linking words stand before the verb that opens the phrase (golden: 000)
_LEADING = re.compile(f"(?:{words.LABEL_LEAD})*(?P<verb>{'|'.join(words.LEADING_CHANGES)})(?!{words.NOT_A_CHANGE})")
# 降幅为12% is the amount of a change, 下降为12% its end (test: test_a_verb_of_change_is_read_in_its_example)
# 调到, 转为: these words make an end only with 到 or 为
# (sample: county-water-bureau-2018, county-approval-bureau-2021)
_TO = re.compile(
    f"(?:(?!{words.CHANGE_NOUNS})(?:{_VERBS})|{words.CHANGED_TO_ONLY})(?:{words.TO_MARKS}){words.TO_TAIL}$"
)
_TO_OF_PAIR = re.compile(f"(?:{words.TO_MARKS}){words.TO_TAIL}$")
_FROM = re.compile(words.FROM_MARKS)
_LIST_MARK = re.compile(words.LIST_MARK)
_RANK = re.compile(words.RANKS)
_OF_TIME = re.compile(words.TIMES)
# Two starts before two ends need more than 2 (test: test_a_sentence_states_its_statistics)
_LONGEST_PAIR = 6


def mark_changes(text: str, candidates: Sequence[Candidate]) -> None:
    """Set the change of every candidate that is an amount, a start or an end of one."""
    origin: int | None = None
    for index, candidate in enumerate(candidates):
        if origin is not None and not _goes_on(candidates, origin, index):
            origin = None
        # A pair comes first: 提高到 alone would make an end without its start
        # (test: test_a_sentence_states_its_statistics)
        if origin is not None and _TO_OF_PAIR.search(text, *candidate.before):
            _mark_pair(candidates, origin, index)
            origin = None
        elif _TO.search(text, *candidate.before) or _continues(text, candidates, index):
            candidate.change = Change.TO
        elif _FROM.search(text, *candidate.before):
            origin = index
        # The second end of a pair is set already, and no verb stands before it (golden: 000)
        elif candidate.change is None:
            candidate.change = _amount(text, candidate)


def _goes_on(candidates: Sequence[Candidate], origin: int, index: int) -> bool:
    return candidates[origin].part == candidates[index].part and index - origin < _LONGEST_PAIR


def _continues(text: str, candidates: Sequence[Candidate], index: int) -> bool:
    """分别压减至90、70、50个工作日: the numbers of one list share the change of the first."""
    candidate = candidates[index]
    listed = index > 0 and candidate.follows and bool(_LIST_MARK.fullmatch(text, *candidate.before))
    return listed and candidates[index - 1].change is Change.TO


def _mark_pair(candidates: Sequence[Candidate], origin: int, goal: int) -> None:
    """从9个部门91项增加至13个部门121项: as many ends as there were starts, each with the label of its start."""
    starts = candidates[origin:goal]
    for start in starts:
        start.change = Change.FROM
    for start, end in zip(starts, candidates[goal : goal + len(starts)], strict=False):
        if end is not candidates[goal] and not end.follows:
            break
        end.change = Change.TO
        before = start.scanned.value
        # A range was no single number (test: test_an_end_of_a_change_has_what_it_was_before)
        if start.scanned.unit == end.scanned.unit and not isinstance(before, tuple):
            end.previous_value = before
        # An end that has a noun of its own behind it keeps it: 增加至13个部门 (golden: 000)
        if start.scanned.unit == end.scanned.unit and not (end.behind and end.label):
            end.label, end.context = start.label, start.context


def _amount(text: str, candidate: Candidate) -> Change | None:
    start, end = candidate.before
    verb = _AMOUNT.search(text, start, end)
    # 新增栏目8个 is an increase of columns; in 新增了8个栏目 the label behind says what
    # (golden: pingtan-2015; sample: city-housing-bureau-2020)
    if verb is None and not candidate.behind:
        verb = _LEADING.match(text, start, end)
    return _DIRECTION[verb["verb"]] if verb and not _is_object(text, candidate, verb["verb"]) else None


def _is_object(text: str, candidate: Candidate, verb: str) -> bool:
    """Whether the things counted are what was changed, not by how many: 提升3个中心, 压缩3个事项的时限."""
    # 提高5个百分点的公开率, 降低20元费用: what is measured is always the amount
    # (test: test_what_is_improved_is_no_amount_of_an_increase)
    if not (candidate.behind and candidate.label) or candidate.scanned.unit in words.MEASURED_IN:
        return False
    if text.startswith(words.POSSESSIVE, candidate.label[1]) or _OF_TIME.search(text, *candidate.label):
        return True
    return verb in words.CHANGES_OF_LEVEL and not _RANK.match(text, *candidate.label)
