"""The lists that can be asked for: where each is stored, what it can be filtered and sorted by, and its own order."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from loaders.store.collections import REPORTS
from loaders.store.derived_rows import AGENCIES, MENTIONS, PASSAGES, SEARCHED, STATISTICS
from loaders.store.region_rows import REGIONS
from schema.queryable.conditions import (
    Branch,
    agency_conditions,
    mention_conditions,
    passage_conditions,
    region_conditions,
    statistic_conditions,
    with_editions,
)
from schema.queryable.figure_or_ratio import FiguresAndRatios
from schema.queryable.form_trees import Group
from schema.queryable.report_conditions import report_conditions
from schema.queryable.sort_keys import (
    DOWN,
    UP,
    OrderKey,
    agency_keys,
    mention_keys,
    region_keys,
    report_keys,
    statistic_keys,
)


@dataclass(frozen=True)
class Listing:
    """One list: `sortable` are its sort keys, `unique` the paths that no two rows share, besides `_id`.

    `searched` are the keys of the texts that a search by terms looks at, none where there is no such search; `measures`
    are what it can be sorted by besides, None where rows have no figures of forms.
    """

    noun: str
    collection: str
    where: Branch
    sortable: tuple[OrderKey, ...]
    own_order: Sequence[tuple[str, int]]
    never_null: frozenset[str] = frozenset()
    unique: frozenset[str] = frozenset()
    searched: tuple[str, ...] = ()
    measures: FiguresAndRatios | None = None

    @property
    def order_paths(self) -> dict[str, str]:
        """The stored path of each sort key."""
        return {key.name: key.path for key in self.sortable}


def listings(form_trees: tuple[Group, ...], measures: FiguresAndRatios, template: type) -> dict[str, Listing]:
    """The lists of these forms, by the name of their field; `template` is the enum of their editions."""
    lists = _listings(form_trees, measures)
    return {name: replace(listing, where=with_editions(listing.where, template)) for name, listing in lists.items()}


def _listings(form_trees: tuple[Group, ...], measures: FiguresAndRatios) -> dict[str, Listing]:
    reports = report_conditions(form_trees, measures)
    return {
        REPORTS: Listing(
            "Report",
            REPORTS,
            reports,
            report_keys(),
            [("year", DOWN)],
            measures=measures,
        ),
        AGENCIES: Listing(
            "Agency",
            AGENCIES,
            agency_conditions(reports),
            agency_keys(),
            [("name", UP)],
            never_null=frozenset({"name"}),
        ),
        REGIONS: Listing(
            "Region",
            REGIONS,
            region_conditions(),
            region_keys(),
            [("code", UP), ("name", UP)],
            never_null=frozenset({"name", "level"}),
        ),
        PASSAGES: Listing("Passage", PASSAGES, passage_conditions(), (), [("year", DOWN)], searched=SEARCHED[PASSAGES]),
        STATISTICS: Listing(
            "Statistic",
            STATISTICS,
            statistic_conditions(),
            statistic_keys(),
            [("year", DOWN)],
            searched=SEARCHED[STATISTICS],
        ),
        MENTIONS: Listing(
            "Mention", MENTIONS, mention_conditions(), mention_keys(), [("year", DOWN)], searched=SEARCHED[MENTIONS]
        ),
    }
