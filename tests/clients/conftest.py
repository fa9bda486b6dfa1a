"""One server with the samples for all tests of a worker."""

from collections.abc import Iterator

import pytest

from tests.sample_server import serving_samples


@pytest.fixture(scope="session")
def address(mongodb_uri: str) -> Iterator[str]:
    """The GraphQL address of a running server that has the samples."""
    with serving_samples(mongodb_uri) as address:
        yield address
