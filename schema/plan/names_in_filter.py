"""What a filter names: a tree of conditions and a `where` value enter; agencies, regions and other values leave.

Only what must be equal counts, and nothing under `not`: a name that nobody has is then why nothing is found.
"""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from loaders.store.derived_rows import AGENCIES
from loaders.store.region_rows import LEVELS, REGIONS
from schema.queryable.conditions import Branch, Condition
from schema.queryable.dimensions import GROUPED


class Asked(NamedTuple):
    """A name that was asked for, where such names are kept, and which of the names there can be meant."""

    name: str
    collection: str = AGENCIES
    level: str | None = None
    year: int | None = None


class Value(NamedTuple):
    """A value that was asked for by a condition, and what that condition is called."""

    name: str
    condition: Condition
    value: Any


def names_asked(tree: Branch, where: Mapping[str, Any] | None, collection: str) -> Iterator[Asked]:
    """The names that a filter on a collection compares with."""
    for one in _equal(tree, where):
        if kept := _kept(one.condition.path, collection):
            yield Asked(one.value, *kept)


def values_asked(tree: Branch, where: Mapping[str, Any] | None, collection: str) -> Iterator[Value]:
    """The other values that a filter compares with, of those that rows share: by which they can be grouped."""
    for one in _equal(tree, where):
        if one.condition.path in _SHARED and not _kept(one.condition.path, collection):
            yield one


_SHARED = frozenset(dimension.path for grouped in GROUPED for dimension in grouped.dimensions if dimension.path)


def _equal(tree: Branch, where: Mapping[str, Any] | None) -> Iterator[Value]:
    for key, value in (where or {}).items():
        if value is None or (tree.logical and key == "not"):
            continue
        if tree.logical and key in {"and", "or"}:
            for part in value:
                yield from _equal(tree, part)
        elif isinstance(node := tree.children.get(key), Condition):  # none of what is measured
            values = (value.get("eq"), *(value.get("in") or ()))
            yield from (Value(key, node, one) for one in values if one is not None)
        elif isinstance(node, Branch):
            yield from _equal(node, value)


def _kept(path: str, collection: str) -> tuple[str, str | None] | None:
    """The collection and the level whose names stand at a path, None where no such names do."""
    owner, _, key = path.rpartition(".")
    if path == "agency.name" or (path == "name" and collection == AGENCIES):
        return AGENCIES, None
    if collection == REGIONS and path == "name":
        return REGIONS, None
    if key in LEVELS and (owner.endswith("region") or collection == REGIONS):
        return REGIONS, key.upper()
    return None
