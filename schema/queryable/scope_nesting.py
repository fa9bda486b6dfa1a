"""Reports that may be made of each other: does a group hold an aggregate together with a report from inside its region?

The match of an aggregation and the keys of doubtful groups enter, a pipeline leaves that finds such a pair of one year;
what it finds enters, the refusal leaves (`SCOPES_MIXED`). Pure. A report whose place is not known is inside no region,
and one that a vertical system publishes (tax, customs) is in no region's aggregate.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from loaders.document import Document, Scope
from loaders.store.region_rows import LEVELS
from schema.errors import ErrorCode, RequestError

NOT_IN: Mapping[Scope, tuple[Scope, ...]] = {
    Scope.REGION_AGGREGATE: (Scope.VERTICAL,),
    Scope.SYSTEM_AGGREGATE: (),
}
"""The scopes that hold the figures of other reports, each with those whose reports it never holds."""

HINT = "Filter on `scope` (and on `agency.level`), group by SCOPE and LEVEL, or pass mixScopes: true."


def may_nest(row: Document) -> bool:
    """Whether the scopes and levels of a group allow that one report of it is made of another."""
    return len(row["scopes"]) > 1 and any(pair.get("scope") in NOT_IN for pair in row["scopes"])


def nesting_pipeline(
    match: Mapping[str, Any], keys: Mapping[str, Any], groups: Sequence[Document | None]
) -> list[Mapping[str, Any]]:
    """The pipeline that finds, in groups with these keys, one pair of an aggregate and a report inside its region.

    Every report stands at its own place and at all places above it. At the place of an aggregate nothing else may
    stand: of all reports there, the first and the last in the order of `whole` are then the same.
    """
    found: dict[str, Any] = {"_id": {"group": "$group", "year": "$year", "place": "$place"}}
    for scope, others in NOT_IN.items():
        report = {"whole": {"$and": [{"$eq": ["$scope", scope]}, {"$eq": ["$place", "$own"]}]}, "report": "$report"}
        held = {"$cond": [{"$in": ["$scope", list(others)]}, "$$REMOVE", report]}
        found |= {f"first{scope}": {"$min": held}, f"last{scope}": {"$max": held}}
    pairs = [{"$and": [f"$last{scope}.whole", {"$ne": [f"$first{scope}", f"$last{scope}"]}]} for scope in NOT_IN]
    return [
        {"$match": match},
        {
            "$project": {
                "_id": 0,
                "group": keys or {"$literal": None},
                "year": 1,
                "scope": 1,
                # a summary and a derived row name their report, a report is itself
                "report": {"id": {"$ifNull": ["$report", "$_id"]}, "agency": "$agency.name"},
                "place": {"$concatArrays": [_place(depth) for depth in range(1, len(LEVELS) + 1)]},
            }
        },
        {"$set": {"own": {"$last": "$place"}}},
        {"$unwind": "$place"},
        {"$group": found},
        {"$match": {"_id.group": {"$in": list(groups)}, "$expr": {"$or": pairs}}},
        {"$sort": {"_id": 1}},
        {"$limit": 1},
    ]


def _place(depth: int) -> Mapping[str, Any]:
    """The names down to a level as one place, none where the name of that level is not known."""
    names = [{"$ifNull": [f"$agency.region.{level}", None]} for level in LEVELS[:depth]]
    return {"$cond": [{"$eq": [names[-1], None]}, [], [names]]}


def nested(pair: Document) -> RequestError:
    """The refusal of a group that holds this pair."""
    scope = next(scope for scope in NOT_IN if pair[f"last{scope}"]["whole"])
    whole, part = (pair[f"{end}{scope}"]["report"]["agency"] for end in ("last", "first"))
    place = "".join(name for name in pair["_id"]["place"] if name)
    return RequestError(
        ErrorCode.SCOPES_MIXED,
        f"a group holds an aggregate together with a report that it may be made of, which would count it twice: "
        f"for {pair['_id'].get('year')}, {whole} reports for all of {place}, where {part} is",
        hint=HINT,
    )
