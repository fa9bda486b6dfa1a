"""Filters as match documents: a `where` value and the tree it is typed by enter, a document for `$match` leaves.

Refused: lists, texts, levels and numbers of conditions over their limits (`FILTER_TOO_LARGE`); null, unprintable text
and malformed dates and codes where a value belongs (`BAD_FILTER`).
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from loaders.fields import ValueKind
from schema.errors import ErrorCode, RequestError
from schema.plan.list_sizes import size_match
from schema.plan.measured import compares, compares_with
from schema.queryable.conditions import COUNT, MEASURES, Branch, Condition, Many
from schema.queryable.figure_or_ratio import FiguresAndRatios
from schema.queryable.operands import Figures
from schema.queryable.operators import OPERATORS, Operator
from schema.request import Limits

NOTHING: Mapping[str, Any] = {"_id": {"$in": []}}
_NUMBER = Condition("", ValueKind.FLOAT, "")
_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


@dataclass(frozen=True, slots=True)
class Chosen:
    """A condition on other documents, as it was asked and as what it was found to choose."""

    asked: Mapping[str, Any]
    found: Mapping[str, Any]


def predicate(
    tree: Branch, where: Mapping[str, Any] | None, limits: Limits, *, as_asked: bool = False
) -> dict[str, Any]:
    """The match document of a filter; no filter matches everything.

    With `as_asked` it says what conditions on other documents ask, whatever they choose at the moment: it then tells
    one filter from another, and MongoDB cannot read it.
    """
    return dict(_Filter(limits, as_asked).all_of(tree, where or {}, depth=0))


@dataclass(slots=True)
class _Filter:
    """Builds one match document and counts what it builds from."""

    limits: Limits
    as_asked: bool = False
    conditions: int = field(default=0)

    def all_of(self, tree: Branch, where: Mapping[str, Any], *, depth: int) -> Mapping[str, Any]:
        if depth > self.limits.boolean_depth:
            raise _too_large(f"and, or and not are nested more than {self.limits.boolean_depth} levels deep")
        return conjunction(list(self._clauses(tree, where, depth)))

    def _clauses(self, tree: Branch, where: Mapping[str, Any], depth: int) -> Iterator[Mapping[str, Any]]:
        for name, value in where.items():
            if value is None:
                continue
            if tree.logical and name in _LOGICAL:
                yield self._logical(tree, name, value, depth + 1)
                continue
            if tree.measures and name == MEASURES:
                yield from self._measured(tree.measures, value)
                continue
            node = tree.children[name]
            if isinstance(value, Chosen):
                yield value.asked if self.as_asked else value.found
            elif isinstance(node, Condition):
                yield from self._compared(node, value)
            elif isinstance(node, Many):
                yield from self._quantified(node, value, depth)
            else:
                yield self.all_of(node, value, depth=depth)

    def _logical(self, tree: Branch, name: str, value: Any, depth: int) -> Mapping[str, Any]:
        if name == "not":
            return negation(self.all_of(tree, value, depth=depth))
        self._check_length(value)
        parts = [self.all_of(tree, part, depth=depth) for part in value]
        if name == "and":
            return conjunction(parts)
        if {} in parts:
            return {}
        return {"$or": parts} if parts else NOTHING

    def _quantified(self, node: Many, value: Mapping[str, Any], depth: int) -> Iterator[Mapping[str, Any]]:
        for quantifier, item in value.items():
            if item is None:
                continue
            if quantifier == COUNT:
                yield from self._sized(node.path, item)
                continue
            inner = self.all_of(node.item, item, depth=depth)
            if quantifier == "some":
                yield {node.path: {"$elemMatch": inner}} if inner else {f"{node.path}.0": {"$exists": True}}
            elif quantifier == "none":
                yield {node.path: {"$not": {"$elemMatch": inner}}} if inner else {f"{node.path}.0": {"$exists": False}}
            elif inner:
                yield {node.path: {"$not": {"$elemMatch": negation(inner)}}}

    def _measured(self, measures: FiguresAndRatios, given: Sequence[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
        self._check_length(given)
        for one in given:
            figures = Figures(one["figures"].value)
            asked = measures.of(one["of"], figures)
            for name, operand in (one.get("value") or {}).items():
                self._count_one()
                yield compares(asked, OPERATORS[name], self._operand(_NUMBER, OPERATORS[name], operand))
            for name, other in (one.get("against") or {}).items():
                self._count_one()
                yield compares_with(asked, OPERATORS[name], measures.of(other, figures))

    def _compared(self, leaf: Condition, value: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
        for name, operand in value.items():
            if name == COUNT:
                yield from self._sized(leaf.path, operand or {})
                continue
            self._count_one()
            operator = OPERATORS[name]
            yield operator.value.match(leaf.path, self._operand(leaf, operator, operand))

    def _sized(self, path: str, value: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
        length = Condition(path, ValueKind.INT, "")
        for name, operand in value.items():
            self._count_one()
            yield size_match(path, name, self._operand(length, OPERATORS[name], operand))

    def _count_one(self) -> None:
        self.conditions += 1
        if self.conditions > self.limits.conditions:
            raise _too_large(f"a filter may have {self.limits.conditions} conditions")

    def _operand(self, leaf: Condition, operator: Operator, operand: Any) -> Any:
        if operator.value.takes_list and operand is not None:
            self._check_length(operand)
            return [self._value(leaf, item) for item in operand]
        if operator.value.takes_truth and operand is not None:
            return operand
        value = self._value(leaf, operand)
        if operator.value.takes_only and not operator.value.takes_only.fullmatch(value):
            raise RequestError(ErrorCode.BAD_FILTER, f"this is no {leaf.kind.value}", hint=operator.value.hint)
        return _pattern(leaf.kind, operator, value) if operator.value.pattern else value

    def _value(self, leaf: Condition, value: Any) -> Any:
        if value is None:
            raise RequestError(ErrorCode.BAD_FILTER, "null is not a value to compare with", hint="Use isNull: true.")
        if isinstance(value, Enum):
            return value.value
        if isinstance(value, str):
            return self._text(leaf, value)
        return value

    def _text(self, leaf: Condition, value: str) -> str:
        if len(value) > self.limits.text:
            raise _too_large(f"a text in a filter may have {self.limits.text} characters")
        if leaf.kind is ValueKind.DATE and not _DATE.match(value):
            raise RequestError(ErrorCode.BAD_FILTER, "a date is written YYYY, YYYY-MM or YYYY-MM-DD")
        if "\0" in value or any("\ud800" <= character <= "\udfff" for character in value):
            raise RequestError(ErrorCode.BAD_FILTER, "the text holds characters that no report can hold")
        return value

    def _check_length(self, values: Sequence[Any]) -> None:
        if len(values) > self.limits.in_list:
            raise _too_large(f"a list in a filter may have {self.limits.in_list} items")


def _pattern(kind: ValueKind, operator: Operator, value: str) -> Any:
    """What finds a text, as a search would; a code is written in one way."""
    return operator.value.pattern(value) if operator.value.pattern and kind is ValueKind.TEXT else [re.escape(value)]


_LOGICAL = frozenset({"and", "or", "not"})


def conjunction(parts: Sequence[Mapping[str, Any]]) -> Mapping[str, Any]:
    """A match document that holds where all the parts hold; parts on different keys are merged into one."""
    merged: dict[str, Any] = {}
    rest: list[Mapping[str, Any]] = []
    for part in parts:
        if part.keys() & merged.keys():
            rest.append(part)
        else:
            merged.update(part)
    return {"$and": [merged, *rest]} if rest else merged


def negation(part: Mapping[str, Any]) -> Mapping[str, Any]:
    """A match document that holds exactly where the part does not, reports with a missing figure included."""
    return {"$nor": [part]} if part else NOTHING


def _too_large(message: str) -> RequestError:
    return RequestError(ErrorCode.FILTER_TOO_LARGE, message)


def never_null(match: Mapping[str, Any]) -> frozenset[str]:
    """The paths that every match is sure to have a value at, as far as the top of the match document tells."""
    return frozenset(
        path
        for path, condition in _required(match)
        if condition is not None and isinstance(condition, Mapping) and _needs_value(condition)
    )


def required(match: Mapping[str, Any]) -> frozenset[str]:
    """The paths on which every match meets a condition, as far as the top of the match document tells."""
    return frozenset(path for path, _ in _required(match))


def _required(match: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for part in (match, *match.get("$and", ())):
        yield from ((path, condition) for path, condition in part.items() if not path.startswith("$"))


def _needs_value(condition: Mapping[str, Any]) -> bool:
    if "$nin" in condition:
        return None in condition["$nin"]
    if "$ne" in condition:
        return condition["$ne"] is None
    return not condition.keys() & {"$not", "$exists", "$elemMatch"}
