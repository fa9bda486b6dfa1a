"""PDF files with a text layer, in reading order.

Refused: scanned pages, passwords, damaged files, text layers whose characters have no names.
"""

import re
import zlib
from collections.abc import Iterator, Sequence

import pypdfium2 as pdfium
from pypdfium2 import raw

from loaders.errors import SourceError
from loaders.faults import ErrorCode
from loaders.file_formats.model import Draft, damaged, encrypted
from loaders.file_formats.pages import FEWEST_CHARACTERS, Blocks, blocks_of, refuse_too_many, refuse_unnamed, text_of
from loaders.file_formats.pdf_page import MOST_SHAPES, PdfPage, read_page
from loaders.file_formats.sources import SourceFile
from loaders.file_formats.sources.refusals import MEGABYTE

# A stream of drawing operators or of text that unpacks to more than this is made to fill the memory; pictures may.
_LARGEST_STREAM = 24 * MEGABYTE
_SMALLEST_PACKED = _LARGEST_STREAM // 1100  # deflate packs nothing tighter
_STREAM = re.compile(rb"stream\r?\n")
_PICTURE = re.compile(rb"/Subtype\s*/Image")
_DICTIONARY = 1_000  # bytes before a stream in which its dictionary is looked for


def read(source: SourceFile) -> Draft:
    """The report in a PDF file."""
    _refuse_swollen(source)
    pages, warnings = _pages(source)
    return Draft(text=text_of(pages), media_type="application/pdf", warnings=warnings)


def _pages(source: SourceFile) -> tuple[list[Blocks], tuple[str, ...]]:
    pages: list[Blocks] = []
    pictures: list[int] = []
    crowded: list[int] = []
    for number, page in enumerate(_read_pages(source), 1):
        refuse_unnamed(source.name, page.page.glyphs)
        if len(page.page.glyphs) < FEWEST_CHARACTERS and page.pictures:
            pictures.append(number)
        if page.crowded:
            crowded.append(number)
        pages.append(blocks_of(page.page))
    _refuse_scan(source, pages, pictures)
    return pages, tuple(_warnings(pictures, crowded))


def _warnings(pictures: Sequence[int], crowded: Sequence[int]) -> Iterator[str]:
    if pictures:
        yield f"page(s) {_listed(pictures)} hold only a picture, which is not read"
    if crowded:
        yield f"page(s) {_listed(crowded)} draw more than {MOST_SHAPES:,} shapes, which are taken for a drawing"


def _listed(numbers: Sequence[int]) -> str:
    return ", ".join(map(str, numbers))


def _read_pages(source: SourceFile) -> Iterator[PdfPage]:
    """The pages as pdfium reads them; raises SourceError for a file that it cannot open."""
    with _opened(source) as document:
        refuse_too_many(source.name, "PDF", len(document))
        if not len(document):
            raise _broken(source.name, "it has no pages")
        for index in range(len(document)):
            page = _page(source, document, index)
            try:
                yield read_page(page)
            finally:
                page.close()


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


def _refuse_scan(source: SourceFile, pages: Sequence[Blocks], pictures: Sequence[int]) -> None:
    if len(pictures) == len(pages) or not any(pages):
        raise SourceError(
            f"the PDF has {len(pages)} page(s) but no text layer: it is a scan",
            where=source.name,
            code=ErrorCode.SCANNED_PDF,
        )
