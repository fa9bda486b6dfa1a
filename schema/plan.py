"""Arguments as a plan: what is to be read, in which order, from where to where; decided before anything is read.

Arguments (coerced by GraphQL) and the paths that are selected enter, a frozen plan leaves. Refused: page sizes out of
bounds (`BAD_PAGE`), cursors of another list (`BAD_CURSOR`), and filters that `schema.predicate` refuses.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from schema.conditions import Branch
from schema.cursor import CursorSeal
from schema.errors import ErrorCode, RequestError
from schema.keyset import DOWN, UP, Order
from schema.predicate import never_null, predicate
from schema.request import Limits

REPORTS = "reports"
NEWEST_FIRST: Sequence[tuple[str, int]] = (("year", DOWN),)


@dataclass(frozen=True, slots=True)
class Catalogue:
    """What lists can be filtered and sorted by, and within which bounds."""

    where: Branch
    order_paths: Mapping[str, str]
    limits: Limits
    secret: bytes


@dataclass(frozen=True, slots=True)
class PagePlan:
    """One page of a list: which documents, in which order, between which positions, with which paths."""

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


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is selected of a page: the paths of its rows, whether there are any, and whether the total is asked for."""

    projection: Mapping[str, int]
    rows: bool = True
    total: bool = False


def plan_reports(catalogue: Catalogue, arguments: Mapping[str, Any], wanted: Wanted) -> PagePlan:
    """The plan of one page of `reports`."""
    where, order_by = arguments.get("where"), arguments.get("orderBy")
    match = predicate(catalogue.where, where, catalogue.limits)
    order = Order.of(_order_keys(catalogue, order_by), never_null(match))
    backwards, size = _page_size(arguments, catalogue.limits)
    seal = CursorSeal.of(catalogue.secret, REPORTS, match, [(key.path, key.direction) for key in order.keys])
    after, before = (
        seal.opened(cursor, length=len(order.keys)) if (cursor := arguments.get(name)) is not None else None
        for name in ("after", "before")
    )
    return PagePlan(
        REPORTS, match, order, size, backwards, after, before, seal, wanted.projection, wanted.rows, wanted.total
    )


def _order_keys(catalogue: Catalogue, order_by: Sequence[Mapping[str, Any]] | None) -> Sequence[tuple[str, int]]:
    if not order_by:
        return NEWEST_FIRST
    if len(order_by) > catalogue.limits.order_keys:
        raise RequestError(ErrorCode.FILTER_TOO_LARGE, f"a sort may have {catalogue.limits.order_keys} keys")
    return [(catalogue.order_paths[key["field"].value], DOWN if key["direction"] == "DESC" else UP) for key in order_by]


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
