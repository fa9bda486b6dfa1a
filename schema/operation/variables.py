"""What the variables of an operation are used for, so that what does not depend on them is worked out once.

An operation and its fragments enter, the names of the variables by their use leave.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from graphql import (
    DirectiveNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionSetNode,
    ValueNode,
    VariableNode,
)
from graphql.language import ListValueNode, ObjectValueNode

PRICED_ARGUMENTS = frozenset({"first", "last", "ids", "search"})
"""Arguments that say how many items a list has, or that it takes a search to make it."""


@dataclass(frozen=True, slots=True)
class Uses:
    """Variables that decide the price of an operation, and those that decide the shape of its answer.

    The arguments of root fields decide neither: they are planned anew for each request. `constant` says that the
    arguments of no root field hold a variable.
    """

    sizing: tuple[str, ...]
    shaping: tuple[str, ...]
    constant: bool


def uses_of(operation: OperationDefinitionNode, fragments: Mapping[str, FragmentDefinitionNode]) -> Uses:
    """What the variables of an operation are used for."""
    found = _Finder(fragments)
    found.selections(operation.selection_set, at_root=True)
    return Uses(tuple(sorted(found.sizing)), tuple(sorted(found.shaping)), constant=not found.planning)


@dataclass(slots=True)
class _Finder:
    fragments: Mapping[str, FragmentDefinitionNode]
    sizing: set[str] = field(default_factory=set)
    shaping: set[str] = field(default_factory=set)
    planning: set[str] = field(default_factory=set)
    seen: set[tuple[str, bool]] = field(default_factory=set)

    def selections(self, chosen: SelectionSetNode, *, at_root: bool) -> None:
        for node in chosen.selections:
            self._directives(node.directives)
            if isinstance(node, FieldNode):
                self._field(node, at_root=at_root)
            elif isinstance(node, InlineFragmentNode):
                self.selections(node.selection_set, at_root=at_root)
            elif isinstance(node, FragmentSpreadNode) and (node.name.value, at_root) not in self.seen:
                self.seen.add((node.name.value, at_root))
                self.selections(self.fragments[node.name.value].selection_set, at_root=at_root)

    def _field(self, node: FieldNode, *, at_root: bool) -> None:
        for argument in node.arguments or ():
            names = set(_variables_in(argument.value))
            (self.planning if at_root else self.shaping).update(names)
            if argument.name.value in PRICED_ARGUMENTS:
                self.sizing.update(names)
        if node.selection_set:
            self.selections(node.selection_set, at_root=False)

    def _directives(self, directives: tuple[DirectiveNode, ...] | None) -> None:
        for directive in directives or ():
            for argument in directive.arguments or ():
                self.shaping.update(_variables_in(argument.value))


def _variables_in(value: ValueNode) -> Iterator[str]:
    if isinstance(value, VariableNode):
        yield value.name.value
    elif isinstance(value, ListValueNode):
        for item in value.values:
            yield from _variables_in(item)
    elif isinstance(value, ObjectValueNode):
        for member in value.fields:
            yield from _variables_in(member.value)
