"""What a report is called: its title, or a name made of what is known of it."""

from loaders.document import Document, ReportKind
from loaders.vocabulary.display_titles import KINDS, YEAR

READS = ("title", "agency.name", "agency.candidates", "year", "kind")
"""The stored paths that a name is made of."""


def display_title(report: Document) -> str:
    """The title of a report, else its agency, year and kind; what the report does not tell is left out."""
    if report.get("title"):
        return str(report["title"])
    agency, year = report.get("agency") or {}, report.get("year")
    candidates: list[str] = agency.get("candidates") or []
    # 太平镇 without its county is a name to show; several full names are none
    name = agency.get("name") or (candidates[0] if len(candidates) == 1 else "")
    return name + (YEAR.format(year=year) if year else "") + KINDS[ReportKind(report["kind"])]
