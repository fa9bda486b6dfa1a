"""The lists that can be asked for: where each is stored, what it can be filtered and sorted by, and its own order.

Trees of the forms enter, one `Listing` a list leaves, by the name of its field.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from loaders.store.collections import REPORTS
from loaders.store.derived_rows import AGENCIES, PASSAGES, SEARCHED, STATISTICS
from loaders.store.region_rows import REGIONS
from schema.queryable.conditions import (
    AGENCY_ORDER,
    DOWN,
    REPORT_ORDER,
    STATISTIC_ORDER,
    UP,
    Branch,
    OrderKey,
    agency_conditions,
    passage_conditions,
    statistic_conditions,
    with_editions,
)
from schema.queryable.form_trees import Group, figures
from schema.queryable.region_conditions import REGION_ORDER, region_conditions
from schema.queryable.report_conditions import report_conditions


@dataclass(frozen=True)
class Listing:
    """One list: `sortable` are its sort keys, `unique` the paths that no two rows share, besides `_id`.

    `searched` is the key of the text that a search by terms looks at, empty where there is none.
    """

    noun: str
    collection: str
    where: Branch
    sortable: tuple[OrderKey, ...]
    own_order: Sequence[tuple[str, int]]
    never_null: frozenset[str] = frozenset()
    unique: frozenset[str] = frozenset()
    searched: str = ""

    @property
    def order_paths(self) -> dict[str, str]:
        """The stored path of each sort key."""
        return {key.name: key.path for key in self.sortable}


def listings(roots: tuple[Group, ...], template: type) -> dict[str, Listing]:
    """The lists of these forms, by the name of their field; `template` is the enum of their editions."""
    lists = _listings(roots)
    return {name: replace(listing, where=with_editions(listing.where, template)) for name, listing in lists.items()}


def _listings(roots: tuple[Group, ...]) -> dict[str, Listing]:
    return {
        REPORTS: Listing(
            "Report", REPORTS, report_conditions(roots), (*REPORT_ORDER, *figure_keys(roots)), [("year", DOWN)]
        ),
        AGENCIES: Listing(
            "Agency", AGENCIES, agency_conditions(), AGENCY_ORDER, [("name", UP)], never_null=frozenset({"name"})
        ),
        REGIONS: Listing(
            "Region",
            REGIONS,
            region_conditions(),
            REGION_ORDER,
            [("code", UP), ("name", UP)],
            never_null=frozenset({"name", "level"}),
        ),
        PASSAGES: Listing("Passage", PASSAGES, passage_conditions(), (), [("year", DOWN)], searched=SEARCHED[PASSAGES]),
        STATISTICS: Listing(
            "Statistic",
            STATISTICS,
            statistic_conditions(),
            STATISTIC_ORDER,
            [("year", DOWN)],
            searched=SEARCHED[STATISTICS],
        ),
    }


def figure_keys(roots: tuple[Group, ...]) -> Iterable[OrderKey]:
    """Every figure of every form, by its id in capitals."""
    for name, leaf in figures(roots).items():
        editions = ", ".join(leaf.cell.editions)
        yield OrderKey(name, leaf.figure, f"{leaf.cell.zh} — {leaf.cell.en} ({editions})")
