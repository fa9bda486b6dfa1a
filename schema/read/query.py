"""The fields of the Query type: arguments and a selection enter, parts of stored documents leave.

Each method plans first and reads second. Both ways of executing an operation call these same methods. Refused: ids
that are not ours, arguments that do not go together, and whatever `schema.plan.pages` refuses.
"""

import re
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from loaders.document import Document
from loaders.store.collections import REPORTS
from loaders.store.derived_rows import AGENCIES, PASSAGES, STATISTICS, agency_id
from loaders.store.region_rows import REGIONS
from schema.errors import ErrorCode, RequestError
from schema.fields.projection import projection
from schema.fields.resolvers import Part
from schema.fields.selection import Selected
from schema.plan.groups import plan_groups
from schema.plan.names_in_filter import Asked, names_asked
from schema.plan.pages import ALL, Bounds, Wanted, plan_page
from schema.plan.predicate import conjunction, predicate
from schema.plan.search_terms import checked
from schema.queryable.dimensions import PASSAGE_GROUPS, REPORT_GROUPS, STATISTIC_GROUPS, Grouped
from schema.queryable.measures import AggregateFunction, FigureMeasure, Measure
from schema.read.comparisons import Standing
from schema.read.hints import Hints
from schema.read.joins import Joins, holds_join, wanted_of_page
from schema.read.nodes import Nodes
from schema.read.reader import Reader
from schema.read.region_by_code import division
from schema.read.search import TextSearch
from schema.types.build import BuiltSchema
from schema.types.global_ids import parsed
from schema.types.groups import DIMENSIONS, points

Arguments = Mapping[str, Any]
Answer = Part | list[Part] | list[Part | None] | None
Root = Callable[[Selected, Arguments, Wanted], Awaitable[Answer]]

_SCOPES = 20
_PREFERRED = ("REGION_AGGREGATE", "SYSTEM_AGGREGATE")


@dataclass(frozen=True, slots=True)
class Roots:
    """Answers the fields of the Query type from one database."""

    built: BuiltSchema
    bounds: Bounds
    reader: Reader
    searches: Mapping[str, TextSearch]

    def named(self) -> dict[str, Root]:
        """The methods by the names of their fields."""
        return {
            "node": self._node,
            "nodes": self._nodes,
            "report": self._report,
            "agency": self._agency,
            "region": self._region,
            "forms": self._forms,
            "ratios": self._ratios,
            "aggregate": self._hinted(self._aggregate, REPORTS),
            "aggregateStatistics": self._hinted(self._aggregate_statistics, STATISTICS),
            "aggregatePassages": self._hinted(self._aggregate_passages, PASSAGES),
            "series": self._hinted(self._series, REPORTS),
            **{name: self._hinted(self._page, name) for name in (REPORTS, AGENCIES, REGIONS, PASSAGES, STATISTICS)},
        }

    def wanted(self, selected: Selected) -> Wanted:
        """What the selection of a root field needs; the same for every request of the same shape."""
        if selected.name in self.built.listings:
            return wanted_of_page(selected)
        if selected.name in {"report", "agency", "region"}:
            fields = selected.fields()
            return Wanted(projection(fields), joins=any(holds_join(field) for field in fields))
        return Wanted({})

    @property
    def _joins(self) -> Joins:
        standing = Standing(self.reader, self.built.measurables, self.bounds.limits)
        return Joins(self.reader, self.built.listings, self.bounds, standing)

    def _hinted(self, root: Root, listing: str) -> Root:
        """The same, with hints about the names that were asked for where nothing at all is found."""

        async def answered(selected: Selected, arguments: Arguments, wanted: Wanted) -> Answer:
            answer = await root(selected, arguments, wanted)
            if _is_empty(answer, arguments):
                agency = arguments.get("agency")
                named = [Asked(agency)] if agency is not None else []
                asked = names_asked(self.built.listings[listing].where, arguments.get("where"), listing)
                await Hints(self.reader).about_names(selected.key, [*named, *asked])
            return answer

        return answered

    async def _page(self, selected: Selected, arguments: Arguments, wanted: Wanted) -> Part:
        listing = self.built.listings[selected.name]
        search = arguments.get("search")
        if listing.searched and search is not None:
            page = await self.searches[selected.name].page(checked(search, self.bounds.limits), arguments, wanted)
        else:
            within = _searched(search) if listing.collection in {AGENCIES, REGIONS} else ALL
            page = await self.reader.page(plan_page(listing, arguments, wanted, self.bounds, within=within))
        return await self._completed(selected, Part(page, {}), wanted)

    async def _report(self, selected: Selected, arguments: Arguments, wanted: Wanted) -> Part | None:
        paths = {**wanted.projection, "scope": 1}
        found = await self.reader.documents(REPORTS, _report_match(arguments), paths, limit=_SCOPES)
        best = min(found, key=_scope_rank, default=None)
        if best is None and arguments.get("agency"):
            await Hints(self.reader).about_names(selected.key, [Asked(arguments["agency"])])
        return await self._completed(selected, Part(best, best), wanted) if best else None

    async def _agency(self, selected: Selected, arguments: Arguments, wanted: Wanted) -> Part | None:
        key = agency_id(arguments["name"])
        found = (await self.reader.by_ids(AGENCIES, [key], wanted.projection)).get(key)
        if found is None:
            await Hints(self.reader).about_names(selected.key, [Asked(arguments["name"])])
        return await self._completed(selected, Part(found, found), wanted) if found else None

    async def _region(self, selected: Selected, arguments: Arguments, wanted: Wanted) -> Part | None:
        code, id_ = arguments.get("code"), arguments.get("id")
        if (code is None) == (id_ is None):
            raise RequestError(
                ErrorCode.BAD_ARGUMENTS, "give `code` or `id`", hint='For instance region(code: "350000").'
            )
        if code is None:
            return (
                await self._node(selected, arguments, wanted) if parsed(arguments["id"]).type_name == "Region" else None
            )
        found = await division(self.reader, code, wanted.projection)
        if found is None:
            await Hints(self.reader).about_code(selected.key, code)
        return await self._completed(selected, Part(found, found), wanted) if found else None

    async def _completed(self, selected: Selected, part: Part, wanted: Wanted) -> Part:
        if wanted.joins:
            await self._joins.complete(selected.fields(), [(part.value, part.report)])
        return part

    async def _node(self, selected: Selected, arguments: Arguments, _wanted: Wanted) -> Part | None:
        return (await self._found(selected, [arguments["id"]]))[0]

    async def _nodes(self, selected: Selected, arguments: Arguments, _wanted: Wanted) -> list[Part | None]:
        ids, most = arguments["ids"], self.bounds.limits.ids
        if len(ids) > most:
            raise RequestError(ErrorCode.BAD_ARGUMENTS, f"nodes takes {most} ids at most, not {len(ids)}")
        return await self._found(selected, ids)

    async def _found(self, selected: Selected, ids: list[str]) -> list[Part | None]:
        nodes = Nodes(self.built.graphql, self.reader, self._joins)
        return await nodes.found(selected, [parsed(id_) for id_ in ids])

    async def _forms(self, _selected: Selected, _arguments: Arguments, _wanted: Wanted) -> list[Part]:
        return [Part(form, form) for form in self.built.forms]

    async def _ratios(self, _selected: Selected, _arguments: Arguments, _wanted: Wanted) -> list[Part]:
        return [Part(ratio, ratio) for ratio in self.built.ratios]

    async def _aggregate(self, _selected: Selected, arguments: Arguments, _wanted: Wanted) -> list[Part]:
        measures = [self.built.groups.measure(given) for given in arguments["metrics"]]
        return _parts(await self._groups(REPORT_GROUPS, arguments, measures))

    async def _aggregate_statistics(self, _selected: Selected, arguments: Arguments, _wanted: Wanted) -> list[Part]:
        measures = [FigureMeasure("value", AggregateFunction(given.value)) for given in arguments["functions"]]
        return _parts(await self._groups(STATISTIC_GROUPS, arguments, measures))

    async def _aggregate_passages(self, _selected: Selected, arguments: Arguments, _wanted: Wanted) -> list[Part]:
        return _parts(await self._groups(PASSAGE_GROUPS, arguments, ()))

    async def _series(self, _selected: Selected, arguments: Arguments, _wanted: Wanted) -> list[Part]:
        agency = arguments.get("agency")
        known = {"year": {"$ne": None}} if agency is None else {"agency.name": agency, "year": {"$ne": None}}
        by_year = {**arguments, "groupBy": [DIMENSIONS[REPORTS]["YEAR"]]}
        measure = self.built.groups.measure(arguments["metric"])
        return _parts(points(await self._groups(REPORT_GROUPS, by_year, [measure], within=known)))

    async def _groups(
        self, grouped: Grouped, arguments: Arguments, measures: Sequence[Measure], *, within: Mapping[str, Any] = ALL
    ) -> list[Document]:
        limits = self.bounds.limits
        where = predicate(self.built.listings[grouped.collection].where, arguments.get("where"), limits)
        plan = plan_groups(grouped, arguments, match=conjunction([within, where]), measures=measures, limits=limits)
        search = arguments.get("search")
        if search is not None:
            found = await self.searches[grouped.collection].match(checked(search, limits))
            plan = replace(plan, match=conjunction([found, plan.match]))
        return await self.reader.groups(plan)


def _is_empty(answer: Answer, arguments: Arguments) -> bool:
    """Whether a list is empty as a whole: the first page of none, or no group."""
    if not isinstance(answer, Part):
        return answer == []
    later = any(arguments.get(cursor) is not None for cursor in ("after", "before"))
    return not (later or answer.value.rows or answer.value.total)


def _parts(made: Iterable[Document]) -> list[Part]:
    return [Part(each, each) for each in made]


def _searched(search: str | None) -> Mapping[str, Any]:
    """Agencies or regions whose names have every word of a search in them."""
    return conjunction([{"name": {"$regex": re.escape(word)}} for word in (search or "").split()])


def _scope_rank(report: Document) -> tuple[int, str]:
    """Aggregates come before what they are made of: they are what an agency's report is by default."""
    scope = report.get("scope")
    return (_PREFERRED.index(scope) if scope in _PREFERRED else len(_PREFERRED), report["_id"])


def _report_match(arguments: Arguments) -> dict[str, Any]:
    id_, agency, year = (arguments.get(name) for name in ("id", "agency", "year"))
    if id_ is not None:
        if agency is not None or year is not None:
            raise RequestError(ErrorCode.BAD_ARGUMENTS, "give `id`, or `agency` and `year`, not both")
        found = parsed(id_)
        return {"_id": found.key if found.type_name == "Report" else None}
    if agency is None or year is None:
        raise RequestError(
            ErrorCode.BAD_ARGUMENTS,
            "give `id`, or `agency` and `year`",
            hint='For instance report(agency: "…", year: 2020).',
        )
    match = {"agency.name": agency, "year": year}
    named = {name: value.value for name in ("kind", "scope") if (value := arguments.get(name)) is not None}
    return {**match, **named}
