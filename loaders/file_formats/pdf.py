"""PDF files, in reading order; pages that are pictures are recognised where the extra for that is installed.

Refused: scans where it is not, passwords, damaged files, text layers whose characters have no names.
"""

import re
import zlib
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

import pypdfium2 as pdfium
from pypdfium2 import raw

from loaders.errors import SourceError
from loaders.faults import ErrorCode
from loaders.file_formats.model import Draft, damaged, encrypted, nothing_in
from loaders.file_formats.ocr import Pixels, Watch, bounds, is_installed
from loaders.file_formats.page import Page
from loaders.file_formats.pages import (
    FEWEST_CHARACTERS,
    Blocks,
    blocks_of,
    recognised_text_of,
    refuse_too_many,
    refuse_unnamed,
)
from loaders.file_formats.pdf_page import MOST_SHAPES, Box, PdfPage, read_page
from loaders.file_formats.picture_page import LARGER, page_of, table_of
from loaders.file_formats.sources import SourceFile
from loaders.file_formats.sources.refusals import MEGABYTE

_POINTS = 72  # to the inch
_LONGEST_SIDE = 3_000  # pixels

# A stream of drawing operators or of text that unpacks to more than this is made to fill the memory; pictures may.
_LARGEST_STREAM = 24 * MEGABYTE
_SMALLEST_PACKED = _LARGEST_STREAM // 1100  # deflate packs nothing tighter
_STREAM = re.compile(rb"stream\r?\n")
_PICTURE = re.compile(rb"/Subtype\s*/Image")
_DICTIONARY = 1_000  # bytes before a stream in which its dictionary is looked for


@dataclass(frozen=True, slots=True)
class _ReadPage:
    """What is kept of a page: its lines and tables, and what it looks like.

    A picture has no text; under one that has its text `hidden` another program has laid what it recognised. Of the
    others `text` is what stands on them, where the pictures `inside` may show tables.
    """

    blocks: Blocks
    text: Page | None
    inside: tuple[Box, ...]
    picture: bool
    hidden: bool
    crowded: bool


def read(source: SourceFile) -> Draft:
    """The report in a PDF file."""
    _refuse_swollen(source)
    pages = list(_read_pages(source))
    pictures = _numbers(page.picture for page in pages)
    if pictures and not is_installed():
        _refuse_scan(source, pages, pictures)
    recognised = _recognised(source, _numbers(page.picture or page.hidden for page in pages))
    recognised |= _with_tables(source, pages)
    blocks = [recognised.get(number, page.blocks) for number, page in enumerate(pages, 1)]
    text, stretches = recognised_text_of(blocks)
    if not text.strip():
        hint = "no text is recognised in its pages" if pictures else "its pages are empty; download the file again"
        raise nothing_in(source.name, hint=hint)
    warnings = tuple(_warnings(pages, recognised))
    return Draft(text=text, media_type="application/pdf", warnings=warnings, recognised=stretches)


def _numbers(chosen: Iterable[bool]) -> list[int]:
    return [number for number, is_chosen in enumerate(chosen, 1) if is_chosen]


def _recognised(source: SourceFile, pictures: Sequence[int]) -> dict[int, Blocks]:
    """The pages of these numbers, read from what they look like; none where nothing can."""
    found: dict[int, Blocks] = {}
    if not pictures or not is_installed():
        return found
    watch = Watch(source.name)
    watch.refuse_more_than(len(pictures))
    with _opened(source) as document:
        for number in pictures:
            watch.ask()
            picture, larger, scale = _drawn(document[number - 1])
            found[number] = blocks_of(page_of(picture, larger, scale=scale))
    return found


def _with_tables(source: SourceFile, pages: Sequence[_ReadPage]) -> dict[int, Blocks]:
    """The pages of text that show tables as pictures, with these in their places."""
    found: dict[int, Blocks] = {}
    showing = [(index, page) for index, page in enumerate(pages) if page.text and page.inside]
    if not showing or not is_installed():
        return found
    watch = Watch(source.name)
    with _opened(source) as document:
        for index, page in showing[: bounds().pages]:
            watch.ask()
            tables = list(_tables_in(_drawn(document[index]), page.inside))
            if page.text and tables:
                glyphs = chain(page.text.glyphs, *(table.glyphs for table in tables))
                strokes = chain(page.text.strokes, *(table.strokes for table in tables))
                found[index + 1] = blocks_of(Page(tuple(glyphs), tuple(strokes)))
    return found


def _tables_in(drawn: tuple[Pixels, Pixels, float], boxes: Iterable[Box]) -> Iterator[Page]:
    picture, larger, scale = drawn
    for x0, top, x1, bottom in boxes:
        parts = [
            sheet[round(max(top, 0) / size) : round(bottom / size), round(max(x0, 0) / size) : round(x1 / size)]
            for sheet, size in ((picture, scale), (larger, scale * picture.shape[1] / larger.shape[1]))
        ]
        table = table_of(parts[0], parts[1], scale=scale) if all(part.size for part in parts) else None
        if table:
            yield table.moved(max(x0, 0), max(top, 0))


def _drawn(page: pdfium.PdfPage) -> tuple[Pixels, Pixels, float]:
    """The page as a picture, the same larger, and the points of a pixel; of a page larger than paper a smaller one."""
    dots = min(bounds().dpi / _POINTS, _LONGEST_SIDE / max(page.get_size()))
    picture, larger = (page.render(scale=factor).to_numpy()[:, :, :3] for factor in (dots, dots * LARGER))
    return picture, larger, 1 / dots


def _warnings(pages: Sequence[_ReadPage], recognised: Collection[int]) -> Iterator[str]:
    said = (
        (_numbers(page.picture for page in pages), "hold only a picture, which is not read"),
        (_numbers(page.hidden for page in pages), "have a text that another program recognised in a picture"),
    )
    if recognised:
        yield f"page(s) {_listed(sorted(recognised))} were recognised in a picture"
    for numbers, what in said:
        if left := [number for number in numbers if number not in recognised]:
            yield f"page(s) {_listed(left)} {what}"
    if crowded := _numbers(page.crowded for page in pages):
        yield f"page(s) {_listed(crowded)} draw more than {MOST_SHAPES:,} shapes, which are taken for a drawing"


def _listed(numbers: Sequence[int]) -> str:
    return ", ".join(map(str, numbers))


def _read_pages(source: SourceFile) -> Iterator[_ReadPage]:
    """The pages as pdfium reads them; raises SourceError for a file that it cannot open."""
    with _opened(source) as document:
        refuse_too_many(source.name, "PDF", len(document))
        if not len(document):
            raise _broken(source.name, "it has no pages")
        for index in range(len(document)):
            page = _page(source, document, index)
            try:
                found = read_page(page)
                refuse_unnamed(source.name, found.page.glyphs)
                yield _kept(found)
            finally:
                page.close()


def _kept(page: PdfPage) -> _ReadPage:
    characters = len(page.page.glyphs)
    is_picture = page.drawn and characters < FEWEST_CHARACTERS and (bool(page.pictures) or not characters)
    is_text = bool(page.inside) and not (is_picture or page.hidden or page.crowded)
    text = page.page if is_text else None
    return _ReadPage(blocks_of(page.page), text, page.inside, is_picture, page.hidden, page.crowded)


def _opened(source: SourceFile) -> pdfium.PdfDocument:
    try:
        return pdfium.PdfDocument(source.data)
    except pdfium.PdfiumError as fault:
        if fault.err_code in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY):
            raise encrypted(source.name, "PDF") from fault
        raise _broken(source.name, "its structure is broken") from fault


def _page(source: SourceFile, document: pdfium.PdfDocument, index: int) -> pdfium.PdfPage:
    try:
        return document[index]
    except pdfium.PdfiumError as fault:
        raise _broken(source.name, f"its page {index + 1} cannot be read") from fault


def _broken(name: str, found: str) -> SourceError:
    return damaged(name, expected="a PDF", found=found, hint="download the file again")


def _refuse_swollen(source: SourceFile) -> None:
    """Refuse a stream that is no picture and unpacks without end, before anything takes it apart."""
    data = source.data
    for match in _STREAM.finditer(data):
        start = match.end()
        if data.find(b"endstream", start, start + _SMALLEST_PACKED) >= 0:
            continue
        if not _PICTURE.search(data, max(0, start - _DICTIONARY), start) and _unpacks_beyond(data, start):
            message = f"a page of the PDF unpacks to more than {_LARGEST_STREAM // MEGABYTE} MB, as no report does"
            hint = "print it to a new PDF"
            raise SourceError(message, where=source.name, code=ErrorCode.FILE_TOO_LARGE, hint=hint)


def _unpacks_beyond(data: bytes, start: int) -> bool:
    """Whether a deflated stream is larger than any may be; what is not deflated is as large as the file at most."""
    unpacker, size = zlib.decompressobj(), 0
    packed = data[start : start + _LARGEST_STREAM]
    try:
        while packed and size <= _LARGEST_STREAM and not unpacker.eof:
            size += len(unpacker.decompress(packed, MEGABYTE))
            packed = unpacker.unconsumed_tail
    except zlib.error:
        return False
    return size > _LARGEST_STREAM


def _refuse_scan(source: SourceFile, pages: Sequence[_ReadPage], pictures: Sequence[int]) -> None:
    if len(pictures) == len(pages) or not any(page.blocks for page in pages):
        message = f"the PDF has {len(pages)} page(s) but no text layer: it is a scan"
        raise SourceError(message, where=source.name, code=ErrorCode.SCANNED_PDF)
