"""The command `gongkai`: arguments and an environment enter, output and an exit code leave."""

import json
import os
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from click import Context
from click.testing import CliRunner
from rich.cells import cell_len

from api.cli import COMMANDS, main
from tests.api.conftest import Run
from tests.terminal import on_terminal

SAMPLES = Path(__file__).parents[2] / "loaders" / "samples"
COMMAND = Path(sys.executable).with_name("gongkai")
REPORT = SAMPLES / "county-government-2020.txt"


def result(done: "subprocess.CompletedProcess[str]") -> Any:
    """The JSON that a command printed."""
    return json.loads(done.stdout)


def test_the_installed_command_loads_a_report(settings: dict[str, str]) -> None:
    done = subprocess.run(
        [COMMAND, "load", REPORT],
        env={**os.environ, **settings},
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=True,
    )

    assert (done.stdout, done.stderr) == ("1 created\n", "")


def test_help_says_of_each_command_what_its_own_help_says() -> None:
    context = Context(main)
    shown = " ".join(CliRunner().invoke(main, ["--help"]).stdout.split())

    assert list(COMMANDS) == main.list_commands(context)
    for name, words in COMMANDS.items():
        command = main.get_command(context, name)
        assert command is not None
        assert command.get_short_help_str(limit=200) == words
        assert f"{name} {words}" in shown


@pytest.mark.parametrize(
    "arguments",
    [("--help",), ("parse", REPORT), ("check", REPORT), ("load", "--dry-run", REPORT)],
    ids=["help", "parse", "check a file", "dry run"],
)
def test_what_needs_no_database_imports_neither_driver_nor_schema(arguments: tuple[str | Path, ...]) -> None:
    done = subprocess.run(
        [sys.executable, "-X", "importtime", COMMAND, *arguments],
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=True,
    )

    imported = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}
    assert "api.cli" in imported
    assert imported.isdisjoint({"motor", "pymongo", "strawberry", "graphql", "starlette", "uvicorn"})


def test_parse_prints_the_document_of_one_report_with_no_database(gongkai: Run) -> None:
    done = gongkai("parse", REPORT, MONGODB_URI="mongodb://127.0.0.1:1/")

    document = result(done)
    assert (done.returncode, document["year"], document["template"]) == (0, 2020, "E2")
    assert "青岚县" in done.stdout


def test_load_then_load_again_changes_nothing(gongkai: Run) -> None:
    first, second = gongkai("load", SAMPLES, "--json"), gongkai("load", SAMPLES, "--json")

    count = len([path for path in SAMPLES.iterdir() if path.stem != "README"])
    assert (first.returncode, second.returncode) == (0, 0)
    assert result(first)["outcomes"]["created"] == count
    assert result(second)["outcomes"] == {"unchanged": count}


def test_a_dry_run_needs_no_database_and_changes_nothing(gongkai: Run) -> None:
    done = gongkai("load", REPORT, "--dry-run", "--json", MONGODB_URI="mongodb://127.0.0.1:1/")

    assert (done.returncode, result(done)["outcomes"]) == (0, {"readable": 1})


def test_files_of_a_folder_that_are_not_read_are_named(gongkai: Run, tmp_path: Path) -> None:
    (tmp_path / "film.mp4").write_bytes(b"film")
    (tmp_path / "good.txt").write_bytes(REPORT.read_bytes())

    shown, told = gongkai("load", tmp_path, "--dry-run"), gongkai("load", tmp_path, "--dry-run", "--json")

    assert f"{tmp_path / 'film.mp4'}: not read (unknown suffix .mp4)" in shown.stderr
    assert result(told)["notRead"] == [{"file": str(tmp_path / "film.mp4"), "reason": "unknown suffix .mp4"}]
    assert (shown.returncode, told.returncode) == (0, 0)


def bad_files(folder: Path) -> dict[str, str]:
    """A folder of files that are no reports, each with the code of the fault it must have."""
    files: dict[str, tuple[bytes, str]] = {
        "empty.txt": (b"", "EMPTY_FILE"),
        "blank.txt": (b" \n\n\t\n", "EMPTY_FILE"),
        "binary.txt": (bytes(range(256)) * 40, "BINARY_FILE"),
        "noise.pdf": (b"%PDF-1.7\nnothing follows", "DAMAGED_FILE"),
        "word.doc": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "DAMAGED_FILE"),
        "fifty-megabytes.txt": ("公".encode() * 17_000_000, "FILE_TOO_LARGE"),
    }
    for name, (data, _) in files.items():
        (folder / name).write_bytes(data)
    (folder / "good.txt").write_bytes(REPORT.read_bytes())
    return {name: code for name, (_, code) in files.items()}


def test_bad_files_are_named_and_the_others_still_load(gongkai: Run, tmp_path: Path) -> None:
    folder = tmp_path / "crawl"
    folder.mkdir()
    expected = bad_files(folder)

    done = gongkai("load", folder, "--json")

    told = {Path(fault["where"]).name: fault for fault in result(done)["failures"]}
    assert done.returncode == 1
    assert {name: fault["code"] for name, fault in told.items()} == expected
    assert all(fault["message"] and fault["hint"] for fault in told.values())
    assert result(done)["outcomes"] == {"created": 1}
    assert "Traceback" not in done.stderr


def test_a_truncated_report_is_a_document_with_missing_cells(gongkai: Run, tmp_path: Path) -> None:
    text = REPORT.read_text(encoding="utf-8")
    cut = tmp_path / "truncated.txt"
    cut.write_text(text[: text.index("补正后申请内容仍不明确")], encoding="utf-8")

    document = result(gongkai("parse", cut))

    statuses = {cell["path"]: cell["status"] for cell in document["cells"]}
    assert statuses["requests.received.total"] == "REPORTED"
    assert statuses["requests.outcomes.total.total"] == "MISSING"


def test_an_archive_loads_like_the_folder_it_holds(gongkai: Run, tmp_path: Path) -> None:
    with ZipFile(tmp_path / "reports.zip", "w") as archive:
        archive.write(REPORT, "2020/report.txt")

    assert result(gongkai("load", tmp_path / "reports.zip", "--json"))["outcomes"] == {"created": 1}


def test_parse_of_many_files_is_a_misuse(gongkai: Run) -> None:
    done = gongkai("parse", SAMPLES)

    assert (done.returncode, "name one" in done.stderr) == (2, True)


def test_a_taken_port_is_told_before_anything_is_started(gongkai: Run, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        done = gongkai("demo", GONGKAI_PORT=str(other.getsockname()[1]), MONGODB_URI="")

    assert (done.returncode, "another program uses this port" in done.stderr) == (1, True)
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize(
    ("arguments", "code"),
    [(("load", "nowhere"), "NO_SUCH_FILE"), (("parse", "nowhere.txt"), "NO_SUCH_FILE"), (("load", "."), "NO_REPORTS")],
    ids=["load a missing path", "parse a missing file", "a folder without reports"],
)
def test_what_cannot_be_found_is_said_in_a_line(gongkai: Run, arguments: tuple[str, ...], code: str) -> None:
    done = gongkai(*arguments)

    assert done.returncode == 1
    assert code in done.stderr
    assert "Traceback" not in done.stderr


def test_a_mongodb_that_is_away_is_said_with_what_to_do(gongkai: Run) -> None:
    done = gongkai("load", REPORT, MONGODB_URI="mongodb://127.0.0.1:1/?serverSelectionTimeoutMS=200")

    assert done.returncode == 1
    assert "DATABASE_UNAVAILABLE" in done.stderr
    assert "MONGODB_URI" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_setting_that_cannot_be_used_is_named(gongkai: Run) -> None:
    done = gongkai("serve", GONGKAI_PORT="many")

    assert (done.returncode, "GONGKAI_PORT" in done.stderr) == (1, True)


def test_check_shows_a_failed_sum_with_both_sides(gongkai: Run) -> None:
    done = gongkai("check", SAMPLES / "city-housing-bureau-2020.txt")

    rows = [line.split("\t") for line in done.stdout.splitlines()]
    assert ["R2", "FAIL", "ERROR", "total", "125", "128"] in [row[2:8] for row in rows]


def test_check_without_a_path_shows_the_loaded_reports(gongkai: Run) -> None:
    gongkai("load", SAMPLES / "city-housing-bureau-2020.txt")

    (report,) = result(gongkai("check", "--json"))
    assert {check["rule"] for check in report["checks"]} >= {"R2"}
    assert {check["status"] for check in report["checks"]} == {"FAIL"}


HOUSING = SAMPLES / "city-housing-bureau-2020.txt"  # fails two sums (ERROR) and an expectation (WARNING)
BLANK = SAMPLES / "town-government-2021.txt"  # has empty cells (INFO), else nothing


@pytest.mark.parametrize(
    ("path", "severity", "code"),
    [
        (HOUSING, "error", 1),
        (HOUSING, "info", 1),
        (BLANK, "error", 0),
        (BLANK, "warning", 0),
        (BLANK, "info", 1),
        (REPORT, "info", 0),
    ],
    ids=lambda value: getattr(value, "stem", str(value)),
)
def test_check_fails_from_the_severity_on_that_is_asked_for(gongkai: Run, path: Path, severity: str, code: int) -> None:
    assert gongkai("check", path, "--fail-on", severity).returncode == code
    assert gongkai("check", path, "--all", "--json", "--fail-on", severity).returncode == code
    assert gongkai("check", path).returncode == 0


def test_check_of_loaded_reports_fails_as_asked_too(gongkai: Run) -> None:
    gongkai("load", HOUSING)

    done = gongkai("check", "--fail-on", "warning")

    assert (done.returncode, done.stderr) == (1, "1 report, 3 findings, of which 3 fail at warning or graver\n")


@pytest.mark.parametrize("columns", [80, 120])
def test_check_gives_the_message_room_on_a_terminal(columns: int) -> None:
    shown, _ = on_terminal([COMMAND, "check", HOUSING], {}, columns=columns)

    assert max(map(cell_len, shown)) <= columns
    assert shown[0] == "澜川市住房和城乡建设局  2020"
    assert [line.split()[:2] for line in shown if line.startswith("  R")] == [["R2", "ERROR"]] * 2
    assert any(line.endswith("不合常理 [perProject]") for line in shown)
    assert max(map(cell_len, shown)) > 70


def test_schema_prints_the_committed_sdl(gongkai: Run) -> None:
    committed = (SAMPLES.parents[1] / "schema" / "schema.graphql").read_text(encoding="utf-8")

    assert gongkai("schema").stdout == committed


@pytest.fixture
def shopping(tmp_path: Path) -> Path:
    """A folder with a report and a list of things to buy."""
    folder = tmp_path / "downloads"
    folder.mkdir()
    (folder / "shopping.txt").write_text("购物清单\n\n1.苹果3斤\n2.梨\n", encoding="utf-8")
    (folder / "report.txt").write_bytes(REPORT.read_bytes())
    return folder


@pytest.mark.parametrize(("flags", "done_to_the_other"), [((), "created"), (("--dry-run",), "readable")])
def test_a_file_that_is_plainly_no_report_is_refused(
    gongkai: Run, shopping: Path, flags: tuple[str, ...], done_to_the_other: str
) -> None:
    done = gongkai("load", shopping, "--json", *flags)

    (fault,) = result(done)["failures"]
    assert (done.returncode, fault["code"], fault["where"]) == (1, "NO_REPORT", str(shopping / "shopping.txt"))
    assert "--any" in fault["hint"]
    assert result(done)["outcomes"] == {done_to_the_other: 1}


def test_nothing_of_a_refused_file_is_stored(gongkai: Run, shopping: Path) -> None:
    gongkai("load", shopping / "shopping.txt")

    assert gongkai("export", "reports").stdout == ""


def test_a_file_that_tells_no_report_is_loaded_and_doubted_when_anything_is_asked_for(
    gongkai: Run, shopping: Path
) -> None:
    for flags in (("--any",), ("--any", "--dry-run")):
        done = gongkai("load", shopping, *flags)
        assert done.returncode == 0
        assert "shopping.txt: no report on information disclosure is recognised in it" in done.stderr
        assert "1 doubtful" in done.stdout
    assert [Path(name).name for name in result(gongkai("load", shopping, "--any", "--json"))["doubtful"]] == [
        "shopping.txt"
    ]


def test_a_binary_file_stays_refused_when_anything_is_asked_for(gongkai: Run, tmp_path: Path) -> None:
    (tmp_path / "noise.txt").write_bytes(bytes(range(256)) * 40)

    done = gongkai("load", tmp_path / "noise.txt", "--any")

    assert (done.returncode, "BINARY_FILE" in done.stderr) == (1, True)


def real(folder: Path) -> Path:
    """A report that is no sample: the same text with other bytes, of another year."""
    path = folder / "real.txt"
    path.write_text(REPORT.read_text(encoding="utf-8").replace("2020", "2019"), encoding="utf-8")
    return path


def marks(gongkai: Run) -> list[bool]:
    """Whether each loaded report is a sample."""
    rows = gongkai("export", "reports", "--fields", "source.sample").stdout.splitlines()
    return [json.loads(row)["source.sample"] for row in rows]


def test_samples_make_room_when_a_real_report_is_loaded(gongkai: Run, tmp_path: Path) -> None:
    gongkai("load", SAMPLES)

    done = gongkai("load", real(tmp_path))

    assert (done.returncode, done.stdout) == (0, "1 created, 13 samples removed\n")
    assert "13 samples removed to make room for real reports; `gongkai demo` shows them again" in done.stderr
    assert marks(gongkai) == [False]


def test_a_sample_beside_real_reports_is_passed_over_and_counted(gongkai: Run, tmp_path: Path) -> None:
    gongkai("load", real(tmp_path))

    done = gongkai("load", REPORT)

    assert (done.returncode, done.stdout) == (0, "nothing loaded, 1 passed over (sample beside real reports)\n")
    assert "1 sample passed over, for real reports are loaded; --samples loads them all the same" in done.stderr
    assert marks(gongkai) == [False]


def test_of_samples_and_real_reports_in_one_command_the_real_ones_stay(gongkai: Run, tmp_path: Path) -> None:
    done = gongkai("load", SAMPLES, real(tmp_path), "--json")

    assert result(done)["outcomes"] == {"created": 1}
    assert result(done)["passedOver"]["sample beside real reports"] == 13
    assert marks(gongkai) == [False]


def test_samples_and_real_reports_stand_side_by_side_where_that_is_asked_for(gongkai: Run, tmp_path: Path) -> None:
    gongkai("load", REPORT)
    gongkai("load", "--samples", real(tmp_path))

    assert gongkai("load", "--samples", REPORT).stdout == "1 unchanged\n"
    assert sorted(marks(gongkai)) == [False, True]


def test_a_refused_file_makes_no_room(gongkai: Run, shopping: Path) -> None:
    gongkai("load", REPORT)
    gongkai("load", shopping / "shopping.txt")

    assert marks(gongkai) == [True]


def test_what_is_kept_of_a_files_name_says_nothing_of_the_server(gongkai: Run, tmp_path: Path) -> None:
    folder = tmp_path / "in" / "2019"
    folder.mkdir(parents=True)
    with ZipFile(folder / "all.zip", "w") as archive:
        archive.write(real(tmp_path), "inner/a.txt")
    gongkai("load", folder.parent)

    assert "2019/all.zip/inner/a.txt" in (rows := gongkai("export", "reports").stdout)
    assert str(tmp_path) not in rows
    assert json.loads(gongkai("parse", real(tmp_path)).stdout)["source"]["name"] == "real.txt"


def demonstrated(settings: dict[str, str]) -> str:
    """What `gongkai demo` says until it serves."""
    with subprocess.Popen(
        [COMMAND, "demo", "--port", "0"],
        env={**os.environ, **settings},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    ) as server:
        assert server.stdout is not None
        assert server.stdout.readline()
        server.terminate()
        return server.communicate(timeout=30)[1]


def test_a_demo_shows_the_samples_while_no_real_report_is_there(
    gongkai: Run, settings: dict[str, str], tmp_path: Path
) -> None:
    before = demonstrated(settings)
    assert marks(gongkai) == [True] * 13
    gongkai("load", real(tmp_path))

    after = demonstrated(settings)

    assert "samples: 13 created" in before
    assert "1 real report loaded; the samples are left out" in after
    assert marks(gongkai) == [False]
