"""What an operation selects, with fragments, aliases, @skip and @include settled.

Field nodes of a validated document and coerced variables enter, a tree of `Selected` fields leaves, in the order of
the response. The tree is as large as the answer's shape, so the cost of the operation is checked before it is made.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLField,
    GraphQLIncludeDirective,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLSkipDirective,
    InlineFragmentNode,
    SchemaMetaFieldDef,
    SelectionSetNode,
    TypeMetaFieldDef,
    TypeNameMetaFieldDef,
    get_directive_values,
    get_named_type,
)
from graphql.execution.values import VariableValues, get_argument_values

_META = {"__typename": TypeNameMetaFieldDef, "__schema": SchemaMetaFieldDef, "__type": TypeMetaFieldDef}


@dataclass(frozen=True, slots=True)
class Selected:
    """One field of the answer: its key there, its definition, its nodes in the document, and its own fields."""

    key: str
    name: str
    field: GraphQLField
    nodes: tuple[FieldNode, ...]
    scope: "Scope"

    @property
    def type(self) -> GraphQLNamedType:
        """The type of the field, without lists and non-null."""
        return get_named_type(self.field.type)

    def arguments(self) -> dict[str, Any]:
        """The arguments given, coerced; those left out and without a default are absent."""
        return get_argument_values(self.field, self.nodes[0], self.scope.variables)

    def fields(self, runtime: GraphQLObjectType | None = None) -> tuple["Selected", ...]:
        """What is selected of the field's value, for an interface of the object type that it turned out to be."""
        type_ = runtime or self.type
        if not isinstance(type_, GraphQLObjectType):
            return ()
        return self.scope.collected(type_, (node.selection_set for node in self.nodes if node.selection_set))


@dataclass(frozen=True, slots=True)
class Scope:
    """What a selection is read in: the schema, the document's fragments and the variables of the request."""

    schema: GraphQLSchema
    fragments: Mapping[str, FragmentDefinitionNode]
    variables: VariableValues

    def collected(self, type_: GraphQLObjectType, sets: Iterable[SelectionSetNode]) -> tuple[Selected, ...]:
        """The fields that selection sets on an object of this type come to, each response key once."""
        grouped: dict[str, list[FieldNode]] = {}
        seen: set[str] = set()
        for selection_set in sets:
            for node in self._field_nodes(type_, selection_set, seen):
                grouped.setdefault((node.alias or node.name).value, []).append(node)
        return tuple(self._selected(type_, key, nodes) for key, nodes in grouped.items())

    def _selected(self, type_: GraphQLObjectType, key: str, nodes: list[FieldNode]) -> Selected:
        name = nodes[0].name.value
        field = _META.get(name) or type_.fields[name]
        return Selected(key, name, field, tuple(nodes), self)

    def _field_nodes(self, type_: GraphQLObjectType, chosen: SelectionSetNode, seen: set[str]) -> Iterator[FieldNode]:
        for node in chosen.selections:
            if not self._included(node):
                continue
            if isinstance(node, FieldNode):
                yield node
            elif isinstance(node, InlineFragmentNode):
                if self._applies(type_, node.type_condition.name.value if node.type_condition else type_.name):
                    yield from self._field_nodes(type_, node.selection_set, seen)
            elif isinstance(node, FragmentSpreadNode) and node.name.value not in seen:
                seen.add(node.name.value)
                fragment = self.fragments[node.name.value]
                if self._applies(type_, fragment.type_condition.name.value):
                    yield from self._field_nodes(type_, fragment.selection_set, seen)

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
