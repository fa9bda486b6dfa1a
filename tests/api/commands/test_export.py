"""`gongkai export` as users run it: files, pipes, faults, and memory that does not grow with the rows."""

import csv
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pyarrow.parquet
import pytest
from pymongo import MongoClient

from schema.export.columns import EXPORTS
from schema.export.plan import Exporter
from tests.documents import corpus
from tests.schema.conftest import fill

COMMAND = Path(sys.executable).with_name("gongkai")
REPORTS = corpus(12, seed=8)
FEW, MANY = 2_000, 20_000
Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="module")
def stocked(mongodb_uri: str) -> Iterator[dict[str, str]]:
    """The environment of a database with some reports."""
    name = f"export_{uuid4().hex[:8]}"
    with MongoClient[dict[str, Any]](mongodb_uri) as client:
        fill(client, name, REPORTS)
        yield {**os.environ, "MONGODB_URI": mongodb_uri, "GONGKAI_DATABASE": name}
        client.drop_database(name)


@pytest.fixture
def export(stocked: dict[str, str], tmp_path: Path) -> Run:
    """Run the command in a folder of its own."""

    def run(*arguments: str, **environment: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [COMMAND, "export", *arguments],
            env={**stocked, **environment},
            capture_output=True,
            encoding="utf-8",
            cwd=tmp_path,
            timeout=60,
            check=False,
        )

    return run


def test_a_pipe_gets_ndjson_and_the_terminal_a_summary(export: Run) -> None:
    done = export("reports", "--fields", "id,agency.name,requests.received.total")

    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 0
    assert sorted(row["agency.name"] for row in rows) == sorted(report["agency"]["name"] for report in REPORTS)
    assert "12 rows, 3 columns" in done.stderr


def test_a_file_gets_the_format_of_its_name(export: Run, tmp_path: Path) -> None:
    assert export("cells", "--output", "cells.csv", "--no-bom", "--limit", "7").returncode == 0

    with (tmp_path / "cells.csv").open(encoding="utf-8", newline="") as file:
        found = list(csv.DictReader(file))
    assert len(found) == 7
    assert tuple(found[0]) == Exporter().plan("cells").names
    assert [path.name for path in tmp_path.iterdir()] == ["cells.csv"]


def test_parquet_holds_what_ndjson_holds(export: Run, tmp_path: Path) -> None:
    for what in EXPORTS:
        done = export(what, "--output", f"{what}.parquet")
        assert done.returncode == 0, done.stderr

        found = pyarrow.parquet.read_table(tmp_path / f"{what}.parquet").to_pylist()
        assert found == [json.loads(line) for line in export(what).stdout.splitlines()]


def test_a_filter_is_read_from_the_option_or_from_a_file(export: Run, tmp_path: Path) -> None:
    (tmp_path / "filter.json").write_text('{"agency": {"region": {"province": {"eq": "霁南省"}}}}', encoding="utf-8")

    by_file = export("reports", "--where", "@filter.json")
    by_option = export("reports", "--where", (tmp_path / "filter.json").read_text(encoding="utf-8"))

    expected = sum(report["agency"]["region"]["province"] == "霁南省" for report in REPORTS)
    assert by_file.stdout == by_option.stdout
    assert by_file.stdout.count("\n") == expected > 0


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        pytest.param(["everything"], 2, "'reports'", id="export"),
        pytest.param(["reports", "--fields", "yaer"], 2, "Did you mean year?", id="field"),
        pytest.param(["reports", "--where", '{"yaer": 1}'], 2, "Did you mean 'year'?", id="filter"),
        pytest.param(["reports", "--where", "{"], 2, "no JSON", id="JSON"),
        pytest.param(["reports", "--where", "@absent.json"], 2, "absent.json", id="file of the filter"),
        pytest.param(["reports", "--limit", "0"], 2, "--limit", id="limit"),
        pytest.param(["reports", "--format", "parquet"], 2, "--output", id="parquet to a pipe"),
        pytest.param(["reports", "--output", "absent/x.csv"], 1, "NOT_WRITABLE", id="folder of the output"),
    ],
)
def test_what_cannot_be_done_is_a_line_and_an_exit_code(
    arguments: list[str], code: int, said: str, export: Run, tmp_path: Path
) -> None:
    done = export(*arguments)

    assert done.returncode == code
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert not list(tmp_path.iterdir())


def test_a_failed_export_leaves_the_older_file_as_it_was(export: Run, tmp_path: Path) -> None:
    (tmp_path / "reports.csv").write_text("older", encoding="utf-8")

    done = export(
        "reports", "--output", "reports.csv", MONGODB_URI="mongodb://127.0.0.1:1/?serverSelectionTimeoutMS=200"
    )

    assert done.returncode == 1
    assert "DATABASE_UNAVAILABLE" in done.stderr
    assert [path.read_text(encoding="utf-8") for path in tmp_path.iterdir()] == ["older"]


def test_without_pyarrow_parquet_says_what_to_install(export: Run, tmp_path: Path) -> None:
    (tmp_path / "hidden").mkdir()
    (tmp_path / "hidden" / "pyarrow.py").write_text("raise ImportError", encoding="utf-8")

    done = export("reports", "--output", "x.parquet", PYTHONPATH=str(tmp_path / "hidden"))

    assert done.returncode == 1
    assert "gongkai[parquet]" in done.stderr
    assert not list(tmp_path.glob("*x.parquet*"))


@pytest.mark.skipif(not hasattr(os, "wait4"), reason="only Unix tells the peak memory of a child")
@pytest.mark.parametrize("format_", ["ndjson", "csv", "parquet"])
def test_memory_does_not_grow_with_the_rows(
    format_: str, stocked: dict[str, str], mongodb_uri: str, tmp_path: Path
) -> None:
    identity = {key: REPORTS[0][key] for key in ("kind", "scope", "template", "agency")}
    name = f"export_{uuid4().hex[:8]}"
    with MongoClient[dict[str, Any]](mongodb_uri) as client:
        client[name]["passages"].insert_many(
            [
                {"_id": f"x/{n}", "report": "x", **identity, "year": 2020, "id": f"p{n}", "text": f"{n}。" * 200}
                for n in range(MANY)
            ]
        )
        few, many = (
            _peak(stocked | {"GONGKAI_DATABASE": name}, tmp_path / f"{rows}.{format_}", rows) for rows in (FEW, MANY)
        )
        client.drop_database(name)

    assert many < 1.5 * few


def _peak(environment: dict[str, str], target: Path, rows: int) -> int:
    """The peak memory of an export of so many rows."""
    child = subprocess.Popen(
        [COMMAND, "export", "passages", "--output", target, "--limit", str(rows)],
        env=environment,
        stderr=subprocess.DEVNULL,
    )
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    assert child.returncode == 0
    return usage.ru_maxrss


@pytest.mark.parametrize("name", ["r.xlsx", "r.XLS", "r.json", "r.txt", "reports.2024"])
def test_a_file_for_which_there_is_no_writer_is_refused_not_filled_with_another_format(
    export: Run, tmp_path: Path, name: str
) -> None:
    done = export("reports", "--output", name)

    assert done.returncode == 2
    assert "name the file .ndjson, .csv, .parquet, .jsonl, or say --format" in " ".join(done.stderr.split())
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(("name", "options"), [("rows", ()), ("r.jsonl", ()), ("r.txt", ("--format", "ndjson"))])
def test_a_file_without_suffix_and_one_called_as_pandas_does_get_lines_of_json(
    export: Run, tmp_path: Path, name: str, options: tuple[str, ...]
) -> None:
    done = export("reports", "--fields", "id", "--output", name, *options)

    assert done.returncode == 0
    rows = (tmp_path / name).read_text(encoding="utf-8").splitlines()
    assert all(json.loads(row)["id"] for row in rows)
    assert len(rows) == len(REPORTS)
