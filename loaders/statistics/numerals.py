"""Numerals in digits and in words to exact numbers; what is no number is None, never a guess."""

from decimal import Decimal

from loaders.document import Number
from loaders.vocabulary.statistics import DIGITS_IN_WORDS, MULTIPLIERS, MYRIADS, PLACES_IN_WORDS, POINT_IN_WORDS

# 1/3 in full would be printed with sixteen places, with two it would be another number (golden: 004)
_FRACTION_PLACES = 6


def in_digits(printed: str) -> Decimal:
    """The number printed in digits, with or without separators of thousands.

    >>> in_digits("26,195.25")
    Decimal('26195.25')
    """
    return Decimal(printed.replace(",", "").replace(" ", ""))


def in_words(printed: str) -> Decimal | None:
    """The number printed in words, None for what is none (两三, 十百).

    >>> in_words("一千二百零六")
    Decimal('1206')
    """
    whole, _, digits = printed.partition(POINT_IN_WORDS)
    value = _whole_in_words(whole)
    if value is None or not digits:
        return None if value is None else Decimal(value)
    # 三点百: behind 点 stand single digits (test: test_what_is_no_number_in_words_is_none)
    if any(digit not in DIGITS_IN_WORDS for digit in digits):
        return None
    return Decimal(f"{value}." + "".join(str(DIGITS_IN_WORDS[digit]) for digit in digits))


def _whole_in_words(printed: str) -> int | None:
    for word, worth in sorted(MYRIADS.items(), key=lambda item: -item[1]):
        high, found, low = printed.partition(word)
        if found:
            upper = _whole_in_words(high) if high else 1
            lower = _whole_in_words(low) if low else 0
            return None if upper is None or lower is None else upper * worth + lower
    return _below_myriad(printed)


def _below_myriad(printed: str) -> int | None:
    total, digit, place = 0, None, 10_000
    for char in printed:
        if char in DIGITS_IN_WORDS:
            # 两三 and 二八 name no number (test: test_what_is_no_number_in_words_is_none)
            if digit:
                return None
            digit = DIGITS_IN_WORDS[char]
        # 十百: places only fall (test: test_what_is_no_number_in_words_is_none)
        elif char in PLACES_IN_WORDS and PLACES_IN_WORDS[char] < place:
            place = PLACES_IN_WORDS[char]
            total += (1 if digit is None else digit) * place
            digit = None
        else:
            return None
    return total + (digit or 0) if printed else None


def scaled(number: Decimal, multiplier: str | None) -> Decimal:
    """The number with its multiplier (万, 亿, 千 ...) applied."""
    return number * MULTIPLIERS[multiplier] if multiplier else number


def plain(number: Decimal) -> Number:
    """An int where the number is whole, else a float; recurring fractions are rounded to six places."""
    if number == number.to_integral_value():
        return int(number)
    exact = number.as_tuple().exponent
    precise = isinstance(exact, int) and exact >= -2 * _FRACTION_PLACES
    return float(number if precise else round(number, _FRACTION_PLACES))
