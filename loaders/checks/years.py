"""Checks of a report against the same agency's report on the year before: Y1 to Y7.

The checks belong to the later report; each names the other year and the operands there. Pure: whoever stores the
documents sees to it that the checks follow every change of either.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from loaders.checks.facts import Report, columns_of, printed_cells, total
from loaders.checks.verdicts import FAIL, PASS, UNKNOWN, Verdict, enumerated
from loaders.document import Check, Document, Number, SectionRole
from loaders.forms import FORMS, Form, Kind
from loaders.forms.check_catalogue import CATALOGUE, Reach
from loaders.forms.editions import all_editions
from loaders.forms.messages import Message
from loaders.forms.narrative import HEADINGS
from loaders.forms.roles import Cases, Documents, Items, Role, Steady
from loaders.vocabulary.check_words import NOT_TEXT

_WRITTEN_ANEW = (SectionRole.OVERVIEW, SectionRole.PROBLEMS_AND_IMPROVEMENTS)
_NAMES = {heading.role: Message(heading.en, heading.zh) for heading in HEADINGS if heading.ordinal}

JUMP = 5
# Smaller figures jump easily (test: test_a_rule_between_years_says_what_it_finds)
LEAST_TO_COMPARE, LEAST_YUAN_TO_COMPARE = 50, 100_000
# A slip from 元 to 万元 shows as a ratio near 10,000, within what amounts differ anyway
# (test: test_a_slip_of_the_unit_is_named)
TEN_THOUSAND, ABOUT = 10_000, 3
# Characters of a run, runs that a text needs to be compared, percent of them that may be last year's
# (test: test_a_rule_between_years_says_what_it_finds)
RUN, FEWEST_RUNS, MOST_REUSED = 8, 60, 70

_NOT_TEXT = re.compile(NOT_TEXT)
YEAR_RULES = frozenset(rule.code for rule in CATALOGUE if rule.reach is Reach.YEARS)
"""The codes of the checks between years."""


def year_checks(document: Document, earlier: Document, forms: Sequence[Form] = FORMS) -> list[Check]:
    """The checks of an annual report that need the report on the year before; other kinds have none."""
    years = _Years(Report(document, forms), Report(earlier, forms))
    if None in (years.now.year, years.then.year) or not (years.now.is_annual and years.then.is_annual):
        return []
    found = (_carried_over, _in_force, _items, _published, _jumps, _reuse, _edition_change)
    return [check for assess in found for check in assess(years)]


@dataclass(frozen=True, slots=True)
class _Years:
    """A report and the one on the year before."""

    now: Report
    then: Report

    def share(self, *paths: str) -> bool:
        """Whether both reports have all these cells."""
        return all(report.printed(path) for report in (self.now, self.then) for path in paths)


def _carried_over(years: _Years) -> Iterator[Check]:
    """Y1 for each kind of applicant."""
    # A table that one of the years lacks carried nothing over (test: test_a_rule_between_years_says_what_it_finds)
    rows = [
        (f"{cases.carried_over}.{column}", f"{cases.pending}.{column}", column)
        for cases in years.now.roles(Cases)
        for column in columns_of(years.now, cases.pending)
    ]
    for here, there, column in rows:
        if not years.now.printed(here) or not years.then.printed(there):
            continue
        left, right = years.now.figure(here), years.then.figure(there)
        label = years.now.declared[there].column.label
        yield _equal(years, "Y1", Message(label.en, label.zh), _Operands(column, left, right, (here,), (there,)))


@dataclass(frozen=True, slots=True)
class _Operands:
    """What two years are compared by: the figures and where each stands."""

    subject: str
    left: Number | None
    right: Number | None
    here: tuple[str, ...]
    there: tuple[str, ...]


def _equal(years: _Years, code: str, what: Message, by: _Operands) -> Check:
    left, right, status = by.left, by.right, UNKNOWN
    if left is None or right is None:
        left = right = None
    else:
        status = PASS if left == right else FAIL
    return _verdict(years, code, what, Verdict(code, status, left=left, right=right), by)


def _verdict(years: _Years, code: str, what: Message, verdict: Verdict, by: _Operands) -> Check:
    whole = Verdict(
        code,
        verdict.status,
        part=verdict.part,
        subject=by.subject,
        left=verdict.left,
        right=verdict.right,
        paths=by.here,
        other_year=years.then.year,
        other_paths=by.there,
    )
    return whole.check(what=what, year=years.now.year)


def _in_force(years: _Years) -> Iterator[Check]:
    """Y2 for rules and for normative documents, where both years count those in force."""
    for documents in years.now.roles(Documents):
        row, in_force, issued, repealed = documents.row, documents.in_force, documents.issued, documents.repealed
        if not years.share(in_force, issued, repealed):
            continue
        # One blank of three leaves the sum open: a blank is no zero
        # (test: test_a_rule_between_years_says_what_it_finds)
        parts = [years.then.figure(in_force), years.now.figure(issued), years.now.figure(repealed)]
        before, new, gone = parts
        right = None if before is None or new is None or gone is None else total([before, new, -gone])
        by = _Operands(row, years.now.figure(in_force), right, (in_force, issued, repealed), (in_force,))
        yield _equal(years, "Y2", years.now.row_name(row), by)


def _items(years: _Years) -> Iterator[Check]:
    """Y3 for each row of items, where both years count them."""
    for counted in years.now.roles(Items):
        row, items, change = counted.row, counted.previous, counted.change
        if not years.share(items, change):
            continue
        left, before, moved = years.now.figure(items), years.then.figure(items), years.then.figure(change)
        right = None if before is None or moved is None else total([before, moved])
        by = _Operands(row, left, right, (items,), (items, change))
        what = years.now.row_name(row)
        # A decrease printed without its minus is a fault of that cell alone (test: test_a_forgotten_sign_is_named)
        unsigned = left is not None and before is not None and moved and left == total([before, -moved])
        if unsigned and left != right:
            yield _verdict(years, "Y3", what, Verdict("Y3", FAIL, part="sign", left=left, right=right), by)
        else:
            yield _equal(years, "Y3", what, by)


def _published(years: _Years) -> Iterator[Check]:
    """Y4 for rules and for normative documents, where both years count those ever published."""
    for documents in years.now.roles(Documents):
        row, path = documents.row, documents.published
        if not years.share(path):
            continue
        left, right = years.now.figure(path), years.then.figure(path)
        known = left is not None and right is not None
        status = UNKNOWN
        if left is not None and right is not None:
            status = PASS if left >= right else FAIL
        by = _Operands(row, left, right, (path,), (path,))
        sides = (left, right) if known else (None, None)
        verdict = Verdict("Y4", status, left=sides[0], right=sides[1])
        yield _verdict(years, "Y4", years.now.row_name(row), verdict, by)


def _jumps(years: _Years) -> Iterator[Check]:
    """Y5 for each figure that is steady from year to year and large enough to compare."""
    for path in (steady.cell for steady in years.now.roles(Steady)):
        cell = years.now.declared.get(path)
        if cell is None or not years.share(path):
            continue
        money = cell.kind is Kind.MONEY
        left, right = ((one.yuan(path) if money else one.figure(path)) for one in (years.now, years.then))
        if left is None or right is None:
            continue
        if max(left, right) < (LEAST_YUAN_TO_COMPARE if money else LEAST_TO_COMPARE) or min(left, right) <= 0:
            continue
        ratio = max(left, right) / min(left, right)
        slipped = money and TEN_THOUSAND / ABOUT <= ratio <= TEN_THOUSAND * ABOUT
        status = PASS if ratio < JUMP else FAIL
        verdict = Verdict("Y5", status, part="unit" if slipped else "", left=left, right=right)
        yield _verdict(years, "Y5", years.now.name_of(path), verdict, _Operands(path, left, right, (path,), (path,)))


def _reuse(years: _Years) -> Iterator[Check]:
    """Y6 for the sections that are written anew each year."""
    for role in _WRITTEN_ANEW:
        sections = [report.main_section(role) for report in (years.now, years.then)]
        if None in sections:
            continue
        now, then = (
            _runs(report.text_under(section))
            for report, section in zip((years.now, years.then), sections, strict=True)
            if section is not None
        )
        by = _Operands(str(role), None, None, ("sections",), ("sections",))
        if min(len(now), len(then)) < FEWEST_RUNS:
            verdict = Verdict("Y6", UNKNOWN)
        else:
            share = round(100 * len(now & then) / len(now))
            verdict = Verdict("Y6", FAIL if share > MOST_REUSED else PASS, left=share, right=MOST_REUSED)
        yield _verdict(years, "Y6", _NAMES[role], verdict, by)


def _runs(text: str) -> set[str]:
    """Every run of characters of the text, numbers and punctuation left out."""
    words = _NOT_TEXT.sub("", text)
    return {words[start : start + RUN] for start in range(len(words) - RUN + 1)}


def _edition_change(years: _Years) -> Iterator[Check]:
    """Y7 where the two years follow different editions: what was not compared for that reason."""
    before, after = years.then.word("template"), years.now.word("template")
    known = {edition.id for edition in all_editions(years.now.forms)}
    if before == after or before not in known or after not in known:
        return
    skipped = _not_shared(years.now, before, after)
    verdict = Verdict(
        "Y7",
        UNKNOWN if skipped else PASS,
        subject="template",
        paths=("template",),
        other_year=years.then.year,
        other_paths=("template",),
    )
    yield verdict.check(year=years.now.year, before=before, after=after, skipped=enumerated(skipped))


_COMPARED: Mapping[type[Role], Callable[[Any], Sequence[tuple[str, ...]]]] = {
    Cases: lambda cases: [(cases.carried_over, cases.pending)],
    Documents: lambda documents: [(documents.in_force, documents.issued, documents.repealed), (documents.published,)],
    Items: lambda items: [(items.previous, items.change)],
}
"""What Y1 to Y4 compare from year to year, each in one way or in several."""


def _not_shared(report: Report, before: str, after: str) -> list[Message]:
    """The names of what one of two editions prints in a way that the other does not, and in no way that both do."""
    old, new = (_printed(report, edition) for edition in (before, after))
    return [
        kind.name
        for kind, ways in _COMPARED.items()
        if any(_parted(ways(role), old, new) for role in report.roles(kind))
    ]


def _parted(ways: Sequence[tuple[str, ...]], old: frozenset[str], new: frozenset[str]) -> bool:
    by_old, by_new = ({way for way in ways if printed.issuperset(way)} for printed in (old, new))
    return by_old != by_new and not by_old & by_new


def _printed(report: Report, edition_id: str) -> frozenset[str]:
    """Every cell that an edition prints, with the rows that it stands in."""
    editions = ((form, form.edition(edition_id)) for form in report.forms)
    cells = {cell.path for form, edition in editions if edition for cell in printed_cells(form, edition)}
    return frozenset(cells | {path.rpartition(".")[0] for path in cells})
