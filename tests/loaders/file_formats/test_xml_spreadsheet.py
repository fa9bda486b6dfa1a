import pytest

from loaders.errors import SourceError
from loaders.file_formats import read
from loaders.file_formats.sources import SourceFile

NAMESPACES = (
    'xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel"'
)
STYLES = (
    '<Styles><Style ss:ID="s1"><Borders><Border ss:Position="Left"/></Borders></Style>'
    '<Style ss:ID="s2"><NumberFormat ss:Format="0%"/></Style></Styles>'
)


def book(*sheets: str) -> bytes:
    head = '<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n'
    return f"{head}<Workbook {NAMESPACES}>{STYLES}{''.join(sheets)}</Workbook>".encode()


def sheet(rows: str, *, hidden: bool = False) -> str:
    options = "<x:WorksheetOptions><x:Visible>SheetHidden</x:Visible></x:WorksheetOptions>" if hidden else ""
    return f'<Worksheet ss:Name="表一"><Table>{rows}</Table>{options}</Worksheet>'


def cell(text: str, *, kind: str = "String", **attributes: object) -> str:
    given = "".join(f' ss:{name}="{value}"' for name, value in attributes.items())
    return f'<Cell{given}><Data ss:Type="{kind}">{text}</Data></Cell>'


def row(*cells: str, hidden: int = 0) -> str:
    return f'<Row ss:Hidden="{hidden}">{"".join(cells)}</Row>'


def test_rows_keep_their_blanks_and_merged_cells_stand_once() -> None:
    rows = (
        row(cell("青石县2021年报告", MergeAcross=3)),
        row(cell("规章", MergeDown=1), cell("制发"), cell("废止"), cell("率")),
        row(cell("1417.05", kind="Number", Index=2), cell("0.85", kind="Number", Index=4, StyleID="s2")),
        row(cell("藏"), cell("9"), hidden=1),
    )
    found = read(SourceFile("a.xls", book(sheet("".join(rows)), sheet(row(cell("旧")), hidden=True))))
    assert found.text.splitlines() == ["青石县2021年报告", "规章 | 制发 | 废止 | 率 |", "1417.05 |  | 85% |"]
    assert found.warnings == (
        "the name ends in .xls, but the content is xml spreadsheet",
        "hidden sheet(s), which are not read: 表一",
    )


@pytest.mark.parametrize(
    ("data", "code"),
    [
        pytest.param(book(sheet(row(cell("甲"))))[:-30], "DAMAGED_FILE", id="cut"),
        pytest.param(
            book().replace(b"<Workbook", b"<!DOCTYPE x [<!ENTITY a 'a'>]><Workbook"), "DAMAGED_FILE", id="entities"
        ),
        pytest.param(book(sheet("")), "EMPTY_FILE", id="empty"),
        pytest.param(
            book(sheet(row(cell("甲", MergeAcross=99999999, MergeDown=99999999)) + row(cell("乙", Index=999999)))),
            "FILE_TOO_LARGE",
            id="merged without end",
        ),
    ],
)
def test_a_hostile_file_is_refused_in_one_line(data: bytes, code: str) -> None:
    with pytest.raises(SourceError) as caught:
        read(SourceFile("a.xls", data))
    assert (caught.value.code, caught.value.where) == (code, "a.xls")
    assert caught.value.hint
