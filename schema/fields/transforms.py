"""Selections compiled into functions, each from a stored dict to its part of the answer.

This is the short way to an answer: one pass over the documents, without the general machinery of graphql-core, whose
answers it must equal to the letter (tests compare them). Refused: selections that need more than stored documents
(`NotCompilableError`, when compiling) and values that the schema does not allow (`UnfitValueError`, when running);
both are then left to graphql-core, which reports what is wrong.
"""

from collections.abc import Callable, Iterable
from typing import Any

from graphql import GraphQLEnumType, GraphQLObjectType, is_leaf_type, is_non_null_type

from loaders.document import Document
from schema.fields.resolvers import is_list, joined_key, source, whole
from schema.fields.selection import Selected
from schema.fields.walk import TYPENAME

Transform = Callable[[Any, Document], dict[str, Any]]
Value = Callable[[Any, Document], Any]
Inner = tuple[str, str, Transform]
"""A key of the answer, the stored key, and what makes the one of the other."""
Special = tuple[str, Value]


class NotCompilableError(Exception):
    """The selection holds a field that only graphql-core can resolve."""


class UnfitValueError(Exception):
    """A stored value is not what the schema promises."""


def compiled(type_: GraphQLObjectType, fields: Iterable[Selected]) -> Transform:
    """The function that makes the answer of an object of this type, with these fields selected."""
    fields = tuple(fields)
    required = tuple(field.key for field in fields if is_non_null_type(field.field.type))
    if fields and all(_is_figure(field) for field in fields):
        return _figures([(field.key, source(field.field).key) for field in fields])
    plain = [(field.key, source(field.field).key) for field in fields if _is_plain(field)]
    inner = [_inner(field) for field in fields if _is_stored_object(field)]
    special = [
        (field.key, _value(type_, field)) for field in fields if not _is_plain(field) and not _is_stored_object(field)
    ]
    if not fields or inner or special:
        return _checked(_mixed([field.key for field in fields], plain, inner, special), required)
    return _checked(_plain(plain), required)


def _is_stored_object(field: Selected) -> bool:
    """Whether the field is one object of the same document, as it is stored."""
    if field.name == TYPENAME or not isinstance(field.type, GraphQLObjectType) or is_list(field.field):
        return False
    found = source(field.field)
    return found.compute is None and not found.join


def _inner(field: Selected) -> Inner:
    type_ = field.type
    if not isinstance(type_, GraphQLObjectType):
        raise NotCompilableError(field.name)
    return field.key, source(field.field).key, compiled(type_, field.fields())


def _is_figure(field: Selected) -> bool:
    return field.name != TYPENAME and source(field.field).whole


def _is_plain(field: Selected) -> bool:
    """Whether the stored value is the answer as it is."""
    if field.name == TYPENAME or not is_leaf_type(field.type):
        return False
    found = source(field.field)
    if is_list(field.field) or isinstance(field.type, GraphQLEnumType):
        return False
    return found.compute is None and not found.whole and not found.join


def _plain(pairs: list[tuple[str, str]]) -> Transform:
    def transform(value: Any, _report: Document) -> dict[str, Any]:
        get = value.get
        return {key: get(name) for key, name in pairs}

    return transform


def _figures(pairs: list[tuple[str, str]]) -> Transform:
    """All figures: each a whole number or missing; whatever else is stored goes through `whole`.

    A stored row that has just these figures in just this order is the answer itself and is not copied.
    """
    same = [key for key, name in pairs if key == name]
    names = same if len(same) == len(pairs) else None

    def transform(value: Any, _report: Document) -> dict[str, Any]:
        if [*value] == names:
            made: dict[str, Any] = value
        else:
            get = value.get
            made = {key: get(name) for key, name in pairs}
        for figure in made.values():
            if figure.__class__ is not int and figure is not None:
                return {key: whole(figure) for key, figure in made.items()}
        return made

    return transform


def _mixed(keys: list[str], plain: list[tuple[str, str]], inner: list[Inner], special: list[Special]) -> Transform:
    """Keys first, so that the answer keeps the order of the selection."""

    def transform(value: Any, report: Document) -> dict[str, Any]:
        made: dict[str, Any] = dict.fromkeys(keys)
        for key, name in plain:
            made[key] = value.get(name)
        for key, name, of_object in inner:
            found = value.get(name)
            if found is not None:
                made[key] = of_object(found, report)
        for key, read in special:
            made[key] = read(value, report)
        return made

    return transform


def _checked(transform: Transform, required: tuple[str, ...]) -> Transform:
    if not required:
        return transform

    def checked(value: Any, report: Document) -> dict[str, Any]:
        made = transform(value, report)
        for key in required:
            if made[key] is None:
                raise UnfitValueError(key)
        return made

    return checked


def _value(type_: GraphQLObjectType, field: Selected) -> Value:
    if field.name == TYPENAME:
        name = type_.name
        return lambda _value, _report: name
    read = _read(field)
    if is_leaf_type(field.type):
        return _leaf(field, read)
    if not isinstance(field.type, GraphQLObjectType):
        raise NotCompilableError(field.name)
    inner = compiled(field.type, field.fields())
    rooted = source(field.field).rooted
    if is_list(field.field):
        return _objects(read, inner, rooted=rooted)
    return _object(read, inner, rooted=rooted)


def _read(field: Selected) -> Value:
    found = source(field.field)
    if found.join or found.compute is None:
        key = joined_key(field.nodes[0]) if found.join else found.key
        return lambda value, _report: value.get(key)
    compute, arguments = found.compute, field.arguments()
    if not arguments:
        return compute
    return lambda value, report: compute(value, report, **arguments)


def _leaf(field: Selected, read: Value) -> Value:
    if source(field.field).whole:
        return lambda value, report: whole(read(value, report))
    if is_list(field.field):
        return lambda value, report: read(value, report) or []
    if isinstance(field.type, GraphQLEnumType):
        return _enum_value(field.type, read)
    return read


def _enum_value(type_: GraphQLEnumType, read: Value) -> Value:
    names: dict[Any, str] = {member.value: name for name, member in type_.values.items()}

    def value_of(value: Any, report: Document) -> str | None:
        stored = read(value, report)
        if stored is None:
            return None
        if stored not in names:
            raise UnfitValueError(stored)
        return names[stored]

    return value_of


def _object(read: Value, inner: Transform, *, rooted: bool) -> Value:
    def value_of(value: Any, report: Document) -> dict[str, Any] | None:
        found = read(value, report)
        return None if found is None else inner(found, found if rooted else report)

    return value_of


def _objects(read: Value, inner: Transform, *, rooted: bool) -> Value:
    if rooted:
        return lambda value, report: [inner(item, item) for item in read(value, report) or ()]
    return lambda value, report: [inner(item, report) for item in read(value, report) or ()]
