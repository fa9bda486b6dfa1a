"""One report rendered in every layout and source format: the input of tests that compare formats.

A report is a title and blocks; a table is rows of cells with spans. `render(report, layout)` yields the bytes of a
file, `source(report, layout)` the same as a `SourceFile` with a fitting name. Lossy layouts say so: from them a reader
may find less, never something else.
"""

import gzip
from binascii import b2a_qp
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from email.mime.multipart import MIMEMultipart
from email.mime.nonmultipart import MIMENonMultipart
from html import escape
from io import BytesIO
from itertools import groupby

import xlwt
from docx import Document
from openpyxl import Workbook
from openpyxl.styles import Border, Side
from openpyxl.worksheet.worksheet import Worksheet
from reportlab.lib.enums import TA_CENTER
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import cm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.platypus import Flowable, PageBreak, SimpleDocTemplate, Spacer, TableStyle
from reportlab.platypus import Paragraph as PdfParagraph
from reportlab.platypus import Table as PdfTable

from loaders.file_formats.sources import SourceFile
from tests import ofd


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell as printed; empty text is a cell printed empty."""

    text: str
    colspan: int = 1
    rowspan: int = 1


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph or a heading: both are one line of text."""

    text: str


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of the cells that start in them; `cut_after` puts a page break behind that many rows in paged formats."""

    rows: tuple[tuple[Cell, ...], ...]
    cut_after: int = 0


@dataclass(frozen=True, slots=True)
class Report:
    """A title and what follows it."""

    title: str
    blocks: tuple[Paragraph | Table, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """A way to write a report down; `lossless` where blank cells can be told from no cells.

    One that is `disguised` is another one under a name, in an encoding or in a compression that does not tell it.
    """

    id: str
    suffix: str
    write: Callable[[Report], bytes]
    lossless: bool = True
    disguised: bool = False


def table(*rows: Sequence[str | Cell], cut_after: int = 0) -> Table:
    """A table of plain texts and cells."""
    return Table(
        tuple(tuple(cell if isinstance(cell, Cell) else Cell(cell) for cell in row) for row in rows), cut_after
    )


def report(title: str, *blocks: str | Table) -> Report:
    """A report of plain texts and tables."""
    return Report(title, tuple(Paragraph(block) if isinstance(block, str) else block for block in blocks))


def render(report: Report, layout: str) -> bytes:
    """The bytes of a file that holds the report in the layout with that id."""
    return LAYOUTS[layout].write(report)


def source(report: Report, layout: str) -> SourceFile:
    """The rendered report as a source, named after its layout."""
    return SourceFile(f"{layout}{LAYOUTS[layout].suffix}", render(report, layout))


def canonical_rows(table: Table) -> list[str]:
    """The lines that a structured format is expected to yield for a table."""
    return ["".join(f"{cell.text} | " for cell in row)[:-1] for row in table.rows]


def width_of(table: Table) -> int:
    """The columns of the grid below the spans."""
    return max(column + cell.colspan for _, column, cell in _placed(table))


def _placed(table: Table) -> Iterator[tuple[int, int, Cell]]:
    """Row, column and cell of each cell on the grid."""
    taken: set[tuple[int, int]] = set()
    for row, cells in enumerate(table.rows):
        column = 0
        for cell in cells:
            while (row, column) in taken:
                column += 1
            yield row, column, cell
            taken |= {(row + i, column + j) for i in range(cell.rowspan) for j in range(cell.colspan)}


def _text_of(report: Report, write_table: Callable[[Table], str], *, gap: str = "\n", title: str = "") -> bytes:
    blocks = (write_table(block) if isinstance(block, Table) else block.text + gap for block in report.blocks)
    return "".join((title + report.title + gap, *blocks)).encode()


def _piped_cells(table: Table) -> str:
    """One cell a line, each with its bar; columns that spans cover become bars on a line of their own."""
    width = width_of(table)
    lines: list[str] = []
    for row in table.rows:
        lines.extend(f"{cell.text} |" if cell.text else "|" for cell in row)
        if len(row) < width:
            lines.append("|" * (width - len(row)))
    return "".join(f"{line}\n" for line in lines)


def _piped_rows(table: Table) -> str:
    return "".join(f"{line}\n" for line in canonical_rows(table))


def _blank_lines(table: Table) -> str:
    """One cell a paragraph; a cell printed empty is one more line end."""
    return "".join(f"{cell.text}\n\n" if cell.text else "\n" for row in table.rows for cell in row)


def _bare(table: Table) -> str:
    return "".join(f"{cell.text}\n" for row in table.rows for cell in row if cell.text)


def _spaced_rows(table: Table) -> str:
    return "".join(" ".join(cell.text for cell in row if cell.text) + "\n" for row in table.rows)


def _markdown(table: Table) -> str:
    lines = [f"| {' | '.join(cell.text for cell in row)} |" for row in table.rows]
    lines.insert(1, "|" + "---|" * len(table.rows[0]))
    return "\n" + "".join(f"{line}\n" for line in lines) + "\n"


def _html(report: Report) -> bytes:
    blocks = "\n".join(
        _html_table(block) if isinstance(block, Table) else f"<p>{escape(block.text)}</p>" for block in report.blocks
    )
    title = escape(report.title)
    return (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}</title></head><body>'
        f'<div id="zoom"><h1>{title}</h1>\n{blocks}</div></body></html>'
    ).encode()


def _html_table(table: Table) -> str:
    rows = ("".join(_html_cell(cell) for cell in row) for row in table.rows)
    return "<table>" + "\n".join(f"<tr>{row}</tr>" for row in rows) + "</table>"


def _html_cell(cell: Cell) -> str:
    spans = [(name, n) for name, n in (("colspan", cell.colspan), ("rowspan", cell.rowspan)) if n > 1]
    attributes = "".join(f' {name}="{n}"' for name, n in spans)
    return f"<td{attributes}><p>{escape(cell.text) or '&nbsp;'}</p></td>"


def _mhtml(report: Report) -> bytes:
    """A page as browsers save it, in the encoding of older sites."""
    page = _html(report).decode().replace("utf-8", "gb2312")
    message = MIMEMultipart("related", type="text/html")
    message["Snapshot-Content-Location"] = "http://qingshi.example/report.html"
    message.attach(MIMENonMultipart("text", "css"))
    part = MIMENonMultipart("text", "html", charset="gb2312")
    part["Content-Location"] = "http://qingshi.example/report.html"
    part.set_payload(b2a_qp(page.encode("gb18030")).decode("ascii"))
    part["Content-Transfer-Encoding"] = "quoted-printable"
    message.attach(part)
    return message.as_bytes()


def _rtf(report: Report) -> bytes:
    """Rich text as Chinese Word writes it: bytes of GBK, cells with their right edge, merged cells marked."""
    blocks = (report.title, *report.blocks)
    body = "".join(
        _rtf_table(block) if isinstance(block, Table) else f"\\pard {_rtf_text(block)}\\par\n"
        for block in (block.text if isinstance(block, Paragraph) else block for block in blocks)
    )
    fonts = "{\\fonttbl{\\f0\\fcharset0 Times New Roman;}{\\f1\\fcharset134 SimSun;}}"
    return f"{{\\rtf1\\ansi\\ansicpg936\\deff0{fonts}\n{body}}}".encode("ascii")


def _rtf_text(text: str) -> str:
    return "".join(
        character if character.isascii() else "".join(f"\\'{byte:02x}" for byte in character.encode("gb18030"))
        for character in text
    )


def _rtf_table(table: Table) -> str:
    """Each row with its definition before it; a cell merged downwards goes on as an empty one."""
    rows: list[dict[int, tuple[int, str, str]]] = [{} for _ in table.rows]
    for row, column, cell in _placed(table):
        for down in range(cell.rowspan):
            mark = "" if cell.rowspan == 1 else "\\clvmrg" if down else "\\clvmgf"
            rows[row + down][column] = (column + cell.colspan, mark, "" if down else cell.text)
    return "".join(map(_rtf_row, rows))


def _rtf_row(row: dict[int, tuple[int, str, str]]) -> str:
    cells = [cell for _, cell in sorted(row.items())]
    places = "".join(f"{mark}\\cellx{right * 900}" for right, mark, _ in cells)
    texts = "".join(f"\\pard\\intbl {_rtf_text(text)}\\cell\n" for _, _, text in cells)
    return f"\\trowd\\trleft0{places}\n{texts}\\row\n"


def _docx(report: Report) -> bytes:
    document = Document()
    document.add_paragraph(report.title)
    for block in report.blocks:
        if isinstance(block, Paragraph):
            document.add_paragraph(block.text)
            continue
        grid = document.add_table(len(block.rows), width_of(block))
        cells = [list(row.cells) for row in grid.rows]
        for row, column, cell in _placed(block):
            first = cells[row][column]
            if cell.colspan > 1 or cell.rowspan > 1:
                first = first.merge(cells[row + cell.rowspan - 1][column + cell.colspan - 1])
            first.text = cell.text
    return _saved(document.save)


def _saved(save: Callable[[BytesIO], None]) -> bytes:
    buffer = BytesIO()
    save(buffer)
    return buffer.getvalue()


PDF_FONT = "STSong-Light"
_PROSE = ParagraphStyle("prose", fontName=PDF_FONT, fontSize=12, leading=20, firstLineIndent=24, wordWrap="CJK")
_TITLE = ParagraphStyle("title", parent=_PROSE, fontSize=18, leading=26, firstLineIndent=0, alignment=TA_CENTER)
_CELL = ParagraphStyle("cell", parent=_PROSE, fontSize=8, leading=10, firstLineIndent=0)
_TEXT_WIDTH = 16 * cm


def _pdf(report: Report) -> bytes:
    pdfmetrics.registerFont(UnicodeCIDFont(PDF_FONT))
    flow: list[Flowable] = [PdfParagraph(escape(report.title), _TITLE)]
    for block in report.blocks:
        if isinstance(block, Paragraph):
            flow.append(PdfParagraph(escape(block.text), _PROSE))
            continue
        for index, part in enumerate(_cut(block)):
            flow.extend([PageBreak()] if index else [])
            flow.extend([_pdf_table(part), Spacer(1, 6)])
    return _saved(lambda buffer: _page_template(buffer).build(flow))


def _page_template(buffer: BytesIO) -> SimpleDocTemplate:
    return SimpleDocTemplate(buffer, pagesize=A4, leftMargin=2.5 * cm, rightMargin=2.5 * cm)


def _pdf_table(table: Table) -> PdfTable:
    width, height = width_of(table), len(table.rows)
    grid: list[list[object]] = [[""] * width for _ in range(height)]
    style = TableStyle([("GRID", (0, 0), (-1, -1), 0.5, "black"), ("VALIGN", (0, 0), (-1, -1), "MIDDLE")])
    for row, column, cell in _placed(table):
        grid[row][column] = PdfParagraph(escape(cell.text), _CELL)
        last = (column + cell.colspan - 1, row + cell.rowspan - 1)
        if last != (column, row):
            style.add("SPAN", (column, row), last)
    return PdfTable(grid, colWidths=[_TEXT_WIDTH / width] * width, style=style)


def _cut(table: Table) -> Iterator[Table]:
    """The table in two parts as a page break leaves it: a span that is cut goes on as an empty cell."""
    if not table.cut_after:
        yield table
        return
    cut = table.cut_after
    head: list[list[Cell]] = [[] for _ in range(cut)]
    tail: list[list[tuple[int, Cell]]] = [[] for _ in range(len(table.rows) - cut)]
    for row, column, cell in _placed(table):
        if row >= cut:
            tail[row - cut].append((column, cell))
            continue
        head[row].append(replace(cell, rowspan=min(cell.rowspan, cut - row)))
        if row + cell.rowspan > cut:
            tail[0].append((column, replace(cell, text="", rowspan=row + cell.rowspan - cut)))
    yield Table(tuple(map(tuple, head)))
    yield Table(tuple(tuple(cell for _, cell in sorted(row, key=lambda item: item[0])) for row in tail))


def _ofd(report: Report) -> bytes:
    pages = ofd.Pages()
    pages.title(report.title)
    for block in report.blocks:
        if isinstance(block, Paragraph):
            pages.paragraph(block.text)
            continue
        for index, part in enumerate(_cut(block)):
            if index:
                pages.break_()
            cells = [(row, column, cell.rowspan, cell.colspan, cell.text) for row, column, cell in _placed(part)]
            pages.table(cells, width_of(part))
    pages.break_()
    return ofd.packed(ofd.members(pages.done))


def _xlsx(report: Report) -> bytes:
    """A sheet as offices type it: paragraphs merged over the width of the tables, figures as numbers, borders."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    width = _sheet_width(report)
    for row, cells in _sheet_rows(report):
        for column, cell, ruled in cells:
            place = sheet.cell(row + 1, column + 1, _sheet_value(cell.text))
            across = width if not ruled else cell.colspan
            if across > 1 or cell.rowspan > 1:
                sheet.merge_cells(None, row + 1, column + 1, row + cell.rowspan, column + across)
            if ruled:
                place.border = Border(*[Side("thin")] * 4)
    return _saved(book.save)


def _xls(report: Report) -> bytes:
    """The same in the binary format."""
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("Sheet1")
    borders = xlwt.easyxf("borders: left thin, right thin, top thin, bottom thin")
    width = _sheet_width(report)
    for row, cells in _sheet_rows(report):
        for column, cell, ruled in cells:
            last = column + (cell.colspan if ruled else width) - 1
            style = borders if ruled else xlwt.Style.default_style
            sheet.write_merge(row, row + cell.rowspan - 1, column, last, _sheet_value(cell.text), style)
    return _saved(book.save)


def _sheet_width(report: Report) -> int:
    return max((width_of(block) for block in report.blocks if isinstance(block, Table)), default=2)


def _sheet_rows(report: Report) -> Iterator[tuple[int, list[tuple[int, Cell, bool]]]]:
    """Each row with the cells that start in it, and whether they are cells of a table."""
    row = 0
    for block in (Paragraph(report.title), *report.blocks):
        if isinstance(block, Paragraph):
            yield row, [(0, Cell(block.text), False)]
            row += 1
            continue
        for at, cells in groupby(_placed(block), key=lambda placed: placed[0]):
            yield row + at, [(column, cell, True) for _, column, cell in cells]
        row += len(block.rows)


def _sheet_value(text: str) -> str | float | None:
    """Figures as offices type them: as numbers."""
    try:
        return float(text)
    except ValueError:
        return text or None


LAYOUTS: dict[str, Layout] = {
    layout.id: layout
    for layout in (
        Layout("piped-cells", ".txt", lambda report: _text_of(report, _piped_cells)),
        Layout("piped-rows", ".txt", lambda report: _text_of(report, _piped_rows)),
        Layout("blank-lines", ".txt", lambda report: _text_of(report, _blank_lines, gap="\n\n")),
        Layout("bare", ".txt", lambda report: _text_of(report, _bare), lossless=False),
        Layout("spaced-rows", ".txt", lambda report: _text_of(report, _spaced_rows), lossless=False),
        Layout("markdown", ".md", lambda report: _text_of(report, _markdown, gap="\n\n", title="# ")),
        Layout("html", ".html", _html),
        Layout("html-as-doc", ".doc", _html, disguised=True),
        Layout("html-utf-16", ".htm", lambda report: _html(report).decode().encode("utf-16"), disguised=True),
        Layout("html-gzip", ".shtml", lambda report: gzip.compress(_html(report), mtime=0), disguised=True),
        Layout("mhtml", ".mht", _mhtml),
        Layout("docx", ".docx", _docx),
        Layout("docx-as-wps", ".wps", _docx, disguised=True),
        Layout("rtf", ".rtf", _rtf),
        Layout("rtf-as-doc", ".doc", _rtf, disguised=True),
        Layout("pdf", ".pdf", _pdf),
        Layout("ofd", ".ofd", _ofd),
        Layout("xlsx", ".xlsx", _xlsx),
        Layout("xls", ".xls", _xls),
    )
}
