"""What rows of passages and of figures are asked for beside themselves: sections, passages, figures, cells, the text.

A projection of rows that names lists of their reports enters; the lists are read once for all rows of a page and left
on these, so that a row serves the functions of its part as a report does.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from loaders.document import Document
from loaders.fields import HEAVY
from loaders.store.collections import REPORTS
from schema.fields.projection import outermost
from schema.plan.pages import Wanted
from schema.queryable.lists import Listing
from schema.read.reader import Reader
from schema.types.links import LINKS, index_of, links_of

_LISTS = frozenset(path.partition(".")[0] for path in HEAVY)
_TOLD_BY = "start"  # of a row and of what it was made of: a report may be stored anew between the two reads


def apart(listing: Listing, wanted: Wanted) -> tuple[Wanted, Mapping[str, int]]:
    """What is wanted of the rows of a list, and what of their reports."""
    beside = {path for path in wanted.projection if path.partition(".")[0] in _LISTS}
    if not listing.searched or not beside:
        return wanted, {}
    own = {path: shown for path, shown in wanted.projection.items() if path not in beside}
    of_report = outermost({*beside, f"{listing.collection}.{_TOLD_BY}"})
    return replace(wanted, projection={**own, _TOLD_BY: 1}), dict.fromkeys(sorted(of_report), 1)


async def fill(reader: Reader, listing: Listing, rows: Sequence[Document], beside: Mapping[str, int]) -> None:
    """Leave on rows what is wanted of their reports."""
    if not beside or not rows:
        return
    found = await reader.by_ids(REPORTS, [_report_of(row) for row in rows], beside)
    for row in rows:
        report = found.get(_report_of(row))
        if report is not None and _holds(report, listing, row):
            row.update({key: report[key] for key in report.keys() & _LISTS})
            row[LINKS] = links_of(report)


def _report_of(row: Document) -> str:
    id_: str = row["_id"]
    return id_.partition("/")[0]


def _holds(report: Document, listing: Listing, row: Document) -> bool:
    """Whether the row was made of this text of the report."""
    items, index = report.get(listing.collection) or [], index_of(row)
    return index < len(items) and items[index].get(_TOLD_BY) == row.get(_TOLD_BY)
