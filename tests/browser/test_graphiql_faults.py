"""What GraphiQL says where the server, the database or the reports are missing: really stopped, frozen or empty."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, expect

from api.mongo.driver import make_primary
from api.mongo.keeper import running
from api.mongo.private_mongod import Lease
from tests.browser.visits import Visit, serving, visiting

pytestmark = pytest.mark.browser


@pytest.fixture
def visit_of_samples(browser: Browser, address: str) -> Iterator[Visit]:
    with visiting(browser, address) as visit:
        yield visit


def shows_error(visit: Visit, code: str, *words: str) -> None:
    for expected in (f'"{code}"', '"message"', '"hint"', *words):
        expect(visit.result).to_contain_text(expected)


def test_a_server_that_was_stopped_is_told_from_one_that_is_back(browser: Browser, settings: dict[str, str]) -> None:
    with serving("demo", settings) as server, visiting(browser, server.address) as visit:
        visit.open()
        server.process.terminate()
        server.process.wait()
        visit.press_run()
        shows_error(visit, "SERVER_AWAY", "服务器没有应答", "the server does not answer", "gongkai serve")
        expect(visit.result).not_to_contain_text("Failed to fetch")
        visit.page.get_by_role("button", name="Re-fetch GraphQL schema").click()
        expect(visit.notice).to_contain_text("服务器没有应答")
        expect(visit.notice).to_contain_text("the server does not answer")
        with serving("serve", settings | {"GONGKAI_PORT": str(urlsplit(server.address).port)}):
            visit.page.get_by_role("button", name="重试 Retry").click()
            expect(visit.notice).to_be_empty()
            visit.run()
            expect(visit.result).to_contain_text("鹤汀市人民政府")
        visit.expect_failing_requests()


def test_an_empty_database_is_said_with_the_command_that_loads(browser: Browser, settings: dict[str, str]) -> None:
    empty = settings | {"GONGKAI_DATABASE": f"{settings['GONGKAI_DATABASE']}_empty"}
    with serving("serve", empty) as server, visiting(browser, server.address) as visit:
        visit.open()
        expect(visit.notice).to_contain_text("还没有报告")
        expect(visit.notice).to_contain_text("gongkai load PATH")
        expect(visit.page.locator(".gongkai-badge")).to_have_count(0)
        with serving("demo", empty):  # loads the samples, then serves beside
            visit.page.evaluate("dispatchEvent(new Event('focus'))")  # the reader comes back from the terminal
            expect(visit.notice).to_be_empty()
        expect(visit.page.locator(".gongkai-badge")).to_be_visible()


def test_a_database_that_does_not_answer_is_said_in_both_languages(browser: Browser, tmp_path: Path) -> None:
    lease = Lease(tmp_path / "mongod", make_primary=make_primary)
    settings = {"MONGODB_URI": lease.join(), "GONGKAI_PORT": "0", "GONGKAI_DEADLINE_MS": "1000",
                "GONGKAI_DATA": str(tmp_path / "data")}  # fmt: skip
    mongod = running(tmp_path / "mongod")
    try:
        with serving("demo", settings) as server, visiting(browser, server.address) as visit:
            visit.open()
            os.kill(mongod, signal.SIGSTOP)
            visit.press_run()
            shows_error(visit, "TIMEOUT", "查询用时过长", "请减少报告或字段")
            os.kill(mongod, signal.SIGCONT)
            visit.expect_failing_requests()
    finally:
        os.kill(mongod, signal.SIGCONT)
        lease.leave()


def test_a_server_that_says_nothing_is_given_up_in_the_end(browser: Browser, settings: dict[str, str]) -> None:
    with serving("demo", settings) as server, visiting(browser, server.address) as visit:
        visit.page.clock.install()
        visit.open()
        server.process.send_signal(signal.SIGSTOP)
        visit.press_run()
        expect(visit.page.get_by_role("button", name="Stop query")).to_be_visible()
        visit.page.clock.fast_forward(121_000)
        shows_error(visit, "NO_ANSWER_IN_TIME", "两分钟", "two minutes")
        server.process.send_signal(signal.SIGCONT)


def test_an_answer_of_something_before_the_server_is_told_from_its_own(visit_of_samples: Visit) -> None:
    visit = visit_of_samples
    visit.open()
    visit.page.route("**/graphql", lambda route: route.fulfill(status=502, body="<h1>Bad Gateway</h1>"))
    visit.press_run()
    shows_error(visit, "NOT_GRAPHQL", "代理", "proxy", "502")
    visit.expect_failing_requests()
