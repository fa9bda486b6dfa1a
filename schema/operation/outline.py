"""The outline of an operation: how deep, how many aliases and root fields, and what its variables are used for.

It is drawn before validation, so that a document that is too large for that is refused first (`RequestError`).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from graphql import (
    DirectiveNode,
    DocumentNode,
    FieldNode,
    GraphQLField,
    GraphQLNamedType,
    GraphQLSchema,
    ValueNode,
    VariableNode,
)
from graphql.language import ListValueNode, ObjectValueNode, OperationDefinitionNode

from schema.errors import ErrorCode, RequestError
from schema.fields.source import is_priced
from schema.fields.walk import INTROSPECTION, Fragment, Fragments, Walk
from schema.request import Limits

_LEVELS = 200  # of fragments and fields; graphql-core follows them by recursion where it executes

_NONE: frozenset[str] = frozenset()


class Outline(NamedTuple):
    """What selections come to with their fragments followed.

    Variables are told by their use: `sizing` ones decide the price, `shaping` ones the shape of the answer, `planning`
    ones stand in arguments of root fields, which are planned anew for each request.
    """

    depth: int = 0
    levels: int = 0
    aliases: int = 0
    fields: int = 0
    sizing: frozenset[str] = _NONE
    shaping: frozenset[str] = _NONE
    planning: frozenset[str] = _NONE


_NOTHING, _PLAIN, _ALIASED = Outline(), Outline(1, 1, 0, 1), Outline(1, 1, 1, 1)  # most fields by far are plain


def outlines(
    document: DocumentNode, fragments: Fragments, schema: GraphQLSchema, limits: Limits
) -> Iterator[tuple[OperationDefinitionNode, Outline]]:
    """The operations of a document with their outlines; raises where one is larger than a request may be."""
    if len(document.definitions) > limits.definitions:
        raise _refused(ErrorCode.TOO_LARGE, f"a document may have {limits.definitions} definitions")
    walk = Walk(schema, fragments, _Outlining(schema.query_type))
    for definition in document.definitions:
        if isinstance(definition, OperationDefinitionNode):
            outline = walk.operation(definition)
            _check(outline, limits)
            yield definition, outline


def _check(outline: Outline, limits: Limits) -> None:
    if outline.depth > limits.depth:
        raise _refused(ErrorCode.TOO_DEEP, f"selections may be nested {limits.depth} deep, not {outline.depth}")
    if outline.levels > _LEVELS:
        raise _refused(ErrorCode.TOO_DEEP, f"selections and fragments may be nested {_LEVELS} deep")
    if outline.aliases > limits.aliases:
        raise _refused(ErrorCode.TOO_MANY_ALIASES, f"a request may use {limits.aliases} aliases")
    if outline.fields > limits.root_fields:
        raise _refused(ErrorCode.TOO_MANY_ROOT_FIELDS, f"a request may ask for {limits.root_fields} root fields")


def _refused(code: ErrorCode, message: str) -> RequestError:
    return RequestError(code, message)


@dataclass(frozen=True, slots=True)
class _Outlining:
    """Draws outlines; `query` is the type whose fields are root fields."""

    query: GraphQLNamedType | None

    def field(
        self, node: FieldNode, on: GraphQLNamedType | None, declared: GraphQLField | None, inner: Outline
    ) -> Outline:
        """One field."""
        if inner is _NOTHING and not (node.arguments or node.directives):
            return _ALIASED if node.alias else _PLAIN
        given = {argument.name.value: _variables((argument.value,)) for argument in node.arguments or ()}
        sizing = _union(given[name] for name in given if declared and is_priced(declared.args.get(name)))
        arguments, at_root = _union(given.values()), on is self.query
        return Outline(
            depth=1 + (0 if node.name.value in INTROSPECTION else inner.depth),
            levels=1 + inner.levels,
            aliases=inner.aliases + bool(node.alias),
            fields=1,
            sizing=inner.sizing | sizing,
            shaping=inner.shaping | _of_directives(node.directives) | (_NONE if at_root else arguments),
            planning=arguments if at_root else _NONE,
        )

    def fragment(self, node: Fragment, inner: Outline) -> Outline:
        """One fragment, which adds no depth of its own."""
        return inner._replace(levels=1 + inner.levels, shaping=inner.shaping | _of_directives(node.directives))

    def beside(self, parts: Sequence[Outline]) -> Outline:
        """Several on the same object."""
        if not parts:
            return _NOTHING
        depths, levels, aliases, fields, sizing, shaping, planning = zip(*parts, strict=True)
        return Outline(
            max(depths), max(levels), sum(aliases), sum(fields), _union(sizing), _union(shaping), _union(planning)
        )


def _union(sets: Iterable[frozenset[str]]) -> frozenset[str]:
    return _NONE.union(*sets)


def _of_directives(directives: Sequence[DirectiveNode] | None) -> frozenset[str]:
    return _variables(argument.value for directive in directives or () for argument in directive.arguments or ())


def _variables(values: Iterable[ValueNode]) -> frozenset[str]:
    """The names of the variables in some values, at any depth."""
    found: set[str] = set()
    left = list(values)
    while left:
        value = left.pop()
        if isinstance(value, VariableNode):
            found.add(value.name.value)
        elif isinstance(value, ListValueNode):
            left += value.values
        elif isinstance(value, ObjectValueNode):
            left += (member.value for member in value.fields)
    return frozenset(found)
