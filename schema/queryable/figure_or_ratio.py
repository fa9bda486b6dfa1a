"""What one report says of a figure or of a ratio, and how MongoDB is asked the same of all reports.

Each is the cells it is made of, of a figure above the line only. With a stored report it gives a `FigureValue`, without
one the expression of its value in a pipeline. What a report does not say is None, never 0.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from loaders.document import Document, Number, get
from loaders.forms.ratios import Ratio
from schema.queryable.metrics import total

Expression = Any


class Knowledge(StrEnum):
    """How far a report tells a figure or a ratio."""

    KNOWN = "KNOWN"
    FEW = "FEW"
    NOT_KNOWN = "NOT_KNOWN"
    NOT_ASKED = "NOT_ASKED"


@dataclass(frozen=True, slots=True)
class FigureValue:
    """What one report says: a value, of a ratio with both sides, and how far it can be relied on."""

    knowledge: Knowledge
    value: Number | None = None
    numerator: Number | None = None
    denominator: Number | None = None


@dataclass(frozen=True, slots=True)
class FigureOrRatio:
    """A figure or a ratio as the stored paths it is made of; `lacking` are the editions that do not ask for them.

    A ratio is rated from `minimum` cases below the line on, which is at least 1.
    """

    numerator: tuple[str, ...]
    denominator: tuple[str, ...] = ()
    minimum: Number = 0
    lacking: frozenset[str] = frozenset()

    @property
    def paths(self) -> tuple[str, ...]:
        """Every path that a report must have a number at."""
        return tuple(dict.fromkeys(self.numerator + self.denominator))

    def read(self, report: Document) -> FigureValue:
        """What a report says."""
        figures = {path: get(report, path) for path in self.paths}
        if None in figures.values():
            asked = report.get("template") not in self.lacking
            return FigureValue(Knowledge.NOT_KNOWN if asked else Knowledge.NOT_ASKED)
        above, below = (sum(figures[path] for path in side) for side in (self.numerator, self.denominator))
        if not self.denominator:
            return FigureValue(Knowledge.KNOWN, above)
        knowledge = Knowledge.KNOWN if below >= self.minimum else Knowledge.FEW
        return FigureValue(knowledge, above / below if below > 0 else None, above, below)

    def value(self) -> Expression:
        """The value of a report that tells it, null of any other."""
        if not self.denominator:
            (figure,) = self.numerator
            return {"$cond": [{"$isNumber": f"${figure}"}, f"${figure}", None]}
        above, below = total(self.numerator), total(self.denominator)
        rated = {"$and": [{"$isNumber": {"$add": [above, below]}}, {"$gte": [below, self.minimum]}]}
        return {"$cond": [rated, {"$divide": [above, below]}, None]}


@dataclass(frozen=True, slots=True)
class FiguresAndRatios:
    """All that can be compared between reports, by the names of the enums `Figure` and `Ratio`."""

    figures: Mapping[str, FigureOrRatio]
    ratios: Mapping[str, FigureOrRatio]

    def of(self, given: Mapping[str, Any]) -> FigureOrRatio:
        """What a `MeasureInput` asks for."""
        if "ratio" in given:
            return self.ratios[given["ratio"].value]
        return self.figures[given["figure"].value]


def figures_and_ratios(
    figures: Mapping[str, str], ratios: Mapping[str, Ratio], printed: Mapping[str, frozenset[str]]
) -> FiguresAndRatios:
    """What can be compared, of stored paths and ratios by their names; `printed` are the editions that ask for a path.

    Money is compared in yuan.
    """
    every = frozenset().union(*printed.values())
    return FiguresAndRatios(
        {name: FigureOrRatio((path,), lacking=every - printed[path]) for name, path in figures.items()},
        {
            name: FigureOrRatio(
                ratio.numerator,
                ratio.denominator,
                max(ratio.minimum, 1),  # over nothing there is no ratio
                frozenset().union(*(every - printed[path] for path in ratio.paths)),
            )
            for name, ratio in ratios.items()
        },
    )
