"""Checks on the figures of one report's tables beyond the forms' own sums: D1, D2, D5, D6, D11, D12, D14, R7, R8.

Each function yields the checks of one code where they apply, and nothing where the report has no such table.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from loaders.checks.facts import Report, columns_of, form_name, is_whole, total
from loaders.checks.verdicts import FAIL, PASS, UNKNOWN, Verdict
from loaders.document import AgencyLevel, AgencyType, CellStatus, Check, Number
from loaders.forms import Comparison, Edition, Equation, Form, Kind
from loaders.forms.roles import Cases, Documents, Items, MadeByFew, Purchases
from loaders.text.folding import fold
from loaders.text.simplified import comparable
from loaders.vocabulary.check_words import WORDS_FOR_CHANGE

# Yuan a project: outside of these 万元 was printed as 元 or the other way round. 264 projects for 6,834.335 yuan are 26
# each (golden: 001), and no agency has a single project for 20 billion (test: test_a_rule_says_what_it_finds)
LEAST_PER_PROJECT, LEAST_OF_MANY, MOST_PER_PROJECT = 100, 1_000, 10_000_000_000
# One purchase may cost little, but 37 of 112 yuan each are a slip of the unit (test: test_a_rule_says_what_it_finds)
MANY_PROJECTS = 10
# Small figures are the same by chance (golden: 000); 3,950 and 3,950 are one column read twice (golden: 002)
LEAST_SUSPICIOUS_CHANGE = 20
# Times the items of last year; a change beyond it stands in the wrong column (test: test_a_rule_says_what_it_finds)
MOST_CHANGE = 100

_CHANGE_IN_WORDS = re.compile(WORDS_FOR_CHANGE)
_RULE_MAKING_LEVELS = (AgencyLevel.PROVINCE, AgencyLevel.PREFECTURE)
_RULE_MAKING_TYPES = (AgencyType.GOVERNMENT, AgencyType.GOVERNMENT_OFFICE)


def counts(report: Report) -> Iterator[Check]:
    """D1 for each form: every count is a whole number, zero or more."""
    for form, edition in report.editions:
        figures = {path: value for path in _counted(form, edition) if (value := report.figure(path)) is not None}
        odd = [path for path, value in figures.items() if value < 0 or not is_whole(value)]
        status = UNKNOWN if not figures else FAIL if odd else PASS
        left = len(odd) if figures else None
        verdict = Verdict("D1", status, subject=form.id, left=left, right=left and 0, paths=odd)
        yield verdict.check(what=form_name(form), first=odd[0] if odd else None)


@lru_cache(maxsize=32)
def _counted(form: Form, edition: Edition) -> tuple[str, ...]:
    return tuple(cell.path for cell in form.cells_of(edition) if cell.kind is Kind.COUNT)


def blanks_beside_figures(report: Report) -> Iterator[Check]:
    """D2 for each form that has sums: blank totals beside complete parts, and totals without any part."""
    for form, edition in report.editions:
        sums = [one for one in edition.equations(form.id) if one.comparison is Comparison.EQ and len(one.right) == 1]
        if not sums:
            continue
        read = any(report.figure(path) is not None for one in sums for path in one.paths)
        for part, found in (
            ("total", [one.right[0] for one in sums if _lacks_total(report, one)]),
            ("parts", [one.right[0] for one in sums if _lacks_parts(report, one)]),
        ):
            status = UNKNOWN if not read else FAIL if found else PASS
            left = len(found) if read else None
            subject = f"{form.id}.{part}"
            verdict = Verdict("D2", status, part=part, subject=subject, left=left, right=left and 0, paths=found)
            yield verdict.check(what=form_name(form))


def _lacks_total(report: Report, equation: Equation) -> bool:
    whole = all(report.figure(path) is not None for path in equation.left)
    return whole and report.is_blank(equation.right[0])


def _lacks_parts(report: Report, equation: Equation) -> bool:
    # A total of 0 beside blank parts lacks nothing (test: test_a_sample_fails_what_it_was_written_to_fail)
    return bool(report.figure(equation.right[0])) and all(report.is_blank(path) for path in equation.left)


def blanks(report: Report) -> Iterator[Check]:
    """D11 for the tables that are to be filled in full: no blanks, no strokes."""
    for form, _ in report.editions:
        # Blanks are usual in the other table (test: test_a_sample_fails_what_it_was_written_to_fail)
        if not form.filled_in_full:
            continue
        paths = report.listed(form.id)
        empty = [path for path in paths if report.is_blank(path)]
        read = bool(empty) or any(report.figure(path) is not None for path in paths)
        status = UNKNOWN if not read else FAIL if empty else PASS
        left = len(empty) if read else None
        verdict = Verdict("D11", status, subject=form.id, left=left, right=left and 0, paths=empty)
        yield verdict.check(what=form_name(form))


def outcomes_without_requests(report: Report) -> Iterator[Check]:
    """D12 for each column of the requests table in which nothing was received or carried over."""
    for cases in report.roles(Cases):
        outcomes: dict[str, list[str]] = {}
        for path in report.listed(cases.outcomes):
            row, _, column = path.rpartition(".")
            if row != cases.all_outcomes:
                outcomes.setdefault(column, []).append(path)
        for column in columns_of(report, cases.received):
            yield from _outcomes_without_requests(report, cases, column, outcomes.get(column, []))


def _outcomes_without_requests(report: Report, cases: Cases, column: str, outcomes: Sequence[str]) -> Iterator[Check]:
    requests = [f"{row}.{column}" for row in (cases.received, cases.carried_over)]
    if any(report.figure(path) != 0 for path in requests):
        return
    figures = [report.figure(path) for path in outcomes]
    found = total(figures)
    status = FAIL if found > 0 else UNKNOWN if None in figures or not figures else PASS
    shown = [path for path, value in zip(outcomes, figures, strict=True) if value]
    left, right = (None, None) if status is UNKNOWN else (found, 0)
    verdict = Verdict("D12", status, subject=column, left=left, right=right, paths=[*requests, *shown])
    yield verdict.check(what=_column_name(report, requests[0]))


def _column_name(report: Report, path: str) -> object:
    label = report.declared[path].column.label
    return type(report.name_of(path))(label.en, label.zh)


def documents_of_this_year(report: Report) -> Iterator[Check]:
    """D14 for rules and normative documents: what is new this year is part of what there is."""
    for documents in report.roles(Documents):
        if report.printed(documents.issued):
            new, holders = documents.issued, [documents.in_force, documents.repealed]
        elif report.printed(documents.published_this_year):
            new, holders = documents.published_this_year, [documents.published]
        else:
            continue
        left, figures = report.figure(new), [report.figure(path) for path in holders]
        right = None if None in figures else total(figures)
        status = UNKNOWN if left is None or right is None else PASS if left <= right else FAIL
        if status is UNKNOWN:
            left = right = None
        verdict = Verdict("D14", status, subject=documents.row, left=left, right=right, paths=[new, *holders])
        yield verdict.check(what=report.row_name(documents.row))


def procurement(report: Report) -> Iterator[Check]:
    """D5: projects and amount go together, the amount has a unit, a project costs what projects cost."""
    for bought in report.roles(Purchases):
        if report.printed(bought.projects) and report.printed(bought.amount):
            yield from _purchases(report, bought)


def _purchases(report: Report, bought: Purchases) -> Iterator[Check]:
    paths = (bought.projects, bought.amount)
    items, amount, yuan = report.figure(bought.projects), report.figure(bought.amount), report.yuan(bought.amount)
    status = UNKNOWN if items is None or amount is None else PASS if (items > 0) == (amount > 0) else FAIL
    yield Verdict("D5", status, part="presence", subject="presence", paths=paths).check(items=items, amount=amount)
    if amount is None or amount <= 0:
        return
    status = PASS if yuan is not None else FAIL
    yield Verdict("D5", status, part="unit", subject="unit", left=amount, paths=(bought.amount,)).check()
    yield from _per_project(bought, items, yuan)


def _per_project(bought: Purchases, items: Number | None, yuan: Number | None) -> Iterator[Check]:
    paths = (bought.amount, bought.projects)
    if yuan is None or not items or items < 0:
        yield Verdict("D5", UNKNOWN, part="perProject", subject="perProject", paths=paths).check(items=items)
        return
    each = round(yuan / items, 2)
    least = LEAST_OF_MANY if items >= MANY_PROJECTS else LEAST_PER_PROJECT
    bound = least if each < MOST_PER_PROJECT else MOST_PER_PROJECT
    status = PASS if least <= each <= MOST_PER_PROJECT else FAIL
    verdict = Verdict("D5", status, part="perProject", subject="perProject", left=each, right=bound, paths=paths)
    yield verdict.check(items=items)


def changes_and_decisions(report: Report) -> Iterator[Check]:
    """D6 for each row of items: the change is not the number of decisions, nor out of all proportion."""
    for counted in report.roles(Items):
        row, paths = counted.row, [counted.change, counted.decisions, counted.previous]
        if not report.printed(paths[0]) or not report.printed(paths[1]):
            continue
        change, decisions, items = (report.figure(path) for path in paths)
        part, left, right, status = "", change, decisions, PASS
        if change is None or (decisions is None and items is None):
            left, right, status = None, None, UNKNOWN
        elif change == decisions and abs(change) >= LEAST_SUSPICIOUS_CHANGE:
            status = FAIL
        elif items is not None and abs(change) > MOST_CHANGE * max(items, 1):
            part, right, status = "size", MOST_CHANGE * items, FAIL
        verdict = Verdict("D6", status, part=part, subject=row, left=left, right=right, paths=paths)
        yield verdict.check(what=report.row_name(row), items=items)


def signed_changes(report: Report) -> Iterator[Check]:
    """R7 for each row of items: the change is a number with its sign and leaves no fewer than none."""
    for counted in report.roles(Items):
        row, paths = counted.row, [counted.previous, counted.change]
        if not report.printed(paths[1]):
            continue
        items, change = (report.figure(path) for path in paths)
        text = fold(str(report.cells.get(paths[1], {}).get("text") or ""))
        part, left, right, status = "", None, None, UNKNOWN
        # "减少2项" is a change without a figure, not a cell that was not read (test: test_a_rule_says_what_it_finds)
        if change is None and report.status(paths[1]) == CellStatus.TEXT and _CHANGE_IN_WORDS.search(comparable(text)):
            part, status = "words", FAIL
        elif items is not None and change is not None:
            left, right = total([items, change]), 0
            status = PASS if left >= 0 else FAIL
        verdict = Verdict("R7", status, part=part, subject=row, left=left, right=right, paths=paths)
        yield verdict.check(what=report.row_name(row), change=change, text=text)


def rule_making(report: Report) -> Iterator[Check]:
    """R8: an agency without the power to make government rules reports none."""
    if not report.is_annual or _may_make_rules(report):
        return
    for made in report.roles(MadeByFew):
        yield from _made(report, made.row)


def _made(report: Report, row: str) -> Iterator[Check]:
    paths = report.listed(row)
    if not paths:
        return
    figures = [report.figure(path) for path in paths]
    most = max((value for value in figures if value is not None), default=0)
    status = PASS if None not in figures else UNKNOWN
    if most > 0:
        # An agency of unknown level may be a province (test: test_a_rule_says_what_it_finds)
        status = FAIL if report.agency.get("level") is not None else UNKNOWN
    left, right = (None, None) if status is UNKNOWN else (most, 0)
    yield Verdict("R8", status, subject=row, left=left, right=right, paths=paths).check()


def _may_make_rules(report: Report) -> bool:
    # The government of a prefecture makes rules, its bureaus do not (test: test_a_rule_says_what_it_finds)
    level, type_ = (report.agency.get(key) for key in ("level", "type"))
    return level == AgencyLevel.CENTRAL or (level in _RULE_MAKING_LEVELS and type_ in _RULE_MAKING_TYPES)
