"""From figure to whole, parts, passage and section, from section to section: held against plain Python, both ways.

The rows of the root lists, the lists of a report and `node` must lead to the same.
"""

from collections.abc import AsyncIterator, Iterator
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from loaders.document import Document
from schema.engine import Engine, GraphQLRequest, Limits
from schema.types.global_ids import global_id
from tests.schema.cases import stocked
from tests.worlds import world

STOCK = world(1)
REPORTS = {report["_id"]: report for report in STOCK}

FIGURE = """fragment Figure on Statistic { id index clause
  whole { id parts { id } section { id } } parts { id breakdown whole { id } } cell { path status }
  passage { id statistics { id } section { id parent { id } children { id } } }
  section { id title passages(deep: false) { id } statistics { id } } }"""
PASSAGE = """fragment Passage on Passage { id section { id } statistics { id index } }"""
SECTION = """fragment Section on Section { id parent { id } children { id } text
  passages { id } own: passages(deep: false) { id } statistics { id } stated: statistics(deep: false) { id } }"""


def named(kind: str, report: Document, key: Any) -> Document:
    return {"id": global_id(kind, report["_id"], key)}


def sections_below(report: Document, id_: str) -> set[str]:
    found = {id_}
    for _ in report["sections"]:
        found |= {section["id"] for section in report["sections"] if section["parent"] in found}
    return found


def section_of(report: Document, item: Document) -> Document | None:
    return next((section for section in report["sections"] if section["id"] == item["section"]), None)


def ids(kind: str, report: Document, items: Any) -> list[Document]:
    return [named(kind, report, key) for key in items]


def figures(report: Document, key: str, wanted: Any) -> list[Document]:
    """The figures that have something at a key, by their places."""
    return ids("Statistic", report, _places(report, key, wanted))


def _places(report: Document, key: str, wanted: Any) -> list[int]:
    return [place for place, one in enumerate(report["statistics"]) if one.get(key) in wanted]


def passages(report: Document, within: Any) -> list[Document]:
    return ids("Passage", report, [one["id"] for one in report["passages"] if one["section"] in within])


def section(report: Document, one: Document) -> Document:
    below = sections_below(report, one["id"])
    parent = one["parent"]
    return {
        **named("Section", report, one["id"]),
        "parent": parent and named("Section", report, parent),
        "children": ids("Section", report, [s["id"] for s in report["sections"] if s["parent"] == one["id"]]),
        "text": report["rawText"][one["headingEnd"] : one["end"]].strip(),
        "passages": passages(report, below),
        "own": passages(report, {one["id"]}),
        "statistics": figures(report, "section", below),
        "stated": figures(report, "section", {one["id"]}),
    }


def passage(report: Document, one: Document) -> Document:
    found = section_of(report, one)
    return {
        **named("Passage", report, one["id"]),
        "section": found and named("Section", report, found["id"]),
        "statistics": [
            {**named("Statistic", report, place), "index": place} for place in _places(report, "passage", {one["id"]})
        ],
    }


def figure(report: Document, place: int) -> Document:
    one = report["statistics"][place]
    whole, under = one.get("partOf"), section_of(report, one)
    known = whole is not None and whole < len(report["statistics"])
    start, end = one.get("clauseStart"), one.get("clauseEnd")
    cell = next((cell for cell in report["cells"] if cell["path"] == one.get("cell")), None)
    return {
        **named("Statistic", report, place),
        "index": place,
        "clause": None if start is None else report["rawText"][start:end],
        "whole": _whole(report, whole) if known else None,
        "parts": [
            {
                **named("Statistic", report, part),
                "breakdown": report["statistics"][part].get("breakdown"),
                "whole": named("Statistic", report, place),
            }
            for part in _places(report, "partOf", {place})
        ],
        "cell": cell and {"path": cell["path"], "status": cell["status"]},
        "passage": _passage(report, one["passage"]),
        "section": under
        and {
            **named("Section", report, under["id"]),
            "title": under["title"],
            "passages": passages(report, {under["id"]}),
            "statistics": figures(report, "section", sections_below(report, under["id"])),
        },
    }


def _whole(report: Document, place: int) -> Document:
    found = section_of(report, report["statistics"][place])
    return {
        **named("Statistic", report, place),
        "parts": figures(report, "partOf", {place}),
        "section": found and named("Section", report, found["id"]),
    }


def _passage(report: Document, key: str) -> Document:
    one = next(one for one in report["passages"] if one["id"] == key)
    found = section_of(report, one)
    return {
        **named("Passage", report, key),
        "statistics": figures(report, "passage", {key}),
        "section": found and {key: section(report, found)[key] for key in ("id", "parent", "children")},
    }


async def data_of(engine: Engine, query: str, **variables: Any) -> Any:
    answered = await engine.execute(GraphQLRequest(query, variables))
    assert answered.errors == []
    return answered.data


async def nodes_of(engine: Engine, name: str, fragment: str, size: int) -> list[Document]:
    """Every row of a list with what it leads to."""
    kind = fragment.split()[1]
    query = f"""query($after: String) {{ {name}(first: {size}, after: $after) {{
      nodes {{ ...{kind} }} pageInfo {{ hasNextPage endCursor }} }} }} {fragment}"""
    found, after = [], None
    while True:
        page = (await data_of(engine, query, after=after))[name]
        found += page["nodes"]
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            return found


def by_id(items: Any) -> dict[str, Document]:
    return {item["id"]: item for item in items}


ALL_FIGURES = by_id(figure(report, place) for report in STOCK for place in range(len(report["statistics"])))
ALL_PASSAGES = by_id(passage(report, one) for report in STOCK for one in report["passages"])
ALL_SECTIONS = by_id(section(report, one) for report in STOCK for one in report["sections"])


@pytest.fixture
async def engines(mongodb_uri: str, tmp_path: Path) -> AsyncIterator[list[Engine]]:
    """Both ways of executing."""
    async with stocked(mongodb_uri, STOCK, tmp_path) as database:
        yield [Engine(database, compile_plans=way, limits=Limits(cost=10**9)) for way in (True, False)]


def test_the_stock_has_all_that_is_followed() -> None:
    assert any(one["whole"] for one in ALL_FIGURES.values())
    assert any(one["parts"] for one in ALL_FIGURES.values())
    assert any(one["cell"] for one in ALL_FIGURES.values())
    assert any(one["parent"] and one["passages"] for one in ALL_SECTIONS.values())
    assert any("partOf" not in one or "clauseStart" not in one for report in STOCK for one in report["statistics"])


async def test_rows_of_all_reports_lead_to_what_stands_beside_them(engines: list[Engine]) -> None:
    for engine in engines:
        assert by_id(await nodes_of(engine, "statistics", FIGURE, 40)) == ALL_FIGURES
        assert by_id(await nodes_of(engine, "passages", PASSAGE, 100)) == ALL_PASSAGES


async def test_the_lists_of_a_report_lead_to_the_same(engines: list[Engine]) -> None:
    for engine, (key, report) in product(engines, REPORTS.items()):
        asked = "query($id: ID!) { report(id: $id) { statistics { ...Figure } passages { ...Passage } } }"
        found = (await data_of(engine, f"{asked} {FIGURE} {PASSAGE}", id=global_id("Report", key)))["report"]
        places = range(len(report["statistics"]))
        assert found["statistics"] == [figure(report, place) for place in places]
        assert found["passages"] == [passage(report, one) for one in report["passages"]]


async def test_sections_lead_up_and_down(engines: list[Engine]) -> None:
    for engine, (key, report) in product(engines, REPORTS.items()):
        query = f"query($id: ID!) {{ report(id: $id) {{ sections {{ ...Section }} }} }} {SECTION}"
        found = (await data_of(engine, query, id=global_id("Report", key)))["report"]["sections"]
        assert found == [section(report, one) for one in report["sections"]]


def some(items: dict[str, Document]) -> Iterator[tuple[str, Document]]:
    return (pair for number, pair in enumerate(items.items()) if number % 7 == 0)


async def test_each_is_fetched_by_its_id(engines: list[Engine]) -> None:
    wanted = dict((*some(ALL_FIGURES), *some(ALL_PASSAGES), *some(ALL_SECTIONS)))
    parts = "...Figure ...Passage ...Section"
    query = f"query($id: ID!) {{ node(id: $id) {{ {parts} }} }} {FIGURE} {PASSAGE} {SECTION}"
    for engine, (key, one) in product(engines, wanted.items()):
        assert (await data_of(engine, query, id=key))["node"] == one


async def test_a_mention_is_found_by_its_id_from_lists_and_reports_alike(engines: list[Engine]) -> None:
    asked = "id kind value start report { id }"
    for engine in engines:
        listed = (await data_of(engine, f"{{ mentions(first: 50) {{ nodes {{ {asked} }} }} }}"))["mentions"]["nodes"]
        of_report = "{ reports(first: 20) { nodes { mentions { id kind value start } } } }"
        reports = (await data_of(engine, of_report))["reports"]["nodes"]
        held = {one["id"]: one for report in reports for one in report["mentions"]}
        query = f"query($ids: [ID!]!) {{ nodes(ids: $ids) {{ ... on Mention {{ {asked} }} }} }}"
        found = (await data_of(engine, query, ids=[one["id"] for one in listed]))["nodes"]

        assert found == listed
        assert len({one["id"] for one in listed}) == len(listed) > 0
        assert {id_: one["start"] for one in listed if (id_ := one["id"]) in held} == {
            id_: held[id_]["start"] for one in listed if (id_ := one["id"]) in held
        }
