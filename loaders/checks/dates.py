"""Checks on the dates, years and cited documents of one report: R9, R10, D9, D10."""

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from loaders.checks.facts import Report
from loaders.checks.verdicts import FAIL, PASS, UNKNOWN, Verdict
from loaders.document import AgencyType, Check, CheckStatus, Scope
from loaders.forms.editions import all_editions
from loaders.text.simplified import comparable
from loaders.vocabulary.check_words import BRACKETS, DOCUMENT_YEAR, TITLE_YEAR

# The amended Regulation moved the departments' deadline; before, a bureau in March was in time
# (test: test_a_rule_says_what_it_finds)
_FIRST_YEAR_OF_EARLY_DEADLINE = 2019
_EARLY, _LATE = (1, 31), (3, 31)
_DEPARTMENTS = (AgencyType.DEPARTMENT, AgencyType.BRANCH)
_GOVERNMENTS = (Scope.REGION_AGGREGATE, Scope.GOVERNMENT_SELF)
_TITLE_YEAR = re.compile(TITLE_YEAR)
_DOCUMENT_YEAR = re.compile(DOCUMENT_YEAR)


def deadline(report: Report) -> Iterator[Check]:
    """R9: published by the date that holds for the agency and the year."""
    if not report.is_annual:
        return
    year, published = report.year, report.day("publishedOn")
    if year is None or published is None:
        yield Verdict("R9", UNKNOWN, paths=("publishedOn",)).check()
        return
    early, late = (date(year + 1, *day) for day in (_EARLY, _LATE))
    due = _due(report, early, late)
    # Whose deadline is not known (a town's) is still early enough in January and too late in April
    # (test: test_a_rule_says_what_it_finds)
    status = PASS if published <= early else FAIL if published > late else UNKNOWN
    if due is not None:
        status = PASS if published <= due else FAIL
    due = due or (late if status is FAIL else early)
    facts = {"published": published, "due": due, "days": (published - due).days}
    yield Verdict("R9", status, paths=("publishedOn",)).check(**facts)


def _due(report: Report, early: date, late: date) -> date | None:
    """The date that holds, None where it cannot be told."""
    if early.year - 1 < _FIRST_YEAR_OF_EARLY_DEADLINE or report.word("scope") in _GOVERNMENTS:
        return late
    is_department = report.word("scope") == Scope.DEPARTMENT and report.agency.get("type") in _DEPARTMENTS
    return early if is_department else None


def period(report: Report) -> Iterator[Check]:
    """R10: the period is 1 January to 31 December of the year."""
    if not report.is_annual:
        return
    start, end, year = report.day("periodStart"), report.day("periodEnd"), report.year
    status = UNKNOWN
    if start and end:
        whole = (start, end) == (date(end.year, 1, 1), date(end.year, 12, 31)) and year in (None, end.year)
        status = PASS if whole else FAIL
    verdict = Verdict("R10", status, paths=("periodStart", "periodEnd"))
    yield verdict.check(start=start, end=end, year=year or (end and end.year))


def years(report: Report) -> Iterator[Check]:
    """D10: the years of title, period and publication fit together."""
    if not report.is_annual:
        return
    found = _TITLE_YEAR.search(comparable(report.word("title") or ""))
    titled = int(found["year"]) if found else None
    end, published = report.day("periodEnd"), report.day("publishedOn")
    covered = end.year if end else None
    status = _same(titled, covered)
    left, right = (None, None) if status is UNKNOWN else (titled, covered)
    paths = ("title", "periodEnd")
    yield Verdict("D10", status, part="period", subject="period", left=left, right=right, paths=paths).check()
    following = None if report.year is None else report.year + 1
    status = _same(published.year if published else None, following)
    verdict = Verdict("D10", status, part="published", subject="published", paths=("year", "publishedOn"))
    yield verdict.check(left=report.year, published=published and published.year)


def _same(left: int | None, right: int | None) -> CheckStatus:
    if left is None or right is None:
        return UNKNOWN
    return PASS if left == right else FAIL


def cited_documents(report: Report) -> Iterator[Check]:
    """D9: the edition whose order is cited is the one in force and in use; nothing cited is younger than the report."""
    if not report.is_annual:
        return
    numbers = {
        f"citedDocuments.{index}.number": comparable(number)
        for index, cited in enumerate(report.items("citedDocuments"))
        if isinstance(number := cited.get("number"), str)
    }
    yield from _cited_edition(report, numbers)
    yield from _cited_years(report, numbers)


def _cited_edition(report: Report, numbers: dict[str, str]) -> Iterator[Check]:
    ordered = [edition for edition in all_editions(report.forms) if edition.order]
    cited = {
        path: edition
        for path, number in numbers.items()
        for edition in ordered
        if _number_pattern(edition.order).search(number)
    }
    if not cited:
        return
    expected, found = report.word("templateExpected"), report.word("template")
    editions = {edition.id for edition in cited.values()}
    known = {edition.id for edition in ordered}
    # The order must be of the edition in force and of the tables printed: a new order over old tables fails, too
    # (test: test_a_rule_says_what_it_finds)
    wanted = {edition for edition in (expected, found) if edition in known}
    status = UNKNOWN if not wanted else PASS if wanted <= editions else FAIL
    names = ", ".join(dict.fromkeys(edition.order for edition in cited.values()))
    verdict = Verdict("D9", status, part="edition", subject="edition", paths=tuple(cited))
    yield verdict.check(cited=names, expected=expected, found=found)


@lru_cache(maxsize=32)
def _number_pattern(order: str) -> re.Pattern[str]:
    """The number of an order, with whatever brackets a report prints around its year."""
    signs = (next((f"[{marks}]" for marks in BRACKETS if mark in marks), mark) for mark in map(re.escape, order))
    return re.compile("".join(signs))


def _cited_years(report: Report, numbers: dict[str, str]) -> Iterator[Check]:
    published = report.day("publishedOn")
    latest = published.year if published else None if report.year is None else report.year + 1
    dated = {path: int(match["year"]) for path, number in numbers.items() if (match := _DOCUMENT_YEAR.search(number))}
    if latest is None or not dated:
        return
    younger = [path for path, year in dated.items() if year > latest]
    status = FAIL if younger else PASS
    verdict = Verdict("D9", status, part="year", subject="year", paths=younger or tuple(dated))
    yield verdict.check(number=numbers[younger[0]] if younger else None)
