"""What one report says of a figure or of a ratio, and how MongoDB is asked the same of all reports.

Each is the figures it is made of, one alone above the line only. With a stored report it gives a `FigureValue`, without
one the expression of its value in a pipeline. What a report does not say is None, never 0.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from loaders.document import Document, Number
from loaders.forms.editions import LOCAL
from loaders.forms.ratios import Ratio
from schema.queryable.operands import Expression, Figures, Operand, operand, takes_implied, total


class Knowledge(StrEnum):
    """How far a report tells a figure or a ratio."""

    KNOWN = "KNOWN"
    FEW = "FEW"
    NOT_KNOWN = "NOT_KNOWN"
    NOT_ASKED = "NOT_ASKED"


@dataclass(frozen=True, slots=True)
class FigureValue:
    """What one report says: a value, of a ratio with both sides, how far it can be relied on, and what it rests on."""

    knowledge: Knowledge
    value: Number | None = None
    numerator: Number | None = None
    denominator: Number | None = None
    implied: bool = False


@dataclass(frozen=True, slots=True)
class FigureOrRatio:
    """A figure or a ratio as the figures it is made of; `lacking` are the editions that do not ask for them.

    A ratio is rated from `minimum` cases below the line on, which is at least 1.
    """

    numerator: tuple[Operand, ...]
    denominator: tuple[Operand, ...] = ()
    minimum: Number = 0
    lacking: frozenset[str] = frozenset()

    @property
    def operands(self) -> tuple[Operand, ...]:
        """Every figure that a report must tell."""
        return tuple(dict.fromkeys(self.numerator + self.denominator))

    @property
    def paths(self) -> tuple[str, ...]:
        """Every path that is read."""
        return tuple(path for one in self.operands for path in one.paths)

    def read(self, report: Document) -> FigureValue:
        """What a report says."""
        figures = {one: one.read(report) for one in self.operands}
        if None in figures.values():
            asked = report.get("template") not in self.lacking
            return FigureValue(Knowledge.NOT_KNOWN if asked else Knowledge.NOT_ASKED)
        implied = any(one.is_implied(report) for one in self.operands)
        above, below = (sum(figures[one] or 0 for one in side) for side in (self.numerator, self.denominator))
        if not self.denominator:
            return FigureValue(Knowledge.KNOWN, above, implied=implied)
        knowledge = Knowledge.KNOWN if below >= self.minimum else Knowledge.FEW
        return FigureValue(knowledge, above / below if below > 0 else None, above, below, implied)

    def value(self) -> Expression:
        """The value of a report that tells it, null of any other."""
        if not self.denominator:
            figure = self.numerator[0].expression
            return {"$cond": [{"$isNumber": figure}, figure, None]}
        above, below = total(self.numerator), total(self.denominator)
        rated = {"$and": [{"$isNumber": {"$add": [above, below]}}, {"$gte": [below, self.minimum]}]}
        return {"$cond": [rated, {"$divide": [above, below]}, None]}

    def implied(self) -> Expression:
        """Whether a report takes an implied figure."""
        return takes_implied(self.operands)


@dataclass(frozen=True, slots=True)
class FiguresAndRatios:
    """All that can be compared between reports, by the names of the enums `Figure` and `Ratio`.

    `figures` are stored paths, of money in yuan; `printed` are the editions that ask for each, `stocks` those that are
    states at one moment.
    """

    figures: Mapping[str, str]
    ratios: Mapping[str, Ratio]
    printed: Mapping[str, frozenset[str]]
    impliable: frozenset[str]
    stocks: frozenset[str] = frozenset()

    def of(self, given: Mapping[str, Any], figures: Figures = Figures.IMPLIED) -> FigureOrRatio:
        """What a `MeasureInput` asks for, of printed figures alone or of implied ones as well."""
        if "figure" in given:
            path = self.figures[given["figure"].value]
            return FigureOrRatio(self._operands([path], figures), lacking=self._lacking([path]))
        ratio = self.ratios[given["ratio"].value]
        return FigureOrRatio(
            self._operands(ratio.numerator, figures),
            self._operands(ratio.denominator, figures),
            max(ratio.minimum, 1),  # over nothing there is no ratio
            self._lacking(ratio.paths),
        )

    def _operands(self, paths: Iterable[str], figures: Figures) -> tuple[Operand, ...]:
        return tuple(operand(path, figures, self.impliable) for path in paths)

    def _lacking(self, paths: Iterable[str]) -> frozenset[str]:
        every = frozenset({LOCAL}).union(*self.printed.values())
        return frozenset().union(*(every - self.printed[path] for path in paths))
