"""Arguments as a plan: what is to be read, in which order, from where to where; decided before anything is read.

Arguments (coerced by GraphQL) and the paths that are selected enter, a frozen plan leaves. Refused: page sizes out of
bounds (`BAD_PAGE`), cursors of another list (`BAD_CURSOR`), and filters that `schema.plan.predicate` refuses.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from schema.errors import ErrorCode, RequestError
from schema.plan.cursor import CursorSeal
from schema.plan.keyset import Order
from schema.plan.orders import sorted_by
from schema.plan.predicate import conjunction, never_null, predicate
from schema.queryable.lists import Listing
from schema.request import Limits

ALL: Mapping[str, Any] = {}
"""The match document of everything."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """What every plan is held to, and what its cursors are signed with."""

    limits: Limits
    secret: bytes


@dataclass(frozen=True, slots=True)
class PagePlan:
    """One page of a list: which documents, in which order, between which positions, with which paths.

    `count_to` is where counting stops if that is before the bound of all lists; `hint` names the index to be read,
    empty where the server is to choose.
    """

    collection: str
    match: Mapping[str, Any]
    order: Order
    size: int
    backwards: bool
    after: Sequence[Any] | None
    before: Sequence[Any] | None
    seal: CursorSeal
    projection: Mapping[str, int]
    rows: bool = True
    total: bool = False
    count_to: int | None = None
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is selected: the paths to read, whether rows and the total are asked for, and whether joins are."""

    projection: Mapping[str, int]
    rows: bool = True
    total: bool = False
    joins: bool = False


def plan_page(
    listing: Listing, arguments: Mapping[str, Any], wanted: Wanted, bounds: Bounds, *, within: Mapping[str, Any] = ALL
) -> PagePlan:
    """The plan of one page of a list; `within` narrows the list before the client's own filter does."""
    keys, computed = sorted_by(listing, arguments.get("orderBy"), bounds.limits)
    match = conjunction([within, predicate(listing.where, arguments.get("where"), bounds.limits)])
    asked = conjunction([within, predicate(listing.where, arguments.get("where"), bounds.limits, as_asked=True)])
    order = Order.of(keys, never_null(match) | listing.never_null, listing.unique, computed)
    backwards, size = _page_size(arguments, bounds.limits)
    seal = CursorSeal.of(bounds.secret, listing.collection, asked, [(key.path, key.direction) for key in order.keys])
    after, before = (
        seal.opened(cursor, length=len(order.keys)) if (cursor := arguments.get(name)) is not None else None
        for name in ("after", "before")
    )
    return PagePlan(
        listing.collection,
        match,
        order,
        size,
        backwards,
        after,
        before,
        seal,
        wanted.projection,
        wanted.rows,
        wanted.total,
    )


def _page_size(arguments: Mapping[str, Any], limits: Limits) -> tuple[bool, int]:
    first, last = arguments.get("first"), arguments.get("last")
    if first is not None and last is not None:
        raise RequestError(ErrorCode.BAD_PAGE, "give `first` or `last`, not both")
    size = first if last is None else last
    if size is None:
        return False, limits.default_page
    if not 1 <= size <= limits.page:
        raise RequestError(
            ErrorCode.BAD_PAGE,
            f"a page has 1 to {limits.page} items, not {size}",
            hint="Ask for the next page with `after: endCursor`.",
        )
    return last is not None, size
