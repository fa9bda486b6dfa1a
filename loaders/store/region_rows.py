"""Rows of `regions`: the division that a report's agency is in, and each division above it that its names tell.

A report's document enters, rows leave; pure, nothing is refused. What tells a region apart is its chain of names, not
its code: invented places have none, and one code may stand for two names in different years (a renamed city).
"""

from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from loaders.document import Document, RegionLevel

REGIONS = "regions"
LEVELS: tuple[str, ...] = tuple(level.value.lower() for level in RegionLevel)
"""The keys of a region's names, from the outermost level to the innermost."""

_DIGITS = {RegionLevel.PROVINCE: 2, RegionLevel.PREFECTURE: 4, RegionLevel.COUNTY: 6}


def region_rows(document: Document) -> list[Document]:
    """The region of the report's agency and those above it, outermost first; none where nothing is known of it."""
    region = document["agency"].get("region") or {}
    rows: list[Document] = []
    for depth, (level, key) in enumerate(zip(RegionLevel, LEVELS, strict=True), start=1):
        if region.get(key) is None:
            continue
        names = {other: region.get(other) if other in LEVELS[:depth] else None for other in LEVELS}
        rows.append(
            {
                "_id": region_id(names),
                "code": _code(region, level),
                "name": region[key],
                "level": level.value,
                **names,
                "parent": rows[-1]["_id"] if rows else None,
            }
        )
    return rows


def region_id(names: Mapping[str, Any]) -> str:
    """The id of a region: a hash of its name and of the names above it.

    >>> region_id({"county": "x"}) == region_id({"province": "x"})
    False
    """
    return "p" + sha256("\0".join(names.get(level) or "" for level in LEVELS).encode()).hexdigest()[:20]


def level_of(names: Mapping[str, Any]) -> RegionLevel | None:
    """The level of the innermost name, None where there is none."""
    known = [level for level, key in zip(RegionLevel, LEVELS, strict=True) if names.get(key) is not None]
    return known[-1] if known else None


def _code(region: Mapping[str, Any], level: RegionLevel) -> str | None:
    """The code of a division: the stored one for the innermost that has codes and for what is below it."""
    code: str | None = region.get("code")
    coded = [known for known in _DIGITS if region.get(known.value.lower()) is not None]
    if code is None or level not in coded or level is coded[-1]:
        return code
    return code[: _DIGITS[level]].ljust(6, "0")
