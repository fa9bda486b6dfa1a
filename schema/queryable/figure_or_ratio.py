"""What one report says of a figure or of a ratio, and how MongoDB is asked the same of all reports.

Each is the figures it is made of, one alone above the line only. With a stored report it gives a `FigureValue`, without
one the expression of its value in a pipeline. What a report does not say is None, never 0. Refused: ratios of no
figures, of too many or of one twice (`BAD_ARGUMENTS`).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from loaders.document import Document, Number
from loaders.forms import Form
from loaders.forms.concepts import concepts_for, impliable, stocks, sums_by_edition
from loaders.forms.editions import LOCAL
from loaders.forms.ratios import MINIMUM, Ratio, ratios_for
from schema.errors import ErrorCode, RequestError
from schema.queryable.form_trees import Group
from schema.queryable.form_trees import figures as figures_in
from schema.queryable.operands import Expression, Figures, Operand, operand, takes_implied, total
from schema.queryable.sort_keys import figure_keys

MOST_FIGURES = 20
"""How many figures one side of a client's own ratio adds up at most."""


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
    minimum: int = 0
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
        if "ratioOf" in given:
            above, below = (self._side(given["ratioOf"], side) for side in ("numerator", "denominator"))
            return self._ratio(above, below, MINIMUM, figures)
        ratio = self.ratios[given["ratio"].value]
        return self._ratio(ratio.numerator, ratio.denominator, max(ratio.minimum, 1), figures)

    def _ratio(self, above: Sequence[str], below: Sequence[str], minimum: int, figures: Figures) -> FigureOrRatio:
        """A ratio by its paths; over nothing there is none, so that `minimum` is at least 1."""
        numerator, denominator = (self._operands(side, figures) for side in (above, below))
        return FigureOrRatio(numerator, denominator, minimum, self._lacking([*above, *below]))

    def _side(self, given: Mapping[str, Any], side: str) -> list[str]:
        """The paths of one side of a client's own ratio."""
        names = [one.value for one in given[side]]
        if not 1 <= len(names) <= MOST_FIGURES or len(set(names)) < len(names):
            message = f"ratioOf: {side} takes 1 to {MOST_FIGURES} figures, each once"
            raise RequestError(ErrorCode.BAD_ARGUMENTS, message)
        return [self.figures[name] for name in names]

    def editions(self, asked: FigureOrRatio) -> frozenset[str]:
        """The editions that ask for all that something is made of."""
        return frozenset.intersection(*(self.printed[one.path] for one in asked.operands))

    def _operands(self, paths: Iterable[str], figures: Figures) -> tuple[Operand, ...]:
        return tuple(operand(path, figures, self.impliable) for path in paths)

    def _lacking(self, paths: Iterable[str]) -> frozenset[str]:
        every = frozenset({LOCAL}).union(*self.printed.values())
        return frozenset().union(*(every - self.printed[path] for path in paths))


def figures_and_ratios(forms: tuple[Form, ...], form_trees: tuple[Group, ...]) -> FiguresAndRatios:
    """All that reports of these forms can be measured by."""
    return FiguresAndRatios(
        {key.name: key.path for key in figure_keys(forms, form_trees)},
        {ratio.name: ratio for ratio in ratios_for(forms)},
        _printed(forms, form_trees),
        impliable(forms),
        stocks(forms),
    )


def _printed(forms: tuple[Form, ...], form_trees: tuple[Group, ...]) -> dict[str, frozenset[str]]:
    """The editions that print each figure, by its stored path.

    A row that one edition prints and another splits up is so told apart: what the other holds of it is no like figure.
    """
    found: dict[str, frozenset[str]] = {}
    for form in forms:
        for edition in form.editions:
            for cell in form.cells_of(edition):
                if cell.row.printed:
                    found[cell.path] = found.get(cell.path, frozenset()) | {edition.id}
    counted = {concept.path: frozenset(sums_by_edition(concept, forms)) for concept in concepts_for(forms)}
    cells = {figure.path: found.get(figure.cell.path, frozenset()) for figure in figures_in(form_trees).values()}
    return cells | counted
