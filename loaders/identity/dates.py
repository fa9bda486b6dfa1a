"""Dates and periods as printed, in ISO form; an impossible date is none."""

import re
from datetime import date

from loaders.document import Span
from loaders.forms.narrative import NUMERALS
from loaders.structure.headings import number_of
from loaders.structure.titles import year_number
from loaders.text.squeezed import Squeezed
from loaders.vocabulary import identity

_DATE = re.compile(identity.DATE)
_CHINESE_DATE = re.compile(identity.CHINESE_DATE)
_PERIOD = re.compile(identity.PERIOD)
_CUE = re.compile(identity.PERIOD_CUE)
_PUBLISHED = re.compile(identity.PUBLISHED_LABEL + identity.DATE)
_CUE_REACH = 40


def iso(year: str, month: str, day: str) -> str | None:
    """An ISO date, None where the calendar has no such day."""
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None


def date_in(text: str) -> str | None:
    """The first date in a text without blanks, in digits or Chinese numerals.

    >>> date_in("二○一四年一月十日")
    '2014-01-10'
    """
    match = _DATE.search(text)
    if match:
        return iso(match["y"], match["m"], match["d"])
    chinese = _CHINESE_DATE.search(text)
    if chinese is None:
        return None
    year = year_number(chinese["cy"])
    month, day = (number_of(chinese[part]) for part in ("cm", "cd") if set(chinese[part]) <= set(NUMERALS))
    return iso(str(year), str(month), str(day)) if year else None


def last_date(stretch: Squeezed) -> tuple[str, Span] | None:
    """The last date of a stretch: that of a sign-off."""
    matches = [*_DATE.finditer(stretch.text), *_CHINESE_DATE.finditer(stretch.text)]
    for match in sorted(matches, key=lambda found: found.start(), reverse=True):
        found = date_in(match[0])
        if found:
            return found, stretch.span_of(match)
    return None


def published_date(stretch: Squeezed) -> tuple[str, Span] | None:
    """The date behind a label such as 发布时间."""
    match = _PUBLISHED.search(stretch.text)
    found = date_in(match[0]) if match else None
    return (found, stretch.span(match.start("y"), match.end())) if match and found else None


def period_in(stretch: Squeezed) -> tuple[str, str, Span] | None:
    """The period that a sentence declares for the figures of the report: first day, last day, span."""
    for match in _PERIOD.finditer(stretch.text):
        # The days of a holiday are no period of the report (test: test_only_a_declared_period_is_the_period)
        if not _CUE.search(stretch.text, max(0, match.start() - _CUE_REACH), match.start()):
            continue
        first = iso(match["ay"], match["am"], match["ad"])
        # The second date mostly leaves out the year (golden: hangzhou-style-2025, shanghai-bangongting-2019)
        last = iso(match["by"] or match["ay"], match["bm"], match["bd"])
        if first and last and first <= last:
            return first, last, stretch.span_of(match)
    return None
