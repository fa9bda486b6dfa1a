"""PDF files, in reading order; pages that are pictures are recognised where the extra for that is installed.

Refused: scans where it is not, passwords, damaged files, text layers whose characters have no names.
"""

import re
import zlib
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

import pypdfium2 as pdfium
from pypdfium2 import raw

from loaders.errors import SourceError
from loaders.faults import ErrorCode
from loaders.file_formats.model import Draft, damaged, encrypted, nothing_in
from loaders.file_formats.ocr import Pixels, Watch, bounds, is_installed
from loaders.file_formats.pages import (
    FEWEST_CHARACTERS,
    Blocks,
    blocks_of,
    recognised_text_of,
    refuse_too_many,
    refuse_unnamed,
)
from loaders.file_formats.pdf_page import MOST_SHAPES, PdfPage, read_page
from loaders.file_formats.picture_page import LARGER, page_of
from loaders.file_formats.sources import MEGABYTE, SourceFile

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

    A picture has no text; under one that has its text `hidden` another program has laid what it recognised.
    """

    blocks: Blocks
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
            page, scale = document[number - 1], bounds().dpi / _POINTS
            picture, larger = (_drawn(page, factor) for factor in (scale, scale * LARGER))
            found[number] = blocks_of(page_of(picture, larger, scale=1 / scale))
    return found


def _drawn(page: pdfium.PdfPage, scale: float) -> Pixels:
    """The page as a picture, of a page larger than paper a smaller one."""
    scale *= min(1.0, _LONGEST_SIDE / (max(page.get_size()) * scale))
    return page.render(scale=scale).to_numpy()[:, :, :3]


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
                yield _ReadPage(blocks_of(found.page), _is_picture(found), found.hidden, found.crowded)
            finally:
                page.close()


def _is_picture(page: PdfPage) -> bool:
    characters = len(page.page.glyphs)
    return page.drawn and characters < FEWEST_CHARACTERS and (bool(page.pictures) or not characters)


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
