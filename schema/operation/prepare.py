"""A request as an operation that may run, with its price.

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
from schema.fields.selection import Selected, SelectionContext
from schema.fields.walk import Fragments
from schema.operation.cost import price_of
from schema.operation.outline import Outline, outlines
from schema.operation.tokens import directives_in, has_at_most
from schema.operation.validation_hints import hinted
from schema.request import GraphQLAnswer, GraphQLRequest, Limits

_MOST_ERRORS = 8  # graphql-core adds one that says there were more
_KEPT = 512
_NO_VARIABLES = VariableValues({}, {})


class RefusedError(Exception):
    """A request that is not executed, with its answer."""

    def __init__(self, answer: GraphQLAnswer) -> None:
        super().__init__(answer.stage)
        self.answer = answer


@dataclass(slots=True)
class Prepared:
    """One operation of a valid document, with what never changes between its requests."""

    document: DocumentNode
    node: OperationDefinitionNode
    fragments: Fragments
    outline: Outline
    prices: dict[tuple[object, ...], int] = field(default_factory=dict)
    compiled: dict[bytes, Any] = field(default_factory=dict)
    answers: dict[bytes, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Operation:
    """An operation that may run: its variables are coerced and its price is within the limit."""

    prepared: Prepared
    context: SelectionContext
    given: dict[str, Any]
    extensions: dict[str, object]

    def root_fields(self) -> tuple[Selected, ...]:
        """The root fields that it selects."""
        query = self.context.schema.query_type
        return self.context.collected(query, [self.prepared.node.selection_set]) if query else ()

    def answer(self, data: object | None, errors: list[dict[str, object]]) -> GraphQLAnswer:
        """What was executed of it, as an answer."""
        return GraphQLAnswer(data, errors, self.extensions, "execute")


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
        extensions = _cost(self._price(prepared, variables), self.limits)
        context = SelectionContext(self.schema, prepared.fragments, variables)
        return Operation(prepared, context, dict(request.variables or {}), extensions)

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
            raise _unparsed(_too_large(f"a document may have {self.limits.tokens} tokens"))
        directives = directives_in(query)
        if directives > self.limits.directives:
            message = f"a document may have {self.limits.directives} directives, not {directives}"
            raise _unparsed(_too_large(message))
        try:
            return parse(query, max_lexical_tokens=self.limits.tokens, allow_empty_selection_sets=False)
        except GraphQLError as error:
            code = ErrorCode.TOO_DEEP if "nested too deeply" in error.message else ErrorCode.GRAPHQL_PARSE_FAILED
            raise _unparsed(formatted(error, code)) from None

    def _validated(self, document: DocumentNode) -> dict[str, Prepared]:
        definitions = document.definitions
        fragments = {node.name.value: node for node in definitions if isinstance(node, FragmentDefinitionNode)}
        try:
            found = list(outlines(document, fragments, self.schema, self.limits))
        except RequestError as error:
            raise _refused(error) from None
        errors = validate(self.schema, document, max_errors=_MOST_ERRORS, allow_empty_selection_sets=False)
        if errors:
            told = (hinted(error, self.schema) for error in errors)
            raise _invalid(*(formatted(error, ErrorCode.GRAPHQL_VALIDATION_FAILED) for error in told))
        return {
            node.name.value if node.name else "": Prepared(document, node, fragments, outline)
            for node, outline in found
        }

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
            raise _invalid(*(formatted(hinted(error, self.schema), ErrorCode.BAD_VARIABLES) for error in values))
        return values

    def _price(self, prepared: Prepared, variables: VariableValues) -> int:
        key = tuple(_size(variables.coerced.get(name)) for name in sorted(prepared.outline.sizing))
        price = prepared.prices.get(key)
        if price is None:
            price = price_of(prepared.node, self.schema, prepared.fragments, variables.coerced)
            if len(prepared.prices) > _KEPT:
                prepared.prices.clear()
            prepared.prices[key] = price
        if price > self.limits.cost:
            raise _refused(
                RequestError(
                    ErrorCode.TOO_COSTLY,
                    f"the answer could hold {price:,} values; one answer may hold {self.limits.cost:,}",
                ),
                _cost(price, self.limits),
            )
        return price


def _size(value: object) -> object:
    """What a price can depend on: of a text only that there is one."""
    if isinstance(value, str):
        return True
    return len(value) if isinstance(value, list) else value


def _cost(price: int, limits: Limits) -> dict[str, object]:
    return {"cost": {"requested": price, "limit": limits.cost}}


def _refused(error: RequestError, extensions: dict[str, object] | None = None) -> RefusedError:
    shown = formatted(GraphQLError(error.message, cause=error))
    return RefusedError(GraphQLAnswer(None, [shown], extensions or {}, "validate"))


def _invalid(*errors: dict[str, object]) -> RefusedError:
    return RefusedError(GraphQLAnswer(None, list(errors), {}, "validate"))


def _unparsed(error: dict[str, object]) -> RefusedError:
    return RefusedError(GraphQLAnswer(None, [error], {}, "parse"))


def _too_large(message: str) -> dict[str, object]:
    return formatted(GraphQLError(message), ErrorCode.TOO_LARGE)
