"""Texts as a search sees them: folded, and cut into pairs of characters that an index can hold.

Folded are scripts (to simplified characters), widths (to half width) and capital letters; blanks vanish.
"""

from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from itertools import pairwise
from struct import unpack

from loaders.text.folding import fold
from loaders.text.simplified import simplifications
from loaders.text.squeezed import Squeezed, gaps, squeezed

LONGEST = 2**15 - 1
"""Characters from which on texts count as equally long."""

# Controls and lone surrogates, which neither an index nor a regular expression of the database can hold.
_NOT_HELD = r"\x00-\x1f\x7f-\x9f\ud800-\udfff"
_REMARKED = "<!"  # what a remark of a word processor begins with, which is folded as a whole
_HALF = 2**16
_TIE_BYTES = 6


def aligned(text: str) -> str:
    """The folded text with its blanks, exactly as long as `text`.

    >>> aligned("政府信息公開　ＡＢＣ")
    '政府信息公开 abc'
    """
    return fold(text).translate(_folding())


def searchable(text: str) -> str:
    """The folded text without blanks: what terms are looked for in, and what terms are folded to.

    >>> searchable("政府 信息公開：Ａ")
    '政府信息公开:a'
    """
    folded = text.translate(_searchable())
    return gaps(_NOT_HELD).sub("", aligned(text)) if _REMARKED in folded else folded


def visible(text: str) -> Squeezed:
    """The searchable form of `text`, with the way back to its offsets."""
    return squeezed(aligned(text), ignored=_NOT_HELD)


def grams(folded: str) -> list[int]:
    """The pairs of neighbouring characters of a searchable text, each once, in ascending order.

    Two code points of 16 bits make one signed 32-bit integer. A character beyond these is brought into 16 bits: such
    pairs can fall together with others, so whoever finds a text by its pairs has to look at the text as well.
    """
    units = folded.encode("utf-16-be", "surrogatepass")
    if len(units) != 2 * len(folded):
        return sorted({_packed(one, other) for one, other in pairwise(map(ord, folded))})
    # all of 16 bits: the pairs that begin at even places, and those at odd ones
    return sorted({*_numbers(units), *_numbers(units[2:])})


def place(row: str, folded: str) -> int:
    """A number that sorts rows by the length of their text, and equally long ones in a fixed order by their ids."""
    tie = int.from_bytes(sha256(row.encode()).digest()[:_TIE_BYTES])
    return min(len(folded), LONGEST) << 8 * _TIE_BYTES | tie


def _numbers(units: bytes) -> tuple[int, ...]:
    """Signed 32-bit integers, one for each two characters of 16 bits."""
    count = len(units) // 4
    return unpack(f">{count}i", units[: 4 * count])


def _packed(one: int, other: int) -> int:
    unsigned = _short(one) << 16 | _short(other)
    return unsigned - 2**32 if unsigned >= 2**31 else unsigned


def _short(code: int) -> int:
    return code if code < _HALF else (code ^ code >> 16) % _HALF


@cache
def _searchable() -> Mapping[int, str | None]:
    """What each character becomes in a searchable text, nothing where it vanishes."""
    changed = {*range(_HALF), *_folding()}
    folded = {code: aligned(chr(code)) for code in changed}
    blank = gaps(_NOT_HELD)
    return {
        code: None if blank.fullmatch(char) else char
        for code, char in folded.items()
        if char != chr(code) or blank.fullmatch(char)
    }


@cache
def _folding() -> Mapping[int, str]:
    """Simplified characters and small letters, one for one; letters by themselves, so that no context changes one."""
    small = {code: low for code in range(_HALF) if (low := chr(code).lower()) != chr(code) and len(low) == 1}
    return {**simplifications(), **small}
