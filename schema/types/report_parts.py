"""The object types that refer to reports and are referred to by them: agencies, sections, passages, figures, cells.

They are made anew for each set of forms, because the report type is; `extend` closes the circle once it exists. A row
of a derived collection serves their functions as well as a part of a report.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from strawberry.types.field import StrawberryField

from loaders.document import Document
from loaders.fields import AGENCY, CELL, PASSAGE, REGION, SECTION, STATISTIC
from loaders.store.derived_rows import PASSAGES, SEARCHED, STATISTICS, agency_id, clause, is_cumulative
from schema.fields.source import computed
from schema.plan.search_terms import FOUND_BY
from schema.types.declared import Computed, part_type
from schema.types.global_ids import UNNAMED, global_id
from schema.types.region import region_type
from schema.types.values import PLAIN, Node, Span

Labels = Mapping[str, tuple[str, str]]
"""Chinese and English words of each cell, by its path."""

NOUNS = {PASSAGES: "passage", STATISTICS: "figure"}
"""What a row of a collection is called in descriptions."""


@dataclass(frozen=True, slots=True)
class ReportPartTypes:
    """The types that refer to reports."""

    agency: Any
    region: Any
    section: Any
    passage: Any
    statistic: Any
    cell: Any


def part_types(labels: Labels) -> ReportPartTypes:
    """New types, without the fields that lead back to reports."""
    passage, region = _passage_type(), region_type()
    return ReportPartTypes(
        _agency_type(region), region, _section_type(passage), passage, _statistic_type(), _cell_type(labels)
    )


def extend(type_: Any, fields: Iterable[StrawberryField]) -> None:
    """Add fields to a type that is declared already, before the schema is made of it."""
    type_.__strawberry_definition__.fields.extend(fields)


def report_key(report: Document) -> str:
    """The id of the report that a document is, or that a row of a derived collection belongs to."""
    key: str = report["_id"]
    return key.partition("/")[0]


def _part_id(type_name: str, key: str) -> Any:
    """A function that makes the global id of a part of a report from the key it has within the report."""

    def made(value: Document, report: Document) -> str | None:
        local = value.get(key)
        return None if local is None else global_id(type_name, report_key(report), local)

    return made


def _agency_id(value: Document, report: Document) -> str:
    name = value.get("name")
    return global_id("Agency", agency_id(name) if name is not None else f"{UNNAMED}{report['_id']}")


def _region(value: Document, _report: Document) -> Document:
    """The region stays on the agency even where nothing is known of it: joins leave on it what they find."""
    region: Document = value.setdefault("region", {})
    return region


def _role(value: Document, report: Document) -> str | None:
    """The role of the main section: a derived row has it, a part of a report is asked for its sections."""
    if "role" in value:
        role: str | None = value["role"]
        return role
    sections = {section["id"]: section for section in report.get("sections") or ()}
    section = sections.get(value.get("section"))
    while section and section.get("parent") is not None:
        section = sections.get(section["parent"])
    return section.get("role") if section else None


def found_fields(collection: str, row_of: Callable[[Any], Document] = lambda value: value) -> list[Any]:
    """What a search says of a row of a collection, as fields of whatever the row is taken from."""
    noun, text = NOUNS[collection], SEARCHED[collection]

    def score(value: Any, _report: Document) -> float | None:
        row = row_of(value)
        return row[FOUND_BY].score(row[text]) if FOUND_BY in row else None

    def highlights(value: Any, _report: Document) -> list[Document]:
        row = row_of(value)
        return row[FOUND_BY].highlights(row[text]) if FOUND_BY in row else []

    return [
        computed(
            f"How relevant the {noun} is to the search, above 0 to 1: the share of its {text} that the terms make up, "
            "each counted once; null without a search.",
            score,
            reads=(text,),
            name="score",
            type_=float | None,
        ),
        computed(
            f"Where the terms of the search stand in `{text}` of the {noun}, in order, none overlapping another.",
            highlights,
            reads=(text,),
            size=3,
            name="highlights",
            type_=list[Span],
        ),
    ]


def _section_text(value: Document, report: Document) -> str | None:
    raw = report.get("rawText")
    return None if raw is None else raw[value["headingEnd"] : value["end"]].strip()


def _section_passages(value: Document, report: Document) -> list[Document]:
    return [passage for passage in report.get("passages") or () if passage.get("section") == value.get("id")]


def _single(value: Document, _report: Document) -> float | None:
    number = value.get("value")
    return None if isinstance(number, list) else number


def _range(value: Document, _report: Document) -> Document | None:
    number = value.get("value")
    return {"low": number[0], "high": number[1]} if isinstance(number, list) else None


def _clause(value: Document, report: Document) -> str | None:
    """A derived row has it, of a figure of a report it is quoted."""
    kept: str | None = value.get("clause")
    return clause(value, report) if kept is None else kept


def _cumulative(value: Document, report: Document) -> bool:
    """A derived row has it, of a figure of a report it follows from its period."""
    kept: bool | None = value.get("cumulative")
    return is_cumulative(value.get("period"), report.get("year")) if kept is None else kept


def _cell_number(value: Document, _report: Document) -> float | None:
    figure = value.get("value")
    return figure.get("value") if isinstance(figure, dict) else figure


def _cell_amount(value: Document, _report: Document) -> Document | None:
    figure = value.get("value")
    return figure if isinstance(figure, dict) else None


_ROLE = Computed(_role, reads=("role", "section", "/sections.id", "/sections.parent", "/sections.role"))


def _agency_type(region: Any) -> Any:
    computations = {
        "id": Computed(_agency_id, reads=("name", "/_id")),
        "region": Computed(_region, base="region"),
    }
    return part_type(AGENCY, {REGION.name: region}, computations, bases=(Node,))


def _passage_type() -> Any:
    computations = {
        "id": Computed(_part_id("Passage", "id"), reads=("id", "/_id")),
        "role": _ROLE,
        "section": Computed(_part_id("Section", "section"), reads=("section", "/_id")),
    }
    return part_type(PASSAGE, {}, computations, more=tuple(found_fields(PASSAGES)), bases=(Node,))


def _section_type(passage: Any) -> Any:
    computations = {
        "id": Computed(_part_id("Section", "id"), reads=("id", "/_id")),
        "parent": Computed(_part_id("Section", "parent"), reads=("parent", "/_id")),
        "text": Computed(_section_text, reads=("headingEnd", "end", "/rawText")),
        "passages": Computed(_section_passages, reads=("id", "/passages.section"), base="/passages"),
    }
    return part_type(SECTION, {PASSAGE.name: passage}, computations, bases=(Node,))


def _statistic_type() -> Any:
    computations = {
        "role": _ROLE,
        "section": Computed(_part_id("Section", "section"), reads=("section", "/_id")),
        "passage": Computed(_part_id("Passage", "passage"), reads=("passage", "/_id")),
        "value": Computed(_single, reads=("value",)),
        "range": Computed(_range, reads=("value",)),
        "cumulative": Computed(_cumulative, reads=("cumulative", "period", "/year")),
        "clause": Computed(_clause, reads=("clause", "clauseStart", "clauseEnd", "/rawText")),
    }
    return part_type(STATISTIC, PLAIN, computations, more=tuple(found_fields(STATISTICS)))


def _cell_type(labels: Labels) -> Any:
    def word(index: int) -> Any:
        return lambda value, _report: labels[value["path"]][index] if value["path"] in labels else None

    computations = {
        "label": Computed(word(0), reads=("path",)),
        "meaning": Computed(word(1), reads=("path",)),
        "value": Computed(_cell_number, reads=("value",)),
        "amount": Computed(_cell_amount, reads=("value",)),
    }
    return part_type(CELL, PLAIN, computations)
