"""How many items a list has, as match documents: a path and what its length is compared with enter, a document leaves.

A list that is not there has no items. What never matches is the negation of what always does.
"""

from collections.abc import Callable, Mapping
from typing import Any

from schema.queryable.operators import Match

_ALWAYS: Match = {}
_NEVER: Match = {"$nor": [{}]}


def size_match(path: str, operator: str, operand: Any) -> Match:
    """The match document of a list whose length compares so; `operator` is the name of one of a whole number.

    >>> size_match("checks", "gte", 10)
    {'checks.9': {'$exists': True}}
    """
    return _OPERATORS[operator](path, operand)


def _at_least(path: str, size: int) -> Match:
    return {f"{path}.{size - 1}": {"$exists": True}} if size > 0 else _ALWAYS


def _fewer(path: str, size: int) -> Match:
    return {f"{path}.{size - 1}": {"$exists": False}} if size > 0 else _NEVER


def _equal(path: str, size: int) -> Match:
    return {path: {"$size": size}} if size > 0 else _fewer(path, 1) if size == 0 else _NEVER


def _one_of(path: str, sizes: list[int]) -> Match:
    return {"$or": [_equal(path, size) for size in sizes]} if sizes else _NEVER


def _none_of(path: str, sizes: list[int]) -> Match:
    return {"$nor": [_equal(path, size) for size in sizes]} if sizes else _ALWAYS


_OPERATORS: Mapping[str, Callable[[str, Any], Match]] = {
    "eq": _equal,
    "ne": lambda path, size: _none_of(path, [size]),
    "in": _one_of,
    "notIn": _none_of,
    "lt": _fewer,
    "lte": lambda path, size: _fewer(path, size + 1),
    "gt": lambda path, size: _at_least(path, size + 1),
    "gte": _at_least,
    "isNull": lambda _path, truth: _NEVER if truth else _ALWAYS,
}
