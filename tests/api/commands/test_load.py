"""`gongkai load` of files that hold many records, and of what is known of files besides."""

import json
import subprocess  # noqa: TC003 - as the command's own fixture says it
from pathlib import Path
from typing import Any

import pytest
from pymongo import MongoClient

from loaders.document import Document
from tests.api.conftest import Run
from tests.corpora import ADDRESSES, CHATTER, TEXTS, crawl, jsonl, page, reports

GZIP = b"\x1f\x8b\x08"


def result(done: "subprocess.CompletedProcess[str]") -> Any:
    return json.loads(done.stdout)


@pytest.fixture
def stored(mongodb_uri: str, database_name: str) -> Any:
    """The sources of the reports that are loaded, by their addresses."""

    def sources() -> dict[str, Document]:
        with MongoClient[Document](mongodb_uri) as client:
            found = client[database_name]["reports"].find({}, {"source": 1})
            return {one["source"]["url"]: one["source"] for one in found}

    return sources


def test_a_crawl_is_loaded_by_its_records_and_the_same_command_goes_on_where_it_was_cut(
    gongkai: Run, stored: Any, tmp_path: Path
) -> None:
    path, lines = tmp_path / "crawl" / "a.warc.gz", tmp_path / "crawl" / "b.jsonl"
    path.parent.mkdir()
    lines.write_bytes(jsonl("{no json", {"html": page(CHATTER), "url": "http://b.cn/"}))
    whole = crawl().data()
    path.write_bytes(whole[: whole.rindex(GZIP, 0, -900)][:-9])

    first = gongkai("load", path.parent, "--only-reports", "--json", "--jobs", "1")
    sources = stored()
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
    assert stored().items() > sources.items()
    assert sources.keys() == {*ADDRESSES[:2]}
    assert [stored()[url]["record"]["number"] for url in ADDRESSES] == [2, 5, 8]
    assert sources[ADDRESSES[1]]["name"] == "a.warc.gz/5"
    assert sources[ADDRESSES[1]]["record"]["offset"] == whole.index(GZIP, sources[ADDRESSES[1]]["record"]["offset"])


def test_the_address_of_a_file_comes_from_beside_it_or_from_a_manifest(
    gongkai: Run, stored: Any, tmp_path: Path
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
    assert {url: source["name"] for url, source in stored().items()} == dict(
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


def test_a_text_that_a_publisher_takes_back_is_current_again_and_two_texts_of_a_report_change_nothing(
    gongkai: Run, mongodb_uri: str, database_name: str, tmp_path: Path
) -> None:
    path, beside = tmp_path / "a.txt", tmp_path / "b.txt"
    first, second = TEXTS[0], TEXTS[0] + "更正：全年接待群众来访6次。\n"

    outcomes = []
    for text in (first, second, first):
        path.write_text(text, encoding="utf-8")
        outcomes.append(result(gongkai("load", path, "--json"))["outcomes"])
    beside.write_text(second, encoding="utf-8")
    outcomes.append(result(gongkai("load", tmp_path, "--json"))["outcomes"])

    assert outcomes == [{"created": 1}, {"revised": 1}, {"restored": 1}, {"unchanged": 2}]
    with MongoClient[Document](mongodb_uri) as client:
        older = [one["rawText"] for one in client[database_name]["revisions"].find(sort=[("revision", 1)])]
        current = [(one["rawText"], one["revision"]) for one in client[database_name]["reports"].find()]
    assert (older, current) == ([first, second], [(first, 3)])
