"""The other way to an answer: an operation executed by graphql-core, where it has no steps or its values do not fit."""

import orjson
from graphql import ExecutionResult, execute

from schema.errors import formatted
from schema.fields.walk import INTROSPECTION
from schema.operation.prepare import Operation
from schema.read.context import ReadContext
from schema.request import GraphQLAnswer

_KEPT = 16


async def executed(operation: Operation, context: ReadContext) -> GraphQLAnswer:
    """The answer to an operation; answers about the schema alone are kept, they never change."""
    kept = operation.prepared.answers
    key = orjson.dumps(operation.given) if _introspects(operation) else b""
    if key in kept:
        known: GraphQLAnswer = kept[key]
        return known
    node = operation.prepared.node
    result = execute(
        operation.context.schema,
        operation.prepared.document,
        context_value=context,
        variable_values=operation.given,
        operation_name=node.name.value if node.name else None,
    )
    done = result if isinstance(result, ExecutionResult) else await result
    answer = operation.answer(done.data, [formatted(error) for error in done.errors or ()])
    if key and len(kept) < _KEPT:
        kept[key] = answer
    return answer


def _introspects(operation: Operation) -> bool:
    return all(field.name in INTROSPECTION for field in operation.root_fields())
