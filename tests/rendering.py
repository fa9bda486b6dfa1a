"""One report rendered in every layout and source format: the input of tests that compare formats.

A report is a title and blocks; a table is rows of cells with spans. `render(report, layout)` yields the bytes of a
file, `source(report, layout)` the same as a `SourceFile` with a fitting name. Lossy layouts say so: from them a reader
may find less, never something else.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from html import escape
from io import BytesIO

from docx import Document
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
    """A way to write a report down; `lossless` where blank cells can be told from no cells."""

    id: str
    suffix: str
    write: Callable[[Report], bytes]
    lossless: bool = True


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
        Layout("docx", ".docx", _docx),
        Layout("pdf", ".pdf", _pdf),
        Layout("ofd", ".ofd", _ofd),
    )
}
