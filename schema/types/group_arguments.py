"""The input types that say which groups are wanted, and by which ranges reports are grouped."""

from typing import Any

from schema.queryable.dimensions import MOST_BOUNDS
from schema.types.factory import input_default, input_field, input_type


def range_input(measure: Any) -> Any:
    """The input type of ranges that reports are grouped by; `measure` is that of what is measured."""
    return input_type(
        "RangeInput",
        [
            input_field("of", measure, "What is measured; a ratio over fewer cases than its minimum is not known."),
            input_field("at", list[float], f"Where ranges begin, in rising order, {MOST_BOUNDS} at most."),
        ],
        "Ranges of a figure or ratio: those that rising bounds part, each with its lower bound.",
    )


def bucket_where(count: Any, number: Any) -> Any:
    """The input type of conditions on groups, of those on a count and on a number."""
    metric: Any = input_type(
        "BucketMetricWhere",
        [
            input_default("index", int, "Which metric or function, counted from 0.", 0),
            input_field("value", number, "Conditions on its value."),
        ],
        "Conditions on a metric of a group.",
    )
    return input_type(
        "BucketWhere",
        [
            input_field("count", count | None, "Conditions on how many are in the group."),
            input_field("metrics", list[metric] | None, "Conditions on metrics, all of which must hold."),
        ],
        "Conditions on groups.",
    )
