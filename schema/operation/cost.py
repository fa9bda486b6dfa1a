"""The price of an operation before it runs: how many values its answer can hold at most.

Every value counts one (a long text more), every list multiplies by its page size or by its reckoned length; @skip and
@include are not believed. What sets a price is marked where a field or an argument is declared
(`schema.fields.source`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from graphql import (
    FieldNode,
    GraphQLField,
    GraphQLNamedType,
    GraphQLSchema,
    OperationDefinitionNode,
    ValueNode,
    VariableNode,
    get_named_type,
    is_leaf_type,
)
from graphql.language import IntValueNode, ListValueNode, NullValueNode

from schema.fields.resolvers import is_list
from schema.fields.source import PRICED, SOURCE, FieldSource, Priced
from schema.fields.walk import INTROSPECTION, Fragment, Fragments, Walk

INTROSPECTION_DISCOUNT = 10
"""Values of the schema itself are this much cheaper: nothing is read for them, and their answers are kept."""

_INTROSPECTION_SIZES = {"types": 0, "fields": 8, "inputFields": 8, "enumValues": 8, "args": 2, "directives": 5}


class Price(NamedTuple):
    """A price with a part that a connection multiplies by the size of its page, and one that no list multiplies.

    `listed` is what of the fixed part are lists of the same report.
    """

    fixed: int = 0
    per_page: int = 0
    once: int = 0
    listed: int = 0


def price_of(
    operation: OperationDefinitionNode, schema: GraphQLSchema, fragments: Fragments, variables: Mapping[str, Any]
) -> int:
    """The price of a validated operation with coerced variables."""
    price = Walk(schema, fragments, _Pricing(variables, len(schema.type_map))).operation(operation)
    return price.fixed + price.once


@dataclass(frozen=True, slots=True)
class _Pricing:
    """Prices selections; `types` is how many types the schema has."""

    variables: Mapping[str, Any]
    types: int

    def field(
        self, node: FieldNode, _on: GraphQLNamedType | None, declared: GraphQLField | None, inner: Price
    ) -> Price:
        """One field."""
        source: FieldSource | None = declared.extensions.get(SOURCE) if declared else None
        if declared is None or is_leaf_type(get_named_type(declared.type)):
            return Price(source.weight if source else 1)
        if node.name.value in INTROSPECTION:
            return Price(1 + inner.fixed // INTROSPECTION_DISCOUNT)
        if source is None:
            return Price(1 + (_INTROSPECTION_SIZES.get(node.name.value, 1) or self.types) * inner.fixed)
        if source.per_page:
            return Price(0, 1 + inner.fixed, inner.once)
        size, adds = self._asked(node, declared)
        items = source.size * (size if is_list(declared) else 1)
        again = (source.returns - 1) * inner.listed
        fixed = source.weight + adds + items * inner.fixed + again + size * inner.per_page
        listed = _listed(source, declared, fixed, items, inner)
        return Price(fixed, once=source.once + inner.once, listed=listed)

    def fragment(self, _node: Fragment, inner: Price) -> Price:
        """One fragment."""
        return inner

    def beside(self, parts: Sequence[Price]) -> Price:
        """Several on the same object."""
        return Price(*map(sum, zip(*parts, strict=True)))

    def _asked(self, node: FieldNode, declared: GraphQLField) -> tuple[int, int]:
        """How many items the arguments of a field ask for, and what they add to its price."""
        marks: dict[str, Priced] = {
            name: argument.extensions[PRICED]
            for name, argument in declared.args.items()
            if PRICED in argument.extensions
        }
        given = [
            (marks[argument.name.value], value)
            for argument in (node.arguments or () if marks else ())
            if argument.name.value in marks and (value := self._value(argument.value)) is not None
        ]
        sizes = [mark.sizes.of(value) for mark, value in given if mark.sizes]
        defaults = [mark.sizes.default for mark in marks.values() if mark.sizes]
        return max(sizes or defaults or [1]), sum(mark.adds for mark, _ in given)

    def _value(self, value: ValueNode) -> Any:
        """The value of an argument as far as a price depends on it: None, a number, a list, or that there is one."""
        if isinstance(value, VariableNode):
            return self.variables.get(value.name.value)
        if isinstance(value, IntValueNode):
            return int(value.value)
        if isinstance(value, ListValueNode):
            return value.values
        return None if isinstance(value, NullValueNode) else value


def _listed(source: FieldSource, declared: GraphQLField, fixed: int, items: int, inner: Price) -> int:
    """What of the price of a field are lists of its report that nothing has yet been multiplied for."""
    if source.rooted or source.returns > 1:
        return 0
    return fixed if is_list(declared) and source.base is not None else items * inner.listed
