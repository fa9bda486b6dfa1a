"""The vocabulary of mentions is linted: each pattern reads its examples, and passes over what is none."""

import pytest

from loaders.document import Precision
from loaders.mentions.dates import dates_in
from loaders.mentions.names import awards_in, programmes_in, websites_in
from loaders.mentions.numbers import cases_in, document_number
from loaders.text.folding import fold
from loaders.vocabulary import mentions as words

NAMES = [
    *((websites_in, *example) for example in words.WEBSITE_EXAMPLES),
    *((awards_in, *example) for example in words.AWARD_EXAMPLES),
    *((programmes_in, *example) for example in words.PROGRAMME_EXAMPLES),
    *((cases_in, *example) for example in words.CASE_EXAMPLES),
]


@pytest.mark.parametrize(("text", "printed", "value", "precision"), words.DATE_EXAMPLES)
def test_a_date_is_read_as_its_example_says(text: str, printed: str, value: str, precision: Precision) -> None:
    folded = fold(text)

    (found,) = dates_in(folded, 0, len(folded))

    ends = [found.first.iso(None), *([found.last.iso(None)] if found.last else [])]
    assert (text[found.start : found.end], "/".join(map(str, ends))) == (printed, value)
    assert found.first.precision is precision


@pytest.mark.parametrize(("read", "text", "printed", "value"), NAMES)
def test_a_name_is_read_as_its_example_says(read: object, text: str, printed: str, value: str) -> None:
    assert callable(read)
    (found,) = read(fold(text))

    assert (text[found.start : found.end], found.value) == (printed, value)


@pytest.mark.parametrize("text", words.NO_AWARDS)
def test_what_is_no_award_is_passed_over(text: str) -> None:
    assert list(awards_in(fold(text))) == []


@pytest.mark.parametrize("text", words.NO_WEBSITES)
def test_what_is_no_address_is_passed_over(text: str) -> None:
    assert list(websites_in(fold(text))) == []


@pytest.mark.parametrize(("printed", "value"), words.NUMBER_EXAMPLES)
def test_a_number_is_the_same_however_it_is_printed(printed: str, value: str) -> None:
    assert document_number(printed) == value
