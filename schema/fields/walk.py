"""The one walk through the selections of a document: whoever follows fragments follows them here.

Without recursion, because a short document can nest its fragments more deeply than Python nests calls.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, Protocol, TypeVar

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLField,
    GraphQLNamedType,
    GraphQLSchema,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionNode,
    get_named_type,
)

TYPENAME = "__typename"

INTROSPECTION = frozenset({"__schema", "__type"})
"""Fields of Query that tell of the schema itself; graphql-core answers them, and bounds the lists inside them."""

Fragments = Mapping[str, FragmentDefinitionNode]
Fragment = InlineFragmentNode | FragmentSpreadNode
Opened = InlineFragmentNode | FragmentDefinitionNode
T = TypeVar("T")


def opened(node: Fragment, fragments: Fragments) -> Opened | None:
    """What a fragment in a selection stands for, None where the document does not define it."""
    return node if isinstance(node, InlineFragmentNode) else fragments.get(node.name.value)


class Measure(Protocol[T]):
    """What a walk works out, from the inside out."""

    def field(self, node: FieldNode, on: GraphQLNamedType | None, declared: GraphQLField | None, inner: T) -> T:
        """What a field comes to, whose own selections come to `inner`; types are None where the schema has none."""

    def fragment(self, node: Fragment, inner: T) -> T:
        """What a fragment comes to where it is used."""

    def beside(self, parts: Sequence[T]) -> T:
        """What selections on the same object come to."""


@dataclass(slots=True)
class _Level(Generic[T]):
    """Selections that the walk is in: whose they are, on which type, what is left of them and what the rest came to."""

    owner: SelectionNode | None
    on: GraphQLNamedType | None
    declared: GraphQLField | None
    rest: Iterator[SelectionNode]
    parts: list[T] = field(default_factory=list)


@dataclass(slots=True)
class Walk(Generic[T]):
    """Measures operations of one document; each fragment is measured once, however often it is used."""

    schema: GraphQLSchema
    fragments: Fragments
    measure: Measure[T]
    _known: dict[str, T] = field(default_factory=dict)

    def operation(self, node: OperationDefinitionNode) -> T:
        """What a whole operation comes to."""
        nothing = self.measure.beside(())
        levels: list[_Level[T]] = [_Level(None, self.schema.query_type, None, iter(node.selection_set.selections))]
        while True:
            level = levels[-1]
            chosen = next(level.rest, None)
            if chosen is None:
                total = self.measure.beside(level.parts)
                levels.pop()
                if not levels:
                    return total
                levels[-1].parts.append(self._closed(level, levels[-1].on, total))
            elif isinstance(chosen, FieldNode) and chosen.selection_set is None:
                level.parts.append(self.measure.field(chosen, level.on, self._declared(chosen, level.on), nothing))
            elif isinstance(chosen, FragmentSpreadNode) and chosen.name.value in self._known:
                level.parts.append(self.measure.fragment(chosen, self._known[chosen.name.value]))
            else:
                levels.append(self._entered(chosen, level.on))

    def _entered(self, node: SelectionNode, on: GraphQLNamedType | None) -> _Level[T]:
        if isinstance(node, FieldNode):
            declared = self._declared(node, on)
            inner = get_named_type(declared.type) if declared else None
            return _Level(node, inner, declared, iter(node.selection_set.selections if node.selection_set else ()))
        if isinstance(node, FragmentSpreadNode):
            self._known[node.name.value] = self.measure.beside(())  # what a fragment that uses itself finds
        found = opened(node, self.fragments) if isinstance(node, Fragment) else None
        if found and found.type_condition:
            on = self.schema.type_map.get(found.type_condition.name.value)
        return _Level(node, on, None, iter(found.selection_set.selections if found else ()))

    def _declared(self, node: FieldNode, on: GraphQLNamedType | None) -> GraphQLField | None:
        """The field of the schema; None also of what has no fields, which a document is not yet held not to ask for."""
        return self.schema.get_field(on, node.name.value)  # type: ignore[arg-type]

    def _closed(self, level: _Level[T], on: GraphQLNamedType | None, total: T) -> T:
        if isinstance(level.owner, FieldNode):
            return self.measure.field(level.owner, on, level.declared, total)
        if isinstance(level.owner, FragmentSpreadNode):
            self._known[level.owner.name.value] = total
        return self.measure.fragment(level.owner, total) if isinstance(level.owner, Fragment) else total
