"""Checks of the narrative of one report against its tables: D3 (figures) and D4 (the fee for requests)."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from loaders.checks.facts import Report, number, total
from loaders.checks.links import Link, links_of
from loaders.checks.verdicts import FAIL, PASS, UNKNOWN, Verdict
from loaders.document import Check, Number, Qualifier, SectionRole
from loaders.forms.roles import EndedUnpaid
from loaders.text.simplified import comparable
from loaders.vocabulary.check_words import FEES, PROCESSING_FEE, YUAN, YUAN_PRINTED_LARGE

# Share of the figure that "about" may be off (test: test_a_rule_says_what_it_finds)
_ABOUT = 0.1
_STATISTICS = "statistics."
_FEES = re.compile(FEES)
_PROCESSING_FEE = re.compile(PROCESSING_FEE)
# Fees for requests are small sums of 元: 万元 is a slip (test: test_a_rule_says_what_it_finds)
_LARGE = re.compile(YUAN_PRINTED_LARGE)

_AGREE: Mapping[str, Callable[[Number, Number], bool]] = {
    Qualifier.MORE_THAN: lambda stated, found: found >= stated,
    Qualifier.AT_LEAST: lambda stated, found: found >= stated,
    Qualifier.LESS_THAN: lambda stated, found: found < stated,
    Qualifier.AT_MOST: lambda stated, found: found <= stated,
    Qualifier.ABOUT: lambda stated, found: abs(found - stated) <= _ABOUT * max(abs(stated), 1),
}


def linked_cells(checks: Iterable[Check]) -> dict[int, str]:
    """The cell of each figure of the narrative that states one single cell, by the figure's place."""
    found: dict[int, str] = {}
    for check in checks:
        if check.rule != "D3":
            continue
        stated = [path for path in check.paths if path.startswith(_STATISTICS)]
        cells = check.paths[len(stated) :]
        if len(cells) == 1:
            found |= {int(path.removeprefix(_STATISTICS)): cells[0] for path in stated}
    return found


def text_against_tables(report: Report) -> Iterator[Check]:
    """D3: one check for each thing that narrative and table both state."""
    for links in _kept(report):
        yield _compare(report, links)


def _kept(report: Report) -> list[list[Link]]:
    """The links of each statement; where several disagree, those that agree with the table, else none of them."""
    kept: list[list[Link]] = []
    found = sorted(links_of(report), key=lambda link: link.statement.id)
    for _, group in groupby(found, key=lambda link: link.statement.id):
        # Of statements that differ the one that agrees is meant; where none does, nobody can tell which it was
        # (test: test_a_rule_says_what_it_finds)
        links = list(group)
        agreeing = [link for link in links if _agrees(report, link)]
        alike = len({str(_statistic(report, link).get("value")) for link in links}) == 1
        if agreeing or alike:
            kept.append(agreeing or links)
    return sorted(kept, key=lambda links: links[0].statistic)


def _compare(report: Report, links: Sequence[Link]) -> Check:
    link = links[0]
    agrees, found = _agrees(report, link), _found(report, link)
    stated = _statistic(report, link)
    left = number(stated.get("value"))
    status = UNKNOWN if agrees is None else PASS if agrees else FAIL
    both = status is not UNKNOWN and left is not None
    verdict = Verdict(
        "D3",
        status,
        subject=link.statement.id,
        left=left if both else None,
        right=found if both else None,
        paths=[*(f"{_STATISTICS}{one.statistic}" for one in links), *link.stated.cells],
    )
    return verdict.check(what=link.statement.name, stated=str(stated.get("text") or ""), right=found)


def _agrees(report: Report, link: Link) -> bool | None:
    """Whether the table holds what the text states, None where it holds no figure."""
    found = _found(report, link)
    if found is None:
        return None
    # Some texts count the requests carried over among those received (test: test_a_rule_says_what_it_finds)
    added = [report.figure(path) for path in link.stated.or_with]
    readings = [found] if None in added else [found, total([found, *added])]
    return any(_fits(_statistic(report, link), reading) for reading in readings)


def _fits(stated: Mapping[str, Any], found: Number) -> bool:
    value = stated.get("value")
    if isinstance(value, (list, tuple)):
        ends = [end for end in map(number, value) if end is not None]
        return bool(ends) and min(ends) <= found <= max(ends)
    figure = number(value)
    if figure is None:
        return False
    agree = _AGREE.get(str(stated.get("qualifier")))
    return agree(figure, found) if agree else figure == found


def _found(report: Report, link: Link) -> Number | None:
    figures = [report.figure(path) for path in link.stated.cells]
    return None if None in figures else total(figures)


def _statistic(report: Report, link: Link) -> Mapping[str, Any]:
    return report.statistics[link.statistic]


def fees(report: Report) -> Iterator[Check]:
    """D4: where a fee was due or stated, the last section speaks of it, in yuan, and nothing denies it."""
    if not report.is_annual:
        return
    for unpaid in report.roles(EndedUnpaid):
        if overdue := report.figure(unpaid.cell):
            section = report.main_section(SectionRole.OTHER_MATTERS)
            mentions = section is not None and bool(_FEES.search(report.text_under(section)))
            # A section that was not found may well speak of it (test: test_a_rule_says_what_it_finds)
            status = UNKNOWN if section is None else PASS if mentions else FAIL
            yield Verdict("D4", status, part="mention", subject="mention", paths=(unpaid.cell,)).check(left=overdue)
    stated = list(_stated_fees(report))
    for index, item in stated:
        text = comparable(str(item.get("text") or ""))
        status = FAIL if _LARGE.search(text) else PASS
        verdict = Verdict("D4", status, part="unit", subject="unit", paths=(f"statistics.{index}",))
        yield verdict.check(text=text)
    yield from _denied(report, stated)


def _stated_fees(report: Report) -> Iterator[tuple[int, Mapping[str, Any]]]:
    for index, item in enumerate(report.statistics):
        value = number(item.get("value"))
        if item.get("unit") == YUAN and value and item.get("change") is None and _is_fee(item):
            yield index, item


def _denied(report: Report, stated: Sequence[tuple[int, Mapping[str, Any]]]) -> Iterator[Check]:
    denials = [
        index
        for index, item in enumerate(report.statistics)
        if item.get("value") == 0 and item.get("unit") in (None, YUAN) and _is_fee(item)
    ]
    if not stated or not denials:
        return
    paths = [f"statistics.{index}" for index in (*(place for place, _ in stated), *denials)]
    verdict = Verdict("D4", FAIL, part="denial", subject="denial", paths=paths)
    yield verdict.check(left=stated[0][1].get("value"))


def _is_fee(item: Mapping[str, Any]) -> bool:
    return bool(_PROCESSING_FEE.search(comparable(str(item.get("label") or ""))))
