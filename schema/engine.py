"""The engine: one GraphQL request enters, one answer leaves.

A request is prepared (parsed, validated, priced), then executed the short way where its selection compiles, else by
graphql-core. Refused requests leave as answers too, with the stage that they reached; nothing is raised.
"""

import asyncio
import hashlib
from dataclasses import replace
from typing import Any

import orjson
from graphql import ExecutionResult, GraphQLError, execute, is_non_null_type, located_error

from loaders.forms import FORMS, Form
from loaders.store.database import Database
from schema.errors import formatted
from schema.operation.outline import INTROSPECTION
from schema.operation.prepare import Operation, Operations, RefusedError
from schema.plan.pages import Bounds
from schema.read.hints import in_order, start_gathering
from schema.read.query import Roots
from schema.read.reader import Reader
from schema.read.search import GramSearch
from schema.read.steps import Step, Steps, root_fields, steps_of
from schema.request import GraphQLAnswer, GraphQLRequest, Limits
from schema.types.build import build_schema

__all__ = ["Engine", "GraphQLAnswer", "GraphQLRequest", "Limits"]

_DEFAULT_SECRET = hashlib.sha256(b"cursors of this API").digest()
_KEPT = 16


class Engine:
    """Answers GraphQL requests from one database."""

    def __init__(
        self,
        database: Database,
        *,
        forms: tuple[Form, ...] = FORMS,
        limits: Limits = Limits(),  # noqa: B008 - frozen
        secret: bytes = _DEFAULT_SECRET,
        compile_plans: bool = True,
    ) -> None:
        """Build the schema of these forms; `secret` signs cursors and must be the same in all processes.

        Without `compile_plans` every operation is executed by graphql-core: slower, with the same answers.
        """
        self.built = build_schema(forms, limits)
        self._limits = limits
        self._compile_plans = compile_plans
        bounds, reader = Bounds(limits, secret), Reader(database, limits, forms)
        searched = {name: listing for name, listing in self.built.listings.items() if listing.searched}
        searches = {name: GramSearch(reader, listing, bounds) for name, listing in searched.items()}
        self._roots = Roots(self.built, bounds, reader, searches)
        self._operations = Operations(self.built.graphql, limits)

    async def execute(self, request: GraphQLRequest) -> GraphQLAnswer:
        """The answer to a request; raises nothing but cancellation."""
        try:
            operation = self._operations.prepare(request)
        except RefusedError as refused:
            return GraphQLAnswer(None, refused.errors, self._extensions(refused.cost), refused.stage)
        hints = start_gathering()
        try:
            answer = await self._ran(operation)
        except Exception as error:  # noqa: BLE001 - whatever it is, the client gets an incident id and the log the rest
            failed = GraphQLError(str(error), cause=error)
            return GraphQLAnswer(None, [formatted(failed)], self._extensions(operation.cost), "execute")

        return (
            replace(answer, extensions={**answer.extensions, "hints": in_order(hints, answer.data)})
            if hints
            else answer
        )

    async def _ran(self, operation: Operation) -> GraphQLAnswer:
        steps = steps_of(operation, self._roots) if self._compile_plans else None
        answer = await self._stepped(operation, steps) if steps else None
        return answer or await self._executed(operation)

    async def _stepped(self, operation: Operation, steps: Steps) -> GraphQLAnswer | None:
        """The answer by compiled steps, None where a stored value does not fit the schema."""
        data: dict[str, Any] | None = dict.fromkeys(steps.keys, "Query")  # what has no step is __typename
        found = await asyncio.gather(*(step.read(operation.variables) for step in steps.steps), return_exceptions=True)
        errors = []
        for step, answer in zip(steps.steps, found, strict=True):
            if isinstance(answer, BaseException):
                errors.append(_located(answer, step))
                data = _without(data, step)
            elif data is not None:
                try:
                    data[step.selected.key] = step.finish(answer)
                except Exception:  # noqa: BLE001 - graphql-core meets the same fault and says where it is
                    return None
        return GraphQLAnswer(data, errors, self._extensions(operation.cost), "execute")

    async def _executed(self, operation: Operation) -> GraphQLAnswer:
        """The answer by graphql-core; answers about the schema alone are kept, they never change."""
        prepared = operation.prepared
        key = orjson.dumps(operation.given) if self._introspects(operation) else b""
        if key in prepared.answers:
            kept: GraphQLAnswer = prepared.answers[key]
            return kept
        result = execute(
            self.built.graphql,
            prepared.document,
            context_value=self._roots,
            variable_values=operation.given,
            operation_name=prepared.node.name.value if prepared.node.name else None,
        )
        answer = self._answer(operation, result if isinstance(result, ExecutionResult) else await result)
        if key and len(prepared.answers) < _KEPT:
            prepared.answers[key] = answer
        return answer

    def _introspects(self, operation: Operation) -> bool:
        return all(field.name in INTROSPECTION for field in root_fields(operation, self._roots))

    def _answer(self, operation: Operation, result: ExecutionResult) -> GraphQLAnswer:
        errors = [formatted(error) for error in result.errors or ()]
        return GraphQLAnswer(result.data, errors, self._extensions(operation.cost), "execute")

    def _extensions(self, cost: int | None) -> dict[str, object]:
        return {} if cost is None else {"cost": {"requested": cost, "limit": self._limits.cost}}


def _located(error: BaseException, step: Step) -> dict[str, object]:
    if not isinstance(error, Exception):
        raise error
    located: GraphQLError = located_error(error, list(step.selected.nodes), [step.selected.key])
    return formatted(located)


def _without(data: dict[str, Any] | None, step: Step) -> dict[str, Any] | None:
    """The answer with null in the place of a field that failed, or nothing where the field cannot be null."""
    if data is None or is_non_null_type(step.selected.field.type):
        return None
    return {**data, step.selected.key: None}
