"""One page of a PDF through pdfium: its characters, its strokes, and where pictures stand on it.

pdfium reads as browsers do: about fifteen times faster than readers written in Python, and it comes to an end whatever
a damaged or hostile file says. Its coordinates begin at the lower left of the unturned page; ours at the upper left of
the page as it is seen.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from ctypes import byref, c_double, c_float, c_int
from dataclasses import dataclass
from itertools import islice
from math import hypot
from typing import Any

import pypdfium2.raw as pdfium

from loaders.file_formats.page import Glyph, Page, Stroke, once, sides_of, strokes_between
from loaders.file_formats.page_tables import THIN
from loaders.file_formats.page_text import plain

UNNAMED = "\ufffd"
"""Stands for a character whose name the text layer keeps to itself."""
# A table of a report has some hundred strokes, dotted ones some thousand; maps and charts have any number.
MOST_SHAPES = 20_000
_DEEPEST_FORM = 6
_SURROGATES = range(0xD800, 0xE000)
_HIGH = range(0xD800, 0xDC00)
_BELOW = 0.15  # share of a Chinese character that is below the line it stands on
_WIDEST = 2.0

Point = tuple[float, float]
Box = tuple[float, float, float, float]
_Placing = Callable[[float, float], Point]


@dataclass(frozen=True, slots=True)
class PdfPage:
    """What one page holds; `pictures` are the boxes of its images, `drawn` whether anything at all is drawn on it.

    Of a page with more than MOST_SHAPES shapes none is read: that is a drawing.
    """

    page: Page
    pictures: tuple[Box, ...]
    drawn: bool
    crowded: bool


def read_page(page: Any) -> PdfPage:
    """The page as read; `page` is pypdfium2's."""
    text = page.get_textpage()
    seen = _view_of(page, text)
    glyphs = tuple(once(_glyphs(text, seen)))
    items = list(islice(_items(page.raw), MOST_SHAPES + 1))
    crowded = len(items) > MOST_SHAPES
    shapes = [] if crowded else [_shape(item, placed, seen) for item, placed in items]
    strokes = tuple(stroke for shape in shapes for stroke in shape.strokes)
    pictures = tuple(shape.picture for shape in shapes if shape.picture)
    return PdfPage(Page(glyphs, strokes), pictures, bool(glyphs or items), crowded)


@dataclass(frozen=True, slots=True)
class _View:
    """How a point of the unturned page is seen: the page's box, and by how many quarters it is turned clockwise."""

    left: float
    bottom: float
    right: float
    top: float
    quarters: int

    def point(self, x: float, y: float) -> Point:
        turned = (
            (x - self.left, self.top - y),
            (y - self.bottom, x - self.left),
            (self.right - x, y - self.bottom),
            (self.top - y, self.right - x),
        )
        return turned[self.quarters]

    def box(self, x0: float, y0: float, x1: float, y1: float) -> Box:
        (xa, ya), (xb, yb) = self.point(x0, y0), self.point(x1, y1)
        return min(xa, xb), min(ya, yb), max(xa, xb), max(ya, yb)

    def direction(self, dx: float, dy: float) -> Point:
        """A direction as seen, upwards positive."""
        return ((dx, dy), (dy, -dx), (-dx, -dy), (-dy, dx))[self.quarters]


def _view_of(page: Any, text: Any) -> _View:
    """The page turned as most of its text is written: a wide table often lies on its side."""
    left, bottom, right, top = page.get_cropbox()
    matrix, turns = pdfium.FS_MATRIX(), Counter[int]()
    for index in range(pdfium.FPDFText_CountChars(text)):
        if pdfium.FPDFText_GetMatrix(text, index, byref(matrix)):
            turns[_quarters(matrix.a, matrix.b)] += 1
    usual = turns.most_common(1)
    return _View(left, bottom, right, top, usual[0][0] if usual else page.get_rotation() // 90 % 4)


def _quarters(dx: float, dy: float) -> int:
    """By how many quarters clockwise a page is to be turned for a direction to lead to the right."""
    if abs(dx) >= abs(dy):
        return 0 if dx >= 0 else 2
    return 1 if dy > 0 else 3


# --- characters ---


def _glyphs(text: Any, seen: _View) -> Iterator[Glyph]:
    """The page's characters; those written aslant are a watermark."""
    high = 0
    for index in range(pdfium.FPDFText_CountChars(text)):
        if pdfium.FPDFText_IsGenerated(text, index) == 1:
            continue
        code = pdfium.FPDFText_GetUnicode(text, index)
        if code in _HIGH:
            high = code
            continue
        if code in _SURROGATES:
            code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00) if high else 0
        high = 0
        glyph = _glyph(text, index, code, seen)
        if glyph is not None:
            yield glyph


def _glyph(text: Any, index: int, code: int, seen: _View) -> Glyph | None:
    matrix, rect = pdfium.FS_MATRIX(), pdfium.FS_RECTF()
    if not pdfium.FPDFText_GetMatrix(text, index, byref(matrix)):
        return None
    right, up = seen.direction(matrix.a, matrix.b)
    if right and up and min(abs(right), abs(up)) > max(abs(right), abs(up)) / 1000:
        return None
    if not pdfium.FPDFText_GetLooseCharBox(text, index, byref(rect)):
        return None
    x0, top, x1, bottom = seen.box(rect.left, rect.bottom, rect.right, rect.top)
    upright = right > 0 and abs(right) > abs(up)
    height = pdfium.FPDFText_GetFontSize(text, index) * hypot(matrix.c, matrix.d)
    if upright:  # boxes are as high as the font, or as the mere ink of it: what stands on one line has one foot
        x0, foot = seen.point(*_origin(text, index))
        top, bottom = foot - (1 - _BELOW) * height, foot + _BELOW * height
        if x1 - x0 > _WIDEST * height:  # pdfium forgets to scale what is written downwards
            x1 = x0 + height
    unnamed = code == 0 or pdfium.FPDFText_HasUnicodeMapError(text, index) == 1
    named = UNNAMED if unnamed else plain(chr(code))
    return Glyph(named, x0, x1, top, bottom, height if upright else x1 - x0, upright)


def _origin(text: Any, index: int) -> Point:
    x, y = c_double(), c_double()
    pdfium.FPDFText_GetCharOrigin(text, index, byref(x), byref(y))
    return x.value, y.value


# --- shapes ---


@dataclass(frozen=True, slots=True)
class _Shape:
    strokes: tuple[Stroke, ...] = ()
    picture: Box | None = None


def _items(page: Any) -> Iterator[tuple[Any, _Placing]]:
    """The drawn paths and pictures, in drawn order, those within forms included, and how each lies on the page."""
    count, get = pdfium.FPDFPage_CountObjects(page), pdfium.FPDFPage_GetObject
    yield from _within((get(page, index) for index in range(count)), lambda x, y: (x, y), 0)


def _within(objects: Iterator[Any], placed: _Placing, depth: int) -> Iterator[tuple[Any, _Placing]]:
    for item in objects:
        kind = pdfium.FPDFPageObj_GetType(item)
        if kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _DEEPEST_FORM:
            inside = pdfium.FPDFFormObj_CountObjects(item)
            parts = (pdfium.FPDFFormObj_GetObject(item, index) for index in range(max(inside, 0)))
            yield from _within(parts, _placing(item, placed), depth + 1)
        elif kind in (pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_IMAGE):
            yield item, placed


def _shape(item: Any, placed: _Placing, seen: _View) -> _Shape:
    transform = _placing(item, placed)
    if pdfium.FPDFPageObj_GetType(item) == pdfium.FPDF_PAGEOBJ_PATH:
        return _Shape(tuple(_strokes(item, transform, seen)))
    return _Shape(picture=_around([seen.point(*transform(x, y)) for x in (0, 1) for y in (0, 1)]))


def _placing(item: Any, placed: _Placing) -> _Placing:
    """How the points of an object lie on the page."""
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(item, byref(matrix))
    a, b, c, d, e, f = matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f
    return lambda x, y: placed(a * x + c * y + e, b * x + d * y + f)


def _strokes(item: Any, transform: _Placing, seen: _View) -> Iterator[Stroke]:
    """The lines that a path draws: its outline, or a filled shape that is as thin as a line.

    A filled shape without outline that is not thin is background, not a cell.
    """
    fill, outline = c_int(), c_int()
    pdfium.FPDFPath_GetDrawMode(item, byref(fill), byref(outline))
    for points in _subpaths(item):
        placed = [seen.point(*transform(x, y)) for x, y in points]
        box = _around(placed)
        if min(box[2] - box[0], box[3] - box[1]) <= THIN:
            if outline.value or fill.value:
                yield Stroke(*box)
        elif outline.value:
            yield from _outline(placed, box)


def _outline(points: Sequence[Point], box: Box) -> Iterator[Stroke]:
    corners = {(round(x, 2), round(y, 2)) for x, y in points}
    x0, top, x1, bottom = (round(side, 2) for side in box)
    if corners == {(x0, top), (x0, bottom), (x1, top), (x1, bottom)}:
        yield from sides_of(*box)
    else:
        yield from strokes_between(points)


def _subpaths(item: Any) -> Iterator[list[Point]]:
    x, y = c_float(), c_float()
    points: list[Point] = []
    for index in range(pdfium.FPDFPath_CountSegments(item)):
        segment = pdfium.FPDFPath_GetPathSegment(item, index)
        pdfium.FPDFPathSegment_GetPoint(segment, byref(x), byref(y))
        if pdfium.FPDFPathSegment_GetType(segment) == pdfium.FPDF_SEGMENT_MOVETO:
            if len(points) > 1:
                yield points
            points = []
        points.append((x.value, y.value))
        if pdfium.FPDFPathSegment_GetClose(segment) and points[0] != points[-1]:
            points.append(points[0])
    if len(points) > 1:
        yield points


def _around(points: Sequence[Point]) -> Box:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)
