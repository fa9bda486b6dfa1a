"""The schema as a function of the forms: `build_schema(forms)` is the door.

Forms enter; the GraphQL schema leaves, with the lists and the forms that it was derived from.
Refused: names that collide (`schema.queryable.names.NameCollisionError`).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import strawberry
from graphql import GraphQLSchema
from strawberry.schema.config import StrawberryConfig

from loaders.document import NATURAL_KEY, Document, ReportKind, Scope
from loaders.forms import FORMS, Form
from loaders.store.region_rows import LEVELS
from loaders.vocabulary.interface import DESCRIPTION
from schema.fields.resolvers import bind
from schema.fields.source import argument, computed, fetched, many, root, stored
from schema.plan.search_terms import SHORTEST
from schema.queryable.dimensions import PASSAGE_GROUPS, REPORT_GROUPS, STATISTIC_GROUPS, Grouped
from schema.queryable.form_trees import Group, figures, trees
from schema.queryable.lists import Listing, listings
from schema.queryable.measured import Measurables, measurables
from schema.queryable.measures import AggregateFunction
from schema.request import Limits
from schema.types.comparisons import rank_fields
from schema.types.connection import connection_type
from schema.types.enums import template_of
from schema.types.factory import FilterTypes, FormTypes, object_type, order_type
from schema.types.forms import FormType, described
from schema.types.groups import DIMENSIONS, GroupTypes, group_types, ratio_answers
from schema.types.report import extra_fields, report_fields
from schema.types.report_parts import Parts, extend, found_fields, part_types
from schema.types.scalars import NUMBER
from schema.types.values import Node, Source


@dataclass(frozen=True, slots=True)
class BuiltSchema:
    """A GraphQL schema and what it was derived from."""

    graphql: GraphQLSchema
    strawberry: strawberry.Schema
    listings: Mapping[str, Listing]
    groups: GroupTypes
    measurables: Measurables
    forms: list[Document]
    ratios: list[Document]


@cache
def build_schema(forms: tuple[Form, ...] = FORMS, limits: Limits = Limits()) -> BuiltSchema:  # noqa: B008 - frozen
    """The whole schema of these forms; it is built once and shared."""
    roots = trees(forms)
    lists = listings(roots, template_of(forms))
    types = _Types(forms, roots, lists, limits)
    made = strawberry.Schema(
        types.query(),
        types=[types.report],
        config=StrawberryConfig(auto_camel_case=True),
        scalar_overrides={float: NUMBER},
    )
    graphql = made._schema  # noqa: SLF001 - Strawberry offers no other way to the schema it builds
    graphql.description = DESCRIPTION  # the same: no argument of Strawberry's schema takes it
    bind(graphql)
    figure_names = {leaf.cell.path: name for name, leaf in figures(roots).items()}
    return BuiltSchema(
        graphql,
        made,
        lists,
        types.groups,
        types.measurables,
        described(forms, figure_names),
        ratio_answers(forms),
    )


class _Types:
    """The types of one set of forms, each made once."""

    def __init__(
        self, forms: tuple[Form, ...], roots: tuple[Group, ...], lists: Mapping[str, Listing], limits: Limits
    ) -> None:
        labels = {cell.path: (cell.zh, cell.en) for form in forms for cell in form.cells}
        self.parts: Parts = part_types(labels)
        self._filters = FilterTypes()
        self.report: Any = object_type(
            "Report",
            [
                *report_fields(self.parts, self._filters, limits, template_of(forms)),
                *FormTypes(roots, extra_fields(forms)).fields,
            ],
            "A report on open government information, with every figure and every sentence in it.",
            bases=(Node,),
        )
        self.groups = group_types(forms, roots)
        self.measurables = measurables(self.groups.figures, self.groups.ratios, self.groups.printed)
        self._limits = limits
        self._lists = lists
        self._nodes = {
            "reports": self.report,
            "agencies": self.parts.agency,
            "regions": self.parts.region,
            "passages": self.parts.passage,
            "statistics": self.parts.statistic,
        }
        self._orders = {
            name: order_type(listing.noun, listing.sortable, "What the list can be sorted by.")
            for name, listing in lists.items()
            if listing.sortable
        }
        self._connections = {
            name: connection_type(
                self._nodes[name],
                listing.noun,
                name,
                counted_to=_counted_to(listing, limits),
                edge_fields=found_fields(name, lambda edge: edge.row) if listing.searched else (),
            )
            for name, listing in lists.items()
        }
        self._refer_to_reports()
        self._refer_from_regions()

    def _refer_to_reports(self) -> None:
        """The fields that lead from reports to reports, and from their parts back to them."""
        report = self.report
        extend(
            report,
            [
                fetched("The same agency's report on the year before.", "previousYear", reads=NATURAL_KEY,
                        name="previousYear", type_=report | None),
                fetched("The same agency's report on the year after.", "nextYear", reads=NATURAL_KEY, name="nextYear",
                        type_=report | None),
                fetched("Older texts of this report, oldest first.", "revisions", reads=("_id",), name="revisions",
                        type_=many(_revision_type(report)), size=2),
            ],
        )  # fmt: skip
        extend(report, rank_fields(self.groups, self.measurables))
        for part, noun in ((self.parts.passage, "passage"), (self.parts.statistic, "figure")):
            description = f"The report that the {noun} stands in."
            extend(part, [fetched(description, "report", reads=("/_id",), name="report", type_=report | None)])
        extend(
            self.parts.agency,
            [
                fetched("Years that its reports are about.", "agencyYears", reads=("name", "years"), name="years",
                        type_=list[int]),
                fetched("Its reports.", "agencyReports", reads=("name",), name="reports",
                        type_=self._connections["reports"], arguments=self._page_arguments("reports")),
            ],
        )  # fmt: skip

    def _refer_from_regions(self) -> None:
        """The fields that lead from a region to those above and below it, and to what lies within it."""
        region = self.parts.region
        pages = (
            ("children", "regionChildren", "regions", "The regions right below it; by code by default."),
            ("agencies", "regionAgencies", "agencies", "The agencies in it and in all regions below it."),
            ("reports", "regionReports", "reports", "The reports of the agencies in it and in all regions below it."),
        )
        above = "The region right above it, as far as names tell; null at the top."
        extend(
            region,
            [
                fetched(above, "parentRegion", reads=LEVELS, name="parent", type_=region | None),
                *(
                    fetched(description, join, reads=LEVELS, name=name, type_=self._connections[listing],
                            arguments=self._page_arguments(listing))
                    for name, join, listing, description in pages
                ),
            ],
        )  # fmt: skip

    def query(self) -> type:
        """The Query type."""
        return object_type(
            "Query",
            [*self._single_fields(), *self._list_fields(), *self._group_fields()],
            "Everything that can be asked for.",
        )

    def _single_fields(self) -> Iterable[Any]:
        return (
            root("node", Node | None, "Anything by its id.", (argument("id", strawberry.ID, "Id of the thing."),)),
            root(
                "nodes",
                list[Node | None],
                "Many things by their ids, in the order of the ids; null where there is none.",
                (argument("ids", list[strawberry.ID], f"Ids of the things, {self._limits.ids} at most."),),
            ),
            root(
                "report",
                self.report | None,
                "One report: by its id, or by its agency and year.",
                (
                    argument("id", strawberry.ID | None, "Id of the report; nothing else need be given."),
                    argument("agency", str | None, "Full name of the agency."),
                    argument("year", int | None, "Year that the report is about."),
                    argument("kind", ReportKind | None, "Kind of report.", default=ReportKind.ANNUAL_REPORT),
                    argument("scope", Scope | None, "Whose figures, where an agency published more than one."),
                ),
            ),
            root(
                "agency",
                self.parts.agency | None,
                "One agency by its full name.",
                (argument("name", str, "Full name of the agency."),),
            ),
            root(
                "region",
                self.parts.region | None,
                "One region, by its code or by its id.",
                (
                    argument(
                        "code",
                        str | None,
                        "GB/T 2260 code of a province, prefecture or county; of names that it had in different years, "
                        "the one of the newest report.",
                    ),
                    argument("id", strawberry.ID | None, "Id of the region."),
                ),
            ),
            root("forms", list[FormType], "The official forms: rows, columns, labels, editions and rules."),
        )

    def _list_fields(self) -> Iterable[Any]:
        searches = {
            "agencies": "Text that the name must have in it; of several words, each.",
            "regions": "Text that the region's own name must have in it; of several words, each.",
            "passages": self._terms("text") + " Sorts the passages by relevance.",
            "statistics": self._terms("label") + " Sorts the figures by relevance where `orderBy` is not given.",
        }
        words = {
            "reports": "Reports by conditions on anything in them; newest year first by default.",
            "agencies": "Agencies by conditions or by name; by name by default.",
            "regions": "Regions that reports are from, and those above them; by code, then by name by default.",
            "passages": "Passages of all reports; those of the newest year first, of a search the most relevant.",
            "statistics": "Figures that narratives state, of all reports; those of the newest year first by default, "
            "of a search the most relevant.",
        }
        for name, description in words.items():
            more = (argument("search", str | None, searches[name]),) if name in searches else ()
            yield root(name, self._connections[name], description, (*more, *self._page_arguments(name)))

    def _terms(self, text: str) -> str:
        limits = self._limits
        return (
            f"Terms that the {text} must have in it, 1 to {limits.search_terms} of {SHORTEST} to {limits.search_term} "
            "characters, separated by blanks or put between quotes; traditional and simplified, full and half width, "
            "capital and small letters are the same."
        )

    def _group_fields(self) -> Iterable[Any]:
        metric, most = self.groups.metric, self._limits.metrics
        yield root(
            "aggregate",
            many(self.groups.bucket),
            "Reports in groups, with what is measured of each group; all reports as one group where nothing is given.",
            (
                *self._group_arguments(
                    REPORT_GROUPS, argument("metrics", many(metric), f"What to measure, {most} at most.")
                ),
                _MIX_SCOPES,
            ),
        )
        yield root(
            "aggregateStatistics",
            many(self.groups.bucket),
            "Figures that narratives state in groups, with functions of their values; counting alone mixes anything.",
            (
                *self._group_arguments(
                    STATISTIC_GROUPS, argument("functions", list[AggregateFunction], _FUNCTIONS.format(most))
                ),
                argument("mixUnits", bool, "Whether figures of different units may be added up or compared.",
                         default=False),
                _MIX_SCOPES,
            ),
        )  # fmt: skip
        yield root(
            "aggregatePassages",
            many(self.groups.bucket),
            "How many passages there are in each group.",
            self._group_arguments(PASSAGE_GROUPS),
        )
        yield root(
            "series",
            many(self.groups.point),
            "One figure or ratio through the years.",
            (
                argument("metric", metric, "What to measure."),
                argument("agency", str | None, "Full name of the agency; all agencies where it is not given."),
                self._where(REPORT_GROUPS),
                _MIX_SCOPES,
            ),
        )
        yield root("ratios", many(self.groups.ratio), "The ratios that the field uses, as formulas over cells.")

    def _group_arguments(self, grouped: Grouped, *measures: Any) -> tuple[Any, ...]:
        limits, dimension = self._limits, DIMENSIONS[grouped.collection]
        most = f"1 to {limits.groups}; {limits.default_groups} where nothing is given."
        text = self._lists[grouped.collection].searched
        return (
            *((argument("search", str | None, self._terms(text)),) if text else ()),
            self._where(grouped),
            argument("groupBy", many(dimension) | None, f"What to group by, {limits.group_keys} at most."),
            *measures,
            argument("orderBy", many(self.groups.order) | None, "Keys to sort by; by the keys of the groups else."),
            argument("first", int | None, f"How many groups: {most}"),
        )

    def _where(self, grouped: Grouped) -> Any:
        where = self._filters.of(self._lists[grouped.collection].where)
        return argument("where", where | None, f"Conditions that the {grouped.noun} must meet.")

    def _page_arguments(self, name: str) -> tuple[Any, ...]:
        page = f"1 to {self._limits.page}; {self._limits.default_page} where neither `first` nor `last` is given."
        where = self._filters.of(self._lists[name].where)
        order = self._orders.get(name)
        return (
            argument("where", where | None, f"Conditions that the {name} must meet."),
            *((argument("orderBy", many(order) | None, "Keys to sort by, the first first."),) if order else ()),
            argument("first", int | None, f"How many from the start: {page}"),
            argument("after", str | None, "Cursor that the page starts after."),
            argument("last", int | None, f"How many from the end: {page}"),
            argument("before", str | None, "Cursor that the page ends before."),
        )


_MIX_SCOPES = argument("mixScopes", bool, "Whether aggregates may be added to what they are made of.", default=False)
_FUNCTIONS = (
    "What to make of the values, {} at most. A range is no one number: it counts for `count` of the group alone, and "
    "`n` of a value tells how many figures it is made of."
)


def _counted_to(listing: Listing, limits: Limits) -> str:
    """Where counting a list stops, in words."""
    searched = f", of a search up to {limits.search_count:,}" if listing.searched else ""
    return f"{limits.total_count:,}{searched}"


def _revision_type(report: Any) -> type:
    return object_type(
        "Revision",
        [
            stored("Number of the revision, 1 for the first.", name="revision", type_=int),
            stored("The file that it was read from.", name="source", type_=Source | None),
            computed("The report as it was.", lambda value, _: value, base="", name="report", type_=report),
        ],
        "An older text of a report, which a newer one superseded.",
    )
