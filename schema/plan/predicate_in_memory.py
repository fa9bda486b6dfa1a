"""Filters inside one document: the match document of a filter enters, a test of plain dicts leaves.

What `schema.plan.predicate` writes for MongoDB is applied here to the items of a list that is already read, so that a
filter on the figures of one report means what it means across reports. Refused: operators that no filter writes
(`KeyError`).
"""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from loaders.document import Document, get

Test = Callable[[Document], bool]


def matching(match: Mapping[str, Any]) -> Test:
    """Whether MongoDB would find a document by this match document.

    >>> matching({"value": {"$gte": 3}})({"value": [1, 5]})
    True
    """
    tests = [_clause(path, condition) for path, condition in match.items()]
    return lambda document: all(test(document) for test in tests)


def _clause(path: str, condition: Any) -> Test:
    if path in _LOGICAL:
        parts, joined = [matching(part) for part in condition], _LOGICAL[path]
        return lambda document: joined(part(document) for part in parts)
    if condition is None:
        return lambda document: get(document, path) is None
    holds = [_OPERATORS[operator](operand) for operator, operand in condition.items()]
    return lambda document: all(hold(get(document, path)) for hold in holds)


_LOGICAL: Mapping[str, Callable[[Iterable[bool]], bool]] = {
    "$and": all,
    "$or": any,
    "$nor": lambda parts: not any(parts),
}

Hold = Callable[[Any], bool]


def _either(compare: Callable[[Any, Any], bool]) -> Callable[[Any], Hold]:
    """Of a list, one element that compares is enough; a missing value never compares."""

    def made(operand: Any) -> Hold:
        return lambda stored: any(value is not None and compare(value, operand) for value in _values(stored))

    return made


def _values(stored: Any) -> Iterable[Any]:
    return stored if isinstance(stored, list) else (stored,)


def _none_of(operand: Any) -> Hold:
    return lambda stored: all(value not in operand for value in _values(stored))


_OPERATORS: Mapping[str, Callable[[Any], Hold]] = {
    "$eq": _either(lambda value, operand: value == operand),
    "$in": _either(lambda value, operand: value in operand),
    "$nin": _none_of,
    "$ne": lambda operand: _none_of([operand]),
    "$lt": _either(lambda value, operand: value < operand),
    "$lte": _either(lambda value, operand: value <= operand),
    "$gt": _either(lambda value, operand: value > operand),
    "$gte": _either(lambda value, operand: value >= operand),
    "$regex": _either(lambda value, operand: re.search(operand, value) is not None),
}
