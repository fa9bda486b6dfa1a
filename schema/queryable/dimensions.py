"""What can be grouped: of each collection its dimensions, and what must not be added up in it, all declared once.

The enums of the schema, the pipelines and the refusals are read off these declarations. Refused, by the guards of a
collection: groups that add an aggregate to its members (`SCOPES_MIXED`) or figures of several units (`UNITS_MIXED`).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from loaders.document import Document
from loaders.fields import MENTION, PASSAGE, REPORT, STATISTIC, Held, Part, fields_of, stored_values
from loaders.store.collections import REPORTS
from loaders.store.derived_rows import MENTIONS, PASSAGES, STATISTICS
from schema.errors import ErrorCode, RequestError
from schema.queryable.check_status import STATUS_EXPRESSION
from schema.queryable.scope_nesting import may_nest, nested, nesting_pipeline

Proof = Callable[[Mapping[str, Any], Mapping[str, Any], Sequence[Document | None]], list[Mapping[str, Any]]]
"""A match, expressions of keys and the keys of some groups enter; a pipeline leaves that finds a reason to refuse."""


@dataclass(frozen=True, slots=True)
class Dimension:
    """One thing to group by: its words, and the stored path of its value or, where none is stored, its expression."""

    name: str
    words: str
    path: str = ""
    computed: Mapping[str, Any] | None = None

    @property
    def value(self) -> Mapping[str, Any]:
        """The value as an expression; one that is missing and null are the same."""
        return self.computed or {"$ifNull": [f"${self.path}", None]}

    def among(self, values: Sequence[Any]) -> Mapping[str, Any]:
        """The match document of what has one of these values."""
        return {"$expr": {"$in": [self.computed, values]}} if self.computed else {self.path: {"$in": values}}


@dataclass(frozen=True, slots=True)
class Guard:
    """Something that must not be mixed in one group, told by what is collected of its members.

    `doubts` says of a group whether it may be mixed. Where that does not prove it, `proof` is the pipeline that finds
    what does. `refusal` takes what was found, else the doubtful group. `waiver` is the argument that allows it.
    """

    name: str
    waiver: str
    collected: Mapping[str, Any]
    doubts: Callable[[Document], bool]
    refusal: Callable[[Document], RequestError]
    proof: Proof | None = None


@dataclass(frozen=True, slots=True)
class Grouped:
    """A collection that can be grouped; `metrics` is what its metrics are called, empty where it is only counted."""

    collection: str
    noun: str
    dimensions: tuple[Dimension, ...]
    metrics: str = ""
    guards: tuple[Guard, ...] = ()

    def named(self, name: str) -> Dimension:
        """The dimension of that name."""
        return next(dimension for dimension in self.dimensions if dimension.name == name)


def _several_units(row: Document) -> bool:
    """Whether a group has figures with several units; no unit is one of its own, as it may be any."""
    return len(row["units"]) > 1


def _units_mixed(_row: Document) -> RequestError:
    return RequestError(
        ErrorCode.UNITS_MIXED,
        "a group holds figures of different units, which cannot be added up or compared",
    )


_SCOPES = Guard(
    "scopes", "mixScopes", {"scope": "$scope", "level": "$agency.level"}, may_nest, nested, nesting_pipeline
)
_UNITS = Guard(
    "units",
    "mixUnits",
    {"$cond": [{"$isNumber": "$value"}, {"$ifNull": ["$unit", None]}, "$$REMOVE"]},
    _several_units,
    _units_mixed,
)

_COMPUTED: Mapping[str, Mapping[str, Any]] = {"checkStatus": STATUS_EXPRESSION}
"""The expressions of what is declared as a dimension but not stored."""


def _stored(part: Part) -> tuple[Dimension, ...]:
    values = stored_values(part, Held.ROWS)
    return tuple(Dimension(field.groups, field.words, path) for path, field in values if field.groups)


def _computed(part: Part) -> tuple[Dimension, ...]:
    fields = (field for field in fields_of(part) if field.groups and not field.held)
    return tuple(Dimension(field.groups, field.words, computed=_COMPUTED[field.name]) for field in fields)


_REPORT = _stored(REPORT)
REPORT_GROUPS = Grouped(REPORTS, "reports", (*_REPORT, *_computed(REPORT)), "metrics", (_SCOPES,))
STATISTIC_GROUPS = Grouped(STATISTICS, "figures", (*_REPORT, *_stored(STATISTIC)), "functions", (_SCOPES, _UNITS))
PASSAGE_GROUPS = Grouped(PASSAGES, "passages", (*_REPORT, *_stored(PASSAGE)))
_OF_MENTIONS = _stored(MENTION)
_OWN = {dimension.name for dimension in _OF_MENTIONS}
MENTION_GROUPS = Grouped(MENTIONS, "mentions", (*(each for each in _REPORT if each.name not in _OWN), *_OF_MENTIONS))
GROUPED = (REPORT_GROUPS, STATISTIC_GROUPS, PASSAGE_GROUPS, MENTION_GROUPS)
