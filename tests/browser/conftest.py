"""A real Chromium, a demo with the samples loaded, and a reader's visit to it."""

import os
import shutil
from collections.abc import Iterator
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, sync_playwright
from pymongo import MongoClient

from api.http.graphiql import GraphiQL
from tests.browser.visits import Visit, serving, visiting


def chromium_program() -> str:
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if found is None and os.environ.get("CI"):
        pytest.fail("no Chromium on PATH; .ci/run installs it")
    return found or pytest.skip("no Chromium on PATH; on Debian and Ubuntu: apt-get install chromium")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    program = chromium_program()
    if not GraphiQL.installed().files:
        pytest.fail("GraphiQL's files are not installed: run `make static`")
    with sync_playwright() as playwright:
        # Names resolve to nothing, so what is not on this machine cannot be reached.
        shut = ["--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1", "--disable-background-networking"]
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu", *shut])
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def settings(mongodb_uri: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """The environment of a server with a database of its own, which is empty and is dropped afterwards."""
    database = f"test_{uuid4().hex}"
    yield {"MONGODB_URI": mongodb_uri, "GONGKAI_DATABASE": database, "GONGKAI_PORT": "0",
           "GONGKAI_DATA": str(tmp_path_factory.mktemp("data"))}  # fmt: skip
    with MongoClient[dict[str, object]](mongodb_uri) as client:
        client.drop_database(database)


@pytest.fixture(scope="module")
def address(settings: dict[str, str]) -> Iterator[str]:
    """Where a demo of its own answers, samples loaded."""
    with serving("demo", settings) as server:
        yield server.address


@pytest.fixture
def visit(browser: Browser, address: str) -> Iterator[Visit]:
    with visiting(browser, address) as visit:
        yield visit
