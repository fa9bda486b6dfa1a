"""One server over a small schema for each module, and a client of it; and the command in a database of its own."""

import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import httpx
import pytest
from click.testing import CliRunner
from pymongo import MongoClient

from api.cli import main
from tests.small_server import JSON, Live, serving

Run = Callable[..., "subprocess.CompletedProcess[str]"]


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


@pytest.fixture
def database_name(mongodb_uri: str) -> Iterator[str]:
    """The name of a database no other test uses; it is dropped afterwards."""
    name = f"test_{uuid4().hex}"
    yield name
    with MongoClient[dict[str, object]](mongodb_uri) as client:
        client.drop_database(name)


@pytest.fixture
def settings(mongodb_uri: str, database_name: str, tmp_path: Path) -> dict[str, str]:
    """The environment of a command: the suite's mongod, a database and a folder of its own."""
    return {"MONGODB_URI": mongodb_uri, "GONGKAI_DATABASE": database_name, "GONGKAI_DATA": str(tmp_path / "data")}


@pytest.fixture
def gongkai(settings: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run the command in this process, which is imported already, in a folder of its own."""
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str | Path, **environment: str) -> "subprocess.CompletedProcess[str]":
        done = CliRunner(env={**settings, **environment}).invoke(main, [str(argument) for argument in arguments])
        if done.exception and not isinstance(done.exception, SystemExit):
            raise done.exception
        return subprocess.CompletedProcess(arguments, done.exit_code, done.stdout, done.stderr)

    return run
