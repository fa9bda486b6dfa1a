"""PDF files with a text layer, in reading order.

Refused: scanned pages, passwords, damaged files, text layers whose characters have no names.

pdfplumber is used rather than pypdfium2: both read the same characters, pypdfium2 about twenty times faster, but only
pdfplumber gives the drawn rulings with them, and without rulings merged cells, blanks and wrapped labels are lost.
"""

import logging
from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from typing import Any

import pdfplumber
from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect

from loaders.errors import SourceError
from loaders.faults import ErrorCode
from loaders.file_formats.model import Draft, damaged, encrypted
from loaders.file_formats.page import Glyph, Page, Stroke, sides_of, strokes_between
from loaders.file_formats.page_tables import THIN
from loaders.file_formats.page_text import plain
from loaders.file_formats.pages import FEWEST_CHARACTERS, Blocks, blocks_of, refuse_too_many, refuse_unnamed, text_of
from loaders.file_formats.sources import SourceFile

# It reports each odd font on standard error, page after page.
logging.getLogger("pdfminer").setLevel(logging.CRITICAL)


def read(source: SourceFile) -> Draft:
    """The report in a PDF file."""
    try:
        pages, pictures = _pages(source)
    except SourceError:
        raise
    except Exception as fault:  # parsers of damaged PDFs raise whatever the damage makes of them
        if _names_a_password(fault):
            raise encrypted(source.name, "PDF") from fault
        found = f"its structure is broken ({type(fault).__name__})"
        raise damaged(source.name, expected="a PDF", found=found, hint="download the file again") from fault
    _refuse_scan(source, pages, pictures)
    warnings = (f"page(s) {', '.join(map(str, pictures))} hold only a picture, which is not read",) if pictures else ()
    return Draft(text=text_of(pages), media_type="application/pdf", warnings=warnings)


def _pages(source: SourceFile) -> tuple[list[Blocks], list[int]]:
    pages: list[Blocks] = []
    pictures: list[int] = []
    with pdfplumber.open(BytesIO(source.data)) as document:
        refuse_too_many(source.name, "PDF", len(document.pages))
        for number, page in enumerate(document.pages, 1):
            glyphs = _glyphs(page.dedupe_chars())
            refuse_unnamed(source.name, glyphs)
            if len(glyphs) < FEWEST_CHARACTERS and page.images:
                pictures.append(number)
            pages.append(blocks_of(Page(tuple(glyphs), tuple(_strokes(page)))))
            page.close()
    return pages, pictures


def _glyphs(page: Any) -> list[Glyph]:
    """The page's characters; those written aslant are a watermark."""
    return [
        Glyph(plain(char["text"]), char["x0"], char["x1"], char["top"], char["bottom"], char["size"], char["upright"])
        for char in page.chars
        if not (char["matrix"][0] and char["matrix"][1])
    ]


def _strokes(page: Any) -> Iterator[Stroke]:
    """Every drawn stroke; a filled rectangle without outline is background, not a cell."""
    for line in page.lines:
        yield _box(line)
    for shape in page.rects:
        box = _box(shape)
        if min(box.x1 - box.x0, box.bottom - box.top) <= THIN:
            yield box
        elif shape["stroke"]:
            yield from sides_of(*box)
    for curve in page.curves:
        if curve["stroke"]:
            yield from strokes_between(curve["pts"])


def _box(shape: Mapping[str, Any]) -> Stroke:
    return Stroke(shape["x0"], shape["top"], shape["x1"], shape["bottom"])


def _refuse_scan(source: SourceFile, pages: Sequence[Blocks], pictures: Sequence[int]) -> None:
    if len(pictures) == len(pages) or not any(pages):
        raise SourceError(
            f"the PDF has {len(pages)} page(s) but no text layer: it is a scan",
            where=source.name,
            code=ErrorCode.SCANNED_PDF,
        )


def _names_a_password(fault: BaseException) -> bool:
    causes = (fault, *(arg for arg in fault.args if isinstance(arg, BaseException)))
    return any(isinstance(cause, PDFPasswordIncorrect | PDFEncryptionError) for cause in causes)
