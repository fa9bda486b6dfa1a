"""Comparison operators of filters: each entry knows its GraphQL name, its words, its kinds and its MongoDB form.

A stored path and a client's value enter, a match document leaves. Nothing a client sends can become an operator of
MongoDB: values are numbers, strings and booleans by their GraphQL types, and text patterns are escaped literals.
An operator with a `pattern` is given what that makes of a text.
A missing figure is unknown: no operator but `isNull` finds it, `ne` and `notIn` included.
What texts have in them is compared as a search does, so that one name is found however it is written.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from loaders.fields import ValueKind
from loaders.text.alike import beginnings, like

Match = Mapping[str, Any]


_ORDERED = frozenset({ValueKind.INT, ValueKind.FLOAT, ValueKind.DATE})
_LISTED = frozenset({ValueKind.INT, ValueKind.FLOAT, ValueKind.DATE, ValueKind.TEXT, ValueKind.ENUM, ValueKind.CODE})
_MANY = frozenset({ValueKind.WORDS, ValueKind.YEARS})
_ALL = _LISTED | {ValueKind.BOOLEAN}
_TEXT = frozenset({ValueKind.TEXT})
_CODE = frozenset({ValueKind.CODE})
_ALIKE = "script, width, capitals and blanks make no difference"
_DIVISION = re.compile(r"(?!00)[0-9]{6}")


@dataclass(frozen=True, slots=True)
class OperatorSpec:
    """How one operator is written for MongoDB, and what it takes."""

    description: str
    kinds: frozenset[ValueKind]
    match: Callable[[str, Any], Match]
    takes_list: bool = False
    takes_truth: bool = False
    pattern: Callable[[str], Any] | None = None
    takes_only: re.Pattern[str] | None = None
    hint: str = ""


def _begins(path: str, patterns: Sequence[str]) -> Match:
    found = [{path: {"$regex": f"^{pattern}"}} for pattern in patterns]
    return found[0] if len(found) == 1 else {"$or": found}


def _null(path: str, value: Any) -> Match:
    return {path: None} if value else {path: {"$ne": None}}


def _subtree(path: str, code: str) -> Match:
    """A division's own digits are those before the trailing pairs of zeros; all codes below it begin with them."""
    return {path: {"$regex": "^" + re.sub("(00)+$", "", code)}}


class Operator(Enum):
    """One member an operator; the member's name is its GraphQL name."""

    eq = OperatorSpec("Equal to.", _ALL, lambda path, value: {path: {"$eq": value}})
    ne = OperatorSpec("Known, and not equal to.", _ALL, lambda path, value: {path: {"$nin": [value, None]}})
    in_ = OperatorSpec("One of.", _LISTED, lambda path, value: {path: {"$in": value}}, takes_list=True)
    notIn = OperatorSpec(  # noqa: N815 - a GraphQL name
        "Known, and none of.", _LISTED, lambda path, value: {path: {"$nin": [*value, None]}}, takes_list=True
    )
    lt = OperatorSpec("Less than.", _ORDERED, lambda path, value: {path: {"$lt": value}})
    lte = OperatorSpec("Less than or equal to.", _ORDERED, lambda path, value: {path: {"$lte": value}})
    gt = OperatorSpec("Greater than.", _ORDERED, lambda path, value: {path: {"$gt": value}})
    gte = OperatorSpec("Greater than or equal to.", _ORDERED, lambda path, value: {path: {"$gte": value}})
    contains = OperatorSpec(
        f"Has this text in it; {_ALIKE}.", _TEXT, lambda path, value: {path: {"$regex": value}}, pattern=like
    )
    startsWith = OperatorSpec(  # noqa: N815 - a GraphQL name
        f"Begins with this text; {_ALIKE}.",
        _TEXT | _CODE,
        _begins,
        pattern=beginnings,
    )
    endsWith = OperatorSpec(  # noqa: N815 - a GraphQL name
        f"Ends with this text; {_ALIKE}.",
        _TEXT,
        lambda path, value: {path: {"$regex": f"{value}$"}},
        pattern=like,
    )
    within = OperatorSpec(
        "This division and everything below it, by its GB/T 2260 code.",
        _CODE,
        _subtree,
        takes_only=_DIVISION,
        hint="A code has six digits, for instance 350000 of a province or 350800 of a prefecture.",
    )
    isNull = OperatorSpec(  # noqa: N815 - a GraphQL name
        "Missing (true) or known (false); a cell that is blank, unreadable or not asked is missing, never zero.",
        _ALL | {ValueKind.LINK},
        _null,
        takes_truth=True,
    )

    has = OperatorSpec("Holds this.", _MANY, lambda path, value: {path: {"$eq": value}})
    hasAny = OperatorSpec(  # noqa: N815 - a GraphQL name
        "Holds at least one of these.", _MANY, lambda path, value: {path: {"$in": value}}, takes_list=True
    )
    isEmpty = OperatorSpec(  # noqa: N815 - a GraphQL name
        "Holds nothing (true) or something (false).",
        _MANY,
        lambda path, value: {f"{path}.0": {"$exists": not value}},
        takes_truth=True,
    )

    @property
    def graphql_name(self) -> str:
        """The name in the schema."""
        return self.name.rstrip("_")


OPERATORS: dict[str, Operator] = {operator.graphql_name: operator for operator in Operator}


def operators_of(kind: ValueKind) -> tuple[Operator, ...]:
    """The operators of a kind of value, in declared order."""
    return tuple(operator for operator in Operator if kind in operator.value.kinds)
