"""`where` of a report mirrors the report: every stored value that can be selected can be filtered by, or says why not.

Read off the schema and the trees of conditions, so that a new field without its condition fails here.
"""

from collections.abc import Iterator

import pytest
from graphql import GraphQLObjectType, get_named_type, is_leaf_type

from schema.fields.resolvers import source
from schema.queryable.conditions import Branch, Leaf, Many
from schema.read.schema import build_schema

BUILT = build_schema()
OFFSETS = "places in the text are no question of their own"
NOT_FILTERED = {
    "start": OFFSETS,
    "end": OFFSETS,
    "headingEnd": OFFSETS,
    "labelStart": OFFSETS,
    "labelEnd": OFFSETS,
    "rawText": "texts are searched by their passages",
    "partOf": "a number that means something only beside the other figures of the same report",
    "message": "the words of a check follow from what can be filtered",
    "messageZh": "the same",
}
MONEY = {"value": "money is compared in yuan, whatever unit it is printed in", "unit": "the same"}


def stored(type_: GraphQLObjectType, base: str = "", seen: tuple[str, ...] = ()) -> Iterator[tuple[str, str]]:
    """Every stored leaf below a type: its path in the document and its name."""
    for name, field in type_.fields.items():
        found, inner = source(field), get_named_type(field.type)
        if found.join or (type_.name == "Amount" and name in MONEY):
            continue
        if is_leaf_type(inner):
            if found.key:
                yield f"{base}{found.key}", name
        elif isinstance(inner, GraphQLObjectType) and inner.name not in seen and found.base and found.base[0] != "/":
            yield from stored(inner, f"{base}{found.base}.", (*seen, inner.name))


def conditions(tree: Branch, base: str = "") -> Iterator[str]:
    """The stored path of everything that can be filtered by."""
    for node in tree.children.values():
        if isinstance(node, Leaf):
            yield base + node.path
        elif isinstance(node, Many):
            yield from conditions(node.item, f"{base}{node.path}.")
        else:
            yield from conditions(node, base)


@pytest.mark.parametrize(
    ("name", "listing", "never_there"),
    [("Report", "reports", set()), ("Agency", "agencies", {"candidates"})],  # a row of agencies has one name
)
def test_whatever_is_stored_can_be_filtered_by(name: str, listing: str, never_there: set[str]) -> None:
    type_ = BUILT.graphql.type_map[name]
    assert isinstance(type_, GraphQLObjectType)
    known = set(conditions(BUILT.listings[listing].where))

    missing = {path for path, field in stored(type_) if path not in known and field not in NOT_FILTERED}

    assert missing == never_there


def test_what_is_not_filtered_by_is_a_field() -> None:
    types = [type_ for type_ in BUILT.graphql.type_map.values() if isinstance(type_, GraphQLObjectType)]

    assert NOT_FILTERED.keys() <= {name for type_ in types for name in type_.fields}
