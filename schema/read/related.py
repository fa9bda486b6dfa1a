"""Conditions of one list on the documents of another: agencies by what their reports are like.

A filter enters; each such condition is asked first, once, and what it chooses stands in its place when the filter
leaves. Refused: more of them, or of what they choose, than one filter may have (`FILTER_TOO_LARGE`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from loaders.fields import ValueKind
from schema.errors import ErrorCode, RequestError
from schema.plan.predicate import Chosen, conjunction, negation, predicate
from schema.queryable.conditions import COUNT, Branch, Condition, Related
from schema.read.context import ReadContext

MOST_ASKED = 5
"""How many of them one filter may have: each looks at all reports that it may mean."""
MOST_CHOSEN = 100_000
"""How many names one of them may choose, or leave out."""

_COUNTED = Branch("", "", {COUNT: Condition(COUNT, ValueKind.INT, "")})


async def with_related(context: ReadContext, tree: Branch, arguments: Mapping[str, Any]) -> Mapping[str, Any]:
    """The arguments of a list, with what its conditions on other documents choose."""
    if arguments.get("where") is None or not any(isinstance(node, Related) for node in tree.children.values()):
        return arguments
    return {**arguments, "where": await _Asked(context, tree).resolved(arguments["where"])}


@dataclass(slots=True)
class _Asked:
    """Asks what one filter has to know of other documents."""

    context: ReadContext
    tree: Branch
    count: int = field(default=0)

    async def resolved(self, where: Mapping[str, Any], *, depth: int = 0) -> Mapping[str, Any]:
        if depth > self.context.bounds.limits.boolean_depth:
            return where  # is refused as soon as the filter is read
        return {key: value if value is None else await self._one(key, value, depth) for key, value in where.items()}

    async def _one(self, key: str, value: Any, depth: int) -> Any:
        if key == "not":
            return await self.resolved(value, depth=depth + 1)
        if key in {"and", "or"}:
            return [await self.resolved(part, depth=depth + 1) for part in value]
        node = self.tree.children.get(key)
        return await self._chosen(node, value) if isinstance(node, Related) else value

    async def _chosen(self, node: Related, value: Mapping[str, Any]) -> Chosen:
        asked: list[Mapping[str, Any]] = []
        found: list[Mapping[str, Any]] = []
        for quantifier, item in value.items():
            if item is None:
                continue
            self.count += 1
            if self.count > MOST_ASKED:
                raise _too_large(f"a filter may have {MOST_ASKED} conditions on `{node.path}`")
            tree = _COUNTED if quantifier == COUNT else node.item
            match = predicate(tree, {COUNT: item} if quantifier == COUNT else item, self.context.bounds.limits)
            asked.append({quantifier: match})
            keys = await self._keys(node, _pipeline(node, quantifier, match))
            found.append({node.key: {"$in" if quantifier in {"some", COUNT} else "$nin": keys}})
        return Chosen({node.path: asked}, conjunction(found))

    async def _keys(self, node: Related, pipeline: Sequence[Mapping[str, Any]]) -> list[Any]:
        rows = await self.context.reader.rows(node.collection, [*pipeline, {"$limit": MOST_CHOSEN + 1}], hint="")
        if len(rows) > MOST_CHOSEN:
            raise _too_large(f"a condition on `{node.path}` may choose or leave out {MOST_CHOSEN:,}")
        return [row["_id"] for row in rows]


def _pipeline(node: Related, quantifier: str, match: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The pipeline that finds whose documents meet a condition; of `every`, whose do not all."""
    known = {node.via: {"$ne": None}}
    if quantifier == COUNT:
        return [{"$match": known}, {"$group": {"_id": f"${node.via}", COUNT: {"$sum": 1}}}, {"$match": match}]
    wanted = negation(match) if quantifier == "every" else match
    return [{"$match": conjunction([known, wanted])}, {"$group": {"_id": f"${node.via}"}}]


def _too_large(message: str) -> RequestError:
    return RequestError(ErrorCode.FILTER_TOO_LARGE, message, hint="Narrow it, for instance by region or year.")
