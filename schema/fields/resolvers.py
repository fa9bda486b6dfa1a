"""How declared fields are resolved by graphql-core: from located values of stored documents to further ones.

`bind` sets one plain function on each field of the schema, in place of the general machinery that Strawberry would
run for it. The compiled plans use the same sources, so both ways of executing give the same answers.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from graphql import (
    FieldNode,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLResolveInfo,
    GraphQLSchema,
    get_named_type,
    is_leaf_type,
)
from graphql.type import GraphQLList, is_non_null_type
from strawberry.schema.schema_converter import GraphQLCoreConverter

from loaders.document import Document
from schema.fields.selection import Selected, SelectionContext
from schema.fields.source import SOURCE, Answer, FieldSource, source_of

LARGEST_INT = 2**31 - 1

Info = GraphQLResolveInfo[Any]


@dataclass(frozen=True, slots=True)
class Located:
    """A value of the stored document, the report that it is part of, and its type where that is not plain."""

    value: Any
    report: Document
    typename: str = ""


Read = Callable[[Located, Info, dict[str, Any]], Any]


def whole(value: Any) -> int | None:
    """A stored figure as GraphQL's Int; one beyond 32 bits is null here, and only the cells show it.

    Int is what clients have types and editors for, and no figure of a real report comes near its bound; a number
    that large is a misprint, which must not turn a whole answer into an error.
    """
    if value is None or not -LARGEST_INT <= value <= LARGEST_INT or value != int(value):
        return None
    return int(value)


def source(field: GraphQLField) -> FieldSource:
    """Where the value of a field of an object type comes from."""
    found: FieldSource = field.extensions[SOURCE]
    return found


def query_source(field: GraphQLField) -> tuple[Answer, Callable[[Selected], Any]]:
    """What answers a field of Query, and what tells from its selection what is wanted."""
    found = source(field)
    if found.answer is None or found.wanted is None:
        raise TypeError("the field is none of Query")
    return found.answer, found.wanted


def bind(schema: GraphQLSchema) -> None:
    """Give every field of every object type what it is declared with, and its resolver."""
    for type_ in schema.type_map.values():
        if isinstance(type_, GraphQLInputObjectType):
            _mark_one_of(type_)
        if isinstance(type_, GraphQLInterfaceType):
            type_.resolve_type = lambda part, _info, _type: part.typename
        if isinstance(type_, GraphQLObjectType) and not type_.name.startswith("__"):
            type_.is_type_of = None
            for name, field in type_.fields.items():
                _bind(name, field)


def _bind(name: str, field: GraphQLField) -> None:
    field.extensions[SOURCE] = source_of(field.extensions[GraphQLCoreConverter.DEFINITION_BACKREF])
    field.resolve = _query_resolver(name, field) if source(field).answer else _resolver(field)
    for argument in field.args.values():
        argument.extensions.update(argument.extensions[GraphQLCoreConverter.DEFINITION_BACKREF].metadata)


def _mark_one_of(type_: GraphQLInputObjectType) -> None:
    """Let GraphQL hold @oneOf: Strawberry checks it only when a value is made, too late to refuse in order."""
    if type_.extensions[GraphQLCoreConverter.DEFINITION_BACKREF].is_one_of:
        type_.is_one_of = True
        type_.out_type = GraphQLInputObjectType.out_type  # type: ignore[method-assign]


def _query_resolver(name: str, field: GraphQLField) -> Callable[..., Any]:
    """Resolves a field of Query; the context is what it is answered from (`schema.read.context`)."""
    answer, wanted = query_source(field)

    async def resolve(_source: object, info: Info, **arguments: Any) -> Any:
        context = SelectionContext(info.schema, info.fragments, info.variable_values)
        selected = Selected(str(info.path.key), name, field, tuple(info.field_nodes), context)
        return await answer(info.context, selected, arguments, wanted(selected))

    return resolve


def _resolver(field: GraphQLField) -> Callable[..., Any]:
    found = source(field)
    read = _reader(found)
    if is_leaf_type(get_named_type(field.type)):
        return _leaf(field, read, found)
    rooted = found.rooted
    if is_list(field):
        return lambda part, info, **arguments: [
            Located(item, item if rooted else part.report) for item in read(part, info, arguments) or ()
        ]

    def one(part: Located, info: Info, **arguments: Any) -> Located | None:
        value = read(part, info, arguments)
        return None if value is None else Located(value, value if rooted else part.report)

    return one


def _leaf(field: GraphQLField, read: Read, found: FieldSource) -> Callable[..., Any]:
    if found.whole:
        return lambda part, info, **arguments: whole(read(part, info, arguments))
    if is_list(field):
        return lambda part, info, **arguments: read(part, info, arguments) or []
    return lambda part, info, **arguments: read(part, info, arguments)


def _reader(found: FieldSource) -> Read:
    if found.join:
        return lambda part, info, _arguments: part.value.get(joined_key(info.field_nodes[0]))
    if found.compute is None:
        key = found.key
        return lambda part, _info, _arguments: part.value.get(key)
    compute = found.compute
    return lambda part, _info, arguments: compute(part.value, part.report, **arguments)


def joined_key(node: FieldNode) -> str:
    """Where on an object a join leaves what it found for one field of the document: its place there tells it apart."""
    return f"@{node.loc.start if node.loc else 0}"


def is_list(field: GraphQLField) -> bool:
    """Whether a field yields a list; no field of ours yields a list of lists."""
    type_: Any = field.type
    if is_non_null_type(type_):
        type_ = type_.of_type
    return isinstance(type_, GraphQLList)
