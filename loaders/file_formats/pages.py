"""Pages of a fixed layout to canonical text, in reading order.

Paragraphs have no breaks in sentences, ruled tables are canonical rows in their place, tables that a page break cuts
simply continue, page numbers and running heads are gone.
"""

import re
from collections import Counter
from collections.abc import Sequence

from loaders.errors import SourceError
from loaders.faults import ErrorCode
from loaders.file_formats.canonical import canonical
from loaders.file_formats.page import Glyph, Page
from loaders.file_formats.page_tables import tables_of
from loaders.file_formats.page_text import Line, lines_of, paragraphs
from loaders.file_formats.recognised import Recognised, recognised_in
from loaders.vocabulary.characters import PAGE_NUMBER_WORDS

FEWEST_CHARACTERS = 20
"""A page with fewer, and with a picture, is a picture."""
_MOST_PAGES = 400
_UNNAMED = re.compile(r"[\ue000-\uf8ff\ufffd]")
_UNNAMED_SHARE = 0.1
_FEWEST_RUNNING_HEADS = 3
_PAGE_NUMBER = re.compile(
    r"[-\u2013\u2014\u2015\uff0d~\u2022\u00b7\s]*(?P<number>\d{1,3})(?:\s*/\s*\d{1,3})?[-\u2013\u2014\u2015\uff0d~\u2022\u00b7\s]*"
    rf"|[-\u2014\s]*{PAGE_NUMBER_WORDS}[-\u2014\s]*"
)
_DASHED = re.compile(r"[-\u2013\u2014\u2015\uff0d~\u2022\u00b7\u7b2c/]")

Blocks = list[Line | list[str]]


def blocks_of(page: Page) -> Blocks:
    """Lines and tables of one page from top to bottom."""
    tables, free = tables_of(page)
    placed: list[tuple[float, Line | list[str]]] = [(line.top, line) for line in lines_of(free)]
    placed += [(table.top, table.lines) for table in tables]
    return [block for _, block in sorted(placed, key=lambda item: item[0])]


def text_of(pages: Sequence[Blocks]) -> str:
    """The canonical text of all pages together."""
    return canonical(_lines(pages))


def recognised_text_of(pages: Sequence[Blocks]) -> tuple[str, tuple[Recognised, ...]]:
    """The canonical text, and what of it was read from pictures."""
    lines = _lines(pages)
    return canonical(lines), tuple(recognised_in(lines))


def _lines(pages: Sequence[Blocks]) -> list[str]:
    return paragraphs([block for page in _without_page_furniture(pages) for block in page])


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


def refuse_unnamed(name: str, glyphs: Sequence[Glyph]) -> None:
    """Refuse a page whose characters have no names: nobody can search or copy it."""
    unnamed = sum(1 for glyph in glyphs if _UNNAMED.fullmatch(glyph.text))
    if unnamed > max(FEWEST_CHARACTERS, len(glyphs) * _UNNAMED_SHARE):
        raise SourceError(
            "the text layer draws characters without saying which they are",
            where=name,
            code=ErrorCode.ENCODING_UNKNOWN,
            hint="run optical character recognition over it (for instance ocrmypdf --force-ocr -l chi_sim)",
        )


def refuse_too_many(name: str, kind: str, pages: int) -> None:
    """Refuse a file of more pages than a report has."""
    if pages > _MOST_PAGES:
        raise SourceError(
            f"the {kind} has {pages:,} pages; a report has at most {_MOST_PAGES}",
            where=name,
            code=ErrorCode.FILE_TOO_LARGE,
            hint="split collections into one file a report",
        )
