"""Patterns that find a text in unfolded ones, whatever script, width, case and blanks either is written in.

They find what a search finds in the folded text (`loaders.text.search_folding`), in texts that are stored as they are,
so that places in these need no way back. Python and MongoDB (PCRE) read them alike.
"""

import re
from collections import defaultdict
from collections.abc import Mapping
from functools import cache

from loaders.text.search_folding import aligned, searchable
from loaders.text.simplified import simplifications

_BMP = 2**16
_SURROGATES = range(0xD800, 0xE000)
_NO_ESCAPE = 0x100


def like(text: str) -> str:
    """The pattern of what is written like a text.

    >>> bool(re.search(like("公开条例"), "政府信息 公 開條例"))
    True
    """
    return _gap().join(map(_character, searchable(text)))


def beginnings(text: str) -> list[str]:
    """What begins like a text, one pattern for each way its first character is written: an index knows each by that."""
    folded = searchable(text)
    rest = "".join(f"{_gap()}{_character(char)}" for char in folded[1:])
    return [f"{re.escape(char)}{rest}" for char in _ways(folded[:1])] or [""]


@cache
def _character(folded: str) -> str:
    """A character and all that fold to it."""
    ways = _ways(folded)
    return re.escape(folded) if len(ways) == 1 else f"[{''.join(map(re.escape, ways))}]"


def _ways(folded: str) -> list[str]:
    """The ways a character is written; none of no character."""
    return sorted({folded, *_unfolded().get(folded, "")} - {""})


@cache
def _unfolded() -> Mapping[str, str]:
    """What folds to each character, where anything else does."""
    codes = [code for code in range(_BMP) if code not in _SURROGATES]
    every = "".join(map(chr, [*codes, *(code for code in simplifications() if code >= _BMP)]))
    found: dict[str, str] = defaultdict(str)
    for char, folded in zip(every, aligned(every), strict=True):
        if char != folded:
            found[folded] += char
    return found


@cache
def _gap() -> str:
    """The pattern of what a search does not see, and a text of MongoDB may hold."""
    codes = [code for code in range(1, _BMP) if code not in _SURROGATES and not searchable(chr(code))]
    starts = [code for code in codes if code - 1 not in codes]
    ends = [code for code in codes if code + 1 not in codes]
    return f"[{''.join(f'{_written(one)}-{_written(other)}' for one, other in zip(starts, ends, strict=True))}]*"


def _written(code: int) -> str:
    return f"\\x{code:02x}" if code < _NO_ESCAPE else chr(code)
