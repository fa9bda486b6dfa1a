"""Objects on a page of an OFD file (GB/T 33190) to glyphs and strokes in points.

An object's coordinates go through its matrix (CTM) and from its place (Boundary) to the page; lengths are millimetres.
Numbers that cannot be read leave the object out, never the page: a stray ornament is no reason to lose a report.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from loaders.file_formats.canonical import WIDE
from loaders.file_formats.page import Glyph, Stroke, strokes_between
from loaders.file_formats.page_text import plain

_POINTS = 72 / 25.4  # in a millimetre
_ASCENT = 0.88
_NARROW_WIDTH = 0.5
# Of no more digits than a place on a page can have, so that none is endless.
_NUMBER = re.compile(r"[-+]?(?:\d{1,9}\.?\d*|\.\d+)(?:[eE][-+]?\d)?")
_PARTS = re.compile(rf"[A-Za-z]|{_NUMBER.pattern}")
# How many numbers follow each operator of a path; the last two are the point that it leads to.
_OPERANDS = {"S": 2, "M": 2, "L": 2, "Q": 4, "B": 6, "A": 7, "C": 0}
# All rulings of a form, drawn as one path, have a few thousand characters; an ornament or a seal may have more.
_LONGEST_PATH = 500_000
_FALSE = frozenset({"false", "0"})


@dataclass(frozen=True, slots=True)
class Matrix:
    """From the coordinates of an object to those of what it lies on."""

    a: float = 1.0
    b: float = 0.0
    c: float = 0.0
    d: float = 1.0
    e: float = 0.0
    f: float = 0.0

    def of(self, x: float, y: float) -> tuple[float, float]:
        """Where a point comes to lie."""
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    def after(self, first: "Matrix") -> "Matrix":
        """What comes of another one, then this."""
        a, b = self.a * first.a + self.c * first.b, self.b * first.a + self.d * first.b
        c, d = self.a * first.c + self.c * first.d, self.b * first.c + self.d * first.d
        return Matrix(a, b, c, d, *self.of(first.e, first.f))

    @property
    def aslant(self) -> bool:
        """Whether it turns by anything but right angles."""
        return bool(round(self.a, 3) and round(self.b, 3))


PAGE = Matrix(a=_POINTS, d=_POINTS)


def place_of(element: etree._Element, outer: Matrix) -> Matrix:
    """The matrix of an object on a page, or inside another object."""
    left, top, *_ = (*_numbers(element.get("Boundary", "")), 0.0, 0.0)
    ctm = _numbers(element.get("CTM", ""))
    own = Matrix(*ctm) if len(ctm) == 6 else Matrix()  # noqa: PLR2004  a matrix of the plane
    return outer.after(Matrix(e=left, f=top)).after(own)


def is_shown(element: etree._Element) -> bool:
    """Whether an object is to be seen."""
    return element.get("Visible", "true").lower() not in _FALSE and element.get("Alpha", "255") != "0"


def glyphs_of(text: etree._Element, outer: Matrix) -> Iterator[Glyph]:
    """The characters of a text object; none where it is written aslant, as watermarks are."""
    matrix = place_of(text, outer)
    size = _number(text.get("Size"), 0.0)
    if size <= 0 or matrix.aslant:
        return
    scale = _number(text.get("HScale"), 1.0)
    x = y = 0.0
    for code in text.iterchildren("{*}TextCode"):
        x, y = _number(code.get("X"), x), _number(code.get("Y"), y)
        characters = (code.text or "").strip("\r\n\t")
        for character, left, base, step in _set(code, characters, (x, y), size * scale):
            yield _glyph(character, (left, base), step, size, matrix)


def strokes_of(path: etree._Element, outer: Matrix) -> Iterator[Stroke]:
    """The strokes of a path object; of a filled shape its box, which rules only where it is thin."""
    matrix = place_of(path, outer)
    written = "".join(data.text or "" for data in path.iterchildren("{*}AbbreviatedData"))
    if len(written) > _LONGEST_PATH:
        return
    lines = [[matrix.of(*point) for point in line] for line in _lines(written)]
    if path.get("Stroke", "true").lower() not in _FALSE:
        for line in lines:
            yield from strokes_between(line)
    elif path.get("Fill", "false").lower() not in _FALSE:
        for line in lines:
            xs, ys = [x for x, _ in line], [y for _, y in line]
            yield Stroke(min(xs), min(ys), max(xs), max(ys))


def _set(
    code: etree._Element, characters: str, start: tuple[float, float], width: float
) -> Iterator[tuple[str, float, float, float]]:
    """Each character with its origin, and how far it reaches."""
    across = _deltas(code.get("DeltaX", ""), len(characters) - 1)
    down = _deltas(code.get("DeltaY", ""), len(characters) - 1)
    x, y = start
    for index, character in enumerate(characters):
        wide = width * (1.0 if WIDE.match(character) else _NARROW_WIDTH)
        step = across[index] if index < len(across) else 0.0 if down else wide
        yield character, x, y, min(wide, step) if step > 0 else wide
        x += step
        y += down[index] if index < len(down) else 0.0


def _deltas(written: str, most: int) -> list[float]:
    """The distances from character to character; `g 3 2.5` says 2.5 three times, and the last goes on where too few
    are written, as some programs leave it.
    """
    parts = iter(written.split())
    result: list[float] = []
    for part in parts:
        if part == "g":
            times, value = _number(next(parts, None), 0.0), _number(next(parts, None), 0.0)
            result += [value] * int(min(max(times, 0), most))
        else:
            result.append(_number(part, 0.0))
        if len(result) >= most:
            break
    return result + result[-1:] * (most - len(result))


def _glyph(character: str, origin: tuple[float, float], wide: float, size: float, matrix: Matrix) -> Glyph:
    x, base = origin
    xa, ya = matrix.of(x, base - size * _ASCENT)
    xb, yb = matrix.of(x + wide, base + size * (1 - _ASCENT))
    upright = abs(matrix.b) < abs(matrix.a)
    printed = size * (abs(matrix.d) if upright else abs(matrix.c))
    return Glyph(plain(character), min(xa, xb), max(xa, xb), min(ya, yb), max(ya, yb), printed, upright)


def _lines(written: str) -> Iterator[list[tuple[float, float]]]:
    """The lines of a path: from where the pen is set down to where it is lifted."""
    line: list[tuple[float, float]] = []
    for operator, numbers in _operations(written):
        if operator in {"S", "M"}:
            if len(line) > 1:
                yield line
            line = []
        if operator == "C":
            line += line[:1]
        elif len(numbers) == _OPERANDS[operator]:
            line.append((numbers[-2], numbers[-1]))
    if len(line) > 1:
        yield line


def _operations(written: str) -> Iterator[tuple[str, list[float]]]:
    operator, numbers = "", list[float]()
    for part in _PARTS.findall(written):
        if part.isalpha():
            if operator in _OPERANDS:
                yield operator, numbers
            operator, numbers = part, []
        else:
            numbers.append(float(part))
    if operator in _OPERANDS:
        yield operator, numbers


def _numbers(written: str) -> list[float]:
    parts = written.split()
    return [float(part) for part in parts] if all(_NUMBER.fullmatch(part) for part in parts) else []


def _number(written: str | None, otherwise: float) -> float:
    return float(written) if written is not None and _NUMBER.fullmatch(written) else otherwise
