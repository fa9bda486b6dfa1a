"""The fields that lead from report to report: to other years, older texts, agencies, regions, and back.

Each is one declaration: its words, its type, its arguments, the paths it takes, and the function that reads it for all
objects of an answer at once (`schema.read.joins`).
"""

import asyncio
from collections import defaultdict
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from loaders.document import NATURAL_KEY, Document, ReportKind
from loaders.fields import CHECK, field_of
from loaders.store.collections import REPORTS, REVISIONS
from loaders.store.derived_rows import AGENCIES, agency_id
from loaders.store.region_rows import LEVELS, REGIONS
from schema.fields.projection import projection
from schema.fields.selection import Selected
from schema.fields.source import argument, joined, many
from schema.plan.pages import plan_page
from schema.plan.predicate import NOTHING
from schema.queryable.lists import Listing
from schema.read.comparisons import comparison_fields
from schema.read.context import ReadContext
from schema.read.joins import Parent, wanted_of_page
from schema.read.other_years import by_natural_key, key_in_year, key_of_year
from schema.read.related import with_related
from schema.types.build import Types
from schema.types.region import children, parent_id, subtree
from schema.types.report_parts import extend, report_key


def add_references(types: Types) -> None:
    """Add to the types of reports, of their parts and of regions what leads from one to another."""
    extend(types.report, [*_fields_of_report(types), *comparison_fields(types)])
    parts = types.parts
    for part, noun in (
        (parts.passage, "passage"),
        (parts.statistic, "figure"),
        (parts.mention, "mention"),
        (parts.section, "section"),
    ):
        description = f"The report that the {noun} stands in."
        extend(part, [joined(description, _report, reads=("/_id",), name="report", type_=types.report | None)])
    extend(parts.check, [_other_operands_field(types)])
    extend(parts.agency, _fields_of_agency(types))
    extend(parts.region, _fields_of_region(types))


def _fields_of_report(types: Types) -> list[Any]:
    report = types.report | None
    return [
        joined(
            "The same agency's report on the year before.",
            partial(_other_year, -1),
            reads=NATURAL_KEY,
            name="previousYear",
            type_=report,
        ),
        joined(
            "The same agency's report on the year after.",
            partial(_other_year, 1),
            reads=NATURAL_KEY,
            name="nextYear",
            type_=report,
        ),
        joined(
            "Older texts of this report, oldest first.",
            _revisions,
            reads=("_id",),
            name="revisions",
            type_=many(types.revision),
            size=2,
        ),
    ]


def _other_operands_field(types: Types) -> Any:
    declared = field_of(CHECK, "otherOperands")
    return joined(
        declared.words,
        _other_operands,
        reads=("otherYear", "otherPaths", *(f"/{path}" for path in NATURAL_KEY)),
        name=declared.name,
        type_=many(types.parts.operand),
        size=declared.size,
    )


def _fields_of_agency(types: Types) -> list[Any]:
    return [
        joined(
            "Years that its reports of a kind are about, in order.",
            _years,
            reads=("name", "years"),
            name="years",
            type_=list[int],
            arguments=(
                argument(
                    "kind", ReportKind | None, "Kind of the reports, null for any.", default=ReportKind.ANNUAL_REPORT
                ),
            ),
        ),
        _pages(types, REPORTS, _of_agency, "Its reports.", reads=("name",)),
    ]


def _fields_of_region(types: Types) -> list[Any]:
    below = "in it and in all regions below it."
    return [
        joined(
            "The region right above it, as far as names tell; null at the top.",
            _region_above,
            reads=LEVELS,
            name="parent",
            type_=types.parts.region | None,
        ),
        _pages(types, REGIONS, children, "The regions right below it; by code by default.", name="children"),
        _pages(types, AGENCIES, partial(subtree, prefix="region."), f"The agencies {below}"),
        _pages(types, REPORTS, partial(subtree, prefix="agency.region."), f"The reports of the agencies {below}"),
    ]


def _pages(  # noqa: PLR0913 - a field is declared by what it reads
    types: Types,
    listing: str,
    of: Callable[[Document], Mapping[str, Any]],
    description: str,
    *,
    reads: tuple[str, ...] = LEVELS,
    name: str = "",
) -> Any:
    """A field of what an object has of a list, a page of it."""
    return joined(
        description,
        partial(_page_of_each, types.listings[listing], of),
        reads=reads,
        name=name or listing,
        type_=types.connections[listing],
        arguments=types.page_arguments(listing),
    )


async def _page_of_each(
    listing: Listing,
    of: Callable[[Document], Mapping[str, Any]],
    context: ReadContext,
    selected: Selected,
    parents: list[Parent],
) -> list[Any]:
    """A page for each object of what is its own in a list; equal objects share one."""
    wanted = wanted_of_page(selected)
    arguments = await with_related(context, listing.where, selected.arguments())
    withins = [of(value) for value, _ in parents]
    plans = {repr(within): plan_page(listing, arguments, wanted, context.bounds, within=within) for within in withins}
    found = await asyncio.gather(*(context.reader.page(plan) for plan in plans.values()))
    by_within = dict(zip(plans, found, strict=True))
    return [by_within[repr(within)] for within in withins]


async def _other_year(step: int, context: ReadContext, selected: Selected, parents: list[Parent]) -> list[Any]:
    keys = [key_of_year(value, step) for value, _ in parents]
    found = await by_natural_key(context.reader, keys, selected.fields())
    return [found.get(key) for key in keys]


async def _other_operands(context: ReadContext, selected: Selected, parents: list[Parent]) -> list[Any]:
    """The operands of checks in the reports that these compare with, each with what it is looked up in."""
    keys = [key_in_year(report, check.get("otherYear")) for check, report in parents]
    found = await by_natural_key(context.reader, keys, selected.fields())
    return [
        [{**found.get(key, {}), "path": path} for path in check.get("otherPaths") or ()]
        for key, (check, _) in zip(keys, parents, strict=True)
    ]


async def _revisions(context: ReadContext, selected: Selected, parents: list[Parent]) -> list[Any]:
    keys = [report_key(value).partition("@")[0] for value, _ in parents]
    where = {"report": {"$in": sorted(set(keys))}}
    paths = projection(selected.fields(), always=("report", "revision"))
    found = await context.reader.documents(REVISIONS, where, paths, sort=[("report", 1), ("revision", 1)])
    of_report = defaultdict(list)
    for revision in found:
        of_report[revision["report"]].append(revision)
    return [of_report[key] for key in keys]


async def _report(context: ReadContext, selected: Selected, parents: list[Parent]) -> list[Any]:
    keys = [report_key(report) for _, report in parents]
    found = await context.reader.by_ids(REPORTS, keys, projection(selected.fields()))
    return [found.get(key) for key in keys]


async def _years(context: ReadContext, selected: Selected, parents: list[Parent]) -> list[Any]:
    kind = selected.arguments().get("kind")
    return [
        sorted({year for one, years in by_kind.items() if kind is None or one == kind.value for year in years})
        for by_kind in await _years_by_kind(context, parents)
    ]


async def _years_by_kind(context: ReadContext, parents: list[Parent]) -> list[Mapping[str, list[int]]]:
    if all("years" in value for value, _ in parents):
        return [value["years"] for value, _ in parents]
    ids = [agency_id(value["name"]) if value.get("name") is not None else "" for value, _ in parents]
    found = await context.reader.by_ids(AGENCIES, ids, {"years": 1})
    return [found[id_]["years"] if id_ in found else {} for id_ in ids]


async def _region_above(context: ReadContext, selected: Selected, parents: list[Parent]) -> list[Any]:
    ids = [parent_id(value) for value, _ in parents]
    known = [id_ for id_ in ids if id_ is not None]
    found = await context.reader.by_ids(REGIONS, known, projection(selected.fields())) if known else {}
    return [None if id_ is None else found.get(id_) for id_ in ids]


def _of_agency(agency: Document) -> Mapping[str, Any]:
    name = agency.get("name")
    return NOTHING if name is None else {"agency.name": name}
