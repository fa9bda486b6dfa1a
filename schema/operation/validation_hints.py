"""What was probably meant by an operation that does not fit the schema: an error of GraphQL enters, a hint leaves.

All hints are read off the schema: the operator that a bare value lacks, the way from a type to the field or condition
that it was asked for, the value of an enum that is written most like the wrong one.
"""

import re
from collections.abc import Iterator, Mapping

from graphql import (
    GraphQLEnumType,
    GraphQLError,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
    get_named_type,
    is_required_argument,
)

from schema.errors import nearest

_DEEPEST = 3
_NO_OBJECT = re.compile(r"Expected value of type '(\w+)!?' to be an object, found: (.+?)\.?$", re.DOTALL)
_NO_FIELD = re.compile(r"Cannot query field '(\w+)' on type '(\w+)'")
_NO_CONDITION = re.compile(r"Expected value of type '(\w+)!?' not to include unknown field '(\w+)'")
_NO_ARGUMENT = re.compile(r"Unknown argument '(\w+)' on field '(\w+)\.(\w+)'")
_NO_VALUE = re.compile(r"Value '(\w+)' does not exist in '(\w+)' enum")
_ONE, _MANY = ("eq", "has"), ("in", "hasAny")
"""The operators that a bare value, and a bare list, most probably lack: the first that there is."""
_LOGICAL = frozenset({"and", "or", "not"})


def hinted(error: GraphQLError, schema: GraphQLSchema) -> GraphQLError:
    """The error with a hint beside it, where one can be told, and without a cause."""
    hint = hint_of(error.message, schema)
    return GraphQLError(error.message, error.nodes, extensions={"hint": hint} if hint else None)


def hint_of(message: str, schema: GraphQLSchema) -> str:
    """The hint for what an error of GraphQL says; empty where none is known."""
    types = schema.type_map
    if found := _NO_OBJECT.search(message):
        return _operator(types[found[1]], found[2])
    if found := _NO_FIELD.search(message):
        return _way(types[found[2]], found[1])
    if found := _NO_CONDITION.search(message):
        return _way(types[found[1]], found[2])
    if found := _NO_ARGUMENT.search(message):
        return _argument(types[found[2]], found[3], found[1])
    if found := _NO_VALUE.search(message):
        enum = types[found[2]]
        return nearest(found[1], enum.values) if isinstance(enum, GraphQLEnumType) else ""
    return ""


def _operator(type_: GraphQLNamedType, value: str) -> str:
    if not isinstance(type_, GraphQLInputObjectType):
        return ""
    operators = _MANY if value.startswith("[") else _ONE
    return next((f"Write {{ {name}: {value} }}." for name in operators if name in type_.fields), "")


def _argument(type_: GraphQLNamedType, field: str, name: str) -> str:
    """The argument of the field whose conditions have that name."""
    if not isinstance(type_, GraphQLObjectType | GraphQLInterfaceType):
        return ""
    for key, argument in type_.fields[field].args.items():
        if name in _inner(get_named_type(argument.type), leaves=True):
            return f"`{name}` is in `{key}: {{ {name}: … }}`."
    return ""


def _way(type_: GraphQLNamedType, name: str) -> str:
    """The shortest way from a type down to a field of that name."""
    ways: list[tuple[GraphQLNamedType, tuple[str, ...]]] = [(type_, ())]
    seen = {type_.name}
    for _ in range(_DEEPEST):
        below = [(inner, (*steps, step)) for held, steps in ways for step, inner in _inner(held).items()]
        ways = [way for way in below if way[0].name not in seen]
        seen.update(held.name for held, _ in ways)
        for held, steps in ways:
            if name in _inner(held, leaves=True):
                is_condition = isinstance(type_, GraphQLInputObjectType)
                return f"`{name}` is in `{_nested([*steps, name], is_condition=is_condition)}`."
    return ""


def _nested(steps: list[str], *, is_condition: bool) -> str:
    *parents, last = steps
    asked = f"{last}: …" if is_condition else last
    for step in reversed(parents):
        asked = f"{step}: {{ {asked} }}" if is_condition else f"{step} {{ {asked} }}"
    return asked


def _inner(type_: GraphQLNamedType, *, leaves: bool = False) -> Mapping[str, GraphQLNamedType]:
    """The types below a type by the names that lead there, with nothing to be given; leaves where these are wanted."""
    return {name: inner for name, inner in _fields(type_) if leaves or _holds(inner)}


def _fields(type_: GraphQLNamedType) -> Iterator[tuple[str, GraphQLNamedType]]:
    if isinstance(type_, GraphQLInputObjectType):
        yield from ((name, get_named_type(one.type)) for name, one in type_.fields.items() if name not in _LOGICAL)
    if isinstance(type_, GraphQLObjectType | GraphQLInterfaceType):
        for name, field in type_.fields.items():
            if not any(map(is_required_argument, field.args.values())):
                yield name, get_named_type(field.type)


def _holds(type_: GraphQLNamedType) -> bool:
    return isinstance(type_, GraphQLObjectType | GraphQLInputObjectType)
