"""One real Chromium for all tests of a module; nothing that is not on this machine can be reached from it."""

import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright


def chromium_program() -> str:
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if found is None and os.environ.get("CI"):
        pytest.fail("no Chromium on PATH; .ci/run installs it")
    return found or pytest.skip("no Chromium on PATH; on Debian and Ubuntu: apt-get install chromium")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    program = chromium_program()
    with sync_playwright() as playwright:
        # Names resolve to nothing, so what is not on this machine cannot be reached.
        shut = ["--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1", "--disable-background-networking"]
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu", *shut])
        yield browser
        browser.close()
