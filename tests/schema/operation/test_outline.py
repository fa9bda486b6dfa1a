"""The outline tells what the variables of an operation are used for, fragments followed."""

import pytest
from graphql import parse
from graphql.language import FragmentDefinitionNode

from schema.operation.outline import Outline, outlines
from schema.read.schema import build_schema
from schema.request import Limits

SCHEMA = build_schema().graphql


def outline(text: str) -> Outline:
    document = parse(text)
    fragments = {node.name.value: node for node in document.definitions if isinstance(node, FragmentDefinitionNode)}
    ((_, found),) = outlines(document, fragments, SCHEMA, Limits())
    return found


@pytest.mark.parametrize(
    ("query", "sizing", "shaping", "planning"),
    [
        ("{ reports(first: $a, after: $b) { totalCount } }", "a", "", "ab"),
        ("{ reports(where: {or: [{year: {eq: $a}}]}) { totalCount } }", "", "", "a"),
        ("{ passages(search: $a) { nodes { text } } }", "a", "", "a"),
        ("{ report(id: $a) { passages(search: $b) { text } } }", "", "b", "a"),
        ("{ nodes(ids: [$a, $b]) { id } }", "ab", "", "ab"),
        ("{ agency(name: $a) { reports(last: $b, before: $c) { totalCount } } }", "b", "bc", "a"),
        ("{ report(id: $a) { year @include(if: $b) ... @skip(if: $c) { title } } }", "", "bc", "a"),
        (
            """{ ...Q } fragment Q on Query { agency(name: $a) { ...A } }
            fragment A on Agency { reports(first: $b) { totalCount } }""",
            "b",
            "b",
            "a",
        ),
    ],
)
def test_variables_are_told_by_their_use(query: str, sizing: str, shaping: str, planning: str) -> None:
    found = outline(query)

    assert (found.sizing, found.shaping, found.planning) == (set(sizing), set(shaping), set(planning))


def test_depth_aliases_and_root_fields_are_counted_through_fragments() -> None:
    found = outline("""
      { ...Q b: forms { key } }
      fragment Q on Query { a: agency(name: "x") { ...A } }
      fragment A on Agency { region { c: name } ...B }
      fragment B on Agency { name }
    """)

    assert (found.depth, found.aliases, found.fields) == (3, 3, 2)


def test_introspection_is_as_deep_as_one_field() -> None:
    assert outline("{ __schema { types { fields { type { name } } } } }").depth == 1
