"""A passage that speaks of a dispute to its steps: what happened, when, and under which number, as far as it is told.

A date opens a step, which ends where the next one opens or its sentence ends; its first verb says what happened.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from loaders.document import EventStepKind, Mention, MentionKind, Passage, Precision
from loaders.text.folding import bare
from loaders.vocabulary import events as words

_VERBS = tuple((verb.step, re.compile(verb.pattern)) for verb in words.STEP_VERBS)
_DECIDED = next(pattern for step, pattern in _VERBS if step is EventStepKind.DECIDED)
_STEP_END = re.compile(words.STEP_ENDS)
_SENTENCE_END = re.compile(words.SENTENCE_ENDS)
_CHALLENGED = re.compile(words.CHALLENGED)
_OWN_NUMBER = re.compile(words.OWN_NUMBER)
_RECEIVED = re.compile(words.RECEIVED)
_COUNTED = re.compile(words.COUNTED)
_NOT_DECIDED = re.compile(words.NOT_DECIDED)
_LONGEST_CLAUSE = 200
_NUMBERS = frozenset({MentionKind.DOCUMENT_NUMBER, MentionKind.CASE})


@dataclass(frozen=True, slots=True)
class Told:
    """A step that is told from `start` to `end`: `text` is without blanks, its verb ends at `verb_end` of it."""

    step: EventStepKind
    text: str
    verb_end: int
    dated: Mention | None
    number: str | None
    start: int
    end: int

    @property
    def date(self) -> str | None:
        """When it happened; of a decision, not when it came."""
        came = self.step is EventStepKind.DECIDED and _RECEIVED.search(self.text, 0, self.verb_end)
        return self.dated.value if self.dated and not came else None


def is_step_date(mention: Mention) -> bool:
    """Whether something is a date that a step can have: a day, or a month."""
    return mention.kind is MentionKind.DATE and mention.precision is not Precision.YEAR


def steps_in(text: str, passage: Passage, mentions: Sequence[Mention]) -> list[Told]:
    """The steps that a passage tells, in order; `mentions` are those of the passage."""
    dates = [one for one in mentions if is_step_date(one)]
    told = (_told(text, start, end, mentions, dates) for start, end in _pieces(text, passage, dates))
    return [step for steps in told for step in steps]


def _pieces(text: str, passage: Passage, dates: Sequence[Mention]) -> Iterator[tuple[int, int]]:
    cuts = {passage.start, passage.end}
    cuts |= {match.end() for match in _SENTENCE_END.finditer(text, passage.start, passage.end)}
    cuts |= {_clause_start(text, date.start, passage.start) for date in dates}
    return pairwise(sorted(cuts))


def _clause_start(text: str, position: int, start: int) -> int:
    low = max(start, position - _LONGEST_CLAUSE)
    return max((match.end() for match in _STEP_END.finditer(text, low, position)), default=low)


def _told(text: str, start: int, end: int, mentions: Sequence[Mention], dates: Sequence[Mention]) -> Iterator[Told]:
    """The step of a piece, and the decision that the same piece tells behind it."""
    first = verb_in(bare(text[start:end]))
    if first is None:
        return
    step, verb_end = first
    dated = next((date for date in dates if start <= date.start < end), None)
    if dated is None and _COUNTED.search(text, start, end):
        return
    split = _decided_behind(text, start, end) if step in words.DECIDES else end
    yield _one(text, start, split, mentions, (step, verb_end, dated))
    if split < end:
        yield _one(text, split, end, mentions, (EventStepKind.DECIDED, end - split, None))


def verb_in(piece: str) -> tuple[EventStepKind, int] | None:
    """What the first verb of a piece tells, and where it ends."""
    found = ((match.start(), index, match.end()) for index, match in enumerate(_searched(piece)) if match)
    first = min(found, default=None)
    return (_VERBS[first[1]][0], first[2]) if first else None


def _searched(piece: str) -> Iterator[re.Match[str] | None]:
    return (pattern.search(piece) for _, pattern in _VERBS)


def _decided_behind(text: str, start: int, end: int) -> int:
    """Where the clause begins that tells a decision behind the first clauses of a piece; its end where none does."""
    bounds = [match.end() for match in _STEP_END.finditer(text, start, end)]
    for low, high in pairwise([*bounds, end]):
        found = _DECIDED.search(clause := bare(text[low:high]))
        if (
            found
            and not _NOT_DECIDED.search(clause[: found.start()])
            and not _CHALLENGED.search(clause[: found.start()])
        ):
            return low
    return end


def _one(
    text: str, start: int, end: int, mentions: Sequence[Mention], what: tuple[EventStepKind, int, Mention | None]
) -> Told:
    step, verb_end, dated = what
    printed = text[start:end]
    start += len(printed) - len(printed.lstrip())
    end = start + len(text[start:end].rstrip(_TRAILING))
    number = _number(text, start, end, mentions) if step in words.WITH_NUMBER else None
    return Told(step, bare(text[start:end]), verb_end, dated, number, start, end)


_TRAILING = " \t\n\u200b,;。:"


def _number(text: str, start: int, end: int, mentions: Sequence[Mention]) -> str | None:
    """The number of what was issued, not of what it is about."""
    for mention in mentions:
        if mention.kind in _NUMBERS and start <= mention.start < end:
            before = bare(text[_clause_start(text, mention.start, start) : mention.start])
            if _OWN_NUMBER.search(before) or not _CHALLENGED.search(before):
                return mention.value
    return None
