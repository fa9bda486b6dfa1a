"""Which agencies and regions a filter names: a tree of conditions and a `where` value enter, names leave.

Only what must be equal counts, and nothing under `not`: a name that nobody has is then why nothing is found.
"""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from loaders.store.derived_rows import AGENCIES
from loaders.store.region_rows import LEVELS, REGIONS
from schema.queryable.conditions import Branch, Condition


class Asked(NamedTuple):
    """A name that was asked for, where such names are kept, and which of the names there can be meant."""

    name: str
    collection: str = AGENCIES
    level: str | None = None


def names_asked(tree: Branch, where: Mapping[str, Any] | None, collection: str) -> Iterator[Asked]:
    """The names that a filter on a collection compares with."""
    for key, value in (where or {}).items():
        if value is None or (tree.logical and key == "not"):
            continue
        if tree.logical and key in {"and", "or"}:
            for part in value:
                yield from names_asked(tree, part, collection)
        elif isinstance(node := tree.children.get(key), Condition):  # none of what is measured
            kept = _kept(node.path, collection)
            names = (value.get("eq"), *(value.get("in") or ()))
            yield from (Asked(name, *kept) for name in names if kept and name is not None)
        elif isinstance(node, Branch):
            yield from names_asked(node, value, collection)


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
