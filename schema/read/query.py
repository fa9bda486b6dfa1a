"""The fields of Query: each declared once, with what answers it.

A declaration takes the types of the forms and gives the field: its words, its type, its arguments, and the function
that answers it, which plans first and reads second. Both ways of executing an operation call that function. Refused:
ids that are not ours, arguments that do not go together, and whatever `schema.plan.pages` refuses.
"""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import strawberry
from strawberry.types.field import StrawberryField

from loaders.document import Document, ReportKind, Scope
from loaders.fields import AGENCY, REPORT, field_of
from loaders.store.collections import REPORTS
from loaders.store.derived_rows import AGENCIES, MENTIONS, PASSAGES, SEARCHED, STATISTICS, agency_id
from loaders.store.region_rows import REGIONS
from loaders.text.alike import like
from schema.errors import ErrorCode, RequestError
from schema.fields.resolvers import Located
from schema.fields.selection import Selected
from schema.fields.source import Size, argument, query_field
from schema.plan.names_in_filter import Asked
from schema.plan.pages import ALL, Wanted, plan_page
from schema.plan.search_terms import checked, matched
from schema.queryable.form_trees import figures
from schema.queryable.lists import Listing
from schema.read.beside_rows import apart, fill
from schema.read.context import ReadContext
from schema.read.group_fields import GROUP_FIELDS
from schema.read.hints import Hints
from schema.read.joins import complete, wanted_of_document, wanted_of_page
from schema.read.nodes import nodes
from schema.read.region_by_code import division
from schema.read.related import with_related
from schema.request import Limits
from schema.types.build import AS_ANY_SEARCH, Types
from schema.types.connection import Page
from schema.types.field_hits import FieldHit, field_entries, found_entries
from schema.types.forms import FormType, described
from schema.types.global_ids import parsed
from schema.types.values import Node

Arguments = Mapping[str, Any]
QueryField = Callable[[Types], StrawberryField]

_SCOPES = 20
_HITS = 10
_PREFERRED = ("REGION_AGGREGATE", "SYSTEM_AGGREGATE")


def _node_field(_types: Types) -> StrawberryField:
    return query_field(
        "Anything by its id.",
        _node,
        name="node",
        type_=Node | None,
        arguments=(argument("id", strawberry.ID, "Id of the thing."),),
    )


async def _node(context: ReadContext, selected: Selected, arguments: Arguments, _wanted: Wanted) -> Located | None:
    return (await nodes(context, selected, [parsed(arguments["id"])]))[0]


def _nodes_field(types: Types) -> StrawberryField:
    return query_field(
        "Many things by their ids, in the order of the ids; null where there is none.",
        _nodes,
        name="nodes",
        type_=list[Node | None],
        arguments=(
            argument("ids", list[strawberry.ID], f"Ids of the things, {types.limits.ids} at most.", sizes=Size()),
        ),
    )


async def _nodes(
    context: ReadContext, selected: Selected, arguments: Arguments, _wanted: Wanted
) -> list[Located | None]:
    ids, most = arguments["ids"], context.bounds.limits.ids
    if len(ids) > most:
        raise RequestError(ErrorCode.BAD_ARGUMENTS, f"nodes takes {most} ids at most, not {len(ids)}")
    return await nodes(context, selected, [parsed(id_) for id_ in ids])


def _report_field(types: Types) -> StrawberryField:
    return query_field(
        "One report: by its id, or by its agency and year.",
        _report,
        name="report",
        type_=types.report | None,
        wanted=wanted_of_document,
        arguments=(
            argument("id", strawberry.ID | None, "Id of the report; nothing else need be given."),
            argument("agency", str | None, field_of(AGENCY, "name").words),
            argument("year", int | None, field_of(REPORT, "year").words),
            argument("kind", ReportKind | None, field_of(REPORT, "kind").words, default=ReportKind.ANNUAL_REPORT),
            argument("scope", Scope | None, "Whose figures, where an agency published more than one."),
        ),
    )


async def _report(context: ReadContext, selected: Selected, arguments: Arguments, wanted: Wanted) -> Located | None:
    paths = {**wanted.projection, "scope": 1}
    found = await context.reader.documents(REPORTS, _report_match(arguments), paths, limit=_SCOPES)
    best = min(found, key=_scope_rank, default=None)
    if best is None and arguments.get("agency"):
        await Hints(context.reader).about_report(selected.key, arguments["agency"], arguments["year"])
    return await _completed(context, selected, best, wanted)


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


def _agency_field(types: Types) -> StrawberryField:
    return query_field(
        "One agency by its full name.",
        _agency,
        name="agency",
        type_=types.parts.agency | None,
        wanted=wanted_of_document,
        arguments=(argument("name", str, field_of(AGENCY, "name").words),),
    )


async def _agency(context: ReadContext, selected: Selected, arguments: Arguments, wanted: Wanted) -> Located | None:
    key = agency_id(arguments["name"])
    found = (await context.reader.by_ids(AGENCIES, [key], wanted.projection)).get(key)
    if found is None:
        await Hints(context.reader).about_names(selected.key, [Asked(arguments["name"])])
    return await _completed(context, selected, found, wanted)


def _region_field(types: Types) -> StrawberryField:
    code = (
        "GB/T 2260 code of a province, prefecture or county; of names that it had in different years, the one of the "
        "newest report."
    )
    return query_field(
        "One region, by its code or by its id.",
        _region,
        name="region",
        type_=types.parts.region | None,
        wanted=wanted_of_document,
        arguments=(
            argument("code", str | None, code),
            argument("id", strawberry.ID | None, "Id of the region."),
        ),
    )


async def _region(context: ReadContext, selected: Selected, arguments: Arguments, wanted: Wanted) -> Located | None:
    code, id_ = arguments.get("code"), arguments.get("id")
    if (code is None) == (id_ is None):
        raise RequestError(ErrorCode.BAD_ARGUMENTS, "give `code` or `id`", hint='For instance region(code: "350000").')
    if id_ is not None:
        named = parsed(id_)
        return (await nodes(context, selected, [named]))[0] if named.type_name == "Region" else None
    found = await division(context.reader, str(code), wanted.projection)
    if found is None:
        await Hints(context.reader).about_code(selected.key, str(code))
    return await _completed(context, selected, found, wanted)


async def _completed(
    context: ReadContext, selected: Selected, found: Document | None, wanted: Wanted
) -> Located | None:
    if found is not None and wanted.joins:
        await complete(context, selected.fields(), [(found, found)])
    return None if found is None else Located(found, found)


def _forms_field(types: Types) -> StrawberryField:
    names = {leaf.cell.path: name for name, leaf in figures(types.form_trees).items()}
    forms = [Located(form, form) for form in described(types.forms, names)]
    said = [" ".join(f"{cell.zh} {cell.en}" for cell in form.cells) for form in types.forms]

    async def answer(
        _context: ReadContext, _selected: Selected, arguments: Arguments, _wanted: Wanted
    ) -> list[Located]:
        if arguments.get("search") is None:
            return forms
        search = checked(arguments["search"], types.limits, shortest=1)
        return [form for form, words in zip(forms, said, strict=True) if search.finds(words)]

    return query_field(
        "The official forms: rows, columns, labels, editions and rules.",
        answer,
        name="forms",
        type_=list[FormType],
        arguments=(argument("search", str | None, f"What the labels of a form must have in them. {AS_ANY_SEARCH}"),),
    )


def _fields_field(types: Types) -> StrawberryField:
    entries = field_entries(types.form_trees)
    most = types.limits.page

    async def answer(
        _context: ReadContext, _selected: Selected, arguments: Arguments, _wanted: Wanted
    ) -> list[Located]:
        if not 1 <= arguments["first"] <= most:
            raise RequestError(ErrorCode.BAD_ARGUMENTS, f"`first` is 1 to {most}")
        found = found_entries(entries, checked(arguments["search"], types.limits, shortest=1))
        return [Located(entry, entry) for entry in found[: arguments["first"]]]

    return query_field(
        "The fields of reports that a word in Chinese or English leads to, each with a query for it.",
        answer,
        name="fields",
        type_=list[FieldHit],
        arguments=(
            argument("search", str, f"What the label, the meaning or the path has in it. {AS_ANY_SEARCH}"),
            argument("first", int, f"How many, 1 to {most}.", default=_HITS, sizes=Size(_HITS, most)),
        ),
    )


def _list_field(name: str, description: str, search: Callable[[Types], str] | None, types: Types) -> StrawberryField:
    """A field that is a page of a list; `search` is what can be searched for, in words."""
    listing = types.listings[name]
    return query_field(
        description,
        partial(_page, listing),
        name=name,
        type_=types.connections[name],
        wanted=wanted_of_page,
        arguments=(*((types.search_argument(search(types)),) if search else ()), *types.page_arguments(name)),
    )


async def _page(
    listing: Listing, context: ReadContext, selected: Selected, arguments: Arguments, wanted: Wanted
) -> Located:
    search, given = arguments.get("search"), await with_related(context, listing.where, arguments)
    wanted, beside = apart(listing, wanted)
    if listing.searched and search is not None:
        terms = checked(search, context.bounds.limits)
        page = await context.searches[listing.collection].page(terms, arguments, wanted)
    else:
        page = await context.reader.page(
            plan_page(listing, given, wanted, context.bounds, within=_named(search, context.bounds.limits))
        )
    await fill(context.reader, listing, page.rows, beside)
    if wanted.joins:
        await complete(context, selected.fields(), [(page, {})])
    if _is_empty(page, arguments):
        await Hints(context.reader).about_filter(selected.key, listing, arguments)
    return Located(page, {})


def _is_empty(page: Page, arguments: Arguments) -> bool:
    """Whether a list is empty as a whole: the first page of none."""
    later = any(arguments.get(cursor) is not None for cursor in ("after", "before"))
    return not (later or page.rows or page.total)


def _named(search: str | None, limits: Limits) -> Mapping[str, Any]:
    """What a search finds by its name: agencies or regions; a name is short, so one character tells something."""
    return ALL if search is None else matched(checked(search, limits, shortest=1), "name", like)


QUERY_FIELDS: tuple[QueryField, ...] = (
    _node_field,
    _nodes_field,
    _report_field,
    _agency_field,
    _region_field,
    _forms_field,
    _fields_field,
    partial(_list_field, REPORTS, "Reports by conditions on anything in them; newest year first by default.", None),
    partial(
        _list_field,
        AGENCIES,
        "Agencies by conditions or by name; by name by default.",
        lambda _: f"Text that the name must have in it. {AS_ANY_SEARCH}",
    ),
    partial(
        _list_field,
        REGIONS,
        "Regions that reports are from, and those above them; by code, then by name by default.",
        lambda _: f"Text that the region's own name must have in it. {AS_ANY_SEARCH}",
    ),
    partial(
        _list_field,
        PASSAGES,
        "Passages of all reports; those of the newest year first, of a search the most relevant.",
        lambda types: f"{types.terms(SEARCHED[PASSAGES])} Sorts by relevance.",
    ),
    partial(
        _list_field,
        STATISTICS,
        "Figures that narratives state, of all reports; those of the newest year first by default, of a search the "
        "most relevant.",
        lambda types: (
            f"{types.terms(SEARCHED[STATISTICS])} Sorts the figures by relevance where `orderBy` is not given."
        ),
    ),
    partial(
        _list_field,
        MENTIONS,
        "Dates, documents, cases, awards, websites and programmes that narratives mention, of all reports; those of "
        "the newest year first by default, of a search the most relevant.",
        lambda types: (
            f"{types.terms(SEARCHED[MENTIONS])} Sorts the mentions by relevance where `orderBy` is not given."
        ),
    ),
    *GROUP_FIELDS,
)
"""The declarations of all fields of Query, in the order of the schema."""
