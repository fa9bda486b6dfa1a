"""Numerals to numbers."""

from decimal import Decimal

import pytest

from loaders.statistics.numerals import in_digits, in_words, plain, scaled

IN_WORDS = {
    "三": 3,
    "十": 10,
    "十二": 12,
    "二十": 20,
    "三十五": 35,
    "一百零六": 106,
    "一千二百": 1200,
    "两千三百一十": 2310,
    "一万二千": 12000,
    "三十二万": 320_000,
    "二亿": 200_000_000,
    "九十二点五": Decimal("92.5"),
}


@pytest.mark.parametrize(("printed", "expected"), IN_WORDS.items())
def test_a_numeral_in_words_is_its_number(printed: str, expected: int | Decimal) -> None:
    assert in_words(printed) == expected


@pytest.mark.parametrize("printed", ["两三", "十百", "二八", "", "三点百"])
def test_what_is_no_number_in_words_is_none(printed: str) -> None:
    assert in_words(printed) is None


@pytest.mark.parametrize(("printed", "expected"), [("1,234", "1234"), ("26,195.25", "26195.25"), ("12 345", "12345")])
def test_separators_of_thousands_are_no_part_of_a_number(printed: str, expected: str) -> None:
    assert in_digits(printed) == Decimal(expected)


def test_a_multiplied_amount_is_exact() -> None:
    assert plain(scaled(Decimal("26195.25"), "万")) == 261_952_500


def test_a_whole_number_is_an_int_and_a_recurring_fraction_is_rounded() -> None:
    assert (plain(Decimal("6057.0")), plain(Decimal(1) / Decimal(3))) == (6057, 0.333333)
