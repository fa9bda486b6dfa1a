"""`gongkai load` over many files: killed half-way, stopped, and given what is damaged."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pymongo import MongoClient

from loaders.store.collections import COLLECTIONS, STATE
from loaders.store.derived_rows import DERIVED
from tests.damaged_files import run
from tests.many_reports import write_reports

MANY, PATIENCE = 100, 120.0  # as many as are first stored without the indexes for readers
LOAD = [sys.executable, "-m", "api.cli", "load"]
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals are POSIX")


def start(folder: Path, settings: dict[str, str]) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [*LOAD, folder, "--json"],
        env={**os.environ, **settings},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


@pytest.fixture
def stored(settings: dict[str, str]) -> Callable[[], dict[str, list[dict[str, Any]]]]:
    """All that is stored, without what tells when: a function that looks anew."""

    def found() -> dict[str, list[dict[str, Any]]]:
        with MongoClient[dict[str, Any]](settings["MONGODB_URI"]) as client:
            database = client[settings["GONGKAI_DATABASE"]]
            return {
                name: [_timeless(row) for row in database[name].find().sort("_id")]
                for name in COLLECTIONS
                if name != STATE
            }

    return found


def _timeless(row: dict[str, Any]) -> dict[str, Any]:
    return {**row, "source": {**row["source"], "loadedAt": ""}} if "source" in row else row


def test_a_load_that_is_killed_leaves_whole_reports_and_the_next_one_completes_it(
    settings: dict[str, str], stored: Callable[[], dict[str, list[dict[str, Any]]]], tmp_path: Path
) -> None:
    write_reports(tmp_path / "reports", MANY)

    with start(tmp_path / "reports", settings) as killed:
        wait_until(lambda: some_are_stored(settings))
        killed.send_signal(signal.SIGKILL)
    half = stored()
    with start(tmp_path / "reports", settings) as again:
        said, errors = again.communicate(timeout=PATIENCE)

    assert 0 < len(half["reports"]) < MANY
    assert_whole(half)
    assert (again.returncode, errors) == (0, ""), said
    told = json.loads(said)["outcomes"]
    assert told == {"created": MANY - len(half["reports"]), "unchanged": len(half["reports"])}
    assert_whole(stored())


def some_are_stored(settings: dict[str, str]) -> bool:
    with MongoClient[dict[str, Any]](settings["MONGODB_URI"]) as client:
        return client[settings["GONGKAI_DATABASE"]]["reports"].find_one({}, {"_id": 1}) is not None


def assert_whole(found: dict[str, list[dict[str, Any]]]) -> None:
    """Every report has all its rows, and no row is of none."""
    for name, rows_of in DERIVED.items():
        expected = [row["_id"] for report in found["reports"] for row in rows_of(report)]
        assert [row["_id"] for row in found[name]] == sorted(expected)


def test_ctrl_c_ends_a_load_at_once_whatever_file_it_is_at(settings: dict[str, str], tmp_path: Path) -> None:
    write_reports(tmp_path, 200)

    with start(tmp_path, settings) as stopped:
        wait_until(lambda: bool(workers_of(stopped.pid)))
        started = workers_of(stopped.pid)
        os.killpg(stopped.pid, signal.SIGINT)
        said, told = stopped.communicate(timeout=PATIENCE)

    assert (stopped.returncode, told) in {(130, ""), (130, "stopped\n")}, said
    assert not any(Path(f"/proc/{worker}").exists() for worker in started)


def test_damaged_files_are_loaded_or_named_and_no_figure_is_invented(settings: dict[str, str], tmp_path: Path) -> None:
    outcome = run(tmp_path, settings["MONGODB_URI"], settings["GONGKAI_DATABASE"], number=60, seconds=PATIENCE)

    assert outcome.unaccounted == 0
    assert outcome.invented == ()
    assert "Traceback" not in outcome.errors
    assert outcome.exit_code == 1


def workers_of(process: int) -> list[int]:
    """The processes that a process has started."""
    children = Path(f"/proc/{process}/task").glob("*/children")
    return [int(child) for path in children for child in path.read_text(encoding="ascii").split()]


def wait_until(is_so: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < until
        time.sleep(0.02)
