"""What a list is sorted by: keys as clients give them enter, paths and directions leave, computed values beside them.

Refused: more keys than allowed (`FILTER_TOO_LARGE`), and a key that names no thing to sort by, or several
(`BAD_ARGUMENTS`).
"""

from collections.abc import Mapping, Sequence
from typing import Any

from schema.errors import ErrorCode, RequestError
from schema.plan.keyset import STORED
from schema.queryable.figure_or_ratio import FiguresAndRatios
from schema.queryable.lists import Listing
from schema.queryable.operands import Expression, Figures
from schema.queryable.sort_keys import DOWN, UP
from schema.request import Limits

COMPUTED = "_by"
"""Under which key the values stand that a list is sorted by and no document holds."""
OrderBy = Sequence[Mapping[str, Any]]


def sorted_by(
    listing: Listing, order_by: OrderBy | None, limits: Limits
) -> tuple[Sequence[tuple[str, int]], Mapping[str, Expression]]:
    """The paths and directions of a sort, and what has to be worked out for it."""
    if not order_by:
        return listing.own_order, STORED
    if len(order_by) > limits.order_keys:
        raise RequestError(ErrorCode.FILTER_TOO_LARGE, f"a sort may have {limits.order_keys} keys")
    keys = [(*_path(listing, given), DOWN if given["direction"] == "DESC" else UP) for given in order_by]
    computed = {path: value for path, value, _ in keys if value is not None}
    return [(path, direction) for path, _, direction in keys], computed


def _path(listing: Listing, given: Mapping[str, Any]) -> tuple[str, Expression]:
    """The path of one key, and its value where it is not stored."""
    if listing.measures is None:
        return listing.order_paths[given["field"].value], None
    named = {name: value for name in _NAMES if (value := given.get(name)) is not None}
    if len(named) != 1:
        raise RequestError(
            ErrorCode.BAD_ARGUMENTS,
            f"a key of orderBy has one of {', '.join(_NAMES)}, not {' and '.join(named) or 'none of them'}",
            hint="For instance [{ratio: …, direction: DESC}, {path: YEAR}].",
        )
    if "path" in named:
        return listing.order_paths[named["path"].value], None
    return _measured(listing.measures, named, Figures(given["figures"].value))


_NAMES = ("path", "figure", "ratio")


def _measured(measures: FiguresAndRatios, named: Mapping[str, Any], figures: Figures) -> tuple[str, Expression]:
    """The path of a figure, or of a ratio that is worked out; its name tells cursors of one from those of another."""
    asked = measures.of(named, figures)
    if "figure" in named:
        return asked.numerator[0].read_at, None
    return f"{COMPUTED}.{figures}_{named['ratio'].value}", asked.value()
