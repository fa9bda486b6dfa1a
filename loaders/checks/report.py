"""The checks of one report alone: every assessing function under the codes that it assesses."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from loaders.checks.breakdowns import breakdowns
from loaders.checks.dates import cited_documents, deadline, period, years
from loaders.checks.facts import Report
from loaders.checks.figures import (
    blanks,
    blanks_beside_figures,
    changes_and_decisions,
    counts,
    documents_of_this_year,
    outcomes_without_requests,
    procurement,
    rule_making,
    signed_changes,
)
from loaders.checks.implied import with_implied_by
from loaders.checks.narrative import fees, linked_cells, text_against_tables
from loaders.checks.structure import announced_parts, edition_followed, substance
from loaders.checks.sums import sums
from loaders.document import Check, CheckStatus, Document, to_document
from loaders.forms import FORMS, Form

ASSESSED: Mapping[tuple[str, ...], Callable[[Report], Iterable[Check]]] = {
    (): sums,  # whatever rules the forms declare
    ("R7",): signed_changes,
    ("R8",): rule_making,
    ("R9",): deadline,
    ("R10",): period,
    ("R11",): edition_followed,
    ("D1",): counts,
    ("D2",): blanks_beside_figures,
    ("D3",): text_against_tables,
    ("D4",): fees,
    ("D5",): procurement,
    ("D6",): changes_and_decisions,
    ("D7",): substance,
    ("D8",): announced_parts,
    ("D9",): cited_documents,
    ("D10",): years,
    ("D11",): blanks,
    ("D12",): outcomes_without_requests,
    ("D14",): documents_of_this_year,
    ("D15",): breakdowns,
}


def report_checks(document: Document, forms: Sequence[Form] = FORMS) -> list[Check]:
    """Every check that applies to one report alone, in the order of their codes above."""
    return _checks(Report(document, forms))


def assessed(document: Document, forms: Sequence[Form] = FORMS) -> Document:
    """The document with its checks, the codes of those that failed, the cell that each figure states, and what follows
    from the figures.
    """
    report = Report(document, forms)
    checks = _checks(report)
    cells = linked_cells(checks)
    statistics = [{**item, "cell": cells.get(index)} for index, item in enumerate(document["statistics"])]
    return with_implied_by(report, with_checks({**document, "statistics": statistics}, to_document(checks)))


def _checks(report: Report) -> list[Check]:
    return [check for assess in ASSESSED.values() for check in assess(report)]


def with_checks(document: Document, checks: Sequence[Document]) -> Document:
    """The document with these checks in place of its own, and the codes of those that failed."""
    failed = sorted({check["rule"] for check in checks if check["status"] == CheckStatus.FAIL})
    return {**document, "checks": list(checks), "failedRules": failed}
