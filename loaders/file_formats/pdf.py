"""PDF files with a text layer, in reading order.

Paragraphs have no breaks in sentences, ruled tables are canonical rows in their place, tables that a page break cuts
simply continue, page numbers and running heads are gone. Refused: scanned pages, passwords, damaged files, text layers
whose characters have no names.

pdfplumber is used rather than pypdfium2: both read the same characters, pypdfium2 about twenty times faster, but only
pdfplumber gives the drawn rulings with them, and without rulings merged cells, blanks and wrapped labels are lost.
"""

import logging
import re
from collections import Counter
from collections.abc import Sequence
from io import BytesIO
from typing import Any

import pdfplumber
from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect

from loaders.errors import SourceError
from loaders.faults import ErrorCode
from loaders.file_formats.canonical import canonical
from loaders.file_formats.model import Draft, damaged, encrypted
from loaders.file_formats.pdf_tables import tables_of
from loaders.file_formats.pdf_text import Glyph, Line, glyphs_of, lines_of, paragraphs
from loaders.file_formats.sources import SourceFile
from loaders.vocabulary.characters import PAGE_NUMBER_WORDS

# It reports each odd font on standard error, page after page.
logging.getLogger("pdfminer").setLevel(logging.CRITICAL)

_MOST_PAGES = 400
_FEWEST_CHARACTERS = 20
_UNNAMED = re.compile(r"\(cid:\d+\)|[\ue000-\uf8ff\ufffd]")
_UNNAMED_SHARE = 0.1
_FEWEST_RUNNING_HEADS = 3
_PAGE_NUMBER = re.compile(
    r"[-\u2013\u2014\u2015\uff0d~\u2022\u00b7\s]*(?P<number>\d{1,3})(?:\s*/\s*\d{1,3})?[-\u2013\u2014\u2015\uff0d~\u2022\u00b7\s]*"
    rf"|[-\u2014\s]*{PAGE_NUMBER_WORDS}[-\u2014\s]*"
)
_DASHED = re.compile(r"[-\u2013\u2014\u2015\uff0d~\u2022\u00b7\u7b2c/]")

Blocks = list[Line | list[str]]


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
    blocks = [block for page in _without_page_furniture(pages) for block in page]
    warnings = (f"page(s) {', '.join(map(str, pictures))} hold only a picture, which is not read",) if pictures else ()
    return Draft(text=canonical(paragraphs(blocks)), media_type="application/pdf", warnings=warnings)


def _pages(source: SourceFile) -> tuple[list[Blocks], list[int]]:
    pages: list[Blocks] = []
    pictures: list[int] = []
    with pdfplumber.open(BytesIO(source.data)) as document:
        if len(document.pages) > _MOST_PAGES:
            raise _too_many_pages(source.name, len(document.pages))
        for number, page in enumerate(document.pages, 1):
            glyphs = glyphs_of(page.dedupe_chars())
            _refuse_unnamed(source.name, glyphs)
            if len(glyphs) < _FEWEST_CHARACTERS and page.images:
                pictures.append(number)
            pages.append(_blocks(page, glyphs))
            page.close()
    return pages, pictures


def _blocks(page: Any, glyphs: Sequence[Glyph]) -> Blocks:
    """Lines and tables of one page from top to bottom."""
    tables, free = tables_of(page, glyphs)
    placed: list[tuple[float, Line | list[str]]] = [(line.top, line) for line in lines_of(free)]
    placed += [(table.top, table.lines) for table in tables]
    return [block for _, block in sorted(placed, key=lambda item: item[0])]


def _without_page_furniture(pages: Sequence[Blocks]) -> list[Blocks]:
    """The pages without their numbers, and without a head or foot that most of them repeat."""
    repeated = _repeated(pages)
    numbered = _numbered(pages)
    result = []
    for index, page in enumerate(pages):
        kept = list(page)
        for end in (0, -1):
            while kept and isinstance(line := kept[end], Line):
                if _key(line) not in repeated and not _is_page_number(line, index, numbered):
                    break
                del kept[end]
        result.append(kept)
    return result


def _key(line: Line) -> tuple[str, int]:
    return re.sub(r"\d+", "", line.text), round(line.top / 4)


def _repeated(pages: Sequence[Blocks]) -> set[tuple[str, int]]:
    ends = [line for page in pages for line in (page[:1] + page[1:][-1:]) if isinstance(line, Line)]
    counts = Counter(_key(line) for line in ends if not _PAGE_NUMBER.fullmatch(line.text))
    return {key for key, count in counts.items() if count >= max(_FEWEST_RUNNING_HEADS, len(pages) * 0.6)}


def _numbered(pages: Sequence[Blocks]) -> set[int]:
    """Differences between printed and real page numbers that more than one page has."""
    offsets: Counter[int] = Counter()
    for index, page in enumerate(pages):
        ends = [line for line in (page[:1] + page[1:][-1:]) if isinstance(line, Line)]
        offsets.update({int(match["number"]) - index for line in ends if (match := _bare_number(line))})
    return {offset for offset, count in offsets.items() if count > 1}


def _bare_number(line: Line) -> re.Match[str] | None:
    match = _PAGE_NUMBER.fullmatch(line.text)
    return match if match and match["number"] else None


def _is_page_number(line: Line, index: int, offsets: set[int]) -> bool:
    """A number between dashes, or a bare one that counts along with the pages; a lone 0 may be a cell."""
    match = _PAGE_NUMBER.fullmatch(line.text)
    if match is None:
        return False
    return bool(_DASHED.search(line.text)) or int(match["number"]) - index in offsets


def _refuse_scan(source: SourceFile, pages: Sequence[Blocks], pictures: Sequence[int]) -> None:
    if len(pictures) == len(pages) or not any(pages):
        raise SourceError(
            f"the PDF has {len(pages)} page(s) but no text layer: it is a scan",
            where=source.name,
            code=ErrorCode.SCANNED_PDF,
        )


def _refuse_unnamed(name: str, glyphs: Sequence[Glyph]) -> None:
    unnamed = sum(1 for glyph in glyphs if _UNNAMED.fullmatch(glyph.text))
    if unnamed > max(_FEWEST_CHARACTERS, len(glyphs) * _UNNAMED_SHARE):
        raise SourceError(
            "the text layer draws characters without saying which they are",
            where=name,
            code=ErrorCode.ENCODING_UNKNOWN,
            hint="run optical character recognition over it (for instance ocrmypdf --force-ocr -l chi_sim)",
        )


def _too_many_pages(name: str, pages: int) -> SourceError:
    message = f"the PDF has {pages:,} pages; a report has at most {_MOST_PAGES}"
    return SourceError(
        message, where=name, code=ErrorCode.FILE_TOO_LARGE, hint="split collections into one file a report"
    )


def _names_a_password(fault: BaseException) -> bool:
    causes = (fault, *(arg for arg in fault.args if isinstance(arg, BaseException)))
    return any(isinstance(cause, PDFPasswordIncorrect | PDFEncryptionError) for cause in causes)
