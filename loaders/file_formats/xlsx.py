"""Excel and WPS workbooks (.xlsx): every shown sheet as canonical text, each cell as it is printed.

Read with lxml and not with a library for workbooks: python-calamine gives values without their formats, so that 85% is
0.85, and openpyxl refuses styles that it does not know and unrolls merged cells without bound. Refused: damaged or
protected packages, sheets that swell without end.
"""

import re
from collections.abc import Iterator, Sequence
from typing import TypeVar

from lxml import etree

from loaders.file_formats.model import Draft
from loaders.file_formats.number_formats import GENERAL, printed
from loaders.file_formats.packages import Package
from loaders.file_formats.sources import SourceFile
from loaders.file_formats.spreadsheet import Place, Sheet, draft_of
from loaders.vocabulary.number_formats import BUILT_IN

_MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_WORKBOOK, _STRINGS, _STYLES = "xl/workbook.xml", "xl/sharedStrings.xml", "xl/styles.xml"
_RELATIONS = "xl/_rels/workbook.xml.rels"
_RELATION = re.compile(r"\{.*\}id\Z")
_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_SIDES = ("left", "right", "top", "bottom")
_TRUE = frozenset({"1", "true"})
_LAST_COLUMN = 16_384

Held = TypeVar("Held")


def read(source: SourceFile) -> Draft:
    """The report in a workbook."""
    package = Package(source, "Excel workbook")
    return draft_of(source.name, _Workbook(package).sheets(), media_type=_MEDIA_TYPE)


class _Workbook:
    """What the sheets of a workbook share."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._root = package.xml(_WORKBOOK)
        properties = self._root.find("{*}workbookPr")
        self._since_1904 = properties is not None and properties.get("date1904") in _TRUE
        self._strings = [_text(item) for item in self._members(_STRINGS, "{*}si")]
        self._codes, self._ruled = self._styles()

    def sheets(self) -> Iterator[Sheet]:
        """The sheets in the order of their tabs."""
        targets = {
            relation.get("Id"): relation.get("Target", "")
            for relation in self._members(_RELATIONS, "{*}Relationship")
            if relation.get("Type", "").endswith("/worksheet")
        }
        for element in self._root.iterfind("{*}sheets/{*}sheet"):
            relation = next((value for name, value in element.items() if _RELATION.search(str(name))), None)
            if relation in targets:
                sheet = Sheet(element.get("name", ""), hidden=element.get("state", "visible") != "visible")
                if not sheet.hidden:
                    self._fill(sheet, self._package.resolve(targets[relation], beside=_WORKBOOK))
                yield sheet

    def _members(self, path: str, wanted: str) -> Iterator[etree._Element]:
        if self._package.has(path):
            yield from self._package.xml(path).iterfind(wanted)

    def _styles(self) -> tuple[list[str], list[bool]]:
        """Of each style of cells its number format, and whether it draws a border."""
        if not self._package.has(_STYLES):
            return [], []
        root = self._package.xml(_STYLES)
        own = {number.get("numFmtId"): number.get("formatCode", "") for number in root.iterfind("{*}numFmts/{*}numFmt")}
        borders = [_is_drawn(border) for border in root.iterfind("{*}borders/{*}border")]
        styles = root.findall("{*}cellXfs/{*}xf")
        codes = [own.get(style.get("numFmtId")) or _built_in(style.get("numFmtId")) for style in styles]
        ruled = [_at(borders, style.get("borderId"), otherwise=False) for style in styles]
        return codes, ruled

    def _fill(self, sheet: Sheet, path: str) -> None:
        root = self._package.xml(path)
        for column in root.iterfind("{*}cols/{*}col"):
            if column.get("hidden") in _TRUE:
                first, last = _whole(column.get("min")), min(_whole(column.get("max")), _LAST_COLUMN)
                sheet.hidden_columns.update(range(first - 1, last))
        at = -1
        for row in root.iterfind("{*}sheetData/{*}row"):
            at = _whole(row.get("r")) - 1 if row.get("r") else at + 1
            if row.get("hidden") in _TRUE:
                sheet.hidden_rows.add(at)
            self._fill_row(sheet, row, at)
        for merged in root.iterfind("{*}mergeCells/{*}mergeCell"):
            ends = [_place(end) for end in merged.get("ref", "").split(":")]
            if ends[0] is not None and ends[-1] is not None:
                sheet.merged.append((ends[0], ends[-1]))

    def _fill_row(self, sheet: Sheet, row: etree._Element, at: int) -> None:
        place: Place = (at, -1)
        for cell in row.iterchildren("{*}c"):
            place = _place(cell.get("r", "")) or (at, place[1] + 1)
            text = self._printed(cell)
            if text:
                sheet.texts[place] = text
            if _at(self._ruled, cell.get("s", "0"), otherwise=False):
                sheet.ruled.setdefault(place[0], set()).add(place[1])

    def _printed(self, cell: etree._Element) -> str:
        kind, value = cell.get("t", "n"), cell.findtext("{*}v")
        if kind == "inlineStr":
            return "".join(_text(string) for string in cell.iterchildren("{*}is"))
        if not value:
            # A formula that no program has worked out yet: what it would print is not known.
            formula = cell.findtext("{*}f") if kind == "n" else ""
            return f"={formula}" if formula else ""
        if kind == "s":
            return _at(self._strings, value, otherwise="")
        if kind == "b":
            return "TRUE" if value == "1" else "FALSE"
        return self._number(value, cell.get("s", "0")) if kind == "n" else _unescaped(value)

    def _number(self, value: str, style: str) -> str:
        try:
            number = float(value)
        except ValueError:
            return value
        return printed(number, _at(self._codes, style, otherwise=GENERAL), since_1904=self._since_1904)


def _text(string: etree._Element) -> str:
    """The text of a string; what tells how it is pronounced is no part of it."""
    parts = (part.text or "" for part in string.iterfind(".//{*}t") if not _is_ruby(part))
    return _unescaped("".join(parts))


def _is_ruby(part: etree._Element) -> bool:
    parent = part.getparent()
    return parent is not None and etree.QName(parent).localname == "rPh"


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


def _is_drawn(border: etree._Element) -> bool:
    sides = border.iterchildren(*(f"{{*}}{side}" for side in _SIDES))
    return any(side.get("style", "none") != "none" for side in sides)


def _built_in(number: str | None) -> str:
    return BUILT_IN.get(_whole(number), GENERAL)


def _at(held: Sequence[Held], index: str | None, *, otherwise: Held) -> Held:
    place = _whole(index, -1)
    return held[place] if 0 <= place < len(held) else otherwise


def _whole(text: str | None, otherwise: int = 0) -> int:
    return int(text) if text is not None and text.isascii() and text.isdecimal() and len(text) < 10 else otherwise  # noqa: PLR2004  no row or style has a longer number


def _place(reference: str) -> Place | None:
    """Row and column of a reference such as B12, counted from 0."""
    match = _REFERENCE.fullmatch(reference)
    if match is None:
        return None
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(match[2]) - 1, column - 1
