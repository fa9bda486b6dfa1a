"""Which groups are wanted, and the ranges that reports are grouped by, as conditions and dimensions.

Refused: conditions on metrics that were not asked for, and bounds that do not rise (`BAD_ARGUMENTS`).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

from loaders.fields import ValueKind
from schema.errors import ErrorCode, RequestError
from schema.plan.predicate import predicate
from schema.queryable.conditions import Branch, Condition
from schema.queryable.dimensions import MOST_BOUNDS, RANGE, Dimension
from schema.queryable.figure_or_ratio import FigureOrRatio
from schema.request import Limits


def chosen_groups(having: Mapping[str, Any], metrics: int, limits: Limits) -> Mapping[str, Any]:
    """The match document of the groups that are wanted, over their rows."""
    known = {f"m{index}": Condition(f"m{index}.value", ValueKind.FLOAT, "") for index in range(metrics)}
    tree = Branch("", "", {"count": Condition("count", ValueKind.INT, ""), **known}, logical=True)
    return predicate(tree, {"and": list(_conditions(having, known))} if having else None, limits)


def _conditions(having: Mapping[str, Any], known: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    if having.get("count"):
        yield {"count": having["count"]}
    for one in having.get("metrics") or ():
        if f"m{one['index']}" not in known:
            raise RequestError(ErrorCode.BAD_ARGUMENTS, f"having: there is no METRIC of index {one['index']}")
        yield {f"m{one['index']}": one["value"]}


def ranges(asked: FigureOrRatio, bounds: Sequence[float]) -> Dimension:
    """The ranges between bounds as what reports are grouped by; each holds its lower bound and not its upper one."""
    if not 1 <= len(bounds) <= MOST_BOUNDS or any(low >= high for low, high in pairwise(bounds)):
        raise RequestError(ErrorCode.BAD_ARGUMENTS, f"groupByRange: at takes 1 to {MOST_BOUNDS} numbers that rise")
    value = asked.value()
    below = [{"case": {"$lt": [value, bound]}, "then": place} for place, bound in enumerate(bounds)]
    place = {"$cond": [{"$isNumber": value}, {"$switch": {"branches": below, "default": len(bounds)}}, None]}
    return replace(RANGE, computed=place, labels=tuple(_labels(list(map(_shown, bounds)))))


def _labels(bounds: Sequence[str]) -> Iterator[str]:
    """What the ranges are called.

    >>> list(_labels(["0", "10"]))
    ['(-∞, 0)', '[0, 10)', '[10, ∞)']
    """
    yield f"(-∞, {bounds[0]})"
    yield from (f"[{low}, {high})" for low, high in pairwise(bounds))
    yield f"[{bounds[-1]}, ∞)"


def _shown(bound: float) -> str:
    return str(int(bound)) if bound == int(bound) else str(bound)
