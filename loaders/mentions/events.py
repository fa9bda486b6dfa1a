"""Steps of disputes to events: one reconsideration or court case each, from its first step to its last.

An event has two dated steps at least, one of them before those who decide; where a case begins anew, so does an event.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from loaders.document import Event, EventKind, EventOutcome, EventStepKind, Mention, Passage, Step
from loaders.mentions.steps import Told, is_step_date, steps_in
from loaders.text.simplified import simplified
from loaders.vocabulary import events as words

_DISPUTE = re.compile(words.DISPUTE)
_OF_COURT = re.compile(words.OF_COURT)
_NEW_CASE = re.compile(words.NEW_CASE)
_OUTCOMES = tuple((re.compile(pattern), outcome) for pattern, outcome in words.OUTCOMES)
_ON_APPEAL = re.compile(words.ON_APPEAL)
_NOT_DECIDED = re.compile(words.NOT_DECIDED)
_FEWEST_DATES = 2
_ENDING = {EventStepKind.DECIDED: None, EventStepKind.WITHDRAWN: EventOutcome.WITHDRAWN}
"""Steps that end a case, and the outcome that each has of itself."""


def events_of(raw: str, folded: str, *, passages: Sequence[Passage], mentions: Sequence[Mention]) -> tuple[Event, ...]:
    """Every dispute that a report tells step by step, in text order."""
    text = simplified(folded)
    of_passage = {key: list(group) for key, group in groupby(mentions, key=lambda mention: mention.passage)}
    events: list[tuple[Passage, list[Told]]] = []
    before: str | None = None
    for passage in _telling(text, passages, of_passage):
        open_ = events[-1][1] if events and before == passage.section else None
        before = passage.section
        for step in steps_in(text, passage, of_passage[passage.id]):
            if open_ is None or _begins(step, open_):
                open_ = []
                events.append((passage, open_))
            open_.append(step)
    return tuple(_event(raw, passage, _whole(steps)) for passage, steps in events if _is_told(_whole(steps)))


def _telling(
    text: str, passages: Sequence[Passage], of_passage: Mapping[str | None, Sequence[Mention]]
) -> Iterator[Passage]:
    """The passages with dates that stand in one section with the name of a dispute."""
    disputes = [match.start() for match in _DISPUTE.finditer(text)] if passages else []
    sections = {
        passage.section
        for passage in passages
        if bisect_left(disputes, passage.start) < bisect_left(disputes, passage.end)
    }
    for passage in passages:
        if passage.section in sections and any(map(is_step_date, of_passage.get(passage.id, ()))):
            yield passage


def _begins(step: Told, steps: Sequence[Told]) -> bool:
    """Whether a step is the first of another case."""
    if _NEW_CASE.match(step.text):
        return True
    known = [one.date for one in steps if one.date]
    if known and step.date and step.date < known[-1][: len(step.date)]:
        return True
    filed = [_is_of_court(one) for one in steps if one.step is EventStepKind.FILED]
    if step.step is EventStepKind.APPLIED:
        return any(one.step in words.OF_DISPUTE or one.step is EventStepKind.APPLIED for one in steps)
    return step.step is EventStepKind.FILED and bool(filed) and (filed[-1] or not _is_of_court(step))


def _is_of_court(step: Told) -> bool:
    return bool(_OF_COURT.search(step.text, 0, step.verb_end))


def _whole(steps: Sequence[Told]) -> list[Told]:
    """Without what has no date at the end, but for the decision that ends the case."""
    last = len(steps)
    while last and steps[last - 1].dated is None and not _ends(steps[last - 1]):
        last -= 1
    return list(steps[:last])


def _ends(step: Told) -> bool:
    return step.step is EventStepKind.WITHDRAWN or (
        step.step is EventStepKind.DECIDED and outcome_in(step.text) is not None
    )


def _is_told(steps: Sequence[Told]) -> bool:
    dated = [step for step in steps if step.dated]
    return len(dated) >= _FEWEST_DATES and any(step.step in words.OF_DISPUTE for step in dated)


def _event(raw: str, passage: Passage, steps: Sequence[Told]) -> Event:
    before_court = any(_is_of_court(step) for step in steps if step.step in words.OF_DISPUTE)
    return Event(
        kind=EventKind.LITIGATION if before_court else EventKind.RECONSIDERATION,
        outcome=_ended(steps),
        steps=tuple(_stored(raw, step) for step in steps),
        start=steps[0].start,
        end=steps[-1].end,
        passage=passage.id,
    )


def _stored(raw: str, step: Told) -> Step:
    return Step(step.step, step.date, step.number, raw[step.start : step.end], step.start, step.end)


def _ended(steps: Sequence[Told]) -> EventOutcome | None:
    """How the last of those who decided decided; nothing where it was brought before others since."""
    outcome = appealed = None
    for step in steps:
        if step.step in words.DECIDES:
            appealed, outcome = outcome or appealed, None
        elif step.step in _ENDING:
            # Whoever dismisses or withdraws an appeal lets stand what was decided before
            stands = _ON_APPEAL.search(step.text)
            outcome = appealed if stands else _ENDING[step.step] or outcome_in(step.text)
    return outcome


def outcome_in(text: str) -> EventOutcome | None:
    """What the text of a decision says; nothing where it says several things that do not go together."""
    if _ON_APPEAL.search(text):
        return None
    told = list(dict.fromkeys(outcome for _, outcome in _decided(text)))
    if len(told) == 1 or set(told) in words.TOGETHER:
        return next(one for one in told if one is not EventOutcome.ORDERED or len(told) == 1)
    return None


def _decided(text: str) -> Iterator[tuple[int, EventOutcome]]:
    end = 0
    found = sorted(
        (match.start(), match.end(), outcome) for pattern, outcome in _OUTCOMES for match in pattern.finditer(text)
    )
    for start, stop, outcome in found:
        if start >= end and not _NOT_DECIDED.search(text, max(0, start - _ASKED_REACH), start):
            yield start, outcome
            end = stop


_ASKED_REACH = 16
