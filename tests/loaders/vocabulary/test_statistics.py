"""The vocabulary of figures is linted both ways: every word works in its example, and no other word takes it over."""

import re

import pytest

from loaders.document import Passage, Qualifier, Statistic
from loaders.statistics import patterns
from loaders.statistics.report import statistics_of
from loaders.statistics.scan import Figure, figures_in
from loaders.text.folding import fold
from loaders.text.squeezed import squeezed as without_blanks
from loaders.vocabulary import statistic_exclusions, statistic_labels, statistics
from loaders.vocabulary.statistic_exclusions import EXCLUSIONS, Exclusion
from loaders.vocabulary.statistic_labels import CHANGE_VERBS, ZERO_STATEMENTS, ChangeVerb, ZeroStatement
from loaders.vocabulary.statistics import (
    DEADLINE_UNITS,
    QUALIFIERS_BEFORE,
    QUALIFIERS_BEHIND,
    UNITS,
    QualifierWord,
    Unit,
)

ALL_UNITS = (*UNITS, *DEADLINE_UNITS)
QUALIFIERS = (*QUALIFIERS_BEFORE, *QUALIFIERS_BEHIND)
EXAMPLES = [
    *(unit.example for unit in ALL_UNITS),
    *(word.example for word in QUALIFIERS),
    *(verb.example for verb in CHANGE_VERBS),
]


def squeezed(sentence: str) -> str:
    return without_blanks(fold(sentence), numbers_apart=True).text


def scanned(sentence: str) -> list[Figure]:
    return figures_in(squeezed(sentence))


def stated(sentence: str) -> tuple[Statistic, ...]:
    return statistics_of(
        sentence, fold(sentence), passages=[Passage("p", None, sentence, 0, len(sentence))], sections=[]
    )


@pytest.mark.parametrize("unit", ALL_UNITS, ids=lambda unit: unit.word)
def test_a_unit_is_read_in_its_example_and_no_other_unit_takes_it(unit: Unit) -> None:
    (figure,) = scanned(unit.example)

    assert figure.unit == (unit.unit or unit.word)
    assert unit.word in unit.example


@pytest.mark.parametrize("unit", [unit for unit in UNITS if unit.spoken], ids=lambda unit: unit.word)
def test_a_spoken_unit_counts_with_a_numeral_in_words(unit: Unit) -> None:
    sentence = re.sub(r"[0-9.]+", "三十五", unit.example, count=1)

    assert [(figure.value, figure.unit) for figure in scanned(sentence)] == [(35, unit.unit or unit.word)]


@pytest.mark.parametrize("unit", [unit for unit in UNITS if unit.guard], ids=lambda unit: unit.word)
def test_a_guarded_unit_is_no_unit_where_it_begins_another_word(unit: Unit) -> None:
    for char in unit.guard:
        head, _, tail = unit.example.rpartition(unit.word)
        sentence = f"{head}{unit.word}{char}{tail}"

        assert all(figure.unit != unit.word for figure in scanned(sentence)), sentence


@pytest.mark.parametrize("word", QUALIFIERS, ids=lambda word: word.word)
def test_a_qualifier_is_read_in_its_example(word: QualifierWord) -> None:
    (figure,) = scanned(word.example)

    assert figure.qualifier is word.qualifier
    assert word.word in squeezed(word.example)[figure.start : figure.end]


@pytest.mark.parametrize("word", [word for word in QUALIFIERS_BEFORE if word.not_after], ids=lambda word: word.word)
def test_a_qualifier_inside_another_word_qualifies_nothing(word: QualifierWord) -> None:
    readings = {scanned(f"登记{char}{word.word}300件。")[0].qualifier for char in word.not_after}

    assert Qualifier.EXACT in readings or word.word in {other.word[1:] for other in QUALIFIERS_BEFORE}
    assert all(reading is not word.qualifier or _longer(word) for reading in readings)


def _longer(word: QualifierWord) -> bool:
    return any(other.word.endswith(word.word) and other is not word for other in QUALIFIERS_BEFORE)


@pytest.mark.parametrize("exclusion", EXCLUSIONS, ids=lambda exclusion: exclusion.name)
def test_an_exclusion_matches_in_its_example_and_leaves_no_figure_there(exclusion: Exclusion) -> None:
    text = squeezed(exclusion.example)

    assert re.search(exclusion.pattern, text)
    assert scanned(exclusion.example) == []


def test_each_name_stands_once() -> None:
    names = [*(item.name for item in EXCLUSIONS), *(item.name for item in ZERO_STATEMENTS)]
    words = [
        [unit.word for unit in ALL_UNITS],
        [word.word for word in QUALIFIERS],
        [verb.word for verb in CHANGE_VERBS],
    ]

    assert len(names) == len(set(names))
    assert all(len(group) == len(set(group)) for group in words)


@pytest.mark.parametrize("example", EXAMPLES)
def test_no_exclusion_takes_the_number_of_an_example(example: str) -> None:
    text = squeezed(example)

    assert all(not patterns.EXCLUDED.match(text, figure.number_start) for figure in figures_in(text))


@pytest.mark.parametrize("verb", CHANGE_VERBS, ids=lambda verb: verb.word)
def test_a_verb_of_change_is_read_in_its_example(verb: ChangeVerb) -> None:
    assert [statistic.change for statistic in stated(verb.example)] == [verb.change]


@pytest.mark.parametrize("word", statistic_labels.LEADING_CHANGES)
def test_a_leading_change_is_a_verb_of_change(word: str) -> None:
    assert word in {verb.word for verb in CHANGE_VERBS}


@pytest.mark.parametrize("statement", ZERO_STATEMENTS, ids=lambda statement: statement.name)
def test_a_statement_of_zero_is_read_in_its_example_by_its_own_pattern(statement: ZeroStatement) -> None:
    (statistic,) = stated(statement.example)
    first = next(other for other in ZERO_STATEMENTS if re.search(other.pattern, squeezed(statement.example)))

    assert (statistic.implied, statistic.value, statistic.label) == (True, 0, statement.label)
    assert first is statement


@pytest.mark.parametrize(("sentence", "period"), statistic_labels.PERIOD_EXAMPLES)
def test_a_period_is_read_in_its_example(sentence: str, period: str) -> None:
    assert [statistic.period for statistic in stated(sentence)] == [period]


@pytest.mark.parametrize("sentence", statistic_exclusions.BARE_NUMBER_EXAMPLES)
def test_a_number_without_unit_counts_where_words_announce_it(sentence: str) -> None:
    assert [figure.unit for figure in scanned(sentence)] in ([None], [None, None])


@pytest.mark.parametrize("sentence", statistic_exclusions.ONE_EXAMPLES)
def test_one_counts_as_a_frequency_at_the_end_of_a_clause_or_for_a_person(sentence: str) -> None:
    assert [figure.value for figure in scanned(sentence)] == [1]


@pytest.mark.parametrize("sentence", statistic_exclusions.NOT_ONE_EXAMPLES)
def test_one_mostly_means_a(sentence: str) -> None:
    assert scanned(sentence) == []


@pytest.mark.parametrize("example", [statistic_labels.LABEL_LEAD_EXAMPLE, statistic_labels.LABEL_TAIL_EXAMPLE])
def test_a_label_has_no_linking_words_around_it(example: str) -> None:
    (statistic,) = stated(example)

    assert statistic.label in {"受理申请", "网上办事指南"}


def regular_expressions() -> list[tuple[str, str]]:
    modules = (statistics, statistic_exclusions, statistic_labels)
    named = [item for module in modules for item in vars(module).items()]
    return [(name, value) for name, value in named if name.isupper() and isinstance(value, str) and "|" in value]


@pytest.mark.parametrize(("name", "pattern"), regular_expressions())
def test_no_alternative_is_empty_or_written_twice(name: str, pattern: str) -> None:
    alternatives = _top_level(pattern)

    assert all(alternatives), name
    assert len(alternatives) == len(set(alternatives)), [one for one in alternatives if alternatives.count(one) > 1]


def _top_level(pattern: str) -> list[str]:
    """The alternatives of a pattern, split at bars outside of brackets."""
    pieces, depth, inside, escaped = [""], 0, False, False
    for char in pattern:
        if not escaped and not inside and char == "|" and depth == 0:
            pieces.append("")
            continue
        pieces[-1] += char
        if escaped:
            escaped = False
            continue
        escaped = char == "\\"
        inside = (inside or char == "[") and char != "]"
        depth += (char == "(" and not inside) - (char == ")" and not inside)
    return pieces
