"""Declared fields and the functions that compute them are joined by name, or the schema is not built."""

import pytest
from graphql import GraphQLObjectType

from loaders.fields import FIELDS, REGION
from loaders.forms import FORMS
from schema.export.columns import MADE
from schema.fields.resolvers import source
from schema.queryable.form_trees import trees
from schema.read.schema import build_schema
from schema.types.declared import Computed, DeclarationError, declared_fields

FUNCTIONS = {name: Computed(lambda value, _: value) for name in ("id", "name", "level")}


def test_a_computed_field_without_its_function_is_refused() -> None:
    with pytest.raises(DeclarationError, match="Region: level"):
        declared_fields(REGION, {}, {name: FUNCTIONS[name] for name in ("id", "name")})


def test_a_function_without_its_field_is_refused() -> None:
    with pytest.raises(DeclarationError, match="Region: area"):
        declared_fields(REGION, {}, {**FUNCTIONS, "area": FUNCTIONS["id"]})


def test_a_function_of_a_field_that_is_stored_as_it_is_shown_is_refused() -> None:
    with pytest.raises(DeclarationError, match="Region: code"):
        declared_fields(REGION, {}, {**FUNCTIONS, "code": FUNCTIONS["id"]})


def test_every_declared_field_is_shown_where_it_is_declared() -> None:
    types = build_schema().graphql.type_map
    holding = next(tree.type_name for tree in trees(FORMS) if tree.indicators)
    for field in FIELDS:
        type_ = types[holding if field.in_form else field.part.name]
        assert isinstance(type_, GraphQLObjectType)
        assert (field.name in type_.fields) is field.shown, (field.part.name, field.name)
        if field.shown:
            assert bool(source(type_.fields[field.name]).join) is field.joined


def test_columns_are_made_of_declared_exports_alone() -> None:
    assert MADE.keys() <= {(field.part.name, field.name) for field in FIELDS if field.exports}
