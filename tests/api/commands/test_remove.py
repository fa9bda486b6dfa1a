"""`gongkai list` and `gongkai remove`: what is loaded, and what is taken out of it, on a terminal and in a pipe."""

import json
import os
import re
import subprocess
from pathlib import Path
from typing import Any

import httpx
import pytest
from rich.cells import cell_len

from schema.types.global_ids import global_id
from tests.api.conftest import Run
from tests.api.test_cli import COMMAND, REPORT, SAMPLES
from tests.terminal import on_terminal

COUNT = len([path for path in SAMPLES.iterdir() if path.stem != "README"])
OLD = '{"year": {"lt": 2019}}'
ABSENT = "r0000000000000000000f"


def listed(gongkai: Run, *arguments: str) -> list[dict[str, Any]]:
    """What is loaded."""
    found: list[dict[str, Any]] = json.loads(gongkai("list", "--json", *arguments).stdout)
    return found


@pytest.fixture
def ids(gongkai: Run) -> list[str]:
    """The ids of the samples, which are loaded, as `gongkai list` shows them."""
    gongkai("load", SAMPLES)
    return [one["id"] for one in listed(gongkai)]


def test_an_empty_database_says_what_to_do(gongkai: Run) -> None:
    done = gongkai("list")

    assert (done.returncode, done.stdout.splitlines()[1:]) == (0, [])
    assert "nothing is loaded yet: `gongkai load PATH` loads reports" in done.stderr


@pytest.mark.usefixtures("ids")
def test_what_is_loaded_is_listed_by_year_and_agency(gongkai: Run) -> None:
    found = listed(gongkai)

    assert len(found) == COUNT
    assert [(one["year"], one["agency"]) for one in found] == sorted((one["year"], one["agency"]) for one in found)
    (one,) = [one for one in found if one["source"] == REPORT.name]
    assert one.items() >= {"kind": "ANNUAL_REPORT", "template": "E2", "revision": 1, "sample": True}.items()
    assert one["loadedAt"]


@pytest.mark.usefixtures("ids")
def test_a_pipe_gets_a_column_for_each_fact_and_the_count_beside_it(gongkai: Run) -> None:
    done = gongkai("list")

    headings, *rows = (line.split("\t") for line in done.stdout.splitlines())
    assert headings == list(listed(gongkai)[0])
    assert [dict(zip(headings, row, strict=True))["sample"] for row in rows] == ["true"] * COUNT
    assert done.stderr == f"{COUNT} reports, {COUNT} samples among them\n"


@pytest.mark.usefixtures("ids")
def test_a_filter_chooses_what_is_listed(gongkai: Run) -> None:
    assert {one["year"] for one in listed(gongkai, "--where", OLD)} == {2010, 2016, 2018}
    assert "no loaded report matches" in gongkai("list", "--where", '{"year": {"eq": 1}}').stderr


@pytest.mark.parametrize("command", ["list", "remove"])
def test_a_filter_that_cannot_be_used_is_a_misuse(gongkai: Run, command: str) -> None:
    done = gongkai(command, "--where", '{"yaer": 1}', *(("--yes",) if command == "remove" else ()))

    assert (done.returncode, "Did you mean 'year'?" in done.stderr) == (2, True)


@pytest.mark.usefixtures("ids")
@pytest.mark.parametrize("columns", [80, 120])
def test_a_list_fits_its_terminal(settings: dict[str, str], columns: int) -> None:
    lines, code = on_terminal([COMMAND, "list"], settings, columns=columns)

    assert code == 0
    assert max(map(cell_len, lines)) <= columns
    assert any(re.fullmatch(r"r\w{20}  2020  青岚县人民政府 \(sample\) *", line) for line in lines)
    assert sum("ANNUAL_REPORT E3, revision 1, " in line for line in lines) == 6


def test_reports_are_removed_by_their_ids_in_either_form(gongkai: Run, ids: list[str]) -> None:
    first, second, *others = ids

    done = gongkai("remove", first, global_id("Report", second), "--yes")

    assert (done.returncode, done.stdout.startswith("2 reports with 0 older texts and ")) == (0, True)
    assert done.stderr.startswith(f"{first}  2010  青岚县人民政府 (sample)\n{second}  2016  ")
    assert [one["id"] for one in listed(gongkai)] == others


@pytest.mark.usefixtures("ids")
def test_reports_are_removed_by_a_filter(gongkai: Run) -> None:
    removed = json.loads(gongkai("remove", "--where", OLD, "--yes", "--json").stdout)

    assert [one["year"] for one in removed["reports"]] == [2010, 2016, 2018]
    assert {one["year"] for one in listed(gongkai)} == {2019, 2020, 2021, 2022, 2023, 2024}


def test_samples_are_removed_and_real_reports_stay(gongkai: Run, ids: list[str], tmp_path: Path) -> None:
    changed = tmp_path / "real.txt"
    changed.write_text(REPORT.read_text(encoding="utf-8").replace("2020", "2017"), encoding="utf-8")
    gongkai("load", "--samples", changed)

    gongkai("remove", "--samples", "--yes")

    assert [one["source"] for one in listed(gongkai)] == ["real.txt"]
    assert gongkai("remove", "--samples", "--yes").stdout == "0 reports with 0 older texts and 0 derived rows removed\n"
    assert gongkai("remove", ids[0], "--yes").returncode == 1


def test_what_is_not_there_is_answered_with_the_nearest_and_nothing_is_removed(gongkai: Run, ids: list[str]) -> None:
    nearly = ids[3][:-1] + ("0" if ids[3][-1] != "0" else "1")

    for given in (nearly, global_id("Report", nearly)):
        done = gongkai("remove", ids[0], given, "--yes")
        assert done.returncode == 1
        assert f"{given}: no report of this id is loaded [NO_SUCH_REPORT]" in done.stderr
    assert f"Did you mean {ids[3]}? `gongkai list` shows the ids" in gongkai("remove", nearly, "--yes").stderr
    assert json.loads(gongkai("remove", ABSENT, "--yes", "--json").stdout)["error"]["code"] == "NO_SUCH_REPORT"
    assert [one["id"] for one in listed(gongkai)] == ids


def test_a_dry_run_says_what_would_go_and_leaves_it(gongkai: Run, ids: list[str]) -> None:
    done = gongkai("remove", ids[0], "--dry-run")

    assert (done.returncode, done.stdout.endswith(" would be removed\n")) == (0, True)
    assert done.stderr == f"{ids[0]}  2010  青岚县人民政府 (sample)\n"
    assert json.loads(gongkai("remove", ids[0], "--dry-run", "--json").stdout)["dryRun"] is True
    assert len(listed(gongkai)) == COUNT


def test_without_a_terminal_nothing_is_removed_unasked(gongkai: Run, ids: list[str]) -> None:
    done = gongkai("remove", ids[0])

    assert (done.returncode, "agree with --yes" in done.stderr) == (2, True)
    assert len(listed(gongkai)) == COUNT


@pytest.mark.parametrize("arguments", [(), (ABSENT, "--samples"), ("--samples", "--where", OLD)])
def test_what_to_remove_is_said_in_one_way(gongkai: Run, arguments: tuple[str, ...]) -> None:
    done = gongkai("remove", *arguments, "--yes")

    assert (done.returncode, "Say what to remove" in done.stderr) == (2, True)


@pytest.mark.parametrize(("typed", "ending"), [("n\n", (1, COUNT)), ("\n", (1, COUNT)), ("y\n", (0, COUNT - 1))])
def test_a_terminal_is_asked(
    gongkai: Run, settings: dict[str, str], ids: list[str], typed: str, ending: tuple[int, int]
) -> None:
    lines, code = on_terminal([COMMAND, "remove", ids[0]], settings, answer=typed)

    shown = "\n".join(lines)
    assert "2010  青岚县人民政府 (sample)" in shown
    assert re.search(r"Remove 1 report with 0 older texts and \d+ derived rows\? \[y/N\]", shown)
    assert (code, len(listed(gongkai))) == ending


def test_reports_are_removed_while_a_server_runs(gongkai: Run, settings: dict[str, str], ids: list[str]) -> None:
    environment = {**os.environ, **settings}
    with subprocess.Popen(
        [COMMAND, "serve", "--port", "0"], env=environment, stdout=subprocess.PIPE, encoding="utf-8"
    ) as server:
        try:
            assert server.stdout is not None
            found = re.search(r"http://[\d.:]+", server.stdout.readline())
            assert found
            assert counted(found[0]) == COUNT
            gongkai("remove", *ids[:3], "--yes")
            assert counted(found[0]) == COUNT - 3
        finally:
            server.terminate()


def counted(address: str) -> int:
    """How many reports a server knows."""
    answer = httpx.post(f"{address}/graphql", json={"query": "{ reports { totalCount } }"}, timeout=30).json()
    return int(answer["data"]["reports"]["totalCount"])
