"""Filters and sorts on what identifies a report are served by an index; the server itself says so.

The filters are read off the declaration, one for each condition outside the forms and the lists within a report.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from api.settings import Settings
from loaders.fields import ValueKind
from loaders.forms import FORMS as DECLARED
from loaders.store.derived_rows import heavy
from schema.plan.commands import Aggregate, Find, page_commands
from schema.plan.cursor import CursorSeal
from schema.plan.groups import group_pipeline, percentile_figures, plan_groups, values_pipeline
from schema.plan.pages import Bounds, Wanted, plan_page
from schema.plan.predicate import predicate
from schema.plan.routing import routed
from schema.queryable.conditions import Branch, Condition
from schema.queryable.dimensions import GROUPED, REPORT_GROUPS, Grouped
from schema.queryable.metrics import AggregateFunction, FigureMetric
from schema.queryable.operands import Operand
from schema.read.schema import build_schema
from schema.request import Limits
from schema.types.groups import DIMENSIONS
from tests.explaining import Stage, bounded, explained, names

BOUNDS = Bounds(Limits(), b"secret")
BUILT = build_schema()
FORMS = [form.id for form in DECLARED]
HEAVY = heavy(DECLARED)
Where = dict[str, Any]

WALKED = {
    **dict.fromkeys(
        (f"{rows}.{path}" for rows in ("passages", "statistics") for path in ("kind", "template", "scope", "role")),
        "a few values that many rows share: a page of them is soon met in the order of years",
    ),
    **dict.fromkeys(
        (f"mentions.{path}" for path in ("reportKind", "template", "scope", "role", "precision", "repeated")),
        "a few values that many rows share: a page of them is soon met in the order of years",
    ),
    **dict.fromkeys(
        (f"mentions.{path}" for path in ("text", "title", "passage")),
        "about the mention, not about the report; asked beside a kind or a value, or found by a search",
    ),
    **dict.fromkeys(
        (f"{rows}.agency.{path}" for rows in ("passages", "statistics", "mentions") for path in ("level", "type")),
        "a few values that many rows share: a page of them is soon met in the order of years",
    ),
    **dict.fromkeys(
        (
            f"statistics.{path}"
            for path in (
                "label",
                "value",
                "qualifier",
                "change",
                "period",
                "cumulative",
                "context",
                "implied",
                "text",
                "cell",
                "whole",
                "breakdown",
                "subject",
                "subjectStatus",
                "clause",
                "previousValue",
            )
        ),
        "about the figure, not about the report; asked beside a year, a place or a unit",
    ),
    **dict.fromkeys(
        (
            f"{rows}.section.{path}"
            for rows in ("passages", "statistics")
            for path in ("parent", "level", "ordinal", "title", "role", "inferred")
        ),
        "about the section, not about the report; asked beside a year, a place or a search",
    ),
    "reports.revision": "1 of most reports: a page of them is soon met in the order of years",
    **dict.fromkeys(
        (f"regions.{path}" for path in ("level", "province", "prefecture", "county", "township")),
        "regions are some thousands at most: a page of them is soon met in the order of codes",
    ),
    "passages.text": "found by the pairs of characters of a search",
}
"""Filters that no index of their own serves, and why that is right."""


def leaves(tree: Branch) -> Iterator[tuple[tuple[str, ...], Condition]]:
    """Every condition that identifies, with the names that lead to it."""
    for name, node in tree.children.items():
        if isinstance(node, Condition):
            yield (name,), node
        elif isinstance(node, Branch) and name not in FORMS:
            yield from (((name, *rest), leaf) for rest, leaf in leaves(node))


def condition(leaf: Condition) -> Where:
    """A condition that no document of the stock meets, unless its values are few: the best plan is the shortest."""
    if leaf.kind in {ValueKind.WORDS, ValueKind.YEARS}:
        return {"has": 1 if leaf.kind is ValueKind.YEARS else "none"}
    if leaf.enum is not None:
        return {"eq": [member.value for member in leaf.enum][-1]}
    return {
        "eq": {ValueKind.BOOLEAN: True, ValueKind.INT: 1, ValueKind.FLOAT: 0.5, ValueKind.DATE: "1900-01-01"}.get(
            leaf.kind, "none"
        )
    }


def nested(names: tuple[str, ...], value: Where) -> Where:
    """A condition under the names that lead to it."""
    for name in reversed(names):
        value = {name: value}
    return value


CASES = {
    f"{field}.{'.'.join(path)}": (field, leaf.path, nested(path, condition(leaf)))
    for field, listing in BUILT.listings.items()
    for path, leaf in leaves(listing.where)
}


def plans(settings: Settings, field: str, arguments: dict[str, Any]) -> Iterator[list[Stage]]:
    """What the server would do for a page."""
    for planned in page_commands(plan_page(BUILT.listings[field], arguments, Wanted({"_id": 1}), BOUNDS)):
        command = routed(planned, HEAVY)
        assert isinstance(command, Find)
        yield explained(
            settings,
            {
                "find": command.collection,
                "filter": dict(command.where),
                "sort": dict(command.sort),
                "projection": dict(command.projection),
                "limit": command.limit,
            },
        )


@pytest.mark.parametrize("name", CASES)
def test_a_filter_on_identity_uses_an_index(name: str, stocked_settings: Settings) -> None:
    field, path, where = CASES[name]

    for plan in plans(stocked_settings, field, {"where": where}):
        assert "COLLSCAN" not in names(plan)
        assert path in bounded(plan) or name in WALKED


def test_no_exception_is_made_for_what_needs_none(stocked_settings: Settings) -> None:
    needless = {
        name
        for name in WALKED
        if all(CASES[name][1] in bounded(plan) for plan in plans(stocked_settings, *_arguments(name)))
    }

    assert needless == set()


def _arguments(name: str) -> tuple[str, dict[str, Any]]:
    field, _, where = CASES[name]
    return field, {"where": where}


BEGINNINGS = {
    "reports.agency.name": {"agency": {"name": {"startsWith": "x"}}},
    "reports.agency.region.code": {"agency": {"region": {"code": {"within": "990000"}}}},
    "reports.title": {"title": {"startsWith": "x"}},
    "reports.source.name": {"source": {"name": {"startsWith": "x"}}},
    "reports.publishedOn": {"publishedOn": {"gte": "2999"}},
    "reports.year": {"year": {"gte": 2999}},
    "passages.agency.region.code": {"agency": {"region": {"code": {"startsWith": "99"}}}},
    "statistics.agency.region.code": {"agency": {"region": {"code": {"startsWith": "99"}}}},
    "regions.code": {"code": {"within": "990000"}},
    "agencies.region.code": {"region": {"code": {"within": "990000"}}},
}


@pytest.mark.parametrize("name", BEGINNINGS)
def test_a_range_uses_an_index(name: str, stocked_settings: Settings) -> None:
    field, path, _ = CASES[name]

    for plan in plans(stocked_settings, field, {"where": BEGINNINGS[name]}):
        assert path in bounded(plan)


@pytest.mark.parametrize("form", FORMS)
def test_a_filter_on_any_one_figure_uses_an_index(form: str, stocked_settings: Settings) -> None:
    node = BUILT.listings["reports"].where.children[form]
    assert isinstance(node, Branch)
    figures = {leaf.path: nested((form, *path), {"gte": 10**9}) for path, leaf in leaves(node)}

    walked = {
        path
        for path, where in figures.items()
        for plan in plans(stocked_settings, "reports", {"where": where})
        if path not in bounded(plan)
    }

    assert walked == set()
    assert figures


SORTS = ["YEAR", "PUBLISHED_ON", "PERIOD_END", "LOADED_AT", "TITLE", "AGENCY_NAME", "REGION_CODE"]


@pytest.mark.parametrize("field", SORTS)
@pytest.mark.parametrize("direction", ["ASC", "DESC"])
@pytest.mark.parametrize("page", [{"first": 5}, {"last": 5}], ids=["first", "last"])
def test_an_index_gives_the_order_of_reports(
    field: str, direction: str, page: dict[str, int], stocked_settings: Settings
) -> None:
    for plan in plans(stocked_settings, "reports", {**ordered(field, direction), **page}):
        assert not names(plan) & {"COLLSCAN", "SORT"}


def test_an_index_gives_the_largest_figures_of_a_unit(stocked_settings: Settings) -> None:
    arguments = {"where": {"unit": {"eq": "条"}}, **ordered("VALUE", "DESC")}

    for plan in plans(stocked_settings, "statistics", arguments):
        assert not names(plan) & {"COLLSCAN", "SORT"}


def ordered(field: str, direction: str) -> dict[str, Any]:
    """The argument that asks for an order."""
    member = type("Member", (), {"value": field})()
    return {"orderBy": [{"field" if field == "VALUE" else "path": member, "direction": direction}]}


GROUPINGS = {
    name: (grouped, path, where)
    for grouped in GROUPED
    for name, (field, path, where) in CASES.items()
    if field == grouped.collection and name not in WALKED
}


@pytest.mark.parametrize("name", GROUPINGS)
def test_groups_of_what_a_filter_on_identity_finds_use_its_index(name: str, stocked_settings: Settings) -> None:
    grouped, path, where = GROUPINGS[name]

    groups, *values = [
        explained(stocked_settings, {"aggregate": sent.collection, "pipeline": sent.pipeline, "cursor": {}})
        for pipeline in pipelines(grouped, where)
        for sent in [routed(Aggregate(grouped.collection, pipeline), HEAVY)]
    ]

    assert path in bounded(groups)
    assert all("COLLSCAN" not in names(plan) for plan in (groups, *values))


def pipelines(grouped: Grouped, where: Where) -> Iterator[list[Mapping[str, Any]]]:
    """What is sent for groups by year: the pipeline that groups, and of figures the one that reads their values."""
    received = Operand("requests.received.total", "known.requests.received.total")
    figure = received if grouped is REPORT_GROUPS else Operand("value")
    plan = plan_groups(
        grouped,
        {"groupBy": [DIMENSIONS[grouped.collection]["YEAR"]]},
        match=predicate(BUILT.listings[grouped.collection].where, where, Limits()),
        metrics=[FigureMetric(figure, AggregateFunction.MEDIAN)] if grouped.metrics else [],
        limits=Limits(),
    )
    yield group_pipeline(plan)
    for wanted in percentile_figures(plan):
        yield values_pipeline(plan, wanted, [{"_id": {"k0": 2020}}])


def test_cursors_of_equal_lists_are_equal() -> None:
    seals = [
        CursorSeal.of(b"s", "reports", {"year": 1, "kind": "x"}),
        CursorSeal.of(b"s", "reports", {"kind": "x", "year": 1}),
    ]

    assert seals[0].sealed([1, "r"]) == seals[1].sealed([1, "r"])
