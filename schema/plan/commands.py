"""Plans as commands for MongoDB; pure, so that what would be sent can be tested without a server.

A plan enters, a `Find` or a pipeline leaves. A page is read with a plain find where an index can give its order, and
with a pipeline where missing values have to be put last.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from loaders.store.database import Sort
from schema.fields.projection import added
from schema.plan.keyset import FLAG, Order
from schema.plan.pages import PagePlan
from schema.plan.predicate import conjunction


@dataclass(frozen=True, slots=True)
class Find:
    """One find."""

    collection: str
    where: Mapping[str, Any]
    projection: Mapping[str, Any]
    sort: Sort
    limit: int
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Aggregate:
    """One pipeline."""

    collection: str
    pipeline: Sequence[Mapping[str, Any]]
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Count:
    """One count that stops at a cap."""

    collection: str
    where: Mapping[str, Any]
    cap: int
    hint: str = ""


Command = Find | Aggregate | Count


def page_commands(plan: PagePlan) -> tuple[Find | Aggregate, ...]:
    """The commands that read one row more than the page, in the direction of reading, the next only if need be.

    Where only the first key can be missing against MongoDB's own order, two finds do: one over the rows that have it
    and one over those that lack it. An index on the key then serves both. Keys that are not stored are worked out
    first, of all that matches.
    """
    bounds = [
        plan.order.beyond(position, backwards=backwards)
        for position, backwards in ((plan.after, False), (plan.before, True))
        if position is not None
    ]
    where = conjunction([plan.match, *bounds])
    first, *rest = plan.order.keys
    if plan.order.computed:
        return (_aggregate(plan, plan.match, {"$set": plan.order.computed}, *({"$match": bound} for bound in bounds)),)
    if not plan.order.flagged:
        return (_find(plan, where, plan.order),)
    if any(key.flagged for key in rest):
        return (_aggregate(plan, where),)
    known = Order((replace(first, nullable=False), *rest))
    finds = (
        _find(plan, conjunction([where, {first.path: {"$ne": None}}]), known),
        _find(plan, conjunction([where, {first.path: None}]), Order(tuple(rest))),
    )
    return finds[::-1] if plan.backwards else finds


def _find(plan: PagePlan, where: Mapping[str, Any], order: Order) -> Find:
    sort = order.sort(backwards=plan.backwards)
    return Find(plan.collection, where, _projection(plan), sort, plan.size + 1, plan.hint)


def _aggregate(plan: PagePlan, where: Mapping[str, Any], *stages: Mapping[str, Any]) -> Aggregate:
    flags = plan.order.flags()
    return Aggregate(
        plan.collection,
        [
            {"$match": where},
            *stages,
            *([{"$set": flags}] if flags else ()),
            {"$sort": dict(plan.order.sort(backwards=plan.backwards))},
            {"$limit": plan.size + 1},
            {"$unset": FLAG},
            {"$project": _projection(plan)},
        ],
        plan.hint,
    )


def _projection(plan: PagePlan) -> dict[str, int]:
    return {**plan.projection, **dict.fromkeys(added(plan.projection, plan.order.paths), 1)}


def count_command(plan: PagePlan, cap: int) -> Count:
    """The command that counts the whole list, up to a cap."""
    return Count(plan.collection, plan.match, cap if plan.count_to is None else min(cap, plan.count_to), plan.hint)
