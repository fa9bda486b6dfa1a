import sys
from pathlib import Path

import pyarrow as pa
import pytest
from pyarrow import parquet as pq

from loaders.file_formats.sources import fetch
from tests.corpora import ADDRESSES, TEXTS, records_of, told


def written(path: Path, **columns: list[object]) -> Path:
    pq.write_table(pa.table(columns), path, row_group_size=2, compression="none")
    return path


def test_every_row_is_a_document_with_its_address(tmp_path: Path) -> None:
    path = written(tmp_path / "crawl.parquet", text=[*TEXTS], url=[*ADDRESSES], other=[1, 2, 3])

    entries, _ = records_of(path)

    sources = [fetch(entry) for entry in entries]
    assert [source.data.decode() for source in sources] == [*TEXTS]
    assert [source.origin.url for source in sources] == [*ADDRESSES]
    assert entries[2].name == f"{path}, row 3"
    assert sum(entry.size for entry in entries) == path.stat().st_size


def test_a_row_without_text_is_that_rows_fault(tmp_path: Path) -> None:
    assert told(records_of(written(tmp_path / "a.parquet", text=["甲", None, "丙"]))[0]) == ["1", "2 EMPTY_FILE", "3"]


def test_a_file_without_the_columns_names_those_it_has(tmp_path: Path) -> None:
    (entry,), _ = records_of(written(tmp_path / "a.parquet", body=[*TEXTS]))

    fault = entry.record.fault if entry.record else None
    assert fault
    assert (fault.code, "body" in fault.message, "--text-field" in fault.hint) == ("BAD_RECORD", True, True)


def test_rows_that_cannot_be_read_are_one_fault_and_the_next_rows_are_read(tmp_path: Path) -> None:
    path = written(tmp_path / "a.parquet", text=["甲" * 500, "乙" * 500, "丙" * 500, "丁" * 500])
    data = bytearray(path.read_bytes())
    data[4:60] = bytes(56)  # the first page of the first group
    path.write_bytes(bytes(data))

    entries, _ = records_of(path)

    assert told(entries) == ["1 DAMAGED_FILE", "3", "4"]


def test_a_file_that_is_no_parquet_is_damaged(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    path.write_bytes(b"PAR1 and no more")
    assert told(records_of(path)[0]) == ["0 DAMAGED_FILE"]


def test_without_pyarrow_one_line_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = written(tmp_path / "a.parquet", text=[*TEXTS])
    monkeypatch.setitem(sys.modules, "pyarrow", None)

    (entry,), _ = records_of(path)

    fault = entry.record.fault if entry.record else None
    assert fault
    assert (fault.code, fault.where) == ("NO_PARQUET", str(path))
    assert "pip install 'gongkai[parquet]'" in fault.hint
