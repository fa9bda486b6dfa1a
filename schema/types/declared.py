"""The fields of object types, read off `loaders.fields`; what is computed is joined to its declaration by name.

Refused, when the schema is built: a field that is declared as computed without a function, and a function for a field
that is not so declared (`DeclarationError`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import strawberry
from strawberry.types.arguments import StrawberryArgument

from loaders.document import Template
from loaders.fields import (
    CELL,
    CHECK,
    EVENT,
    IMPLIED_FIGURE,
    MENTION,
    OPERAND,
    PASSAGE,
    SECTION,
    STATISTIC,
    Field,
    Part,
    ValueKind,
    fields_of,
)
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
_OF_PARTS = frozenset({ValueKind.PARTS, ValueKind.LINKS})
_LISTS = frozenset({ValueKind.WORDS, *_OF_PARTS})


class DeclarationError(ValueError):
    """What is declared of a field and what is there to answer it do not go together."""


@dataclass(frozen=True, slots=True)
class Computed:
    """What answers a field that is not stored as it is shown, and the paths it reads: see `schema.fields.source`."""

    compute: Compute
    reads: tuple[str, ...] = ()
    row_reads: tuple[str, ...] | None = None
    reads_with: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    base: str | None = None
    returns: int = 1
    arguments: tuple[StrawberryArgument, ...] = ()


def declared_fields(part: Part, types: Mapping[str, Any], computations: Mapping[str, Computed]) -> list[Any]:
    """The fields of a part, new ones at each call; `types` are those of the parts that it holds, and of the
    editions, by their names.
    """
    fields = [each for each in fields_of(part) if _is_own(each)]
    if unjoined := {each.name for each in fields if each.computed} ^ computations.keys():
        raise DeclarationError(f"{part.name}: {', '.join(sorted(unjoined))} declared or computed, but not both")
    return [declared_field(each, types, computations.get(each.name)) for each in fields]


def linking_fields(part: Part, types: Mapping[str, Any], computations: Mapping[str, Computed]) -> list[Any]:
    """The fields of a part that lead to parts of the same report, whose types may lead back to its own."""
    fields = [each for each in fields_of(part) if _links(each)]
    if unjoined := {each.name for each in fields} ^ computations.keys():
        raise DeclarationError(f"{part.name}: {', '.join(sorted(unjoined))} links or is computed, but not both")
    return [declared_field(each, types, computations[each.name]) for each in fields]


def _is_own(declared: Field) -> bool:
    """Whether a field is neither read from elsewhere nor leads to a part beside its own."""
    return declared.shown and not declared.joined and not declared.of_forms and not _links(declared)


def _links(declared: Field) -> bool:
    between = declared.part in LINKED and not declared.joined
    return between and isinstance(declared.of, Part) and declared.of in LINKED


LINKED = frozenset({SECTION, PASSAGE, STATISTIC, MENTION, EVENT, CELL, CHECK, IMPLIED_FIGURE, OPERAND})
"""The parts of a report that lead to each other."""


def declared_field(declared: Field, types: Mapping[str, Any], computation: Computed | None = None) -> Any:
    """One field of a part."""
    description = declared.said(declared.note)
    type_, size, weight = _type(declared, types), declared.size, declared.weight
    if computation is None:
        return stored(description, name=declared.name, type_=type_, size=size, weight=weight)
    return computed(
        description,
        computation.compute,
        reads=computation.reads,
        row_reads=computation.row_reads,
        reads_with=computation.reads_with,
        base=computation.base,
        returns=computation.returns,
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
    return object_type(part.name, [*declared_fields(part, types, computations), *more], part.words, bases)


def _type(declared: Field, types: Mapping[str, Any]) -> Any:
    if declared.kind in _OF_PARTS:
        return many(types[declared.holds.name])
    holds_part = declared.kind in {ValueKind.PART, ValueKind.LINK}
    enum = types[Template.__name__] if declared.values is Template else declared.values
    type_ = types[declared.holds.name] if holds_part else enum or _TYPES[declared.kind]
    return type_ | None if declared.null and declared.kind not in _LISTS else type_
