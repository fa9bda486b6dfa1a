"""The fields of object types, read off `loaders.fields`; what is computed is joined to its declaration by name.

Refused, when the schema is built: a field that is declared as computed without a function, and a function for a field
that is not so declared (`DeclarationError`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import strawberry
from strawberry.types.arguments import StrawberryArgument

from loaders.fields import Field, Part, ValueKind, fields_of
from schema.fields.source import Compute, computed, many, stored
from schema.types.factory import object_type

_TYPES: Mapping[ValueKind, Any] = {
    ValueKind.INT: int,
    ValueKind.FLOAT: float,
    ValueKind.TEXT: str,
    ValueKind.DATE: str,
    ValueKind.CODE: str,
    ValueKind.BOOLEAN: bool,
    ValueKind.WORDS: list[str],
    ValueKind.ID: strawberry.ID,
}
_LISTS = frozenset({ValueKind.WORDS, ValueKind.PARTS})


class DeclarationError(ValueError):
    """What is declared of a field and what is there to answer it do not go together."""


@dataclass(frozen=True, slots=True)
class Computed:
    """What answers a field that is not stored as it is shown, and the paths it reads: see `schema.fields.source`."""

    compute: Compute
    reads: tuple[str, ...] = ()
    reads_with: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    base: str | None = None
    arguments: tuple[StrawberryArgument, ...] = ()


def declared_fields(part: Part, types: Mapping[str, Any], computations: Mapping[str, Computed]) -> list[Any]:
    """The fields of a part, new ones at each call; `types` are those made for these forms and of its parts, by name."""
    fields = [each for each in fields_of(part) if each.shown and not each.joined and not each.in_form]
    if unjoined := {each.name for each in fields if each.computed} ^ computations.keys():
        raise DeclarationError(f"{part.name}: {', '.join(sorted(unjoined))} declared or computed, but not both")
    return [declared_field(each, types, computations.get(each.name)) for each in fields]


def declared_field(declared: Field, types: Mapping[str, Any], computation: Computed | None = None) -> Any:
    """One field of a part."""
    description = f"{declared.en}{declared.note}."
    type_, size, weight = _type(declared, types), declared.size, declared.weight
    if computation is None:
        return stored(description, name=declared.name, type_=type_, size=size, weight=weight)
    return computed(
        description,
        computation.compute,
        reads=computation.reads,
        reads_with=computation.reads_with,
        base=computation.base,
        arguments=computation.arguments,
        name=declared.name,
        type_=type_,
        size=size,
        weight=weight,
    )


def part_type(
    part: Part,
    types: Mapping[str, Any],
    computations: Mapping[str, Computed],
    *,
    more: tuple[Any, ...] = (),
    bases: tuple[type, ...] = (),
) -> Any:
    """The object type of a part, with more fields where it has some that are not the report's own."""
    return object_type(part.name, [*declared_fields(part, types, computations), *more], f"{part.en}.", bases)


def _type(declared: Field, types: Mapping[str, Any]) -> Any:
    if declared.kind is ValueKind.PARTS:
        return many(types[declared.holds.name])
    type_ = types[declared.holds.name] if declared.kind is ValueKind.PART else _value_type(declared, types)
    return type_ | None if declared.null and declared.kind not in _LISTS else type_


def _value_type(declared: Field, types: Mapping[str, Any]) -> Any:
    if declared.values is None:
        return _TYPES[declared.kind]
    return types.get(declared.values.__name__, declared.values)
