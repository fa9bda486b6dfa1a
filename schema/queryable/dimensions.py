"""What can be grouped: of each collection its dimensions, and what must not be added up in it, all declared once.

The enums of the schema and the pipelines are read off these declarations. Refused, by the guards of a collection:
groups that mix what does not add up (`schema.queryable.guards`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from loaders.fields import MENTION, PASSAGE, REPORT, STATISTIC, Held, Part, fields_of, stored_values
from loaders.store.collections import REPORTS
from loaders.store.derived_rows import MENTIONS, PASSAGES, STATISTICS
from schema.queryable.check_status import STATUS_EXPRESSION
from schema.queryable.guards import Guards, kinds, parts, scopes, stocks, units


@dataclass(frozen=True, slots=True)
class Dimension:
    """One thing to group by: its words, and the stored path of its value or, where none is stored, its expression.

    `labels` are the texts of values that are the places of what they stand for.
    """

    name: str
    words: str
    path: str = ""
    computed: Mapping[str, Any] | None = None
    labels: tuple[str, ...] = ()

    @property
    def value(self) -> Mapping[str, Any]:
        """The value as an expression; one that is missing and null are the same."""
        return self.computed or {"$ifNull": [f"${self.path}", None]}

    def text(self, value: Any) -> str | None:
        """A value as groups show it; truth values as JSON writes them."""
        if value is None or self.labels:
            return None if value is None else self.labels[value]
        return str(value).lower() if isinstance(value, bool) else str(value)

    def among(self, values: Sequence[Any]) -> Mapping[str, Any]:
        """The match document of what has one of these values."""
        return {"$expr": {"$in": [self.computed, values]}} if self.computed else {self.path: {"$in": values}}


@dataclass(frozen=True, slots=True)
class Grouped:
    """A collection that can be grouped; `metrics` is what its metrics are called, empty where it is only counted.

    `guards` say what is kept apart in it, in the order in which they refuse.
    """

    collection: str
    noun: str
    dimensions: tuple[Dimension, ...]
    metrics: str = ""
    guards: tuple[Guards, ...] = ()

    def named(self, name: str) -> Dimension:
        """The dimension of that name."""
        return next(dimension for dimension in self.dimensions if dimension.name == name)


_TO_MONTH = len("2021-03")
_PUBLISHED = {"$ifNull": ["$publishedOn", ""]}
_COMPUTED: Mapping[str, Mapping[str, Any]] = {"checkStatus": STATUS_EXPRESSION}
"""The expressions of what is declared as a dimension but not stored."""


def _stored(part: Part) -> tuple[Dimension, ...]:
    values = stored_values(part, Held.ROWS)
    return tuple(Dimension(field.groups, field.words, path) for path, field in values if field.groups)


def _computed(part: Part) -> tuple[Dimension, ...]:
    fields = (field for field in fields_of(part) if field.groups and not field.held)
    return tuple(Dimension(field.groups, field.words, computed=_COMPUTED[field.name]) for field in fields)


RANGE = Dimension("RANGE", "The range of `groupByRange` that a figure or ratio lies in.")
"""What ranges are called as a key; which they are, a request says."""
MOST_BOUNDS = 20
"""How many bounds ranges have at most."""
_MONTH = Dimension(
    "PUBLISHED_MONTH",
    "Month of publication, as in 2021-03.",
    computed={
        "$cond": [{"$gte": [{"$strLenCP": _PUBLISHED}, _TO_MONTH]}, {"$substrCP": [_PUBLISHED, 0, _TO_MONTH]}, None]
    },
)
_REPORT = _stored(REPORT)
REPORT_GROUPS = Grouped(REPORTS, "reports", (*_REPORT, _MONTH, *_computed(REPORT)), "metrics", (scopes, kinds, stocks))
STATISTIC_GROUPS = Grouped(
    STATISTICS, "figures", (*_REPORT, *_stored(STATISTIC)), "functions", (scopes, kinds, units, parts)
)
PASSAGE_GROUPS = Grouped(PASSAGES, "passages", (*_REPORT, *_stored(PASSAGE)))
_OF_MENTIONS = _stored(MENTION)
_OWN = {dimension.name for dimension in _OF_MENTIONS}
MENTION_GROUPS = Grouped(MENTIONS, "mentions", (*(each for each in _REPORT if each.name not in _OWN), *_OF_MENTIONS))
GROUPED = (REPORT_GROUPS, STATISTIC_GROUPS, PASSAGE_GROUPS, MENTION_GROUPS)
