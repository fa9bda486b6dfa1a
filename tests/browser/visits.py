"""What the page tests share: a server that is really started and stopped, and one reader's page in a real browser."""

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, Route, ViewportSize, expect

from api.http.graphiql import ready_queries

ROOT = Path(__file__).parents[2]
GONGKAI = [sys.executable, "-c", "from api.cli import main; main()"]
NAMES = [name for query in ready_queries() for name in re.findall(r"^query (\w+)", query, flags=re.MULTILINE)]
TITLES = [query.splitlines()[0].removeprefix("# ") for query in ready_queries()]
PATIENCE_MS = 20_000
UNREACHED = re.compile(r"Failed to load resource")  # the browser's own line for a request that fails


@dataclass(frozen=True)
class Server:
    """A command that serves, and where it answers."""

    process: subprocess.Popen[str]
    address: str


@contextmanager
def serving(command: str, settings: dict[str, str]) -> Iterator[Server]:
    """`gongkai demo` or `gongkai serve` in a process of its own, until it is stopped or the block ends."""
    environment = os.environ | settings | {"PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(
        [*GONGKAI, command], cwd=ROOT, env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    ) as process:
        try:
            yield Server(process, announced_address(process))
        finally:
            process.terminate()


def announced_address(process: subprocess.Popen[str]) -> str:
    lines = []
    for line in process.stdout or ():
        lines.append(line)
        if found := re.search(r"http://127\.0\.0\.1:\d+", line):
            return found[0]
    return pytest.fail("gongkai ended before it served:\n" + "".join(lines))


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

    def expect_failing_requests(self) -> None:
        """The browser complains of requests that fail; of nothing else may it complain."""
        self.complaints[:] = [words for words in self.complaints if not UNREACHED.match(words)]

    def open(self, query: str = "") -> None:
        self.page.goto(f"{self.address}/graphql{query}")
        # The explorer lists fields once the schema has come; before, a click races with it.
        expect(self.page.locator(".graphiql-explorer-root")).to_contain_text("report")

    def open_narrow(self, query: str = "") -> None:
        """Without the explorer, which is folded away there."""
        with self.page.expect_response(lambda response: "__schema" in (response.request.post_data or "")):
            self.page.goto(f"{self.address}/graphql{query}")
        expect(self.editor).to_be_visible()

    @property
    def screen(self) -> ViewportSize:
        return self.page.viewport_size or ViewportSize(width=0, height=0)

    @property
    def editor(self) -> Locator:
        return self.page.locator(".graphiql-query-editor .CodeMirror")

    @property
    def result(self) -> Locator:
        return self.page.locator(".result-window .CodeMirror")

    @property
    def notice(self) -> Locator:
        return self.page.locator("#notices")

    @property
    def focused(self) -> str:
        """Which part of the page has the focus."""
        place = "document.activeElement.closest('.graphiql-query-editor .CodeMirror, .graphiql-explorer-root')"
        return str(self.page.evaluate(f"{place}?.className ?? ''")).split(" ")[0]

    def text(self, editor: str = "query") -> str:
        """The whole text of an editor, as it would be sent; what is shown scrolls."""
        place = {"query": ".graphiql-query-editor", "variables": ".graphiql-editor-tool"}[editor]
        return str(self.page.locator(f"{place} .CodeMirror").first.evaluate("editor => editor.CodeMirror.getValue()"))

    def has_written(self, words: str) -> bool:
        """Whether the query has these words in it, seen or scrolled out of sight; the explorer writes them late."""
        for _ in range(50):
            if words in self.text():
                return True
            self.page.wait_for_timeout(100)
        return False

    def example(self, title: str) -> Locator:
        return self.page.get_by_role("button", name=title)

    def swipe_right(self, *, x: float, y: float, by: int) -> None:
        """A finger put down, drawn to the right and lifted."""
        finger = self.page.context.new_cdp_session(self.page)
        finger.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
        for way in range(0, by, 10):
            finger.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [{"x": x + way, "y": y}]})
        finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
        self.page.wait_for_timeout(300)

    def has_stored(self, words: str) -> bool:
        """Whether GraphiQL has put its tabs away, these words among them; it does so half a second late."""
        for _ in range(50):
            if words in (self.page.evaluate("localStorage.getItem('graphiql:tabState')") or ""):
                return True
            self.page.wait_for_timeout(100)
        return False

    def press_run(self) -> None:
        self.page.get_by_role("button", name="Execute query").click()

    def run(self, *, name: str = "") -> str:
        """Run the open tab's query; the text of the answer. GraphiQL learns a `name` some time after its tab opens."""
        until = time.monotonic() + PATIENCE_MS / 1_000
        while time.monotonic() < until:
            with self.page.expect_response(lambda response: response.request.method == "POST") as answered:
                self.page.locator(".graphiql-execute-button").click()
            expect(self.result).to_contain_text(re.compile('"(data|errors)"'))
            asked = answered.value.request.post_data_json or {}
            if name in {"", asked.get("operationName")}:
                return answered.value.text()
            self.page.wait_for_timeout(250)
        return pytest.fail(f"GraphiQL never ran {name}")


@contextmanager
def visiting(
    browser: Browser, address: str, *, width: int = 1400, height: int = 900, touch: bool = False
) -> Iterator[Visit]:
    """A reader with an empty storage; nothing may go out and nothing may go wrong while the page is open."""
    context = browser.new_context(viewport={"width": width, "height": height}, has_touch=touch, is_mobile=touch)
    context.set_default_timeout(PATIENCE_MS)
    expect.set_options(timeout=PATIENCE_MS)
    visit = Visit(context.new_page(), address)
    visit.watch()
    try:
        yield visit
    finally:
        context.close()
    assert visit.outside == []
    assert visit.complaints == []
