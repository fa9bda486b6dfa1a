"""What a search says of a row stands beside the row: caches of clients keep a row once, whichever search found it."""

from graphql import GraphQLInterfaceType, GraphQLObjectType, get_named_type

from schema.read.schema import build_schema

TYPES = build_schema().graphql.type_map
BY_SEARCH = {"score", "highlights"}


def test_nothing_with_an_id_has_fields_that_a_search_decides() -> None:
    node = TYPES["Node"]
    assert isinstance(node, GraphQLInterfaceType)
    objects = [type_ for type_ in TYPES.values() if isinstance(type_, GraphQLObjectType)]

    assert [type_.name for type_ in objects if node in type_.interfaces and BY_SEARCH & type_.fields.keys()] == []
    beside = [type_ for type_ in objects if type_.fields.keys() >= BY_SEARCH]
    assert {"PassageEdge", "StatisticEdge", "PassageHit"} <= {type_.name for type_ in beside}
    assert all(any(get_named_type(field.type) in objects for field in type_.fields.values()) for type_ in beside)
