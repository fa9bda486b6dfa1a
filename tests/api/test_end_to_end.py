"""The whole path as a user goes it: report files in, a real server, figures and passages out over HTTP."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from pymongo import MongoClient

from tests.shared import IS_THERE, REPORTS

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "loaders" / "samples"
COMMAND = Path(sys.executable).with_name("gongkai")

REVIEW = "upheld corrected other pending total"
OWNERS = f"""{{
  xiamen: report(agency: "厦门市行政审批管理局", year: 2020) {{
    requests {{ outcomes {{ unavailable {{ notHeld {{ total }} }} }} }}
  }}
  zhangping: report(agency: "漳平市人民政府", year: 2020) {{
    reviewAndLitigation {{
      reconsideration {{ {REVIEW} }}
      directLitigation {{ {REVIEW} }}
      litigationAfterReconsideration {{ {REVIEW} }}
    }}
    checks(status: FAIL, rule: "R2") {{ subject left right operands {{ path }} }}
    section(role: PROBLEMS_AND_IMPROVEMENTS) {{ ordinal text }}
  }}
  jinan: report(agency: "济南市行政审批服务局", year: 2020) {{
    cells(form: "requests", status: AMBIGUOUS) {{ path value text }}
  }}
  yuanmou: report(agency: "元谋县行政审批局", year: 2018) {{ periodEnd }}
  haicang: report(agency: "厦门市海沧区人民政府", year: 2019, kind: WORK_POINTS_STATUS) {{ kind }}
}}"""


@pytest.fixture(scope="module")
def address(mongodb_uri: str) -> Iterator[str]:
    """The address of a server that has the samples, and the owner's reports where they are."""
    name = f"test_end_to_end_{os.getpid()}"
    environment = {**os.environ, "MONGODB_URI": mongodb_uri, "GONGKAI_DATABASE": name}
    folders = [SAMPLES, *([REPORTS] if IS_THERE else [])]
    subprocess.run([COMMAND, "load", "--samples", *folders], env=environment, check=True, timeout=120)
    server = subprocess.Popen(
        [COMMAND, "serve", "--port", "0"], env=environment, stdout=subprocess.PIPE, encoding="utf-8"
    )
    try:
        assert server.stdout is not None
        found = re.search(r"http://[\d.:]+", server.stdout.readline())
        assert found
        yield found[0]
    finally:
        server.terminate()
        server.wait(20)
        if server.stdout is not None:
            server.stdout.close()
        with MongoClient[dict[str, object]](mongodb_uri) as client:
            client.drop_database(name)


def asked(address: str, query: str) -> Any:
    answer = httpx.post(f"{address}/graphql", json={"query": query}, timeout=30).json()
    assert "errors" not in answer, answer["errors"]
    return answer["data"]


def test_the_server_says_that_it_lives_and_is_ready(address: str) -> None:
    assert httpx.get(f"{address}/healthz").status_code == 200
    assert httpx.get(f"{address}/readyz").status_code == 200


def test_a_failed_sum_shows_both_sides_and_the_cells_it_compares(address: str) -> None:
    query = """{ report(agency: "澜川市住房和城乡建设局", year: 2020) {
      failing: checks(status: FAIL, rule: "R2") {
        subject left right difference operands { path cell { text } } messageZh }
      passing: checks(status: PASS, rule: "R1") { subject }
    } }"""

    report = asked(address, query)["report"]

    by_subject = {check["subject"]: check for check in report["failing"]}
    assert by_subject.keys() == {"naturalPerson", "total"}
    assert (by_subject["total"]["left"], by_subject["total"]["right"]) == (125, 128)
    assert "requests.outcomes.granted.total" in [operand["path"] for operand in by_subject["total"]["operands"]]
    assert len(report["passing"]) == 7


def test_a_nested_figure_filters_reports_and_a_cursor_turns_the_page(address: str) -> None:
    page = """{ reports(first: 2, %s where: {
        agency: {region: {county: {eq: "青岚县"}}}, requests: {received: {total: {gte: 10}}}
      }, orderBy: [{path: YEAR, direction: ASC}]) {
      totalCount nodes { year agency { name } requests { received { total } } } pageInfo { hasNextPage endCursor }
    } }"""
    first = asked(address, page % "")["reports"]
    second = asked(address, page % f'after: "{first["pageInfo"]["endCursor"]}",')["reports"]

    nodes = first["nodes"] + second["nodes"]
    assert first["totalCount"] == second["totalCount"] >= 4
    assert [node["year"] for node in nodes] == sorted(node["year"] for node in nodes)
    assert all(node["requests"]["received"]["total"] >= 10 for node in nodes)
    assert len({(node["year"], node["agency"]["name"]) for node in nodes}) == len(nodes) == 4


def test_every_span_that_graphql_gives_quotes_the_raw_text(address: str) -> None:
    query = """{ report(agency: "青岚县人民政府", year: 2020) {
      rawText
      passages { text start end } statistics { text start end } cells(status: REPORTED) { text start end }
    } }"""

    report = asked(address, query)["report"]

    for part in ("statistics", "cells"):
        assert report[part]
        assert all(report["rawText"][item["start"] : item["end"]].strip() == item["text"] for item in report[part])


@pytest.mark.shared
def test_the_owners_reports_answer_as_they_are_printed(address: str) -> None:
    data = asked(address, OWNERS)

    assert data["xiamen"]["requests"]["outcomes"]["unavailable"]["notHeld"]["total"] == 13
    review = data["zhangping"]["reviewAndLitigation"]
    assert review["reconsideration"] == {"upheld": 0, "corrected": 1, "other": 0, "pending": 0, "total": 1}
    assert {
        value for group in ("directLitigation", "litigationAfterReconsideration") for value in review[group].values()
    } == {0}
    failed = {check["subject"]: check for check in data["zhangping"]["checks"]}
    assert (failed["total"]["left"], failed["total"]["right"]) == (25, 28)
    compared = {operand["path"] for operand in failed["total"]["operands"]}
    assert {"requests.outcomes.granted.total", "requests.outcomes.total.total"} <= compared
    assert data["zhangping"]["section"]["ordinal"] == "五"
    assert len(data["zhangping"]["section"]["text"]) > 200
    assert data["jinan"]["cells"]
    assert all(cell["value"] is None for cell in data["jinan"]["cells"])
    assert data["yuanmou"]["periodEnd"] == "2018-11-20"
    assert data["haicang"]["kind"] == "WORK_POINTS_STATUS"
