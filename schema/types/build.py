"""The types that a set of forms makes, each made once: all but Query and the fields that lead from report to report.

Those are read from the database, so `schema.read.schema` adds them.
"""

from collections.abc import Sequence
from functools import partial
from typing import Any

from strawberry.types.arguments import StrawberryArgument

from loaders.fields import REPORT, ValueKind
from loaders.forms import Form
from schema.fields.source import Size, argument, computed, many, stored
from schema.plan.search_terms import SHORTEST
from schema.queryable.dimensions import REPORT_GROUPS, Grouped
from schema.queryable.form_trees import trees
from schema.queryable.lists import Listing, listings
from schema.request import Limits
from schema.types.connection import connection_type
from schema.types.enums import template_of
from schema.types.factory import FilterTypes, object_type, order_type
from schema.types.figures import FormTypes
from schema.types.group_arguments import bucket_where, range_input
from schema.types.groups import DIMENSIONS, group_types
from schema.types.measures import measure_types, measure_where, report_order
from schema.types.report import report_fields
from schema.types.report_parts import ReportPartTypes, found_fields, part_types
from schema.types.values import Node, Source

AS_ANY_SEARCH = "AND, OR, NOT, a hyphen, brackets and quotes mean what they do in `passages`."

SEARCHING = 2_500
"""What a search is reckoned as, besides its page: it looks at many a text that it does not show."""


class Types:
    """The types of one set of forms, and what they are derived from."""

    def __init__(self, forms: tuple[Form, ...], limits: Limits) -> None:
        self.forms = forms
        self.limits = limits
        self.form_trees = trees(forms)
        template = template_of(forms)
        self.measures = measure_types(forms, self.form_trees)
        self.listings = listings(self.form_trees, self.measures.all, template)
        labels = {cell.path: (cell.zh, cell.en) for form in forms for cell in form.cells}
        self.parts: ReportPartTypes = part_types(labels)
        self._filters = FilterTypes(partial(measure_where, self.measures))
        self.report: Any = object_type(
            "Report",
            [*report_fields(self.parts, self._filters, limits, template), *FormTypes(self.form_trees).fields],
            REPORT.words,
            bases=(Node,),
        )
        self.revision: Any = _revision_type(self.report)
        self.groups = group_types(forms, self.measures)
        self._range = range_input(self.measures.measure)
        self._bucket_where = bucket_where(*map(self._filters.of_kind, (ValueKind.INT, ValueKind.FLOAT)))
        self.nodes = {
            "reports": self.report,
            "agencies": self.parts.agency,
            "regions": self.parts.region,
            "passages": self.parts.passage,
            "statistics": self.parts.statistic,
            "mentions": self.parts.mention,
        }
        self._orders = {
            name: report_order(self.measures, listing.sortable)
            if listing.measures
            else order_type(listing.noun, listing.sortable, "What the list can be sorted by.")
            for name, listing in self.listings.items()
            if listing.sortable
        }
        self.connections = {
            name: connection_type(
                self.nodes[name],
                listing.noun,
                name,
                counted_to=_counted_to(listing, limits),
                edge_fields=found_fields(name, lambda edge: edge.row) if listing.searched else (),
            )
            for name, listing in self.listings.items()
        }

    def page_arguments(self, name: str) -> tuple[StrawberryArgument, ...]:
        """The arguments of a page of a list."""
        page = f"1 to {self.limits.page}; {self.limits.default_page} where neither `first` nor `last` is given."
        sizes = Size(self.limits.default_page, self.limits.page)
        order = self._orders.get(name)
        return (
            self._where(self.listings[name], name),
            *((argument("orderBy", many(order) | None, "Keys to sort by, the first first."),) if order else ()),
            argument("first", int | None, f"How many from the start: {page}", sizes=sizes),
            argument("after", str | None, "Cursor that the page starts after."),
            argument("last", int | None, f"How many from the end: {page}", sizes=sizes),
            argument("before", str | None, "Cursor that the page ends before."),
        )

    def group_arguments(self, grouped: Grouped, *metrics: StrawberryArgument) -> tuple[StrawberryArgument, ...]:
        """The arguments of groups, those that say what is measured of them among them."""
        limits, dimension = self.limits, DIMENSIONS[grouped.collection]
        most = f"1 to {limits.groups}; {limits.default_groups} where nothing is given."
        range_ = "Ranges of a figure or ratio to group by as well: a key after those of `groupBy`."
        texts = self.listings[grouped.collection].searched
        return (
            *((self.search_argument(self.terms(texts)),) if texts else ()),
            self.where_argument(grouped),
            argument("groupBy", many(dimension) | None, f"What to group by, {limits.group_keys} at most."),
            *((argument("groupByRange", self._range | None, range_),) if grouped is REPORT_GROUPS else ()),
            *metrics,
            argument("having", self._bucket_where | None, "Conditions that groups must meet."),
            argument("orderBy", many(self.groups.order) | None, "Keys to sort by; by the keys of the groups else."),
            argument("first", int | None, f"How many groups: {most}", sizes=Size(limits.default_groups, limits.groups)),
        )

    def where_argument(self, grouped: Grouped) -> StrawberryArgument:
        """The conditions on what is grouped."""
        return self._where(self.listings[grouped.collection], grouped.noun)

    def _where(self, listing: Listing, noun: str) -> StrawberryArgument:
        where = self._filters.of(listing.where)
        return argument("where", where | None, f"Conditions that the {noun} must meet.")

    def search_argument(self, words: str) -> StrawberryArgument:
        """A text to search for."""
        return argument("search", str | None, words, adds=SEARCHING)

    def terms(self, texts: Sequence[str]) -> str:
        """What a search by terms of texts is, in words."""
        where = " or the ".join(texts)
        return (
            f"Terms that the {where} must have in it, 1 to {self.limits.search_terms} of {SHORTEST} to "
            f"{self.limits.search_term} characters: side by side all of them, with OR one, after NOT or a hyphen none; "
            '(…) groups, "…" is a phrase. Script, width, blanks and capitals make no difference.'
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
