"""What answers the fields of a report that are not stored as they are shown: lists narrowed by arguments, and more.

What a report does not have is null or an empty list.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import strawberry

from loaders.document import CellStatus, CheckStatus, Document, FigureStatus, MentionKind, SectionRole, Template
from loaders.fields import (
    AGENCY,
    CELL,
    CHECK,
    EVENT,
    IMPLIED_FIGURE,
    MENTION,
    PASSAGE,
    REPORT,
    SECTION,
    STATISTIC,
    field_of,
)
from loaders.forms import Severity
from loaders.store.derived_rows import STATISTICS, clause, sought
from schema.fields.source import Compute, argument, computed, many
from schema.plan.predicate import predicate
from schema.plan.predicate_in_memory import matching
from schema.plan.search_terms import FOUND_BY, Search, checked
from schema.queryable.check_status import check_status
from schema.queryable.conditions import Branch, leaves
from schema.queryable.report_conditions import stated_figures
from schema.request import Limits
from schema.types.declared import Computed, declared_fields
from schema.types.display_titles import READS, display_title
from schema.types.factory import FilterTypes
from schema.types.global_ids import global_id
from schema.types.links import links_of
from schema.types.report_parts import Labels, ReportPartTypes, passage_hit, report_key
from schema.types.values import PLAIN


def _spans(value: Document, _report: Document) -> list[Document]:
    return [{"fact": fact, **span} for fact, span in (value.get("spans") or {}).items()]


def _chosen(items: Any, wanted: dict[str, Any]) -> Iterator[Document]:
    asked = {key: want for key, want in wanted.items() if want is not None}
    return (item for item in items or () if all(item.get(key) == want for key, want in asked.items()))


def _sections(value: Document, _report: Document, role: Any = None, level: int | None = None) -> list[Document]:
    return list(_chosen(value.get("sections"), {"role": role, "level": level}))


def _section(value: Document, _report: Document, role: Any) -> Document | None:
    return next(_chosen(value.get("sections"), {"role": role}), None)


def _under(value: Document, report: Document, section: str | None) -> list[Document]:
    return [
        passage
        for passage in value.get("passages") or ()
        if section is None or section == global_id("Section", report_key(report), passage.get("section"))
    ]


def _sought(asked: Search, passages: Iterable[Document]) -> list[Document]:
    return [passage for passage in passages if asked.finds(passage["text"])]


def _passages(limits: Limits) -> Compute:
    def chosen(
        value: Document, report: Document, search: str | None = None, section: str | None = None
    ) -> list[Document]:
        passages = _under(value, report, section)
        return passages if search is None else _sought(checked(search, limits), passages)

    return chosen


def _hits(limits: Limits) -> Compute:
    def found(value: Document, report: Document, search: str, section: str | None = None) -> list[Document]:
        asked = checked(search, limits)
        return [{**passage, FOUND_BY: asked} for passage in _sought(asked, _under(value, report, section))]

    return found


def _mentions(value: Document, _report: Document, kind: Any = None) -> list[Document]:
    return list(_chosen(value.get("mentions"), {"kind": kind}))


def _cells(labels: Labels) -> Compute:
    def chosen(
        value: Document, _report: Document, form: str | None = None, status: Any = None, label: str | None = None
    ) -> list[Document]:
        cells = _chosen(value.get("cells"), {"status": status})
        if form is not None:
            cells = (cell for cell in cells if cell["path"].partition(".")[0] == form)
        if label is not None:
            asked = Search.of(label)
            cells = (cell for cell in cells if asked.finds(labels.get(cell["path"], ("", ""))[0]))
        return list(cells)

    return chosen


def _cell(value: Document, _report: Document, path: str) -> Document | None:
    return next(_chosen(value.get("cells"), {"path": path}), None)


def _implied(value: Document, _report: Document, path: str | None = None, status: Any = None) -> list[Document]:
    return list(_chosen(value.get("implications"), {"path": path, "status": status}))


def _checks(value: Document, _report: Document, **wanted: Any) -> list[Document]:
    return list(_chosen(value.get("checks"), wanted))


def _statistics(conditions: Branch, limits: Limits) -> Compute:
    def chosen(
        value: Document, _report: Document, where: Mapping[str, Any] | None = None, search: str | None = None
    ) -> list[Document]:
        figures = links_of(value).statistics
        if where:
            figures = list(filter(matching(predicate(conditions, where, limits)), figures))
        if search is not None:
            asked = Search.of(search)
            figures = [one for one in figures if asked.finds(sought(_quoting(one, value), STATISTICS))]
        return figures

    return chosen


def _quoting(figure: Document, report: Document) -> Document:
    """A figure with its clause, as its row has it."""
    return {**figure, "clause": clause(figure, report)}


def _check_status(value: Document, _report: Document) -> CheckStatus:
    return check_status(value.get("checks") or ())


def report_fields(parts: ReportPartTypes, filters: FilterTypes, limits: Limits, template: Any) -> list[Any]:
    """The fields of a report besides its forms, new ones at each call: Strawberry writes into them."""
    types = {
        **PLAIN,
        AGENCY.name: parts.agency,
        SECTION.name: parts.section,
        PASSAGE.name: parts.passage,
        STATISTIC.name: parts.statistic,
        MENTION.name: parts.mention,
        EVENT.name: parts.event,
        CELL.name: parts.cell,
        CHECK.name: parts.check,
        IMPLIED_FIGURE.name: parts.implied,
        Template.__name__: template,
    }
    own = {
        "passages": _in_passages(limits),
        "statistics": _stated(filters, limits),
        "cells": _printed(parts.labels),
    }
    return [*declared_fields(REPORT, types, {**_FACTS, **_LISTS, **own}), _passage_hits(parts, limits)]


_FACTS = {
    "id": Computed(lambda value, _: global_id("Report", value["_id"]), reads=("_id",)),
    "factSpans": Computed(_spans, reads=("spans",)),
    "displayTitle": Computed(lambda value, _: display_title(value), reads=READS),
    "titlePrinted": Computed(lambda value, _: bool(value.get("title")), reads=("title",)),
    "checkStatus": Computed(_check_status, reads=("checks.status",)),
}
_AS_OF_ALL = "It is read as a search of all passages."
_UNDER = argument("section", strawberry.ID | None, "Only passages right under the section of this id.")
_LISTS = {
    "sections": Computed(
        _sections,
        base="sections",
        reads_with={"role": ("sections.role",), "level": ("sections.level",)},
        arguments=(
            argument("role", SectionRole | None, "Only sections about this."),
            argument("level", int | None, "Only sections of this numbering style."),
        ),
    ),
    "section": Computed(
        _section,
        base="sections",
        reads=("sections.role",),
        arguments=(argument("role", SectionRole, field_of(SECTION, "role").words),),
    ),
    "mentions": Computed(
        _mentions,
        base="mentions",
        reads_with={"kind": ("mentions.kind",)},
        arguments=(argument("kind", MentionKind | None, "Only mentions of this kind."),),
    ),
    "cell": Computed(
        _cell,
        base="cells",
        reads=("cells.path",),
        arguments=(argument("path", str, field_of(CELL, "path").words),),
    ),
    "implied": Computed(
        _implied,
        base="implications",
        reads_with={name: (f"implications.{name}",) for name in ("path", "status")},
        arguments=(
            argument("path", str | None, "Only the figure of this id, for instance requests.outcomes.total.total."),
            argument("status", FigureStatus | None, "Only figures that rest on this."),
        ),
    ),
    "checks": Computed(
        _checks,
        base="checks",
        reads_with={name: (f"checks.{name}",) for name in ("status", "rule", "severity")},
        arguments=(
            argument("status", CheckStatus | None, "Only checks of this outcome."),
            argument("rule", str | None, "Only checks of the rule of this code."),
            argument("severity", Severity | None, "Only checks whose failure weighs this much."),
        ),
    ),
}


def _in_passages(limits: Limits) -> Computed:
    return Computed(
        _passages(limits),
        base="passages",
        reads_with={"search": ("passages.text",), "section": ("passages.section", "_id")},
        arguments=(argument("search", str | None, f"Only passages that this search finds. {_AS_OF_ALL}"), _UNDER),
    )


def _passage_hits(parts: ReportPartTypes, limits: Limits) -> Any:
    passages = field_of(REPORT, "passages")
    return computed(
        "Passages of the report that a search finds, in order of the text, with what it found there.",
        _hits(limits),
        reads_with={"section": ("passages.section", "_id")},
        base="passages",
        size=passages.size,
        arguments=(argument("search", str, f"What to look for. {_AS_OF_ALL}"), _UNDER),
        name="passageHits",
        type_=many(passage_hit(parts.passage)),
    )


def _printed(labels: Labels) -> Computed:
    return Computed(
        _cells(labels),
        base="cells",
        reads_with={"form": ("cells.path",), "label": ("cells.path",), "status": ("cells.status",)},
        arguments=(
            argument("form", str | None, "Only cells of the form of this id, for instance requests."),
            argument("status", CellStatus | None, "Only cells read like this."),
            argument("label", str | None, "Only cells whose official labels have these terms in them, as in a search."),
        ),
    )


_SOUGHT = ("label", "subject", "clauseStart", "clauseEnd")


def _stated(filters: FilterTypes, limits: Limits) -> Computed:
    conditions = stated_figures()
    return Computed(
        _statistics(conditions, limits),
        base="statistics",
        reads_with={
            "where": tuple(f"statistics.{condition.path}" for condition in leaves(conditions)),
            "search": ("rawText", *(f"statistics.{key}" for key in _SOUGHT)),
        },
        arguments=(
            argument("where", filters.of(conditions) | None, "Conditions that the figures must meet."),
            argument(
                "search", str | None, "Only figures that have these terms, read as in a search of the figures of all."
            ),
        ),
    )
