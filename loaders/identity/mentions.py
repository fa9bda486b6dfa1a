"""Who and what year a text speaks of in passing: what is asked where neither title nor page says it.

A name is taken only where the text calls its agency such a one (我局 is no county); an office that merely answers the
telephone is passed over for the agency it belongs to.
"""

import re
from collections.abc import Iterator

from loaders.document import Agency, AgencyType, Span
from loaders.identity.agencies import Named
from loaders.text.squeezed import Squeezed
from loaders.vocabulary import agencies as names
from loaders.vocabulary import identity as words

_SUBJECT = re.compile(names.SUBJECT_OF_SENTENCE)
_SITE = re.compile(names.SITE_OWNER)
_CONTACT = re.compile(names.CONTACT_AGENCY)
_OFFICE = re.compile(names.CONTACT_OFFICE)
_NOT_A_REPORTER = re.compile(names.NOT_A_REPORTER)
_SELF = re.compile(names.SELF_WORD)
_OF_SELF = {word: re.compile(pattern) for word, pattern in names.NAMES_OF_SELF.items()}
_YEAR_OF_REPORT = re.compile(words.YEAR_OF_REPORT)
_YEAR = re.compile(words.YEAR_FIRST_MENTIONED)
_OF_OTHERS = re.compile(words.YEARS_OF_OTHERS)
_SENTENCE = re.compile(words.SENTENCE_MARK)
# Sentences in which a report introduces itself (test: test_the_year_of_the_first_sentence_is_the_last_resort)
_FIRST_SENTENCES = 3


def mentioned_agencies(preamble: Squeezed, opening: Squeezed) -> Iterator[tuple[str, Span]]:
    """The agencies that the text is about, most telling first: who acts, whose site it is, whom to ask."""
    for pattern, stretch in ((_SUBJECT, opening), (_SITE, opening), (_CONTACT, preamble)):
        names_there = dict(_names(pattern, stretch))
        # On the sites of two bureaus a third reports
        # (test: test_an_opening_tells_agency_and_year_where_no_title_does)
        if pattern is _CONTACT or len(names_there) == 1:
            yield from names_there.items()


def _names(pattern: re.Pattern[str], stretch: Squeezed) -> Iterator[tuple[str, Span]]:
    for match in pattern.finditer(stretch.text):
        name = _OFFICE.sub("", match["agency"])
        if _NOT_A_REPORTER.search(name) or (pattern is _SUBJECT and _speaks_of_itself(stretch.text, match)):
            continue
        start = match.start("agency")
        yield name, stretch.span(start, start + len(name))


def _speaks_of_itself(text: str, match: re.Match[str]) -> bool:
    """Whether the sentence has another subject that is its own: 漳平市公安局积极配合我局."""
    end = _SENTENCE.search(text, match.end())
    return bool(_SELF.search(text, match.start(), end.start() if end else len(text)))


def is_what_the_text_calls_itself(named: Named, opening: Squeezed) -> bool:
    """Whether the agency is of the kind that the text says it is; True where it says nothing."""
    word = _SELF.search(opening.text)
    name = named.agency.name or (named.agency.candidates or ("",))[0]
    return word is None or bool(_OF_SELF[word["word"]].search(name))


def open_between_government_and_office(named: Named) -> Named:
    """Whoever is told to ask a government's office knows the place, not which of the two reports."""
    agency = named.agency
    if agency.type is not AgencyType.GOVERNMENT_OFFICE or agency.name is None:
        return named
    place = agency.name.removesuffix(names.GOVERNMENT_OFFICE).removesuffix(names.GOVERNMENT_GENERAL_OFFICE)
    return Named(Agency(None, agency.level, None, agency.region, (place + names.GOVERNMENT, agency.name)))


def year_of_report(stretch: Squeezed) -> tuple[int, Span] | None:
    """The year that the text says it reports on: 关于2021年度政府信息公开的要求."""
    return _year(_YEAR_OF_REPORT, stretch, len(stretch.text))


def year_first_mentioned(stretch: Squeezed) -> tuple[int, Span] | None:
    """The only year of the first sentence that speaks of one."""
    start = 0
    for _ in range(_FIRST_SENTENCES):
        mark = _SENTENCE.search(stretch.text, start)
        end = mark.end() if mark else len(stretch.text)
        found = _year(_YEAR, stretch, end, start)
        if found or mark is None:
            return found
        start = end
    return None


def _year(pattern: re.Pattern[str], stretch: Squeezed, end: int, start: int = 0) -> tuple[int, Span] | None:
    others = [match.span() for match in _OF_OTHERS.finditer(stretch.text, start, end)]
    own = [
        match
        for match in pattern.finditer(stretch.text, start, end)
        if not any(low <= match.start() < high for low, high in others)
    ]
    years = {match["year"] for match in own}
    return (int(own[0]["year"]), stretch.span_of(own[0], "year")) if len(years) == 1 else None
