"""The types of aggregations: metrics and groupings as input, groups and yearly points as output.

Forms enter, types leave; the metric enums name every figure and every ratio of the forms. Refused: a pass rate of a
rule that no check has (`BAD_ARGUMENTS`).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import strawberry

from loaders.document import Document
from loaders.forms import Form
from loaders.forms.check_catalogue import catalogue
from loaders.forms.concepts import concepts_for, sums_by_edition
from loaders.forms.ratios import MINIMUM, editions_of, ratios_for
from schema.errors import ErrorCode, RequestError, nearest
from schema.fields.source import many, stored
from schema.plan.groups import BucketOrderBy
from schema.queryable.dimensions import (
    GROUPED,
    MENTION_GROUPS,
    PASSAGE_GROUPS,
    RANGE,
    REPORT_GROUPS,
    STATISTIC_GROUPS,
    Dimension,
    Grouped,
)
from schema.queryable.figure_or_ratio import FiguresAndRatios
from schema.queryable.metrics import (
    WORDS,
    AggregateFunction,
    DistinctMetric,
    Editions,
    FigureMetric,
    Metric,
    pass_rate_metric,
    ratio_metric,
)
from schema.queryable.names import constant_name
from schema.queryable.operands import Figures
from schema.types.enums import describe, made, template_of
from schema.types.factory import input_default, input_field, input_type, object_type, sort_type
from schema.types.forms import FormLabel
from schema.types.measures import MeasureTypes


def _dimensions(name: str, description: str, *grouped: Grouped, more: Iterable[Dimension] = ()) -> Any:
    every = (*(each for kind in grouped for each in kind.dimensions), *more)
    return made(name, description, {each.name: each.words for each in every})


DIMENSIONS: Mapping[str, Any] = {
    REPORT_GROUPS.collection: _dimensions("Dimension", "What reports can be grouped by.", REPORT_GROUPS),
    STATISTIC_GROUPS.collection: _dimensions(
        "StatisticDimension", "What narrative figures can be grouped by.", STATISTIC_GROUPS
    ),
    PASSAGE_GROUPS.collection: _dimensions("PassageDimension", "What passages can be grouped by.", PASSAGE_GROUPS),
    MENTION_GROUPS.collection: _dimensions("MentionDimension", "What mentions can be grouped by.", MENTION_GROUPS),
}
"""The enums of what can be grouped by, by collection."""

describe(AggregateFunction, "What is made of the figures of a group; missing figures count for nothing.", WORDS)
describe(
    BucketOrderBy,
    "What groups can be sorted by.",
    {
        "KEY": "A key of the group; `index` says which of groupBy.",
        "COUNT": "The number of reports, figures, passages or mentions in the group.",
        "METRIC": "A metric or function; `index` says which of those asked for.",
    },
)


BucketKey: Any = object_type(
    "BucketKey",
    [
        stored(
            "What it is a value of.",
            name="dimension",
            type_=_dimensions("BucketDimension", "What anything can be grouped by.", *GROUPED, more=(RANGE,)),
        ),
        stored("The value as text; null groups those that have none.", name="value", type_=str | None),
    ],
    "One key of a group.",
)


_BELOW_MINIMUM = "Whether a ratio rests on fewer cases than it should: it then says little."


@strawberry.type(description="One metric of a group.")
class MetricValue:
    """One metric of a group."""

    value: float | None = stored("The value; null where none had what was needed.")
    n: int = stored("How many of the group had what was needed: reports, or figures that are one number.")
    printed: int = stored("How many of these print all of it.")
    implied: int = stored("How many of these imply some of it, or state it in words; see `Report.implied`.")
    numerator: float | None = stored("Of a ratio: the sum above the line; of a pass rate: the checks that passed.")
    denominator: float | None = stored(
        "Of a ratio: the sum below the line; of a pass rate: the checks that passed or failed."
    )
    below_minimum: bool = stored(_BELOW_MINIMUM)
    breaks: bool = stored(
        "Whether the group holds reports of an edition that does not ask for what was measured, or not for all of it: "
        "the value then stands for the other editions alone. Of a pass rate: of an edition without the rule."
    )


ABOVE_THE_LINE, BELOW_THE_LINE = "Of a ratio: the sum above the line.", "Of a ratio: the sum below the line."
_TEMPLATES = "Editions of the reports; of different editions, the same figure may not mean the same."


def _bucket(template: Any) -> Any:
    return object_type(
        "Bucket",
        [
            stored("Its keys, in the order of groupBy.", name="keys", type_=many(BucketKey), size=3),
            stored(
                "How many reports, figures, passages or mentions are in it, whichever are grouped.",
                name="count",
                type_=int,
            ),
            stored(_TEMPLATES, name="templates", type_=many(template)),
            stored(
                "Whether they are of more than one edition: `breaks` of each value says what that means.",
                name="breaks",
                type_=bool,
            ),
            stored(
                "One value for each metric or function, in the order asked for; none of passages and mentions.",
                name="values",
                type_=list[MetricValue],
                size=3,
            ),
        ],
        "A group of reports, narrative figures, passages or mentions, and what was measured of it.",
    )


def _point(template: Any) -> Any:
    """One year of a figure or ratio, with the editions of its reports."""
    return object_type(
        "Point",
        [
            stored("Year that the reports are about.", name="year", type_=int),
            stored("The value; null where no report had what was needed.", name="value", type_=float | None),
            stored("How many reports of the year had what was needed.", name="n", type_=int),
            stored("How many of these print all of it.", name="printed", type_=int),
            stored("How many of these imply some of it, or state it in words.", name="implied", type_=int),
            stored(ABOVE_THE_LINE, name="numerator", type_=float | None),
            stored(BELOW_THE_LINE, name="denominator", type_=float | None),
            stored(_BELOW_MINIMUM, name="belowMinimum", type_=bool),
            stored("How many reports are about the year.", name="count", type_=int),
            stored(_TEMPLATES, name="templates", type_=many(template)),
            stored(
                "The value minus that of the year before; null where either is not known.",
                name="change",
                type_=float | None,
            ),
            stored(
                "The change, of the value of the year before; null where that is 0.",
                name="changeRate",
                type_=float | None,
            ),
            stored(
                "Whether the editions differ from those of the point before: the figures may not compare.",
                name="breaks",
                type_=bool,
            ),
        ],
        "One year of a figure or ratio.",
    )


@dataclass(frozen=True, slots=True)
class GroupTypes:
    """The types of aggregations over some forms, and what their enum values stand for."""

    bucket: Any
    point: Any
    template: Any
    metric: Any
    order: Any
    ratio: Any
    concept: Any
    figures_and_ratios: FiguresAndRatios
    rules: Mapping[str, Editions]

    @property
    def figures(self) -> Mapping[str, str]:
        """The stored path of each figure by the name of its enum value."""
        return self.figures_and_ratios.figures

    def metric_of(self, given: Mapping[str, Any], figures: Figures) -> Metric:
        """What a metric input asks for, of these figures."""
        if "passRate" in given:
            return self._pass_rate(given["passRate"].get("rule"))
        if "distinct" in given:
            return DistinctMetric(REPORT_GROUPS.named(given["distinct"].value).value)
        asked = self.figures_and_ratios.of(given.get("figure") or given, figures)
        editions = self.figures_and_ratios.editions(asked)
        if "figure" in given:
            figure, function = asked.numerator[0], AggregateFunction(given["figure"]["function"].value)
            return FigureMetric(figure, function, editions, figure.path in self.figures_and_ratios.stocks)
        return ratio_metric(asked.numerator, asked.denominator, asked.minimum, editions)

    def _pass_rate(self, rule: str | None) -> Metric:
        if rule is not None and rule not in self.rules:
            message = f"no check has the rule {rule[:_SHOWN]}"
            raise RequestError(ErrorCode.BAD_ARGUMENTS, message, hint=nearest(rule[:_SHOWN].upper(), self.rules))
        return pass_rate_metric(rule, self.rules[rule] if rule else None)


_SHOWN = 20  # characters of an unknown rule in a message


def group_types(forms: tuple[Form, ...], measures: MeasureTypes) -> GroupTypes:
    """The types of aggregations over these forms."""
    figure, ratio = measures.figure, measures.ratio
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
            input_field("ratioOf", measures.ratio_of | None, "A ratio of your own: of the sums over the group."),
            input_field("passRate", _pass_rate_input() | None, "How often checks pass."),
            input_field(
                "distinct", DIMENSIONS[REPORT_GROUPS.collection] | None, "How many different values the reports have."
            ),
        ],
        "What is measured of a group: a function of a figure, a ratio, how often checks pass, or a count of values.",
        one_of=True,
    )
    index = input_default("index", int, "Which key or metric, counted from 0.", 0)
    order = sort_type("BucketOrder", "by", BucketOrderBy, "One key of a sort of groups.", index)
    template = template_of(forms)
    return GroupTypes(
        _bucket(template),
        _point(template),
        template,
        metric,
        order,
        _ratio_type(ratio),
        _concept_type(figure),
        measures.all,
        _rules(forms),
    )


def _pass_rate_input() -> Any:
    return input_type(
        "PassRateInput",
        [input_field("rule", str | None, "Code of the rule, for instance R2; checks of any rule where none is given.")],
        "The share of checks that passed, among those that passed or failed; what could not be assessed counts for "
        f"nothing. It should rest on {MINIMUM} checks.",
    )


def _rules(forms: Iterable[Form]) -> dict[str, Editions]:
    """Every rule that a check can have, with the editions that prescribe it where it is a rule of the forms."""
    prescribed: dict[str, frozenset[str]] = {}
    for edition in (edition for form in forms for edition in form.editions):
        for rule in edition.rules:
            prescribed[rule.code] = prescribed.get(rule.code, frozenset()) | {edition.id}
    return {**dict.fromkeys(catalogue()), **prescribed}


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


def _concept_type(figure: Any) -> Any:
    way = object_type(
        "ConceptSum",
        [
            stored("The edition.", name="edition", type_=str),
            stored("Ids of the cells that are added up.", name="cells", type_=list[str]),
            stored("Ids of the cells that are taken off.", name="less", type_=list[str]),
        ],
        "How reports of one edition count a concept. Where that is one cell, a report prints the concept; else the "
        "concept is implied by all of the cells.",
    )
    return object_type(
        "ConceptFormula",
        [
            stored("Its name as a figure, in metrics, ratios and ranks.", name="figure", type_=figure),
            stored("Its id.", name="path", type_=str),
            stored("Its words.", name="label", type_=FormLabel),
            stored("What does not quite mean the same in all editions.", name="caveat", type_=str | None),
            stored("How each edition that counts it does.", name="sums", type_=many(way), size=3),
        ],
        "What several editions count, each by cells of its own.",
    )


def concept_answers(forms: tuple[Form, ...]) -> list[Document]:
    """The concepts of these forms in the shape of `ConceptFormula`."""
    return [
        {
            "figure": constant_name(concept.path),
            "path": concept.path,
            "label": {"zh": concept.label.zh, "en": concept.label.en, "variants": []},
            "caveat": concept.caveat or None,
            "sums": [
                {"edition": edition, "cells": list(way.cells), "less": list(way.less)}
                for edition, way in sums_by_edition(concept, forms).items()
            ],
        }
        for concept in concepts_for(forms)
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
