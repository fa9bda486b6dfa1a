"""The schema as text: forms enter, the schema definition language leaves.

The text of the declared forms is committed beside this module, so that reviewers and clients read a file; a test holds
that the file is what the forms give.
"""

from pathlib import Path

from graphql.utilities.print_schema import print_schema_definition

from loaders.forms import FORMS, Form
from schema.types.build import build_schema

SDL_FILE = Path(__file__).parents[1] / "schema.graphql"
RELEASED_FILE = SDL_FILE.with_name("released.graphql")
"""The schema of the last release; nothing but a comment before the first."""


def sdl(forms: tuple[Form, ...] = FORMS) -> str:
    """The schema in the schema definition language: the same text for the same forms."""
    built = build_schema(forms)
    # Strawberry leaves the schema's own definition out where its roots have the usual names, and its description too.
    return f"{print_schema_definition(built.graphql)}\n\n{built.strawberry.as_str()}\n"
