"""An operation as steps: each root field planned, read and turned into its part of the answer in one pass.

A priced operation enters, the steps of its root fields leave; they are kept with the operation's document as long as
the variables that shape the answer stay the same. None leaves where graphql-core has to answer: introspection, and
selections that do not compile.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import orjson
from graphql import GraphQLObjectType
from graphql.execution.values import VariableValues, get_argument_values

from schema.fields.projection import TYPENAME
from schema.fields.resolvers import Part
from schema.fields.selection import Selected
from schema.fields.transforms import NotCompilableError, Transform, compiled
from schema.operation.outline import INTROSPECTION
from schema.operation.prepare import Operation
from schema.plan.pages import Wanted
from schema.read.query import Answer, Root, Roots

_KEPT = 64

Finish = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class Step:
    """One root field: what reads it, with which arguments, and what makes its answer of what was read."""

    selected: Selected
    root: Root
    wanted: Wanted
    finish: Finish
    constant: Mapping[str, Any] | None

    async def read(self, variables: VariableValues) -> Answer:
        """What the root field comes to, before its selection is applied."""
        arguments = self.constant
        if arguments is None:
            arguments = get_argument_values(self.selected.field, self.selected.nodes[0], variables)
        return await self.root(self.selected, arguments, self.wanted)


@dataclass(frozen=True, slots=True)
class Steps:
    """The steps of an operation, and the keys of its answer in their order."""

    keys: tuple[str, ...]
    steps: tuple[Step, ...]


def steps_of(operation: Operation, roots: Roots) -> Steps | None:
    """The steps of an operation, None where it has to be left to graphql-core."""
    kept = operation.prepared.compiled
    key = _shape_key(operation)
    if key not in kept:
        if len(kept) >= _KEPT:
            kept.clear()
        kept[key] = _compiled(operation, roots)
    found: Steps | None = kept[key]
    return found


def _shape_key(operation: Operation) -> bytes:
    shaping, values = operation.prepared.uses.shaping, operation.variables.coerced
    if not shaping:
        return b""
    return orjson.dumps([[name in values, values.get(name)] for name in shaping])


def _compiled(operation: Operation, roots: Roots) -> Steps | None:
    fields = root_fields(operation, roots)
    named = roots.named()
    if any(field.name in INTROSPECTION for field in fields):
        return None
    try:
        steps = tuple(_step(field, named[field.name], operation, roots) for field in fields if field.name != TYPENAME)
    except NotCompilableError:
        return None
    return Steps(tuple(field.key for field in fields), steps)


def root_fields(operation: Operation, roots: Roots) -> tuple[Selected, ...]:
    """The root fields that an operation selects."""
    query = roots.built.graphql.query_type
    if query is None:
        raise TypeError("the schema has no Query type")
    return operation.scope.collected(query, [operation.prepared.node.selection_set])


def _step(selected: Selected, root: Root, operation: Operation, roots: Roots) -> Step:
    constant = selected.arguments() if operation.prepared.uses.constant else None
    return Step(selected, root, roots.wanted(selected), _finish(selected, operation), constant)


def _finish(selected: Selected, operation: Operation) -> Finish:
    type_ = selected.type
    if isinstance(type_, GraphQLObjectType):
        return _each(_of_type(compiled(type_, selected.fields())))
    schema = operation.scope.schema
    possible = {name: schema.type_map[name] for name in (member.name for member in schema.get_possible_types(type_))}  # type: ignore[arg-type]
    transforms = {
        name: compiled(member, selected.fields(member))
        for name, member in possible.items()
        if isinstance(member, GraphQLObjectType)
    }
    return _each(lambda part: transforms[part.typename](part.value, part.report))


def _of_type(transform: Transform) -> Callable[[Part], Any]:
    return lambda part: transform(part.value, part.report)


def _each(finish_one: Callable[[Part], Any]) -> Finish:
    def finish(answer: Answer) -> Any:
        if isinstance(answer, list):
            return [None if part is None else finish_one(part) for part in answer]
        return None if answer is None else finish_one(answer)

    return finish
