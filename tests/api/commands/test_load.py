"""`gongkai load` of many files, killed, stopped or given what is damaged; of records; and what is known besides."""

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

from loaders.document import Document
from loaders.store.collections import COLLECTIONS, STATE
from loaders.store.derived_rows import DERIVED
from tests.api.conftest import Run
from tests.corpora import ADDRESSES, CHATTER, TEXTS, crawl, jsonl, page, reports
from tests.damaged_files import run
from tests.many_reports import write_reports

MANY, PATIENCE = 90, 120.0
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
        wait_until(lambda: len(stored()["reports"]) > 0)
        killed.send_signal(signal.SIGKILL)
    half = stored()
    with start(tmp_path / "reports", settings) as again:
        told = json.loads(again.communicate(timeout=PATIENCE)[0])["outcomes"]

    assert 0 < len(half["reports"]) < MANY
    assert_whole(half)
    assert told == {"created": MANY - len(half["reports"]), "unchanged": len(half["reports"])}
    assert_whole(stored())


def assert_whole(found: dict[str, list[dict[str, Any]]]) -> None:
    """Every report has all its rows, and no row is of none."""
    for name, rows_of in DERIVED.items():
        expected = [row["_id"] for report in found["reports"] for row in rows_of(report)]
        assert [row["_id"] for row in found[name]] == sorted(expected)


def test_ctrl_c_ends_a_load_at_once_whatever_file_it_is_at(settings: dict[str, str], tmp_path: Path) -> None:
    write_reports(tmp_path, 20)

    with start(tmp_path, settings) as stopped:
        wait_until(lambda: bool(workers_of(stopped.pid)))
        started = workers_of(stopped.pid)
        os.killpg(stopped.pid, signal.SIGINT)
        _, told = stopped.communicate(timeout=PATIENCE)

    assert (stopped.returncode, told) in {(130, ""), (130, "stopped\n")}
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


GZIP = b"\x1f\x8b\x08"


def result(done: "subprocess.CompletedProcess[str]") -> Any:
    return json.loads(done.stdout)


@pytest.fixture
def sources(mongodb_uri: str, database_name: str) -> Any:
    """The sources of the reports that are loaded, by their addresses."""

    def found() -> dict[str, Document]:
        with MongoClient[Document](mongodb_uri) as client:
            held = client[database_name]["reports"].find({}, {"source": 1})
            return {one["source"]["url"]: one["source"] for one in held}

    return found


def test_a_crawl_is_loaded_by_its_records_and_the_same_command_goes_on_where_it_was_cut(
    gongkai: Run, sources: Any, tmp_path: Path
) -> None:
    path, lines = tmp_path / "crawl" / "a.warc.gz", tmp_path / "crawl" / "b.jsonl"
    path.parent.mkdir()
    lines.write_bytes(jsonl("{no json", {"html": page(CHATTER), "url": "http://b.cn/"}))
    whole = crawl().data()
    path.write_bytes(whole[: whole.rindex(GZIP, 0, -900)][:-9])

    first = gongkai("load", path.parent, "--only-reports", "--json", "--jobs", "1")
    before = sources()
    path.write_bytes(whole)
    again = gongkai("load", path.parent, "--only-reports", "--json", "--jobs", "1")

    told = [
        (fault["where"].rpartition("/")[2].partition(" at ")[0], fault["code"]) for fault in result(first)["failures"]
    ]
    assert (first.returncode, again.returncode) == (1, 1)
    assert sorted(told) == [("a.warc.gz, record 7", "DAMAGED_FILE"), ("b.jsonl, line 1", "BAD_RECORD")]
    assert result(first)["outcomes"] == {"created": 2}
    assert result(again)["outcomes"] == {"created": 1, "unchanged": 2}
    assert result(again)["passedOver"] == {
        "metadata record": 1, "content type image/*": 3, "HTTP status 404": 3, "no report": 1,
    }  # fmt: skip
    assert sources().items() > before.items()
    assert before.keys() == {*ADDRESSES[:2]}
    assert [sources()[url]["record"]["number"] for url in ADDRESSES] == [2, 5, 8]
    assert before[ADDRESSES[1]]["name"] == "a.warc.gz/5"
    assert before[ADDRESSES[1]]["record"]["offset"] == whole.index(GZIP, before[ADDRESSES[1]]["record"]["offset"])


def test_the_address_of_a_file_comes_from_beside_it_or_from_a_manifest(
    gongkai: Run, sources: Any, tmp_path: Path
) -> None:
    folder = tmp_path / "pages"
    folder.mkdir()
    for name, text in zip("abc", TEXTS, strict=True):
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    gongkai("load", folder / "a.txt", "--jobs", "1")  # before its address was known
    (folder / "a.txt.url").write_text(f"[InternetShortcut]\nURL={ADDRESSES[0]}\n")
    (folder / "b.txt.json").write_text(json.dumps({"url": ADDRESSES[1]}))
    (folder / "list.csv").write_text(f"file,url\nc.txt,{ADDRESSES[2]}\n,none\nz.txt,http://z.cn/\n")

    done = gongkai("load", folder, "--manifest", folder / "list.csv", "--jobs", "1")

    assert done.returncode == 1  # for the line that says nothing
    assert "list.csv, line 3: expected the name of a file and its address [BAD_MANIFEST]" in done.stderr
    assert "names 1 file that is not among those given" in done.stderr
    assert "2 created, 1 reparsed, 1 failed" in done.stdout
    assert {url: source["name"] for url, source in sources().items()} == dict(
        zip(ADDRESSES, ("a.txt", "b.txt", "c.txt"), strict=True)
    )


def test_a_name_cannot_speak_to_the_terminal_nor_stop_a_load(gongkai: Run, tmp_path: Path) -> None:
    folder = tmp_path / "odd"
    folder.mkdir()
    (folder / "\x1b[31mred\n.txt").write_text(CHATTER, encoding="utf-8")
    (folder / "not-utf8-\udcff.txt").write_text(CHATTER, encoding="utf-8")

    shown = gongkai("load", folder, "--any", "--dry-run", "--jobs", "1")
    as_json = gongkai("load", folder, "--dry-run", "--json", "--jobs", "1")

    assert "\x1b" not in shown.stderr
    assert "\\x1b[31mred\\x0a.txt: no report" in shown.stderr
    assert "not-utf8-\\xff.txt: no report" in shown.stderr
    assert {fault["code"] for fault in result(as_json)["failures"]} == {"NO_REPORT"}


def test_options_that_contradict_each_other_are_a_misuse(gongkai: Run, tmp_path: Path) -> None:
    assert gongkai("load", tmp_path, "--any", "--only-reports").returncode == 2
    assert gongkai("load", tmp_path, "--manifest", tmp_path / "none.csv").returncode == 1


def test_one_record_is_parsed_and_many_are_a_misuse(gongkai: Run, tmp_path: Path) -> None:
    path = tmp_path / "crawl.jsonl"
    path.write_bytes(jsonl(*reports()))
    assert "more than one report" in gongkai("parse", path).stderr
    path.write_bytes(jsonl(reports()[0]))
    assert result(gongkai("parse", path))["source"]["record"] == {"number": 1, "offset": 0}
