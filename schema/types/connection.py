"""One page of a list, and the connection types of the Relay specification that show it.

Rows in the order asked for enter, a `Page` leaves; cursors are made only for the rows that show one.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from loaders.document import Document
from schema.fields.source import computed
from schema.types.factory import object_type
from schema.types.values import PageInfo

TOTAL_COUNT = "totalCount"


@dataclass(frozen=True, slots=True)
class Page:
    """The rows of one page and what is known of the list around them."""

    rows: list[Document]
    has_next: bool
    has_previous: bool
    cursor_of: Callable[[Document], str]
    total: int | None = None

    @property
    def start_cursor(self) -> str | None:
        """Cursor of the first row, None of an empty page."""
        return self.cursor_of(self.rows[0]) if self.rows else None

    @property
    def end_cursor(self) -> str | None:
        """Cursor of the last row, None of an empty page."""
        return self.cursor_of(self.rows[-1]) if self.rows else None


class Edge(NamedTuple):
    """One row of a page."""

    page: Page
    row: Document


def connection_type(node: Any, name: str, plural: str, *, counted_to: str, edge_fields: Sequence[Any] = ()) -> type:
    """The connection type over a node type, its edge type with it."""
    edge: Any = object_type(
        f"{name}Edge",
        [
            computed(
                "Cursor of this item: where `after` or `before` goes on.",
                lambda edge, _: edge.page.cursor_of(edge.row),
                name="cursor",
                type_=str,
            ),
            computed("The item.", lambda edge, _: edge.row, base="", name="node", type_=node),
            *edge_fields,
        ],
        f"One of the {plural} of a page, with its cursor.",
    )
    return object_type(
        f"{name}Connection",
        [
            computed(
                "The items with their cursors.",
                lambda page, _: [Edge(page, row) for row in page.rows],
                base="",
                per_page=True,
                name="edges",
                type_=list[edge],
            ),
            computed("The items.", lambda page, _: page.rows, base="", per_page=True, name="nodes", type_=list[node]),
            computed("Where the page lies.", lambda page, _: page, name="pageInfo", type_=PageInfo),
            computed(
                f"How many {plural} meet the conditions; counted only when asked for, and only up to {counted_to}.",
                lambda page, _: page.total,
                name=TOTAL_COUNT,
                type_=int,
            ),
        ],
        f"A page of {plural}, after the connection specification of Relay.",
    )
