"""What the index over all figures costs a load, and what it gives queries that ask about a figure alone.

The summaries of the same generated reports are stored twice, without and with it, by plain inserts: a load, which
parses and derives too, feels far less of the cost. Every figure is a median.
"""

import statistics
import time
from collections.abc import Sequence
from typing import Any

from pymongo import MongoClient

from api.mongo.driver import connect
from api.settings import Settings
from loaders.document import Document, get
from loaders.forms import FORMS
from loaders.store.collections import indexes_for
from loaders.store.database import Index
from loaders.store.derived_rows import SUMMARIES, summary_rows
from schema.engine import Engine, GraphQLRequest
from tests.documents import report_document

FIGURE = "requests.received.total"
FIGURES = "figures"
BATCH, ROUNDS, PARAGRAPHS = 100, 5, 10
YEARS = range(2019, 2025)
FOUND = "query($n: Int) { reports(where: {requests: {received: {total: {gte: $n}}}}, first: 20) { %s } }"
RANKED = (
    "{ reports(%s orderBy: [{figure: REQUESTS_RECEIVED_TOTAL, direction: DESC}], first: 20) { nodes { title year } } }"
)
QUERIES = {
    "few found, first 20": FOUND % "nodes { title year }",
    "few found, count": FOUND % "totalCount",
    "ranked, first 20": RANKED % "",
    "ranked within a year": RANKED % "where: {year: {eq: 2020}}",
}


async def table(settings: Settings, count: int) -> str:
    """The figures as Markdown, for so many reports in an empty database."""
    documents = [
        row
        for number in range(count)
        for row in summary_rows(
            report_document(number, year=YEARS[number % len(YEARS)], agency=f"第{number}号机关", paragraphs=PARAGRAPHS)
        )
    ]
    known = sorted(value for document in documents if (value := get(document, FIGURE)) is not None)
    threshold = known[-max(1, count // 200)]
    every = indexes_for(SUMMARIES, FORMS)
    rows = [
        await _row(settings, documents, threshold, indexes)
        for indexes in ([index for index in every if index.name != FIGURES], every)
    ]
    columns = ("index over figures", "inserted reports/s", "its KB a report", *(f"{name}, ms" for name in QUERIES))
    return "\n".join([f"{count:,} reports\n", _line(columns), _line(["---"] * len(columns)), *rows, ""])


async def _row(settings: Settings, documents: Sequence[Document], threshold: int, indexes: Sequence[Index]) -> str:
    with MongoClient[Document](settings.mongodb_uri) as client:
        stored = client[settings.database]
        stored.drop_collection(SUMMARIES)
        async with connect(settings) as database:
            await database.ensure(SUMMARIES, validator={}, indexes=indexes)
            rate = _inserted(stored[SUMMARIES], documents)
            client.admin.command("fsync")  # sizes are those of what is on disk
            size = stored.command("collStats", SUMMARIES)["indexSizes"].get(f"gongkai_{FIGURES}", 0)
            times = [await _asked(Engine(database), query, threshold) for query in QUERIES.values()]
    return _line(
        [
            "with" if size else "without",
            f"{rate:,.0f}",
            f"{size / len(documents) / 1_000:.1f}",
            *(f"{one:,.1f}" for one in times),
        ]
    )


def _inserted(collection: Any, documents: Sequence[Document]) -> float:
    began = time.perf_counter()
    for start in range(0, len(documents), BATCH):
        collection.insert_many(documents[start : start + BATCH], ordered=False)
    return len(documents) / (time.perf_counter() - began)


async def _asked(engine: Engine, query: str, threshold: int) -> float:
    times = []
    for _ in range(ROUNDS + 1):  # the first fills caches
        began = time.perf_counter()
        answer = await engine.execute(GraphQLRequest(query, {"n": threshold}))
        if answer.errors:
            raise SystemExit(f"a query failed: {answer.errors}")
        times.append((time.perf_counter() - began) * 1_000)
    return statistics.median(times[1:])


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
