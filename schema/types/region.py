"""Regions: what answers the fields of their type, and what lies within one.

All of it follows from the names, so that a region is the same wherever it is met: in a row of `regions`, or as a
report keeps it of its agency.
"""

from collections.abc import Mapping
from typing import Any

from loaders.document import Document
from loaders.fields import REGION
from loaders.store.region_rows import LEVELS, level_of, region_id
from schema.plan.predicate import NOTHING
from schema.types.declared import Computed, part_type
from schema.types.global_ids import UNKNOWN, global_id
from schema.types.values import Node


def subtree(names: Mapping[str, Any], prefix: str = "") -> Mapping[str, Any]:
    """What is in a region or below it; `prefix` is where a document keeps its region.

    A level that the region lacks is lacking there too: a district right under a municipality is no other place's.
    """
    level = level_of(names)
    if level is None:
        return NOTHING
    above = LEVELS[: LEVELS.index(level.value.lower()) + 1]
    return {f"{prefix}{key}": names.get(key) for key in above}


def children(names: Mapping[str, Any]) -> Mapping[str, Any]:
    """The regions right below a region."""
    return NOTHING if level_of(names) is None else {"parent": region_id(names)}


def parent_id(names: Mapping[str, Any]) -> str | None:
    """The id of the row of the region right above a region, None where its names tell none."""
    level = level_of(names)
    above = {} if level is None else {**names, level.value.lower(): None}
    return None if level_of(above) is None else region_id(above)


def _id(value: Document, _report: Document) -> str:
    return global_id("Region", UNKNOWN if level_of(value) is None else region_id(value))


def _name(value: Document, _report: Document) -> str | None:
    level = level_of(value)
    return None if level is None else value[level.value.lower()]


def _level(value: Document, _report: Document) -> str | None:
    level = level_of(value)
    return None if level is None else level.value


_COMPUTED = {
    "id": Computed(_id, reads=LEVELS),
    "name": Computed(_name, reads=LEVELS),
    "level": Computed(_level, reads=LEVELS),
}


def region_type() -> Any:
    """A new region type, without the fields that lead to other regions, to agencies and to reports."""
    return part_type(REGION, {}, _COMPUTED, bases=(Node,))
