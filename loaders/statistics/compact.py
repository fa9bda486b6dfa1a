"""A stretch of folded text without its blanks and line ends, and the way back to the offsets of the report.

Words are matched here, so that "1191 件", "政 府 信 息" and a number that a line end breaks need no patterns of
their own.
"""

import re
from bisect import bisect_right
from dataclasses import dataclass

_GAP = re.compile(r"[\s\u200b]+")


@dataclass(frozen=True, slots=True)
class Compact:
    """Blank-free text; `positions` are where a gap was taken out, `origins` the report offsets that follow it."""

    text: str
    positions: tuple[int, ...]
    origins: tuple[int, ...]

    def origin(self, index: int) -> int:
        """The offset in the report of the character at `index`."""
        nearest = bisect_right(self.positions, index) - 1
        return self.origins[nearest] + index - self.positions[nearest]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The report offsets of the stretch from `start` to `end`, end exclusive."""
        if len(self.positions) == 1:
            return self.origins[0] + start, self.origins[0] + end
        return self.origin(start), self.origin(end - 1) + 1


def compact(folded: str, start: int, end: int) -> Compact:
    """The text from `start` to `end` without blanks; one blank stays between two digits of one line."""
    pieces: list[str] = []
    positions, origins = [0], [start]
    length, done = 0, start
    for gap in _GAP.finditer(folded, start, end):
        pieces.append(folded[done : gap.start()])
        length += gap.start() - done
        if _between_digits(folded, gap):
            pieces.append(" ")
            length += 1
        done = gap.end()
        positions.append(length)
        origins.append(done)
    pieces.append(folded[done:end])
    return Compact("".join(pieces), tuple(positions), tuple(origins))


def _between_digits(folded: str, gap: re.Match[str]) -> bool:
    left, right = gap.span()
    if not 0 < left <= right < len(folded) or "\n" in gap.group() or " " not in gap.group():
        return False
    return folded[left - 1].isdecimal() and folded[right].isdecimal()
