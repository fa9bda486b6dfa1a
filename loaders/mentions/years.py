"""Dates of one passage to the years they are in: their own, else that of the text before or of the report.

A year is taken over only where nothing speaks for another one; a date that could be of two years has none.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from loaders.document import Precision
from loaders.mentions.dates import Printed
from loaders.vocabulary import mentions as words

_THIS = re.compile(words.THIS_YEAR)
_LAST = re.compile(words.LAST_YEAR)
_OTHER = re.compile(words.OTHER_YEAR)
_PLANS = re.compile(words.PLANS)
_SENTENCE_END = re.compile(words.SENTENCE_END)
_DOCUMENT = re.compile(words.DOCUMENT_SIGNS)
# So far is looked for where a sentence begins and ends: a text without full stops must not cost its square
_SENTENCE = 200


@dataclass(slots=True)
class Years:
    """What is known of years while a passage is read: `of_report` is None where the report's year tells nothing.

    `in_order` says that the days without a year follow one another: they can then be of one year.
    """

    text: str
    start: int
    end: int
    of_report: int | None
    in_order: bool
    _before: Printed | None = field(default=None)
    _year: int | None = field(default=None)
    _others: bool = field(default=False)

    def year_of(self, date: Printed) -> int | None:
        """The year of the next date of the passage; to be asked of each, in order."""
        year = date.first.year or self._taken_over(date)
        ends = {date.first.year, date.last.year if date.last else None} - {None, self.of_report}
        self._others = self._others or bool(ends)
        self._before, self._year = date, (date.last.year if date.last else None) or year
        return year

    def _taken_over(self, date: Printed) -> int | None:
        """The year of a date that prints none."""
        head = self.text[max(self.start, date.start - words.YEAR_WORDS_REACH) : date.start]
        if _OTHER.search(head) or self._speaks_of_plans(date):
            return None
        if _THIS.search(head):
            return self.of_report
        if _LAST.search(head):
            return self.of_report - 1 if self.of_report else None
        return self._from_before(date, self._before)

    def _from_before(self, date: Printed, before: Printed | None) -> int | None:
        if before is None:
            return self.of_report if self.in_order else None
        # In January one answers what was asked in December (test: test_a_step_without_a_certain_year_has_no_date)
        if _goes_back(before, date):
            return None
        if self._year == self.of_report and not self._others:
            return self.of_report
        return self._year if self._goes_on(before, date) else None

    def _goes_on(self, before: Printed, date: Printed) -> bool:
        """Whether a day belongs to the year of the day before it: that is no day of a document."""
        days = _single_day(before) and _single_day(date)
        return days and not _DOCUMENT.search(self.text, before.end, date.start)

    def _speaks_of_plans(self, date: Printed) -> bool:
        low, high = max(self.start, date.start - _SENTENCE), min(self.end, date.end + _SENTENCE)
        ends = [match.end() for match in _SENTENCE_END.finditer(self.text, low, date.start)]
        end = _SENTENCE_END.search(self.text, date.end, high)
        return bool(_PLANS.search(self.text, ends[-1] if ends else low, end.start() if end else high))


def _single_day(date: Printed) -> bool:
    return date.last is None and date.first.precision is Precision.DAY


def _goes_back(before: Printed, date: Printed) -> bool:
    return _single_day(before) and _single_day(date) and _in_year(date) < _in_year(before)


def _in_year(date: Printed) -> tuple[int, int]:
    return date.first.month or 0, date.first.day or 0


def with_years(
    text: str, dates: Sequence[Printed], start: int, end: int, of_report: int | None
) -> Iterator[tuple[Printed, int | None]]:
    """The dates of a passage, each with the year of its first day."""
    yearless = [date for date in dates if date.first.year is None]
    in_order = not any(_goes_back(*pair) for pair in pairwise(yearless))
    years = Years(text, start, end, of_report, in_order)
    return ((date, years.year_of(date)) for date in dates)
