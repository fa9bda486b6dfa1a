"""Text, passages and citations to the mentions of a report, in text order; `repeated` tells the second of two equals.

Only passages are read for dates and names, so tables mention nothing; documents are those that the report cites.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from loaders.document import CitedDocument, Mention, MentionKind, Passage, Precision, Section, SectionRole
from loaders.mentions.dates import Printed, dates_in
from loaders.mentions.found import Found
from loaders.mentions.names import awards_in, programmes_in, websites_in
from loaders.mentions.numbers import cases_in, cited
from loaders.mentions.years import with_years
from loaders.text.simplified import simplified
from loaders.vocabulary import mentions as words

_TITLE = re.compile(words.TITLE)


def mentions_of(  # noqa: PLR0913  (what the stages before it leave)
    raw: str,
    folded: str,
    *,
    passages: Sequence[Passage],
    sections: Sequence[Section],
    documents: Sequence[CitedDocument],
    year: int | None,
) -> tuple[Mention, ...]:
    """Every mention of a report."""
    text = simplified(folded)
    plans = {section.id for section in sections if section.role is SectionRole.PROBLEMS_AND_IMPROVEMENTS}
    plans |= {section.id for section in sections if section.parent in plans}
    in_order = sorted(passages, key=_start)
    titles = [match.span() for match in _TITLE.finditer(text)]
    found = [one for read in _READERS for one in read(text) if _among(titles, one.start) is None]
    addresses = [(one.start, one.end) for one in found if one.kind is MentionKind.WEBSITE]
    taken = sorted((*titles, *addresses))
    for passage in in_order:
        found += _dates(text, passage, taken, None if passage.section in plans else year)
    spans = [(passage.start, passage.end) for passage in in_order]
    placed = [(one, _among(spans, one.start)) for one in found]
    kept: list[tuple[Found, str | None]] = [(one, in_order[index].id) for one, index in placed if index is not None]
    documents_there = ((one, _among(spans, one.start)) for one in cited(raw, text, documents))
    kept += [(one, None if index is None else in_order[index].id) for one, index in documents_there]
    return tuple(_stored(raw, sorted(kept, key=_place)))


_READERS = (cases_in, websites_in, awards_in, programmes_in)


def _start(passage: Passage) -> int:
    return passage.start


def _place(item: tuple[Found, str | None]) -> int:
    return item[0].start


def _among(spans: Sequence[tuple[int, int]], position: int) -> int | None:
    """Which of these spans, in order, a place lies in."""
    index = bisect_right(spans, position, key=_first) - 1
    return index if index >= 0 and position < spans[index][1] else None


def _first(span: tuple[int, int]) -> int:
    return span[0]


def _dates(text: str, passage: Passage, taken: Sequence[tuple[int, int]], year: int | None) -> list[Found]:
    """The dates and periods of a passage, but for those in the titles of documents and in addresses."""
    printed = dates_in(text, passage.start, passage.end)
    dates = [date for date in printed if _among(taken, date.start) is None]
    if not dates:
        return []
    return [_dated(date, own) for date, own in with_years(text, dates, passage.start, passage.end, year)]


def _dated(date: Printed, year: int | None) -> Found:
    value, precision = date.first.iso(year), date.first.precision
    if date.last is None:
        return Found(MentionKind.DATE, date.start, date.end, value, precision)
    end = date.last.iso(year)
    return Found(MentionKind.PERIOD, date.start, date.end, f"{value}/{end}" if value and end else None, precision)


def _stored(raw: str, found: Sequence[tuple[Found, str | None]]) -> Iterator[Mention]:
    seen: set[tuple[MentionKind, str, Precision | None]] = set()
    for one, passage in found:
        key = (one.kind, one.value, one.precision) if one.value is not None else None
        yield Mention(
            kind=one.kind,
            text=raw[one.start : one.end],
            value=one.value,
            precision=one.precision,
            title=one.title,
            repeated=key in seen,
            start=one.start,
            end=one.end,
            passage=passage,
        )
        if key:
            seen.add(key)
