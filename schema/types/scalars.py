"""GraphQL's Float, written as the number it is: a whole number without a decimal point.

Numbers enter, the same numbers leave. Refused: what is no finite number, by graphql-core's own rules.
"""

from collections.abc import Mapping
from typing import Any

from graphql import GraphQLFloat, GraphQLNamedType, GraphQLScalarType
from strawberry.types.scalar import ScalarDefinition


def _number(value: Any) -> Any:
    """The value itself where it is a whole number; graphql-core would make a float of it and print 13 as 13.0."""
    is_whole = isinstance(value, int) and not isinstance(value, bool)
    return value if is_whole else GraphQLFloat.coerce_output_value(value)


class _NumberType(GraphQLScalarType):
    """Float under its own name, which graphql-core would else keep for its own Float."""

    reserved_types: Mapping[str, GraphQLNamedType] = {}


_FLOAT = _NumberType(
    name=GraphQLFloat.name,
    description=GraphQLFloat.description,
    coerce_output_value=_number,
    coerce_input_value=GraphQLFloat.coerce_input_value,
    coerce_input_literal=GraphQLFloat.coerce_input_literal,
    value_to_literal=GraphQLFloat.value_to_literal,
)

NUMBER = ScalarDefinition(
    name=GraphQLFloat.name,
    description=GraphQLFloat.description,
    specified_by_url=None,
    serialize=_number,
    parse_value=None,
    parse_literal=None,
    implementation=_FLOAT,
    origin=float,
)
"""What Strawberry makes of the Python type float."""
