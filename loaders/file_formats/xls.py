"""Binary workbooks of Excel 97 to 2003 and WPS (.xls, .et): every shown sheet as canonical text, as it is printed.

xlrd is as finished as the format; it alone gives number formats, merged and hidden cells of it. Refused: damaged and
protected workbooks.
"""

from io import StringIO

import xlrd

from loaders.errors import SourceError
from loaders.file_formats.model import Draft, damaged, encrypted
from loaders.file_formats.number_formats import printed
from loaders.file_formats.sources import SourceFile
from loaders.file_formats.spreadsheet import Sheet, draft_of
from loaders.vocabulary.number_formats import BUILT_IN

_MEDIA_TYPE = "application/vnd.ms-excel"


def read(source: SourceFile) -> Draft:
    """The report in a binary workbook."""
    try:
        book = xlrd.open_workbook(file_contents=source.data, formatting_info=True, logfile=StringIO())
        sheets = [_sheet(book, sheet) for sheet in book.sheets()]
    except Exception as fault:  # xlrd raises whatever the damage makes of its tables
        raise _refusal(source, fault) from fault
    return draft_of(source.name, sheets, media_type=_MEDIA_TYPE)


def _sheet(book: xlrd.Book, given: xlrd.sheet.Sheet) -> Sheet:
    sheet = Sheet(given.name, hidden=given.visibility != 0)
    if sheet.hidden:
        return sheet
    sheet.hidden_rows.update(row for row, found in given.rowinfo_map.items() if found.hidden)
    sheet.hidden_columns.update(column for column, found in given.colinfo_map.items() if found.hidden)
    # Their ends are those of a range: behind the last.
    sheet.merged.extend(((row, column), (low - 1, right - 1)) for row, low, column, right in given.merged_cells)
    for row in range(given.nrows):
        for column in range(given.row_len(row)):
            if text := _printed(book, given.cell(row, column)):
                sheet.texts[row, column] = text
            if _is_ruled(book.xf_list[given.cell_xf_index(row, column)]):
                sheet.ruled.setdefault(row, set()).add(column)
    return sheet


def _printed(book: xlrd.Book, cell: xlrd.sheet.Cell) -> str:
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return "TRUE" if cell.value else "FALSE"
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return str(xlrd.error_text_from_code.get(cell.value, "#N/A"))
    if cell.ctype in {xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE}:
        key = book.xf_list[cell.xf_index].format_key
        known = book.format_map.get(key)
        code = BUILT_IN.get(key) or (known.format_str if known else "")
        return printed(cell.value, code, since_1904=bool(book.datemode))
    return str(cell.value)


def _is_ruled(style: xlrd.formatting.XF) -> bool:
    border = style.border
    sides = (border.left_line_style, border.right_line_style, border.top_line_style, border.bottom_line_style)
    return any(sides)


def _refusal(source: SourceFile, fault: Exception) -> SourceError:
    if isinstance(fault, xlrd.XLRDError) and "encrypted" in str(fault):
        return encrypted(source.name, "Excel workbook")
    found = f"it cannot be taken apart ({type(fault).__name__})"
    return damaged(source.name, expected="an Excel workbook", found=found, hint="open it in Excel and save it as .xlsx")
