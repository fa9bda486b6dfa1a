from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

import pytest

from loaders.file_formats.sources import fetch
from tests.corpora import ADDRESSES, crawl, records_of, told, wacz


@pytest.mark.parametrize("compression", [ZIP_STORED, ZIP_DEFLATED], ids=["stored", "packed"])
def test_the_pages_of_every_warc_in_it_are_documents(tmp_path: Path, compression: int) -> None:
    data = crawl().data()
    path = wacz(tmp_path / "crawl.wacz", data, data, compression=compression)

    entries, passed_over = records_of(path)

    assert [fetch(entry).origin.url for entry in entries] == [*ADDRESSES, *ADDRESSES]
    assert passed_over["HTTP status 404"] == 6
    assert entries[0].kept_name == "crawl.wacz/0.warc.gz/2"
    assert entries[-1].name.startswith(f"{path}/1.warc.gz, record 8 at byte ")


def test_a_warc_that_is_cut_costs_nothing_of_the_next(tmp_path: Path) -> None:
    data = crawl().data()
    path = wacz(tmp_path / "crawl.wacz", data[: len(data) // 2], data)
    assert [one for one in told(records_of(path)[0]) if "DAMAGED" not in one][-3:] == ["2", "5", "8"]


def test_an_archive_without_warcs_or_that_is_none_is_damaged(tmp_path: Path) -> None:
    (tmp_path / "a.wacz").write_bytes(b"no zip")
    with ZipFile(tmp_path / "b.wacz", "w") as archive:
        archive.writestr("pages/pages.jsonl", "{}")
    for name in "ab":
        assert told(records_of(tmp_path / f"{name}.wacz")[0]) == ["0 DAMAGED_FILE"]
