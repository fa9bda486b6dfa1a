"""What sets a price is marked where it is declared; the price and what it is kept by follow from the mark."""

from typing import Any

import pytest
from strawberry.types.field import StrawberryField

from loaders.store.database import Database
from schema.engine import Engine, GraphQLRequest, Limits
from schema.fields.resolvers import Located
from schema.fields.source import Size, argument, query_field
from schema.operation.prepare import Operations
from schema.read.query import QUERY_FIELDS
from schema.types.build import Types
from schema.types.values import Highlight


def shelves(_types: Types) -> StrawberryField:
    async def answer(_context: Any, _selected: Any, arguments: Any, _wanted: Any) -> list[Located]:
        return [Located({"start": number, "end": number}, {}) for number in range(arguments.get("copies") or 1)]

    return query_field(
        "A field that no report has.",
        answer,
        name="shelves",
        type_=list[Highlight],
        arguments=(
            argument("copies", int | None, "How many.", sizes=Size(default=3, most=50)),
            argument("titles", list[str] | None, "One for each.", sizes=Size(default=3)),
            argument("thorough", bool | None, "Whether to look twice.", adds=700),
            argument("note", str | None, "Decides nothing."),
        ),
    )


def engine_over(database: Database) -> Engine:
    return Engine(database, query_fields=(*QUERY_FIELDS, shelves))


async def price(engine: Engine, query: str, **variables: Any) -> Any:
    answer = await engine.execute(GraphQLRequest(query, variables))
    assert answer.errors == []
    return answer.extensions["cost"]["requested"]  # type: ignore[index]


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ("", 1 + 3 * 2),
        ("(copies: 4)", 1 + 4 * 2),
        ("(copies: 4000)", 1 + 50 * 2),
        ('(titles: ["a", "b", "c", "d", "e"])', 1 + 5 * 2),
        ('(copies: 2, titles: ["a"])', 1 + 2 * 2),
        ("(copies: null)", 1 + 3 * 2),
        ("(thorough: true)", 1 + 700 + 3 * 2),
        ('(note: "a")', 1 + 3 * 2),
    ],
)
async def test_a_marked_argument_is_priced(arguments: str, expected: int, stocked: Database) -> None:
    assert await price(engine_over(stocked), f"{{ shelves{arguments} {{ start end }} }}") == expected


@pytest.mark.parametrize(
    ("declared", "values", "expected"),
    [
        ("copies: Int", [1, 5, 1, None], [3, 11, 3, 7]),
        ("titles: [String!]", [["a"], ["a", "b"], ["c"]], [3, 5, 3]),
        ("thorough: Boolean", [None, True, None], [7, 707, 7]),
    ],
)
async def test_a_kept_price_is_that_of_the_variables_of_marked_arguments(
    declared: str, values: list[Any], expected: list[int], stocked: Database
) -> None:
    engine, name = engine_over(stocked), declared.partition(":")[0]
    query = f"query(${declared}) {{ shelves({name}: ${name}) {{ start end }} }}"

    assert [await price(engine, query, **{name: value}) for value in values] == expected


def test_only_variables_of_marked_arguments_keep_prices_apart(stocked: Database) -> None:
    schema = engine_over(stocked).built.graphql
    operations = Operations(schema, Limits())
    query = "query($copies: Int, $note: String) { shelves(copies: $copies, note: $note) { start } }"
    given = [{"copies": 1, "note": "a"}, {"copies": 1, "note": "b"}, {"copies": 2, "note": "b"}]

    prepared = [operations.prepare(GraphQLRequest(query, dict(each))).prepared for each in given]

    assert prepared[0] is prepared[2]
    assert prepared[0].outline.sizing == {"copies"}
    assert sorted(prepared[0].prices) == [(1,), (2,)]


CHAIN = '{ report(agency: "x", year: 1) { statistics { %s } } }'


@pytest.mark.parametrize(
    ("up", "down", "factor"),
    [
        ("whole", "parts", 10 * 5),
        ("passage", "statistics", 10 * 5),
        ("section", "statistics", 40 * 20),
        ("section", "passages", 40 * 10),
    ],
)
async def test_what_leads_up_and_down_again_is_priced_for_all_that_is_there(
    up: str, down: str, factor: int, stocked: Database
) -> None:
    engine = Engine(stocked, limits=Limits(cost=10**9))
    once = await price(engine, CHAIN % f"{up} {{ {down} {{ id }} }}")
    alone = await price(engine, CHAIN % f"{up} {{ id }}")

    assert alone < 1_000
    assert once > factor * 100


async def test_no_chain_within_a_report_goes_on_for_long(stocked: Database) -> None:
    chain = "id"
    for _ in range(4):
        chain = f"whole {{ parts {{ {chain} }} }}"
    answer = await Engine(stocked).execute(GraphQLRequest(CHAIN % chain))

    assert [error["extensions"]["code"] for error in answer.errors] == ["TOO_COSTLY"]  # type: ignore[index]
