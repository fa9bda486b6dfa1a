"""What an operation selects, with fragments, aliases, @skip and @include settled.

The tree of `Selected` fields, in the order of the response, is as large as the answer's shape: the cost of an operation
is checked before it is made.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Any

from graphql import (
    FieldNode,
    FragmentSpreadNode,
    GraphQLField,
    GraphQLIncludeDirective,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLSkipDirective,
    SelectionNode,
    SelectionSetNode,
    get_directive_values,
    get_named_type,
)
from graphql.execution.values import VariableValues, get_argument_values

from schema.fields.walk import Fragment, Fragments, Opened, opened


@dataclass(frozen=True, slots=True)
class Selected:
    """One field of the answer: its key there, its definition, its nodes in the document, and its own fields."""

    key: str
    name: str
    field: GraphQLField
    nodes: tuple[FieldNode, ...]
    context: "SelectionContext"

    @property
    def type(self) -> GraphQLNamedType:
        """The type of the field, without lists and non-null."""
        return get_named_type(self.field.type)

    def arguments(self) -> dict[str, Any]:
        """The arguments given, coerced; those left out and without a default are absent."""
        return get_argument_values(self.field, self.nodes[0], self.context.variables)

    def fields(self, runtime: GraphQLObjectType | None = None) -> tuple["Selected", ...]:
        """What is selected of the field's value, for an interface of the object type that it turned out to be."""
        type_ = runtime or self.type
        if not isinstance(type_, GraphQLObjectType):
            return ()
        return self.context.collected(type_, (node.selection_set for node in self.nodes if node.selection_set))


@dataclass(frozen=True, slots=True)
class SelectionContext:
    """What a selection is read in: the schema, the document's fragments and the variables of the request."""

    schema: GraphQLSchema
    fragments: Fragments
    variables: VariableValues

    def collected(self, type_: GraphQLObjectType, sets: Iterable[SelectionSetNode]) -> tuple[Selected, ...]:
        """The fields that selection sets on an object of this type come to, each response key once."""
        grouped: dict[str, list[FieldNode]] = {}
        for node in self._field_nodes(type_, chain.from_iterable(chosen.selections for chosen in sets)):
            grouped.setdefault((node.alias or node.name).value, []).append(node)
        return tuple(self._selected(type_, key, nodes) for key, nodes in grouped.items())

    def _selected(self, type_: GraphQLObjectType, key: str, nodes: list[FieldNode]) -> Selected:
        name = nodes[0].name.value
        field = self.schema.get_field(type_, name)
        if field is None:
            raise TypeError(f"{type_.name} has no field {name}")
        return Selected(key, name, field, tuple(nodes), self)

    def _field_nodes(self, type_: GraphQLObjectType, chosen: Iterable[SelectionNode]) -> Iterator[FieldNode]:
        """The fields in the order of the document, those of a fragment where it is used first."""
        followed: set[str] = set()
        levels = [iter(chosen)]
        while levels:
            node = next(levels[-1], None)
            if node is None:
                levels.pop()
            elif not self._included(node):
                continue
            elif isinstance(node, FieldNode):
                yield node
            elif isinstance(node, Fragment) and (found := self._followed(type_, node, followed)):
                levels.append(iter(found.selection_set.selections))

    def _followed(self, type_: GraphQLObjectType, node: Fragment, followed: set[str]) -> Opened | None:
        """The fragment, where it applies to the type and was not followed before."""
        if isinstance(node, FragmentSpreadNode):
            if node.name.value in followed:
                return None
            followed.add(node.name.value)
        found = opened(node, self.fragments)
        applies = found and (not found.type_condition or self._applies(type_, found.type_condition.name.value))
        return found if applies else None

    def _included(self, node: Any) -> bool:
        if not node.directives:
            return True
        skip = get_directive_values(GraphQLSkipDirective, node, self.variables)
        include = get_directive_values(GraphQLIncludeDirective, node, self.variables)
        return not (skip and skip["if"]) and not (include and not include["if"])

    def _applies(self, type_: GraphQLObjectType, condition: str) -> bool:
        if condition == type_.name:
            return True
        named = self.schema.type_map[condition]
        return isinstance(named, GraphQLInterfaceType) and self.schema.is_sub_type(named, type_)
