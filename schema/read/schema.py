"""The schema as a function of the forms: `build_schema(forms)` is the door.

Refused: names that collide (`schema.queryable.names.NameCollisionError`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import strawberry
from graphql import GraphQLSchema
from strawberry.schema.config import StrawberryConfig

from loaders.forms import FORMS, Form
from loaders.vocabulary.interface import DESCRIPTION
from schema.fields.resolvers import bind
from schema.queryable.form_trees import Group
from schema.queryable.lists import Listing
from schema.read.query import QUERY_FIELDS, QueryField
from schema.read.references import add_references
from schema.request import Limits
from schema.types.both_languages import say_in_both
from schema.types.brief_sdl import brief
from schema.types.build import Types
from schema.types.factory import object_type
from schema.types.groups import GroupTypes
from schema.types.scalars import NUMBER
from schema.types.sdl import text_of


@dataclass(frozen=True, slots=True)
class BuiltSchema:
    """A GraphQL schema and what it was derived from."""

    graphql: GraphQLSchema
    declared: strawberry.Schema
    listings: Mapping[str, Listing]
    groups: GroupTypes
    form_trees: tuple[Group, ...]

    def sdl(self) -> str:
        """The schema in the schema definition language."""
        return text_of(self.graphql, self.declared)

    def brief_sdl(self) -> str:
        """The same without descriptions, its figures as a table."""
        return brief(self.sdl(), self.graphql, self.form_trees)


@cache
def build_schema(
    forms: tuple[Form, ...] = FORMS,
    limits: Limits = Limits(),  # noqa: B008 - frozen
    query_fields: tuple[QueryField, ...] = QUERY_FIELDS,
) -> BuiltSchema:
    """The whole schema of these forms; it is built once and shared."""
    types = Types(forms, limits)
    add_references(types)
    declared = strawberry.Schema(
        object_type("Query", [declare(types) for declare in query_fields], "Everything that can be asked for."),
        types=[types.report],
        config=StrawberryConfig(auto_camel_case=True),
        scalar_overrides={float: NUMBER},
    )
    graphql = declared._schema  # noqa: SLF001 - Strawberry offers no other way to the schema it builds
    graphql.description = DESCRIPTION  # the same: no argument of Strawberry's schema takes it
    say_in_both(graphql)
    bind(graphql)
    return BuiltSchema(graphql, declared, types.listings, types.groups, types.form_trees)
