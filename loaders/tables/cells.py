"""The text of one cell to its value: the only place where printed numbers of tables are parsed."""

import re
from dataclasses import dataclass
from enum import StrEnum

from loaders.document import Amount, Number
from loaders.forms import Kind
from loaders.text import ZERO_WIDTH
from loaders.vocabulary.cells import COUNT_UNITS, NOT_APPLICABLE, YUAN_UNITS


class TokenKind(StrEnum):
    """What a cell holds, before its row and column are known."""

    NUMBER = "NUMBER"
    BLANK = "BLANK"
    NOT_APPLICABLE = "NOT_APPLICABLE"
    TEXT = "TEXT"


@dataclass(frozen=True, slots=True)
class Token:
    """One cell as printed; `text` is folded and stripped, the span quotes it in the raw text (empty for a blank)."""

    kind: TokenKind
    text: str
    start: int
    end: int
    number: Number | None = None
    unit: str | None = None


_UNITS = "|".join(sorted((*COUNT_UNITS, *YUAN_UNITS), key=len, reverse=True))
_NOTE = r"(?:\s*\([^()|]*[^()|\d\s][^()|]*\))?"
_DIGITS = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
NUMBER = re.compile(rf"(?P<number>[+-]?\s?{_DIGITS})\s*(?P<unit>{_UNITS})?{_NOTE}")
"""A printed number with its unit and a note in brackets, over folded text."""

_MARKS = frozenset(NOT_APPLICABLE)


def token(folded: str, start: int, end: int) -> Token:
    """The token that the slice holds; blanks around it are no part of its span."""
    text = folded[start:end]
    stripped = text.strip(" \t\n" + ZERO_WIDTH)
    if not stripped:
        return Token(TokenKind.BLANK, "", start, start)
    start += text.index(stripped)
    end = start + len(stripped)
    compact = stripped.replace(ZERO_WIDTH, "")
    if compact in _MARKS:
        return Token(TokenKind.NOT_APPLICABLE, compact, start, end)
    match = NUMBER.fullmatch(compact)
    if match:
        return Token(TokenKind.NUMBER, compact, start, end, _number(compact), match["unit"])
    return Token(TokenKind.TEXT, compact, start, end)


def count_of(token: Token | None) -> int | None:
    """The integer that a token prints, None for anything else."""
    if token is None or token.kind is not TokenKind.NUMBER:
        return None
    value = _number(token.text)
    return int(value) if value is not None and value == int(value) else None


def value_of(token: Token, *, kind: Kind, unit: str | None) -> Number | Amount | None:
    """What a token prints, read as a cell of `kind`; None where its text is no such value.

    `unit` is the unit that the form's header states; the cell's own unit goes before it.
    """
    match = NUMBER.fullmatch(token.text)
    if token.kind is not TokenKind.NUMBER or match is None:
        return None
    number = _number(token.text)
    if number is None:
        return None
    if kind is Kind.MONEY:
        printed = match["unit"] if match["unit"] in YUAN_UNITS else unit
        return Amount(number, printed, _scaled(number, YUAN_UNITS[printed]) if printed else None)
    if kind is Kind.COUNT and (number < 0 or number != int(number)):
        return number  # printed so; the check on counts reports it
    return number


def _number(text: str) -> Number | None:
    match = NUMBER.fullmatch(text)
    if match is None:
        return None
    digits = match["number"].replace(",", "").replace(" ", "")
    return float(digits) if "." in digits else int(digits)


def _scaled(number: Number, factor: int) -> Number:
    scaled = round(number * factor, 6)
    return int(scaled) if scaled == int(scaled) else scaled
