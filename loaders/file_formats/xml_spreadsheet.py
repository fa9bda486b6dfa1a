"""Workbooks as the XML of Excel 2003, which programs write still and call .xls: every shown sheet as canonical text.

Refused: XML that is damaged or declares entities.
"""

from collections.abc import Iterator

from lxml import etree

from loaders.file_formats.model import Draft, damaged
from loaders.file_formats.number_formats import GENERAL, printed
from loaders.file_formats.packages import xml_root
from loaders.file_formats.sources import SourceFile
from loaders.file_formats.spreadsheet import Sheet, draft_of

_SS = "{urn:schemas-microsoft-com:office:spreadsheet}"
_EXCEL = "{urn:schemas-microsoft-com:office:excel}"
_NAMED = {"Percent": "0.00%", "Fixed": "0.00", "Standard": "#,##0.00", "General Number": GENERAL, "Scientific": GENERAL}
_FARTHEST = 1_048_576


def read(source: SourceFile) -> Draft:
    """The report in a workbook that is XML."""
    try:
        root = xml_root(source.data)
    except ValueError as fault:
        hint = "open it in Excel and save it as .xlsx"
        raise damaged(source.name, expected="an Excel workbook", found=f"it {fault}", hint=hint) from fault
    styles = {style.get(f"{_SS}ID", ""): style for style in root.iterfind(f"{_SS}Styles/{_SS}Style")}
    sheets = (_sheet(sheet, styles) for sheet in root.iterchildren(f"{_SS}Worksheet"))
    return draft_of(source.name, sheets, media_type="application/vnd.ms-excel")


def _sheet(element: etree._Element, styles: dict[str, etree._Element]) -> Sheet:
    shown = element.findtext(f"{_EXCEL}WorksheetOptions/{_EXCEL}Visible", "")
    sheet = Sheet(element.get(f"{_SS}Name", ""), hidden=shown.startswith("Sheet"))
    table = element.find(f"{_SS}Table")
    if sheet.hidden or table is None:
        return sheet
    sheet.hidden_columns.update(column for column, found in _placed(table, "Column", "Span") if _is_hidden(found))
    for row, found in _placed(table, "Row", "Span"):
        if _is_hidden(found):
            sheet.hidden_rows.add(row)
        for column, cell in _placed(found, "Cell", "MergeAcross"):
            _fill(sheet, cell, (row, column), styles.get(cell.get(f"{_SS}StyleID", "")))
    return sheet


def _placed(container: etree._Element, name: str, span: str) -> Iterator[tuple[int, etree._Element]]:
    """The elements of a name with their number, counted from 0; one may give its own, and stand for several."""
    at = 0
    for element in container.iterchildren(f"{_SS}{name}"):
        at = _whole(element, "Index", at + 1) - 1
        yield at, element
        at += _whole(element, span) + 1


def _fill(sheet: Sheet, cell: etree._Element, place: tuple[int, int], style: etree._Element | None) -> None:
    across, down = _whole(cell, "MergeAcross"), _whole(cell, "MergeDown")
    if across or down:
        sheet.merged.append((place, (place[0] + down, place[1] + across)))
    data = cell.find(f"{_SS}Data")
    if data is not None and (text := _printed(data, style)):
        sheet.texts[place] = text
    if style is not None and style.find(f"{_SS}Borders/{_SS}Border") is not None:
        sheet.ruled.setdefault(place[0], set()).add(place[1])


def _printed(data: etree._Element, style: etree._Element | None) -> str:
    text = "".join(map(str, data.itertext()))
    if data.get(f"{_SS}Type") != "Number":
        return text
    form = style.find(f"{_SS}NumberFormat") if style is not None else None
    code = form.get(f"{_SS}Format", GENERAL) if form is not None else GENERAL
    try:
        return printed(float(text), _NAMED.get(code, code))
    except ValueError:
        return text


def _is_hidden(element: etree._Element) -> bool:
    return element.get(f"{_SS}Hidden") == "1"


def _whole(element: etree._Element, name: str, otherwise: int = 0) -> int:
    text = element.get(f"{_SS}{name}", "")
    return min(int(text), _FARTHEST) if text.isascii() and text.isdecimal() and len(text) < 9 else otherwise  # noqa: PLR2004  no sheet has as many
