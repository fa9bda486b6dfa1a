import pytest

from loaders import file_formats as formats
from loaders.errors import SourceError
from loaders.file_formats import FORMATS, SUFFIXES, Draft, Format, format_of, read
from loaders.file_formats.model import LONGEST_TEXT
from loaders.file_formats.sources import Entry, SourceFile, fetch, inventory
from tests.rendering import LAYOUTS, Cell, Table, canonical_rows, render, report, source, table
from tests.shared import REPORTS

REQUESTS = table(
    [Cell("勾稽关系：第一项加第二项之和，等于第三项加第四项之和", 3, 3), Cell("申请人情况", 7)],
    [Cell("自然人", rowspan=2), Cell("法人或其他组织", 5), Cell("总计", rowspan=2)],
    ["商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他"],
    [Cell("一、本年新收政府信息公开申请数量", 3), "12", "3", "", "0", "0", "1", "16"],
    [Cell("三、本年度办理结果", rowspan=3), Cell("（一）予以公开", 2), "5", "", "", "", "", "", "5"],
    [Cell("（三）不予公开", rowspan=2), "1.属于国家秘密", "", "", "0", "0", "0", "1", "16"],
    ["2.其他法律行政法规禁止公开", "0", "0", "0", "0", "0", "0", "16"],
    [Cell("四、结转下年度继续办理", 3), "1,200", "3", "", "0", "-1", "1", "16"],
    cut_after=6,
)
REPORT = report(
    "青石县2021年政府信息公开工作年度报告",
    "一、总体情况",
    "各乡镇（街道）和县直各部门认真落实条例要求，全年主动公开政府信息1,234条，" * 4 + "工作进一步规范。",
    "三、收到和处理政府信息公开申请情况",
    REQUESTS,
    "六、其他需要报告的事项",
    "无。",
)

STRUCTURED = LAYOUTS.keys() - {"piped-cells", "blank-lines", "bare", "spaced-rows", "markdown"}


@pytest.mark.parametrize("layout", [layout for layout in LAYOUTS if layout in STRUCTURED])
def test_every_structured_format_gives_the_same_text(layout: str) -> None:
    expected = [REPORT.title]
    for block in REPORT.blocks:
        expected += canonical_rows(block) if isinstance(block, Table) else [block.text]
    assert read(source(REPORT, layout)).text == "".join(f"{line}\n" for line in expected)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_layout_is_read_and_measured(layout: str) -> None:
    given = source(REPORT, layout)
    found = read(given)
    assert found.bytes == len(given.data)
    assert len(found.sha256) == 64
    assert found.text[slice(*found.body)].strip()
    assert REPORT.title in found.text


@pytest.mark.parametrize(
    ("name", "data", "expected"),
    [
        ("a.pdf", b"%PDF-1.7", "pdf"),
        ("a.txt", b"\xef\xbb\xbf%PDF-1.7", "pdf"),
        ("a.txt", b"<!DOCTYPE html><p>x", "html"),
        ("a.txt", b"\xef\xbb\xbf <HTML><p>x", "html"),
        ("a.txt", b"<?xml version='1.0'?>\n<!-- saved -->\n<html>", "html"),
        ("a.txt", "一、总体情况 <p> 不是网页".encode(), "plain"),
        ("a.htm", b"<p>x", "html"),
        ("a.md", b"# x", "markdown"),
        ("a.docx", b"PK\x03\x04 ... word/document.xml", "docx"),
        ("a.doc", b"PK\x03\x04 ... word/document.xml", "docx"),
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "doc"),
        ("a.doc", b"<html><body>", "html"),
        ("a.doc", b"whatever", "plain"),
        ("a.wps", "一、总体情况".encode("gb18030"), "plain"),
        ("a.pdf", "一、总体情况".encode(), "plain"),
        ("a.doc", b"\x01\x02", "doc"),
        ("a.txt", rb"{\rtf1", "rtf"),
        ("a.xls", b"<table border=1><tr><td>1", "html"),
        ("a.txt", b"<meta charset=gbk><p>x", "html"),
        ("a.md", b"<div align=center>\n\n# x", "markdown"),
        ("a.html", "<!DOCTYPE html><p>x".encode("utf-16"), "html"),
        ("a.txt", "<html><p>x".encode("utf-16-be"), "html"),
        ("a.html", b"\x1f\x8b\x08 ...", "gzip"),
        ("a.mht", b"From: <Saved by a browser>\r\nMIME-Version: 1.0\r\nContent-Type: text/html\r\n\r\n", "mhtml"),
        ("a.doc", b"MIME-Version: 1.0\nContent-Type: multipart/related;\n\tboundary=x\n\n--x", "mhtml"),
        ("a.txt", b"Title: a report\nContent-Type: text\n\nMIME-Version: 1.0", "plain"),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le") + b"\0\0", "xls"),
        ("a.doc", b"PK\x03\x04 ... xl/workbook.xml", "xlsx"),
        ("a.xml", b'<?mso-application progid="Word.Document"?>', "doc"),
        ("a.ofd", b"PK\x03\x04 ... OFD.xml", "ofd"),
        ("report", b"x", "plain"),
        ("a.XYZ", b"x", "plain"),
        ("A.HTML", b"x", "html"),
    ],
)
def test_the_bytes_decide_then_the_suffix_then_plain_text(name: str, data: bytes, expected: str) -> None:
    assert format_of(SourceFile(name, data)).id == expected


@pytest.mark.parametrize(
    ("name", "data", "code", "word"),
    [
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "DAMAGED_FILE", ".docx"),
        ("a.ofd", b"PK\x03\x04 OFD.xml", "DAMAGED_FILE", "again"),
        ("a.xlsx", b"PK\x03\x04 xl/workbook.xml", "DAMAGED_FILE", "again"),
        ("a.zip.txt", b"PK\x03\x04", "BINARY_FILE", ".docx"),
        ("a.txt", b"\n\n", "EMPTY_FILE", "again"),
        ("a.txt", ("公开" * LONGEST_TEXT).encode(), "FILE_TOO_LARGE", "split"),
        ("a.html", ("<p>" + "公开" * LONGEST_TEXT).encode(), "FILE_TOO_LARGE", "split"),
    ],
)
def test_refusals_name_the_file_the_fault_and_what_to_do(name: str, data: bytes, code: str, word: str) -> None:
    with pytest.raises(SourceError) as caught:
        read(SourceFile(name, data))
    assert (caught.value.code, caught.value.where) == (code, name)
    assert word in caught.value.hint


@pytest.mark.parametrize(
    ("layout", "warnings"),
    [
        ("html-as-doc", ("the name ends in .doc, but the content is html",)),
        ("docx-as-wps", ("the name ends in .wps, but the content is docx",)),
        ("rtf-as-doc", ("the name ends in .doc, but the content is rtf",)),
        ("html-gzip", ()),
        ("html-utf-16", ()),
        ("mhtml", ()),
    ],
)
def test_a_name_that_disagrees_with_the_content_is_said(layout: str, warnings: tuple[str, ...]) -> None:
    assert read(source(REPORT, layout)).warnings == warnings


def test_a_name_without_a_known_ending_disagrees_with_nothing() -> None:
    assert read(SourceFile("report", render(REPORT, "html"))).warnings == ()


def _failing(_source: SourceFile) -> Draft:
    raise RecursionError("too deep")


def test_an_error_of_a_library_never_comes_through() -> None:
    broken = Format("toy", (".toy",), lambda _data: False, _failing)
    with pytest.raises(SourceError, match="RecursionError") as caught:
        read(SourceFile("a.toy", b"x"), (broken,))
    assert caught.value.code == "DAMAGED_FILE"


def test_a_new_format_is_one_entry() -> None:
    toy = Format("toy", (".toy",), lambda data: data.startswith(b"TOY"), lambda s: Draft(s.data.decode(), "text/x-toy"))
    found = read(SourceFile("a.txt", b"TOY text"), (toy, *FORMATS))
    assert (found.text, found.media_type, found.body) == ("TOY text", "text/x-toy", (0, 8))


def test_no_suffix_belongs_to_two_formats() -> None:
    suffixes = [suffix for known in FORMATS for suffix in known.suffixes]
    assert len(suffixes) == len(set(suffixes)) == len(SUFFIXES)
    assert all(suffix == suffix.lower() and suffix.startswith(".") for suffix in suffixes)


@pytest.mark.shared
def test_every_real_report_is_read_without_warning() -> None:
    found = inventory([REPORTS], suffixes=SUFFIXES)
    assert not found.failures
    assert len(found.entries) >= 18
    assert [entry.name for entry in found.entries if read(fetch(entry)).warnings] == []


@pytest.mark.shared
@pytest.mark.parametrize("suffix", [".txt", ".md"])
def test_real_texts_are_taken_as_they_are(suffix: str) -> None:
    for path in sorted(REPORTS.glob(f"*{suffix}")):
        assert read(fetch(Entry(path.name, path, path.name))).text == path.read_bytes().decode("utf-8-sig"), path.name


@pytest.mark.shared
@pytest.mark.parametrize(
    ("name", "rows"),
    [
        ("hongze-2023.pdf", 23),
        ("blank-form-2021.docx", 25),
        ("hangzhou-style-2025.html", 25),
        ("shanghai-bangongting-2019.html", 23),
    ],
)
def test_each_row_of_the_real_request_tables_is_one_line_with_seven_values(name: str, rows: int) -> None:
    lines = formats.read(fetch(Entry(name, REPORTS / name, name))).text.splitlines()
    first = next(index for index, line in enumerate(lines) if line.startswith("一、本年新收"))
    last = next(index for index, line in enumerate(lines) if line.startswith("四、结转下年度"))
    assert last - first + 1 == rows
    for line in lines[first : last + 1]:
        *labels, _a, _b, _c, _d, _e, _f, _g = line.removesuffix("|").rstrip(" ").split(" |")
        assert all(label.strip() for label in labels)
        assert len(labels) in {1, 2, 3}
