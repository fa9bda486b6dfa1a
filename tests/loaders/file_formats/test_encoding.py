import codecs
import os

import pytest

from loaders.errors import SourceError
from loaders.file_formats.encoding import decode
from loaders.file_formats.model import LONGEST_TEXT

TEXT = (
    "青石县二〇二一年政府信息公开工作年度报告\n一、总体情况\n"
    "我县认真落实条例,主动公开信息1,234条——同比增长12%，各乡镇的工作进一步加强。\n"
)


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        pytest.param(TEXT.encode(), "utf-8", id="utf-8"),
        pytest.param(codecs.BOM_UTF8 + TEXT.encode(), "utf-8", id="utf-8 with mark"),
        pytest.param(codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"), "utf-16-le", id="utf-16 little endian with mark"),
        pytest.param(codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), "utf-16-be", id="utf-16 big endian with mark"),
        pytest.param(codecs.BOM_UTF32_LE + TEXT.encode("utf-32-le"), "utf-32-le", id="utf-32 with mark"),
        pytest.param(TEXT.encode("utf-16-le"), "utf-16-le", id="utf-16 little endian without mark"),
        pytest.param(TEXT.encode("utf-16-be"), "utf-16-be", id="utf-16 big endian without mark"),
        pytest.param(TEXT.encode("gb18030"), "gb18030", id="gb18030"),
        pytest.param(TEXT.encode("gbk"), "gb18030", id="gbk, the dash kept"),
        pytest.param((TEXT + "㐂𠀀").encode("gb18030"), "gb18030", id="gb18030 beyond gbk"),
    ],
)
def test_the_text_comes_out_unchanged_and_the_encoding_is_reported(data: bytes, encoding: str) -> None:
    decoded = decode(data, "a.txt")
    assert decoded.text.startswith(TEXT)
    assert (decoded.encoding, decoded.warnings) == (encoding, ())


def test_a_short_text_in_gbk_is_told_from_utf16_and_big5() -> None:
    assert decode("信息公开年报".encode("gbk"), "a.txt").text == "信息公开年报"


def test_traditional_characters_in_big5_are_read() -> None:
    text = "本機關主動公開政府信息的工作情況，年度報告的編制和發布。" * 3
    assert decode(text.encode("big5"), "a.txt").text == text


def test_a_false_declaration_does_not_overrule_the_bytes() -> None:
    assert decode(TEXT.encode(), "a.html", declared="gb2312").text == TEXT


def test_line_ends_and_blanks_stay_as_they_are() -> None:
    text = "一\r\n二\r\n\u00a0 三\u3000\n"
    assert decode(text.encode(), "a.txt").text == text


def test_a_character_cut_in_two_at_the_end_is_dropped_and_said() -> None:
    decoded = decode(TEXT.rstrip().encode()[:-1], "a.txt")
    assert decoded.text == TEXT.rstrip()[:-1]
    assert "truncated" in decoded.warnings[0]


def test_single_spoiled_characters_are_replaced_and_said() -> None:
    data = bytearray((TEXT * 20).encode())
    data[300] = 0xFF
    decoded = decode(bytes(data), "a.txt")
    assert decoded.encoding == "utf-8"
    assert "spoiled" in decoded.warnings[0]
    assert decoded.text.count("\ufffd") <= 3


@pytest.mark.parametrize(
    ("data", "code"),
    [
        pytest.param(b"", "EMPTY_FILE", id="no bytes"),
        pytest.param(b" \r\n\t\n", "EMPTY_FILE", id="blanks only"),
        pytest.param(b"\x00" * 4096, "EMPTY_FILE", id="zeros only"),
        pytest.param(codecs.BOM_UTF8, "EMPTY_FILE", id="mark only"),
        pytest.param(b"\x89PNG\r\n\x1a\n" + os.urandom(100), "BINARY_FILE", id="picture"),
        pytest.param(b"PK\x03\x04" + bytes(100), "BINARY_FILE", id="spreadsheet"),
        pytest.param(bytes(range(256)) * 40, "BINARY_FILE", id="all bytes"),
        pytest.param("报告".encode("gbk") + b"\xff\xff\xfe\xff" * 50, "ENCODING_UNKNOWN", id="no table fits"),
        pytest.param(codecs.BOM_UTF16_LE + b"\x00\xd8a" * 9, "ENCODING_UNKNOWN", id="mark that lies"),
        pytest.param(("报告" + "\ufffd" * 40).encode(), "ENCODING_UNKNOWN", id="lost before it was saved"),
        pytest.param(b"x" * (LONGEST_TEXT * 6 + 1), "FILE_TOO_LARGE", id="beyond the cap"),
    ],
)
def test_what_is_no_readable_text_is_refused_with_a_code(data: bytes, code: str) -> None:
    with pytest.raises(SourceError) as caught:
        decode(data, "a.txt")
    assert (caught.value.code, caught.value.where, bool(caught.value.hint)) == (code, "a.txt", True)


def test_the_refusal_names_the_place_of_the_first_fault() -> None:
    with pytest.raises(SourceError, match="position 4 "):
        decode("报告".encode("gbk") + b"\xff\xff\xfe\xff" * 50, "a.txt")
