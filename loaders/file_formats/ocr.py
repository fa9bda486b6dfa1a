"""Optical character recognition by RapidOCR, an extra of the installation: words and where they stand in a picture.

The models come with its wheel, nothing is fetched. Refused, before anything is recognised: what the bounds do not
allow, and any picture where the extra is not installed.
"""

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec
from time import monotonic
from typing import Any, NamedTuple

from loaders.errors import SourceError
from loaders.faults import ErrorCode

Pixels = Any
"""A picture as an array of numpy: rows, columns, three channels."""

NOT_ENLARGED = 736
"""Pixels from which a side of a picture is recognised as it is: a smaller one is enlarged, which takes its time."""
_FAINTEST = 24  # levels between paper and ink
_ENGINE, _RUNTIME = "rapidocr", "onnxruntime"


@dataclass(frozen=True, slots=True)
class Bounds:
    """Dots an inch at which pages are drawn, pages of one file, and seconds that all of them may take."""

    dpi: int = 144
    pages: int = 40
    seconds: int = 900


class Word(NamedTuple):
    """What stands together on a line: its text, its box in pixels, how it leans in degrees, how sure it is."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    lean: float
    confidence: float

    @property
    def height(self) -> float:
        """The box's height: that of the characters and a margin."""
        return self.bottom - self.top


VARIABLES = {"dpi": "GONGKAI_OCR_DPI", "pages": "GONGKAI_OCR_PAGES", "seconds": "GONGKAI_OCR_SECONDS"}
"""What the bounds are called in the environment, which every process that parses has from its parent."""


def bounds() -> Bounds:
    """The bounds in force; whoever starts the program has refused what is no number."""
    given = {name: os.environ.get(variable, "").strip() for name, variable in VARIABLES.items()}
    return Bounds(**{name: int(text) for name, text in given.items() if text.isdecimal()})


_before: list[Callable[[], object]] = []


def before_each_page(told: Callable[[], object]) -> None:
    """Have something called before each page that is recognised: a scan takes long, but it is getting on."""
    _before[:] = [told]


def is_installed() -> bool:
    """Whether the extra is there."""
    return all(find_spec(name) is not None for name in (_ENGINE, _RUNTIME))


class Watch:
    """Counts the pages and the seconds of one file; each page asks it for leave."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._ends = monotonic() + bounds().seconds

    def refuse_more_than(self, pages: int) -> None:
        """Refuse a file with more pages than one may have."""
        if pages > bounds().pages:
            message = f"{pages:,} of its pages are pictures; at most {bounds().pages} of one file are recognised"
            raise self._refused(message, "GONGKAI_OCR_PAGES sets how many; or give the report as text")

    def ask(self) -> None:
        """Refuse another page when the time is over."""
        if monotonic() > self._ends:
            message = f"its pictures are not recognised within {bounds().seconds:,} seconds"
            raise self._refused(message, "GONGKAI_OCR_SECONDS sets how many; or give the report as text")
        for told in _before:
            told()

    def _refused(self, message: str, hint: str) -> SourceError:
        return SourceError(message, where=self._name, code=ErrorCode.FILE_TOO_LARGE, hint=hint)


def words_in(picture: Pixels) -> list[Word]:
    """The words of a picture; in an empty one they are not looked for."""
    if int(picture.max()) - int(picture.min()) < _FAINTEST:
        return []
    found = _engine()(picture, use_det=True, use_rec=True)
    if not getattr(found, "txts", None) or getattr(found, "boxes", None) is None:
        return []
    return [
        _word(text, box.tolist(), score)
        for text, box, score in zip(found.txts, found.boxes, found.scores, strict=True)
        if text.strip()
    ]


def texts_of(pieces: Sequence[Pixels]) -> list[tuple[str, float]]:
    """The text of each piece of a picture that holds one word, and how sure it is; empty where there is none."""
    engine = _engine()
    result: list[tuple[str, float]] = []
    for piece in pieces:
        found = engine(piece, use_det=False, use_rec=True)
        texts, scores = getattr(found, "txts", None) or ("",), getattr(found, "scores", None) or (0.0,)
        result.append((texts[0].strip(), float(scores[0])))
    return result


def _word(text: str, corners: Sequence[Sequence[float]], score: float) -> Word:
    numpy = import_module("numpy")
    (xa, ya), (xb, yb), (xc, yc), (xd, yd) = corners
    lean = float(numpy.degrees(numpy.arctan2((yb - ya + yc - yd) / 2, (xb - xa + xc - xd) / 2)))
    xs, ys = (xa, xb, xc, xd), (ya, yb, yc, yd)
    return Word(text.strip(), min(xs), min(ys), max(xs), max(ys), lean, float(score))


@lru_cache(maxsize=1)
def _engine() -> Any:
    # One thread: files are parsed side by side, and threads that wait for each other burn half as much again.
    quiet = {"Global.log_level": "critical", "Global.use_cls": False}
    return import_module(_ENGINE).RapidOCR(params={**quiet, "EngineConfig.onnxruntime.intra_op_num_threads": 1})
