"""Full-text search over passages and figures of real and made-up reports against a search for substrings in Python."""

import asyncio
import os
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from random import Random
from typing import Any
from uuid import uuid4

import pytest
from pymongo import MongoClient

from api.mongo.driver import connect
from api.settings import Settings
from loaders.document import Document
from loaders.file_formats import SUFFIXES, read
from loaders.file_formats.sources import fetch, inventory
from loaders.pipeline import parse
from loaders.store import reports as store
from loaders.store.database import Database
from loaders.store.derived_rows import DERIVED, passage_rows
from loaders.text.search_folding import searchable
from loaders.text.simplified import simplifications
from schema.engine import Engine, GraphQLRequest
from schema.plan.commands import Count, Find, count_command, page_commands
from schema.plan.pages import Bounds, Wanted
from schema.plan.search_terms import Search
from schema.read.schema import build_schema
from schema.read.search import chosen_by, pairs_of, search_plan
from schema.request import Limits
from tests.documents import report_document
from tests.oracle import in_order, meets
from tests.shared import IS_THERE, REPORTS

ROOT = Path(__file__).parents[3]
FOLDERS = [ROOT / "loaders" / "samples", *([REPORTS] if IS_THERE else [])]
LISTINGS = build_schema().listings
LISTING = LISTINGS["passages"]
TEXT = {"passages": ("text",), "statistics": ("label", "subject", "clause")}
BOUNDS = Bounds(Limits(), b"secret")
TERMS = 200
FULL_WIDTH = 0xFEE0
COMMON = "信息公开"
Rows = list[Document]
both = pytest.mark.parametrize("name", TEXT)


def query(name: str, order: str = "") -> str:
    noun, text = LISTINGS[name].noun, " ".join(TEXT[name])
    variables = f"$search: String, $where: {noun}Where, $first: Int, $after: String, $last: Int, $before: String"
    return f"""query({variables}) {{
      {name}(search: $search, where: $where, first: $first, after: $after, last: $last, before: $before {order}) {{
        totalCount
        edges {{
          cursor score highlights {{ field start end }} node {{ {text} }} }}
        nodes {{ {text} }}
        pageInfo {{ hasNextPage hasPreviousPage startCursor endCursor }}
      }}
    }}"""


@pytest.fixture(scope="session")
def library() -> list[Document]:
    """The sample reports, and the owner's where they are beside the checkout."""
    sources = (fetch(entry) for entry in inventory(FOLDERS, suffixes=SUFFIXES).entries)
    found = [parse(read(source), name=source.name) for source in sources]
    return list({report["_id"]: report for report in found}.values())


@pytest.fixture(scope="session")
def stock(library: list[Document]) -> dict[str, Rows]:
    """The rows of the library that a search can find, by list."""
    made = {name: [row for report in library for row in DERIVED[name](report)] for name in TEXT}
    return {name: [row for row in rows if any(parts(row, name))] for name, rows in made.items()}


def parts(row: dict[str, Any], name: str) -> list[str]:
    """The texts of a row, or of a node, that a search looks at."""
    return [row.get(key) or "" for key in TEXT[name]]


def said(row: dict[str, Any], name: str) -> str:
    """All of them, in one text that tells rows apart."""
    return " | ".join(parts(row, name))


@pytest.fixture
def rows(stock: dict[str, Rows]) -> Rows:
    """The passages of the library."""
    return stock["passages"]


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


async def page(engine: Engine, name: str = "passages", order: str = "", **variables: Any) -> dict[str, Any]:
    answer = await engine.execute(GraphQLRequest(query(name, order), variables))
    assert answer.errors == []
    assert isinstance(answer.data, dict)
    connection: dict[str, Any] = answer.data[name]
    return connection


async def every(engine: Engine, name: str = "passages", size: int = 100, **variables: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    after, more = None, True
    while more:
        connection = await page(engine, name, first=size, after=after, **variables)
        found += connection["edges"]
        after, more = connection["pageInfo"]["endCursor"], connection["pageInfo"]["hasNextPage"]
    return found


async def refusal(engine: Engine, **variables: Any) -> dict[str, Any]:
    (error,) = (await engine.execute(GraphQLRequest(query("passages"), variables))).errors
    extensions: Any = error["extensions"]
    return dict(extensions)


def texts(edges: list[dict[str, Any]], name: str = "passages") -> list[str]:
    return sorted(said(edge["node"], name) for edge in edges)


def oracle(rows: Rows, *terms: str) -> list[str]:
    if not rows:
        return []
    folded = [searchable(term) for term in terms]
    name = "statistics" if "label" in rows[0] else "passages"
    return sorted(said(row, name) for row in rows if _has(parts(row, name), folded))


def _has(texts: list[str], terms: list[str]) -> bool:
    seen = [searchable(text) for text in texts]
    return all(any(term in text for text in seen) for term in terms)


def terms_of(rows: Rows, name: str = "passages") -> list[str]:
    random = Random(5)  # noqa: S311 - repeatable, not secret
    found: dict[str, None] = {}
    while len(found) < TERMS:
        text = searchable(random.choice([text for text in parts(random.choice(rows), name) if text]))
        start, length = random.randrange(len(text) or 1), random.randint(2, 8)
        term = text[start : start + length]
        if len(term) == length and not set(term) & set('"()*-'):
            found[term] = None
    return list(found)


@both
async def test_terms_taken_from_the_rows_find_every_row_that_has_them_and_no_other(
    name: str, searching: Engine, stock: dict[str, Rows]
) -> None:
    for term in terms_of(stock[name], name):
        wanted = oracle(stock[name], term)
        first = await page(searching, name, search=term, first=20)

        assert {said(edge["node"], name) for edge in first["edges"]} <= set(wanted), term
        assert first["totalCount"] == len(wanted), term
        assert texts(await every(searching, name, search=term), name) == wanted, term


@both
async def test_all_terms_must_be_in_a_text(name: str, searching: Engine, stock: dict[str, Rows]) -> None:
    terms, rows = terms_of(stock[name], name), stock[name]
    for one, other in zip(terms[::2], terms[1::2], strict=True):
        assert texts(await every(searching, name, search=f"{one} {other[:2]}"), name) == oracle(rows, one, other[:2])


@both
async def test_or_not_and_brackets_find_what_they_say(name: str, searching: Engine, stock: dict[str, Rows]) -> None:
    rows = stock[name]
    for one, other, third in zip(*[iter(terms_of(rows, name)[:60])] * 3, strict=True):
        a, b, c = ({*oracle(rows, term)} for term in (one, other, third[:2]))
        for search, wanted in {
            f"{one} OR {other}": a | b,
            f"{third[:2]} -{one}": c - a,
            f"({one} OR {other}) NOT {third[:2]}": (a | b) - c,
            f"{one}* AND NOT ({other} OR {third[:2]})": a - b - c,
        }.items():
            assert {*texts(await every(searching, name, search=search), name)} == wanted, search


async def test_alternatives_are_read_in_the_order_of_relevance_without_a_sort(library_settings: Settings) -> None:
    asked = Search.of("信息公开 OR 办理 OR 会议")
    plan = search_plan(LISTING, asked, {"first": 3}, Wanted({"text": 1}), BOUNDS)

    (command,) = page_commands(chosen_by(plan, [pairs_of(one)[0] for one in asked.alternatives]))
    assert isinstance(command, Find)
    used = explained(library_settings, command)
    assert "SORT_MERGE" in used
    assert "SORT" not in used


@both
async def test_script_width_case_and_blanks_do_not_matter(name: str, searching: Engine, stock: dict[str, Rows]) -> None:
    traditional = {simple: chr(code) for code, simple in simplifications().items()}
    for term in [term for term in terms_of(stock[name], name) if '"' not in term][:40]:
        foreign = "".join(traditional.get(char, char) for char in term)
        wide = "".join(chr(ord(char) + FULL_WIDTH) if char.isascii() and char.isalnum() else char for char in foreign)

        found = await every(searching, name, search=f'"{" ".join(wide.upper())}"')
        assert texts(found, name) == oracle(stock[name], term), wide


@both
async def test_what_is_more_relevant_comes_first_and_says_where_the_terms_are(name: str, searching: Engine) -> None:
    found = await every(searching, name, search=f"{COMMON} 申请")

    scores = [edge["score"] for edge in found]
    assert len(set(scores)) > 1
    assert scores == sorted(scores, reverse=True)
    for edge in found:
        texts = edge["node"]
        marked = [searchable(texts[span["field"]][span["start"] : span["end"]]) for span in edge["highlights"]]
        assert {COMMON, "申请"} <= {term for term in (COMMON, "申请") if any(term in mark for mark in marked)}


@both
async def test_without_a_search_there_is_no_score_and_no_highlight(name: str, searching: Engine) -> None:
    (edge,) = (await page(searching, name, first=1))["edges"]

    assert (edge["score"], edge["highlights"]) == (None, [])


@both
@pytest.mark.parametrize("pages", [2, 9])
async def test_pages_make_the_whole_list_both_ways(
    pages: int, name: str, searching: Engine, stock: dict[str, Rows]
) -> None:
    term, where = "政府信息", {"year": {"gte": 2019}}
    met = [row for row in stock[name] if term in row["folded"] and meets(LISTINGS[name].where, where, row)]
    wanted = [said(row, name) for row in sorted(met, key=lambda row: row["place"])]

    size = min(Limits().page, len(wanted) // pages + 1)  # however large the stock is, the last page is not full
    assert len(wanted) > size > 1
    assert await walked(searching, name, size, search=term, where=where) == (wanted, wanted)


@pytest.mark.parametrize("direction", ["ASC", "DESC"])
async def test_an_order_asked_for_goes_before_relevance(
    direction: str, searching: Engine, stock: dict[str, Rows]
) -> None:
    order = f"orderBy: {{field: VALUE, direction: {direction}}}"
    met = [row for row in stock["statistics"] if "申请" in row["folded"]]
    wanted = [said(row, "statistics") for row in in_order(met, [("low", direction)])]

    assert await walked(searching, "statistics", 40, order=order, search="申请") == (wanted, wanted)
    edges = (await page(searching, "statistics", order, search="申请", first=9))["edges"]
    assert all(edge["score"] > 0 and edge["highlights"] for edge in edges)


async def walked(engine: Engine, name: str, size: int, **variables: Any) -> tuple[list[str], list[str]]:
    """The texts of a list, read page by page from its start, and from its end."""
    backwards: list[str] = []
    before, more = None, True
    while more:
        connection = await page(engine, name, last=size, before=before, **variables)
        backwards = [said(edge["node"], name) for edge in connection["edges"]] + backwards
        before, more = connection["pageInfo"]["startCursor"], connection["pageInfo"]["hasPreviousPage"]
    return [said(edge["node"], name) for edge in await every(engine, name, size, **variables)], backwards


def test_a_figure_without_any_text_has_nothing_that_a_search_could_find() -> None:
    report = report_document(1)
    figure = {**report["statistics"][0], "label": None, "subject": None, "clauseStart": None}
    (row,) = DERIVED["statistics"]({**report, "statistics": [figure]})

    assert not {"folded", "grams", "place"} & row.keys()


@both
async def test_both_ways_of_executing_answer_alike(name: str, library_settings: Settings) -> None:
    async with connect(library_settings) as database:
        request = GraphQLRequest(query(name), {"search": "「信 息」 申請", "first": 9})
        short = await Engine(database).execute(request)
        long = await Engine(database, compile_plans=False).execute(request)

    assert short.data == long.data
    assert short.errors == long.errors == []


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
    ['"(.*)+"', "\\d{3}", "[公开]", "公开$", "\x00公开\ud800", "𠀀𠀁", "😀😀", "长" * 64, '"aa" "aa" b" ""c'],
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


@both
@pytest.mark.parametrize(
    "where",
    [
        {},
        {"role": {"eq": "REQUESTS"}, "year": {"eq": 2020}},
        {"agency": {"level": {"eq": "COUNTY"}}},
        {"or": [{"year": {"gte": 2021}}, {"kind": {"eq": "ANNUAL_REPORT"}}]},
    ],
    ids=["alone", "role and year", "level", "either"],
)
@pytest.mark.parametrize("search", [COMMON, "依申请 公开", "无此一说"])
@pytest.mark.parametrize("end", ["first", "last"])
def test_a_search_reads_the_index_of_pairs_in_its_order_whatever_the_filter(
    search: str, end: str, where: dict[str, Any], name: str, library_settings: Settings
) -> None:
    asked = Search.of(search)
    plan = search_plan(LISTINGS[name], asked, {end: 5, "where": where}, Wanted({"_id": 1}, total=True), BOUNDS)
    chosen = chosen_by(plan, pairs_of(asked.alternatives[0])[:1])
    (command,) = page_commands(chosen)
    assert isinstance(command, Find)

    used = explained(library_settings, command)

    assert {"IXSCAN", "gongkai_grams"} <= used
    assert not used & {"COLLSCAN", "SORT"}
    assert count_command(chosen, 100_000) == Count(name, chosen.match, Limits().search_count, "grams")


@both
@pytest.mark.parametrize(
    ("where", "index"),
    [
        ({"agency": {"name": {"eq": "无此机关"}}}, "gongkai_agency"),
        ({"agency": {"region": {"county": {"eq": "无此县"}}}}, "gongkai_agency"),
    ],
    ids=["agency", "county"],
)
def test_a_search_within_one_agency_or_place_may_read_the_index_of_places(
    where: dict[str, Any], index: str, name: str, library_settings: Settings
) -> None:
    asked = Search.of(COMMON)
    plan = search_plan(LISTINGS[name], asked, {"first": 5, "where": where}, Wanted({"_id": 1}), BOUNDS)
    (command,) = page_commands(chosen_by(plan, pairs_of(asked.alternatives[0])[:1]))
    assert isinstance(command, Find)

    used = explained(library_settings, command)

    assert index in used
    assert "COLLSCAN" not in used


def explained(settings: Settings, command: Find) -> set[str]:
    """The names of the stages and indexes of the plan that the server chooses."""
    with MongoClient[Document](settings.mongodb_uri) as client:
        cursor = client[settings.database][command.collection].find(dict(command.where), dict(command.projection))
        cursor = cursor.sort(list(command.sort)).limit(command.limit)
        cursor = cursor.hint(f"gongkai_{command.hint}") if command.hint else cursor
        return set(names_in(cursor.explain()["queryPlanner"]["winningPlan"]))


def names_in(plan: Any) -> Iterator[str]:
    if isinstance(plan, dict):
        yield from (plan[key] for key in ("stage", "indexName") if isinstance(plan.get(key), str))
        for inner in plan.values():
            yield from names_in(inner)


async def test_a_report_finds_its_passages_as_all_passages_are_searched(
    searching: Engine, library: list[Document]
) -> None:
    query = """query($agency: String, $year: Int, $search: String!) {
      report(agency: $agency, year: $year) {
        passages(search: $search) { text }
        passageHits(search: $search) { score highlights { field start end } passage { text } } } }"""
    report = next(item for item in library if item["agency"]["name"] and item["year"] and item["passages"])
    variables = {"agency": report["agency"]["name"], "year": report["year"], "search": "公開　“信 息”"}

    answer = await searching.execute(GraphQLRequest(query, variables))

    assert isinstance(answer.data, dict)
    found = answer.data["report"]["passages"]
    assert sorted(item["text"] for item in found) == oracle(passage_rows(report), "公开", "信息")
    hits = answer.data["report"]["passageHits"]
    assert [hit["passage"] for hit in hits] == found
    assert all(hit["highlights"] and hit["score"] > 0 for hit in hits)
