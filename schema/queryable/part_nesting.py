"""Narrative figures that are made of each other: does a group hold a whole together with its parts?

The match of an aggregation and the keys of doubtful groups enter, a pipeline leaves that finds a report of which a
figure and a part of it, of whatever depth, or parts of one whole told apart in two ways stand in one group; what it
finds enters, the refusal leaves (`PARTS_MIXED`). Pure.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from loaders.document import Document
from schema.errors import ErrorCode, RequestError


def parts_pipeline(
    match: Mapping[str, Any], keys: Mapping[str, Any], groups: Sequence[Document | None]
) -> list[Mapping[str, Any]]:
    """The pipeline that finds, in groups with these keys, one report of which something is added twice.

    A row names every whole that it is part of (`wholes`), each with the breakdown that leads to it.
    """
    wholes = {"$reduce": {"input": "$wholes", "initialValue": [], "in": {"$setUnion": ["$$value", "$$this"]}}}
    both = {"$ne": [{"$setIntersection": ["$rows", "$wholes.of"]}, []]}
    broken_down_twice = {"$gt": [{"$size": "$wholes"}, {"$size": {"$setUnion": ["$wholes.of", []]}}]}
    return [
        {"$match": match},
        {"$match": {"value": {"$type": "number", "$not": {"$type": "array"}}}},
        {
            "$group": {
                "_id": {"group": keys or {"$literal": None}, "report": "$report"},
                "rows": {"$addToSet": "$_id"},
                "wholes": {"$push": {"$ifNull": ["$wholes", []]}},
                "agency": {"$first": "$agency.name"},
                "year": {"$first": "$year"},
            }
        },
        {"$match": {"_id.group": {"$in": list(groups)}}},
        {"$set": {"wholes": wholes}},
        {"$match": {"$expr": {"$or": [both, broken_down_twice]}}},
        {"$sort": {"_id": 1}},
        {"$limit": 1},
    ]


def added_twice(found: Document) -> RequestError:
    """The refusal of a group that holds such figures of this report."""
    return RequestError(
        ErrorCode.PARTS_MIXED,
        "a group adds a figure to what it is made of, or the parts of one figure told apart in two ways: "
        f"for instance in the report on {found['year']} of {found['agency']}",
    )
