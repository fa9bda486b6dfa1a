"""A page from another port asks the API, as somebody's own page does: a real Chromium decides what it may read."""

import csv
import json
import threading
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.sample_server import samples_loaded, served

pytestmark = pytest.mark.browser

PAGE = "<!doctype html><meta charset='utf-8'><title>elsewhere</title>"
QUERY = '{ report(agency: "青岚县人民政府", year: 2021) { title } }'
TITLE = "青岚县人民政府2021年政府信息公开工作年度报告"
AS_JSON = {"Content-Type": "application/json", "Accept": "application/json"}

READ = """async ([address, options]) => {
  try {
    const answer = await fetch(address, options);
    return { status: answer.status, text: await answer.text(), headers: Object.fromEntries(answer.headers) };
  } catch (fault) {
    return { blocked: String(fault) };
  }
}"""


class ElsewhereHandler(BaseHTTPRequestHandler):
    """Gives the page."""

    def do_GET(self) -> None:
        """Answer with the page, whatever is asked for."""
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(PAGE.encode())

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@dataclass
class Servers:
    """The API by what its setting says, and the other origin."""

    elsewhere: str
    open: str
    closed: str
    narrow: str


@pytest.fixture(scope="module")
def servers(mongodb_uri: str) -> Iterator[Servers]:
    """Three servers of the API over the same samples, and one of the page."""
    with ThreadingHTTPServer(("127.0.0.1", 0), ElsewhereHandler) as other, ExitStack() as stack:
        threading.Thread(target=other.serve_forever).start()
        stack.callback(other.shutdown)
        elsewhere = f"http://127.0.0.1:{other.server_port}"
        environment = stack.enter_context(samples_loaded(mongodb_uri))
        found = [
            stack.enter_context(served(environment | {"GONGKAI_ORIGINS": origins}))
            for origins in ("*", "https://data.example.org", elsewhere)
        ]
        yield Servers(elsewhere, *found)


@pytest.fixture
def elsewhere(browser: Browser, servers: Servers) -> Iterator[Page]:
    """A page of the other origin, opened."""
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(servers.elsewhere)
        yield page


def read(page: Page, address: str, **options: Any) -> dict[str, Any]:
    found: dict[str, Any] = page.evaluate(READ, [address, options])
    return found


def by_post(page: Page, server: str) -> dict[str, Any]:
    return read(page, f"{server}/graphql", method="POST", headers=AS_JSON, body=json.dumps({"query": QUERY}))


def by_get(page: Page, server: str) -> dict[str, Any]:
    return read(page, f"{server}/graphql?query={QUERY}")


def by_export(page: Page, server: str) -> dict[str, Any]:
    return read(page, f"{server}/export/reports.csv?fields=title,year")


def by_posted_export(page: Page, server: str) -> dict[str, Any]:
    body = json.dumps({"fields": ["title", "year"]})
    return read(page, f"{server}/export/reports.csv", method="POST", headers=AS_JSON, body=body)


WAYS = [by_post, by_get, by_export, by_posted_export]


def title_of(answer: dict[str, Any]) -> str:
    title: str = json.loads(answer["text"])["data"]["report"]["title"]
    return title


@pytest.mark.parametrize("server", ["open", "narrow"])
def test_a_page_of_an_origin_that_may_read_reads_answers_and_exports(
    elsewhere: Page, servers: Servers, server: str
) -> None:
    address = getattr(servers, server)
    for answer in (by_post(elsewhere, address), by_get(elsewhere, address)):
        assert title_of(answer) == TITLE
        assert "execute;dur=" in answer["headers"]["server-timing"]
    for answer in (by_export(elsewhere, address), by_posted_export(elsewhere, address)):
        rows = list(csv.DictReader(answer["text"].removeprefix("\ufeff").splitlines()))
        assert {"title": TITLE, "year": "2021"}.items() <= next(row for row in rows if row["title"] == TITLE).items()
        assert "gongkai-reports.csv" in answer["headers"]["content-disposition"]


@pytest.mark.parametrize("way", WAYS)
def test_a_page_of_another_origin_reads_nothing(elsewhere: Page, servers: Servers, way: Any) -> None:
    assert "Failed to fetch" in way(elsewhere, servers.closed)["blocked"]


def test_a_page_reads_the_errors_as_well(elsewhere: Page, servers: Servers) -> None:
    asked = {"method": "POST", "headers": AS_JSON}
    for answer, status, code in (
        (read(elsewhere, f"{servers.open}/graphql", **asked, body="{"), 400, "BAD_JSON"),
        (read(elsewhere, f"{servers.open}/export/report.csv"), 404, "UNKNOWN_EXPORT"),
    ):
        assert answer["status"] == status
        assert json.loads(answer["text"])["errors"][0]["extensions"]["code"] == code


def test_a_page_reads_neither_graphiql_nor_the_probes_nor_with_credentials(elsewhere: Page, servers: Servers) -> None:
    for blocked in (
        read(elsewhere, f"{servers.open}/graphql", headers={"Accept": "text/html"}),
        read(elsewhere, f"{servers.open}/healthz"),
        read(elsewhere, f"{servers.open}/graphql/static/page.css"),
        read(elsewhere, f"{servers.open}/graphql?query={QUERY}", credentials="include"),
        read(elsewhere, f"{servers.open}/graphql?query={QUERY}", headers={"Authorization": "Bearer x"}),
        read(elsewhere, f"{servers.open}/graphql", method="DELETE"),
    ):
        assert "Failed to fetch" in blocked["blocked"]


def test_a_page_that_was_opened_as_a_file_reads_where_any_origin_may(
    browser: Browser, servers: Servers, tmp_path: Path
) -> None:
    (tmp_path / "page.html").write_text(PAGE, encoding="utf-8")
    with browser.new_context() as context:
        page = context.new_page()
        page.goto((tmp_path / "page.html").as_uri())
        assert page.evaluate("self.origin") == "null"
        assert title_of(by_post(page, servers.open)) == TITLE
        for closed in (servers.closed, servers.narrow):
            assert "Failed to fetch" in by_post(page, closed)["blocked"]
