"""The object types of the forms: trees of groups enter, types leave, whose fields are the figures."""

from typing import Any

from strawberry.types.field import StrawberryField

from loaders.forms import Kind
from schema.fields.source import stored
from schema.queryable.form_trees import Group
from schema.types.declared import declared_field
from schema.types.factory import object_type
from schema.types.values import PLAIN, Amount


class FormTypes:
    """The object types of the forms, each made once."""

    def __init__(self, form_trees: tuple[Group, ...]) -> None:
        self._made: dict[str, type] = {}
        self.fields: list[StrawberryField] = [
            stored(tree.description, name=tree.name, type_=self._type(tree) | None) for tree in form_trees
        ]

    def _type(self, group: Group) -> Any:
        if group.type_name not in self._made:
            self._made[group.type_name] = object_type(group.type_name, self._fields(group), group.type_description)
        return self._made[group.type_name]

    def _fields(self, group: Group) -> list[StrawberryField]:
        figures = [
            stored(figure.description, name=name, type_=_figure_type(figure.kind), whole=figure.kind is not Kind.MONEY)
            for name, figure in group.leaves.items()
        ]
        groups = [
            stored(inner.description, name=name, type_=self._type(inner) | None) for name, inner in group.groups.items()
        ]
        more = [declared_field(field, PLAIN) for field in group.fields]
        return [*figures, *groups, *more]


def _figure_type(kind: Kind) -> Any:
    return Amount | None if kind is Kind.MONEY else int | None
