"""Hints beside errors of GraphQL: what an operation that does not fit the schema probably meant."""

import pytest
from graphql import parse, validate

from schema.operation.validation_hints import hint_of
from schema.read.schema import build_schema

SCHEMA = build_schema().graphql


@pytest.mark.parametrize(
    ("query", "hint"),
    [
        ("{ reports(where: { year: 2020 }) { totalCount } }", "Write { eq: 2020 }."),
        ("{ reports(where: { year: [2020, 2021] }) { totalCount } }", "Write { in: [2020, 2021] }."),
        ("{ reports(where: { kind: PERIODIC }) { totalCount } }", "Write { eq: PERIODIC }."),
        ('{ reports(where: { flags: "x" }) { totalCount } }', 'Write { has: "x" }.'),
        ("{ reports { title } }", "`title` is in `nodes { title }`."),
        ("{ reports { nodes { requests { granted } } } }", "`granted` is in `outcomes { granted }`."),
        ("{ reports { nodes { province } } }", "`province` is in `agency { region { province } }`."),
        ("{ reports(year: { eq: 2020 }) { totalCount } }", "`year` is in `where: { year: … }`."),
        (
            '{ reports(where: { statistics: { label: { eq: "x" } } }) { totalCount } }',
            "`label` is in `some: { label: … }`.",
        ),
        (
            "{ reports(where: { requests: { granted: { total: { eq: 1 } } } }) { totalCount } }",
            "`granted` is in `outcomes: { granted: … }`.",
        ),
        ("{ reports(where: { kind: { eq: ANUAL } }) { totalCount } }", "Did you mean ANNUAL_REPORT?"),
        ("{ reports { nodes { nothingOfTheSort } } }", ""),
    ],
)
def test_what_was_meant_is_told_where_the_schema_tells_it(query: str, hint: str) -> None:
    (error,) = validate(SCHEMA, parse(query))

    assert hint_of(error.message, SCHEMA) == hint
