"""Checks of a region's aggregate against the reports it contains: H1 and H2.

Members are the region's own agencies and the towns below it; what belongs to another system (tax, customs), to a higher
level's branch, or holds an aggregate itself, is not contained for certain.
"""

from collections.abc import Iterator, Sequence

from loaders.checks.facts import Report, printed_cells, total
from loaders.checks.verdicts import FAIL, PASS, UNKNOWN, Verdict
from loaders.document import AgencyType, Check, Document, RegionLevel, Scope
from loaders.forms import FORMS, Form
from loaders.forms.check_catalogue import CATALOGUE, Reach

MEMBER_SCOPES = (Scope.GOVERNMENT_SELF, Scope.DEPARTMENT, Scope.TOWNSHIP)
"""The scopes of reports that a region's aggregate contains."""

MEMBER_RULES = frozenset(rule.code for rule in CATALOGUE if rule.reach is Reach.MEMBERS)
"""The codes of the checks of an aggregate against its members."""

# A county of the same name stands in another province, a town's own name is no region of an aggregate
# (test: test_an_aggregate_holds_the_sum_of_its_members)
REGION_KEYS = tuple(level.value.lower() for level in RegionLevel if level is not RegionLevel.TOWNSHIP)
"""The names that tell in whose aggregate a report is contained: a township reports within its county."""

# A tax bureau reports 99 requests of its own system: they are in no county's sum
# (test: test_an_aggregate_holds_the_sum_of_its_members)
_NOT_CONTAINED = (AgencyType.BRANCH, AgencyType.VERTICAL)


def is_aggregate(document: Document) -> bool:
    """Whether the report holds the figures of all of a region."""
    report = Report(document, ())
    return report.is_annual and report.word("scope") == Scope.REGION_AGGREGATE and region_of(document) is not None


def is_member(document: Document) -> bool:
    """Whether the report is of a kind that the aggregate of its region contains."""
    report = Report(document, ())
    kept = report.word("scope") in MEMBER_SCOPES and report.agency.get("type") not in _NOT_CONTAINED
    return report.is_annual and kept and region_of(document) is not None


def region_of(document: Document) -> tuple[str | None, ...] | None:
    """The names of the region down to the county, None where none is known; an agency without a name has no region."""
    agency = Report(document, ()).agency
    region = agency.get("region")
    names = [region.get(level) for level in REGION_KEYS] if isinstance(region, dict) else []
    known = tuple(name if isinstance(name, str) else None for name in names)
    return known if any(known) and agency.get("name") else None


def member_checks(aggregate: Document, members: Sequence[Document], forms: Sequence[Form] = FORMS) -> list[Check]:
    """H1 for each total of requests and review, and H2; nothing where no member is known."""
    # Members may be handed in of any year and region (test: test_an_aggregate_holds_the_sum_of_its_members)
    contained = [
        Report(member, forms)
        for member in members
        if is_member(member)
        and region_of(member) == region_of(aggregate)
        and member.get("year") == aggregate.get("year")
    ]
    if not contained or not is_aggregate(aggregate):
        return []
    report = Report(aggregate, forms)
    guard = Verdict("H2", UNKNOWN, subject="scope", paths=("scope",))
    return [*_totals(report, contained), guard.check(members=len(contained))]


def _totals(report: Report, members: Sequence[Report]) -> Iterator[Check]:
    for form, edition in report.editions:
        for cell in printed_cells(form, edition):
            if form.summed and cell.column.id == form.summed:
                yield _holds(report, cell.path, members)


def _holds(report: Report, path: str, members: Sequence[Report]) -> Check:
    figures = [value for member in members if (value := member.figure(path)) is not None]
    # Some members are always missing, so that only a sum above the aggregate is a fault
    # (test: test_an_aggregate_holds_the_sum_of_its_members)
    left, right, status = report.figure(path), total(figures) if figures else None, UNKNOWN
    if left is None or right is None:
        left = right = None
    else:
        status = PASS if left >= right else FAIL
    verdict = Verdict("H1", status, subject=path, left=left, right=right, paths=(path,))
    return verdict.check(what=report.name_of(path), members=len(members))
