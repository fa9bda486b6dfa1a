"""Hints beside an answer: what was probably meant where nothing was found; they are no errors.

The name of an agency that has no report enters, the nearest known name leaves, under `extensions.hints`. One request
gathers its hints in a list of its own, whichever of its fields finds them.
"""

import re
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from loaders.derived import AGENCIES
from schema.errors import nearest
from schema.execute import Reader

_NEIGHBOURS = 200
Hint = dict[str, Any]
_GATHERED: ContextVar[list[Hint]] = ContextVar("hints")


def start_gathering() -> list[Hint]:
    """The list that hints of the request that is now served will be added to."""
    gathered: list[Hint] = []
    _GATHERED.set(gathered)
    return gathered


def in_order(gathered: list[Hint], data: object) -> list[Hint]:
    """The hints in the order of the answer's fields, whichever field was done first."""
    keys = list(data) if isinstance(data, dict) else []
    return sorted(gathered, key=lambda hint: [keys.index(step) for step in hint["path"] if step in keys])


@dataclass(frozen=True, slots=True)
class Hints:
    """Finds what was probably meant."""

    reader: Reader

    async def about_agency(self, key: str, name: str) -> None:
        """Say which known agency a name was probably meant for, if there is one much like it."""
        if len(name) < 2 or "\0" in name:  # noqa: PLR2004 - one character is like everything
            return
        where = {"name": {"$regex": re.escape(name[:2])}}
        found = await self.reader.documents(AGENCIES, where, {"name": 1}, limit=_NEIGHBOURS)
        names = [agency["name"] for agency in found if agency["name"] != name]
        hint = nearest(name, sorted(names, key=lambda known: (name not in known, known)))
        if hint:
            _GATHERED.get().append({"path": [key], "hint": hint})
