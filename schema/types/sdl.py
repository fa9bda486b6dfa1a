"""The schema as text, in the schema definition language.

The text of the declared forms is committed beside this module, so that reviewers and clients read a file; a test holds
that the file is what the forms give.
"""

from pathlib import Path

import strawberry
from graphql import GraphQLSchema
from graphql.utilities.print_schema import print_schema_definition

SDL_FILE = Path(__file__).parents[1] / "schema.graphql"
RELEASED_FILE = SDL_FILE.with_name("released.graphql")
"""The schema of the last release; nothing but a comment before the first."""


def text_of(schema: GraphQLSchema, declared: strawberry.Schema) -> str:
    """The text of a schema: the same for the same forms."""
    # Strawberry leaves the schema's own definition out where its roots have the usual names, and its description too.
    return f"{print_schema_definition(schema)}\n\n{declared.as_str()}\n"
