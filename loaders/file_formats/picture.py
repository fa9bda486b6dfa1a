"""Pictures of reports: PNG, JPEG and TIFF, also of several pages, recognised page by page.

Refused: what is damaged, too large or too small to hold a report, and every picture where the extra is not installed.
"""

from collections.abc import Iterator
from importlib import import_module
from io import BytesIO
from typing import Any

from loaders.errors import SourceError
from loaders.faults import ErrorCode
from loaders.file_formats.model import Draft, damaged, nothing_in
from loaders.file_formats.ocr import Pixels, Watch, is_installed
from loaders.file_formats.page import Page
from loaders.file_formats.pages import blocks_of, recognised_text_of
from loaders.file_formats.picture_page import page_of
from loaders.file_formats.sources import SourceFile

MAGICS = {b"\x89PNG\r\n\x1a\n": "PNG", b"\xff\xd8\xff": "JPEG", b"II*\x00": "TIFF", b"MM\x00*": "TIFF"}

_MOST_PIXELS = 60_000_000  # a page at 600 dots an inch has 35 million
_LONGEST_SIDE = 3_000  # pixels; recognition takes no more from a larger one
_SHORTEST_SIDE = 20


def read(source: SourceFile) -> Draft:
    """The report in a picture."""
    if not is_installed():
        raise SourceError("a picture is read only by recognising it", where=source.name, code=ErrorCode.NO_OCR)
    kind = next((name for magic, name in MAGICS.items() if source.data.startswith(magic)), "")
    if not kind:
        raise damaged(source.name, expected="a picture", found="it is none", hint="download the file again")
    watch = Watch(source.name)
    pages = [blocks_of(page) for page in _pages(source, kind, watch)]
    text, recognised = recognised_text_of(pages)
    if not text.strip():
        raise nothing_in(source.name, hint="no text is recognised in it; check that it is a picture of the report")
    return Draft(
        text=text,
        media_type=f"image/{kind.lower()}",
        warnings=("the text was recognised in a picture",),
        recognised=recognised,
    )


def _pages(source: SourceFile, kind: str, watch: Watch) -> Iterator[Page]:
    for frame in _frames(source, kind, watch):
        watch.ask()
        yield page_of(frame)


def _frames(source: SourceFile, kind: str, watch: Watch) -> Iterator[Pixels]:
    """The pages as arrays, each as it is to be looked at: turned, on white, not larger than is of use."""
    pillow = import_module("PIL.Image")
    try:
        with pillow.open(BytesIO(source.data), formats=(kind,)) as image:
            pages = getattr(image, "n_frames", 1)
            watch.refuse_more_than(pages)
            for number in range(pages):
                image.seek(number)
                _refuse_size(source.name, *image.size)
                yield _pixels(image)
    except (SourceError, MemoryError):
        raise
    except Exception as fault:  # decoders of damaged pictures raise whatever the damage makes of them
        if "DecompressionBomb" in type(fault).__name__:
            raise _too_large(source.name, "more pixels than any page") from fault
        hint = "download the file again"
        raise damaged(source.name, expected=f"a {kind} picture", found="it cannot be decoded", hint=hint) from fault


def _pixels(image: Any) -> Pixels:
    numpy, pillow, operations = import_module("numpy"), import_module("PIL.Image"), import_module("PIL.ImageOps")
    image = image.copy()
    image.thumbnail((_LONGEST_SIDE, _LONGEST_SIDE))
    image = operations.exif_transpose(image).convert("RGBA")
    white = pillow.new("RGBA", image.size, "white")
    seen = pillow.alpha_composite(white, image).convert("RGB")
    return numpy.ascontiguousarray(numpy.asarray(seen)[:, :, ::-1])


def _refuse_size(name: str, wide: int, high: int) -> None:
    if wide * high > _MOST_PIXELS:
        raise _too_large(name, f"{wide:,} x {high:,} pixels")
    if min(wide, high) < _SHORTEST_SIDE:
        raise nothing_in(name, hint=f"a picture of {wide} x {high} pixels holds no text")


def _too_large(name: str, size: str) -> SourceError:
    message = f"the picture has {size}; one page has at most {_MOST_PIXELS // 1_000_000} million"
    hint = "save it at 300 dots an inch, or one page a file"
    return SourceError(message, where=name, code=ErrorCode.FILE_TOO_LARGE, hint=hint)
