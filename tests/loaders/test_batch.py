"""Many files at once: every file has its outcome, in however many processes, and no process outlives its caller."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterable
from pathlib import Path

import pytest

from loaders.batch import Outcome, lost, parse_all, parse_entry
from loaders.file_formats import SUFFIXES
from loaders.file_formats.sources import Entry, inventory
from loaders.workers import Cause, Limits, Loss

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "loaders" / "samples"
PATIENCE = 30.0

# Says which processes it runs, then waits where a command that was killed would have been.
PROGRAM = """
import sys, time
from loaders.batch import Reading
from loaders.file_formats import SUFFIXES
from loaders.file_formats.sources import inventory

with Reading(inventory(sys.argv[1:], suffixes=SUFFIXES).entries, jobs=2) as reading:
    outcomes = iter(reading)
    next(outcomes)
    while len(reading.processes) < 2:
        next(outcomes)
    print(*reading.processes, flush=True)
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


def test_an_exception_that_nobody_foresaw_is_the_fault_of_its_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("loaders.pipeline.fold", lambda _text: 1 // 0)
    path = SAMPLES / "county-water-bureau-2018.txt"

    (fault,) = faults_of([parse_entry(Entry(str(path), path, path.name))])

    assert re.fullmatch(
        r"PARSER_FAILED: the program failed on it: ZeroDivisionError: integer .* by zero \(loaders/pipeline.py:\d+\)",
        fault,
    )


@pytest.mark.skipif(sys.platform != "linux", reason="limits on CPU time and memory are tried here")
def test_a_file_that_takes_too_much_is_named_and_the_others_are_read(tmp_path: Path) -> None:
    (tmp_path / "much.txt").write_text("政府信息公开工作年度报告，本年收到申请。\n" * 40_000, encoding="utf-8")
    (tmp_path / "other.txt").write_text("政府信息公开工作年度报告", encoding="utf-8")
    entries = inventory([tmp_path], suffixes=SUFFIXES).entries

    assert faults_of(parse_all(entries, jobs=1, limits=Limits(memory_mb=24))) == [
        "FILE_TOO_LARGE: reading it takes more memory than one file may take"
    ]


@pytest.mark.parametrize(
    ("loss", "told"),
    [
        (Loss(Cause.SLOW), "FILE_TOO_SLOW: reading it takes longer than the 60 s that one file may take"),
        (
            Loss(Cause.KILLED, "SIGKILL"),
            "FILE_TOO_LARGE: what read it was killed (SIGKILL), as a system does that runs out of memory",
        ),
        (Loss(Cause.CRASHED, "SIGSEGV: bad pointer"), "PARSER_FAILED: the program crashed on it: SIGSEGV: bad pointer"),
    ],
    ids=["slow", "killed", "crashed"],
)
def test_what_a_worker_is_lost_to_is_the_fault_of_its_file(loss: Loss, told: str) -> None:
    path = SAMPLES / "county-water-bureau-2018.txt"

    assert faults_of([lost(Entry(str(path), path, path.name), loss, Limits())]) == [told]


def faults_of(outcomes: Iterable[Outcome]) -> list[str]:
    return [f"{outcome.fault.code}: {outcome.fault.message}" for outcome in outcomes if outcome.fault]


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
