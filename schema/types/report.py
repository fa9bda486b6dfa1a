"""The fields of a report besides its forms, and how the lists in it are narrowed by arguments.

Stored documents enter, their parts leave; nothing is refused: what a report does not have is null or an empty list.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import strawberry

from loaders.document import INDICATORS, CellStatus, CheckStatus, Document, ReportKind, Scope, SectionRole
from loaders.forms import Form, Severity
from schema.fields.source import Compute, argument, computed, many, stored
from schema.plan.predicate import predicate
from schema.plan.predicate_in_memory import matching
from schema.plan.search_terms import FOUND_BY, Search
from schema.queryable.check_status import check_status
from schema.queryable.conditions import Branch, leaves
from schema.queryable.report_conditions import stated_figures
from schema.request import Limits
from schema.types.factory import FilterTypes
from schema.types.global_ids import global_id
from schema.types.report_parts import Parts, report_key
from schema.types.values import Check, CitedDocument, Contact, FactSpan, Indicator, Source, TableSpan

LONG_TEXT = 20
"""How many plain values a whole text is reckoned as."""


def _spans(value: Document, _report: Document) -> list[Document]:
    return [{"fact": fact, **span} for fact, span in (value.get("spans") or {}).items()]


def _chosen(items: Any, wanted: dict[str, Any]) -> Iterator[Document]:
    asked = {key: want for key, want in wanted.items() if want is not None}
    return (item for item in items or () if all(item.get(key) == want for key, want in asked.items()))


def _sections(value: Document, _report: Document, role: Any = None, level: int | None = None) -> list[Document]:
    return list(_chosen(value.get("sections"), {"role": role, "level": level}))


def _section(value: Document, _report: Document, role: Any) -> Document | None:
    return next(_chosen(value.get("sections"), {"role": role}), None)


def _passages(
    value: Document, report: Document, search: str | None = None, section: str | None = None
) -> list[Document]:
    passages = [
        passage
        for passage in value.get("passages") or ()
        if section is None or section == global_id("Section", report_key(report), passage.get("section"))
    ]
    if search is None:
        return passages
    asked = Search.of(search)
    return [{**passage, FOUND_BY: asked} for passage in passages if asked.finds(passage["text"])]


def _cells(value: Document, _report: Document, form: str | None = None, status: Any = None) -> list[Document]:
    cells = _chosen(value.get("cells"), {"status": status})
    return [cell for cell in cells if form is None or cell["path"].partition(".")[0] == form]


def _cell(value: Document, _report: Document, path: str) -> Document | None:
    return next(_chosen(value.get("cells"), {"path": path}), None)


def _checks(value: Document, _report: Document, **wanted: Any) -> list[Document]:
    return list(_chosen(value.get("checks"), wanted))


def _statistics(conditions: Branch, limits: Limits) -> Compute:
    def chosen(value: Document, _report: Document, where: Mapping[str, Any] | None = None) -> list[Document]:
        figures = value.get("statistics") or []
        return list(filter(matching(predicate(conditions, where, limits)), figures)) if where else figures

    return chosen


def _supersedes(value: Document, _report: Document) -> str | None:
    older = value.get("supersedes")
    return None if older is None else global_id("Report", older)


def _check_status(value: Document, _report: Document) -> CheckStatus:
    return check_status(value.get("checks") or ())


def report_fields(parts: Parts, filters: FilterTypes, limits: Limits, template: Any) -> list[Any]:
    """The fields of a report besides its forms, new ones at each call: Strawberry writes into them."""
    return [
        *_fact_fields(parts, template),
        *_section_fields(parts),
        *_narrative_fields(parts),
        _statistics_field(parts, filters, limits),
        *_cell_fields(parts),
        *_check_fields(),
    ]


def _fact_fields(parts: Parts, template: Any) -> list[Any]:
    return [
        computed(
            "Opaque id.",
            lambda value, _: global_id("Report", value["_id"]),
            reads=("_id",),
            name="id",
            type_=strawberry.ID,
        ),
        stored("Kind of report.", name="kind", type_=ReportKind),
        stored("Edition that the report follows, told by its labels.", name="template", type_=template | None),
        stored("Edition prescribed for its year.", name="templateExpected", type_=template | None),
        stored("Title, as printed.", name="title", type_=str | None),
        stored("Year that the report is about.", name="year", type_=int | None),
        stored("First day that the report covers, in ISO 8601.", name="periodStart", type_=str | None),
        stored("Last day that the report covers, in ISO 8601.", name="periodEnd", type_=str | None),
        stored("Day of publication, in ISO 8601.", name="publishedOn", type_=str | None),
        stored("Whose figures the report holds.", name="scope", type_=Scope | None),
        stored("The agency whose report it is.", name="agency", type_=parts.agency | None),
        stored("How the agency can be reached.", name="contact", type_=Contact | None),
        stored("Documents that the report cites.", name="citedDocuments", type_=list[CitedDocument], size=5),
        stored("Stable codes of what is odd about the report.", name="flags", type_=list[str]),
        computed(
            "Where the facts about the report were read.",
            _spans,
            reads=("spans",),
            name="factSpans",
            type_=list[FactSpan],
            size=5,
        ),
        stored("The file that the report was read from.", name="source", type_=Source | None),
        stored("Number of this revision of the report, 1 for the first.", name="revision", type_=int | None),
        computed(
            "Id of the older text that this one superseded, null for the first.",
            _supersedes,
            reads=("supersedes",),
            name="supersedes",
            type_=strawberry.ID | None,
        ),
    ]


def _section_fields(parts: Parts) -> list[Any]:
    return [
        stored(
            "The text that all offsets count in, exactly as read.", name="rawText", type_=str | None, weight=LONG_TEXT
        ),
        computed(
            "The sections in order of the text.",
            _sections,
            base="sections",
            name="sections",
            type_=many(parts.section),
            size=20,
            reads_with={"role": ("sections.role",), "level": ("sections.level",)},
            arguments=(
                argument("role", SectionRole | None, "Only sections about this."),
                argument("level", int | None, "Only sections of this numbering style."),
            ),
        ),
        computed(
            "The first section about something.",
            _section,
            base="sections",
            name="section",
            type_=parts.section | None,
            reads=("sections.role",),
            arguments=(argument("role", SectionRole, "What the section is about."),),
        ),
    ]


def _narrative_fields(parts: Parts) -> list[Any]:
    return [
        computed(
            "The passages of the narrative in order of the text.",
            _passages,
            base="passages",
            name="passages",
            type_=many(parts.passage),
            size=60,
            reads_with={"search": ("passages.text",), "section": ("passages.section", "_id")},
            arguments=(
                argument(
                    "search",
                    str | None,
                    "Only passages that have these terms in them, read as in a search of all passages.",
                ),
                argument("section", strawberry.ID | None, "Only passages right under the section of this id."),
            ),
        ),
    ]


def _statistics_field(parts: Parts, filters: FilterTypes, limits: Limits) -> Any:
    conditions = stated_figures()
    return computed(
        "The figures that the narrative states, in order of the text.",
        _statistics(conditions, limits),
        base="statistics",
        name="statistics",
        type_=many(parts.statistic),
        size=100,
        reads_with={"where": tuple(f"statistics.{leaf.path}" for leaf in leaves(conditions))},
        arguments=(argument("where", filters.of(conditions) | None, "Conditions that the figures must meet."),),
    )


def _cell_fields(parts: Parts) -> list[Any]:
    return [
        computed(
            "The cells of the official tables, by how they were read.",
            _cells,
            base="cells",
            name="cells",
            type_=many(parts.cell),
            size=200,
            reads_with={"form": ("cells.path",), "status": ("cells.status",)},
            arguments=(
                argument("form", str | None, "Only cells of the form of this id, for instance requests."),
                argument("status", CellStatus | None, "Only cells read like this."),
            ),
        ),
        computed(
            "One cell of an official table.",
            _cell,
            base="cells",
            name="cell",
            type_=parts.cell | None,
            reads=("cells.path",),
            arguments=(argument("path", str, "Id of the cell, for instance requests.received.total."),),
        ),
        stored("Where the official tables stand in the raw text.", name="tables", type_=list[TableSpan], size=4),
    ]


def _check_fields() -> list[Any]:
    return [
        computed(
            "The checks of the report's arithmetic.",
            _checks,
            base="checks",
            name="checks",
            type_=list[Check],
            size=50,
            reads_with={name: (f"checks.{name}",) for name in ("status", "rule", "severity")},
            arguments=(
                argument("status", CheckStatus | None, "Only checks of this outcome."),
                argument("rule", str | None, "Only checks of the rule of this code."),
                argument("severity", Severity | None, "Only checks whose failure weighs this much."),
            ),
        ),
        computed(
            "State of the checks as a whole: FAIL where one failed, else PASS where one passed, else NOT_ASSESSABLE.",
            _check_status,
            reads=("checks.status",),
            name="checkStatus",
            type_=CheckStatus,
        ),
        stored("Codes of the rules that failed, each once.", name="failedRules", type_=list[str]),
    ]


def extra_fields(forms: Sequence[Form]) -> dict[str, list[Any]]:
    """Fields that a form's object has besides its cells, by the id of the form."""
    return {
        form.id: [stored("Indicators of local tables.", name=INDICATORS, type_=list[Indicator], size=40)]
        for form in forms
        if form.indicators
    }
