"""Values that are read from elsewhere: the year before, the reports of an agency, the report of a passage.

What is selected and the objects it is selected on enter; each join asks MongoDB once for all of them together (a page
for each agency apart) and leaves what it found on the objects themselves, where the resolvers look for it. Both ways
of executing share this, so neither asks once for each object. Refused: whatever `schema.plan.pages` refuses.
"""

import asyncio
from collections import defaultdict
from collections.abc import Callable, Coroutine, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from loaders.document import Document
from loaders.store.collections import REPORTS, REVISIONS
from loaders.store.derived_rows import AGENCIES, agency_id
from loaders.store.region_rows import REGIONS
from schema.fields.projection import TYPENAME, projection
from schema.fields.resolvers import is_list, joined_key, source
from schema.fields.selection import Selected
from schema.plan.pages import Bounds, Wanted, plan_page
from schema.plan.predicate import NOTHING
from schema.queryable.lists import Listing
from schema.read.comparisons import Standing
from schema.read.other_years import by_natural_key, key_of_year
from schema.read.reader import Reader
from schema.types.connection import TOTAL_COUNT
from schema.types.region import children, parent_id, subtree
from schema.types.report_parts import report_key

Parent = tuple[Any, Document]
"""An object of the answer and the document that it is part of."""


def holds_join(selected: Selected) -> bool:
    """Whether a field, or anything selected below it, is read from elsewhere."""
    if selected.name == TYPENAME:
        return False
    return bool(source(selected.field).join) or any(holds_join(inner) for inner in selected.fields())


def wanted_of_page(selected: Selected) -> Wanted:
    """What the selection on a connection needs of its page."""
    fields = selected.fields()
    return Wanted(
        projection(fields),
        rows=any(field.name != TOTAL_COUNT for field in fields),
        total=any(field.name == TOTAL_COUNT for field in fields),
        joins=any(holds_join(field) for field in fields),
    )


@dataclass(frozen=True, slots=True)
class Joins:
    """Reads what the objects of an answer have elsewhere."""

    reader: Reader
    listings: Mapping[str, Listing]
    bounds: Bounds
    standing: Standing

    async def complete(self, fields: Iterable[Selected], parents: list[Parent]) -> None:
        """Leave on these objects, and on those below them, whatever their selected fields have elsewhere."""
        if parents:
            await asyncio.gather(*(self._complete(field, parents) for field in fields if holds_join(field)))

    async def _complete(self, selected: Selected, parents: list[Parent]) -> None:
        join = source(selected.field).join
        if join:
            found = await self._named()[join](selected, parents)
            for (value, _), result in zip(parents, found, strict=True):
                value[joined_key(selected.nodes[0])] = result
        await self.complete(selected.fields(), list(_children(selected, parents)))

    def _named(self) -> dict[str, Callable[[Selected, list[Parent]], Coroutine[Any, Any, list[Any]]]]:
        return {
            "previousYear": lambda selected, parents: self._other_year(selected, parents, -1),
            "nextYear": lambda selected, parents: self._other_year(selected, parents, 1),
            "rank": lambda selected, parents: self.standing.ranks(selected, [value for value, _ in parents]),
            "yearOnYear": lambda selected, parents: self.standing.years(selected, [value for value, _ in parents]),
            "report": self._report,
            "revisions": self._revisions,
            "agencyReports": self._pages(REPORTS, _of_agency),
            "agencyYears": self._agency_years,
            "parentRegion": self._parent_region,
            "regionChildren": self._pages(REGIONS, children),
            "regionAgencies": self._pages(AGENCIES, partial(subtree, prefix="region.")),
            "regionReports": self._pages(REPORTS, partial(subtree, prefix="agency.region.")),
        }

    async def _other_year(self, selected: Selected, parents: list[Parent], step: int) -> list[Any]:
        keys = [key_of_year(value, step) for value, _ in parents]
        found = await by_natural_key(self.reader, keys, selected.fields())
        return [found.get(key) for key in keys]

    async def _report(self, selected: Selected, parents: list[Parent]) -> list[Any]:
        keys = [report_key(report) for _, report in parents]
        found = await self.reader.by_ids(REPORTS, keys, projection(selected.fields()))
        return [found.get(key) for key in keys]

    async def _revisions(self, selected: Selected, parents: list[Parent]) -> list[Any]:
        keys = [report_key(value).partition("@")[0] for value, _ in parents]
        where = {"report": {"$in": sorted(set(keys))}}
        paths = projection(selected.fields(), always=("report", "revision"))
        found = await self.reader.documents(REVISIONS, where, paths, sort=[("report", 1), ("revision", 1)])
        of_report = defaultdict(list)
        for revision in found:
            of_report[revision["report"]].append(revision)
        return [of_report[key] for key in keys]

    def _pages(
        self, listing: str, of: Callable[[Document], Mapping[str, Any]]
    ) -> Callable[[Selected, list[Parent]], Coroutine[Any, Any, list[Any]]]:
        """Reads a page for each object of what is its own in a list; equal objects share one."""

        async def pages(selected: Selected, parents: list[Parent]) -> list[Any]:
            arguments, wanted = selected.arguments(), wanted_of_page(selected)
            withins = [of(value) for value, _ in parents]
            plans = {
                repr(within): plan_page(self.listings[listing], arguments, wanted, self.bounds, within=within)
                for within in withins
            }
            found = await asyncio.gather(*(self.reader.page(plan) for plan in plans.values()))
            by_within = dict(zip(plans, found, strict=True))
            return [by_within[repr(within)] for within in withins]

        return pages

    async def _parent_region(self, selected: Selected, parents: list[Parent]) -> list[Any]:
        ids = [parent_id(value) for value, _ in parents]
        known = [id_ for id_ in ids if id_ is not None]
        found = await self.reader.by_ids(REGIONS, known, projection(selected.fields())) if known else {}
        return [None if id_ is None else found.get(id_) for id_ in ids]

    async def _agency_years(self, _selected: Selected, parents: list[Parent]) -> list[Any]:
        if all("years" in value for value, _ in parents):
            return [value["years"] for value, _ in parents]
        ids = [agency_id(value["name"]) if value.get("name") is not None else "" for value, _ in parents]
        found = await self.reader.by_ids(AGENCIES, ids, {"years": 1})
        return [found[id_]["years"] if id_ in found else [] for id_ in ids]


def _of_agency(agency: Document) -> Mapping[str, Any]:
    name = agency.get("name")
    return NOTHING if name is None else {"agency.name": name}


def _children(selected: Selected, parents: list[Parent]) -> Iterable[Parent]:
    """The objects that a field yields on these objects, with the documents that they are part of."""
    found = source(selected.field)
    arguments = selected.arguments() if found.compute is not None else {}
    for value, report in parents:
        if found.join:
            items = value[joined_key(selected.nodes[0])]
        elif found.compute is not None:
            items = found.compute(value, report, **arguments)
        else:
            items = value.get(found.key)
        for item in (items or ()) if is_list(selected.field) else (items,):
            if item is not None:
                yield item, item if found.rooted else report
