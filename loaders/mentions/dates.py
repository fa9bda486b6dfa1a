"""Text to the dates and periods it prints, each with its parts as far as they are printed; impossible ones are none."""

import re
from calendar import monthrange
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from loaders.document import Precision
from loaders.structure.headings import number_of
from loaders.structure.titles import year_number
from loaders.vocabulary import mentions as words

_FIRST = re.compile(words.FIRST_CHARACTER)
_DATE = re.compile("|".join(words.DATES))
_LENGTH = re.compile(words.SPAN_OF_TIME)
_BETWEEN = re.compile(words.BETWEEN_ENDS)


@dataclass(frozen=True, slots=True)
class Day:
    """A year, a month of one, or a day of one; `year` is None where it is not printed."""

    year: int | None
    month: int | None = None
    day: int | None = None

    @property
    def precision(self) -> Precision:
        """How exactly it is told."""
        if self.month is None:
            return Precision.YEAR
        return Precision.MONTH if self.day is None else Precision.DAY

    def iso(self, year: int | None) -> str | None:
        """The date in ISO 8601, in that year where it prints none of its own."""
        known = self.year or year
        if known is None:
            return None
        parts = [f"{known:04}", *(f"{part:02}" for part in (self.month, self.day) if part is not None)]
        return "-".join(parts)

    def exists(self, year: int | None) -> bool:
        """Whether the calendar has it."""
        known = self.year or year or _LEAP
        return self.day is None or self.month is None or self.day <= monthrange(known, self.month)[1]


_LEAP = 2000


@dataclass(frozen=True, slots=True)
class Printed:
    """A date (`last` is None) or a period where it stands in the text."""

    start: int
    end: int
    first: Day
    last: Day | None = None


def dates_in(text: str, start: int, end: int) -> list[Printed]:
    """The dates and periods of a stretch, in order."""
    found: list[Printed] = []
    for one in _singly(text, start, end):
        joined = _period(text, found[-1], one) if found else None
        if joined:
            found[-1] = joined
        else:
            found.append(one)
    return found


def _singly(text: str, start: int, end: int) -> Iterator[Printed]:
    position = start
    while first := _FIRST.search(text, position, end):
        match = _DATE.match(text, first.start(), end)
        position = match.end() if match else _behind(text, first.start(), end)
        printed = _printed(match) if match else None
        if printed and _exists(printed) and not _is_length(text, printed):
            yield printed


def _exists(printed: Printed) -> bool:
    """Whether the calendar has its days."""
    return all(day is None or day.exists(None) for day in (printed.first, printed.last))


def _is_length(text: str, printed: Printed) -> bool:
    """Whether it is how long something took: 连续3月."""
    return printed.first.year is None and bool(_LENGTH.search(text, max(0, printed.start - 1), printed.start))


def _behind(text: str, position: int, end: int) -> int:
    """Where the number at a place ends: what begins inside it is no date."""
    digits = _DIGITS.match(text, position, end)
    return digits.end() if digits else position + 1


_DIGITS = re.compile(r"\d+")


def _printed(match: re.Match[str]) -> Printed | None:
    last_group = str(match.lastgroup)
    kind = next(kind for kind in _READERS if last_group.startswith(kind))
    ends = _READERS[kind](match)
    return Printed(match.start(), match.end(), *ends) if ends else None


_Ends = tuple[Day, Day | None]


def _half(match: re.Match[str]) -> _Ends:
    year, first = int(match["half_y"]), 1 if match["half"] == words.FIRST_HALF else 7
    return Day(year, first), Day(year, first + 5)


def _quarter(match: re.Match[str]) -> _Ends:
    year, last = int(match["quarter_y"]), 3 * words.QUARTERS[match["quarter"]]
    return Day(year, last - 2), Day(year, last)


def _years(match: re.Match[str]) -> _Ends | None:
    first, last = int(match["years_a"]), int(match["years_b"])
    return (Day(first), Day(last)) if first < last else None


def _months(match: re.Match[str]) -> _Ends | None:
    year, first, last = _number(match["months_y"]), int(match["months_a"]), int(match["months_b"])
    return (Day(year, first), Day(year, last)) if first < last else None


def _days(match: re.Match[str]) -> _Ends | None:
    year, month = _number(match["days_y"]), int(match["days_m"])
    first, last = int(match["days_a"]), int(match["days_b"])
    return (Day(year, month, first), Day(year, month, last)) if first < last else None


def _number(printed: str | None) -> int | None:
    return int(printed) if printed else None


def _plain(prefix: str) -> Callable[[re.Match[str]], _Ends]:
    def read(match: re.Match[str]) -> _Ends:
        groups = match.groupdict()
        year, month, day = (_number(groups.get(f"{prefix}{part}")) for part in "ymd")
        return Day(year, month, day), None

    return read


def _in_words(match: re.Match[str]) -> _Ends | None:
    year = year_number(match["words_y"])
    month, day = (number_of(match[f"words_{part}"]) if match[f"words_{part}"] else None for part in "md")
    return (Day(year, month, day), None) if year and (month is None or month <= _LAST_MONTH) else None


_LAST_MONTH = 12
_READERS: dict[str, Callable[[re.Match[str]], _Ends | None]] = {
    "half": _half,
    "quarter": _quarter,
    "years": _years,
    "months": _months,
    "days": _days,
    "short_": _plain("short_"),
    "iso_": _plain("iso_"),
    "words": _in_words,
    "": _plain(""),
}
"""By what the names of the groups of a pattern begin with; the shortest last."""


def _period(text: str, before: Printed, after: Printed) -> Printed | None:
    """Two dates as the ends of one period, where nothing but its mark stands between them."""
    if before.last or after.last or not _BETWEEN.fullmatch(text, before.end, after.start):
        return None
    if before.first.precision is not after.first.precision:
        return None
    last = after.first if after.first.year else Day(before.first.year, after.first.month, after.first.day)
    ordered = _in_order(before.first, last)
    return Printed(before.start, after.end, before.first, last) if ordered else None


def _in_order(first: Day, last: Day) -> bool:
    if (first.year is None) != (last.year is None):
        return False
    return _key(first) < _key(last)


def _key(day: Day) -> tuple[int, int, int]:
    return day.year or 0, day.month or 0, day.day or 0
