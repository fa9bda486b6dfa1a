"""The engine: one GraphQL request enters, one answer leaves.

`Engine.execute` is the table of contents: a request is prepared, its root fields are planned as steps, read, and shaped
into its answer. Refused requests leave as answers too, with the stage that they reached; nothing is raised.
"""

import hashlib

from graphql import GraphQLError

from loaders.forms import FORMS, Form
from loaders.store.database import Database
from schema.errors import formatted
from schema.operation.prepare import Operations, RefusedError
from schema.plan.pages import Bounds
from schema.read.by_graphql_core import executed
from schema.read.context import ReadContext
from schema.read.hints import start_gathering, with_hints
from schema.read.query import QUERY_FIELDS, QueryField
from schema.read.reader import Reader
from schema.read.schema import build_schema
from schema.read.steps import read, root_steps, shaped
from schema.request import GraphQLAnswer, GraphQLRequest, Limits

__all__ = ["Engine", "GraphQLAnswer", "GraphQLRequest", "Limits"]

_DEFAULT_SECRET = hashlib.sha256(b"cursors of this API").digest()


class Engine:
    """Answers GraphQL requests from one database."""

    def __init__(  # noqa: PLR0913 - what an engine is made of
        self,
        database: Database,
        *,
        forms: tuple[Form, ...] = FORMS,
        limits: Limits = Limits(),  # noqa: B008 - frozen
        secret: bytes = _DEFAULT_SECRET,
        query_fields: tuple[QueryField, ...] = QUERY_FIELDS,
        compile_plans: bool = True,
    ) -> None:
        """Build the schema of these forms; `secret` signs cursors and must be the same in all processes.

        Without `compile_plans` every operation is executed by graphql-core: slower, with the same answers.
        """
        self.built = build_schema(forms, limits, query_fields)
        self._compile_plans = compile_plans
        self._operations = Operations(self.built.graphql, limits)
        reader = Reader(database, limits, forms)
        self._context = ReadContext.of(reader, Bounds(limits, secret), self.built.listings)

    async def execute(self, request: GraphQLRequest) -> GraphQLAnswer:
        """The answer to a request; raises nothing but cancellation."""
        try:
            operation = self._operations.prepare(request)
        except RefusedError as refused:
            return refused.answer
        hints = start_gathering()
        try:
            steps = root_steps(operation) if self._compile_plans else None
            found = await read(steps, operation, self._context) if steps else ()
            answer = shaped(steps, found, operation) if steps else None
            answer = answer or await executed(operation, self._context)
            return with_hints(answer, hints)
        except Exception as error:  # noqa: BLE001 - whatever it is, the client gets an incident id and the log the rest
            return operation.answer(None, [formatted(GraphQLError(str(error), cause=error))])
