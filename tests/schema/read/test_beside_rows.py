"""What rows are asked for beside themselves: read once for a page, and never from another text of their report."""

from typing import Any

import pytest

from loaders.document import Document
from loaders.store import reports as store
from loaders.store.database import Database, Update
from schema.engine import Engine, GraphQLRequest
from tests.documents import report_document
from tests.recording import RecordingDatabase

QUERY = """{
  statistics(first: 40) { nodes { index clause whole { index } parts { index } passage { text } section { title } } }
  passages(first: 40) { nodes { text section { title text } statistics { index } } }
}"""


async def asked(database: Database, query: str = QUERY) -> Any:
    answer = await Engine(database).execute(GraphQLRequest(query))
    assert answer.errors == []
    return answer.data


@pytest.fixture
async def stored(database: Database) -> Document:
    """One report, stored with its rows."""
    await store.prepare(database)
    report = report_document(1, year=2022)
    await store.store(database, report)
    return report


async def changed(database: Database, report: Document, **values: Any) -> None:
    """Store a report anew between the two reads, as far as these see it."""
    await database.transact([Update("reports", {"_id": report["_id"]}, values)], deadline_ms=5_000)


async def test_rows_lead_to_what_stands_beside_them(database: Database, stored: Document) -> None:
    found = await asked(database)

    figures = sorted(found["statistics"]["nodes"], key=lambda figure: figure["index"])
    assert figures[1]["whole"] == {"index": 0}
    assert figures[0]["parts"] == [{"index": 1}, {"index": 2}]
    assert len(found["passages"]["nodes"]) == len(stored["passages"])
    assert all(passage["text"] in passage["section"]["text"] for passage in found["passages"]["nodes"])


async def test_a_row_of_another_text_of_the_report_leads_nowhere(database: Database, stored: Document) -> None:
    later = [{**one, "start": one["start"] + 1} for one in stored["statistics"]]
    await changed(database, stored, statistics=later, passages=stored["passages"][:3])

    found = await asked(database)

    for figure in found["statistics"]["nodes"]:
        assert figure.pop("clause")
        assert {key: value for key, value in figure.items() if value} == (
            {"index": figure["index"]} if figure["index"] else {}
        )
    known = {passage["text"] for passage in found["passages"]["nodes"] if passage["section"]}
    assert known == {passage["text"] for passage in stored["passages"][:3]}


async def test_all_rows_of_a_page_read_their_reports_once(stocked: RecordingDatabase) -> None:
    await asked(stocked, "{ statistics(first: 50) { nodes { whole { parts { passage { section { title } } } } } } }")

    assert sorted(str(command.get("find")) for command in stocked.sent) == ["reports", "statistics"]


async def test_rows_that_are_asked_for_themselves_alone_read_no_report(stocked: RecordingDatabase) -> None:
    await asked(stocked, "{ statistics(first: 50) { nodes { id index clause subject role } } }")

    assert [command.get("find") for command in stocked.sent] == ["statistics"]
