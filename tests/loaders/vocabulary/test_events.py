"""The vocabulary of events is linted: each verb tells its step in its example, each outcome is read in its own."""

import pytest

from loaders.document import EventOutcome
from loaders.mentions.events import outcome_in
from loaders.mentions.steps import verb_in
from loaders.vocabulary import events as words


@pytest.mark.parametrize("verb", words.STEP_VERBS, ids=lambda verb: verb.example)
def test_a_verb_tells_its_step_in_its_example(verb: words.StepVerb) -> None:
    found = verb_in(verb.example)

    assert found
    assert found[0] is verb.step


@pytest.mark.parametrize(("text", "outcome"), words.OUTCOME_EXAMPLES)
def test_an_outcome_is_read_in_its_example(text: str, outcome: EventOutcome | None) -> None:
    assert outcome_in(text) is outcome


@pytest.mark.parametrize("text", ["某局作出不予受理的说明", "尚未受理", "按期归档"])
def test_what_did_not_happen_is_no_step(text: str) -> None:
    assert verb_in(text) is None
