"""Who reports what on which year: title, kind, year, period, publication date, agency, scope, contact, citations.

What the report does not say is None.

Precedence: the year is that of the declared period, else of the title, else the one that the text says it reports on,
else the one before publication, else that of the first sentence. The agency is the title's, else the one that says it
made the report, else the page's, the sign-off's, else one that the text speaks of in passing. A name that the
title leaves open (审计局) is completed only by the same name printed in full elsewhere. A hijacked copy has no agency.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlsplit

from loaders.document import (
    Agency,
    AgencyLevel,
    AgencyType,
    Identity,
    ReportKind,
    Scope,
    Section,
    SectionRole,
    Span,
)
from loaders.forms.editions import NARRATIVE, NONE
from loaders.identity.agencies import Named, named_agency
from loaders.identity.cited import cited_documents
from loaders.identity.contacts import contact_of
from loaders.identity.dates import date_in, last_date, period_in, published_date
from loaders.identity.mentions import (
    is_what_the_text_calls_itself,
    mentioned_agencies,
    open_between_government_and_office,
    year_first_mentioned,
    year_of_report,
)
from loaders.structure.titles import Title, kind_by_title, take_apart, title_of
from loaders.text.simplified import is_traditional, simplified
from loaders.text.squeezed import Squeezed, one_line, squeezed
from loaders.vocabulary import agencies as names
from loaders.vocabulary import identity as words

SUSPECT_MIRROR = "SUSPECT_MIRROR"
"""The flag of a copy that stands on a foreign host or has been tampered with."""

_SENTENCE = re.compile(words.SENTENCE_MARK)
_PRONUNCIATION = re.compile(words.BRACKETED_PRONUNCIATION)
# A title has room for one or two of them: with 4 a copy goes unseen
# (test: test_hijacked_copies_are_flagged_and_name_no_agency)
_PRONUNCIATIONS_OF_A_MIRROR = 2
_BRANDS = re.compile(words.BRANDS)
_LEGITIMATE = re.compile(words.LEGITIMATE_BRANDS)
_OFFICIAL_HOST = re.compile(words.OFFICIAL_HOSTS)
_NO_TITLE = re.compile(words.NO_TITLE)
_NAMES_ITSELF = re.compile(words.NAMES_ITSELF)
_BODY_KINDS = tuple((ReportKind(cue.value), re.compile(cue.pattern)) for cue in words.KIND_BY_BODY)
_MAKER = re.compile(names.MAKER)
_SUMMED_UP = re.compile(names.SUMMED_UP)
_AGGREGATE = re.compile(names.AGGREGATE)
_SYSTEM = re.compile(names.SYSTEM_AGGREGATE)
# Characters in which a report introduces itself: 400 do not hold what it says of its contact (golden: 001)
_OPENING = 4000
_ENDING = 1500
# Where a page prints its date: in 7000 the day on which an annex was filled in would be it
# (sample: district-government-2016)
_HEADER = 700
_FIRST_YEAR = 1990
_CORE_ROLES = frozenset({SectionRole.PROACTIVE_DISCLOSURE, SectionRole.REQUESTS, SectionRole.REVIEW_AND_LITIGATION})
_OF_TOWNS = frozenset({AgencyType.GOVERNMENT, AgencyType.SUBDISTRICT_OFFICE})
_OF_THEIR_OWN_YEAR = frozenset({ReportKind.PERIODIC, ReportKind.WORK_POINTS_STATUS})
_BODIES = frozenset({AgencyType.DEPARTMENT, AgencyType.BRANCH, AgencyType.SPECIAL, AgencyType.CENTRAL})


def identity_of(  # noqa: PLR0913  (what the stages before it leave)
    raw: str,
    folded: str,
    *,
    furniture: Mapping[str, str],
    name: str,
    url: str | None,
    sections: Sequence[Section],
    edition: str,
    body: Span,
) -> Identity:
    """The identity of one report."""
    identifier = _Identifier(
        raw, folded, dict(furniture), name, url or furniture.get("url"), tuple(sections), edition, body
    )
    return identifier.identity()


@dataclass(frozen=True)
class _Identifier:
    """One report while it is identified; each part is found once and only when it is asked for."""

    raw: str
    folded: str
    furniture: dict[str, str]
    name: str
    url: str | None
    sections: tuple[Section, ...]
    edition: str
    body: Span

    def identity(self) -> Identity:
        contact, contact_spans = contact_of((self.preamble, self.ending))
        named, agency_span = self.named
        spans = {
            "title": self.title.span if self.title else None,
            "year": self.year[1],
            "period": self.period[2] if self.period else None,
            "publishedOn": self.published[1] if self.published else None,
            "agency": agency_span,
            **contact_spans,
        }
        return Identity(
            kind=self.kind,
            title=self.title.text if self.title else None,
            year=self.year[0],
            period_start=self.period[0] if self.period else None,
            period_end=self.period[1] if self.period else None,
            published_on=self.published[0] if self.published else None,
            scope=self.scope,
            agency=Agency() if self.is_hijacked or named is None else named.agency,
            contact=contact,
            cited_documents=cited_documents(self.raw, self.text, self.body),
            spans={key: span for key, span in spans.items() if span},
            flags=self.flags,
        )

    @cached_property
    def text(self) -> str:
        """The folded text in simplified characters, for matching."""
        return simplified(self.folded)

    @cached_property
    def opening(self) -> Squeezed:
        """The beginning of the report, where it introduces itself."""
        return self._stretch(self.body.start, self.body.start + _OPENING)

    @cached_property
    def preamble(self) -> Squeezed:
        """What stands before the first heading."""
        first = next((section.start for section in self.sections if section.level), self.body.start + _OPENING)
        return self._stretch(self.body.start, min(max(first, self.body.start + 1), self.body.start + _OPENING))

    @cached_property
    def ending(self) -> Squeezed:
        """The end of the report."""
        return self._stretch(max(self.body.start, self.body.end - _ENDING), self.body.end)

    @cached_property
    def closing(self) -> Squeezed:
        """The sign-off, empty where there is none."""
        section = next((section for section in self.sections if section.role is SectionRole.CLOSING), None)
        return self._stretch(section.start, section.end) if section else Squeezed("")

    def _stretch(self, start: int, end: int) -> Squeezed:
        return squeezed(self.text, start, min(end, self.body.end), drop=_PRONUNCIATION)

    @cached_property
    def title(self) -> Title | None:
        """The title line, else the page's title, the name that the report gives itself, or a telling file name."""
        printed = title_of(self.folded, self.body)
        on_page = self._page_title()
        if printed and (take_apart(printed.text).agency or not (on_page and take_apart(on_page.text).agency)):
            return printed
        # A scan without a word has a telling name at least (test: test_a_telling_file_name_is_the_last_resort)
        return on_page or printed or self._own_name() or self._first_line() or self._file_title()

    def _page_title(self) -> Title | None:
        text = one_line(self.furniture.get("title", ""))
        if not text:
            return None
        at = self.raw.find(self.furniture["title"])
        return Title(text, Span(at, at + len(self.furniture["title"])) if at >= 0 else None)

    def _own_name(self) -> Title | None:
        match = _NAMES_ITSELF.search(self.preamble.text)
        if match is None:
            return None
        return Title(match["title"], self.preamble.span_of(match, "title"))

    def _first_line(self) -> Title | None:
        start = self.body.start + len(self.folded[self.body.start :]) - len(self.folded[self.body.start :].lstrip())
        end = self.folded.find("\n", start, self.body.end)
        line = one_line(self.folded[start : end if end >= 0 else self.body.end])
        is_title = len(line) <= words.LONGEST_TITLE and not _SENTENCE.search(line) and not _NO_TITLE.search(line)
        telling = is_title and kind_by_title(line)
        return Title(line, Span(start, end if end >= 0 else self.body.end)) if telling else None

    def _file_title(self) -> Title | None:
        stem = self.name.rsplit("/", 1)[-1].rsplit(".", 1)[0]
        parts = take_apart(stem)
        return Title(stem) if parts.year and parts.agency and parts.subject else None

    @cached_property
    def kind(self) -> ReportKind:
        """The kind: by the title first, then by what the beginning says, then by the official tables and headings."""
        by_title = kind_by_title(self.title.text) if self.title else None
        if by_title:
            return by_title
        for kind, cue in _BODY_KINDS:
            if cue.search(self.opening.text[:_HEADER]):
                return kind
        official = self.edition not in {NONE, NARRATIVE}
        core = {section.role for section in self.sections} & _CORE_ROLES
        return ReportKind.ANNUAL_REPORT if official or len(core) > 1 else ReportKind.OTHER

    @cached_property
    def period(self) -> tuple[str, str, Span] | None:
        """The declared period, in the preamble or at the end."""
        return period_in(self.preamble) or period_in(self.opening) or period_in(self.ending)

    @cached_property
    def published(self) -> tuple[str, Span | None] | None:
        """The publication date: the page's, the one printed under the title, the sign-off's, the day of writing."""
        for key in ("publishedOn", "createdOn"):
            printed = self.furniture.get(key, "")
            found = date_in(one_line(simplified(printed)))
            if found:
                at = self.raw.find(printed)
                return found, Span(at, at + len(printed)) if at >= 0 else None
            if key == "publishedOn" and (below := self._dated_line() or last_date(self.closing)):
                return below
        return None

    def _dated_line(self) -> tuple[str, Span] | None:
        return published_date(self._stretch(self.body.start, self.body.start + _HEADER))

    @cached_property
    def year(self) -> tuple[int | None, Span | None]:
        """The year that is reported on."""
        parts = take_apart(self.title.text) if self.title else None
        if self.period:
            first, last, span = self.period
            if first[:4] == last[:4] or not (parts and parts.year):
                return int(last[:4]), span
        if parts and parts.year and parts.year >= _FIRST_YEAR:
            return parts.year, self.title.span if self.title else None
        stated = year_of_report(self.opening)
        # A half-year's report comes out in its own year (test: test_the_year_of_the_first_sentence_is_the_last_resort)
        if stated is None and self.published and self.kind not in _OF_THEIR_OWN_YEAR:
            return int(self.published[0][:4]) - 1, self.published[1]
        return stated or year_first_mentioned(self.opening) or (None, None)

    @cached_property
    def named(self) -> tuple[Named | None, Span | None]:
        """The agency, by the order of precedence; the first name that leaves no doubt, else the first one at all."""
        doubtful: tuple[Named | None, Span | None] = None, None
        for printed, span in self._printed_agencies():
            named = named_agency(printed, self.year[0], self._context())
            if named is None:
                continue
            if named.is_complete:
                return named, span
            if doubtful[0] is None:
                doubtful = named, span
            # A title that names 审计局 is not answered by another agency of the page
            # (test: test_an_open_name_is_completed_by_the_same_name_only)
            if self.title and take_apart(self.title.text).agency == printed:
                return doubtful
        return doubtful if doubtful[0] else self._mentioned()

    def _mentioned(self) -> tuple[Named | None, Span | None]:
        """The agency that the text speaks of in passing, where it calls itself such a one."""
        doubtful: tuple[Named | None, Span | None] = None, None
        for printed, span in mentioned_agencies(self.preamble, self.opening):
            named = named_agency(printed, self.year[0], self._context())
            if named is None or not is_what_the_text_calls_itself(named, self.opening):
                continue
            named = open_between_government_and_office(named)
            if named.is_complete:
                return named, span
            doubtful = doubtful if doubtful[0] else (named, span)
        return doubtful

    def _printed_agencies(self) -> Iterator[tuple[str, Span | None]]:
        if self.title and (printed := take_apart(self.title.text).agency):
            yield printed, self._span_in_title(printed)
        for pattern in (_MAKER,):
            yield from self._matches(pattern, self.preamble)
        if self.furniture.get("agency"):
            at = self.raw.find(self.furniture["agency"])
            yield self.furniture["agency"], Span(at, at + len(self.furniture["agency"])) if at >= 0 else None
        if self.closing.text:
            signed = re.sub(words.DATE + "|" + words.CHINESE_DATE, "", self.closing.text)
            start = self.closing.text.find(signed)
            if signed and start >= 0:
                yield signed, self.closing.span(start, start + len(signed))

    def _matches(self, pattern: re.Pattern[str], stretch: Squeezed) -> Iterator[tuple[str, Span | None]]:
        for match in pattern.finditer(stretch.text):
            group = next(key for key, value in match.groupdict().items() if value)
            yield match[group], stretch.span_of(match, group)

    def _span_in_title(self, printed: str) -> Span | None:
        if self.title is None or self.title.span is None:
            return None
        start, end = self.title.span.start, self.title.span.end
        stretch = squeezed(self.text, start, end, drop=_PRONUNCIATION)
        at = stretch.text.find(printed)
        return stretch.span(at, at + len(printed)) if at >= 0 else self.title.span

    def _context(self) -> Iterator[str]:
        """Texts that may print a name in full, most telling first; read only where a name is in doubt."""
        yield self.preamble.text
        yield simplified(one_line(" ".join(self.furniture.values())))
        yield self.opening.text
        yield self.ending.text

    @cached_property
    def scope(self) -> Scope:
        """Whose figures the report holds."""
        named = self.named[0]
        if named is None or named.agency.type is None or self.is_hijacked:
            return Scope.UNKNOWN
        kind = named.agency.type
        if named.agency.level is AgencyLevel.TOWNSHIP and kind in _OF_TOWNS:
            return Scope.TOWNSHIP
        if kind in _BODIES:
            return Scope.SYSTEM_AGGREGATE if _SYSTEM.search(self.preamble.text) else Scope.DEPARTMENT
        return Scope.VERTICAL if kind is AgencyType.VERTICAL else self._scope_of_government(named)

    def _scope_of_government(self, named: Named) -> Scope:
        """A region's report or its government's own: by the name first, then by whose figures the text sums up."""
        if named.agency.type is AgencyType.GOVERNMENT_OFFICE or named.itself:
            return Scope.GOVERNMENT_SELF
        # 漳平市 in a title means the region, 漳平市人民政府 may mean either
        # (test: test_the_scope_tells_whose_figures_a_report_holds)
        if named.place_only or _SUMMED_UP.search(self.preamble.text):
            return Scope.REGION_AGGREGATE
        if named.agency.type is AgencyType.FUNCTIONAL_ZONE:
            return Scope.ZONE
        # 全市共受理 counts for the region; without such words nobody can tell (golden: 003)
        return Scope.REGION_AGGREGATE if _AGGREGATE.search(self.opening.text) else Scope.UNKNOWN

    @cached_property
    def is_hijacked(self) -> bool:
        """Whether brand words stand where a place belongs, or pronunciations in brackets betray a converted copy."""
        head = self.folded[self.body.start : self.body.start + _HEADER]
        title = self.title.text if self.title else ""
        agency = _LEGITIMATE.sub("", take_apart(title).agency)
        pronunciations = len(_PRONUNCIATION.findall(head)) + len(_PRONUNCIATION.findall(title))
        return bool(_BRANDS.search(agency)) or (
            pronunciations >= _PRONUNCIATIONS_OF_A_MIRROR and is_traditional(head + title)
        )

    @cached_property
    def flags(self) -> tuple[str, ...]:
        """Stable codes of doubts about the source."""
        host = urlsplit(self.url).netloc.lower() if self.url else ""
        foreign = bool(host) and not _OFFICIAL_HOST.search(host)
        return (SUSPECT_MIRROR,) if foreign or self.is_hijacked else ()
