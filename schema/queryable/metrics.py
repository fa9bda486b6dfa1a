"""What can be measured of a group: functions of one figure, the declared ratios, and how often checks pass.

A metric is accumulators of a `$group` and the expression of its value. Missing figures, and ranges in
place of a figure, count for nothing: `n` says how many had what was needed, and without any the value is null. How many
of these took an implied figure is counted apart. Medians and percentiles are worked out here from the distinct values
of the group, because servers before MongoDB 7 cannot.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from loaders.document import CheckStatus
from loaders.forms.ratios import MINIMUM
from schema.queryable.operands import Expression, Operand, takes_implied, total


class AggregateFunction(StrEnum):
    """What is made of the figures of a group."""

    SUM = "SUM"
    AVG = "AVG"
    MIN = "MIN"
    MAX = "MAX"
    MEDIAN = "MEDIAN"
    P10 = "P10"
    P25 = "P25"
    P75 = "P75"
    P90 = "P90"
    STDDEV = "STDDEV"
    COUNT = "COUNT"


WORDS = {
    "SUM": "Sum of the known figures.",
    "AVG": "Mean of the known figures.",
    "MIN": "Smallest known figure.",
    "MAX": "Largest known figure.",
    "MEDIAN": "Median of the known figures.",
    "P10": "10th percentile, interpolated between neighbouring figures.",
    "P25": "25th percentile, interpolated between neighbouring figures.",
    "P75": "75th percentile, interpolated between neighbouring figures.",
    "P90": "90th percentile, interpolated between neighbouring figures.",
    "STDDEV": "Standard deviation of the known figures as of a sample (n - 1); null of fewer than two.",
    "COUNT": "Number of reports in which the figure is known; of narrative figures, of those that are one number.",
}
PERCENTILES = {"MEDIAN": 0.5, "P10": 0.1, "P25": 0.25, "P75": 0.75, "P90": 0.9}
_SIMPLE = {"SUM": "$sum", "AVG": "$avg", "MIN": "$min", "MAX": "$max", "STDDEV": "$stdDevSamp"}
_ADDING = frozenset({AggregateFunction.SUM, AggregateFunction.AVG})


Editions = frozenset[str] | None
"""The editions that ask for what is measured; None where it does not depend on the edition."""


@dataclass(frozen=True, slots=True)
class FigureMetric:
    """A function of one figure; a `stock` is a state at one moment, not what came in over a year."""

    of: Operand
    function: AggregateFunction
    editions: Editions = None
    stock: bool = False

    @property
    def percentile(self) -> float | None:
        """Which share of the figures lies below the value, None for functions that MongoDB works out itself."""
        return PERCENTILES.get(self.function.value)

    @property
    def combines(self) -> bool:
        """Whether one number is made of several figures, which must then be fit to stand together."""
        return self.function is not AggregateFunction.COUNT

    @property
    def adds(self) -> bool:
        """Whether the value is a sum, or rests on one: what is counted twice makes it wrong."""
        return self.function in _ADDING

    @property
    def sums_stock(self) -> bool:
        """Whether it adds up states, which stand for the same things year after year."""
        return self.stock and self.function is AggregateFunction.SUM

    @property
    def counts(self) -> Expression:
        """Whether a report, or a row, has the figure."""
        return _is_number(self.of.expression)

    @property
    def figures(self) -> tuple[Operand, ...]:
        """What it is made of."""
        return (self.of,)

    def accumulators(self, name: str) -> dict[str, Expression]:
        """What the group adds up."""
        figure, known = self.of.expression, self.counts
        made: dict[str, Expression] = {f"{name}n": {"$sum": _one_if(known)}}
        if self.function.value in _SIMPLE:
            made[f"{name}v"] = {_SIMPLE[self.function.value]: {"$cond": [known, figure, None]}}
        return made

    def value(self, name: str) -> Expression:
        """The value of the group, null where no report had the figure."""
        if self.function is AggregateFunction.COUNT:
            return f"${name}n"
        known = f"${name}v" if self.function.value in _SIMPLE else None
        return {"$cond": [{"$gt": [f"${name}n", 0]}, known, None]}


@dataclass(frozen=True, slots=True)
class RateMetric:
    """A sum over a sum: what each report adds above and below the line, and whether it has what is needed.

    Under `minimum` cases below the line the rate says little. `figures` are those that it is made of.
    """

    above: Expression
    below: Expression
    counts: Expression
    minimum: int
    editions: Editions = None
    combines: bool = True
    figures: tuple[Operand, ...] = ()

    @property
    def percentile(self) -> None:
        """A rate is no percentile."""
        return

    def accumulators(self, name: str) -> dict[str, Expression]:
        """What the group adds up."""
        return {
            f"{name}n": {"$sum": _one_if(self.counts)},
            f"{name}a": {"$sum": self.above},
            f"{name}b": {"$sum": self.below},
        }

    def value(self, name: str) -> Expression:
        """The value of the group, null where nothing stands below the line."""
        return {"$cond": [{"$gt": [f"${name}b", 0]}, {"$divide": [f"${name}a", f"${name}b"]}, None]}


@dataclass(frozen=True, slots=True)
class DistinctMetric:
    """How many different values something has; those that have none are left out."""

    of: Expression
    combines: bool = False
    editions: Editions = None
    figures: tuple[Operand, ...] = ()

    @property
    def percentile(self) -> None:
        """A count is no percentile."""
        return

    @property
    def counts(self) -> Expression:
        """Whether a report counts."""
        return {"$ne": [self.of, None]}

    def accumulators(self, name: str) -> dict[str, Expression]:
        """What the group collects."""
        return {f"{name}n": {"$sum": _one_if(self.counts)}, f"{name}v": {"$addToSet": self.of}}

    def value(self, name: str) -> Expression:
        """The value of the group."""
        return {"$size": {"$setDifference": [f"${name}v", [None]]}}


Metric = FigureMetric | RateMetric | DistinctMetric


def implied_count(metric: Metric, name: str) -> dict[str, Expression]:
    """What a group adds up to tell how many of its reports take an implied figure; nothing where none can."""
    taken = takes_implied(metric.figures)
    return {f"{name}i": {"$sum": _one_if(taken)}} if taken else {}


def ratio_metric(
    numerator: Sequence[Operand], denominator: Sequence[Operand], minimum: int, editions: Editions = None
) -> RateMetric:
    """A declared ratio, over reports that have every figure of it."""
    above, below = total(numerator), total(denominator)
    counts = _is_number({"$add": [above, below]})
    added = [{"$cond": [counts, side, 0]} for side in (above, below)]
    return RateMetric(added[0], added[1], counts, minimum, editions, figures=(*numerator, *denominator))


def pass_rate_metric(rule: str | None, editions: Editions = None) -> RateMetric:
    """The share of checks that passed among those that passed or failed, of one rule or of all.

    Each check belongs to one report, so that aggregates beside their members count nothing twice.
    """
    passed, judged = _checks(rule, CheckStatus.PASS), _checks(rule, CheckStatus.PASS, CheckStatus.FAIL)
    return RateMetric(passed, judged, {"$gt": [judged, 0]}, MINIMUM, editions, combines=False)


def _checks(rule: str | None, *outcomes: CheckStatus) -> Expression:
    """How many checks of a report, of one rule or of all, have one of these outcomes."""
    among = {"$in": ["$$check.status", [outcome.value for outcome in outcomes]]}
    wanted = among if rule is None else {"$and": [{"$eq": ["$$check.rule", rule]}, among]}
    return {"$size": {"$filter": {"input": {"$ifNull": ["$checks", []]}, "as": "check", "cond": wanted}}}


def percentile(share: float, counted: Sequence[tuple[float, int]]) -> float | None:
    """The value below which a share of the figures lies; figures come in order, each with how often it occurs.

    >>> percentile(0.5, [(1, 1), (4, 2), (9, 1)])
    4
    >>> percentile(0.25, [(0, 1), (10, 1)])
    2.5
    """
    total = sum(count for _, count in counted)
    if not total:
        return None
    place = share * (total - 1)
    low, rest = int(place), place - int(place)
    below, above = _at(low, counted), _at(min(low + 1, total - 1), counted)
    return below if not rest or below == above else below + (above - below) * rest


def _at(index: int, counted: Sequence[tuple[float, int]]) -> float:
    for figure, count in counted:
        index -= count
        if index < 0:
            return figure
    raise IndexError(index)


def _is_number(expression: Expression) -> Mapping[str, Any]:
    return {"$isNumber": expression}


def _one_if(condition: Expression) -> Mapping[str, Any]:
    return {"$cond": [condition, 1, 0]}
