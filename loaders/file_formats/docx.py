"""Word files (.docx): paragraphs and tables in the order of the body as canonical text.

Automatic numbers are written out, because headings hang on them; text boxes stand behind the paragraph they are
anchored in. Deleted and hidden text is left out. Refused: damaged files, files behind a password, archives that swell
without end.
"""

from collections.abc import Iterator
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.exceptions import OpcError
from docx.opc.part import Part
from lxml import etree

from loaders.errors import SourceError
from loaders.faults import ErrorCode
from loaders.file_formats.canonical import Cell, canonical, table_lines, tidy
from loaders.file_formats.model import Draft, damaged
from loaders.file_formats.sources import SourceFile
from loaders.file_formats.word_numbering import Numbering, W

_LARGEST_UNPACKED = 512 * 1024 * 1024
_LARGEST_BODY = 64 * 1024 * 1024
_BODY_PART = "word/document.xml"
_COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
# Wrappers around paragraphs, rows, cells and runs that carry no text of their own.
_WRAPPERS = frozenset(
    {f"{W}{name}" for name in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag", "hyperlink", "fldSimple")}
    | {f"{_COMPATIBILITY}AlternateContent", f"{_COMPATIBILITY}Choice"}
)
_BREAKS = frozenset({f"{W}br", f"{W}cr"})


def read(source: SourceFile) -> Draft:
    """The report in a Word file."""
    _refuse_swollen(source)
    try:
        document = Document(BytesIO(source.data))
    except (OpcError, BadZipFile, KeyError, ValueError, OSError, etree.XMLSyntaxError, AttributeError) as fault:
        raise _broken(source, fault) from fault
    numbering = Numbering(
        _part(document.part, RELATIONSHIP_TYPE.NUMBERING),
        _part(document.part, RELATIONSHIP_TYPE.STYLES),
    )
    lines = _lines(document.element.body, numbering)
    return Draft(text=canonical(lines), media_type=_MEDIA_TYPE)


def _refuse_swollen(source: SourceFile) -> None:
    try:
        with ZipFile(BytesIO(source.data)) as package:
            sizes = {member.filename: member.file_size for member in package.infolist()}
    except (BadZipFile, ValueError, OSError, NotImplementedError) as fault:
        raise _broken(source, fault) from fault
    if sum(sizes.values()) > _LARGEST_UNPACKED or sizes.get(_BODY_PART, 0) > _LARGEST_BODY:
        raise SourceError(
            f"the Word file unpacks to {sum(sizes.values()) // 1024**2:,} MB",
            where=source.name,
            code=ErrorCode.FILE_TOO_LARGE,
            hint="save it without embedded objects, or split it into one file a report",
        )


def _broken(source: SourceFile, fault: Exception) -> SourceError:
    found = f"it cannot be opened ({type(fault).__name__})"
    return damaged(source.name, expected="a Word file", found=found, hint="open it in Word and save it again as .docx")


def _part(part: Part, relationship: str) -> etree._Element | None:
    try:
        return etree.fromstring(part.part_related_by(relationship).blob)
    except (KeyError, ValueError, etree.XMLSyntaxError):
        return None


def _lines(container: etree._Element, numbering: Numbering) -> list[str]:
    lines: list[str] = []
    for element in _inside(container):
        if element.tag == f"{W}p":
            lines.extend(_paragraph(element, numbering))
        elif element.tag == f"{W}tbl":
            lines.extend(_table(element, numbering))
    return lines


def _inside(container: etree._Element) -> Iterator[etree._Element]:
    """The children, those of wrappers in their place."""
    for element in container:
        if element.tag in _WRAPPERS:
            yield from _inside(element)
        else:
            yield element


def _paragraph(paragraph: etree._Element, numbering: Numbering) -> list[str]:
    pieces: list[str] = []
    boxes: list[etree._Element] = []
    _collect(paragraph, pieces, boxes)
    lines = [text for line in "".join(pieces).split("\n") if (text := tidy(line))]
    if lines:
        number = numbering.number_of(paragraph)
        lines[0] = tidy(number + lines[0])
    for box in boxes:
        lines.extend(_lines(box, numbering))
    return lines


def _collect(element: etree._Element, pieces: list[str], boxes: list[etree._Element]) -> None:
    for child in _inside(element):
        tag = child.tag
        if tag == f"{W}t":
            pieces.append(child.text or "")
        elif tag in _BREAKS:
            pieces.append("\n")
        elif tag == f"{W}tab":
            pieces.append(" ")
        elif tag == f"{W}noBreakHyphen":
            pieces.append("-")
        elif tag == f"{W}r":
            if child.find(f"{W}rPr/{W}vanish") is None:
                _collect(child, pieces, boxes)
        elif tag in {f"{W}drawing", f"{W}pict"}:
            boxes.extend(child.iter(f"{W}txbxContent"))


def _table(table: etree._Element, numbering: Numbering) -> list[str]:
    rows = [row for row in _inside(table) if row.tag == f"{W}tr" and row.find(f"{W}trPr/{W}del") is None]
    if any(next(row.iter(f"{W}tbl"), None) is not None for row in rows):
        # A table around tables lays out the page.
        return [
            line for row in rows for cell in _inside(row) if cell.tag == f"{W}tc" for line in _lines(cell, numbering)
        ]
    return table_lines([list(_cells(row, numbering)) for row in rows])


def _cells(row: etree._Element, numbering: Numbering) -> Iterator[Cell]:
    column = _span(row.find(f"{W}trPr/{W}gridBefore"))
    for cell in _inside(row):
        if cell.tag != f"{W}tc":
            continue
        properties = cell.find(f"{W}tcPr")
        width = _span(properties.find(f"{W}gridSpan"), 1) if properties is not None else 1
        if properties is None or not _continues(properties):
            yield Cell(column, column + width, tuple(_lines(cell, numbering)))
        column += width


def _continues(properties: etree._Element) -> bool:
    """Whether a cell only continues the merged cell above or before it."""
    for merge in (properties.find(f"{W}vMerge"), properties.find(f"{W}hMerge")):
        if merge is not None and merge.get(f"{W}val", "continue") == "continue":
            return True
    return False


def _span(element: etree._Element | None, default: int = 0) -> int:
    value = element.get(f"{W}val", "") if element is not None else ""
    return int(value) if value.isdecimal() else default
