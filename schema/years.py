"""The reports of the same agencies on other years: keys of reports enter, the reports leave, read once for all keys.

Nothing is refused; a report whose agency or year is not known has no key, and none is found for it.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from loaders.collections import REPORTS
from loaders.document import Document, get
from schema.execute import Reader
from schema.projection import projection
from schema.selection import Selected

NATURAL_KEY = ("agency.name", "year", "kind", "scope")
"""The paths that tell one report from all others."""

Key = tuple[Any, ...]


def key_of_year(report: Document, step: int) -> Key | None:
    """The key of the report of the same agency, kind and scope, so many years later."""
    name, year, *rest = (get(report, path) for path in NATURAL_KEY)
    return None if name is None or year is None else (name, year + step, *rest)


async def by_natural_key(
    reader: Reader, keys: Sequence[Key | None], fields: Iterable[Selected] = (), paths: Iterable[str] = ()
) -> dict[Key | None, Document]:
    """The reports of these keys, with what the fields select of them and with these paths."""
    known = [dict(zip(NATURAL_KEY, key, strict=True)) for key in dict.fromkeys(keys) if key is not None]
    if not known:
        return {}
    wanted = projection(fields, always=(*NATURAL_KEY, *paths))
    found = await reader.documents(REPORTS, {"$or": known}, wanted, limit=len(known))
    return {tuple(get(report, path) for path in NATURAL_KEY): report for report in found}
