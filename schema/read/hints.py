"""Hints beside an answer: what was probably meant where nothing was found; they are no errors.

Of the name of an agency or region, the code of a region, or another value that nothing has, the nearest known ones are
told under `extensions.hints`. One request gathers its hints in a list of its own, whichever of its fields finds them.
"""

import re
from collections.abc import Iterable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass, replace
from difflib import get_close_matches
from enum import Enum
from itertools import islice
from typing import Any

from loaders.document import Document, RegionLevel, ReportKind, get
from loaders.store.collections import REPORTS
from loaders.store.region_rows import REGIONS
from loaders.text.alike import like
from schema.errors import nearest
from schema.plan.names_in_filter import Asked, Value, names_asked, values_asked
from schema.queryable.conditions import Condition
from schema.queryable.lists import Listing
from schema.queryable.sort_keys import DOWN, UP
from schema.read.reader import Reader
from schema.request import GraphQLAnswer

_NEIGHBOURS = 200
_DIVISIONS = 1_000  # of one province
_ALIKE = 0.5  # as similar as a name must be
_SUGGESTED = 3
_ASKED = 5  # names that are looked up for one field
_CODE = re.compile("[0-9]{6}")
Hint = dict[str, Any]
_GATHERED: ContextVar[list[Hint]] = ContextVar("hints")


def start_gathering() -> list[Hint]:
    """The list that hints of the request that is now served will be added to."""
    gathered: list[Hint] = []
    _GATHERED.set(gathered)
    return gathered


def with_hints(answer: GraphQLAnswer, gathered: list[Hint]) -> GraphQLAnswer:
    """The answer with its hints in the order of its fields, whichever field was done first."""
    if not gathered:
        return answer
    keys = list(answer.data) if isinstance(answer.data, dict) else []
    hints = sorted(gathered, key=lambda hint: [keys.index(step) for step in hint["path"] if step in keys])
    return replace(answer, extensions={**answer.extensions, "hints": hints})


@dataclass(frozen=True, slots=True)
class Hints:
    """Finds what was probably meant."""

    reader: Reader

    async def about_filter(self, key: str, listing: Listing, arguments: Mapping[str, Any]) -> None:
        """Say which names were probably meant of those that the arguments of a list choose by."""
        agency = arguments.get("agency")
        named = [Asked(agency)] if agency is not None else []
        asked = names_asked(listing.where, arguments.get("where"), listing.collection)
        await self.about_names(key, [*named, *asked])
        values = values_asked(listing.where, arguments.get("where"), listing.collection)
        for one in islice(values, _ASKED):
            await self._about_value(key, listing.collection, one)

    async def _about_value(self, key: str, collection: str, asked: Value) -> None:
        """Say which values are known where nothing has the one that was asked for."""
        value = asked.value.value if isinstance(asked.value, Enum) else asked.value
        if await self._some(collection, asked.condition.path, value) is None:
            known = await self._known(collection, asked.condition, value)
            _add(key, f"Nothing has {asked.name} {value}; there is {' and '.join(known)}." if known else "")

    async def _known(self, collection: str, condition: Condition, value: Any) -> list[str]:
        """All values of an enum that are there, the numbers right below and above, the text that is most alike."""
        path = condition.path
        if condition.enum is not None:
            return [one.value for one in condition.enum if await self._some(collection, path, one.value) is not None]
        if isinstance(value, str):
            found = await self.reader.documents(
                collection, {path: {"$regex": like(value[:2])}}, {path: 1}, limit=_NEIGHBOURS
            )
            return get_close_matches(value, {get(row, path) for row in found}, n=1, cutoff=_ALIKE)
        near = [
            await self.reader.documents(collection, {path: {than: value}}, {path: 1}, sort=[(path, way)], limit=1)
            for than, way in (("$lt", DOWN), ("$gt", UP))
        ]
        return [str(get(row, path)) for rows in near for row in rows]

    async def _some(self, collection: str, path: str, value: Any) -> Document | None:
        return next(iter(await self.reader.documents(collection, {path: value}, {path: 1}, limit=1)), None)

    async def about_report(self, key: str, agency: str, year: int) -> None:
        """Say what an agency has reported where there is no report like the one that was asked for."""
        told = {"year": 1, "kind": 1, "scope": 1}
        found = await self.reader.documents(REPORTS, {"agency.name": agency}, told, limit=_NEIGHBOURS)
        of_year = sorted({f"{row['kind']} of scope {row['scope']}" for row in found if row["year"] == year})
        years = sorted({str(row["year"]) for row in found})
        if of_year:
            _add(key, f"On {year} there is {', '.join(of_year)}.")
        elif years:
            _add(key, f"This agency has reported on {', '.join(years)}.")
        else:
            await self.about_names(key, [Asked(agency, year=year)])

    async def about_names(self, key: str, asked: Iterable[Asked]) -> None:
        """Say which known names were probably meant for those that nobody has, where there are some much like them."""
        for one in islice(dict.fromkeys(asked), _ASKED):
            if len(one.name) < 2 or "\0" in one.name:  # noqa: PLR2004 - one character is like everything
                continue
            names = await self._names_like(one)
            _add(key, nearest(one.name, names) or _longer(one, names))

    async def _names_like(self, asked: Asked) -> list[str]:
        """Known names with the same beginning somewhere in them, none where the name itself is known."""
        kept = {} if asked.level is None else {"level": asked.level}
        if await self.reader.documents(asked.collection, {"name": asked.name, **kept}, {"name": 1}, limit=1):
            return []
        where = {"name": {"$regex": re.escape(asked.name[:2])}, **kept}
        of_year = {} if asked.year is None else {f"years.{ReportKind.ANNUAL_REPORT}": asked.year}
        found = await self.reader.documents(asked.collection, {**where, **of_year}, {"name": 1}, limit=_NEIGHBOURS)
        found = found or await self.reader.documents(asked.collection, where, {"name": 1}, limit=_NEIGHBOURS)
        return sorted({row["name"] for row in found}, key=lambda known: (asked.name not in known, known))

    async def about_code(self, key: str, code: str) -> None:
        """Say which known division of the same province has the code that is nearest."""
        if not _CODE.fullmatch(code):
            return
        where = {"code": {"$regex": f"^{code[:2]}"}, "level": {"$ne": RegionLevel.TOWNSHIP.value}}
        sort = [("code", 1), ("name", 1)]
        found = await self.reader.documents(REGIONS, where, {"code": 1, "name": 1}, sort=sort, limit=_DIVISIONS)
        if found:
            best = min(found, key=lambda row: (-_alike(code, row["code"]), abs(int(code) - int(row["code"]))))
            _add(key, f"Did you mean {best['code']} {best['name']}?")


def _add(key: str, hint: str) -> None:
    if hint:
        _GATHERED.get().append({"path": [key], "hint": hint})


def _longer(asked: Asked, names: list[str]) -> str:
    """The region whose name the asked one begins, an autonomous region's; the agencies that have it in theirs."""
    if asked.collection == REGIONS:
        whole = [name for name in names if name.startswith(asked.name)]
        return f"Did you mean {min(whole, key=len)}?" if whole else ""
    meant = [name for name in names if asked.name in name][:_SUGGESTED]
    return f"Did you mean {' or '.join(meant)}?" if meant else ""


def _alike(code: str, other: str) -> int:
    """How many leading digits two codes share."""
    return next(digits for digits in range(len(code), -1, -1) if code[:digits] == other[:digits])
