"""An operation as steps, one for each root field: what reads it, and what makes its part of the answer.

The steps are kept with the operation's document as long as the variables that shape the answer stay the same. There
are none where graphql-core has to answer: introspection, and selections that do not compile.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from graphql import GraphQLError, GraphQLObjectType, is_non_null_type, located_error
from graphql.execution.values import VariableValues, get_argument_values

from schema.errors import formatted
from schema.fields.resolvers import Located, query_source
from schema.fields.selection import Selected
from schema.fields.source import Answer
from schema.fields.transforms import NotCompilableError, Transform, compiled
from schema.fields.walk import INTROSPECTION, TYPENAME
from schema.operation.prepare import Operation
from schema.plan.pages import Wanted
from schema.read.context import ReadContext
from schema.request import GraphQLAnswer

_KEPT = 64

Found = Located | list[Located] | list[Located | None] | None
Finish = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class RootStep:
    """One root field: what answers it, with which arguments, and what makes its part of the answer of what was read."""

    selected: Selected
    answer: Answer
    wanted: Wanted
    finish: Finish
    constant: Mapping[str, Any] | None

    async def read(self, context: ReadContext, variables: VariableValues) -> Found:
        """What the root field comes to, before its selection is applied."""
        arguments = self.constant
        if arguments is None:
            arguments = get_argument_values(self.selected.field, self.selected.nodes[0], variables)
        found: Found = await self.answer(context, self.selected, arguments, self.wanted)
        return found


@dataclass(frozen=True, slots=True)
class RootSteps:
    """The steps of an operation, and the keys of its answer in their order."""

    keys: tuple[str, ...]
    steps: tuple[RootStep, ...]


def root_steps(operation: Operation) -> RootSteps | None:
    """The steps of an operation, None where it has to be left to graphql-core."""
    kept = operation.prepared.compiled
    key = _shape_key(operation)
    if key not in kept:
        if len(kept) >= _KEPT:
            kept.clear()
        kept[key] = _planned(operation)
    found: RootSteps | None = kept[key]
    return found


def read(steps: RootSteps, operation: Operation, context: ReadContext) -> Awaitable[list[Found | BaseException]]:
    """What all steps come to, each what was found or what went wrong."""
    variables = operation.context.variables
    return asyncio.gather(*(step.read(context, variables) for step in steps.steps), return_exceptions=True)


def shaped(steps: RootSteps, found: Sequence[Found | BaseException], operation: Operation) -> GraphQLAnswer | None:
    """The answer that was found, None where a stored value does not fit the schema."""
    data: dict[str, Any] | None = dict.fromkeys(steps.keys, "Query")  # what has no step is __typename
    errors = []
    for step, one in zip(steps.steps, found, strict=True):
        if isinstance(one, BaseException):
            errors.append(_error(one, step))
            data = _without(data, step)
        elif data is not None:
            try:
                data[step.selected.key] = step.finish(one)
            except Exception:  # noqa: BLE001 - graphql-core meets the same fault and says where it is
                return None
    return operation.answer(data, errors)


def _error(fault: BaseException, step: RootStep) -> dict[str, object]:
    if not isinstance(fault, Exception):
        raise fault
    located: GraphQLError = located_error(fault, list(step.selected.nodes), [step.selected.key])
    return formatted(located)


def _without(data: dict[str, Any] | None, step: RootStep) -> dict[str, Any] | None:
    """The answer with null in the place of a field that failed, or nothing where the field cannot be null."""
    if data is None or is_non_null_type(step.selected.field.type):
        return None
    return {**data, step.selected.key: None}


def _shape_key(operation: Operation) -> bytes:
    shaping, values = operation.prepared.outline.shaping, operation.context.variables.coerced
    if not shaping:
        return b""
    return orjson.dumps([[name in values, values.get(name)] for name in sorted(shaping)])


def _planned(operation: Operation) -> RootSteps | None:
    fields = operation.root_fields()
    if any(field.name in INTROSPECTION for field in fields):
        return None
    try:
        steps = tuple(_step(field, operation) for field in fields if field.name != TYPENAME)
    except NotCompilableError:
        return None
    return RootSteps(tuple(field.key for field in fields), steps)


def _step(selected: Selected, operation: Operation) -> RootStep:
    answer, wanted = query_source(selected.field)
    constant = None if operation.prepared.outline.planning else selected.arguments()
    return RootStep(selected, answer, wanted(selected), _finish(selected), constant)


def _finish(selected: Selected) -> Finish:
    type_, schema = selected.type, selected.context.schema
    if isinstance(type_, GraphQLObjectType):
        return _each(_of_type(compiled(type_, selected.fields())))
    possible = {name: schema.type_map[name] for name in (member.name for member in schema.get_possible_types(type_))}  # type: ignore[arg-type]
    transforms = {
        name: compiled(member, selected.fields(member))
        for name, member in possible.items()
        if isinstance(member, GraphQLObjectType)
    }
    return _each(lambda located: transforms[located.typename](located.value, located.report))


def _of_type(transform: Transform) -> Callable[[Located], Any]:
    return lambda located: transform(located.value, located.report)


def _each(finish_one: Callable[[Located], Any]) -> Finish:
    def finish(found: Found) -> Any:
        if isinstance(found, list):
            return [None if located is None else finish_one(located) for located in found]
        return None if found is None else finish_one(found)

    return finish
