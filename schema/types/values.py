"""The object types that every report has, whatever its forms; those of the forms are in `schema.types.figures`.

Values are read from the stored dicts as they are, nothing is copied into these classes: they only declare.
Ids are global; the parts of a report that have one name their report in it.
"""

from collections.abc import Mapping
from typing import Any

import strawberry

from loaders.fields import (
    AMOUNT,
    CITED_DOCUMENT,
    CONTACT,
    FACT_SPAN,
    INDICATOR,
    NUMBER_RANGE,
    RECORD,
    SOURCE,
    TABLE_SPAN,
)
from schema.fields.source import computed, stored
from schema.types.declared import part_type

_PLAIN_PARTS = (
    AMOUNT,
    CITED_DOCUMENT,
    CONTACT,
    FACT_SPAN,
    INDICATOR,
    NUMBER_RANGE,
    SOURCE,
    TABLE_SPAN,
)
_WITHIN_THEM = {RECORD.name: part_type(RECORD, {}, {})}
PLAIN: Mapping[str, Any] = {**_WITHIN_THEM, **{part.name: part_type(part, _WITHIN_THEM, {}) for part in _PLAIN_PARTS}}
"""The types of parts that are shown as they are stored, by their names."""

Amount: Any = PLAIN[AMOUNT.name]
Source: Any = PLAIN[SOURCE.name]


@strawberry.interface(description="Anything that has an id of its own.")
class Node:
    """Anything that has an id of its own."""

    id: strawberry.ID = stored("Opaque id, unique in the whole API.")


@strawberry.type(description="A piece of one of the texts that were searched: code-point offsets, end exclusive.")
class Highlight:
    """A piece of one of the texts that were searched."""

    field: str = stored("Which of the texts, by the name of its field.")
    start: int = stored("Where it starts.")
    end: int = stored("Where it ends.")


@strawberry.type(description="Where a page lies within the whole list.")
class PageInfo:
    """Where a page lies within the whole list."""

    has_next_page: bool = computed("Whether more follows.", lambda page, _: page.has_next)
    has_previous_page: bool = computed("Whether something comes before.", lambda page, _: page.has_previous)
    start_cursor: str | None = computed("Cursor of the first item.", lambda page, _: page.start_cursor)
    end_cursor: str | None = computed("Cursor of the last item.", lambda page, _: page.end_cursor)
