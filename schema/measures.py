"""What can be measured of a group of reports: functions of one figure, and the declared ratios.

A measure enters, the accumulators of a `$group` and the expression of its value leave. Missing figures count for
nothing: `n` says how many reports had what was needed, and without any the value is null. Medians and percentiles are
worked out here from the distinct values of the group, because servers before MongoDB 7 cannot.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from loaders.forms.ratios import Ratio

Expression = Any


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
    "COUNT": "Number of reports in which the figure is known.",
}
PERCENTILES = {"MEDIAN": 0.5, "P10": 0.1, "P25": 0.25, "P75": 0.75, "P90": 0.9}
_SIMPLE = {"SUM": "$sum", "AVG": "$avg", "MIN": "$min", "MAX": "$max"}


@dataclass(frozen=True, slots=True)
class FigureMeasure:
    """A function of one figure, by its stored path."""

    path: str
    function: AggregateFunction

    @property
    def percentile(self) -> float | None:
        """Which share of the figures lies below the value, None for functions that MongoDB works out itself."""
        return PERCENTILES.get(self.function.value)

    def accumulators(self, name: str) -> dict[str, Expression]:
        """What the group adds up."""
        made: dict[str, Expression] = {f"{name}n": {"$sum": _one_if(_is_number(f"${self.path}"))}}
        if self.function.value in _SIMPLE:
            made[f"{name}v"] = {_SIMPLE[self.function.value]: f"${self.path}"}
        return made

    def value(self, name: str) -> Expression:
        """The value of the group, null where no report had the figure."""
        if self.function is AggregateFunction.COUNT:
            return f"${name}n"
        known = f"${name}v" if self.function.value in _SIMPLE else None
        return {"$cond": [{"$gt": [f"${name}n", 0]}, known, None]}


@dataclass(frozen=True, slots=True)
class RatioMeasure:
    """A declared ratio."""

    ratio: Ratio

    @property
    def percentile(self) -> None:
        """A ratio is no percentile."""
        return

    def accumulators(self, name: str) -> dict[str, Expression]:
        """What the group adds up, over reports that have every cell of the ratio."""
        above, below = (_sum(paths) for paths in (self.ratio.numerator, self.ratio.denominator))
        counts = _is_number({"$add": [above, below]})
        return {
            f"{name}n": {"$sum": _one_if(counts)},
            f"{name}a": {"$sum": {"$cond": [counts, above, 0]}},
            f"{name}b": {"$sum": {"$cond": [counts, below, 0]}},
        }

    def value(self, name: str) -> Expression:
        """The value of the group, null where nothing stands below the line."""
        return {"$cond": [{"$gt": [f"${name}b", 0]}, {"$divide": [f"${name}a", f"${name}b"]}, None]}


Measure = FigureMeasure | RatioMeasure


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


def _sum(paths: Sequence[str]) -> Expression:
    """The sum of the cells of one report, null where one is missing."""
    return {"$add": [f"${path}" for path in paths]}


def _is_number(expression: Expression) -> Mapping[str, Any]:
    return {"$isNumber": expression}


def _one_if(condition: Expression) -> Mapping[str, Any]:
    return {"$cond": [condition, 1, 0]}
