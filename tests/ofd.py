"""Writes OFD files (GB/T 33190) as programs for fixed pages do: for tests that read them back."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

NAMESPACE = 'xmlns:ofd="http://www.ofdspec.org/2016"'
WIDTH, HEIGHT, MARGIN = 210.0, 297.0, 25.0
SIZE, LEADING = 4.2, 7.0
CELL_SIZE, CELL_LEADING, PADDING = 2.8, 3.6, 0.8


def text(x: float, y: float, line: str, *, size: float = SIZE, attributes: str = "") -> str:
    """A text object whose first character stands at x, y (millimetres), spread as its characters need."""
    steps = " ".join(f"{_width(character, size):.4f}" for character in line[:-1])
    return (
        f'<ofd:TextObject ID="1" Boundary="{x:.4f} {y:.4f} 150 {size * 1.2:.4f}" Font="1" Size="{size}" {attributes}>'
        f'<ofd:TextCode X="0" Y="{size:.4f}" DeltaX="{steps}">{escape(line)}</ofd:TextCode></ofd:TextObject>'
    )


def line(x0: float, y0: float, x1: float, y1: float) -> str:
    """A path object: a drawn line."""
    return (
        f'<ofd:PathObject ID="2" Boundary="{x0:.4f} {y0:.4f} {x1 - x0 + 0.1:.4f} {y1 - y0 + 0.1:.4f}" LineWidth="0.2">'
        f"<ofd:AbbreviatedData>M 0 0 L {x1 - x0:.4f} {y1 - y0:.4f}</ofd:AbbreviatedData></ofd:PathObject>"
    )


def content(*objects: str, head: str = "") -> str:
    """The XML of a page or template."""
    layer = f'<ofd:Content><ofd:Layer ID="3">{"".join(objects)}</ofd:Layer></ofd:Content>'
    return f'<?xml version="1.0" encoding="UTF-8"?><ofd:Page {NAMESPACE}>{head}{layer}</ofd:Page>'


def members(pages: Sequence[str], *, templates: Mapping[str, str] = {}, folder: str = "Doc_0") -> dict[str, str]:
    """The members of a package with one document."""
    listed = "".join(f'<ofd:Page ID="{n}" BaseLoc="Pages/Page_{n}/Content.xml"/>' for n in range(len(pages)))
    common = "".join(f'<ofd:TemplatePage ID="{name}" BaseLoc="Tpls/{name}.xml"/>' for name in templates)
    box = f"<ofd:PageArea><ofd:PhysicalBox>0 0 {WIDTH} {HEIGHT}</ofd:PhysicalBox></ofd:PageArea>"
    return {
        "OFD.xml": f'<?xml version="1.0" encoding="UTF-8"?><ofd:OFD {NAMESPACE} Version="1.0" DocType="OFD">'
        f"<ofd:DocBody><ofd:DocRoot>{folder}/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        f"{folder}/Document.xml": f"<ofd:Document {NAMESPACE}><ofd:CommonData>{box}{common}</ofd:CommonData>"
        f"<ofd:Pages>{listed}</ofd:Pages></ofd:Document>",
        **{f"{folder}/Pages/Page_{n}/Content.xml": page for n, page in enumerate(pages)},
        **{f"{folder}/Tpls/{name}.xml": template for name, template in templates.items()},
    }


def packed(members: Mapping[str, str | bytes]) -> bytes:
    """The members as a ZIP file."""
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return buffer.getvalue()


@dataclass(slots=True)
class Pages:
    """Pages filled from top to bottom."""

    done: list[str] = field(default_factory=list)
    _objects: list[str] = field(default_factory=list)
    _y: float = MARGIN

    def paragraph(self, paragraph: str) -> None:
        """A paragraph, its first line indented."""
        for index, row in enumerate(_wrapped("\u3000\u3000" + paragraph, WIDTH - 2 * MARGIN, SIZE)):
            self._room(LEADING)
            shown = row.lstrip("\u3000") if index == 0 else row
            self._objects.append(text(MARGIN + (0 if index else 2 * SIZE), self._y, shown))
            self._y += LEADING

    def title(self, title: str) -> None:
        """The title, large and in the middle."""
        size = 6.0
        for row in _wrapped(title, WIDTH - 2 * MARGIN, size):
            width = sum(_width(character, size) for character in row)
            self._objects.append(text((WIDTH - width) / 2, self._y, row, size=size))
            self._y += 2 * LEADING

    def table(self, cells: Sequence[tuple[int, int, int, int, str]], columns: int) -> None:
        """A ruled table of cells given as row, column, row span, column span and text; it is broken between rows."""
        wide = (WIDTH - 2 * MARGIN) / columns
        rows = {cell: _wrapped(cell[4], cell[3] * wide - 2 * PADDING, CELL_SIZE) if cell[4] else [] for cell in cells}
        heights = _heights(rows)
        if self._y + sum(heights) > HEIGHT - MARGIN:
            self.break_()
        tops = [self._y + sum(heights[:row]) for row in range(len(heights) + 1)]
        for (row, column, high, across, _), lines in rows.items():
            x0, x1 = MARGIN + column * wide, MARGIN + (column + across) * wide
            y0, y1 = tops[row], tops[row + high]
            self._objects += [line(x0, y0, x1, y0), line(x0, y1, x1, y1), line(x0, y0, x0, y1), line(x1, y0, x1, y1)]
            for index, shown in enumerate(lines):
                y = y0 + PADDING + index * CELL_LEADING
                self._objects.append(text(x0 + PADDING, y, shown, size=CELL_SIZE))
        self._y = tops[-1] + LEADING

    def break_(self) -> None:
        """The end of a page."""
        self.done.append(content(*self._objects))
        self._objects, self._y = [], MARGIN

    def _room(self, height: float) -> None:
        if self._y + height > HEIGHT - MARGIN:
            self.break_()


def _heights(cells: Mapping[tuple[int, int, int, int, str], Sequence[str]]) -> list[float]:
    heights = [CELL_LEADING + 2 * PADDING] * max(row + high for row, _, high, _, _ in cells)
    for (row, _, high, _, _), lines in cells.items():
        lacking = len(lines) * CELL_LEADING + 2 * PADDING - sum(heights[row : row + high])
        heights[row + high - 1] += max(lacking, 0)
    return heights


def _width(character: str, size: float) -> float:
    return size * (0.5 if ord(character) < 0x2000 else 1)


def _wrapped(words: str, width: float, size: float) -> list[str]:
    return ["".join(row) for row in _rows(words, width, size)]


def _rows(words: Iterable[str], width: float, size: float) -> Iterator[list[str]]:
    row: list[str] = []
    taken = 0.0
    for character in words:
        step = _width(character, size)
        if row and taken + step > width:
            yield row
            row, taken = [], 0.0
        row.append(character)
        taken += step
    yield row
