"""Statistics of a report to the wholes that they add up to (公开信息90条。文件类40条;动态类50条).

No word says so here, so all must agree: one unit, no qualifier, a list that ends with its sentence, one whole only.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from loaders.document import Number, Qualifier, Section, Statistic
from loaders.text.simplified import comparable
from loaders.vocabulary import statistic_labels as words
from loaders.vocabulary.statistics import PERCENT

_LEAST_TOTAL = 20  # smaller numbers add up by chance
_OFF = 1e-9  # sums of decimals are not exact
_MANY = 4  # so many numbers side by side add up by no chance
_SENTENCE = re.compile(f"[{words.SENTENCE_ENDS}]")
_SEMICOLON = ";"
_BLANKS = re.compile(r"\s+")
_APART = re.compile(words.APART)
_VERB = re.compile(words.VERBS)
# With 60 items that have amounts between them are no list (test: test_parts_add_up_to_their_whole)
_LONGEST_GAP = 200
# What stands between items on lines of their own is short (test: test_parts_add_up_to_their_whole)
_LONGEST_ITEM = 24
_REACH = 40  # figures between a whole and its parts

_Found = tuple[int, Sequence[int]]
"""A whole and its parts, by index."""


@dataclass(frozen=True, slots=True)
class _Run:
    """Figures of one unit side by side, by index; `stops` are the counts of members after which a list may end."""

    members: list[int]
    stops: list[int]


def link_sums(text: str, statistics: Sequence[Statistic], sections: Sequence[Section]) -> tuple[Statistic, ...]:
    """The same statistics, with the whole and the breakdown of those that add up to another one."""
    runs = [run for run in _runs(text, statistics) if len(run.members) > 1]
    if not runs:
        return tuple(statistics)
    linked = list(statistics)
    parents: dict[str | None, str | None] = {section.id: section.parent for section in sections}
    for run in runs:
        found = _within(statistics, run) or _before(text, statistics, run, parents)
        if found:
            whole, parts = found
            number = 1 + max((item.breakdown or 1 for item in linked if item.part_of == whole), default=0)
            for part in parts:
                linked[part] = replace(linked[part], part_of=whole, breakdown=number)
    return tuple(linked)


def _runs(text: str, statistics: Sequence[Statistic]) -> Iterator[_Run]:
    """Every run of two or more figures."""
    runs: dict[str, _Run] = {}
    for index, statistic in enumerate(statistics):
        unit = statistic.unit
        if unit is None or unit == PERCENT:
            continue
        run = runs.get(unit)
        if run and _continues(text, statistics, run, index):
            run.members.append(index)
            continue
        if run:
            yield run
        runs[unit] = _Run([index], [])
    for run in runs.values():
        run.stops.append(len(run.members))
        yield run


def _continues(text: str, statistics: Sequence[Statistic], run: _Run, index: int) -> bool:
    """Whether the figure is one more of the run; notes where a list may have ended before it."""
    last = statistics[run.members[-1]]
    gap = _gap(text, last, statistics[index])
    apart = gap is None or bool(_APART.search(_BLANKS.sub("", gap)))
    if gap is None or apart or _SEMICOLON in gap:
        run.stops.append(len(run.members))
    # A figure that cannot be a part leaves the list before it unended: 网上5条,微信20余条
    # (test: test_what_does_not_surely_add_up_has_no_whole)
    # A part of another is neither whole nor part here: behind it a list begins anew
    # (test: test_a_whole_has_breakdowns_in_the_section_beside_its_own)
    return not apart and _is_plain(statistics[index]) and _is_plain(last)


def _gap(text: str, before: Statistic, after: Statistic) -> str | None:
    """What stands between two figures of one run, None where they are of none."""
    if after.start - before.end > _LONGEST_GAP:
        return None
    gap = text[before.end : after.start]
    if not _SENTENCE.search(gap):
        return gap
    listed = after.passage != before.passage and len(_BLANKS.sub("", gap)) <= _LONGEST_ITEM
    return gap if listed else None


def _is_plain(statistic: Statistic) -> bool:
    """Whether a figure is one exact number that is neither a change nor a part of another."""
    return (
        statistic.qualifier is Qualifier.EXACT
        and statistic.change is None
        and statistic.part_of is None
        and isinstance(statistic.value, int | float)
    )


def _within(statistics: Sequence[Statistic], run: _Run) -> _Found | None:
    """The only figure of a run that those behind it, up to a stop, add up to."""
    found: list[_Found] = []
    for last, stop in pairwise([0, *run.stops]):
        # At the end of its sentence a list may have semicolons, before it is one clause
        # (test: test_parts_add_up_to_their_whole)
        low = 0 if stop == len(run.members) else last
        total: Number = 0
        for place in range(stop - 1, low, -1):
            total += _value(statistics[run.members[place]])
            whole, parts = run.members[place - 1], run.members[place:stop]
            if _is_sum(statistics, whole, parts, total) and _may_divide(statistics, whole, parts):
                found.append((whole, parts))
    return found[0] if len(found) == 1 else None


def _before(
    text: str, statistics: Sequence[Statistic], run: _Run, parents: Mapping[str | None, str | None]
) -> _Found | None:
    """The only figure before a run, in this section or one beside it, that the run adds up to and names."""
    members = run.members
    if run.stops[-1:] != [len(members)] or not _is_plain(statistics[members[0]]):
        return None
    # What ends the line before a list may be none of its items (test: test_a_list_behind_another_figure_adds_up)
    below = [member for member in members if statistics[member].passage != statistics[members[0]].passage]
    found = [
        (whole, parts)
        for parts, total in ((members, _total(statistics, members)), (below, _total(statistics, below)))
        if parts
        for whole in range(max(0, members[0] - _REACH), parts[0])
        if _is_sum(statistics, whole, parts, total)
        and _is_near(statistics[whole], statistics[parts[0]], parents)
        and _names(text, statistics, whole, parts)
    ]
    return found[0] if len(found) == 1 else None


def _total(statistics: Sequence[Statistic], parts: Sequence[int]) -> Number:
    return sum(_value(statistics[part]) for part in parts)


def _is_sum(statistics: Sequence[Statistic], whole: int, parts: Sequence[int], total: Number) -> bool:
    one = statistics[whole]
    # The value first: it is another one in nearly all of the cases
    return (
        isinstance(one.value, int | float)
        and abs(one.value - total) < _OFF * total
        and total >= _LEAST_TOTAL
        and len(parts) > 1
        and one.unit == statistics[parts[0]].unit
        and _is_plain(one)
    )


def _is_near(whole: Statistic, part: Statistic, parents: Mapping[str | None, str | None]) -> bool:
    """Whether two figures stand in one section, in sections beside each other, or one in the section over the other."""
    if whole.section == part.section:
        return True
    above, beside = parents.get(part.section), parents.get(whole.section)
    return above is not None and above in {beside, whole.section}


def _may_divide(statistics: Sequence[Statistic], whole: int, parts: Sequence[int]) -> bool:
    """Whether the labels allow it: 召开会议30次,开展培训20次,组织宣传10次 adds up by chance."""
    if len(parts) >= _MANY:
        return True
    named = _pairs(_label(statistics[whole]))
    labels = [_label(statistics[part]) for part in parts]
    return all(label and not (_VERB.match(label) and named.isdisjoint(_pairs(label))) for label in labels)


def _names(text: str, statistics: Sequence[Statistic], whole: int, parts: Sequence[int]) -> bool:
    """Whether every part, or what leads up to the first, has words of the label of the whole."""
    named = _pairs(_label(statistics[whole]))
    first = statistics[parts[0]]
    lead = text[first.start if first.clause_start is None else first.clause_start : first.start]
    return not named.isdisjoint(_pairs(lead)) or not any(
        named.isdisjoint(_pairs(_label(statistics[part]))) for part in parts
    )


def _label(statistic: Statistic) -> str:
    """The label as patterns meet it, whatever script it is printed in."""
    return comparable(statistic.label or "")


def _pairs(label: str) -> set[str]:
    """Every two characters that stand side by side in it."""
    return {before + after for before, after in pairwise(label)}


def _value(statistic: Statistic) -> Number:
    return statistic.value if isinstance(statistic.value, int | float) else 0
