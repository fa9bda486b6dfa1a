"""The object types that every report has, whatever its forms; the types of the forms are derived in `schema.derive`.

Values are read from the stored dicts as they are, nothing is copied into these classes: they only declare.
Ids are global; the parts of a report that have one name their report in it.
"""

from typing import Any

import strawberry

from loaders.document import (
    AgencyLevel,
    AgencyType,
    CellStatus,
    Change,
    CheckStatus,
    Document,
    Qualifier,
    SectionRole,
)
from loaders.forms import Severity
from schema import enums
from schema.fields import computed, stored
from schema.identity import global_id

__all__ = ["enums"]


def _part_id(type_name: str, key: str) -> Any:
    """A function that makes the global id of a part of a report from the key it has within the report."""

    def made(value: Document, report: Document) -> str | None:
        local = value.get(key)
        return None if local is None else global_id(type_name, report["_id"], local)

    return made


@strawberry.interface(description="Anything that has an id of its own.")
class Node:
    """Anything that has an id of its own."""

    id: strawberry.ID = stored("Opaque id, unique in the whole API.")


@strawberry.type(description="A piece of the raw text: code-point offsets, end exclusive.")
class Span:
    """A piece of the raw text."""

    start: int = stored("Where it starts.")
    end: int = stored("Where it ends.")


@strawberry.type(description="Where in the raw text a fact about the report was read.")
class FactSpan:
    """Where a fact was read."""

    fact: str = stored("The fact, by the path of its field.")
    start: int = stored("Where its text starts.")
    end: int = stored("Where its text ends.")


@strawberry.type(description="A sum of money.")
class Amount:
    """A sum of money."""

    value: float | None = stored("The number as printed.")
    unit: str | None = stored("The unit as printed, null where no place of the report tells it.")
    yuan: float | None = stored("The amount in yuan, null where the unit is not known.")


@strawberry.type(description="Where an agency is, by names and by the GB/T 2260 code valid in the report's year.")
class Region:
    """Where an agency is."""

    code: str | None = stored("GB/T 2260 code.")
    province: str | None = stored("Province, autonomous region or municipality, by its full name.")
    prefecture: str | None = stored("Prefecture-level city or area, by its full name.")
    county: str | None = stored("County, district or county-level city, by its full name.")
    township: str | None = stored("Township, town or subdistrict, by its full name.")


def _region(value: Document, _report: Document) -> Document:
    return value.get("region") or {}


@strawberry.type(description="The agency whose report it is.")
class Agency:
    """The agency whose report it is."""

    name: str | None = stored("Full name, null where the report does not tell it without doubt.")
    level: AgencyLevel | None = stored("Administrative level.")
    type: AgencyType | None = stored("What the agency is within its level.")
    region: Region = computed("Where it is.", _region, base="region")
    candidates: list[str] = stored("Full names that the printed one could stand for, where it is ambiguous.")


@strawberry.type(description="How the report says its agency can be reached, as printed.")
class Contact:
    """How an agency can be reached."""

    address: str | None = stored("Postal address.")
    postcode: str | None = stored("Postcode.")
    phone: str | None = stored("Telephone number.")
    fax: str | None = stored("Fax number.")
    email: str | None = stored("Email address.")
    website: str | None = stored("Website.")


@strawberry.type(description="The file that the report was read from.")
class Source:
    """The file that the report was read from."""

    name: str = stored("Name of the file.")
    url: str | None = stored("Address it came from.")
    media_type: str = stored("Media type of the file.")
    sha256: str = stored("SHA-256 of the original bytes, in hexadecimal.")
    bytes: int = stored("Size of the original in bytes.")
    encoding: str | None = stored("Character encoding that the text was decoded from.")
    parser_version: str = stored("Version of the parser that read it.")
    loaded_at: str | None = stored("When it was loaded, in ISO 8601.")
    warnings: list[str] = stored("What was odd about the file.")


@strawberry.type(description="A document that the report cites.")
class CitedDocument:
    """A document that the report cites."""

    title: str | None = stored("Its title, as printed.")
    number: str | None = stored("Its number, as printed.")
    start: int = stored("Where it is cited: start in the raw text.")
    end: int = stored("Where it is cited: end in the raw text.")


def _section_text(value: Document, report: Document) -> str | None:
    raw = report.get("rawText")
    return None if raw is None else raw[value["headingEnd"] : value["end"]].strip()


def _section_passages(value: Document, report: Document) -> list[Document]:
    return [passage for passage in report.get("passages") or () if passage.get("section") == value.get("id")]


@strawberry.type(description="A passage of the narrative: a paragraph or an item of a list.")
class Passage(Node):
    """A passage of the narrative."""

    id: strawberry.ID = computed("Opaque id.", _part_id("Passage", "id"), reads=("id", "/_id"))
    section: strawberry.ID | None = computed(
        "Id of the section it stands in.", _part_id("Section", "section"), reads=("section", "/_id")
    )
    text: str = stored("Clean text, without the line breaks of the page.")
    start: int = stored("Where it starts in the raw text.")
    end: int = stored("Where it ends in the raw text.")


@strawberry.type(description="A heading and what stands under it, the sections below it included.")
class Section(Node):
    """A heading and what stands under it."""

    id: strawberry.ID = computed("Opaque id.", _part_id("Section", "id"), reads=("id", "/_id"))
    parent: strawberry.ID | None = computed(
        "Id of the section it is part of, null at the top.", _part_id("Section", "parent"), reads=("parent", "/_id")
    )
    level: int | None = stored("Numbering style, 1 to 6 from chapter to item; null where unnumbered.")
    ordinal: str | None = stored("The number as printed before the heading.")
    title: str = stored("The heading as printed, without its number.")
    role: SectionRole | None = stored("What the section is about.")
    start: int = stored("Where its heading starts in the raw text.")
    heading_end: int = stored("Where its heading ends in the raw text.")
    end: int = stored("Where the section ends in the raw text.")
    inferred: bool = stored("Whether the text has lost the heading and it was recovered from the content.")
    text: str | None = computed(
        "The raw text under the heading.", _section_text, reads=("headingEnd", "end", "/rawText"), weight=5
    )
    passages: list[Passage] = computed(
        "The passages that stand right under this heading, not under one below it.",
        _section_passages,
        reads=("id", "/passages.section"),
        base="/passages",
        size=10,
    )


@strawberry.type(description="From one number to another.")
class NumberRange:
    """From one number to another."""

    low: float = stored("Lower end.")
    high: float = stored("Upper end.")


def _single(value: Document, _report: Document) -> float | None:
    number = value.get("value")
    return None if isinstance(number, list) else number


def _range(value: Document, _report: Document) -> Document | None:
    number = value.get("value")
    return {"low": number[0], "high": number[1]} if isinstance(number, list) else None


@strawberry.type(description="A figure that the narrative states, with what it counts and how it is meant.")
class Statistic:
    """A figure that the narrative states."""

    label: str | None = stored("What is counted, as printed.")
    label_start: int | None = stored("Where the label starts in the raw text.")
    label_end: int | None = stored("Where the label ends in the raw text.")
    value: float | None = computed("The figure with multipliers applied; null for a range.", _single, reads=("value",))
    range: NumberRange | None = computed("Both ends, where the figure is a range.", _range, reads=("value",))
    unit: str | None = stored("Unit, without multipliers.")
    qualifier: Qualifier = stored("How exactly it is meant.")
    change: Change | None = stored("The part it plays in a change.")
    period: str | None = stored("Period it is about, as printed.")
    context: str | None = stored("Words around it that narrow what is counted.")
    part_of: int | None = stored("Place, in the report's statistics, of the whole that this figure is part of.")
    implied: bool = stored("Whether zero is stated without a number.")
    text: str = stored("The printed number with qualifier and unit.")
    start: int = stored("Where the number starts in the raw text.")
    end: int = stored("Where the number ends in the raw text.")
    passage: strawberry.ID | None = computed(
        "Id of the passage it stands in.", _part_id("Passage", "passage"), reads=("passage", "/_id")
    )
    section: strawberry.ID | None = computed(
        "Id of the section it stands in.", _part_id("Section", "section"), reads=("section", "/_id")
    )


@strawberry.type(description="One rule of arithmetic, assessed on the figures of the report.")
class Check:
    """One assessed rule."""

    rule: str = stored("Code of the rule, for instance R2.")
    status: CheckStatus = stored("Outcome.")
    severity: Severity = stored("How much a failure weighs.")
    subject: str | None = stored("The row or column that the check is about.")
    left: float | None = stored("Sum of the left side, null where a figure is missing.")
    right: float | None = stored("Sum of the right side, null where a figure is missing.")
    difference: float | None = stored("Left side minus right side.")
    paths: list[str] = stored("Ids of the cells compared, left side first.")
    message: str = stored("The outcome in English.")
    message_zh: str | None = stored("The outcome in Chinese.")


@strawberry.type(description="An indicator of a local table, which no national form defines.")
class Indicator:
    """An indicator of a local table."""

    label: str = stored("What is counted, as printed.")
    parent: str | None = stored("Label of the indicator that it is part of.")
    unit: str | None = stored("Unit, as printed.")
    value: float | None = stored("Figure of the year.")
    cumulative: float | None = stored("Figure of all years so far, where the table has a column for it.")


@strawberry.type(description="Where an official table stands in the raw text, from its first header to its last cell.")
class TableSpan:
    """Where an official table stands."""

    form: str = stored("Id of the form.")
    edition: str | None = stored("Edition that the table follows.")
    start: int = stored("Where it starts.")
    end: int = stored("Where it ends.")


@strawberry.type(description="Where a page lies within the whole list.")
class PageInfo:
    """Where a page lies within the whole list."""

    has_next_page: bool = computed("Whether more follows.", lambda page, _: page.has_next)
    has_previous_page: bool = computed("Whether something comes before.", lambda page, _: page.has_previous)
    start_cursor: str | None = computed("Cursor of the first item.", lambda page, _: page.start_cursor)
    end_cursor: str | None = computed("Cursor of the last item.", lambda page, _: page.end_cursor)


def _cell_number(value: Document, _report: Document) -> float | None:
    figure = value.get("value")
    return figure.get("value") if isinstance(figure, dict) else figure


def _cell_amount(value: Document, _report: Document) -> Document | None:
    figure = value.get("value")
    return figure if isinstance(figure, dict) else None


def cell_type(labels: dict[str, tuple[str, str]]) -> type:
    """The type of a cell of an official table; `labels` are the Chinese and English words of each cell."""

    @strawberry.type(description="A cell of an official table: what is printed, where, and how it was read.")
    class Cell:
        """A cell of an official table."""

        path: str = stored("Id of the cell: the path of its figure in the report.")
        label: str | None = computed(
            "Official Chinese labels, from the outermost group to the column.",
            lambda value, _: labels.get(value["path"], (None, None))[0],
            reads=("path",),
        )
        meaning: str | None = computed(
            "Meaning of the labels in English.",
            lambda value, _: labels.get(value["path"], (None, None))[1],
            reads=("path",),
        )
        value: float | None = computed(
            "The number, null unless the status is REPORTED or PLACED.", _cell_number, reads=("value",)
        )
        amount: Amount | None = computed("The amount, where the cell holds money.", _cell_amount, reads=("value",))
        text: str | None = stored("What is printed.")
        start: int | None = stored("Where it starts in the raw text.")
        end: int | None = stored("Where it ends in the raw text.")
        status: CellStatus = stored("How the cell was read.")
        rules: list[str] = stored("Codes of the rules whose arithmetic placed the figure.")
        note: str | None = stored("What else is to be said about the reading.")

    return Cell
