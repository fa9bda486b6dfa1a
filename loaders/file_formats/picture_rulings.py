"""Lines drawn in a picture, found as long runs of ink, and the ink that is left when they are taken away."""

from importlib import import_module
from typing import Any, NamedTuple

from loaders.file_formats.ocr import Pixels

_AREA = 31  # pixels around one whose mean tells whether it is ink
_DARKER = 12  # levels that ink is darker than its surroundings
# Lengths in heights of a line of text: no stroke of a character is as long.
_SHORTEST_ACROSS = 1.6
_SHORTEST_DOWN = 1.3
_SPECK = 0.25


class Mark(NamedTuple):
    """A box in pixels."""

    x0: float
    top: float
    x1: float
    bottom: float


class Drawn(NamedTuple):
    """What is drawn in a picture: lines across, lines down, and other marks as high as a character."""

    across: list[Mark]
    down: list[Mark]
    marks: list[Mark]


def drawn_in(picture: Pixels, line_height: float) -> Drawn:
    """The lines and marks of a picture whose lines of text are so high."""
    cv2 = import_module("cv2")
    ink = _ink(cv2, picture)
    across = _opened(cv2, ink, (round(_SHORTEST_ACROSS * line_height), 1))
    down = _opened(cv2, ink, (1, round(_SHORTEST_DOWN * line_height)))
    around = cv2.getStructuringElement(cv2.MORPH_RECT, (3, 3))
    rest = cv2.subtract(ink, cv2.dilate(cv2.max(across, down), around))
    thick = line_height / 2
    return Drawn(
        [mark for mark in _boxes(cv2, across) if mark.bottom - mark.top <= thick],
        [mark for mark in _boxes(cv2, down) if mark.x1 - mark.x0 <= thick],
        [mark for mark in _boxes(cv2, rest) if _SPECK * line_height <= mark.bottom - mark.top <= 2 * line_height],
    )


def _ink(cv2: Any, picture: Pixels) -> Pixels:
    grey = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)
    return cv2.adaptiveThreshold(grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, _AREA, _DARKER)


def _opened(cv2: Any, ink: Pixels, size: tuple[int, int]) -> Pixels:
    """What of the ink runs on for that long; gaps of a pixel, as scanners leave them, do not end a run."""
    bridged = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, cv2.getStructuringElement(cv2.MORPH_RECT, _bridge(size)))
    return cv2.morphologyEx(bridged, cv2.MORPH_OPEN, cv2.getStructuringElement(cv2.MORPH_RECT, size))


def _bridge(size: tuple[int, int]) -> tuple[int, int]:
    return (3, 1) if size[0] > size[1] else (1, 3)


def _boxes(cv2: Any, ink: Pixels) -> list[Mark]:
    _, _, boxes, _ = cv2.connectedComponentsWithStats(ink)
    return [Mark(x, y, x + wide, y + high) for x, y, wide, high, _ in boxes[1:].tolist()]
