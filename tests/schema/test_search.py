"""Full-text search over passages of real and made-up reports against a search for substrings in plain Python."""

import asyncio
import os
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from random import Random
from typing import Any
from uuid import uuid4

import pytest
from pymongo import MongoClient

from api.mongo import connect
from api.settings import Settings
from loaders import store
from loaders.database import Database
from loaders.derived import passage_rows
from loaders.document import Document
from loaders.formats import SUFFIXES, read
from loaders.grams import grams, searchable
from loaders.pipeline import parse
from loaders.sources import fetch, inventory
from loaders.traditional import simplifications
from schema.build import build_schema
from schema.engine import Engine, GraphQLRequest
from schema.gram_search import asked_of, chosen_by, search_plan
from schema.plan import Bounds, Wanted
from schema.request import Limits
from schema.search import Search
from schema.stages import Find, page_commands
from tests.documents import report_document
from tests.oracle import meets

ROOT = Path(__file__).parents[2]
FOLDERS = [ROOT / "loaders" / "samples", *(path for path in [ROOT.parent / "shared" / "reports"] if path.is_dir())]
LISTING = build_schema().listings["passages"]
BOUNDS = Bounds(Limits(), b"secret")
TERMS = 200
FULL_WIDTH = 0xFEE0
COMMON = "信息公开"
QUERY = """query($search: String, $where: PassageWhere, $first: Int, $after: String, $last: Int, $before: String) {
  passages(search: $search, where: $where, first: $first, after: $after, last: $last, before: $before) {
    totalCount
    edges { cursor score highlights { start end } node { id text score highlights { start end } } }
    nodes { id }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  }
}"""
Rows = list[Document]


@pytest.fixture(scope="session")
def library() -> list[Document]:
    """The sample reports, and the owner's where they are beside the checkout."""
    sources = (fetch(entry) for entry in inventory(FOLDERS, suffixes=SUFFIXES).entries)
    found = [parse(read(source), name=source.name) for source in sources]
    return list({report["_id"]: report for report in found}.values())


@pytest.fixture(scope="session")
def rows(library: list[Document]) -> Rows:
    """The passages of the library."""
    return [row for report in library for row in passage_rows(report)]


@pytest.fixture(scope="session")
def library_settings(
    mongodb_uri: str, library: list[Document], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Settings]:
    """Settings of a database that holds the library."""
    name = f"library_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}_{uuid4().hex[:8]}"
    settings = Settings(mongodb_uri=mongodb_uri, database=name, data=tmp_path_factory.mktemp("library"))
    asyncio.run(_stocked(settings, library))
    yield settings
    with MongoClient[Document](mongodb_uri) as client:
        client.drop_database(name)


async def _stocked(settings: Settings, reports: list[Document]) -> None:
    async with connect(settings) as database:
        await store.prepare(database)
        for report in reports:
            await store.store(database, report)


@pytest.fixture
async def searching(library_settings: Settings) -> AsyncIterator[Engine]:
    """An engine over the library."""
    async with connect(library_settings) as database:
        yield Engine(database)


async def page(engine: Engine, **variables: Any) -> dict[str, Any]:
    answer = await engine.execute(GraphQLRequest(QUERY, variables))
    assert answer.errors == []
    assert isinstance(answer.data, dict)
    connection: dict[str, Any] = answer.data["passages"]
    return connection


async def every(engine: Engine, size: int = 100, **variables: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    after, more = None, True
    while more:
        connection = await page(engine, first=size, after=after, **variables)
        found += connection["edges"]
        after, more = connection["pageInfo"]["endCursor"], connection["pageInfo"]["hasNextPage"]
    return found


async def refusal(engine: Engine, **variables: Any) -> dict[str, Any]:
    (error,) = (await engine.execute(GraphQLRequest(QUERY, variables))).errors
    extensions: Any = error["extensions"]
    return dict(extensions)


def texts(edges: list[dict[str, Any]]) -> list[str]:
    return sorted(edge["node"]["text"] for edge in edges)


def oracle(rows: Rows, *terms: str) -> list[str]:
    folded = [searchable(term) for term in terms]
    return sorted(row["text"] for row in rows if all(term in searchable(row["text"]) for term in folded))


def terms_of(rows: Rows) -> list[str]:
    random = Random(5)  # noqa: S311 - repeatable, not secret
    found: dict[str, None] = {}
    while len(found) < TERMS:
        text = searchable(random.choice(rows)["text"])
        start, length = random.randrange(len(text)), random.randint(2, 8)
        term = text[start : start + length]
        if len(term) == length and not term.startswith('"'):
            found[term] = None
    return list(found)


async def test_terms_taken_from_the_passages_find_every_passage_that_has_them_and_no_other(
    searching: Engine, rows: Rows
) -> None:
    for term in terms_of(rows):
        wanted = oracle(rows, term)
        first = await page(searching, search=term, first=20)

        assert {edge["node"]["text"] for edge in first["edges"]} <= set(wanted), term
        assert first["totalCount"] == len(wanted), term
        assert texts(await every(searching, search=term)) == wanted, term


async def test_all_terms_must_be_in_a_passage(searching: Engine, rows: Rows) -> None:
    for one, other in zip(terms_of(rows)[::2], terms_of(rows)[1::2], strict=True):
        assert texts(await every(searching, search=f"{one} {other[:2]}")) == oracle(rows, one, other[:2])


async def test_script_width_case_and_blanks_do_not_matter(searching: Engine, rows: Rows) -> None:
    traditional = {simple: chr(code) for code, simple in simplifications().items()}
    for term in [term for term in terms_of(rows) if '"' not in term][:40]:
        foreign = "".join(traditional.get(char, char) for char in term)
        wide = "".join(chr(ord(char) + FULL_WIDTH) if char.isascii() and char.isalnum() else char for char in foreign)

        assert texts(await every(searching, search=f'"{" ".join(wide.upper())}"')) == oracle(rows, term), wide


async def test_more_relevant_passages_come_first_and_say_where_the_terms_are(searching: Engine) -> None:
    found = await every(searching, search=f"{COMMON} 申请")

    scores = [edge["score"] for edge in found]
    assert scores == sorted(scores, reverse=True)
    for edge in found:
        text = edge["node"]["text"]
        marked = [searchable(text[span["start"] : span["end"]]) for span in edge["highlights"]]
        assert {COMMON, "申请"} <= {term for term in (COMMON, "申请") if any(term in mark for mark in marked)}
        assert (edge["node"]["score"], edge["node"]["highlights"]) == (edge["score"], edge["highlights"])


async def test_without_a_search_there_is_no_score_and_no_highlight(searching: Engine) -> None:
    (edge,) = (await page(searching, first=1))["edges"]

    assert (edge["score"], edge["highlights"]) == (None, [])


@pytest.mark.parametrize("size", [1, 7, 100])
async def test_pages_make_the_whole_list_both_ways(searching: Engine, rows: Rows, size: int) -> None:
    term, where = "政府信息", {"year": {"gte": 2019}}
    wanted = sorted(
        (row["place"], row["text"]) for row in rows if term in row["folded"] and meets(LISTING.where, where, row)
    )
    backwards: list[str] = []
    before, more = None, True
    while more:
        connection = await page(searching, search=term, where=where, last=size, before=before)
        backwards = [edge["node"]["text"] for edge in connection["edges"]] + backwards
        before, more = connection["pageInfo"]["startCursor"], connection["pageInfo"]["hasPreviousPage"]

    forwards = [edge["node"]["text"] for edge in await every(searching, size, search=term, where=where)]
    assert forwards == backwards == [text for _, text in wanted]


@pytest.mark.parametrize(
    "where",
    [
        {"role": {"eq": "REQUESTS"}},
        {"year": {"in": [2019, 2020]}},
        {"agency": {"region": {"province": {"isNull": False}}}},
        {"agency": {"name": {"contains": "政府"}}},
        {"or": [{"role": {"eq": "OVERVIEW"}}, {"year": {"eq": 2021}}]},
        {"text": {"contains": "申请"}},
    ],
    ids=lambda where: str(next(iter(where))),
)
async def test_a_filter_narrows_a_search(where: dict[str, Any], searching: Engine, rows: Rows) -> None:
    met = [row for row in rows if meets(LISTING.where, where, row)]

    assert texts(await every(searching, search=COMMON, where=where)) == oracle(met, COMMON)


@pytest.mark.parametrize(
    "search",
    ["", "“”", "政", "公开 政", "长" * 65, " ".join(f"{n}号" for n in range(10, 19)), "长" * 9_999],
    ids=["empty", "empty quotes", "one character", "one of two too short", "too long", "nine terms", "a book"],
)
async def test_a_search_out_of_bounds_is_refused_with_a_hint(search: str, searching: Engine) -> None:
    found = await refusal(searching, search=search)

    assert found["code"] == "BAD_SEARCH"
    assert found["hint"]


@pytest.mark.parametrize(
    "search",
    ["(.*)+", "\\d{3}", "[公开]", "公开$", '"公开', "\x00公开\ud800", "𠀀𠀁", "😀😀", "长" * 64, '"aa" "aa" b" ""c'],
)
async def test_a_search_is_a_text_and_never_a_pattern(search: str, searching: Engine, rows: Rows) -> None:
    assert texts(await every(searching, search=search)) == oracle(rows, *Search.of(search).terms)


async def test_a_cursor_belongs_to_its_search_and_its_filter(searching: Engine) -> None:
    after = (await page(searching, search=COMMON, first=2))["pageInfo"]["endCursor"]

    for other in ({"search": "政府信息"}, {"search": COMMON, "where": {"year": {"gte": 1}}}, {}):
        assert (await refusal(searching, after=after, **other))["code"] == "BAD_CURSOR"


async def test_another_text_of_a_report_is_found_by_its_own_words_only(database: Database) -> None:
    await store.prepare(database)
    engine, report = Engine(database), report_document(1)
    await store.store(database, report)
    old = report["passages"][0]["text"]
    changed = {
        **report,
        "passages": [{**report["passages"][0], "text": "新設綫上受理渠道"}],
        "source": {**report["source"], "sha256": "0" * 64},
    }

    assert texts(await every(engine, search=f'"{old}"')) == [old]
    await store.store(database, changed)

    assert await every(engine, search=f'"{old}"') == []
    assert texts(await every(engine, search="线上受理")) == ["新設綫上受理渠道"]


@pytest.mark.parametrize("search", [COMMON, "依申请 公开", "无此一说"])
@pytest.mark.parametrize("end", ["first", "last"])
def test_a_search_reads_an_index_of_pairs_in_its_order(search: str, end: str, library_settings: Settings) -> None:
    asked = Search.of(search)
    plan = search_plan(LISTING, asked, {end: 5}, Wanted({"_id": 1}), BOUNDS)
    (command,) = page_commands(chosen_by(plan, asked_of(asked)[0]))
    assert isinstance(command, Find)

    used = explained(library_settings, command)

    assert {"IXSCAN", "gongkai_grams"} <= used
    assert not used & {"COLLSCAN", "SORT"}


def explained(settings: Settings, command: Find) -> set[str]:
    """The names of the stages and indexes of the plan that the server chooses."""
    with MongoClient[Document](settings.mongodb_uri) as client:
        cursor = client[settings.database][command.collection].find(dict(command.where), dict(command.projection))
        plan = cursor.sort(list(command.sort)).limit(command.limit).explain()["queryPlanner"]["winningPlan"]
    return set(names_in(plan))


def names_in(plan: Any) -> Iterator[str]:
    if isinstance(plan, dict):
        yield from (plan[key] for key in ("stage", "indexName") if isinstance(plan.get(key), str))
        for inner in plan.values():
            yield from names_in(inner)


async def test_a_report_finds_its_passages_as_all_passages_are_searched(
    searching: Engine, library: list[Document]
) -> None:
    query = """query($agency: String, $year: Int, $search: String) {
      report(agency: $agency, year: $year) { passages(search: $search) { text score highlights { start end } } } }"""
    report = next(item for item in library if item["agency"]["name"] and item["year"] and item["passages"])
    variables = {"agency": report["agency"]["name"], "year": report["year"], "search": "公開　“信 息”"}

    answer = await searching.execute(GraphQLRequest(query, variables))

    assert isinstance(answer.data, dict)
    found = answer.data["report"]["passages"]
    assert sorted(item["text"] for item in found) == oracle(passage_rows(report), "公开", "信息")
    assert all(item["highlights"] and item["score"] > 0 for item in found)


def test_a_search_of_many_pairs_asks_for_a_sample_of_them() -> None:
    asked = asked_of(Search.of("".join(chr(0x4E00 + number) for number in range(60))))

    assert 2 <= len(asked) <= 16
    assert asked_of(Search.of("公开")) == grams("公开")
