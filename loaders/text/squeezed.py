"""Text without blanks and line ends, that remembers where each character came from.

Enters: a stretch of a text. Leaves: its visible characters and their offsets, so that a pattern written without blanks
matches "统 计 期 限" and text broken by page lines, and its match still quotes the source. Nothing is refused.
"""

import re
from dataclasses import dataclass
from itertools import pairwise

from loaders.document import Span

_DROPPED = re.compile(r"[\s\u00ad\u180e\u200b-\u200f\u2060-\u2064\ufeff]+")
_LATIN = re.compile(r"[A-Za-z0-9@]")


@dataclass(frozen=True, slots=True)
class Squeezed:
    """Visible characters and the offset of each in the text they were taken from."""

    text: str
    places: tuple[int, ...]

    def span(self, start: int, end: int) -> Span:
        """Where the characters from `start` to `end` stand in the source."""
        return Span(self.places[start], self.places[end - 1] + 1)

    def span_of(self, match: re.Match[str], group: int | str = 0) -> Span:
        """Where a match, or one of its groups, stands in the source."""
        return self.span(match.start(group), match.end(group))


def squeezed(text: str, start: int, end: int, *, drop: re.Pattern[str] | None = None) -> Squeezed:
    """The stretch of `text` without blanks, line ends, and whatever `drop` matches."""
    pieces: list[str] = []
    places: list[int] = []
    pattern = re.compile(f"{_DROPPED.pattern}|{drop.pattern}") if drop else _DROPPED
    at = start
    for match in pattern.finditer(text, start, end):
        pieces.append(text[at : match.start()])
        places.extend(range(at, match.start()))
        at = match.end()
    pieces.append(text[at:end])
    places.extend(range(at, end))
    return Squeezed("".join(pieces), tuple(places))


def one_line(text: str) -> str:
    r"""A printed phrase as one line: blanks vanish except between Latin letters or digits.

    >>> one_line("2025 年某市政府信息公开\n工作年度报告")
    '2025年某市政府信息公开工作年度报告'
    """
    words = [word for word in _DROPPED.split(text) if word]
    pieces = words[:1]
    for before, word in pairwise(words):
        if _LATIN.match(before[-1]) and _LATIN.match(word):
            pieces.append(" ")
        pieces.append(word)
    return "".join(pieces)
