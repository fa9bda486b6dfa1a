"""A region by its code of GB/T 2260.

One code can be several rows, because a division that was renamed keeps its code; the one that the newest report is
from is meant. Townships, which have the code of their county, never are.
"""

import asyncio
from collections.abc import Mapping

from loaders.document import Document, RegionLevel
from loaders.store.collections import REPORTS
from loaders.store.region_rows import LEVELS, REGIONS
from schema.queryable.sort_keys import DOWN
from schema.read.reader import Reader
from schema.types.region import subtree

_NAMES = 20


async def division(reader: Reader, code: str, projection: Mapping[str, int]) -> Document | None:
    """The division of a code."""
    where = {"code": code, "level": {"$ne": RegionLevel.TOWNSHIP.value}}
    paths = {**projection, **dict.fromkeys(LEVELS, 1)}
    found = await reader.documents(REGIONS, where, paths, sort=[("_id", 1)], limit=_NAMES)
    if len(found) <= 1:
        return found[0] if found else None
    years = await asyncio.gather(*(_newest(reader, region) for region in found))
    return found[years.index(max(years))]


async def _newest(reader: Reader, region: Document) -> int:
    """The newest year that a report from a region is about."""
    where = {**subtree(region, "agency.region."), "year": {"$ne": None}}
    found = await reader.documents(REPORTS, where, {"year": 1}, sort=[("year", DOWN)], limit=1)
    return found[0]["year"] if found else 0
