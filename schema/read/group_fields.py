"""The fields of Query that add up: each declared once, with what answers it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from graphql import is_leaf_type
from strawberry.types.field import StrawberryField

from loaders.document import Document, ReportKind
from loaders.store.collections import REPORTS
from schema.fields.resolvers import Located
from schema.fields.selection import Selected
from schema.fields.source import argument, many, query_field
from schema.plan.default_kind import of_kind
from schema.plan.groups import plan_groups
from schema.plan.having import ranges
from schema.plan.pages import ALL, Wanted
from schema.plan.predicate import conjunction, predicate
from schema.plan.search_terms import checked
from schema.queryable.dimensions import (
    MENTION_GROUPS,
    PASSAGE_GROUPS,
    REPORT_GROUPS,
    STATISTIC_GROUPS,
    Dimension,
    Grouped,
)
from schema.queryable.metrics import AggregateFunction, FigureMetric, Metric
from schema.queryable.operands import Operand
from schema.read.context import ReadContext
from schema.read.hints import Hints
from schema.types.build import Types
from schema.types.groups import DIMENSIONS, concept_answers, points, ratio_answers
from schema.types.measures import FIGURES, figures_of

Arguments = Mapping[str, Any]

GROUPING = 1_000
"""What an aggregation is reckoned as, besides its groups: it looks at everything that meets its conditions."""

_MIX_SCOPES = argument("mixScopes", bool, "Whether aggregates may be added to what they are made of.", default=False)
_MIX_UNITS = argument(
    "mixUnits", bool, "Whether figures of different units may be added up or compared.", default=False
)
_MIX_KINDS = argument(
    "mixKinds", bool, "Whether figures of different kinds of reports may be added up or compared.", default=False
)
_MIX_PARTS = argument(
    "mixParts",
    bool,
    "Whether a figure may be added to what it is made of, and one of a single year to one of all years so far.",
    default=False,
)
_MIX_YEARS = argument(
    "mixYears",
    bool,
    "Whether what is a state at one moment, as documents in force, may be summed over years.",
    default=False,
)
_KIND = argument(
    "kind",
    ReportKind | None,
    "Kind of the reports, null for any; annual reports where neither it nor `where` nor `groupBy` says one.",
)
_FUNCTIONS = (
    "What to make of the values, {} at most; figures are only counted without. A range is no one number: it counts for "
    "`count` of the group alone, and "
    "`n` of a value tells how many figures it is made of."
)


def _aggregate_field(types: Types) -> StrawberryField:
    most = f"What to measure, {types.limits.metrics} at most; reports are only counted without."
    metrics = argument("metrics", many(types.groups.metric) | None, most)
    return query_field(
        "Reports in groups, with what is measured of each group; all reports as one group where nothing is given.",
        partial(_aggregate, types),
        name="aggregate",
        type_=many(types.groups.bucket),
        arguments=(
            _KIND,
            *types.group_arguments(REPORT_GROUPS, metrics),
            FIGURES,
            _MIX_SCOPES,
            _MIX_KINDS,
            _MIX_YEARS,
        ),
        weight=GROUPING,
    )


async def _aggregate(
    types: Types, context: ReadContext, selected: Selected, arguments: Arguments, _wanted: Wanted
) -> list[Located]:
    metrics = [types.groups.metric_of(given, figures_of(arguments)) for given in arguments.get("metrics") or ()]
    kind = of_kind(types.listings[REPORTS].where, arguments)
    return _located(await _groups(types, REPORT_GROUPS, context, selected, arguments, metrics=metrics, within=kind))


def _aggregate_statistics_field(types: Types) -> StrawberryField:
    functions = argument("functions", list[AggregateFunction] | None, _FUNCTIONS.format(types.limits.metrics))
    return query_field(
        "Figures that narratives state in groups, with functions of their values; counting alone mixes anything.",
        partial(_aggregate_statistics, types),
        name="aggregateStatistics",
        type_=many(types.groups.bucket),
        arguments=(
            *types.group_arguments(STATISTIC_GROUPS, functions),
            _MIX_UNITS,
            _MIX_SCOPES,
            _MIX_KINDS,
            _MIX_PARTS,
        ),
        weight=GROUPING,
    )


async def _aggregate_statistics(
    types: Types, context: ReadContext, selected: Selected, arguments: Arguments, _wanted: Wanted
) -> list[Located]:
    metrics = [
        FigureMetric(Operand("value"), AggregateFunction(given.value)) for given in arguments.get("functions") or ()
    ]
    return _located(await _groups(types, STATISTIC_GROUPS, context, selected, arguments, metrics=metrics))


def _count_field(name: str, description: str, grouped: Grouped, types: Types) -> StrawberryField:
    """A field that counts the rows of a list in groups."""
    return query_field(
        description,
        partial(_counted, types, grouped),
        name=name,
        type_=many(types.groups.bucket),
        arguments=types.group_arguments(grouped),
        weight=GROUPING,
    )


async def _counted(
    types: Types,
    grouped: Grouped,
    context: ReadContext,
    selected: Selected,
    arguments: Arguments,
    _wanted: Wanted,
) -> list[Located]:
    return _located(await _groups(types, grouped, context, selected, arguments, metrics=()))


def _series_field(types: Types) -> StrawberryField:
    return query_field(
        "One figure or ratio through the years.",
        partial(_series, types),
        name="series",
        type_=many(types.groups.point),
        arguments=(
            argument("metric", types.groups.metric, "What to measure."),
            argument("agency", str | None, "Full name of the agency; all agencies where it is not given."),
            _KIND,
            types.where_argument(REPORT_GROUPS),
            FIGURES,
            _MIX_SCOPES,
            _MIX_KINDS,
        ),
        weight=GROUPING,
    )


async def _series(
    types: Types, context: ReadContext, selected: Selected, arguments: Arguments, _wanted: Wanted
) -> list[Located]:
    agency = arguments.get("agency")
    whose = {} if agency is None else {"agency.name": agency}
    known = {**whose, **of_kind(types.listings[REPORTS].where, arguments), "year": {"$ne": None}}
    by_year = {**arguments, "groupBy": [DIMENSIONS[REPORTS]["YEAR"]]}
    metrics = [types.groups.metric_of(arguments["metric"], figures_of(arguments))]
    return _located(
        points(await _groups(types, REPORT_GROUPS, context, selected, by_year, metrics=metrics, within=known))
    )


def _ratios_field(types: Types) -> StrawberryField:
    ratios = _located(ratio_answers(types.forms))

    async def answer(*_context: Any) -> list[Located]:
        return ratios

    return query_field(
        "The ratios that the field uses, as formulas over cells.",
        answer,
        name="ratios",
        type_=many(types.groups.ratio),
    )


def _concepts_field(types: Types) -> StrawberryField:
    concepts = _located(concept_answers(types.forms))

    async def answer(*_context: Any) -> list[Located]:
        return concepts

    return query_field(
        "What several editions count, each by cells of its own: sums that no form prints, and one name for what "
        "changed its place.",
        answer,
        name="concepts",
        type_=many(types.groups.concept),
    )


async def _groups(  # noqa: PLR0913 - what is grouped, what is asked of it, and where from
    types: Types,
    grouped: Grouped,
    context: ReadContext,
    selected: Selected,
    arguments: Arguments,
    *,
    metrics: Sequence[Metric],
    within: Mapping[str, Any] = ALL,
) -> list[Document]:
    listing, limits = types.listings[grouped.collection], context.bounds.limits
    match = conjunction([within, predicate(listing.where, arguments.get("where"), limits)])
    by_range = _ranges(types, arguments)
    plan = plan_groups(grouped, arguments, match=match, metrics=metrics, limits=limits, ranges=by_range)
    plan = replace(plan, apart=counts_apart(selected))
    search = arguments.get("search")
    if search is not None:
        found = await context.searches[grouped.collection].match(checked(search, limits))
        plan = replace(plan, match=conjunction([found, plan.match]))
    groups = await context.reader.groups(plan)
    if not groups:
        await Hints(context.reader).about_filter(selected.key, listing, arguments)
    return groups


def _ranges(types: Types, arguments: Arguments) -> list[Dimension]:
    """The ranges that reports are to be grouped by, where any are asked for."""
    given = arguments.get("groupByRange")
    return [] if given is None else [ranges(types.measures.all.of(given["of"], figures_of(arguments)), given["at"])]


def counts_apart(selected: Selected) -> bool:
    """Whether an answer shows how many figures are printed or implied: only then they are counted."""
    if is_leaf_type(selected.type):
        return selected.name in {"printed", "implied"}
    return any(map(counts_apart, selected.fields()))


def _located(made: Iterable[Document]) -> list[Located]:
    return [Located(each, each) for each in made]


GROUP_FIELDS = (
    _aggregate_field,
    _aggregate_statistics_field,
    partial(_count_field, "aggregatePassages", "How many passages there are in each group.", PASSAGE_GROUPS),
    partial(
        _count_field,
        "aggregateMentions",
        "How many mentions there are in each group: which documents are cited most, for instance.",
        MENTION_GROUPS,
    ),
    _series_field,
    _ratios_field,
    _concepts_field,
)
"""Their declarations, in the order of the schema."""
