"""The reports of the same agencies on other years, read once for all of them.

A report whose agency or year is not known has no key, and none is found for it.
"""

from collections.abc import Iterable, Mapping, Sequence
from math import prod
from typing import Any

from loaders.document import NATURAL_KEY, Document, get
from loaders.store.collections import REPORTS
from schema.fields.projection import projection
from schema.fields.selection import Selected
from schema.read.reader import Reader

Key = tuple[Any, ...]

_BESIDE = 4  # so many reports may be found for each that is meant


def key_of_year(report: Document, step: int) -> Key | None:
    """The key of the report of the same agency, kind and scope, so many years later."""
    year = report.get("year")
    return None if year is None else key_in_year(report, year + step)


def key_in_year(report: Document, year: int | None) -> Key | None:
    """The key of the report of the same agency, kind and scope on a year."""
    name, _, *rest = (get(report, path) for path in NATURAL_KEY)
    return None if name is None or year is None else (name, year, *rest)


async def by_natural_key(
    reader: Reader, keys: Sequence[Key | None], fields: Iterable[Selected] = (), paths: Iterable[str] = ()
) -> dict[Key | None, Document]:
    """The reports of these keys, with what the fields select of them and with these paths."""
    known = list(dict.fromkeys(key for key in keys if key is not None))
    if not known:
        return {}
    wanted = projection(fields, always=(*NATURAL_KEY, *paths))
    found = await reader.documents(REPORTS, _match(known), wanted)
    by_key = {tuple(get(report, path) for path in NATURAL_KEY): report for report in found}
    return {key: by_key[key] for key in known if key in by_key}


def _match(keys: Sequence[Key]) -> Mapping[str, Any]:
    """The reports of these keys, and few others.

    Every agency with every year is one condition, which MongoDB plans once; of a list of keys it plans each. Where
    years and agencies go together so badly that much else would be found, the list is the shorter way all the same.
    """
    sides = [sorted(set(side)) for side in zip(*keys, strict=True)]
    if prod(map(len, sides)) <= _BESIDE * len(keys):
        return {path: {"$in": side} for path, side in zip(NATURAL_KEY, sides, strict=True)}
    return {"$or": [dict(zip(NATURAL_KEY, key, strict=True)) for key in keys]}
