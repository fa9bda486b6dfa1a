"""The price of an operation before it runs: how many values its answer can hold at most.

A validated operation and coerced variables enter, a number leaves. Every value counts one (a long text more), every
list multiplies by its page size or by its reckoned length; @skip and @include are not believed. Each fragment is
priced once, so the work is linear in the document whatever its fragments do.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
    InlineFragmentNode,
    OperationDefinitionNode,
    SchemaMetaFieldDef,
    SelectionSetNode,
    TypeMetaFieldDef,
    VariableNode,
    get_named_type,
    is_leaf_type,
)
from graphql.language import IntValueNode, ListValueNode, NullValueNode

from schema.fields.source import SOURCE
from schema.request import Limits

PER_PAGE = frozenset({"nodes", "edges"})
"""Fields of a connection that hold as many items as its page."""

INTROSPECTION_DISCOUNT = 10
"""Values of the schema itself are this much cheaper: nothing is read for them, and their answers are kept."""

_INTROSPECTION_SIZES = {"types": 0, "fields": 8, "inputFields": 8, "enumValues": 8, "args": 2, "directives": 5}


GROUPING = 1_000
"""What an aggregation is reckoned as, besides its groups: it looks at everything that meets its conditions."""

_GROUPS = frozenset({"groupBy", "metric"})  # arguments that only aggregations have

SEARCHING = 2_500
"""What a search by terms is reckoned as, besides its page: it looks at many a text that it does not show."""

_META = {"__schema": SchemaMetaFieldDef, "__type": TypeMetaFieldDef}


class Price(NamedTuple):
    """A price with a part that a connection multiplies by the size of its page, and one that no list multiplies."""

    fixed: int = 0
    per_page: int = 0
    once: int = 0


@dataclass(slots=True)
class Pricing:
    """Prices the selections of one request."""

    schema: GraphQLSchema
    fragments: Mapping[str, FragmentDefinitionNode]
    variables: Mapping[str, Any]
    limits: Limits
    known: dict[str, Price] = field(default_factory=dict)

    def operation(self, operation: OperationDefinitionNode) -> int:
        """The price of a whole operation."""
        root = self.schema.query_type
        price = self._selections(operation.selection_set, root) if root else Price()
        return price.fixed + price.once

    def _selections(self, chosen: SelectionSetNode, type_: GraphQLNamedType) -> Price:
        fixed = per_page = once = 0
        for node in chosen.selections:
            if isinstance(node, FieldNode):
                price = self._field(node, type_)
            elif isinstance(node, InlineFragmentNode):
                condition = node.type_condition
                inner = self.schema.type_map[condition.name.value] if condition else type_
                price = self._selections(node.selection_set, inner)
            elif isinstance(node, FragmentSpreadNode):
                price = self._fragment(node.name.value)
            fixed += price.fixed
            per_page += price.per_page
            once += price.once
        return Price(fixed, per_page, once)

    def _fragment(self, name: str) -> Price:
        if name not in self.known:
            fragment = self.fragments[name]
            condition = self.schema.type_map[fragment.type_condition.name.value]
            self.known[name] = self._selections(fragment.selection_set, condition)
        return self.known[name]

    def _field(self, node: FieldNode, type_: GraphQLNamedType) -> Price:
        name = node.name.value
        declared = self._declared(type_, name)
        if declared is None or is_leaf_type(get_named_type(declared.type)):
            source = declared.extensions.get(SOURCE) if declared else None
            return Price(source.weight if source else 1)
        inner = Price()
        if node.selection_set:
            inner = self._selections(node.selection_set, get_named_type(declared.type))
        if name in _META:
            return Price(1 + inner.fixed // INTROSPECTION_DISCOUNT)
        if name in PER_PAGE and type_.name.endswith("Connection"):
            return Price(0, 1 + inner.fixed, inner.once)
        source = declared.extensions.get(SOURCE)
        own, once = (source.weight, source.once) if source else (1 + self._searching(node), 0)
        page = self._page(node, declared)
        if _GROUPS & declared.args.keys():
            return Price(GROUPING + self._searching(node) + page * inner.fixed)
        fixed = own + self._size(node, declared, name) * inner.fixed + page * inner.per_page
        return Price(fixed, once=once + inner.once)

    def _declared(self, type_: GraphQLNamedType, name: str) -> GraphQLField | None:
        if name in _META:
            return _META[name]
        return type_.fields.get(name) if isinstance(type_, (GraphQLObjectType, GraphQLInterfaceType)) else None

    def _searching(self, node: FieldNode) -> int:
        value = next((argument.value for argument in node.arguments or () if argument.name.value == "search"), None)
        if isinstance(value, VariableNode):
            return SEARCHING if self.variables.get(value.name.value) is not None else 0
        return 0 if value is None or isinstance(value, NullValueNode) else SEARCHING

    def _size(self, node: FieldNode, declared: GraphQLField, name: str) -> int:
        source = declared.extensions.get(SOURCE)
        if source:
            return int(source.size)
        if "ids" in declared.args:
            return self._ids(node)
        return _INTROSPECTION_SIZES.get(name, 1) or len(self.schema.type_map)

    def _page(self, node: FieldNode, declared: GraphQLField) -> int:
        if "first" not in declared.args:
            return 1
        limits = self.limits
        of_groups = not get_named_type(declared.type).name.endswith("Connection")
        most, default = (limits.groups, limits.default_groups) if of_groups else (limits.page, limits.default_page)
        sizes = [
            self._number(argument.value)
            for argument in node.arguments or ()
            if argument.name.value in {"first", "last"}
        ]
        known = [size for size in sizes if size is not None]
        return max(1, min(max(known), most)) if known else default

    def _number(self, value: object) -> int | None:
        if isinstance(value, IntValueNode):
            return int(value.value)
        if isinstance(value, VariableNode):
            given = self.variables.get(value.name.value)
            return given if isinstance(given, int) else None
        return None

    def _ids(self, node: FieldNode) -> int:
        value = next((argument.value for argument in node.arguments or () if argument.name.value == "ids"), None)
        if isinstance(value, VariableNode):
            given = self.variables.get(value.name.value)
            return len(given) if isinstance(given, list) else 1
        return len(value.values) if isinstance(value, ListValueNode) else 1
