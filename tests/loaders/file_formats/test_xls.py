from collections.abc import Callable
from datetime import datetime
from io import BytesIO

import pytest
import xlwt

from loaders.errors import SourceError
from loaders.file_formats import read, xls
from loaders.file_formats.sources import SourceFile

BORDERS = xlwt.easyxf("borders: left thin, right thin, top thin, bottom thin")


def saved(*fills: Callable[[xlwt.Worksheet], object]) -> bytes:
    book = xlwt.Workbook(encoding="utf-8")
    for index, fill in enumerate(fills):
        fill(book.add_sheet(f"表{index + 1}"))
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def lines_of(*fills: Callable[[xlwt.Worksheet], object]) -> list[str]:
    return xls.read(SourceFile("a.xls", saved(*fills))).text.splitlines()


@pytest.mark.parametrize(
    ("value", "code", "expected"),
    [
        (1417.05, "General", "1417.05"),
        (5, "General", "5"),
        (0.854, "0.0%", "85.4%"),
        (1234567, "#,##0", "1,234,567"),
        (datetime(2021, 3, 4), "yyyy-m-d", "2021-3-4"),  # noqa: DTZ001  a printed day has no zone
        (True, "General", "TRUE"),
        ("甲\n乙", "General", "甲乙"),
    ],
)
def test_a_cell_reads_as_it_is_printed(value: object, code: str, expected: str) -> None:
    def fill(sheet: xlwt.Worksheet) -> None:
        sheet.write(0, 0, "数量")
        sheet.write(0, 1, value, xlwt.easyxf(num_format_str=code))

    assert lines_of(fill) == [f"数量 | {expected} |"]


def test_a_table_keeps_its_blanks_and_what_is_hidden_is_not_read() -> None:
    def table(sheet: xlwt.Worksheet) -> None:
        sheet.write_merge(0, 0, 0, 2, "青石县2021年报告")
        sheet.write_merge(1, 1, 0, 1, "信息内容", BORDERS)
        sheet.write(1, 2, "数", BORDERS)
        for row, name in enumerate(("规章", "藏", "规范性文件"), 2):
            sheet.write_merge(row, row, 0, 1, name, BORDERS)
            sheet.write(row, 2, 3 if row < 4 else None, BORDERS)
        sheet.row(3).hidden = True

    def hidden(sheet: xlwt.Worksheet) -> None:
        sheet.write(0, 0, "旧")
        sheet.visibility = 1

    found = xls.read(SourceFile("a.xls", saved(table, hidden)))
    assert found.text.splitlines() == ["青石县2021年报告", "信息内容 | 数 |", "规章 | 3 |", "规范性文件 |  |"]
    assert found.warnings == ("hidden sheet(s), which are not read: 表2",)


WHOLE = saved(lambda sheet: sheet.write(0, 0, "甲"))


@pytest.mark.parametrize(
    ("data", "code"),
    [
        pytest.param(WHOLE[:1000], "DAMAGED_FILE", id="cut"),
        pytest.param(WHOLE[:512] + bytes(len(WHOLE) - 512), "DAMAGED_FILE", id="emptied"),
        pytest.param(WHOLE.replace(b"\x09\x08\x10\x00", b"\x09\x08\xff\x7f", 1), "DAMAGED_FILE", id="spoiled"),
        pytest.param(saved(lambda _sheet: None), "EMPTY_FILE", id="blank"),
        pytest.param(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "DAMAGED_FILE", id="only its mark"),
    ],
)
def test_a_hostile_workbook_is_refused_in_one_line(data: bytes, code: str) -> None:
    with pytest.raises(SourceError) as caught:
        read(SourceFile("a.xls", data))
    assert (caught.value.code, caught.value.where) == (code, "a.xls")
    assert caught.value.hint
    assert "\n" not in str(caught.value)
