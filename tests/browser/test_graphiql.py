"""GraphiQL as a reader meets it: `gongkai demo` behind it, a real Chromium before it, and the outside shut."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Route, expect
from pymongo import MongoClient

from api.pages.graphiql import GraphiQL, ready_queries

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parents[2]
DEMO = [sys.executable, "-c", "from api.cli import main; main()", "demo"]
NAMES = [name for query in ready_queries() for name in re.findall(r"^query (\w+)", query, flags=re.MULTILINE)]
RESPONSE = ".result-window .CodeMirror"
PATIENCE_MS = 20_000


def announced_address(demo: subprocess.Popen[str]) -> str:
    lines = []
    for line in demo.stdout or ():
        lines.append(line)
        if found := re.search(r"http://127\.0\.0\.1:\d+", line):
            return found[0]
    return pytest.fail("gongkai demo ended before it served:\n" + "".join(lines))


@pytest.fixture(scope="module")
def address(mongodb_uri: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where a demo of its own answers, samples loaded."""
    if not GraphiQL.installed().files:
        pytest.fail("GraphiQL's files are not installed: run `make static`")
    database = f"test_{uuid4().hex}"
    settings = {"MONGODB_URI": mongodb_uri, "GONGKAI_DATABASE": database, "GONGKAI_PORT": "0",
                "GONGKAI_DATA": str(tmp_path_factory.mktemp("data"))}  # fmt: skip
    environment = os.environ | settings | {"PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}
    told = subprocess.STDOUT
    with subprocess.Popen(DEMO, cwd=ROOT, env=environment, text=True, stdout=subprocess.PIPE, stderr=told) as demo:
        yield announced_address(demo)
        demo.terminate()
    with MongoClient[dict[str, object]](mongodb_uri) as client:
        client.drop_database(database)


@dataclass
class Visit:
    """One reader's page, and what went wrong or went out while it was open."""

    page: Page
    address: str
    complaints: list[str] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)

    def watch(self) -> None:
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.route("**/*", self._guard)

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.complaints.append(message.text)

    def _guard(self, route: Route) -> None:
        if route.request.url.startswith(f"{self.address}/"):
            route.continue_()
        else:
            self.outside.append(route.request.url)
            route.abort()

    def open(self, query: str = "") -> None:
        self.page.goto(f"{self.address}/graphql{query}")
        # The explorer lists fields once the schema has come; before, a click races with it.
        expect(self.page.locator(".graphiql-explorer-root")).to_contain_text("report")

    def run(self, *, name: str = "") -> str:
        """Run the open tab's query; the text of the answer. GraphiQL learns a `name` a moment after its tab opens."""
        for _ in range(20):
            with self.page.expect_response(lambda response: response.request.method == "POST") as answered:
                self.page.locator(".graphiql-execute-button").click()
            expect(self.page.locator(RESPONSE)).to_contain_text(re.compile('"(data|errors)"'))
            asked = answered.value.request.post_data_json or {}
            if name in {"", asked.get("operationName")}:
                return answered.value.text()
        return pytest.fail(f"GraphiQL never ran {name}")


@pytest.fixture
def visit(browser: Browser, address: str) -> Iterator[Visit]:
    context = browser.new_context(viewport={"width": 1400, "height": 900})
    context.set_default_timeout(PATIENCE_MS)
    expect.set_options(timeout=PATIENCE_MS)
    visit = Visit(context.new_page(), address)
    visit.watch()
    yield visit
    context.close()
    assert visit.outside == []
    assert visit.complaints == []


def test_the_page_opens_with_the_explorer_and_a_tab_for_each_ready_query(visit: Visit) -> None:
    visit.open()
    expect(visit.page).to_have_title("公开 Gongkai · GraphiQL")
    expect(visit.page.locator(".graphiql-explorer-root")).to_contain_text("report")
    expect(visit.page.locator(".graphiql-tab-button")).to_have_text(NAMES)
    expect(visit.page.locator(".gongkai-logo")).to_have_text("公开Gongkai")


def test_the_first_ready_query_shows_a_chinese_report(visit: Visit) -> None:
    visit.open()
    visit.run()
    expect(visit.page.locator(RESPONSE)).to_contain_text("青岚县人民政府2021年政府信息公开工作年度报告")


@pytest.mark.parametrize("name", NAMES)
def test_each_ready_query_answers_with_something(visit: Visit, name: str) -> None:
    visit.open()
    visit.page.get_by_role("tab", name=name).click()
    answer = json.loads(visit.run(name=name))
    assert "errors" not in answer
    for found in answer["data"].values():
        assert found.get("nodes", True) if isinstance(found, dict) else found


def test_the_explorer_adds_a_field_to_the_query(visit: Visit) -> None:
    visit.open()
    visit.page.locator(".graphiql-explorer-root").get_by_text("publishedOn", exact=True).first.click()
    expect(visit.page.locator(".graphiql-query-editor .CodeMirror")).to_contain_text("publishedOn")


def test_the_keyboard_alone_runs_a_query(visit: Visit) -> None:
    visit.open()
    visit.page.locator(".graphiql-query-editor .CodeMirror").click()
    visit.page.keyboard.press("Control+Enter")
    expect(visit.page.locator(RESPONSE)).to_contain_text('"data"')


def test_a_link_opens_its_query_and_an_error_is_shown(visit: Visit) -> None:
    visit.open("?query=%7B%20nothing%20%7D")
    answer = json.loads(visit.run())
    expect(visit.page.locator(RESPONSE)).to_contain_text(answer["errors"][0]["extensions"]["code"])


def test_the_documentation_carries_the_official_labels(visit: Visit) -> None:
    visit.open()
    visit.page.get_by_label("Show Documentation Explorer").click()
    documentation = visit.page.locator(".graphiql-doc-explorer")
    for name in ("Query", "Report", "Requests", "RequestsRow"):
        documentation.get_by_text(name, exact=True).first.click()
    expect(documentation).to_contain_text("自然人")


def test_there_is_nowhere_to_type_a_header_that_would_stay_behind(visit: Visit) -> None:
    visit.open()
    expect(visit.page.get_by_role("button", name="Variables")).to_be_visible()
    expect(visit.page.get_by_role("button", name="Headers")).to_have_count(0)
    assert visit.page.evaluate("localStorage.getItem('graphiql:shouldPersistHeaders')") in {None, "false"}
