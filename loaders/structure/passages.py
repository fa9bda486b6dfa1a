"""The passages of a report: its paragraphs and list items, each with clean text and exact span.

Left out: title and furniture of the page, headings that
stand by themselves or end in a full stop, tables and what is left of them, page numbers, the sign-off.

The text of a passage is as printed, with blanks, line ends of a page, and page numbers between its lines taken out.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from functools import lru_cache

from loaders.document import Passage, Section, SectionRole, Span, TableSpan
from loaders.file_formats.furniture import is_furniture
from loaders.forms import FORMS, Form
from loaders.structure.headings import Layout, layout_of
from loaders.structure.outline import ITEM
from loaders.structure.unnumbered import annex_of, without_furniture
from loaders.text.folding import ZERO_WIDTH, bare, without_remarks
from loaders.text.simplified import simplified
from loaders.text.squeezed import one_line
from loaders.vocabulary import identity

_EDGES = f" \t\n#*|{ZERO_WIDTH}"
_AFTER_HEADING = _EDGES + "。:;.,、"
_PAUSE = ","
_CLAUSE_ENDS = ",;!?"
# What is longer and ends with a full stop is a sentence: with 20 headings are passages too, with 80 a numbered sentence
# is none (golden: 000, 001, 002, 004)
_LONGEST_HEADING = 40
_LETTER = re.compile(r"[\u3400-\u9fffA-Za-z]")
_LONGEST_LABEL = 40
_PAGE_NUMBER = re.compile(r"[\s\-\u2014_\u00b7./\d]+")
_COLUMN_NAME = re.compile(identity.COLUMN_NAME)


def passages_of(  # noqa: PLR0913  (what the stages before it leave)
    raw: str,
    folded: str,
    sections: Sequence[Section],
    *,
    tables: Sequence[TableSpan],
    body: Span,
    forms: Sequence[Form] = FORMS,
) -> tuple[Passage, ...]:
    """All passages of a report in printed order."""
    text = simplified(folded)
    annex = annex_of(text, body, tables, forms)
    layout = layout_of(text, body, [*tables, *([annex.grid] if annex else [])])
    passages: list[Passage] = []
    labels = _labels(tuple(forms))
    last = without_furniture(folded, sections[-1].heading_end if sections else body.start, body.end)
    following = [*((section.start, section.parent) for section in sections[1:]), (last, None)]
    for section, (end, next_parent) in zip(sections, following, strict=True):
        if section.role is SectionRole.CLOSING or end <= section.start:
            continue
        start = _content_start(folded, section, end, leaf=next_parent != section.id)
        for span in _paragraphs(layout, start, end, labels):
            text = one_line(_without_page_numbers(without_remarks(raw[span.start : span.end])))
            passages.append(Passage(f"p{len(passages) + 1}", section.id, text, span.start, span.end))
    return tuple(passages)


def _content_start(folded: str, section: Section, end: int, *, leaf: bool) -> int:
    """Behind a heading proper; at the beginning of an item, of a numbered sentence, and of what has no heading."""
    if section.level is None or section.inferred:
        return section.heading_end
    after = folded[section.heading_end : section.heading_end + 1]
    # (1)开设专栏,及时公开: cut behind the pause, the passage would begin in the middle
    # (golden: 001, 004, pingtan-2013)
    sentence = section.level == ITEM or after in _CLAUSE_ENDS or section.heading_end - section.start > _LONGEST_HEADING
    if after and sentence:
        return section.start
    # 1.人员变动频繁,交接不到位。 on a line of its own is no heading.
    own_line = after == "。" and folded[section.heading_end + 1 : section.heading_end + 2] in {"", "\n"}
    if own_line and section.level > 1 and _PAUSE in folded[section.start : section.heading_end]:
        return section.start
    # With nothing under it a numbered sentence is all that is said; with parts it is their heading (golden: 000, 001)
    empty = leaf and section.level > 1 and not folded[section.heading_end : end].strip(_AFTER_HEADING)
    return section.start if empty and after == "。" else section.heading_end


@lru_cache(maxsize=8)
def _labels(forms: tuple[Form, ...]) -> frozenset[str]:
    """Every label that a table of these forms prints."""
    return frozenset(
        bare(spelling)
        for form in forms
        for edition in form.editions
        for block in edition.blocks
        for label in (
            *(column.label for column in block.columns),
            *(row.label for row in block.rows),
            *(group for row in block.rows for group in row.groups),
            *block.headers,
            *((block.anchor,) if block.anchor else ()),
        )
        for spelling in label.spellings
    )


def _paragraphs(layout: Layout, start: int, end: int, labels: AbstractSet[str]) -> Iterator[Span]:
    """The paragraphs of a stretch, without tables, furniture, and what a table has left behind."""
    at = start
    while at < end:
        at = _outside_tables(layout, at)
        stop = min(layout.paragraph_end(at), end)
        span = _trimmed(layout.folded, at, stop, heading=at == start)
        if span.start < span.end and not _is_noise(layout.folded[span.start : span.end], labels):
            yield span
        at = max(stop, at + 1)


def _outside_tables(layout: Layout, at: int) -> int:
    place = bisect_right(layout.table_starts, at) - 1
    return max(at, layout.tables[place].end) if place >= 0 else at


def _trimmed(folded: str, start: int, end: int, *, heading: bool) -> Span:
    edges = _AFTER_HEADING if heading else _EDGES
    while start < end and folded[start] in edges:
        start += 1
    while end > start and folded[end - 1] in _EDGES:
        end -= 1
    return Span(start, end)


def _is_noise(piece: str, labels: AbstractSet[str]) -> bool:
    """Whether a line is no prose: a number, a label of a table, a cell, a caption of the page."""
    # Cells that no table took in stand on lines of their own: zeros, rules of Markdown (golden: changtu-2021)
    if not _LETTER.search(piece):
        return True
    if len(piece) > _LONGEST_LABEL * 4:
        return False
    words = bare(piece)
    # So do labels of a grid read in pieces, and the column that a page names under its title
    # (golden: 002, jurong-zhujian-2022)
    return words in labels or bool(_COLUMN_NAME.fullmatch(words)) or is_furniture(piece)


def _without_page_numbers(text: str) -> str:
    lines = text.split("\n")
    return "\n".join(line for line in lines if not (len(lines) > 1 and _PAGE_NUMBER.fullmatch(line)))
