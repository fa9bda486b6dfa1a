"""The types that name what reports can be measured by: every figure, every ratio, and ratios of a client's own.

Forms enter, the enums `Figure` and `Ratio`, the input `MeasureInput` and the keys that reports are sorted by leave.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from loaders.forms import Form
from loaders.forms.ratios import MINIMUM, Ratio, editions_of
from schema.fields.source import argument
from schema.plan.measured import COMPARISONS
from schema.queryable.figure_or_ratio import MOST_FIGURES, FiguresAndRatios, figures_and_ratios
from schema.queryable.form_trees import Group
from schema.queryable.operands import Figures
from schema.queryable.sort_keys import OrderKey, figure_keys
from schema.types.enums import describe, made
from schema.types.factory import direction_field, input_default, input_field, input_type

describe(
    Figures,
    "Which figures a number is made of. Either way, answers say how many of each they took.",
    {
        "PRINTED": "Printed ones alone: a report that leaves one of them blank counts for nothing.",
        "IMPLIED": "Printed ones and, where a report prints none, what its other figures imply or its words state "
        "beyond doubt: see `Report.implied`.",
    },
)
_WHICH = "Which figures to take."
FIGURES = argument("figures", Figures, _WHICH, default=Figures.IMPLIED)


def figures_of(arguments: Mapping[str, Any]) -> Figures:
    """The figures that arguments ask for."""
    return Figures(arguments["figures"].value)


_FIGURE = (
    "Every figure of every form, by its id in capitals; and every concept, which several editions count, each by cells "
    "of its own: `concepts` says by which."
)


@dataclass(frozen=True, slots=True)
class MeasureTypes:
    """The types of what reports of some forms can be measured by, and what their enum values stand for."""

    figure: Any
    ratio: Any
    ratio_of: Any
    measure: Any
    all: FiguresAndRatios


def measure_types(forms: tuple[Form, ...], form_trees: tuple[Group, ...]) -> MeasureTypes:
    """The types of what reports of these forms can be measured by."""
    every = figures_and_ratios(forms, form_trees)
    figure = made("Figure", _FIGURE, {key.name: key.description for key in figure_keys(forms, form_trees)})
    words = {name: _words(ratio, forms) for name, ratio in every.ratios.items()}
    ratio = made("Ratio", "Ratios that the field uses.", words)
    ratio_of = _ratio_of(figure)
    measure = input_type(
        "MeasureInput",
        [
            input_field("figure", figure | None, "A figure; of money, the amount in yuan."),
            input_field("ratio", ratio | None, "A ratio of the figures of one report."),
            input_field("ratioOf", ratio_of | None, "A ratio of your own."),
        ],
        "What is measured of one report: a figure, or a ratio.",
        one_of=True,
    )
    return MeasureTypes(figure, ratio, ratio_of, measure, every)


def _ratio_of(figure: Any) -> Any:
    return input_type(
        "RatioOfFigures",
        [
            input_field("numerator", list[figure], f"What is added up above the line, {MOST_FIGURES} figures at most."),
            input_field("denominator", list[figure], f"And below it, {MOST_FIGURES} at most."),
        ],
        f"A ratio of sums of figures. It should rest on {MINIMUM} cases below the line.",
    )


def measure_where(measures: MeasureTypes, number: Any) -> Any:
    """The input type of a condition on what is measured; `number` is that of conditions on a number."""
    against = input_type(
        "MeasureComparison",
        [input_field(o.graphql_name, measures.measure | None, o.value.description) for o in COMPARISONS],
        "How a figure or ratio compares with another of the same report; all given must hold.",
    )
    few = "a ratio that rests on fewer cases than its minimum counts as not known"
    return input_type(
        "MeasureWhere",
        [
            input_field("of", measures.measure, "What is measured."),
            input_default("figures", Figures, _WHICH, Figures.IMPLIED),
            input_field("value", number | None, f"Conditions on it; {few}."),
            input_field("against", against | None, "What it is compared with."),
        ],
        "A condition on a figure, printed or implied, or on a ratio of a report.",
    )


def report_order(measures: MeasureTypes, keys: Iterable[OrderKey]) -> Any:
    """The input type of one key of a sort of reports: by what tells them, by a figure or by a ratio."""
    path = made("ReportPath", "What tells reports, and sorts them.", {key.name: key.description for key in keys})
    few = f"A ratio; where it rests on fewer cases than its minimum, {MINIMUM} as a rule, it counts as not known."
    return input_type(
        "ReportOrder",
        [
            input_field("path", path | None, "Something that tells the report."),
            input_field("figure", measures.figure | None, "A figure; of money, the amount in yuan."),
            input_field("ratio", measures.ratio | None, few),
            input_default("figures", Figures, _WHICH, Figures.IMPLIED),
            direction_field(),
        ],
        "One key of a sort: `path`, `figure` or `ratio`, and which way.",
    )


def _words(ratio: Ratio, forms: Iterable[Form]) -> str:
    editions = ", ".join(editions_of(ratio, forms))
    return f"{ratio.label.zh} — {ratio.label.en} (editions {editions})"
