"""Text without blanks and line ends, that remembers where each character came from.

A pattern written without blanks then matches "统 计 期 限" and text broken by page lines, and its match still quotes
the source.
"""

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, pairwise

from loaders.document import Span

# All of \s and what is invisible, character by character: a class with \s in it is searched a third slower
_BLANK = r"\t-\r\x1c-\x20\x85\xa0\u00ad\u1680\u180e\u2000-\u200f\u2028\u2029\u202f\u205f-\u2064\u3000\ufeff"
_BLANKS = re.compile(f"[{_BLANK}]+")
_LATIN = re.compile(r"[A-Za-z0-9@]")


@dataclass(frozen=True, slots=True)
class Squeezed:
    """Blank-free text; `positions` are where a gap was taken out, `origins` the source's offsets that follow it."""

    text: str
    positions: tuple[int, ...] = (0,)
    origins: tuple[int, ...] = (0,)

    def origin(self, index: int) -> int:
        """The offset in the source of the character at `index`."""
        nearest = bisect_right(self.positions, index) - 1
        return self.origins[nearest] + index - self.positions[nearest]

    def bounds(self, start: int, end: int) -> tuple[int, int]:
        """Where the characters from `start` to `end` stand in the source."""
        return self.origin(start), self.origin(end - 1) + 1

    def span(self, start: int, end: int) -> Span:
        """The same as a span to store."""
        return Span(*self.bounds(start, end))

    def span_of(self, match: re.Match[str], group: int | str = 0) -> Span:
        """Where a match, or one of its groups, stands in the source."""
        return self.span(match.start(group), match.end(group))


def squeezed(  # noqa: PLR0913  (what is taken out differs from reader to reader)
    text: str,
    start: int = 0,
    end: int | None = None,
    *,
    drop: re.Pattern[str] | None = None,
    ignored: str = "",
    numbers_apart: bool = False,
) -> Squeezed:
    """The stretch of `text` without blanks, line ends, and whatever `drop` matches.

    `ignored` are characters to leave out as well, as a class of a regular expression lists them; `numbers_apart` keeps
    one blank between two digits of one line.
    """
    stretch = text[start:end]
    # Blanks alone are found twice as fast as blanks or something else, which most texts do not have
    parts = gaps(ignored, drop if drop and drop.search(stretch) else None).split(stretch)
    pieces = parts[::2]
    origins = [*accumulate(map(len, parts), initial=start)][::2]
    if numbers_apart:
        for index, gap in enumerate(parts[1::2]):
            pieces[index] += _kept(text, gap, origins[index + 1])
    positions = accumulate(map(len, pieces[:-1]), initial=0)
    return Squeezed("".join(pieces), tuple(positions), tuple(origins))


@lru_cache(maxsize=8)
def gaps(ignored: str, drop: re.Pattern[str] | None = None) -> re.Pattern[str]:
    """What is taken out, as the only group: splitting by it gives the pieces and the gaps between them in turns."""
    blanks = f"[{_BLANK}{ignored}]+"
    return re.compile(f"((?:{blanks}|{drop.pattern})+)" if drop else f"({blanks})")


def _kept(text: str, gap: str, end: int) -> str:
    """The blank that stays of a gap between two numbers of one line: 3 4 are two, but a line end may break one."""
    before = end - len(gap) - 1
    if before < 0 or end == len(text) or "\n" in gap or " " not in gap:
        return ""
    return " " if text[before].isdecimal() and text[end].isdecimal() else ""


def one_line(text: str) -> str:
    r"""A printed phrase as one line: blanks vanish except between Latin letters or digits.

    >>> one_line("2025 年某市政府信息公开\n工作年度报告")
    '2025年某市政府信息公开工作年度报告'
    """
    words = [word for word in _BLANKS.split(text) if word]
    pieces = words[:1]
    for before, word in pairwise(words):
        if _LATIN.match(before[-1]) and _LATIN.match(word):
            pieces.append(" ")
        pieces.append(word)
    return "".join(pieces)
