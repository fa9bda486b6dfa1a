"""Conditions on what a report is measured by: a figure, a ratio, or one of these beside another.

What is asked for enters, a match document leaves. As in all filters, what a report does not tell is unknown, and no
operator but `isNull` finds it; a ratio that rests on fewer cases than its minimum counts as unknown.
"""

from typing import Any

from schema.queryable.figure_or_ratio import FigureOrRatio
from schema.queryable.operands import Expression
from schema.queryable.operators import Match, Operator

COMPARISONS = (Operator.eq, Operator.ne, Operator.lt, Operator.lte, Operator.gt, Operator.gte)
"""How two measures of one report can be compared."""


def compares(asked: FigureOrRatio, operator: Operator, operand: Any) -> Match:
    """What matches the reports whose figure or ratio compares so with a number."""
    if not asked.denominator:
        return operator.value.match(asked.numerator[0].read_at, operand)
    value = asked.value()
    known = {"$isNumber": value}
    if operator is Operator.isNull:
        return {"$expr": {"$not": [known]} if operand else known}
    if operator is Operator.notIn:
        return {"$expr": {"$and": [known, {"$not": [{"$in": [value, operand]}]}]}}
    return {"$expr": {"$and": [known, _comparison(operator, value, operand)]}}


def compares_with(asked: FigureOrRatio, operator: Operator, other: FigureOrRatio) -> Match:
    """What matches the reports in which one figure or ratio compares so with another."""
    sides = asked.value(), other.value()
    return {"$expr": {"$and": [*({"$isNumber": side} for side in sides), _comparison(operator, *sides)]}}


def _comparison(operator: Operator, left: Expression, right: Any) -> Expression:
    return {f"${operator.graphql_name}": [left, right]}
