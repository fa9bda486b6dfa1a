"""The one edge to MongoDB, where plans become rows and pages; every command carries its deadline.

Commands on reports go where `schema.plan.routing` sends them.

Refused: groups that a guard keeps apart. Faults of the database pass through as `loaders.errors.DatabaseError`.
"""

import asyncio
from collections.abc import Awaitable, Iterable, Mapping, Sequence
from typing import Any

from loaders.document import CONCEPT, KNOWN, Document
from loaders.forms import FORMS, Form
from loaders.store.database import Database, Sort
from loaders.store.derived_rows import heavy
from schema.plan.commands import Aggregate, Command, Count, Find, count_command, page_commands
from schema.plan.groups import GroupPlan, buckets, group_pipeline, percentile_figures, values_pipeline
from schema.plan.pages import PagePlan
from schema.plan.routing import in_two_commands, routed
from schema.queryable.guards import Guard
from schema.request import Limits
from schema.types.connection import Page


class Reader:
    """Reads what plans ask for."""

    def __init__(self, database: Database, limits: Limits, forms: Sequence[Form] = FORMS) -> None:
        self._database = database
        self._limits = limits
        self._figures = frozenset({KNOWN, CONCEPT, *(form.id for form in forms)})
        self._heavy = heavy(forms)

    async def page(self, plan: PagePlan) -> Page:
        """One page, with its total where the plan asks for it."""
        rows, total = await asyncio.gather(self._rows(plan), self._total(plan))
        more = len(rows) > plan.size
        rows = rows[: plan.size]
        if plan.backwards:
            rows.reverse()
        return Page(
            rows,
            has_next=plan.before is not None if plan.backwards else more,
            has_previous=more if plan.backwards else plan.after is not None,
            cursor_of=lambda row: plan.seal.sealed(plan.order.key_of(row)),
            total=total,
        )

    async def documents(
        self,
        collection: str,
        where: Mapping[str, Any],
        projection: Mapping[str, int],
        *,
        sort: Sort = (),
        limit: int = 0,
    ) -> list[Document]:
        """Documents; a limit of 0 is none."""
        return await self._sent(Find(collection, where, projection, sort, limit))

    async def by_ids(self, collection: str, ids: Iterable[str], projection: Mapping[str, int]) -> dict[str, Document]:
        """Documents by their ids; those that are not there are absent."""
        wanted = sorted(set(ids))
        where = {"_id": wanted[0]} if len(wanted) == 1 else {"_id": {"$in": wanted}}
        found = await self._sent(Find(collection, where, projection, (), len(wanted)))
        return {document["_id"]: document for document in found}

    async def rows(self, collection: str, pipeline: Sequence[Mapping[str, Any]], *, hint: str) -> list[Document]:
        """What a pipeline comes to, read by an index."""
        return await self._sent(Aggregate(collection, pipeline, hint))

    async def count(self, collection: str, where: Mapping[str, Any], *, cap: int) -> int:
        """How many documents match, counted up to a cap."""
        return await self._counted(Count(collection, where, cap))

    async def sample(self, collection: str, key: str, size: int) -> list[Document]:
        """Rows drawn at random with what they have under a key; all rows where there are not as many."""
        drawn = [{"$sample": {"size": size}}, {"$project": {"_id": 0, key: 1}}]
        return await self._sent(Aggregate(collection, drawn))

    async def groups(self, plan: GroupPlan) -> list[Document]:
        """The groups of a plan."""
        rows = await self._sent(Aggregate(plan.collection, group_pipeline(plan)))
        for guard in plan.guards:
            await self._keep_apart(guard, plan, [row for row in rows if guard.doubts(row)])
        figures = percentile_figures(plan) if rows else ()
        found = await asyncio.gather(
            *(self._sent(Aggregate(plan.collection, values_pipeline(plan, figure, rows))) for figure in figures)
        )
        return buckets(plan, rows, dict(zip(figures, found, strict=True)))

    async def _keep_apart(self, guard: Guard, plan: GroupPlan, doubtful: list[Document]) -> None:
        """Raise what a guard says of the doubtful groups, where its doubt is proof or a proof is found."""
        if doubtful and guard.proof:
            pipeline = guard.proof(plan.match, plan.keys, [row["_id"] for row in doubtful])
            doubtful = await self._sent(Aggregate(plan.collection, pipeline))
        if doubtful:
            raise guard.refusal(doubtful[0])

    async def _rows(self, plan: PagePlan) -> list[Document]:
        rows: list[Document] = []
        for command in page_commands(plan) if plan.rows else ():
            if len(rows) <= plan.size:
                rows += await self._sent(command)
        return rows[: plan.size + 1]

    async def _total(self, plan: PagePlan) -> int | None:
        if not plan.total:
            return None
        command = count_command(plan, self._limits.total_count)
        return await self._counted(command)

    async def _counted(self, command: Count) -> int:
        command = routed(command, self._heavy)
        return await self._database.count(
            command.collection,
            command.where,
            cap=command.cap,
            hint=command.hint,
            deadline_ms=self._limits.deadline_ms,
        )

    async def _sent(self, command: Find | Aggregate) -> list[Document]:
        """What a command finds, sent to where the least has to be read for it."""
        sent = routed(command, self._heavy)
        unmoved = sent.collection == command.collection
        two = in_two_commands(command, self._figures, self._heavy) if unmoved else None
        if two is None:
            return await self._found(sent)
        rows = await self._found(two.ids)
        ids = [row["_id"] for row in rows]
        return two.page(rows, await self.by_ids(command.collection, ids, two.projection) if ids else {})

    def _found(self, command: Command) -> Awaitable[list[Document]]:
        deadline_ms = self._limits.deadline_ms
        if isinstance(command, Find):
            return self._database.find(
                command.collection,
                command.where,
                projection=command.projection,
                sort=command.sort,
                limit=command.limit,
                hint=command.hint,
                deadline_ms=deadline_ms,
            )
        if isinstance(command, Aggregate):
            return self._database.aggregate(
                command.collection, command.pipeline, hint=command.hint, deadline_ms=deadline_ms
            )
        raise TypeError(f"{type(command).__name__} yields no documents")
