"""Groups and what is measured of them: arguments enter a plan, a plan enters pipelines, rows enter buckets.

Reports, narrative figures and passages are grouped alike; `schema.queryable.dimensions` says what each can be grouped
by. Refused: more groupings, metrics or groups than allowed (`BAD_ARGUMENTS`, `TOO_MANY_GROUPS`).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from loaders.document import Document
from schema.errors import ErrorCode, RequestError
from schema.plan.having import chosen_groups
from schema.plan.predicate import conjunction, required
from schema.plan.predicate_in_memory import matching
from schema.queryable.dimensions import Dimension, Grouped
from schema.queryable.guards import Guard
from schema.queryable.metrics import DistinctMetric, FigureMetric, Metric, RateMetric, implied_count, percentile
from schema.queryable.operands import Operand
from schema.queryable.sort_keys import DOWN, UP
from schema.request import Limits

MOST_VALUES = 200_000
"""Distinct values that percentiles are worked out from at most."""


class BucketOrderBy(StrEnum):
    """What groups can be sorted by."""

    KEY = "KEY"
    COUNT = "COUNT"
    METRIC = "METRIC"


@dataclass(frozen=True, slots=True)
class GroupPlan:
    """What is grouped by what, what is measured and guarded, and which groups are wanted in which order.

    `apart` says whether implied figures are counted apart from printed ones.
    """

    collection: str
    match: Mapping[str, Any]
    dimensions: tuple[Dimension, ...]
    metrics: tuple[Metric, ...]
    guards: tuple[Guard, ...]
    order: tuple[tuple[str, int], ...]
    size: int
    most: int
    apart: bool = False
    having: Mapping[str, Any] = field(default_factory=dict)

    @property
    def needs_percentiles(self) -> bool:
        """Whether an order, or a choice of groups, needs what MongoDB cannot work out."""
        names = {f"m{index}.value" for index, metric in enumerate(self.metrics) if metric.percentile is not None}
        return not names.isdisjoint((*(path for path, _ in self.order), *required(self.having)))

    @property
    def keys(self) -> dict[str, Any]:
        """The expressions of the keys of a group, by the names that they have in rows."""
        return {f"k{index}": dimension.value for index, dimension in enumerate(self.dimensions)}


def plan_groups(  # noqa: PLR0913 - what is grouped, what is asked of it, and its bounds
    grouped: Grouped,
    arguments: Mapping[str, Any],
    *,
    match: Mapping[str, Any],
    metrics: Sequence[Metric],
    limits: Limits,
    ranges: Iterable[Dimension] = (),
) -> GroupPlan:
    """The plan of an aggregation; `ranges` are dimensions of the request itself."""
    named = dict.fromkeys(given.value for given in arguments.get("groupBy") or ())
    dimensions = (*map(grouped.named, named), *ranges)
    if len(dimensions) > limits.group_keys:
        message = f"{grouped.noun} can be grouped by {limits.group_keys} things at once"
        raise RequestError(ErrorCode.BAD_ARGUMENTS, message)
    if len(metrics) > limits.metrics:
        raise RequestError(ErrorCode.BAD_ARGUMENTS, f"give {limits.metrics} {grouped.metrics} at most")
    size = arguments.get("first")
    if size is not None and not 1 <= size <= limits.groups:
        raise RequestError(ErrorCode.BAD_PAGE, f"1 to {limits.groups} groups can be asked for, not {size}")
    return GroupPlan(
        collection=grouped.collection,
        match=match,
        dimensions=dimensions,
        metrics=tuple(metrics),
        guards=_guards(grouped, arguments, metrics, match, dimensions),
        order=tuple(_order(arguments.get("orderBy") or (), len(dimensions), len(metrics))),
        size=size or limits.default_groups,
        most=limits.groups,
        having=chosen_groups(arguments.get("having") or {}, len(metrics), limits),
    )


def _guards(
    grouped: Grouped,
    arguments: Mapping[str, Any],
    metrics: Sequence[Metric],
    match: Mapping[str, Any],
    by: Iterable[Dimension],
) -> tuple[Guard, ...]:
    """What has to be kept apart: nothing where nothing is made of several figures."""
    alike = {path for path, condition in match.items() if _is_equality(condition)} | {one.path for one in by} - {""}
    needed = (guard for guards in grouped.guards for guard in guards(metrics))
    return tuple(guard for guard in needed if not arguments.get(guard.waiver) and guard.path not in alike)


def _is_equality(condition: Any) -> bool:
    return not isinstance(condition, Mapping) or condition.keys() == {"$eq"}


def _order(order_by: Iterable[Mapping[str, Any]], keys: int, metrics: int) -> Iterable[tuple[str, int]]:
    for key in order_by:
        direction = DOWN if key["direction"] == "DESC" else UP
        if key["by"] == BucketOrderBy.COUNT:
            yield "count", direction
            continue
        index, known = key.get("index") or 0, keys if key["by"] == BucketOrderBy.KEY else metrics
        if not 0 <= index < known:
            raise RequestError(ErrorCode.BAD_ARGUMENTS, f"orderBy: there is no {key['by'].value} of index {index}")
        yield (f"_id.k{index}" if key["by"] == BucketOrderBy.KEY else f"m{index}.value"), direction
    for index in range(keys):
        yield f"_id.k{index}", UP


def group_pipeline(plan: GroupPlan) -> list[Mapping[str, Any]]:
    """The pipeline that groups, measures, sorts and cuts; one group more than wanted is read where all are needed."""
    accumulators: dict[str, Any] = {}
    values: dict[str, Any] = {}
    for index, metric in enumerate(plan.metrics):
        accumulators.update(metric.accumulators(f"a{index}"))
        accumulators.update(implied_count(metric, f"a{index}") if plan.apart else {})
        values[f"m{index}.value"] = metric.value(f"a{index}")
    collected = [f"a{index}v" for index, metric in enumerate(plan.metrics) if isinstance(metric, DistinctMetric)]
    group = {
        "_id": plan.keys or None,
        "count": {"$sum": 1},
        "templates": {"$addToSet": "$template"},
        **{guard.name: {"$addToSet": guard.collected} for guard in plan.guards},
        **accumulators,
    }
    stages: list[Mapping[str, Any]] = [
        {"$match": plan.match},
        {"$group": group},
        *([{"$set": values}] if values else ()),
        *([{"$unset": collected}] if collected else ()),
    ]
    if plan.needs_percentiles:
        return [*stages, {"$limit": plan.most + 1}]
    chosen = [{"$match": plan.having}] if plan.having else []
    return [*stages, *chosen, *_sorted(plan.order), {"$limit": plan.size}]


def _sorted(order: Sequence[tuple[str, int]]) -> Iterable[Mapping[str, Any]]:
    """Sort stages that put missing values last whichever way a key goes."""
    if not order:
        return ()
    keys: dict[str, int] = {}
    for path, direction in order:
        keys.setdefault(path, direction)
    flags = {f"_flag.f{index}": {"$cond": [{"$eq": [f"${path}", None]}, 1, 0]} for index, path in enumerate(keys)}
    sort: dict[str, int] = {}
    for index, (path, direction) in enumerate(keys.items()):
        sort[f"_flag.f{index}"] = 1
        sort[path] = direction
    return ({"$set": flags}, {"$sort": sort}, {"$unset": "_flag"})


def percentile_figures(plan: GroupPlan) -> tuple[Operand, ...]:
    """The figures whose distinct values have to be read."""
    wanted = (m.of for m in plan.metrics if isinstance(m, FigureMetric) and m.percentile is not None)
    return tuple(dict.fromkeys(wanted))


def _missing_first(key: Any) -> tuple[bool, Any]:
    return key is not None, key


def values_pipeline(plan: GroupPlan, figure: Operand, rows: Sequence[Document]) -> list[Mapping[str, Any]]:
    """The pipeline that counts each distinct value of a figure in each of these groups, in order of the values."""
    groups = [
        dimension.among(sorted({row["_id"][f"k{index}"] for row in rows}, key=_missing_first))
        for index, dimension in enumerate(plan.dimensions)
    ]
    return [
        {"$match": plan.match},
        {"$match": {figure.read_at: {"$type": "number", "$not": {"$type": "array"}}}},
        {"$match": conjunction(groups)},
        {"$group": {"_id": {**plan.keys, "figure": figure.expression}, "count": {"$sum": 1}}},
        {"$limit": MOST_VALUES + 1},
        {"$sort": {"_id.figure": 1}},
    ]


def buckets(plan: GroupPlan, rows: Sequence[Document], figures: Mapping[Operand, Sequence[Document]]) -> list[Document]:
    """The groups as answers, in their order; `figures` are the distinct values by what they are of."""
    if len(rows) > plan.most or any(len(found) > MOST_VALUES for found in figures.values()):
        raise RequestError(ErrorCode.TOO_MANY_GROUPS, f"there are more than {plan.most} groups")
    counted = {figure: _by_group(found) for figure, found in figures.items()}
    made = [_bucket(plan, row, counted) for row in rows]
    if plan.needs_percentiles:
        wanted = matching(plan.having)
        made = _in_order([bucket for bucket in made if wanted(_measured(bucket))], plan)[: plan.size]
    return made


def _measured(bucket: Document) -> Document:
    """A group under the paths that it is chosen by."""
    values = {f"m{index}": {"value": value["value"]} for index, value in enumerate(bucket["values"])}
    return {"count": bucket["count"], **values}


def _by_group(rows: Sequence[Document]) -> dict[tuple[Any, ...], list[tuple[float, int]]]:
    found = defaultdict(list)
    for row in rows:
        key = tuple(value for name, value in row["_id"].items() if name != "figure")
        found[key].append((row["_id"]["figure"], row["count"]))
    return found


def _bucket(plan: GroupPlan, row: Document, counted: Mapping[Operand, Mapping[tuple[Any, ...], Any]]) -> Document:
    key = tuple((row["_id"] or {}).values())
    templates = sorted(template for template in row["templates"] if template is not None)
    return {
        "keys": [
            {"dimension": dimension.name, "value": dimension.text(value), "order": value}
            for dimension, value in zip(plan.dimensions, key, strict=True)
        ],
        "count": row["count"],
        "templates": templates,
        "breaks": len(templates) > 1,
        "values": [
            {**_value(metric, row, f"{index}", counted, key), "breaks": _breaks(metric, templates)}
            for index, metric in enumerate(plan.metrics)
        ],
    }


def _breaks(metric: Metric, templates: Sequence[str]) -> bool:
    """Whether one of these editions does not ask for what is measured."""
    return metric.editions is not None and not metric.editions.issuperset(templates)


def _value(
    metric: Metric, row: Document, index: str, counted: Mapping[Operand, Mapping[tuple[Any, ...], Any]], key: Any
) -> Document:
    n, value = row[f"a{index}n"], row[f"m{index}"]["value"]
    implied = row.get(f"a{index}i", 0)
    rests = {"n": n, "printed": n - implied, "implied": implied}
    if not isinstance(metric, RateMetric):
        if isinstance(metric, FigureMetric) and metric.percentile is not None:
            value = percentile(metric.percentile, counted[metric.of].get(key, ()))
        return {"value": value, **rests, "numerator": None, "denominator": None, "belowMinimum": False}
    above, below = row[f"a{index}a"], row[f"a{index}b"]
    return {
        "value": value,
        **rests,
        # sums of nothing are 0 to MongoDB: where no report tells the ratio there are none
        "numerator": above if n else None,
        "denominator": below if n else None,
        "belowMinimum": below < metric.minimum,
    }


def _in_order(made: list[Document], plan: GroupPlan) -> list[Document]:
    """Sorted by every key of the order, missing values last, the last key first as stable sorts go."""
    for path, direction in reversed(plan.order):
        known = [bucket for bucket in made if _sort_value(bucket, path) is not None]
        missing = [bucket for bucket in made if _sort_value(bucket, path) is None]
        made = sorted(known, key=lambda bucket: _sort_value(bucket, path), reverse=direction == DOWN) + missing
    return made


def _sort_value(bucket: Document, path: str) -> Any:
    if path == "count":
        return bucket["count"]
    kind, _, rest = path.partition(".")
    if kind == "_id":
        return bucket["keys"][int(rest[1:])]["order"]
    return bucket["values"][int(kind[1:])]["value"]
