"""Many files at once: every file has its outcome, in however many processes, and no process outlives its caller."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from loaders.batch import parse_all
from loaders.file_formats import SUFFIXES
from loaders.file_formats.sources import inventory

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "loaders" / "samples"
PATIENCE = 30.0

# Says which processes it runs, then waits where a command that was killed would have been.
PROGRAM = """
import multiprocessing, sys, time
from loaders.batch import parse_all
from loaders.file_formats import SUFFIXES
from loaders.file_formats.sources import inventory

if __name__ == "__main__":
    outcomes = parse_all(inventory(sys.argv[1:], suffixes=SUFFIXES).entries, jobs=2)
    next(outcomes)
    print(*(child.pid for child in multiprocessing.active_children()), flush=True)
    time.sleep(600)
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Sixty reports, and one empty file among them."""
    text = (SAMPLES / "county-water-bureau-2018.txt").read_text(encoding="utf-8")
    for number in range(60):
        (tmp_path / f"{number:02}.txt").write_text(f"{text}\n{number}\n", encoding="utf-8")
    (tmp_path / "empty.txt").touch()
    return tmp_path


@pytest.mark.parametrize("jobs", [1, 2])
def test_every_file_has_its_outcome_in_however_many_processes(folder: Path, jobs: int) -> None:
    outcomes = list(parse_all(inventory([folder], suffixes=SUFFIXES).entries, jobs=jobs))

    faults = {Path(outcome.name).name: outcome.fault.code for outcome in outcomes if outcome.fault}
    years = [outcome.document["year"] for outcome in outcomes if outcome.document]
    assert faults == {"empty.txt": "EMPTY_FILE"}
    assert years == [2018] * 60


@pytest.mark.skipif(sys.platform == "win32", reason="signals are POSIX")
def test_processes_end_with_a_caller_that_is_killed(folder: Path, tmp_path: Path) -> None:
    program = tmp_path / "program.py"
    program.write_text(PROGRAM, encoding="utf-8")
    with subprocess.Popen(
        [sys.executable, program, folder],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        text=True,
    ) as caller:
        assert caller.stdout is not None
        children = [int(child) for child in caller.stdout.readline().split()]
        caller.send_signal(signal.SIGKILL)

    until = time.monotonic() + PATIENCE
    while any(map(lives, children)):
        assert time.monotonic() < until, f"these outlive their caller: {children}"
        time.sleep(0.05)
    assert len(children) == 2


def lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    status = Path(f"/proc/{process}/stat")
    return not status.exists() or status.read_text().rpartition(")")[2].split()[0] != "Z"  # nobody waits for orphans
