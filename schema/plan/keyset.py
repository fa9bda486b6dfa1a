"""Order and position in a list, as MongoDB is to be told: keys and a position enter, match documents and sorts leave.

Every sort ends in `_id`, or has another key that no two rows share, so that each row has a place of its own. Missing
values come last whichever way a key goes. MongoDB itself puts them first going up and last going down, so a key that
goes up and may be missing is sorted by a flag before it; `flagged` says whether any key needs one.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from loaders.document import Document, get
from schema.queryable.operands import Expression
from schema.queryable.sort_keys import UP

FLAG = "_missing"
STORED: Mapping[str, Expression] = {}
"""The computed keys of an order whose keys are all stored."""


@dataclass(frozen=True, slots=True)
class SortKey:
    """One key of an order: a path, which way it goes, whether it can be missing, how it is worked out if not stored."""

    path: str
    direction: int
    nullable: bool = True
    computed: Expression = None

    @property
    def flagged(self) -> bool:
        """Whether MongoDB's own place for missing values is the wrong one."""
        return self.nullable and self.direction == UP


@dataclass(frozen=True, slots=True)
class Order:
    """A total order of a list; the last key is `_id`, or another that no two rows share."""

    keys: tuple[SortKey, ...]

    @classmethod
    def of(
        cls,
        keys: Iterable[tuple[str, int]],
        never_null: frozenset[str],
        unique_paths: frozenset[str] = frozenset(),
        computed: Mapping[str, Expression] = STORED,
    ) -> "Order":
        """The order of these paths and directions, each path once, made total by `_id` where no key is unique.

        `computed` are the values, by path, of keys that no document holds.
        """
        unique: dict[str, int] = {}
        for path, direction in keys:
            unique.setdefault(path, direction)
        last = unique[next(reversed(unique))] if unique else UP
        made = [
            SortKey(path, direction, path not in never_null, computed.get(path)) for path, direction in unique.items()
        ]
        final = () if unique_paths & unique.keys() else (SortKey("_id", last, nullable=False),)
        return cls((*made, *final))

    @property
    def paths(self) -> tuple[str, ...]:
        """The stored paths of all keys."""
        return tuple(key.path for key in self.keys)

    @property
    def flagged(self) -> bool:
        """Whether any key needs a flag to put missing values last."""
        return any(key.flagged for key in self.keys)

    @property
    def computed(self) -> Mapping[str, Expression]:
        """What has to be worked out before anything can be sorted."""
        return {key.path: key.computed for key in self.keys if key.computed is not None}

    def key_of(self, row: Document) -> list[Any]:
        """The values of a row that place it in the order."""
        return [get(row, key.path) for key in self.keys]

    def sort(self, *, backwards: bool) -> list[tuple[str, int]]:
        """The sort for MongoDB; flags are the fields that `flags` adds."""
        turn = -1 if backwards else 1
        return list(self._sort(turn))

    def _sort(self, turn: int) -> Iterator[tuple[str, int]]:
        for index, key in enumerate(self.keys):
            if key.flagged:
                yield f"{FLAG}.k{index}", turn
            yield key.path, key.direction * turn

    def flags(self) -> Mapping[str, Any]:
        """The fields that mark missing values: 1 where the value is missing, else 0."""
        return {
            f"{FLAG}.k{index}": {"$cond": [{"$eq": [{"$ifNull": [f"${key.path}", None]}, None]}, 1, 0]}
            for index, key in enumerate(self.keys)
            if key.flagged
        }

    def beyond(self, position: Sequence[Any], *, backwards: bool) -> dict[str, Any]:
        """The match document of the rows that come after a position, or before it."""
        branches = []
        tied: dict[str, Any] = {}
        for key, value in zip(self.keys, position, strict=True):
            further = _further(key, value, backwards=backwards)
            if further is not None:
                branches.append({**tied, **further})
            tied = {**tied, key.path: value}
        return branches[0] if len(branches) == 1 else {"$or": branches}


def _further(key: SortKey, value: Any, *, backwards: bool) -> dict[str, Any] | None:
    """Rows whose value comes strictly after (or before) this one, None where there can be none."""
    if value is None:
        return {key.path: {"$ne": None}} if backwards else None
    going_up = (key.direction == UP) != backwards
    beyond = {key.path: {"$gt" if going_up else "$lt": value}}
    if backwards or not key.nullable:
        return beyond
    return {"$or": [beyond, {key.path: None}]}
