"""Strawberry types made at run time: object types of given fields, and the input types of conditions and sort keys.

Refused: two fields of one name (`NameCollisionError`).
"""

import types
from collections.abc import Callable, Iterable
from typing import Any, cast

import strawberry
from strawberry.annotation import StrawberryAnnotation
from strawberry.types.field import StrawberryField

from loaders.fields import ValueKind
from schema.queryable.conditions import COUNT, LISTED, MEASURES, Branch, Condition, Many
from schema.queryable.names import NameCollisionError
from schema.queryable.operators import Operator, operators_of
from schema.queryable.sort_keys import OrderKey
from schema.types.enums import Direction, made

_PYTHON = {
    ValueKind.INT: int,
    ValueKind.FLOAT: float,
    ValueKind.TEXT: str,
    ValueKind.DATE: str,
    ValueKind.BOOLEAN: bool,
    ValueKind.WORDS: str,
    ValueKind.CODE: str,
    ValueKind.YEARS: int,
    ValueKind.LINK: bool,
}
_FILTER_NAMES = {
    ValueKind.INT: "IntFilter",
    ValueKind.FLOAT: "FloatFilter",
    ValueKind.TEXT: "StringFilter",
    ValueKind.DATE: "DateFilter",
    ValueKind.BOOLEAN: "BooleanFilter",
    ValueKind.WORDS: "WordsFilter",
    ValueKind.CODE: "CodeFilter",
    ValueKind.YEARS: "YearsFilter",
    ValueKind.LINK: "LinkFilter",
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


class FilterTypes:
    """The input types of conditions, each made once.

    `measure_where` makes that of a condition on what is measured, of the one of conditions on a number.
    """

    def __init__(self, measure_where: Callable[[type], type]) -> None:
        self._measure_where = measure_where
        self._made: dict[str, type] = {}

    def of(self, tree: Branch) -> Any:
        """The input type of a branch, with those of everything below it."""
        if tree.type_name not in self._made:
            fields = [self._field(name, node) for name, node in tree.children.items()]
            made = input_type(tree.type_name, fields, tree.description)
            self._made[tree.type_name] = made
            if tree.logical:
                _refer_to_itself(made)
            if tree.measures:
                _ask_about_measures(made, self._measure_where(self.of_kind(ValueKind.FLOAT)))
        return self._made[tree.type_name]

    def of_kind(self, kind: ValueKind) -> Any:
        """The input type of conditions on a value that is no enum's."""
        return self._condition(Condition("", kind, ""))

    def _field(self, name: str, node: Branch | Condition | Many) -> StrawberryField:
        if isinstance(node, Condition):
            return input_field(name, self._condition(node) | None, node.description)
        if isinstance(node, Many):
            return input_field(name, self._many(node) | None, node.description)
        return input_field(name, self.of(node) | None, node.description)

    def _condition(self, condition: Condition) -> Any:
        name = f"{condition.enum.__name__}Filter" if condition.enum else _FILTER_NAMES[condition.kind]
        if name not in self._made:
            value = condition.enum or _PYTHON[condition.kind]
            fields = [_operator_field(operator, value) for operator in operators_of(condition.kind)]
            fields += [self._count()] if condition.kind in LISTED else []
            self._made[name] = input_type(name, fields, f"Conditions on a {condition.kind.value}; all given must hold.")
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
                    self._count(),
                ],
                node.description,
            )
        return self._made[name]

    def _count(self) -> StrawberryField:
        length = self._condition(Condition("", ValueKind.INT, ""))
        return input_field(COUNT, length | None, "How many items there are; none where there is no list.")


def _refer_to_itself(made: Any) -> None:
    """Add and, or and not, which take the type itself and so can only be declared once it exists."""
    made.__strawberry_definition__.fields[:0] = [
        input_field("and", list[made] | None, "All of these must hold."),
        input_field("or", list[made] | None, "At least one of these must hold; of none, none does."),
        input_field("not", made | None, "This must not hold: the plain complement, missing values included."),
    ]


def _ask_about_measures(made: Any, measures: Any) -> None:
    words = "Conditions on figures, printed or implied, and on ratios, all of which must hold."
    made.__strawberry_definition__.fields.append(input_field(MEASURES, list[measures] | None, words))


def _operator_field(operator: Operator, value: Any) -> StrawberryField:
    spec = operator.value
    type_ = bool if spec.takes_truth else list[value] if spec.takes_list else value
    return input_field(operator.graphql_name, type_ | None, spec.description)


def order_type(noun: str, keys: Iterable[OrderKey], description: str) -> Any:
    """The input type of one key of a sort, with its enum of sort keys."""
    words = {key.name: key.description for key in keys}
    return sort_type(f"{noun}Order", "field", made(f"{noun}OrderField", description, words), "One key of a sort.")


def sort_type(name: str, by: str, keys: Any, description: str, *more: StrawberryField) -> Any:
    """An input type of what to sort by, more that tells it, and which way."""
    return input_type(name, [input_field(by, keys, "What to sort by."), *more, direction_field()], description)


def direction_field() -> StrawberryField:
    """Which way a key of a sort goes."""
    return input_default("direction", Direction, "Which way; missing values come last either way.", Direction.ASC)
