"""Plans as commands for MongoDB; pure, so that what would be sent can be tested without a server.

A plan enters, a `Find` or a pipeline leaves. A page is read with a plain find where an index can give its order, and
with a pipeline where missing values have to be put last.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from loaders.database import Sort
from schema.keyset import FLAG
from schema.plan import PagePlan
from schema.predicate import conjunction
from schema.projection import added


@dataclass(frozen=True, slots=True)
class Find:
    """One find."""

    collection: str
    where: Mapping[str, Any]
    projection: Mapping[str, Any]
    sort: Sort
    limit: int


@dataclass(frozen=True, slots=True)
class Aggregate:
    """One pipeline."""

    collection: str
    pipeline: Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Count:
    """One count that stops at a cap."""

    collection: str
    where: Mapping[str, Any]
    cap: int


Command = Find | Aggregate | Count


def page_command(plan: PagePlan) -> Find | Aggregate:
    """The command that reads one row more than the page, in the direction of reading."""
    bounds = [
        plan.order.beyond(position, backwards=backwards)
        for position, backwards in ((plan.after, False), (plan.before, True))
        if position is not None
    ]
    where = conjunction([plan.match, *bounds])
    sort = plan.order.sort(backwards=plan.backwards)
    projection = {**plan.projection, **dict.fromkeys(added(plan.projection, plan.order.paths), 1)}
    if not plan.order.flagged:
        return Find(plan.collection, where, projection, sort, plan.size + 1)
    return Aggregate(
        plan.collection,
        [
            {"$match": where},
            {"$set": plan.order.flags()},
            {"$sort": dict(sort)},
            {"$limit": plan.size + 1},
            {"$unset": FLAG},
            {"$project": projection},
        ],
    )


def count_command(plan: PagePlan, cap: int) -> Count:
    """The command that counts the whole list, up to a cap."""
    return Count(plan.collection, plan.match, cap)
