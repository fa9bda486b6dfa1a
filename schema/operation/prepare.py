"""A request as an operation that may run: text, variables and limits enter, a priced operation leaves.

Documents are parsed and validated once and kept by their text, the latest used first to stay. Refused, with the stage
that was reached: text that is no GraphQL, documents larger than allowed or against the schema, unknown operation
names, variables of the wrong type, and answers that would be too large.
"""

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from graphql import (
    DocumentNode,
    FragmentDefinitionNode,
    GraphQLError,
    GraphQLSchema,
    OperationDefinitionNode,
    OperationType,
    parse,
    validate,
)
from graphql.execution.values import VariableValues, get_variable_values

from schema.errors import ErrorCode, RequestError, formatted
from schema.fields.selection import Scope
from schema.operation.cost import Pricing
from schema.operation.outline import check_outline
from schema.operation.tokens import has_at_most
from schema.operation.variables import Uses, uses_of
from schema.request import GraphQLRequest, Limits, Stage

_MOST_ERRORS = 8  # graphql-core adds one that says there were more
_KEPT = 512
_NO_VARIABLES = VariableValues({}, {})


class RefusedError(Exception):
    """A request that is not executed: the stage it reached and its errors, ready to be sent."""

    def __init__(self, stage: Stage, errors: list[dict[str, object]], cost: int | None = None) -> None:
        super().__init__(stage)
        self.stage = stage
        self.errors = errors
        self.cost = cost


@dataclass(slots=True)
class Prepared:
    """One operation of a valid document, with what never changes between its requests."""

    document: DocumentNode
    node: OperationDefinitionNode
    fragments: dict[str, FragmentDefinitionNode]
    uses: Uses
    prices: dict[tuple[object, ...], int] = field(default_factory=dict)
    compiled: dict[bytes, Any] = field(default_factory=dict)
    answers: dict[bytes, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Operation:
    """An operation that may run: its variables are coerced and its price is within the limit."""

    prepared: Prepared
    scope: Scope
    given: dict[str, Any]
    cost: int

    @property
    def variables(self) -> VariableValues:
        """The coerced variables."""
        return self.scope.variables


@dataclass(slots=True)
class Operations:
    """Prepares operations of one schema within limits, keeping what can be kept."""

    schema: GraphQLSchema
    limits: Limits
    _kept: "OrderedDict[str, dict[str, Prepared]]" = field(default_factory=OrderedDict)

    def prepare(self, request: GraphQLRequest) -> Operation:
        """The operation that a request asks for; raises `RefusedError`."""
        prepared = self._named(self._document(request.query), request)
        variables = self._variables(prepared, request.variables)
        cost = self._price(prepared, variables)
        return Operation(
            prepared, Scope(self.schema, prepared.fragments, variables), dict(request.variables or {}), cost
        )

    def _document(self, query: str) -> dict[str, Prepared]:
        known = self._kept.get(query)
        if known is None:
            known = self._kept[query] = self._validated(self._parsed(query))
            if len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        else:
            self._kept.move_to_end(query)
        return known

    def _parsed(self, query: str) -> DocumentNode:
        if not has_at_most(self.limits.tokens, query):
            raise RefusedError("parse", [_too_large(f"a document may have {self.limits.tokens} tokens")])
        try:
            return parse(query, max_lexical_tokens=self.limits.tokens, allow_empty_selection_sets=False)
        except GraphQLError as error:
            code = ErrorCode.TOO_DEEP if "nested too deeply" in error.message else ErrorCode.GRAPHQL_PARSE_FAILED
            raise RefusedError("parse", [formatted(error, code)]) from None

    def _validated(self, document: DocumentNode) -> dict[str, Prepared]:
        try:
            check_outline(document, self.limits)
        except RequestError as error:
            raise _refused(error) from None
        errors = validate(self.schema, document, max_errors=_MOST_ERRORS, allow_empty_selection_sets=False)
        if errors:
            shown = [formatted(error, ErrorCode.GRAPHQL_VALIDATION_FAILED) for error in errors]
            raise RefusedError("validate", shown)
        return _operations_of(document)

    def _named(self, operations: Mapping[str, Prepared], request: GraphQLRequest) -> Prepared:
        name = request.operation_name
        if name is None and len(operations) == 1:
            prepared = next(iter(operations.values()))
        elif name is not None and name in operations:
            prepared = operations[name]
        else:
            asked = f"no operation is called {name}" if name else "the document has several operations: name one"
            raise _refused(RequestError(ErrorCode.OPERATION_NOT_FOUND, asked))
        if request.read_only and prepared.node.operation is not OperationType.QUERY:
            raise _refused(RequestError(ErrorCode.OPERATION_NOT_ALLOWED))
        return prepared

    def _variables(self, prepared: Prepared, given: Mapping[str, object] | None) -> VariableValues:
        if not prepared.node.variable_definitions:
            return _NO_VARIABLES
        values = get_variable_values(
            self.schema, prepared.node.variable_definitions, dict(given or {}), max_errors=_MOST_ERRORS
        )
        if isinstance(values, list):
            raise RefusedError("validate", [formatted(_plain(error), ErrorCode.BAD_VARIABLES) for error in values])
        return values

    def _price(self, prepared: Prepared, variables: VariableValues) -> int:
        key = tuple(_size(variables.coerced.get(name)) for name in prepared.uses.sizing)
        price = prepared.prices.get(key)
        if price is None:
            pricing = Pricing(self.schema, prepared.fragments, variables.coerced, self.limits)
            price = pricing.operation(prepared.node)
            if len(prepared.prices) > _KEPT:
                prepared.prices.clear()
            prepared.prices[key] = price
        if price > self.limits.cost:
            raise _refused(
                RequestError(
                    ErrorCode.TOO_COSTLY,
                    f"the answer could hold {price:,} values; one answer may hold {self.limits.cost:,}",
                ),
                price,
            )
        return price


def _size(value: object) -> object:
    """What a price can depend on: of a text only that there is one."""
    if isinstance(value, str):
        return True
    return len(value) if isinstance(value, list) else value


def _plain(error: GraphQLError) -> GraphQLError:
    """The error without its cause, which would pass for a fault of ours."""
    return GraphQLError(error.message, error.nodes)


def _refused(error: RequestError, cost: int | None = None) -> RefusedError:
    return RefusedError("validate", [formatted(GraphQLError(error.message, cause=error))], cost)


def _too_large(message: str) -> dict[str, object]:
    return formatted(GraphQLError(message), ErrorCode.TOO_LARGE)


def _operations_of(document: DocumentNode) -> dict[str, Prepared]:
    fragments = {node.name.value: node for node in document.definitions if isinstance(node, FragmentDefinitionNode)}
    return {
        node.name.value if node.name else "": Prepared(document, node, fragments, uses_of(node, fragments))
        for node in document.definitions
        if isinstance(node, OperationDefinitionNode)
    }
