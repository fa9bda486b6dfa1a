"""The types of aggregations: metrics and groupings as input, groups and yearly points as output.

Forms enter, types leave; the metric enums name every figure and every ratio of the forms.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import strawberry

from loaders.document import Document, Template
from loaders.forms import Form
from loaders.forms.ratios import Ratio, editions_of, ratios_for
from schema.derive import input_default, input_field, input_type, object_type
from schema.enums import Direction, describe, made
from schema.fields import stored
from schema.form_types import FormLabel
from schema.groups import BucketOrderBy, Dimension
from schema.listing import figure_keys
from schema.measures import WORDS, AggregateFunction, FigureMeasure, Measure, RatioMeasure
from schema.tree import Group

describe(
    Dimension,
    "What reports can be grouped by.",
    {
        "YEAR": "Year that the report is about.",
        "TEMPLATE": "Format that the report follows.",
        "KIND": "Kind of report.",
        "SCOPE": "Whose figures the report holds.",
        "LEVEL": "Level of the agency.",
        "AGENCY_TYPE": "Type of the agency.",
        "PROVINCE": "Province of the agency.",
        "PREFECTURE": "Prefecture of the agency.",
        "COUNTY": "County of the agency.",
        "AGENCY": "The agency, by its full name.",
    },
)
describe(AggregateFunction, "What is made of the figures of a group; missing figures count for nothing.", WORDS)
describe(
    BucketOrderBy,
    "What groups can be sorted by.",
    {
        "KEY": "A key of the group; `index` says which of groupBy.",
        "COUNT": "The number of reports in the group.",
        "METRIC": "A metric; `index` says which of metrics.",
    },
)


@strawberry.type(description="One key of a group.")
class BucketKey:
    """One key of a group."""

    dimension: Dimension = stored("What it is a value of.")
    value: str | None = stored("The value as text; null groups the reports that have none.")


@strawberry.type(description="One metric of a group.")
class MetricValue:
    """One metric of a group."""

    value: float | None = stored("The value; null where no report had what was needed.")
    n: int = stored("How many reports of the group had what was needed.")
    numerator: float | None = stored("Of a ratio: the sum above the line.")
    denominator: float | None = stored("Of a ratio: the sum below the line.")
    below_minimum: bool = stored("Whether a ratio rests on fewer cases than it should: it then says little.")


_TEMPLATES = "Formats of the reports; of different formats, the same figure may not mean the same."


@strawberry.type(description="A group of reports and what was measured of it.")
class Bucket:
    """A group of reports."""

    keys: list[BucketKey] = stored("Its keys, in the order of groupBy.", size=3)
    count: int = stored("How many reports are in it.")
    templates: list[Template] = stored(_TEMPLATES)
    values: list[MetricValue] = stored("One value for each metric, in the order of the metrics.", size=3)


@strawberry.type(description="One year of a figure or ratio.")
class Point:
    """One year of a figure or ratio."""

    year: int = stored("Year that the reports are about.")
    value: float | None = stored("The value; null where no report had what was needed.")
    n: int = stored("How many reports of the year had what was needed.")
    numerator: float | None = stored("Of a ratio: the sum above the line.")
    denominator: float | None = stored("Of a ratio: the sum below the line.")
    below_minimum: bool = stored("Whether a ratio rests on fewer cases than it should: it then says little.")
    count: int = stored("How many reports are about the year.")
    templates: list[Template] = stored(_TEMPLATES)
    change: float | None = stored("The value minus that of the year before; null where either is not known.")
    change_rate: float | None = stored("The change, of the value of the year before; null where that is 0.")
    breaks: bool = stored("Whether the formats differ from those of the point before: the figures may not compare.")


@dataclass(frozen=True, slots=True)
class GroupTypes:
    """The types of aggregations over some forms, and what their enum values stand for."""

    metric: Any
    order: Any
    ratio: Any
    figures: Mapping[str, str]
    ratios: Mapping[str, Ratio]

    def measure(self, given: Mapping[str, Any]) -> Measure:
        """The measure that a metric input asks for."""
        if "ratio" in given:
            return RatioMeasure(self.ratios[given["ratio"].value])
        figure = given["figure"]
        return FigureMeasure(self.figures[figure["figure"].value], AggregateFunction(figure["function"].value))


def group_types(forms: tuple[Form, ...], roots: tuple[Group, ...]) -> GroupTypes:
    """The types of aggregations over these forms."""
    keys = list(figure_keys(roots))
    ratios = ratios_for(forms)
    figure = made("Figure", "Every figure of every form, by its id in capitals.", {k.name: k.description for k in keys})
    ratio = made("Ratio", "Ratios that the field uses.", {ratio.name: _words(ratio, forms) for ratio in ratios})
    figure_metric = input_type(
        "FigureMetric",
        [
            input_field("figure", figure, "The figure; of money, the amount in yuan."),
            input_field("function", AggregateFunction, "What is made of it."),
        ],
        "A function of one figure.",
    )
    metric: Any = input_type(
        "MetricInput",
        [
            input_field("figure", figure_metric | None, "A function of one figure."),
            input_field("ratio", ratio | None, "A ratio that the field uses."),
        ],
        "What is measured of a group: a function of a figure, or a ratio.",
        one_of=True,
    )
    order = input_type(
        "BucketOrder",
        [
            input_field("by", BucketOrderBy, "What to sort by."),
            input_default("index", int, "Which key or metric, counted from 0.", 0),
            input_default("direction", Direction, "Which way; missing values come last either way.", Direction.ASC),
        ],
        "One key of a sort of groups.",
    )
    return GroupTypes(
        metric,
        order,
        _ratio_type(ratio),
        {key.name: key.path for key in keys},
        {ratio.name: ratio for ratio in ratios},
    )


def _words(ratio: Ratio, forms: Iterable[Form]) -> str:
    editions = ", ".join(editions_of(ratio, forms))
    return f"{ratio.label.zh} — {ratio.label.en} (editions {editions})"


def _ratio_type(ratio: Any) -> Any:
    return object_type(
        "RatioFormula",
        [
            stored("Name of the ratio.", name="ratio", type_=ratio),
            stored("Its words.", name="label", type_=FormLabel),
            stored("Ids of the cells that are added up above the line.", name="numerator", type_=list[str]),
            stored("Ids of the cells that are added up below the line.", name="denominator", type_=list[str]),
            stored("Cases below the line under which the ratio says little.", name="minimum", type_=int),
            stored("Editions of the forms in which it can be told.", name="editions", type_=list[str]),
        ],
        "A ratio that the field uses, as a formula over cells.",
    )


def ratio_answers(forms: tuple[Form, ...]) -> list[Document]:
    """The ratios of these forms in the shape of `RatioFormula`."""
    return [
        {
            "ratio": ratio.name,
            "label": {"zh": ratio.label.zh, "en": ratio.label.en, "variants": []},
            "numerator": list(ratio.numerator),
            "denominator": list(ratio.denominator),
            "minimum": ratio.minimum,
            "editions": list(editions_of(ratio, forms)),
        }
        for ratio in ratios_for(forms)
    ]


def points(found: list[Document]) -> list[Document]:
    """Groups by year as points, each with its change against the year before."""
    made_points: list[Document] = []
    for bucket in sorted(found, key=lambda bucket: bucket["keys"][0]["order"]):
        before = made_points[-1] if made_points else None
        point = {
            "year": bucket["keys"][0]["order"],
            **bucket["values"][0],
            "count": bucket["count"],
            "templates": bucket["templates"],
            "breaks": before is not None and before["templates"] != bucket["templates"],
            "change": None,
            "changeRate": None,
        }
        if before and before["year"] == point["year"] - 1 and None not in (before["value"], point["value"]):
            point["change"] = point["value"] - before["value"]
            point["changeRate"] = point["change"] / before["value"] if before["value"] else None
        made_points.append(point)
    return made_points
