"""One server over a small schema for each module, and a client of it."""

from collections.abc import Iterator

import httpx
import pytest

from tests.small_server import JSON, Live, serving


@pytest.fixture(scope="module")
def live() -> Iterator[Live]:
    """A running server and the parts of it that tests look into."""
    with serving() as live:
        yield live


@pytest.fixture(scope="module")
def client(live: Live) -> Iterator[httpx.Client]:
    """A client that prefers plain JSON."""
    with httpx.Client(base_url=live.address, headers={"accept": JSON}, timeout=10) as http:
        yield http
