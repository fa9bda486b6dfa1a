"""What must not be added up or compared in one group: each guard declared once, with the argument that waives it.

The metrics of an aggregation enter, the guards that concern them leave. Refused by them: an aggregate with its members
(`SCOPES_MIXED`), kinds of reports (`KINDS_MIXED`), states of several years (`STOCKS_SUMMED`), figures of several units
(`UNITS_MIXED`), a whole with its parts, or one year with all years (`PARTS_MIXED`).
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from loaders.document import Document
from schema.errors import ErrorCode, RequestError
from schema.queryable.metrics import FigureMetric, Metric
from schema.queryable.part_nesting import added_twice, parts_pipeline
from schema.queryable.scope_nesting import may_nest, nested, nesting_pipeline

Proof = Callable[[Mapping[str, Any], Mapping[str, Any], Sequence[Document | None]], list[Mapping[str, Any]]]
"""A match, expressions of keys and the keys of some groups enter; a pipeline leaves that finds a reason to refuse."""


@dataclass(frozen=True, slots=True)
class Guard:
    """Something that must not be mixed in one group, told by what is collected of its members.

    `doubts` says of a group whether it may be mixed. Where that does not prove it, `proof` is the pipeline that finds
    what does. `refusal` takes what was found, else the doubtful group. `waiver` is the argument that allows it. Where
    all of a group has one value at `path`, nothing is mixed.
    """

    name: str
    waiver: str
    collected: Mapping[str, Any]
    doubts: Callable[[Document], bool]
    refusal: Callable[[Document], RequestError]
    proof: Proof | None = None
    path: str = ""


Guards = Callable[[Sequence[Metric]], Iterator[Guard]]
"""The guards of one sort that some metrics of an aggregation need."""


def scopes(metrics: Sequence[Metric]) -> Iterator[Guard]:
    """An aggregate stands beside no report that it is made of."""
    collected = {"scope": "$scope", "level": "$agency.level"}
    if _combined(metrics):
        yield Guard("scopes", "mixScopes", collected, may_nest, nested, nesting_pipeline)


def kinds(metrics: Sequence[Metric]) -> Iterator[Guard]:
    """Reports that tell what is measured are of one kind: half a year is no year."""
    if known := [metric.counts for metric in _combined(metrics)]:
        collected = {"$cond": [{"$or": known}, "$kind", "$$REMOVE"]}
        yield Guard("kinds", "mixKinds", collected, _several("kinds"), _kinds_mixed, path="kind")


def stocks(metrics: Sequence[Metric]) -> Iterator[Guard]:
    """What is a state at one moment is added up over reports, never over years."""
    for index, metric in enumerate(metrics):
        if isinstance(metric, FigureMetric) and metric.sums_stock:
            collected = {"$cond": [metric.counts, {"$ifNull": ["$year", None]}, "$$REMOVE"]}
            several = _several(name := f"stocks{index}")
            yield Guard(name, "mixYears", collected, several, _stocks_summed, path="year")


def units(metrics: Sequence[Metric]) -> Iterator[Guard]:
    """Figures have one unit; none is one of its own, as it may be any."""
    if _combined(metrics):
        collected = {"$cond": [{"$isNumber": "$value"}, {"$ifNull": ["$unit", None]}, "$$REMOVE"]}
        yield Guard("units", "mixUnits", collected, _several("units"), _refused_as(ErrorCode.UNITS_MIXED), path="unit")


def parts(metrics: Sequence[Metric]) -> Iterator[Guard]:
    """A whole is not added to its parts, nor one year to all years."""
    if not any(isinstance(metric, FigureMetric) and metric.adds for metric in metrics):
        return
    told = {"$cond": [{"$isNumber": "$value"}, {"$eq": ["$cumulative", True]}, "$$REMOVE"]}
    yield Guard("cumulative", "mixParts", told, _several("cumulative"), _years_added, path="cumulative")
    part = {"$cond": [{"$gt": [{"$size": {"$ifNull": ["$wholes", []]}}, 0]}, True, "$$REMOVE"]}
    yield Guard("parts", "mixParts", part, lambda row: bool(row["parts"]), added_twice, parts_pipeline)


def _combined(metrics: Sequence[Metric]) -> list[Metric]:
    """The metrics that make one number of several figures."""
    return [metric for metric in metrics if metric.combines]


def _several(name: str) -> Callable[[Document], bool]:
    """Whether different things were collected under a name."""
    return lambda row: len(row[name]) > 1


def _refused_as(code: ErrorCode, message: str = "") -> Callable[[Document], RequestError]:
    return lambda _row: RequestError(code, message)


def _kinds_mixed(row: Document) -> RequestError:
    named = ", ".join(sorted(str(kind) for kind in row["kinds"]))
    return RequestError(ErrorCode.KINDS_MIXED, f"a group holds figures of several kinds of reports: {named}")


_stocks_summed = _refused_as(
    ErrorCode.STOCKS_SUMMED,
    "a group adds up over several years what each of them states of one moment, which counts the same things again",
)
_years_added = _refused_as(ErrorCode.PARTS_MIXED, "a group adds figures of one year to figures of all years so far")
