"""The schema as a function of the forms: `build_schema(forms)` is the door.

Forms enter; the GraphQL schema leaves, with the trees that its filters, orders and figures were derived from.
Refused: names that collide (`schema.names.NameCollisionError`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import strawberry
from graphql import GraphQLSchema
from strawberry.schema.config import StrawberryConfig

from loaders.document import Document, ReportKind, Scope
from loaders.forms import FORMS, Form
from schema.conditions import Branch, report_conditions
from schema.connection import connection_type
from schema.derive import FilterTypes, FormTypes, OrderTypes, object_type
from schema.fields import argument, root
from schema.form_types import FormType, described
from schema.report_type import report_fields
from schema.request import Limits
from schema.resolve import bind
from schema.scalars import NUMBER
from schema.tree import figures, trees
from schema.types import Node, cell_type


@dataclass(frozen=True, slots=True)
class BuiltSchema:
    """A GraphQL schema and what it was derived from."""

    graphql: GraphQLSchema
    strawberry: strawberry.Schema
    where: Branch
    order_paths: Mapping[str, str]
    forms: list[Document]


@cache
def build_schema(forms: tuple[Form, ...] = FORMS, limits: Limits = Limits()) -> BuiltSchema:  # noqa: B008 - frozen
    """The whole schema of these forms; it is built once and shared."""
    roots = trees(forms)
    where = report_conditions(roots)
    order = OrderTypes(roots)
    report = _report_type(forms, FormTypes(roots))
    connection = connection_type(report, "Report", counted_to=limits.total_count)
    query = _query_type(report, connection, FilterTypes().of(where), order.input, limits)
    made = strawberry.Schema(
        query, types=[report], config=StrawberryConfig(auto_camel_case=True), scalar_overrides={float: NUMBER}
    )
    graphql = made._schema  # noqa: SLF001 - Strawberry offers no other way to the schema it builds
    bind(graphql)
    figure_names = {leaf.cell.path: name for name, leaf in figures(roots).items()}
    return BuiltSchema(graphql, made, where, order.paths, described(forms, figure_names))


def _report_type(forms: tuple[Form, ...], form_types: FormTypes) -> type:
    labels = {cell.path: (cell.zh, cell.en) for form in forms for cell in form.cells}
    return object_type(
        "Report",
        [*report_fields(cell_type(labels)), *form_types.fields],
        "A report on open government information, with every figure and every sentence in it.",
        bases=(Node,),
    )


def _query_type(report: Any, connection: Any, where: Any, order: Any, limits: Limits) -> type:
    page = f"1 to {limits.page}; {limits.default_page} where neither `first` nor `last` is given."
    return object_type(
        "Query",
        [
            root("node", Node | None, "Anything by its id.", (argument("id", strawberry.ID, "Id of the thing."),)),
            root(
                "nodes",
                list[Node | None],
                "Many things by their ids, in the order of the ids; null where there is none.",
                (argument("ids", list[strawberry.ID], f"Ids of the things, {limits.ids} at most."),),
            ),
            root(
                "report",
                report | None,
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
                "reports",
                connection,
                "Reports by conditions on anything in them.",
                (
                    argument("where", where | None, "Conditions that the reports must meet."),
                    argument(
                        "orderBy", list[order] | None, "Keys to sort by, the first first; newest year by default."
                    ),
                    argument("first", int | None, f"How many from the start: {page}"),
                    argument("after", str | None, "Cursor that the page starts after."),
                    argument("last", int | None, f"How many from the end: {page}"),
                    argument("before", str | None, "Cursor that the page ends before."),
                ),
            ),
            root("forms", list[FormType], "The official forms: rows, columns, labels, editions and rules."),
        ],
        "Everything that can be asked for.",
    )
