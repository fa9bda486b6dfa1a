"""Strawberry types made of the declaration: trees of the forms and of the conditions enter, classes leave.

This is the one module that makes types at run time; nothing else needs to be dynamic. Refused: whatever
`schema.queryable.names` and `schema.queryable.form_trees` refuse.
"""

import types
from collections.abc import Iterable, Mapping
from typing import Any, cast

import strawberry
from strawberry.annotation import StrawberryAnnotation
from strawberry.types.field import StrawberryField

from loaders.forms import Kind as CellKind
from schema.fields.source import stored
from schema.queryable.conditions import Branch, Leaf, Many, OrderKey
from schema.queryable.form_trees import Group
from schema.queryable.names import NameCollisionError
from schema.queryable.operators import Kind, Operator, operators_of
from schema.types.enums import Direction, made
from schema.types.values import Amount

_PYTHON = {
    Kind.INT: int,
    Kind.FLOAT: float,
    Kind.TEXT: str,
    Kind.DATE: str,
    Kind.BOOLEAN: bool,
    Kind.WORDS: str,
    Kind.CODE: str,
    Kind.YEARS: int,
}
_FILTER_NAMES = {
    Kind.INT: "IntFilter",
    Kind.FLOAT: "FloatFilter",
    Kind.TEXT: "StringFilter",
    Kind.DATE: "DateFilter",
    Kind.BOOLEAN: "BooleanFilter",
    Kind.WORDS: "WordsFilter",
    Kind.CODE: "CodeFilter",
    Kind.YEARS: "YearsFilter",
}


def object_type(name: str, fields: Iterable[StrawberryField], description: str, bases: tuple[type, ...] = ()) -> type:
    """An object type of the given fields, implementing the interfaces among its bases."""
    return strawberry.type(_class(name, fields, bases), name=name, description=description)


def input_type(name: str, fields: Iterable[StrawberryField], description: str, *, one_of: bool = False) -> type:
    """An input type of the given fields."""
    return strawberry.input(_class(name, fields), name=name, description=description, one_of=one_of)


def input_field(name: str, type_: Any, description: str) -> StrawberryField:
    """A field of an input type; it is optional if its type is."""
    return input_default(name, type_, description, strawberry.UNSET)


def input_default(name: str, type_: Any, description: str, default: Any) -> StrawberryField:
    """A field of an input type with a default."""
    return StrawberryField(
        python_name=name if name.isidentifier() and name not in _KEYWORDS else f"{name}_",
        graphql_name=name,
        type_annotation=StrawberryAnnotation(type_),
        description=description,
        default=default,
    )


_KEYWORDS = frozenset({"and", "or", "not", "in"})


def _class(name: str, fields: Iterable[StrawberryField], bases: tuple[type, ...] = ()) -> type:
    namespace: dict[str, Any] = {"__annotations__": {}, "__module__": __name__}
    for field in fields:
        if field.python_name in namespace["__annotations__"]:
            raise NameCollisionError(f"{name} would have two fields called {field.python_name}")
        namespace[field.python_name] = field
        namespace["__annotations__"][field.python_name] = cast("StrawberryAnnotation", field.type_annotation).annotation
    return types.new_class(name, bases, {}, lambda body: body.update(namespace))


class FormTypes:
    """The object types of the forms, each made once."""

    def __init__(self, roots: tuple[Group, ...], extra: Mapping[str, list[StrawberryField]]) -> None:
        """Make them; `extra` are fields that a form's object has besides its cells, by the id of the form."""
        self._made: dict[str, type] = {}
        self._extra = extra
        self.fields: list[StrawberryField] = [
            stored(root.description, name=root.name, type_=self._type(root) | None) for root in roots
        ]

    def _type(self, group: Group) -> Any:
        if group.type_name not in self._made:
            self._made[group.type_name] = object_type(group.type_name, self._fields(group), group.type_description)
        return self._made[group.type_name]

    def _fields(self, group: Group) -> list[StrawberryField]:
        figures_ = [
            stored(leaf.description, name=name, type_=_figure_type(leaf.kind), whole=leaf.kind is not CellKind.MONEY)
            for name, leaf in group.leaves.items()
        ]
        groups = [
            stored(inner.description, name=name, type_=self._type(inner) | None) for name, inner in group.groups.items()
        ]
        return [*figures_, *groups, *self._extra.get(group.path, [])]


def _figure_type(kind: CellKind) -> Any:
    return Amount | None if kind is CellKind.MONEY else int | None


class FilterTypes:
    """The input types of conditions, each made once."""

    def __init__(self) -> None:
        self._made: dict[str, type] = {}

    def of(self, tree: Branch) -> Any:
        """The input type of a branch, with those of everything below it."""
        if tree.type_name not in self._made:
            fields = [self._field(name, node) for name, node in tree.children.items()]
            made = input_type(tree.type_name, fields, tree.description)
            self._made[tree.type_name] = made
            if tree.logical:
                _refer_to_itself(made)
        return self._made[tree.type_name]

    def _field(self, name: str, node: Branch | Leaf | Many) -> StrawberryField:
        if isinstance(node, Leaf):
            return input_field(name, self._leaf(node) | None, node.description)
        if isinstance(node, Many):
            return input_field(name, self._many(node) | None, node.description)
        return input_field(name, self.of(node) | None, node.description)

    def _leaf(self, leaf: Leaf) -> Any:
        name = f"{leaf.enum.__name__}Filter" if leaf.enum else _FILTER_NAMES[leaf.kind]
        if name not in self._made:
            value = leaf.enum or _PYTHON[leaf.kind]
            fields = [_operator_field(operator, value) for operator in operators_of(leaf.kind)]
            self._made[name] = input_type(name, fields, f"Conditions on a {leaf.kind.value}; all given must hold.")
        return self._made[name]

    def _many(self, node: Many) -> Any:
        name = f"{node.item.type_name.removesuffix('Where')}ListWhere"
        if name not in self._made:
            item = self.of(node.item)
            self._made[name] = input_type(
                name,
                [
                    input_field("some", item | None, "At least one item meets these conditions."),
                    input_field("none", item | None, "No item meets these conditions."),
                    input_field("every", item | None, "Every item meets these conditions; true of an empty list."),
                ],
                node.description,
            )
        return self._made[name]


def _refer_to_itself(made: Any) -> None:
    """Add and, or and not, which take the type itself and so can only be declared once it exists."""
    made.__strawberry_definition__.fields[:0] = [
        input_field("and", list[made] | None, "All of these must hold."),
        input_field("or", list[made] | None, "At least one of these must hold; of none, none does."),
        input_field("not", made | None, "This must not hold: the plain complement, missing values included."),
    ]


def _operator_field(operator: Operator, value: Any) -> StrawberryField:
    form = operator.value
    type_ = bool if form.takes_truth else list[value] if form.takes_list else value
    return input_field(operator.graphql_name, type_ | None, form.description)


def order_type(noun: str, keys: Iterable[OrderKey], description: str) -> Any:
    """The input type of one key of a sort, with its enum of sort keys."""
    words = {key.name: key.description for key in keys}
    direction = input_default("direction", Direction, "Which way; missing values come last either way.", Direction.ASC)
    field = input_field("field", made(f"{noun}OrderField", description, words), "What to sort by.")
    return input_type(f"{noun}Order", [field, direction], "One key of a sort.")
