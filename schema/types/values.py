"""The object types that every report has, whatever its forms; `schema.types.factory` derives those of the forms.

Values are read from the stored dicts as they are, nothing is copied into these classes: they only declare.
Ids are global; the parts of a report that have one name their report in it.
"""

import strawberry

from loaders.document import (
    CellStatus,
    CheckStatus,
)
from loaders.forms import Severity
from schema.fields.source import computed, stored
from schema.types import enums

__all__ = ["enums"]


@strawberry.interface(description="Anything that has an id of its own.")
class Node:
    """Anything that has an id of its own."""

    id: strawberry.ID = stored("Opaque id, unique in the whole API.")


@strawberry.type(description="A piece of a text: code-point offsets, end exclusive.")
class Span:
    """A piece of a text."""

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
    sample: bool = stored("Whether it is an invented report that comes with the program, not a real one.")


@strawberry.type(description="A document that the report cites.")
class CitedDocument:
    """A document that the report cites."""

    title: str | None = stored("Its title, as printed.")
    number: str | None = stored("Its number, as printed.")
    start: int = stored("Where it is cited: start in the raw text.")
    end: int = stored("Where it is cited: end in the raw text.")


@strawberry.type(description="From one number to another.")
class NumberRange:
    """From one number to another."""

    low: float = stored("Lower end.")
    high: float = stored("Upper end.")


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
    paths: list[str] = stored(
        "What is compared, left side first: ids of cells, or statistics.N for the N-th narrative figure."
    )
    message: str = stored("The outcome in English.")
    message_zh: str | None = stored("The outcome in Chinese.")
    other_year: int | None = stored("Year of the other report that is compared with, where there is one.")
    other_paths: list[str] = stored("Ids of the cells of that report.")


@strawberry.type(description="An indicator of a local table, which no national form defines.")
class Indicator:
    """An indicator of a local table."""

    label: str = stored("What is counted, as printed.")
    parent: str | None = stored("Label of the indicator or heading that it is part of.")
    unit: str | None = stored("Unit, as printed.")
    value: float | None = stored("Figure of the year.")
    status: CellStatus | None = stored("How the figure of the year was read.")
    cumulative: float | None = stored("Figure of all years so far, where the table has a column for it.")
    cumulative_status: CellStatus | None = stored("How that figure was read.")
    text: str | None = stored("The figures as printed.")
    start: int | None = stored("Where they start in the raw text.")
    end: int | None = stored("Where they end in the raw text.")


@strawberry.type(description="Where an official table stands in the raw text, from its first header to its last cell.")
class TableSpan:
    """Where an official table stands."""

    form: str = stored("Id of the form.")
    edition: str | None = stored("Edition that the table follows.")
    layout: str | None = stored("How the table is laid out in the raw text: the name of what recognised it.")
    start: int = stored("Where it starts.")
    end: int = stored("Where it ends.")


@strawberry.type(description="Where a page lies within the whole list.")
class PageInfo:
    """Where a page lies within the whole list."""

    has_next_page: bool = computed("Whether more follows.", lambda page, _: page.has_next)
    has_previous_page: bool = computed("Whether something comes before.", lambda page, _: page.has_previous)
    start_cursor: str | None = computed("Cursor of the first item.", lambda page, _: page.start_cursor)
    end_cursor: str | None = computed("Cursor of the last item.", lambda page, _: page.end_cursor)
