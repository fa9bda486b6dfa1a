"""All cases with their dates, and the documents cited most: the documented queries, on samples and real reports."""

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest
from pymongo import MongoClient

from api.mongo.driver import connect
from api.settings import Settings
from loaders.batch import parse_all
from loaders.file_formats import SUFFIXES
from loaders.file_formats.sources import inventory
from loaders.store import reports as store
from schema.engine import Engine, GraphQLRequest
from tests.documented import PAGES, queries_in
from tests.shared import REPORTS

DOCUMENTED = queries_in((PAGES / "docs" / "queries.md").read_text(encoding="utf-8"))
CASES = next(query for query in DOCUMENTED if "events {" in query)
CITED = next(query for query in DOCUMENTED if "aggregateMentions" in query)


def steps_of(event: dict[str, Any]) -> list[tuple[str, str | None, str | None]]:
    return [(step["step"], step["date"], step["documentNumber"]) for step in event["steps"]]


def test_the_case_of_the_samples_is_told_with_its_dates(address: str) -> None:
    found = httpx.post(address, json={"query": CASES}, timeout=30).json()["data"]["reports"]

    (report,) = found["nodes"]
    (event,) = report["events"]
    assert report["title"] == "青岚县人民政府2022年政府信息公开工作年度报告"
    assert (event["kind"], event["outcome"]) == ("RECONSIDERATION", "REVOKED")
    assert steps_of(event) == [
        ("APPLIED", "2022-03-04", None),
        ("ANSWERED", "2022-03-18", "青岚教函〔2022〕6号"),
        ("FILED", "2022-04-20", None),
        ("DECIDED", "2022-06-17", "青岚政复决〔2022〕4号"),
        ("ANSWERED_ANEW", "2022-07-01", None),
    ]
    assert event["passage"]["text"].endswith("予以公开。")


def test_the_documents_that_the_samples_cite_are_ranked(address: str) -> None:
    found = httpx.post(address, json={"query": CITED}, timeout=30).json()["data"]

    cited = [(bucket["keys"][0]["value"], bucket["count"]) for bucket in found["mostCited"]]
    assert cited[0] == ("中华人民共和国政府信息公开条例", 12)
    assert [count for _, count in cited] == sorted((count for _, count in cited), reverse=True)
    numbers = [node["value"] for node in found["mentions"]["nodes"]]
    assert numbers == sorted(numbers)
    assert {"国办公开办函〔2019〕60号", "国办公开办函〔2021〕30号"} < set(numbers)


async def answered(settings: Settings, paths: Sequence[Path], query: str) -> Any:
    async with connect(settings) as database:
        await store.prepare(database)
        for outcome in parse_all(inventory(paths, suffixes=SUFFIXES).entries, jobs=1):
            assert outcome.document
            await store.store(database, outcome.document)
        return (await Engine(database).execute(GraphQLRequest(query))).data


@pytest.mark.shared
def test_the_case_of_a_real_report_is_told_with_its_dates(mongodb_uri: str, tmp_path: Path) -> None:
    settings = Settings(mongodb_uri=mongodb_uri, database=f"test_mentions_{uuid4().hex[:12]}", data=tmp_path)
    try:
        found = asyncio.run(answered(settings, sorted(REPORTS.glob("00[01]_*")), CASES))
    finally:
        with MongoClient[dict[str, object]](mongodb_uri) as client:
            client.drop_database(settings.database)

    (event,) = found["reports"]["nodes"][0]["events"]
    assert found["reports"]["totalCount"] == 1
    assert (event["kind"], event["outcome"]) == ("RECONSIDERATION", "REVOKED")
    assert steps_of(event) == [
        ("APPLIED", "2020-04-23", None),
        ("NOTIFIED", "2020-05-18", "〔2020〕第002号"),
        ("FILED", "2020-06-10", None),
        ("DECIDED", "2020-08-13", "龙林复决字〔2020〕2号"),
        ("ANSWERED_ANEW", "2020-09-10", "〔2020〕第004号"),
    ]
