from collections.abc import Callable, Mapping
from datetime import date
from io import BytesIO

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from loaders.errors import SourceError
from loaders.file_formats import read, xlsx
from loaders.file_formats.sources import SourceFile
from tests.ofd import packed

Fill = Callable[[Worksheet], object]
SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def saved(*fills: Fill) -> bytes:
    book = Workbook()
    for index, fill in enumerate(fills):
        fill(book.active if index == 0 else book.create_sheet())
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def lines_of(*fills: Fill) -> list[str]:
    return xlsx.read(SourceFile("a.xlsx", saved(*fills))).text.splitlines()


def rows(*rows: list[object], merged: str = "", formats: Mapping[str, str] = {}) -> Fill:
    def fill(sheet: Worksheet) -> None:
        for row in rows:
            sheet.append(row)
        for reference in merged.split():
            sheet.merge_cells(reference)
        for reference, code in formats.items():
            sheet[reference].number_format = code

    return fill


@pytest.mark.parametrize(
    ("value", "code", "expected"),
    [
        (1417.05, "General", "1417.05"),
        (5.0, "General", "5"),
        (0.1 + 0.2, "General", "0.3"),
        (-4, "General", "-4"),
        (12345678901234, "General", "12345678901234"),
        (1417.1, "0.00", "1417.10"),
        (2.5, "0", "3"),
        (0.85, "0%", "85%"),
        (0.85432, "0.0%", "85.4%"),
        (1234567, "#,##0", "1,234,567"),
        (-1234.5, "#,##0.00;[Red](#,##0.00)", "(1,234.50)"),
        (0, '0;-0;"-"', "-"),
        (7, "000", "007"),
        (12, '0"件"', "12件"),
        (date(2021, 3, 4), "yyyy-mm-dd", "2021-03-04"),
        (date(2021, 3, 4), 'yyyy"年"m"月"d"日"', "2021年3月4日"),
        (True, "General", "TRUE"),
        ("0012", "General", "0012"),
        (7, "?/?", "7"),
    ],
)
def test_a_cell_reads_as_it_is_printed(value: object, code: str, expected: str) -> None:
    assert lines_of(rows(["数量", value], ["件", "无"], formats={"B1": code}))[0] == f"数量 | {expected} |"


def test_rows_of_a_table_keep_their_blanks_and_merged_cells_stand_once() -> None:
    table = rows(
        ["一级", None, "数", None],
        [None, "二级", None, 3],
        ["丙", "丁", 4, None],
        merged="A1:A2 C1:D1",
    )
    assert lines_of(table) == ["一级 |  | 数 |", "二级 |  | 3 |", "丙 | 丁 | 4 |  |"]


def test_a_report_typed_into_a_sheet_keeps_its_lines() -> None:
    report = rows(
        ["青石县2021年政府信息公开工作年度报告"],
        ["一、总体情况"],
        ["第一行\n第二行"],
        [],
        ["信息内容", "本年制发件数"],
        ["规章", 0],
        ["规范性文件", None],
        ["总计", 3],
        ["二、主动公开"],
        merged="A1:B1 A9:B9",
    )
    assert lines_of(report) == [
        "青石县2021年政府信息公开工作年度报告",
        "一、总体情况",
        "第一行",
        "第二行",
        "信息内容 | 本年制发件数 |",
        "规章 | 0 |",
        "规范性文件 |  |",
        "总计 | 3 |",
        "二、主动公开",
    ]


def test_what_is_hidden_is_not_read_and_a_hidden_sheet_is_named() -> None:
    def hide(sheet: Worksheet) -> None:
        rows(["甲", "藏", 1], ["乙", "藏", 2], ["丙", "藏", 3])(sheet)
        sheet.row_dimensions[2].hidden = True
        sheet.column_dimensions["B"].hidden = True

    def hidden(sheet: Worksheet) -> None:
        rows(["旧", 9])(sheet)
        sheet.title, sheet.sheet_state = "草稿", "hidden"

    found = xlsx.read(SourceFile("a.xlsx", saved(hide, hidden, rows(["丁", 4], ["戊", 5]))))
    assert found.text.splitlines() == ["甲 | 1 |", "丙 | 3 |", "丁 | 4 |", "戊 | 5 |"]
    assert found.warnings == ("hidden sheet(s), which are not read: 草稿",)


def test_a_formula_that_was_never_worked_out_is_no_figure() -> None:
    assert lines_of(rows(["总计", "=1+2"], ["件", 3]))[0] == "总计 | =1+2 |"


def package(sheet: str, **members: str) -> bytes:
    """A workbook of one sheet by hand, with nothing that a program could add."""
    book = f'<workbook xmlns="{SHEET}" xmlns:r="{RELATION}"><sheets><sheet name="x" r:id="r1"/></sheets></workbook>'
    relation = f'<Relationships><Relationship Id="r1" Type="{RELATION}/worksheet" Target="s.xml"/></Relationships>'
    made = {"xl/workbook.xml": book, "xl/_rels/workbook.xml.rels": relation}
    return packed({**made, "xl/s.xml": f'<worksheet xmlns="{SHEET}">{sheet}</worksheet>', **members})


def test_cells_without_references_styles_or_strings_are_read_in_their_order() -> None:
    cells = '<c><v>1</v></c><c t="str"><v>甲_x0041_</v></c><c t="inlineStr"><is><t>乙</t><rPh><t>yi</t></rPh></is></c>'
    data = package(f"<sheetData><row>{cells}</row><row><c t='s'><v>7</v></c><c t='e'><v>#N/A</v></c></row></sheetData>")
    assert xlsx.read(SourceFile("a.xlsx", data)).text == "1 | 甲A | 乙 |\n#N/A\n"


def cells(*references: str) -> str:
    """A sheet of ones in these places; rows are told by their cells alone."""
    ones = "".join(f'<c r="{at}"><v>1</v></c>' for at in references)
    return f"<sheetData><row>{ones}</row></sheetData>"


ENTITIES = '<!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'
HOSTILE = {
    "merged without end": (
        package(cells("A1", "XFD1048576") + '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'),
        "FILE_TOO_LARGE",
    ),
    "rows without end": (
        package(cells(*(f"{column}{row}" for row in range(1, 40) for column in ("A", "XFD")))),
        "FILE_TOO_LARGE",
    ),
    "no sheet": (packed({"xl/workbook.xml": f'<workbook xmlns="{SHEET}"/>'}), "EMPTY_FILE"),
    "a sheet is missing": (
        package("").replace(b"xl/s.xml", b"xl/t.xml"),
        "DAMAGED_FILE",
    ),
    "entities": (package("", **{"xl/sharedStrings.xml": ENTITIES}), "DAMAGED_FILE"),
    "no workbook": (packed({"xl/nothing.xml": "<x/>"}), "DAMAGED_FILE"),
    "cut": (saved(rows(["甲", 1]))[:-300], "DAMAGED_FILE"),
    "blank": (saved(rows([None, " "])), "EMPTY_FILE"),
    "swollen": (package(f"<sheetData>{' ' * (65 * 1024 * 1024)}</sheetData>"), "FILE_TOO_LARGE"),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_workbook_is_refused_in_one_line(kind: str) -> None:
    data, code = HOSTILE[kind]
    with pytest.raises(SourceError) as caught:
        read(SourceFile("a.xlsx", data))
    assert (caught.value.code, caught.value.where) == (code, "a.xlsx")
    assert caught.value.hint
    assert "\n" not in str(caught.value)
