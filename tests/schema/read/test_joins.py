"""What is read from elsewhere: the neighbouring years, older texts, agencies; each once for all objects."""

from datetime import UTC, datetime
from typing import Any

import pytest

from loaders.document import Document
from loaders.store import reports as store
from loaders.store.database import Database
from schema.engine import Engine, GraphQLRequest
from schema.types.global_ids import global_id
from tests.documents import report_document
from tests.recording import RecordingDatabase

REVISIONS = """
query($id: ID!) {
  report(id: $id) {
    id rawText
    revisions { revision source { sha256 } report { id rawText passages { id } } }
    supersedes { id supersedes { id supersedes { id } statistics { id clause whole { id } passage { text } } } }
  }
}
"""


def data_of(answer: Any) -> Any:
    assert answer.errors == []
    return answer.data


def text(seed: int, note: str) -> Document:
    """One report whose text differs by a note, so that it is stored as another revision."""
    document = report_document(seed, agency="白石县水利局", year=2022)
    raw = document["rawText"] + note
    return {**document, "rawText": raw, "source": {**document["source"], "sha256": note.ljust(64, "0")}}


@pytest.mark.parametrize("compile_plans", [True, False])
async def test_older_texts_of_a_report_stay_readable(*, compile_plans: bool, database: Database) -> None:
    await store.prepare(database)
    for note in ("a", "b", "c"):
        await store.store(database, text(1, note), now=datetime(2025, 1, 1, tzinfo=UTC))
    engine = Engine(database, compile_plans=compile_plans)
    key = text(1, "a")["_id"]

    report = data_of(await engine.execute(GraphQLRequest(REVISIONS, {"id": global_id("Report", key)})))["report"]

    assert report["rawText"].endswith("c")
    assert [older["revision"] for older in report["revisions"]] == [1, 2]
    assert [older["report"]["rawText"][-1] for older in report["revisions"]] == ["a", "b"]
    first, second = (older["report"]["id"] for older in report["revisions"])
    assert report["supersedes"]["id"] == second
    assert report["supersedes"]["supersedes"]["id"] == first
    assert report["supersedes"]["supersedes"]["supersedes"] is None
    figure = report["supersedes"]["supersedes"]["statistics"][1]
    assert figure["clause"] in figure["passage"]["text"]
    assert figure["whole"] == {"id": global_id("Statistic", f"{key}@1", 0)}
    older = report["revisions"][0]["report"]["id"]
    found = await engine.execute(
        GraphQLRequest("query($id: ID!) { node(id: $id) { id ... on Report { rawText } } }", {"id": older})
    )
    assert data_of(found)["node"] == {"id": older, "rawText": report["revisions"][0]["report"]["rawText"]}


async def test_neighbouring_years_are_read_once_for_all_reports(engine: Engine, stocked: RecordingDatabase) -> None:
    query = """{ reports(first: 40) {
      nodes { year agency { name } previousYear { year agency { name } } nextYear { year } }
    } }"""
    found = data_of(await engine.execute(GraphQLRequest(query)))["reports"]["nodes"]

    assert len(stocked.sent) == 3
    by_key = {(report["agency"]["name"], report["year"]) for report in found}
    for report in found:
        name, year = report["agency"]["name"], report["year"]
        before = {"year": year - 1, "agency": {"name": name}} if (name, year - 1) in by_key else None
        assert report["previousYear"] == before
        assert report["nextYear"] == ({"year": year + 1} if (name, year + 1) in by_key else None)


async def test_one_object_selected_twice_keeps_both_selections(engine: Engine) -> None:
    query = """{ reports(first: 40) {
      nodes { year previousYear { title } } edges { node { year previousYear { year } } }
    } }"""
    found = data_of(await engine.execute(GraphQLRequest(query)))["reports"]

    for node, edge in zip(found["nodes"], found["edges"], strict=True):
        if node["previousYear"]:
            assert node["previousYear"].keys() == {"title"}
            assert edge["node"]["previousYear"] == {"year": node["year"] - 1}
    assert any(node["previousYear"] for node in found["nodes"])


async def test_an_agency_without_a_name_has_an_id_and_no_reports_of_its_own(database: Database) -> None:
    await store.prepare(database)
    document = report_document(3, year=2022)
    document["agency"]["name"] = None
    await store.store(database, {**document, "_id": "runnamed"})
    engine = Engine(database)
    query = "{ reports { nodes { agency { id name years level reports { totalCount nodes { year } } } } } }"

    agency = data_of(await engine.execute(GraphQLRequest(query)))["reports"]["nodes"][0]["agency"]
    again = await engine.execute(
        GraphQLRequest("query($id: ID!) { node(id: $id) { id ... on Agency { level years } } }", {"id": agency["id"]})
    )

    assert agency["years"] == []
    assert agency["reports"] == {"totalCount": 0, "nodes": []}
    assert data_of(again)["node"] == {"id": agency["id"], "level": agency["level"], "years": []}


async def test_a_passage_of_a_list_is_the_passage_of_its_report(engine: Engine) -> None:
    rows = "{ passages(first: 5) { nodes { id role text section { id } report { id } } } }"
    listed = data_of(await engine.execute(GraphQLRequest(rows)))["passages"]["nodes"]
    for passage in listed:
        query = """query($id: ID!, $report: ID!) {
          node(id: $id) { ... on Passage { id role text section { id } report { id } } }
          report(id: $report) { passages { id role text section { id } report { id } } }
        }"""
        found = data_of(
            await engine.execute(GraphQLRequest(query, {"id": passage["id"], "report": passage["report"]["id"]}))
        )
        assert found["node"] == passage
        assert passage in found["report"]["passages"]
