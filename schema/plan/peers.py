"""The peers of a report: who they are, how all their values are read at once, and where one value stands among them.

Reports and what their peers must share enter, keys of peer groups leave; keys enter a pipeline, its rows enter groups.
Pure. Peers are of the same year, kind and scope, so that no aggregate is compared with what it is made of, and an
agency counts once; samples have samples for peers, and real reports real ones. A report whose peers cannot be told has
no key: a missing name of a region is one that there is none of (a province has no county), or one that is not known,
and only the first is a thing to share.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from itertools import accumulate
from typing import Any

from loaders.document import AgencyLevel, Document, Number, Scope, get
from schema.errors import ErrorCode, RequestError
from schema.plan.groups import MOST_VALUES
from schema.plan.predicate import conjunction
from schema.queryable.dimensions import REPORT_GROUPS
from schema.queryable.figure_or_ratio import FigureOrRatio
from schema.queryable.metrics import percentile

FEWEST_PEERS = 5
"""Under so many compared reports a rank says little."""

Key = tuple[Any, ...]


class PeerBy(StrEnum):
    """What peers have in common besides year, kind and scope."""

    LEVEL = "LEVEL"
    AGENCY_TYPE = "AGENCY_TYPE"
    PROVINCE = "PROVINCE"
    PREFECTURE = "PREFECTURE"
    COUNTY = "COUNTY"


_PATHS = {by: REPORT_GROUPS.named(by.value).path for by in PeerBy}
_INDEXES = {by: path.rpartition(".")[2] for by, path in _PATHS.items()}
_LEVEL, _COUNTY, _CODE = _PATHS[PeerBy.LEVEL], _PATHS[PeerBy.COUNTY], "agency.region.code"
_ABOVE = {
    # names of counties recur, and places without a prefecture lie in many provinces
    PeerBy.PREFECTURE: (PeerBy.PROVINCE,),
    PeerBy.COUNTY: (PeerBy.PROVINCE, PeerBy.PREFECTURE),
}
_SAME = ("year", "kind", "source.sample", "scope")
READS = ("_id", "template", *_SAME, "agency.name", _CODE, *_PATHS.values())
"""The paths that tell the peers of a report."""


@dataclass(frozen=True, slots=True)
class _None:
    """Where there is no region of a kind: at these levels, with these paths known, at one of these codes."""

    levels: tuple[AgencyLevel, ...]
    known: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()

    def holds(self, report: Document) -> bool:
        return (
            get(report, _LEVEL) in self.levels
            and all(get(report, path) is not None for path in self.known)
            and (not self.codes or get(report, _CODE) in self.codes)
        )

    def match(self) -> Mapping[str, Any]:
        return {
            _LEVEL: {"$in": [level.value for level in self.levels]},
            **{path: {"$ne": None} for path in self.known},
            **({_CODE: {"$in": list(self.codes)}} if self.codes else {}),
        }


_CENTRAL, _PROVINCE, _PREFECTURE = AgencyLevel.CENTRAL, AgencyLevel.PROVINCE, AgencyLevel.PREFECTURE
_CITIES_WITHOUT_COUNTIES = ("441900", "442000", "460400", "620200")
_NONE: Mapping[PeerBy, tuple[_None, ...]] = {
    PeerBy.PROVINCE: (_None((_CENTRAL,)),),
    PeerBy.PREFECTURE: (
        _None((_CENTRAL, _PROVINCE)),
        # counties of municipalities, and those right under a province: a code says that the official list was read
        _None((AgencyLevel.COUNTY, AgencyLevel.TOWNSHIP), known=(_COUNTY, _CODE)),
    ),
    PeerBy.COUNTY: (
        _None((_CENTRAL, _PROVINCE, _PREFECTURE)),
        _None((AgencyLevel.TOWNSHIP,), codes=_CITIES_WITHOUT_COUNTIES),
    ),
}


def sharing(asked: Iterable[PeerBy]) -> tuple[PeerBy, ...]:
    """What peers share, each once in declared order: a region comes with those it lies in.

    >>> [by.value for by in sharing([PeerBy.COUNTY, PeerBy.LEVEL])]
    ['LEVEL', 'PROVINCE', 'PREFECTURE', 'COUNTY']
    """
    wanted = set(asked)
    wanted |= {above for by in wanted for above in _ABOVE.get(by, ())}
    return tuple(by for by in PeerBy if by in wanted)


def peer_key(report: Document, by: Sequence[PeerBy]) -> Key | None:
    """The group of peers that a report belongs to, None where that cannot be told."""
    same = tuple(get(report, path) for path in _SAME)
    if None in same or same[-1] == Scope.UNKNOWN or get(report, "agency.name") is None:
        return None
    if not all(_is_told(report, one) for one in by):
        return None
    return same + tuple(get(report, _PATHS[one]) for one in by)


def _is_told(report: Document, by: PeerBy) -> bool:
    if get(report, _PATHS[by]) is not None:
        return True
    return any(none.holds(report) for none in _NONE.get(by, ()))


def peers_pipeline(
    asked: FigureOrRatio, by: Sequence[PeerBy], keys: Collection[Key], *, apart: bool
) -> list[Mapping[str, Any]]:
    """The pipeline that counts each distinct value in each of these groups, null where the value is not known.

    With `apart` it counts which of them are implied.

    It may find further groups beside them: what it matches is what the index that it is read by tells apart.
    """
    paths = (*_SAME, *(_PATHS[one] for one in by))
    named = {f"k{index}": {"$ifNull": [f"${path}", None]} for index, path in enumerate(paths)}
    return [
        {"$match": _of_groups(paths, by, keys)},
        {
            "$group": {
                "_id": {**named, "value": asked.value()},
                "count": {"$sum": 1},
                **({"implied": {"$sum": {"$cond": [asked.implied(), 1, 0]}}} if apart else {}),
                "templates": {"$addToSet": "$template"},
            }
        },
        {"$limit": MOST_VALUES + 1},
    ]


def peers_index(by: Sequence[PeerBy]) -> str:
    """The index that tells peers apart best: left alone, MongoDB tries all it has for every group in turn."""
    return _INDEXES[by[-1]] if by else "scope"


def _of_groups(paths: Sequence[str], by: Sequence[PeerBy], keys: Collection[Key]) -> Mapping[str, Any]:
    """The reports of these groups: the index's path with its years exactly, any of their values of the other paths."""
    first = len(paths) - 1  # the place of the path that the index begins with
    years: dict[Any, set[int]] = defaultdict(set)
    for key in keys:
        years[key[first]].add(key[0])
    exact = [{paths[first]: value, "year": _any_of(years[value])} for value in sorted(years, key=_none_first)]
    others = {path: _any_of({key[place] for key in keys}) for place, path in enumerate(paths) if 0 < place < first}
    told = [
        {"$or": [{_PATHS[one]: {"$ne": None}}, *(none.match() for none in _NONE[one])]}
        for place, one in enumerate(by, start=len(_SAME))
        if any(key[place] is None for key in keys)
    ]
    whose = exact[0] if len(exact) == 1 else {"$or": exact}
    return conjunction([whose, others, {"agency.name": {"$ne": None}}, *told])


def _any_of(values: Iterable[Any]) -> Any:
    found = sorted(values, key=_none_first)
    return found[0] if len(found) == 1 else {"$in": found}


def _none_first(value: Any) -> tuple[bool, Any]:
    return value is not None, value or 0


@dataclass(frozen=True)
class PeerGroup:
    """The known values of a group, each with how often it occurs, in order; the editions they come from, and how many
    of them are implied.
    """

    counted: tuple[tuple[Number, int], ...] = ()
    templates: tuple[str, ...] = ()
    implied: int = 0

    @cached_property
    def spread(self) -> Document:
        """How many values are known, and between which they lie."""
        size = self._up_to[-1]
        shares = {"min": 0.0, "p25": 0.25, "median": 0.5, "p75": 0.75, "max": 1.0}
        return {
            "of": size,
            "printed": size - self.implied,
            "implied": self.implied,
            "fewPeers": size < FEWEST_PEERS,
            "templates": list(self.templates),
            **{name: percentile(share, self.counted) for name, share in shares.items()},
        }

    def place(self, value: Number) -> Document:
        """Where a value of the group stands in it."""
        below = self._up_to[bisect_left(self._values, value)]
        above = self._up_to[-1] - self._up_to[bisect_right(self._values, value)]
        equal = max(1, self._up_to[-1] - above - below)  # the report itself, though it be replaced while this is read
        size = above + equal + below
        return {
            "rank": above + 1,
            "ties": equal - 1,
            "percentile": 100 * (below + equal / 2) / size if size > 1 else None,
        }

    @cached_property
    def _values(self) -> list[Number]:
        return [value for value, _ in self.counted]

    @cached_property
    def _up_to(self) -> list[int]:
        """How many reports have one of the first so many values."""
        return [0, *accumulate(count for _, count in self.counted)]


def peer_groups(rows: Sequence[Document]) -> dict[Key, PeerGroup]:
    """The groups of a pipeline's rows by their keys; too many values are refused (`TOO_MANY_GROUPS`)."""
    if len(rows) > MOST_VALUES:
        raise RequestError(
            ErrorCode.TOO_MANY_GROUPS,
            f"peers have more than {MOST_VALUES:,} distinct values",
            hint="Ask for fewer reports at once, or for peers that share more.",
        )
    values, templates = defaultdict(list), defaultdict(set)
    implied: dict[Key, int] = defaultdict(int)
    for row in rows:
        *key, value = row["_id"].values()
        if value is None:
            continue
        values[tuple(key)].append((value, row["count"]))
        templates[tuple(key)].update(row["templates"])
        implied[tuple(key)] += row.get("implied", 0)
    return {
        key: PeerGroup(tuple(sorted(values[key])), tuple(sorted(templates[key] - {None})), implied[key])
        for key in values
    }
