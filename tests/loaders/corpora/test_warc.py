import gzip
import zlib
from pathlib import Path

import pytest

from loaders.corpora import warc
from loaders.file_formats import read
from loaders.file_formats.sources import fetch
from tests.corpora import ADDRESSES, CHATTER, TEXTS, Web, crawl, page, records_of, told

HTML = "text/html; charset=utf-8"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "crawl.warc.gz"


@pytest.mark.parametrize("packed", [True, False], ids=["packed", "plain"])
def test_every_page_is_a_document_with_its_address_and_place(path: Path, *, packed: bool) -> None:
    path.write_bytes(crawl(packed=packed).data())

    entries, passed_over = records_of(path)

    texts = [read(fetch(entry)) for entry in entries]
    assert [text.furniture["url"] for text in texts] == [*ADDRESSES]
    assert all(line in text.text for text, whole in zip(texts, TEXTS, strict=True) for line in whole.split()[:9])
    assert passed_over == {"metadata record": 1, "content type image/*": 3, "HTTP status 404": 3}
    assert told(entries) == ["2", "5", "8"]
    places = [text.record.offset or 0 for text in texts if text.record]
    data = path.read_bytes()
    starts = [(gzip.decompress(data[at:]) if packed else data[at:]).startswith(b"WARC/1.0") for at in places]
    assert starts == [True] * 3
    assert entries[0].name == f"{path}, record 2 at byte {places[0]:,}"


def body_of(web: Web, path: Path) -> bytes:
    path.write_bytes(web.data())
    (entry,), _ = records_of(path)
    return fetch(entry).data


PAGE = page(CHATTER).encode()
RAW = zlib.compressobj(wbits=-15)
CODED = {
    "gzip": gzip.compress(PAGE),
    "deflate": zlib.compress(PAGE),
    "Deflate": RAW.compress(PAGE) + RAW.flush(),
    "identity": PAGE,
    "GZIP": PAGE,  # a crawler that stored it plain left the header as it was
}


@pytest.mark.parametrize("coding", CODED)
def test_the_content_is_unpacked(path: Path, coding: str) -> None:
    web = Web().answer("http://a.cn/", CODED[coding], Content_Type=HTML, Content_Encoding=coding)
    assert body_of(web, path) == PAGE


def test_chunks_are_put_together(path: Path) -> None:
    packed = gzip.compress(PAGE)
    chunks = b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in (packed[:50], packed[50:])) + b"0\r\n\r\n"
    web = Web().answer("http://a.cn/", chunks, Content_Type=HTML, Content_Encoding="gzip", Transfer_Encoding="chunked")
    assert body_of(web, path) == PAGE


def test_content_that_swells_is_refused_and_the_next_page_is_read(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("loaders.corpora.web_records.LARGEST_FILE", 100_000)
    bomb = gzip.compress(bytes(5_000_000))
    web = Web().answer("http://a.cn/", bomb, Content_Type=HTML, Content_Encoding="gzip")
    web.answer("http://a.cn/b", bytes(200_000), Content_Type=HTML).answer("http://a.cn/c", PAGE, Content_Type=HTML)
    web.answer("http://a.cn/d", PAGE, Content_Type=HTML, Content_Encoding="br").answer(
        "http://a.cn/e", b"\x0b", Content_Type=HTML, Content_Encoding="br"
    )
    path.write_bytes(web.data())
    assert told(records_of(path)[0]) == ["1 FILE_TOO_LARGE", "2 FILE_TOO_LARGE", "3", "4", "5 BAD_RECORD"]


@pytest.mark.parametrize(
    ("url", "headers", "suffix"),
    [
        ("http://a.cn/x", {"Content_Type": "application/pdf"}, ".pdf"),
        ("http://a.cn/x.docx?id=1", {"Content_Type": "application/octet-stream"}, ".docx"),
        (
            "http://a.cn/get",
            {"Content_Type": "application/octet-stream", "Content_Disposition": 'attachment; filename="a.PDF"'},
            ".pdf",
        ),
        ("http://a.cn/x.exe", {"Content_Type": "application/octet-stream"}, None),
        ("http://a.cn/x.css", {"Content_Type": "text/css"}, None),
        ("http://a.cn/x", {}, "http"),
    ],
)
def test_the_content_type_or_else_the_name_says_what_is_read(
    path: Path, url: str, headers: dict[str, str], suffix: str | None
) -> None:
    path.write_bytes(Web().answer(url, b"content", **headers).data())
    entries, passed_over = records_of(path)
    assert [fetch(entry).suffix for entry in entries][:1] != [None]
    assert bool(entries) is (suffix is not None)
    assert bool(passed_over) is (suffix is None)
    if suffix and suffix.startswith("."):
        assert fetch(entries[0]).suffix == suffix


def test_records_that_are_no_pages_are_passed_over_by_their_kind(path: Path) -> None:
    web = Web().record("http://a.cn/", "revisit", b"HTTP/1.1 200 OK\r\n\r\n")
    web.record("dns:a.cn", "response", b"a.cn 1.2.3.4", media_type="text/dns")
    web.record("http://a.cn/t", "conversion", CHATTER.encode(), media_type="text/plain")
    web.record("urn:x", "resource", b"{}", media_type="application/json")
    path.write_bytes(web.data())

    entries, passed_over = records_of(path)

    assert told(entries) == ["3"]
    assert passed_over == {"revisit record": 1, "response without HTTP": 1, "content type application/json": 1}


@pytest.mark.parametrize("packed", [True, False], ids=["packed", "plain"])
def test_a_file_cut_in_the_middle_is_read_as_far_as_it_goes(path: Path, *, packed: bool) -> None:
    web = Web(packed=packed).answer(ADDRESSES[0], PAGE, Content_Type=HTML)
    first = web.size
    whole = web.answer(ADDRESSES[1], PAGE * 9, Content_Type=HTML).data()
    for end in range(first + 7, len(whole) - 8, max(1, (len(whole) - first) // 12)):
        path.write_bytes(whole[:end])
        assert told(records_of(path)[0]) == ["1", "2 DAMAGED_FILE"], end


@pytest.mark.parametrize("packed", [True, False], ids=["packed", "plain"])
def test_after_a_damaged_record_reading_goes_on_with_the_next(path: Path, *, packed: bool) -> None:
    web = Web(packed=packed).answer(ADDRESSES[0], PAGE, Content_Type=HTML)
    second = web.answer(ADDRESSES[1], PAGE * 3, Content_Type=HTML).size
    data = web.answer(ADDRESSES[2], PAGE, Content_Type=HTML).data()
    for length in (5, 100):  # a hole: what is missing makes the rest of the record too short
        path.write_bytes(data[: second - 130] + data[second - 130 + length :])
        entries, _ = records_of(path)
        assert told(entries) == ["1", "2 DAMAGED_FILE", "3"]
        assert fetch(entries[-1]).origin.url == ADDRESSES[2]


def test_a_head_without_end_is_a_fault(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(warc, "_LONGEST_HEAD", 5_000)
    web = (
        Web()
        .answer("http://a.cn/", PAGE, Content_Type=HTML, X="y" * 9_000)
        .answer("http://b.cn/", PAGE, Content_Type=HTML)
    )
    path.write_bytes(web.data())
    assert told(records_of(path)[0]) == ["1 DAMAGED_FILE", "2"]


def test_a_record_that_goes_on_and_on_is_left_for_the_next(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(warc, "_LONGEST_SKIPPED", 1_000_000)
    web = (
        Web()
        .answer("http://a.cn/", bytes(9_000_000), Content_Type="video/mp4")
        .answer("http://b.cn/", PAGE, Content_Type=HTML)
    )
    path.write_bytes(web.data())
    assert told(records_of(path)[0]) == ["1 DAMAGED_FILE", "2"]


@pytest.mark.parametrize(
    "data",
    [b"no warc at all", b"\x1f\x8b no gzip", gzip.compress(b"no warc"), b""],
    ids=["text", "no gzip", "gzip of text", "nothing"],  # the bytes of a gzip have the time in them
)
def test_a_file_that_is_no_warc_is_one_fault(path: Path, data: bytes) -> None:
    path.write_bytes(data)
    assert told(records_of(path)[0]) == (["1 DAMAGED_FILE"] if data else [])
