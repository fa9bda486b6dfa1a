"""A live server that has the samples: what `gongkai load` and `gongkai serve` give, as their own processes."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

from pymongo import MongoClient

ROOT = Path(__file__).parents[1]
SAMPLES = ROOT / "loaders" / "samples"
COMMAND = Path(sys.executable).with_name("gongkai")


@contextmanager
def samples_loaded(mongodb_uri: str) -> Iterator[dict[str, str]]:
    """The environment of commands on a database that has the samples; it is dropped afterwards."""
    name = f"test_samples_{uuid4().hex[:12]}"
    environment = {**os.environ, "MONGODB_URI": mongodb_uri, "GONGKAI_DATABASE": name}
    try:
        subprocess.run([COMMAND, "load", SAMPLES], env=environment, check=True, timeout=120)
        yield environment
    finally:
        with MongoClient[dict[str, object]](mongodb_uri) as client:
            client.drop_database(name)


@contextmanager
def served(environment: dict[str, str]) -> Iterator[str]:
    """The address of a server of its own."""
    command = [str(COMMAND), "serve", "--port", "0"]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, encoding="utf-8") as server:
        try:
            assert server.stdout is not None
            found = re.search(r"http://[\d.:]+", server.stdout.readline())
            assert found
            yield found[0]
        finally:
            server.terminate()
            server.wait(20)


@contextmanager
def serving_samples(mongodb_uri: str) -> Iterator[str]:
    """The GraphQL address of a server that has the samples."""
    with samples_loaded(mongodb_uri) as environment, served(environment) as address:
        yield f"{address}/graphql"
