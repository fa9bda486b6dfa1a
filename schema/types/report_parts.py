"""The object types that refer to reports and are referred to by them: agencies, sections, passages, figures, cells.

They are made anew for each set of forms, because the report type is; `extend` closes the circle once it exists.
Stored dicts enter their functions, values leave; a row of a derived collection serves as well as a part of a report.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import strawberry
from strawberry.types.field import StrawberryField

from loaders.document import AgencyLevel, AgencyType, CellStatus, Change, Document, Qualifier, SectionRole
from loaders.store.derived_rows import PASSAGES, SEARCHED, STATISTICS, agency_id
from schema.fields.source import computed, stored
from schema.plan.search_terms import FOUND_BY
from schema.types.factory import object_type
from schema.types.global_ids import UNNAMED, global_id
from schema.types.region import region_type
from schema.types.values import Amount, Node, NumberRange, Span

Labels = Mapping[str, tuple[str, str]]
"""Chinese and English words of each cell, by its path."""

NOUNS = {PASSAGES: "passage", STATISTICS: "figure"}
"""What a row of a collection is called in descriptions."""


@dataclass(frozen=True, slots=True)
class Parts:
    """The types that refer to reports."""

    agency: Any
    region: Any
    section: Any
    passage: Any
    statistic: Any
    cell: Any


def part_types(labels: Labels) -> Parts:
    """New types, without the fields that lead back to reports."""
    passage, region = _passage_type(), region_type()
    return Parts(_agency_type(region), region, _section_type(passage), passage, _statistic_type(), _cell_type(labels))


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


def _agency_type(region: Any) -> Any:
    return object_type(
        "Agency",
        [
            computed("Opaque id.", _agency_id, reads=("name", "/_id"), name="id", type_=strawberry.ID),
            stored("Full name, null where the report does not tell it without doubt.", name="name", type_=str | None),
            stored("Administrative level.", name="level", type_=AgencyLevel | None),
            stored("What the agency is within its level.", name="type", type_=AgencyType | None),
            computed("Where it is.", _region, base="region", name="region", type_=region),
            stored(
                "Full names that the printed one could stand for, where it is ambiguous.",
                name="candidates",
                type_=list[str],
            ),
        ],
        "An agency that reports.",
        bases=(Node,),
    )


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


def _role_field() -> Any:
    return computed(
        "What the main section that it stands in is about.",
        _role,
        reads=("role", "section", "/sections.id", "/sections.parent", "/sections.role"),
        name="role",
        type_=SectionRole | None,
    )


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


def _passage_type() -> Any:
    return object_type(
        "Passage",
        [
            computed("Opaque id.", _part_id("Passage", "id"), reads=("id", "/_id"), name="id", type_=strawberry.ID),
            computed(
                "Id of the section it stands in.",
                _part_id("Section", "section"),
                reads=("section", "/_id"),
                name="section",
                type_=strawberry.ID | None,
            ),
            _role_field(),
            stored("Clean text, without the line breaks of the page.", name="text", type_=str),
            stored("Where it starts in the raw text.", name="start", type_=int),
            stored("Where it ends in the raw text.", name="end", type_=int),
            *found_fields(PASSAGES),
        ],
        "A passage of the narrative: a paragraph or an item of a list.",
        bases=(Node,),
    )


def _section_text(value: Document, report: Document) -> str | None:
    raw = report.get("rawText")
    return None if raw is None else raw[value["headingEnd"] : value["end"]].strip()


def _section_passages(value: Document, report: Document) -> list[Document]:
    return [passage for passage in report.get("passages") or () if passage.get("section") == value.get("id")]


def _section_type(passage: Any) -> Any:
    return object_type(
        "Section",
        [*_heading_fields(), *_section_text_fields(passage)],
        "A heading and what stands under it, the sections below it included.",
        bases=(Node,),
    )


def _heading_fields() -> list[Any]:
    return [
        computed("Opaque id.", _part_id("Section", "id"), reads=("id", "/_id"), name="id", type_=strawberry.ID),
        computed(
            "Id of the section it is part of, null at the top.",
            _part_id("Section", "parent"),
            reads=("parent", "/_id"),
            name="parent",
            type_=strawberry.ID | None,
        ),
        stored("Numbering style, 1 to 6 from chapter to item; null where unnumbered.", name="level", type_=int | None),
        stored("The number as printed before the heading.", name="ordinal", type_=str | None),
        stored("The heading as printed, without its number.", name="title", type_=str),
        stored("What the section is about.", name="role", type_=SectionRole | None),
        stored("Where its heading starts in the raw text.", name="start", type_=int),
        stored("Where its heading ends in the raw text.", name="headingEnd", type_=int),
        stored("Where the section ends in the raw text.", name="end", type_=int),
        stored(
            "Whether the text has lost the heading and it was recovered from the content.", name="inferred", type_=bool
        ),
    ]


def _section_text_fields(passage: Any) -> list[Any]:
    return [
        computed(
            "The raw text under the heading.",
            _section_text,
            reads=("headingEnd", "end", "/rawText"),
            weight=5,
            name="text",
            type_=str | None,
        ),
        computed(
            "The passages that stand right under this heading, not under one below it.",
            _section_passages,
            reads=("id", "/passages.section"),
            base="/passages",
            size=10,
            name="passages",
            type_=list[passage],
        ),
    ]


def _single(value: Document, _report: Document) -> float | None:
    number = value.get("value")
    return None if isinstance(number, list) else number


def _range(value: Document, _report: Document) -> Document | None:
    number = value.get("value")
    return {"low": number[0], "high": number[1]} if isinstance(number, list) else None


def _statistic_type() -> Any:
    return object_type(
        "Statistic",
        [
            stored("What is counted, as printed.", name="label", type_=str | None),
            stored("Where the label starts in the raw text.", name="labelStart", type_=int | None),
            stored("Where the label ends in the raw text.", name="labelEnd", type_=int | None),
            computed("The figure with multipliers applied; null for a range.", _single, reads=("value",),
                     name="value", type_=float | None),
            computed("Both ends, where the figure is a range.", _range, reads=("value",), name="range",
                     type_=NumberRange | None),
            stored("Unit, without multipliers.", name="unit", type_=str | None),
            stored("How exactly it is meant.", name="qualifier", type_=Qualifier),
            stored("The part it plays in a change.", name="change", type_=Change | None),
            stored("Period it is about, as printed.", name="period", type_=str | None),
            stored("Words around it that narrow what is counted.", name="context", type_=str | None),
            stored("Place, in the report's statistics, of the whole that this figure is part of.", name="partOf",
                   type_=int | None),
            stored("Whether zero is stated without a number.", name="implied", type_=bool),
            stored("The printed number with qualifier and unit.", name="text", type_=str),
            stored("Where the number starts in the raw text.", name="start", type_=int),
            stored("Where the number ends in the raw text.", name="end", type_=int),
            computed("Id of the passage it stands in.", _part_id("Passage", "passage"), reads=("passage", "/_id"),
                     name="passage", type_=strawberry.ID | None),
            computed("Id of the section it stands in.", _part_id("Section", "section"), reads=("section", "/_id"),
                     name="section", type_=strawberry.ID | None),
            stored("Id of the cell of an official table that states the same figure.", name="cell",
                   type_=str | None),
            _role_field(),
            *found_fields(STATISTICS),
        ],
        "A figure that the narrative states, with what it counts and how it is meant.",
    )  # fmt: skip


def _cell_number(value: Document, _report: Document) -> float | None:
    figure = value.get("value")
    return figure.get("value") if isinstance(figure, dict) else figure


def _cell_amount(value: Document, _report: Document) -> Document | None:
    figure = value.get("value")
    return figure if isinstance(figure, dict) else None


def _cell_type(labels: Labels) -> Any:
    def word(index: int) -> Any:
        return lambda value, _report: labels[value["path"]][index] if value["path"] in labels else None

    return object_type(
        "Cell",
        [
            stored("Id of the cell: the path of its figure in the report.", name="path", type_=str),
            computed("Official Chinese labels, from the outermost group to the column.", word(0), reads=("path",),
                     name="label", type_=str | None),
            computed("Meaning of the labels in English.", word(1), reads=("path",), name="meaning",
                     type_=str | None),
            computed("The number, null unless the status is REPORTED or PLACED.", _cell_number, reads=("value",),
                     name="value", type_=float | None),
            computed("The amount, where the cell holds money.", _cell_amount, reads=("value",), name="amount",
                     type_=Amount | None),
            stored("What is printed.", name="text", type_=str | None),
            stored("Where it starts in the raw text.", name="start", type_=int | None),
            stored("Where it ends in the raw text.", name="end", type_=int | None),
            stored("How the cell was read.", name="status", type_=CellStatus),
            stored("Codes of the rules whose arithmetic placed the figure.", name="rules", type_=list[str]),
            stored("What else is to be said about the reading.", name="note", type_=str | None),
        ],
        "A cell of an official table: what is printed, where, and how it was read.",
    )  # fmt: skip
