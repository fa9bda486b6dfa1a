from base64 import b64encode

import pytest

from loaders.errors import SourceError
from loaders.file_formats import mhtml, read
from loaders.file_formats.sources import SourceFile

PAGE = "<html><head><meta charset={}></head><body><div id=zoom><p>一、工作情况</p><p>公开12件。</p></div></body></html>"
LINES = "一、工作情况\n公开12件。\n"


def part(data: bytes, *headers: str, encoding: str = "base64", kind: str = "text/html") -> str:
    body = b64encode(data).decode() if encoding == "base64" else "".join(f"={byte:02X}" for byte in data)
    lines = (f"Content-Type: {kind}", f"Content-Transfer-Encoding: {encoding}", *headers, "", body)
    return "\r\n".join(lines)


def message(*parts: str, head: str = "", end: str = "--x--\r\n") -> bytes:
    start = (
        f'From: <Saved by a browser>\r\n{head}MIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\tboundary="x"'
    )
    return (start + "\r\n\r\n" + "".join(f"--x\r\n{one}\r\n" for one in parts) + end).encode()


def page(charset: str = "utf-8") -> bytes:
    return PAGE.format(charset).encode({"gb2312": "gb18030", "unicode": "utf-16"}.get(charset, charset))


@pytest.mark.parametrize("charset", ["utf-8", "gb2312", "unicode"])
@pytest.mark.parametrize("encoding", ["base64", "quoted-printable"])
def test_the_page_is_read_in_its_encoding(charset: str, encoding: str) -> None:
    picture = part(b"\x89PNG", kind="image/png")
    found = mhtml.read(SourceFile("a.mht", message(picture, part(page(charset), encoding=encoding))))
    assert (found.text, found.media_type) == (LINES, "text/html")


@pytest.mark.parametrize(
    ("head", "headers", "url"),
    [
        (
            "Snapshot-Content-Location: http://a.example/1.html\r\n",
            ("Content-Location: cid:1",),
            "http://a.example/1.html",
        ),
        ("", ("Content-Location: https://a.example/2.html",), "https://a.example/2.html"),
        ("", ("Content-Location: file:///C:/3.htm",), None),
    ],
)
def test_the_address_is_the_one_it_was_saved_from(head: str, headers: tuple[str, ...], url: str | None) -> None:
    found = mhtml.read(SourceFile("a.mht", message(part(page(), *headers), head=head)))
    assert found.furniture.get("url") == url


def test_the_part_that_is_named_as_the_first_is_the_page() -> None:
    start = message(part(b"<html><p>menu"), part(page(), "Content-ID: <page>")).replace(
        b"boundary", b'start="<page>"; boundary'
    )
    assert mhtml.read(SourceFile("a.mht", start)).text == LINES


def test_a_single_page_without_parts_is_read() -> None:
    data = ("MIME-Version: 1.0\r\n" + part(page())).encode()
    assert read(SourceFile("a.doc", data)).text == LINES


def test_a_missing_end_is_said() -> None:
    found = mhtml.read(SourceFile("a.mht", message(part(page()), end="")))
    assert (found.text, found.warnings) == (LINES, ("the end of the file is missing: the page may be cut",))


@pytest.mark.parametrize(
    ("data", "code"),
    [
        pytest.param(message(part(b"\x89PNG", kind="image/png")), "DAMAGED_FILE", id="no page"),
        pytest.param(message(), "DAMAGED_FILE", id="no parts"),
        pytest.param(message(part(b"")), "EMPTY_FILE", id="an empty page"),
        pytest.param(message(part(bytes(range(256)) * 9)), "BINARY_FILE", id="a page of bytes"),
        pytest.param(b"MIME-Version: 1.0\nContent-Type: text/html\n\n", "EMPTY_FILE", id="only headers"),
        pytest.param(
            b"MIME-Version: 1.0\n" + b"Content-Type: multipart/mixed; boundary=x\n\n--x\n" * 3000,
            "EMPTY_FILE",
            id="nested",
        ),
    ],
)
def test_a_hostile_file_is_refused_in_one_line(data: bytes, code: str) -> None:
    with pytest.raises(SourceError) as caught:
        read(SourceFile("a.mht", data))
    assert (caught.value.code, caught.value.where) == (code, "a.mht")
    assert caught.value.hint
    assert "\n" not in str(caught.value)
