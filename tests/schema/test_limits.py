"""Attacks on the engine: each is refused with its code, quickly, and before anything is read."""

import asyncio
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from graphql import get_introspection_query

from loaders.errors import DatabaseTimeoutError, DatabaseUnavailableError
from loaders.store.database import Database
from schema.engine import Engine, GraphQLAnswer, GraphQLRequest, Limits
from schema.errors import ErrorCode
from schema.types.build import SEARCHING
from schema.types.global_ids import global_id
from tests.documents import written
from tests.recording import RecordingDatabase

SCHEMA_TWICE = "__schema { types { fields { type { fields { name isDeprecated } } } } }"
LIST = "query($where: ReportWhere) { reports(where: $where) { nodes { year } } }"
CURSOR = "query($after: String) { reports(first: 2, after: $after) { nodes { year } pageInfo { endCursor } } }"


@dataclass(frozen=True)
class Attack:
    name: str
    query: str
    code: ErrorCode
    variables: dict[str, Any] = field(default_factory=dict)
    within_ms: int = 1_000  # on a busy machine; alone each takes a few milliseconds


def fragments(levels: int, spreads: int) -> str:
    """Fragments that each spread the next several times: tiny to write, huge to follow."""

    def body(level: int) -> str:
        return " ".join(f"a{index}: agency {{ name }} ...F{level + 1}" for index in range(spreads))

    chain = "".join(f"fragment F{level} on Report {{ {body(level)} }}\n" for level in range(levels))
    return '{ report(agency: "x", year: 1) { ...F0 } }\n' + chain + f"fragment F{levels} on Report {{ year }}"


def doubling(levels: int) -> str:
    chain = "".join(f"fragment F{level} on Report {{ ...F{level + 1} ...F{level + 1} }}\n" for level in range(levels))
    return '{ report(agency: "x", year: 1) { ...F0 } }\n' + chain + f"fragment F{levels} on Report {{ year }}"


def nested_fragments(fragments: int, levels: int) -> str:
    """Few fields and few tokens, but more levels of fragments than Python nests calls."""
    into, out = "... { " * levels, "} " * levels
    chain = "".join(f"fragment F{at} on Report {{ {into} ...F{at + 1} {out} }}\n" for at in range(fragments))
    return '{ report(agency: "x", year: 1) { ...F0 } }\n' + chain + f"fragment F{fragments} on Report {{ year }}"


def nested_not(levels: int) -> dict[str, Any]:
    where: dict[str, Any] = {"year": {"eq": 2020}}
    for _ in range(levels):
        where = {"not": where}
    return where


def report_of(selection: str) -> str:
    return f'{{ report(agency: "x", year: 1) {{ {selection} }} }}'


ATTACKS = (
    Attack("1000 aliases of one root field", "{" + " ".join(f"a{i}: forms {{ key }}" for i in range(1_000)) + "}",
           ErrorCode.TOO_LARGE),
    Attack("200 aliases", report_of(" ".join(f"a{i}: year" for i in range(200))), ErrorCode.TOO_MANY_ALIASES),
    Attack("20000 aliases", report_of(" ".join(f"a{i}: year" for i in range(20_000))), ErrorCode.TOO_LARGE),
    Attack("21 root fields", "{" + " ".join(f"a{i}: forms {{ key }}" for i in range(21)) + "}",
           ErrorCode.TOO_MANY_ROOT_FIELDS),
    Attack("5000 duplicate leaves", report_of("year " * 5_000), ErrorCode.TOO_LARGE),
    Attack("1000 duplicate objects", report_of("agency { name } " * 1_000), ErrorCode.TOO_LARGE),
    Attack("100 unknown directives", report_of("year " + "@aa " * 100), ErrorCode.TOO_LARGE),
    Attack("5000 @skip", report_of("year " + "@skip(if: true) " * 5_000), ErrorCode.TOO_LARGE),
    Attack("61 fragments", report_of("year") + "".join(f" fragment F{i} on Report {{ year }}" for i in range(61)),
           ErrorCode.TOO_LARGE),
    Attack("61 operations", " ".join(f"query Q{i} {{ forms {{ key }} }}" for i in range(61)), ErrorCode.TOO_LARGE),
    Attack("depth 50", "{" + "a {" * 50 + "b" + "}" * 51, ErrorCode.TOO_DEEP),
    Attack("depth 300", "{" + "a {" * 300 + "b" + "}" * 301, ErrorCode.TOO_DEEP),
    Attack("500 nested list literals", "{ forms(a: " + "[" * 500 + ") { key } }", ErrorCode.TOO_DEEP),
    Attack("5000 comments", "# x\n" * 5_000 + "{ forms { key } }", ErrorCode.TOO_LARGE),
    Attack("5000 nested list literals", "{ forms(a: " + "[" * 5_000 + ") { key } }", ErrorCode.TOO_LARGE),
    Attack("circular fragments", report_of("...A") + " fragment A on Report { ...B } fragment B on Report { ...A }",
           ErrorCode.GRAPHQL_VALIDATION_FAILED),
    Attack("fan-out 20 to the 6", fragments(6, 20), ErrorCode.TOO_MANY_ALIASES),
    Attack("fan-out 3 to the 30", fragments(30, 3), ErrorCode.TOO_MANY_ALIASES),
    Attack("doubling fragments, 30 levels", doubling(30), ErrorCode.TOO_COSTLY),
    Attack("doubling fragments, 58 levels", doubling(58), ErrorCode.TOO_COSTLY),
    Attack("fragments nested 690 deep", nested_fragments(46, 14), ErrorCode.TOO_DEEP),
    Attack("fragments nested 200 deep", nested_fragments(20, 9), ErrorCode.TOO_DEEP),
    Attack("figures of a hundred reports",
           "{ reports(first: 100) { nodes { statistics { label value unit text start } } } }", ErrorCode.TOO_COSTLY),
    Attack("from whole to parts and back",
           report_of("statistics { whole { parts { whole { parts { whole { parts { id } } } } } } }"),
           ErrorCode.TOO_COSTLY),
    Attack("from section to figures and back",
           "{ statistics(first: 5) { nodes { section { statistics { section { statistics { id } } } } } } }",
           ErrorCode.TOO_COSTLY),
    Attack("down and up the sections, 13 deep",
           report_of("sections { children { parent { children { parent { children { parent { children { parent { "
                     "children { parent { id } } } } } } } } } } }"), ErrorCode.TOO_DEEP),
    Attack("circular introspection",
           "{ __schema { types { fields { type { fields { type { fields { type { fields { name } } } } } } } } } }",
           ErrorCode.GRAPHQL_VALIDATION_FAILED),
    Attack("aliased introspection",
           "{" + " ".join(f"a{i}: {SCHEMA_TWICE}" for i in range(20)) + "}",
           ErrorCode.TOO_COSTLY),
    Attack("first of 2147483647", "{ reports(first: 2147483647) { nodes { year } } }", ErrorCode.BAD_PAGE),
    Attack("first of 0", "{ reports(first: 0) { nodes { year } } }", ErrorCode.BAD_PAGE),
    Attack("first below 0", "{ reports(first: -1) { nodes { year } } }", ErrorCode.BAD_PAGE),
    Attack("last of 101", "{ reports(last: 101) { nodes { year } } }", ErrorCode.BAD_PAGE),
    Attack("first and last", "{ reports(first: 1, last: 1) { nodes { year } } }", ErrorCode.BAD_PAGE),
    Attack("101 ids", "query($ids: [ID!]!) { nodes(ids: $ids) { id } }", ErrorCode.BAD_ARGUMENTS,
           {"ids": [global_id("Report", "x")] * 101}),
    Attack("20000 ids", "query($ids: [ID!]!) { nodes(ids: $ids) { id ... on Report { year title } } }",
           ErrorCode.TOO_COSTLY, {"ids": [global_id("Report", "x")] * 20_000}),
    Attack("operator injection by a variable", LIST, ErrorCode.BAD_VARIABLES, {"where": {"year": {"$gt": 0}}}),
    Attack("operator injection as a key", LIST, ErrorCode.BAD_VARIABLES, {"where": {"$where": "1"}}),
    Attack("operator injection as a value", LIST, ErrorCode.BAD_VARIABLES, {"where": {"title": {"eq": {"$ne": None}}}}),
    Attack("a path as a key", LIST, ErrorCode.BAD_VARIABLES, {"where": {"agency.name": {"eq": "x"}}}),
    Attack("a number for a text", LIST, ErrorCode.BAD_VARIABLES, {"where": {"title": {"eq": 1}}}),
    Attack("a null to compare with", LIST, ErrorCode.BAD_FILTER, {"where": {"year": {"eq": None}}}),
    Attack("NUL in a text", LIST, ErrorCode.BAD_FILTER, {"where": {"title": {"contains": "a\0b"}}}),
    Attack("a lone surrogate", LIST, ErrorCode.BAD_FILTER, {"where": {"title": {"contains": "\ud800"}}}),
    *(
        Attack(f"no code: {within}", LIST, ErrorCode.BAD_FILTER, {"where": {"agency": {"region": {"code": within}}}})
        for within in ({"within": code} for code in ("福建省", "35", "000000", "３５００００", "350000 ", ""))
    ),
    Attack("no date", LIST, ErrorCode.BAD_FILTER, {"where": {"publishedOn": {"gte": "yesterday"}}}),
    Attack("a text of 10 kB", LIST, ErrorCode.FILTER_TOO_LARGE, {"where": {"title": {"contains": "a" * 10_000}}}),
    Attack("251 values", LIST, ErrorCode.FILTER_TOO_LARGE, {"where": {"year": {"in": [1] * 251}}}),
    Attack("5 levels of not", LIST, ErrorCode.FILTER_TOO_LARGE, {"where": nested_not(5)}),
    Attack("150 levels of not", LIST, ErrorCode.FILTER_TOO_LARGE, {"where": nested_not(150)}),
    Attack("1000 levels of not", LIST, ErrorCode.BAD_VARIABLES, {"where": nested_not(1_000)}),
    Attack("101 conditions", LIST, ErrorCode.FILTER_TOO_LARGE, {"where": {"or": [{"year": {"eq": 1}}] * 101}}),
    Attack("an unknown sort key", "{ reports(orderBy: [{ field: RAW_TEXT }]) { nodes { year } } }",
           ErrorCode.GRAPHQL_VALIDATION_FAILED),
    Attack("9 sort keys", "{ reports(orderBy: [" + "{ path: YEAR }" * 9 + "]) { nodes { year } } }",
           ErrorCode.FILTER_TOO_LARGE),
    Attack("an id that is none", '{ node(id: "x") { id } }', ErrorCode.BAD_ID),
    Attack("a huge id", f'{{ node(id: "{"A" * 5_000}") {{ id }} }}', ErrorCode.BAD_ID),
    Attack("an integer beyond 32 bits", "{ reports(where: { year: { eq: 1" + "0" * 30 + " } }) { nodes { year } } }",
           ErrorCode.GRAPHQL_VALIDATION_FAILED),
    Attack("a variable of the wrong type", "query($first: Int) { reports(first: $first) { nodes { year } } }",
           ErrorCode.BAD_VARIABLES, {"first": "x"}),
    Attack("a missing variable", "query($id: ID!) { node(id: $id) { id } }", ErrorCode.BAD_VARIABLES),
    Attack("a mutation", "mutation { drop }", ErrorCode.GRAPHQL_VALIDATION_FAILED),
    Attack("a subscription", "subscription { reports { nodes { year } } }", ErrorCode.GRAPHQL_VALIDATION_FAILED),
    Attack("an empty document", "", ErrorCode.GRAPHQL_PARSE_FAILED),
    Attack("no operation", "fragment F on Report { year }", ErrorCode.GRAPHQL_VALIDATION_FAILED),
)  # fmt: skip


def codes(answer: GraphQLAnswer) -> set[str]:
    return {error["extensions"]["code"] for error in answer.errors}  # type: ignore[index]


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.name)
async def test_an_attack_is_refused_before_anything_is_read(
    attack: Attack, engine: Engine, stocked: RecordingDatabase
) -> None:
    started = time.thread_time()  # what this thread worked, not how long it waited for a busy machine
    answer = await engine.execute(GraphQLRequest(attack.query, attack.variables))
    took = (time.thread_time() - started) * 1_000

    assert codes(answer) == {attack.code.name}
    assert len(answer.errors) < 10
    assert stocked.sent == []
    assert took < attack.within_ms


async def test_fragments_nested_almost_as_deeply_as_allowed_are_followed(engine: Engine) -> None:
    answer = await engine.execute(GraphQLRequest(nested_fragments(19, 9)))

    assert answer.errors == []
    assert answer.data == {"report": None}


async def test_signs_in_texts_and_comments_are_no_directives(engine: Engine) -> None:
    answer = await engine.execute(
        GraphQLRequest('{ report(agency: "' + "@" * 60 + '", year: 1) { year } } #' + "@" * 60)
    )

    assert answer.errors == []


async def test_a_pattern_is_a_literal(engine: Engine) -> None:
    query = '{ reports(where: { title: { contains: "(a+)+$" } }) { totalCount } }'
    answer = await engine.execute(GraphQLRequest(query))

    assert answer.data == {"reports": {"totalCount": 0}}


def tampered(cursor: str) -> list[str]:
    return ["", "x", "====", cursor[:-1], cursor[1:], cursor + "A", cursor[:-1] + ("A" if cursor[-1] != "A" else "B"),
            "9" * 5_000, '{"$gt": ""}', "YXJyYXljb25uZWN0aW9uOjA="]  # fmt: skip


async def test_a_tampered_cursor_is_refused(engine: Engine) -> None:
    first = await engine.execute(GraphQLRequest(CURSOR))
    assert isinstance(first.data, dict)
    for cursor in tampered(first.data["reports"]["pageInfo"]["endCursor"]):
        answer = await engine.execute(GraphQLRequest(CURSOR, {"after": cursor}))
        assert codes(answer) == {"BAD_CURSOR"}, cursor


@pytest.mark.parametrize(
    "other",
    [
        "reports(first: 2, after: $after, orderBy: [{ path: TITLE }])",
        "reports(first: 2, after: $after, orderBy: [{ path: YEAR }])",
        "reports(first: 2, after: $after, where: { year: { gt: 0 } })",
    ],
)
async def test_a_cursor_of_another_list_is_refused(other: str, engine: Engine) -> None:
    first = await engine.execute(GraphQLRequest(CURSOR))
    assert isinstance(first.data, dict)
    after = first.data["reports"]["pageInfo"]["endCursor"]

    answer = await engine.execute(
        GraphQLRequest(f"query($after: String) {{ {other} {{ nodes {{ year }} }} }}", {"after": after})
    )

    assert codes(answer) == {"BAD_CURSOR"}


async def test_a_cursor_signed_with_another_secret_is_refused(stocked: RecordingDatabase) -> None:
    first = await Engine(stocked, secret=b"one").execute(GraphQLRequest(CURSOR))
    assert isinstance(first.data, dict)
    after = first.data["reports"]["pageInfo"]["endCursor"]

    answer = await Engine(stocked, secret=b"two").execute(GraphQLRequest(CURSOR, {"after": after}))

    assert codes(answer) == {"BAD_CURSOR"}


async def test_the_standard_introspection_is_answered_and_kept(engine: Engine, stocked: RecordingDatabase) -> None:
    request = GraphQLRequest(get_introspection_query(descriptions=True, input_value_deprecation=True))

    first, second = [await engine.execute(request) for _ in range(2)]

    assert first.errors == []
    assert second is first
    assert stocked.sent == []


async def test_the_cost_of_a_request_is_reported(engine: Engine) -> None:
    small = await engine.execute(GraphQLRequest("{ reports(first: 1) { nodes { year } } }"))
    large = await engine.execute(GraphQLRequest("{ reports(first: 100) { nodes { year } } }"))

    assert small.extensions["cost"] == {"requested": 3, "limit": Limits().cost}
    assert large.extensions["cost"] == {"requested": 201, "limit": Limits().cost}


async def test_a_page_size_in_a_variable_is_priced(engine: Engine) -> None:
    query = "query($n: Int) { reports(first: $n) { nodes { year } } }"
    prices = [(await engine.execute(GraphQLRequest(query, {"n": size}))).extensions["cost"] for size in (1, 100, 1)]

    assert [price["requested"] for price in prices] == [3, 201, 3]  # type: ignore[index]


@pytest.mark.parametrize("name", ["agencies", "passages", "statistics"])
async def test_a_search_is_priced_besides_its_page(name: str, engine: Engine) -> None:
    query = f"query($s: String) {{ {name}(search: $s, first: 1) {{ nodes {{ year: __typename }} }} }}"
    prices = [(await engine.execute(GraphQLRequest(query, {"s": text}))).extensions["cost"] for text in (None, "公开")]

    assert [price["requested"] for price in prices] == [3, 3 + SEARCHING]  # type: ignore[index]


async def test_many_searches_in_one_request_are_refused_for_their_price(stocked: RecordingDatabase) -> None:
    many = " ".join(f'a{number}: passages(search: "公开 {number}号") {{ totalCount }}' for number in range(20))
    (error,) = (await Engine(stocked).execute(GraphQLRequest(f"{{ {many} }}"))).errors

    assert error["extensions"]["code"] == ErrorCode.TOO_COSTLY.name  # type: ignore[index]
    assert stocked.sent == []


async def test_every_command_carries_its_deadline(stocked: RecordingDatabase) -> None:
    engine = Engine(stocked, limits=Limits(deadline_ms=777))
    await engine.execute(
        GraphQLRequest('{ reports { totalCount nodes { year } } report(agency: "x", year: 1) { year } }')
    )

    assert stocked.deadlines == [777] * 4  # the last looks for what was probably meant


class FailingDatabase(RecordingDatabase):
    """A database whose reads fail the way a real one can."""

    def __init__(self, inner: RecordingDatabase, fault: Callable[[], Exception]) -> None:
        super().__init__(inner)
        self.fault = fault

    async def find(self, *_arguments: Any, **_options: Any) -> Any:
        raise self.fault()


@pytest.mark.parametrize("compile_plans", [True, False])
@pytest.mark.parametrize(
    ("fault", "code"),
    [
        (lambda: DatabaseTimeoutError("host-17 took too long"), "TIMEOUT"),
        (lambda: DatabaseUnavailableError("host-17 is away"), "DATABASE_UNAVAILABLE"),
        (lambda: RuntimeError("host-17: secret"), "INTERNAL"),
    ],
    ids=["timeout", "away", "bug"],
)
async def test_faults_of_ours_are_masked_and_logged(
    *,
    fault: Callable[[], Exception],
    code: str,
    compile_plans: bool,
    stocked: RecordingDatabase,
    caplog: pytest.LogCaptureFixture,
) -> None:
    engine = Engine(FailingDatabase(stocked, fault), compile_plans=compile_plans)
    query = '{ one: report(agency: "x", year: 1) { year } forms { key } }'
    with caplog.at_level(logging.ERROR):
        answer = await engine.execute(GraphQLRequest(query))

    assert codes(answer) == {code}
    assert "host-17" not in str(answer)
    assert isinstance(answer.data, dict)
    assert answer.data["one"] is None
    assert len(answer.data["forms"]) == 4
    if code == "INTERNAL":
        incident = answer.errors[0]["extensions"]["incident"]  # type: ignore[index]
        assert [incident in record.message for record in caplog.records] == [True]
        assert caplog.records[0].exc_info


async def test_a_cancelled_request_is_cancelled(stocked: RecordingDatabase) -> None:
    class Waiting(RecordingDatabase):
        async def find(self, *_arguments: Any, **_options: Any) -> Any:
            await asyncio.sleep(60)

    task = asyncio.create_task(
        Engine(Waiting(stocked)).execute(GraphQLRequest('{ report(agency: "x", year: 1) { year } }'))
    )
    await asyncio.sleep(0.05)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


async def test_stored_values_that_do_not_fit_are_reported_by_graphql_core(stocked: RecordingDatabase) -> None:
    class Odd(RecordingDatabase):
        async def find(self, *_arguments: Any, **_options: Any) -> Any:
            return [{"_id": "r1", "scope": None, "kind": "NO_SUCH_KIND", "year": 2020}]

    answer = await Engine(Odd(stocked)).execute(GraphQLRequest('{ report(agency: "x", year: 1) { kind year } }'))

    assert answer.data == {"report": None}
    assert codes(answer) == {"INTERNAL"}


@pytest.mark.parametrize("compile_plans", [True, False])
async def test_a_figure_beyond_int_is_null_and_no_error(*, compile_plans: bool, database: Database) -> None:
    misprint = {"received": {"total": 2**40, "naturalPerson": 7}}
    await database.transact(written([{"_id": "r1", "agency": {"name": "x"}, "year": 1, "requests": misprint}]))

    query = '{ report(agency: "x", year: 1, kind: null) { requests { received { total naturalPerson } } } }'
    answer = await Engine(database, compile_plans=compile_plans).execute(GraphQLRequest(query))

    assert answer.errors == []
    assert answer.data == {"report": {"requests": {"received": {"total": None, "naturalPerson": 7}}}}


@pytest.mark.parametrize(
    ("request_", "code"),
    [
        (GraphQLRequest("query A { forms { key } } query B { forms { key } }"), "OPERATION_NOT_FOUND"),
        (GraphQLRequest("query A { forms { key } }", operation_name="B"), "OPERATION_NOT_FOUND"),
    ],
    ids=["none named", "unknown name"],
)
async def test_an_operation_that_cannot_be_told_is_refused(request_: GraphQLRequest, code: str, engine: Engine) -> None:
    answer = await engine.execute(request_)

    assert codes(answer) == {code}
    assert answer.stage == "validate"


async def test_a_named_operation_among_several_is_executed(engine: Engine) -> None:
    query = "query A { forms { key } } query B { a: forms { key } }"
    answer = await engine.execute(GraphQLRequest(query, operation_name="B"))

    assert isinstance(answer.data, dict)
    assert list(answer.data) == ["a"]
