"""A picture of a page as a page of a fixed layout: recognised characters where they stand, and the lines drawn.

Figures are recognised a second time at another resolution. Ink inside a table that nothing was recognised in is tried
by itself, and where that fails stands as a character without a name: a cell is empty only where the paper is.
"""

import itertools
from collections.abc import Iterable, Iterator, Sequence
from importlib import import_module
from statistics import median
from typing import Any, NamedTuple

from loaders.file_formats.canonical import WIDE
from loaders.file_formats.ocr import NOT_ENLARGED, Pixels, Word, texts_of, words_in
from loaders.file_formats.page import Glyph, Page, Stroke
from loaders.file_formats.page_tables import tables_of
from loaders.file_formats.picture_rulings import Drawn, Mark, drawn_in
from loaders.file_formats.recognised import Certainty

UNREAD = "\ufffd"
LARGER = 1.5
"""How much larger the picture is in which figures are recognised again."""

_FEWEST_LINES = 3  # across and down, of the smallest table that is worth the time

# In heights of a word's box, which has a margin on every side.
_MARGIN = 0.14
_CHARACTER = 0.7
_USUAL_SIZE = 10.5  # points of the characters that most reports are set in
_LEAST_LEAN = 0.1  # degrees; below that no line of a page loses its place
_LONG_WORD = 4.0  # heights from which a word tells how the page leans
_DIGITS = frozenset("0123456789")
_OF_FIGURES = _DIGITS | frozenset(" .,+-%/\u2014\uff0c\uff0e\uff0d\uff0b")


class _Sheet(NamedTuple):
    """A picture set upright, the same larger, and its words."""

    picture: Pixels
    larger: Pixels
    words: list[Word]


def page_of(picture: Pixels, larger: Pixels | None = None, *, scale: float | None = None) -> Page:
    """The page in a picture; `larger` is the same, larger, and `scale` how many points a pixel stands for."""
    sheet = _upright(picture, larger if larger is not None else _resized(picture, LARGER))
    if not sheet.words:
        return Page(())
    height = median(word.height for word in sheet.words)
    drawn = drawn_in(sheet.picture, height)
    scale = scale or _USUAL_SIZE / (_CHARACTER * height)
    words = list(_parted(sheet, drawn))
    sure = list(zip(words, _certainties(sheet, words), strict=True))
    # what is left of a line looks like a 1 however often it is looked at: only a sum may confirm it
    sure += [(word, Certainty(word.confidence)) for word in _overlooked(sheet, drawn)]
    glyphs = [glyph for word, certainty in sure for glyph in _glyphs(word, certainty, scale)]
    return Page(tuple(glyphs), tuple(_strokes(drawn, scale)))


def table_of(picture: Pixels, larger: Pixels, *, scale: float) -> Page | None:
    """The table that a picture within a page shows, and nothing else of it; None for photographs and charts."""
    drawn = drawn_in(picture, _USUAL_SIZE / (_CHARACTER * scale))
    if min(len(drawn.across), len(drawn.down)) < _FEWEST_LINES:
        return None
    factor = larger.shape[1] / picture.shape[1]
    page = page_of(_with_paper(picture, 1.0), _with_paper(larger, factor), scale=scale)
    tables, free = tables_of(page)
    outside = set(free)
    return Page(tuple(glyph for glyph in page.glyphs if glyph not in outside), page.strokes) if tables else None


def _with_paper(picture: Pixels, factor: float) -> Pixels:
    """The picture with empty paper beside and below, where it is so small that recognition would enlarge it."""
    cv2 = import_module("cv2")
    high, wide = picture.shape[:2]
    below, beside = (max(0, round(NOT_ENLARGED * factor) - side) for side in (high, wide))
    return cv2.copyMakeBorder(picture, 0, below, 0, beside, cv2.BORDER_CONSTANT, value=(255,) * 3)


def _strokes(drawn: Drawn, scale: float) -> Iterator[Stroke]:
    for mark in drawn.across:
        y = (mark.top + mark.bottom) / 2 * scale
        yield Stroke(mark.x0 * scale, y, mark.x1 * scale, y)
    for mark in drawn.down:
        x = (mark.x0 + mark.x1) / 2 * scale
        yield Stroke(x, mark.top * scale, x, mark.bottom * scale)


def _resized(picture: Pixels, factor: float) -> Pixels:
    cv2 = import_module("cv2")
    return cv2.resize(picture, None, fx=factor, fy=factor, interpolation=cv2.INTER_CUBIC)


# --- a sheet that lies on its side, or askew ---


def _upright(picture: Pixels, larger: Pixels) -> _Sheet:
    """The picture turned so that its lines run from left to right."""
    words = words_in(picture)
    if _lies_on_its_side(words):
        numpy = import_module("numpy")
        turned = [_Sheet(numpy.rot90(picture, k), numpy.rot90(larger, k), []) for k in (1, 3)]
        sheets = [sheet._replace(words=words_in(sheet.picture)) for sheet in turned]
        best = max(sheets, key=lambda sheet: sum(len(word.text) * word.confidence for word in sheet.words))
        picture, larger, words = best
    long = [word.lean for word in words if word.x1 - word.x0 > _LONG_WORD * word.height]
    lean = median(long) if long else 0.0
    if abs(lean) < _LEAST_LEAN:
        return _Sheet(picture, larger, words)
    return _Sheet(_turned(picture, lean), _turned(larger, lean), [_straightened(word, picture, lean) for word in words])


def _lies_on_its_side(words: Sequence[Word]) -> bool:
    several = [word for word in words if len(word.text) > 2]  # noqa: PLR2004  a longer word is no square
    return 2 * sum(word.height > word.x1 - word.x0 for word in several) > len(several)


def _matrix(picture: Pixels, lean: float) -> Any:
    high, wide = picture.shape[:2]
    return import_module("cv2").getRotationMatrix2D((wide / 2, high / 2), lean, 1.0)


def _turned(picture: Pixels, lean: float) -> Pixels:
    cv2 = import_module("cv2")
    high, wide = picture.shape[:2]
    return cv2.warpAffine(picture, _matrix(picture, lean), (wide, high), flags=cv2.INTER_CUBIC, borderValue=(255,) * 3)


def _straightened(word: Word, picture: Pixels, lean: float) -> Word:
    """The word where it stands on the turned sheet; its box loses what the slant added to it."""
    (a, b, e), (c, d, f) = _matrix(picture, lean).tolist()
    x, y = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
    x, y = a * x + b * y + e, c * x + d * y + f
    wide = (word.x1 - word.x0) / 2
    high = max(word.height - abs(c) * 2 * wide, word.height / 2) / 2
    return word._replace(x0=x - wide, x1=x + wide, top=y - high, bottom=y + high)


# --- what recognition of the whole sheet leaves to be done ---


def _parted(sheet: _Sheet, drawn: Drawn) -> Iterator[Word]:
    """The words; one that runs across a line between two columns is recognised in parts."""
    for word in sheet.words:
        margin = _MARGIN * 2 * word.height
        middle = (word.top + word.bottom) / 2
        cuts = sorted(
            {
                (line.x0 + line.x1) / 2
                for line in drawn.down
                if line.top < middle < line.bottom and word.x0 + margin < line.x0 and line.x1 < word.x1 - margin
            }
        )
        if not cuts:
            yield word
            continue
        edges = [word.x0, *cuts, word.x1]
        boxes = [Mark(x0, word.top, x1, word.bottom) for x0, x1 in itertools.pairwise(edges)]
        yield from _recognised(sheet, boxes)


def _overlooked(sheet: _Sheet, drawn: Drawn) -> list[Word]:
    """Marks inside tables in which no word was found: small figures, recognised one by one."""
    if not (drawn.across and drawn.down):
        return []
    top, bottom = min(line.top for line in drawn.down), max(line.bottom for line in drawn.down)
    left, right = min(line.x0 for line in drawn.across), max(line.x1 for line in drawn.across)
    free = [
        mark
        for mark in drawn.marks
        if left < mark.x0 and mark.x1 < right and top < mark.top and mark.bottom < bottom
        if not any(_meet(mark, word) for word in sheet.words)
    ]
    height = median(word.height for word in sheet.words)
    return list(_recognised(sheet, [_with_margin(box, height) for box in _together(free, height)]))


def _meet(mark: Mark, word: Word) -> bool:
    return mark.x0 < word.x1 and word.x0 < mark.x1 and mark.top < word.bottom and word.top < mark.bottom


def _together(marks: Iterable[Mark], height: float) -> list[Mark]:
    """Marks on one line that nearly touch, as one; specks that belong to nothing are left out."""
    result: list[Mark] = []
    for mark in sorted(marks):
        last = result[-1] if result else None
        if last and mark.x0 - last.x1 < height / 3 and mark.top < last.bottom and last.top < mark.bottom:
            result[-1] = Mark(last.x0, min(last.top, mark.top), max(last.x1, mark.x1), max(last.bottom, mark.bottom))
        else:
            result.append(mark)
    return [mark for mark in result if mark.bottom - mark.top > height / 3 or mark.x1 - mark.x0 > height / 3]


def _with_margin(mark: Mark, height: float) -> Mark:
    margin = _MARGIN * height
    return Mark(mark.x0 - margin, mark.top - margin, mark.x1 + margin, mark.bottom + margin)


def _recognised(sheet: _Sheet, boxes: Sequence[Mark]) -> Iterator[Word]:
    texts = texts_of([_cut(sheet.picture, box) for box in boxes])
    for box, (text, confidence) in zip(boxes, texts, strict=True):
        yield Word(text or UNREAD, *box, 0.0, confidence)


def _cut(picture: Pixels, box: Mark, factor: float = 1.0) -> Pixels:
    x0, top, x1, bottom = (max(0, round(side * factor)) for side in box)
    return picture[top : max(bottom, top + 2), x0 : max(x1, x0 + 2)]


# --- certainty ---


def _certainties(sheet: _Sheet, words: Sequence[Word]) -> list[Certainty]:
    """How sure each word is; figures, and these alone, are recognised a second time."""
    figures = [index for index, word in enumerate(words) if _is_figure(word.text)]
    boxes = [Mark(word.x0, word.top, word.x1, word.bottom) for word in (words[index] for index in figures)]
    factor = sheet.larger.shape[1] / sheet.picture.shape[1]
    again = dict(zip(figures, texts_of([_cut(sheet.larger, box, factor) for box in boxes]), strict=True))
    return [
        Certainty(min(word.confidence, again[index][1]), repeated=True)
        if index in again and again[index][0].replace(" ", "") == word.text.replace(" ", "")
        else Certainty(word.confidence)
        for index, word in enumerate(words)
    ]


def _is_figure(text: str) -> bool:
    return set(text) <= _OF_FIGURES and not _DIGITS.isdisjoint(text)


def _glyphs(word: Word, certainty: Certainty, scale: float) -> Iterator[Glyph]:
    """The characters of a word, spread over its box: Chinese ones are twice as wide."""
    margin = min(_MARGIN * word.height, (word.x1 - word.x0) / 4)
    size = _CHARACTER * word.height * scale
    weights = [2 if WIDE.match(char) else 1 for char in word.text]
    unit = (word.x1 - word.x0 - 2 * margin) / sum(weights)
    middle = (word.top + word.bottom) / 2 * scale
    x = word.x0 + margin
    for char, weight in zip(word.text, weights, strict=True):
        x0, x = x, x + unit * weight
        box = (x0 * scale, x * scale, middle - size / 2, middle + size / 2)
        yield Glyph(char, *box, size, upright=True, certainty=certainty)
