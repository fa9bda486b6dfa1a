import gzip
from collections.abc import Callable
from pathlib import Path

import pytest
import zstandard

from loaders.corpora import Columns, Corpora, jsonl
from loaders.file_formats.sources import Entry, Origin, fetch
from tests.corpora import ADDRESSES, TEXTS, page, records_of, reports, told
from tests.corpora import jsonl as lines

PACKED: dict[str, Callable[[bytes], bytes]] = {
    ".jsonl": bytes,
    ".jsonl.gz": gzip.compress,
    ".jsonl.zst": zstandard.compress,
}


@pytest.mark.parametrize("suffix", PACKED)
def test_every_line_is_a_document_with_its_address_and_place(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"crawl{suffix}"
    path.write_bytes(PACKED[suffix](lines(*reports())))

    entries, passed_over = records_of(path)

    sources = [fetch(entry) for entry in entries]
    assert [source.data.decode() for source in sources] == [*TEXTS]
    assert [source.origin.url for source in sources] == [*ADDRESSES]
    assert [source.suffix for source in sources] == [".txt"] * 3
    offsets = [source.record.offset for source in sources if source.record]
    assert offsets == [0, len(lines(reports()[0])), len(lines(*reports()[:2]))]
    assert [entry.kept_name for entry in entries] == [f"crawl{suffix}/{number}" for number in (1, 2, 3)]
    assert entries[1].name == f"{path}, line 2"
    assert sum(entry.size for entry in entries) == path.stat().st_size
    assert passed_over == {}


@pytest.mark.parametrize("suffix", PACKED)
def test_a_line_with_a_fault_is_named_and_the_others_are_read(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"crawl{suffix}"
    good = reports()[0]
    path.write_bytes(
        PACKED[suffix](lines("{no json", good, "", "[1]", {"body": "x"}, {"text": None}, {"text": 5}, good))
    )

    entries, _ = records_of(path)

    expected = ["1 BAD_RECORD", "2", "4 BAD_RECORD", "5 BAD_RECORD", "6 EMPTY_FILE", "7 BAD_RECORD", "8"]
    assert told(entries) == expected
    fault = entries[3].record.fault if entries[3].record else None
    assert fault
    assert "body" in fault.message
    assert "--text-field" in fault.hint


@pytest.mark.parametrize("suffix", [".jsonl.gz", ".jsonl.zst"])
def test_a_file_that_ends_early_is_read_as_far_as_it_goes(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"crawl{suffix}"
    whole = PACKED[suffix](lines(*reports())) + PACKED[suffix](lines(reports()[0]))
    path.write_bytes(whole[:-100])

    entries, _ = records_of(path)

    assert told(entries)[:3] == ["1", "2", "3"]
    assert told(entries)[-1].endswith("DAMAGED_FILE")


def test_what_follows_the_packed_data_and_is_none_is_a_fault(tmp_path: Path) -> None:
    path = tmp_path / "crawl.jsonl.gz"
    path.write_bytes(gzip.compress(lines(*reports())) + bytes(100) + b"no gzip")

    assert told(records_of(path)[0]) == ["1", "2", "3", "4 DAMAGED_FILE"]


def test_html_is_taken_before_text_and_fields_may_have_other_names(tmp_path: Path) -> None:
    path = tmp_path / "crawl.jsonl"
    record = {"body": TEXTS[0], "source": page(TEXTS[1]), "link": ADDRESSES[0], "head": "标题", "day": "2021-01-20"}
    path.write_bytes(lines(record, {**record, "source": ""}))

    entries, _ = records_of(path, Columns("body", "source", "link", "head", "day"))

    sources = [fetch(entry) for entry in entries]
    assert [source.suffix for source in sources] == [".html", ".txt"]
    assert sources[0].origin == Origin(ADDRESSES[0], "标题", "2021-01-20")


def test_a_line_beyond_the_limit_is_that_lines_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jsonl, "LARGEST_FILE", 100)
    path = tmp_path / "crawl.jsonl"
    path.write_bytes(lines({"text": "甲"}, {"text": "乙" * 100}, {"text": "丙"}))

    assert told(records_of(path)[0]) == ["1", "2 FILE_TOO_LARGE", "3"]


def test_a_line_that_swells_without_end_ends_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jsonl, "LARGEST_FILE", 1000)
    monkeypatch.setattr(jsonl, "_LONGEST_SKIPPED", 4_000_000)
    path = tmp_path / "bomb.jsonl.gz"
    path.write_bytes(gzip.compress(lines({"text": "甲"}) + bytes(9_000_000)))

    entries, _ = records_of(path)

    assert told(entries) == ["1", "0 FILE_TOO_LARGE"]
    assert entries[1].name == str(path)


def test_a_file_that_holds_something_else_is_one_fault(tmp_path: Path) -> None:
    path = tmp_path / "crawl.jsonl"
    path.write_bytes(lines(*[{"title": "甲"}] * 300, *reports()))
    (entry,), _ = records_of(path)
    fault = entry.record.fault if entry.record else None
    assert fault
    assert (fault.code, fault.where, "title" in fault.message) == ("BAD_RECORD", str(path), True)
    path.write_bytes(lines(*[{"title": "甲"}] * 99, *reports()))
    assert told(records_of(path)[0])[98:] == ["99 BAD_RECORD", "100", "101", "102"]


def test_a_file_without_a_line_has_no_records_and_one_that_is_gone_is_a_fault(tmp_path: Path) -> None:
    path = tmp_path / "crawl.jsonl"
    path.write_bytes(b"")
    corpora = Corpora([Entry(str(path), path, path.name)])
    assert list(corpora) == []
    path.unlink()
    assert told(corpora) == ["0 NO_SUCH_FILE"]
