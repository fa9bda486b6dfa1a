"""The text of one cell to its value: the only place where printed numbers of tables are parsed."""

import re
from dataclasses import dataclass
from enum import StrEnum

from loaders.document import Amount, Number
from loaders.forms import Kind
from loaders.text.folding import ZERO_WIDTH
from loaders.vocabulary.cells import CHANGE_WORDS, COUNT_UNITS, NOT_APPLICABLE, ORDINALS, YUAN_UNITS


class TokenKind(StrEnum):
    """What a cell holds, before its row and column are known."""

    NUMBER = "NUMBER"
    BLANK = "BLANK"
    NOT_APPLICABLE = "NOT_APPLICABLE"
    TEXT = "TEXT"


@dataclass(frozen=True, slots=True)
class Token:
    """One cell as printed; `text` is folded and stripped, the span quotes it in the raw text (empty for a blank).

    `number` and `unit` are what a NUMBER prints, None for other kinds.
    """

    kind: TokenKind
    text: str
    start: int
    end: int
    number: Number | None = None
    unit: str | None = None

    @property
    def count(self) -> int | None:
        """The integer that the token prints, None for anything else."""
        return self.number if isinstance(self.number, int) else None

    @property
    def is_change_in_words(self) -> bool:
        """Whether the number has a word for its sign: 减4 is -4, and no count."""
        return _CHANGE.match(self.text) is not None


_UNITS = "|".join(sorted((*COUNT_UNITS, *YUAN_UNITS), key=len, reverse=True))
_CHANGES = "|".join(sorted(CHANGE_WORDS, key=len, reverse=True))
_CHANGE = re.compile(_CHANGES)
_DIGITS = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"


def _number_pattern(gap: str, inside: str, unless: str = "") -> str:
    note = rf"(?:\s*{unless}\([^()|{inside}]*[^()|\d\s][^()|{inside}]*\))?"
    return rf"(?P<number>(?:(?:[+-]|{_CHANGES})[ ]?)?{_DIGITS})(?:{gap}(?P<unit>{_UNITS}))?{note}"


NUMBER = re.compile(_number_pattern(r"\s*", ""))
"""A printed number with its unit and a note in brackets, over folded text: all that a cell holds."""

# What stands on the next line may be another cell, another row or prose, where no mark ends a cell: 24 and 元 of 元旦
# (test: test_a_figure_takes_nothing_from_the_next_line)
NUMBER_ON_A_LINE = re.compile(_number_pattern(r"[^\S\n]*", r"\n", rf"(?!{ORDINALS})"))
"""The same where nothing but blanks and line ends part cells: the unit stands on its line, a note on one line."""

# Glued figures of a table never come near it, and int() refuses 4,300 digits: that would end the whole reading
# (test: test_a_run_of_digits_beyond_all_numbers_is_words)
_LONGEST_NUMBER = 1_000
# Up to it every whole number is the same one in JSON, in BSON and in a double; no agency counts as far
# (test: test_a_number_beyond_what_a_figure_can_be_is_no_value)
LARGEST = 10**15 - 1
"""The largest figure that is given; what prints a larger one is words."""
_MARKS = frozenset(NOT_APPLICABLE)
EDGES = " \t\n" + ZERO_WIDTH
"""Blanks around what a cell prints."""


def token(folded: str, start: int, end: int) -> Token:
    """The token that the slice holds; blanks around it are no part of its span."""
    text = folded[start:end]
    stripped = text.strip(EDGES)
    if not stripped:
        return Token(TokenKind.BLANK, "", start, start)
    start += text.index(stripped)
    end = start + len(stripped)
    if ZERO_WIDTH in stripped:
        stripped = stripped.replace(ZERO_WIDTH, "")
    if len(stripped) > _LONGEST_NUMBER:
        return Token(TokenKind.TEXT, stripped, start, end)
    if stripped.isdecimal():
        return Token(TokenKind.NUMBER, stripped, start, end, int(stripped))
    if stripped in _MARKS:
        return Token(TokenKind.NOT_APPLICABLE, stripped, start, end)
    match = NUMBER.fullmatch(stripped)
    if match is None:
        return Token(TokenKind.TEXT, stripped, start, end)
    return Token(TokenKind.NUMBER, stripped, start, end, _number(match["number"]), match["unit"])


def value_of(item: Token, *, kind: Kind, unit: str | None) -> Number | Amount | None:
    """What a token prints, read as a cell of `kind`; None where its text is no such value.

    `unit` is the unit that the form's header states; the cell's own unit goes before it. A count that is negative or
    no integer is given as printed: the check on counts reports it.
    """
    if item.number is None or abs(item.number) > LARGEST:
        return None
    if kind is not Kind.CHANGE and item.is_change_in_words:
        return None
    if item.unit is not None and (item.unit in YUAN_UNITS) != (kind is Kind.MONEY):
        return None
    return _amount(item.number, item.unit or unit) if kind is Kind.MONEY else item.number


def _number(text: str) -> Number:
    word = _CHANGE.match(text)
    digits = text[word.end() if word else 0 :].replace(",", "").replace(" ", "")
    number = float(digits) if "." in digits else int(digits)
    return number * CHANGE_WORDS[word[0]] if word else number


def _amount(number: Number, unit: str | None) -> Amount | None:
    yuan = _scaled(number, YUAN_UNITS[unit]) if unit else None
    return Amount(number, unit, yuan) if yuan is None or abs(yuan) <= LARGEST else None


def _scaled(number: Number, factor: int) -> Number:
    scaled = round(number * factor, 6)
    return int(scaled) if scaled == int(scaled) else scaled
