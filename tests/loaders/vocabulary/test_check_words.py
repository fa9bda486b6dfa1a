"""The words that checks read by are linted: every pattern works in each of its examples."""

import re

import pytest

from loaders.text.folding import fold
from loaders.vocabulary import check_words, table_links

SEARCHED = [
    *((check_words.FEES, example) for example in check_words.FEES_EXAMPLES),
    *((table_links.PARTIAL, example) for example in table_links.PARTIAL_EXAMPLES),
]
READ = [
    *((check_words.ANNOUNCED_PARTS, "count", *example) for example in check_words.ANNOUNCED_PARTS_EXAMPLES),
    *((check_words.DOCUMENT_YEAR, "year", *example) for example in check_words.DOCUMENT_YEAR_EXAMPLES),
]


@pytest.mark.parametrize(("pattern", "example"), SEARCHED)
def test_a_pattern_works_in_its_example(pattern: str, example: str) -> None:
    assert re.search(pattern, fold(example))


@pytest.mark.parametrize(("pattern", "name", "example", "value"), READ)
def test_a_pattern_reads_the_value_of_its_example(pattern: str, name: str, example: str, value: str) -> None:
    found = re.search(pattern, fold(example))

    assert found
    assert found[name] == value


@pytest.mark.parametrize("example", check_words.SAYS_NOTHING_EXAMPLES)
def test_what_says_nothing_is_matched_whole(example: str) -> None:
    assert re.fullmatch(check_words.SAYS_NOTHING, fold(example))
