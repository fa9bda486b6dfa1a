"""What can be grouped: of each collection its dimensions, and what must not be added up in it, all declared once.

The enums of the schema, the pipelines and the refusals are read off these declarations. Refused, by the guards of a
collection: groups that add an aggregate to its members (`SCOPES_MIXED`) or figures of several units (`UNITS_MIXED`).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from loaders.document import Document
from loaders.store.collections import REPORTS
from loaders.store.derived_rows import PASSAGES, STATISTICS
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
    """A collection that can be grouped; `measures` is what its measures are called, empty where it is only counted."""

    collection: str
    noun: str
    dimensions: tuple[Dimension, ...]
    measures: str = ""
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
        hint="Filter on `unit`, group by UNIT, or pass mixUnits: true.",
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

_REPORT = (
    Dimension("YEAR", "Year that the report is about.", "year"),
    Dimension("TEMPLATE", "Edition that the report follows.", "template"),
    Dimension("KIND", "Kind of report.", "kind"),
    Dimension("SCOPE", "Whose figures the report holds.", "scope"),
    Dimension("LEVEL", "Level of the agency.", "agency.level"),
    Dimension("AGENCY_TYPE", "Type of the agency.", "agency.type"),
    Dimension("PROVINCE", "Province of the agency.", "agency.region.province"),
    Dimension("PREFECTURE", "Prefecture of the agency.", "agency.region.prefecture"),
    Dimension("COUNTY", "County of the agency.", "agency.region.county"),
    Dimension("AGENCY", "The agency, by its full name.", "agency.name"),
)
_CHECK_STATUS = Dimension(
    "CHECK_STATUS",
    "State of the report's checks as a whole, as `checkStatus` of a report tells it.",
    computed=STATUS_EXPRESSION,
)
_ROLE = Dimension("ROLE", "What the main section is about that it stands in.", "role")
_FIGURE = (
    Dimension("UNIT", "Unit of the figure, without multipliers.", "unit"),
    Dimension("LABEL", "What is counted, as printed.", "label"),
    Dimension("QUALIFIER", "How exactly the figure is meant.", "qualifier"),
    Dimension("CHANGE", "The part that the figure plays in a change.", "change"),
)

REPORT_GROUPS = Grouped(REPORTS, "reports", (*_REPORT, _CHECK_STATUS), "metrics", (_SCOPES,))
STATISTIC_GROUPS = Grouped(STATISTICS, "figures", (*_REPORT, _ROLE, *_FIGURE), "functions", (_SCOPES, _UNITS))
PASSAGE_GROUPS = Grouped(PASSAGES, "passages", (*_REPORT, _ROLE))
GROUPED = (REPORT_GROUPS, STATISTIC_GROUPS, PASSAGE_GROUPS)
