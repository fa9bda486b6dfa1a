"""Elements of a web page to canonical lines, in reading order.

Tables become canonical rows, except where a table only lays out the page.
"""

from collections.abc import Collection, Iterator

from lxml import etree

from loaders.file_formats.canonical import Cell, placed, table_lines, tidy

BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
        "ucapcontent",
        "ucaptitle",
    ]
)
_ROW_GROUPS = frozenset({"tbody", "thead", "tfoot"})
_CELLS = frozenset({"td", "th"})
_WIDEST_SPAN = 100
_HIGHEST_SPAN = 1000


class Lines:
    """Collects lines: text runs on until something breaks the line."""

    def __init__(self) -> None:
        self.done: list[str] = []
        self._open: list[str] = []

    def run(self, text: str | None) -> None:
        """More text on the current line."""
        if text:
            self._open.append(text)

    def end(self) -> None:
        """The end of the current line; empty lines leave no trace."""
        if self._open:
            line = tidy("".join(self._open))
            self._open.clear()
            if line:
                self.done.append(line)


def lines_of(element: etree._Element, *, without: Collection[etree._Element] = ()) -> list[str]:
    """The lines of an element, leaving out given elements below it."""
    lines = Lines()
    # Walked, not recursed into: pages exported from Office nest deeper than Python's stack.
    walker = etree.iterwalk(element, events=("start", "end"))
    for event, current in walker:
        if event == "start":
            if _is_rendered_whole(current, lines, without):
                walker.skip_subtree()
            else:
                _begin(current, lines)
        else:
            if current.tag in BLOCKS or current.tag == "br":
                lines.end()
            if current is not element:
                lines.run(current.tail)
    lines.end()
    return lines.done


def _begin(element: etree._Element, lines: Lines) -> None:
    if element.tag in BLOCKS:
        lines.end()
    if element.tag == "li":
        lines.run(_ordinal(element))
    lines.run(element.text)


def _is_rendered_whole(element: etree._Element, lines: Lines, without: Collection[etree._Element]) -> bool:
    """Whether an element is left out, or is a table of data and now stands in the lines as rows."""
    if element in without:
        return True
    if element.tag != "table":
        return False
    rows = list(_rows(element))
    if any(row.find(".//table") is not None for row in rows):
        return False  # a table around tables is layout, whatever else it holds
    if without and any(other in without for other in element.iter()):
        return False
    lines.end()
    for caption in element.iterchildren("caption"):
        lines.done.extend(lines_of(caption))
    lines.done.extend(table_lines(_grid(rows)))
    return True


def _ordinal(item: etree._Element) -> str:
    """The number a browser shows before an item of an ordered list."""
    parent = item.getparent()
    if parent is None or parent.tag != "ol":
        return ""
    first = parent.get("start", "1")
    position = sum(1 for earlier in item.itersiblings("li", preceding=True))
    return f"{position + (int(first) if first.isdecimal() else 1)}."


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    for child in table:
        if child.tag == "tr":
            yield child
        elif child.tag in _ROW_GROUPS:
            yield from child.iterchildren("tr")


def _grid(rows: list[etree._Element]) -> list[list[Cell]]:
    return placed(
        [
            (_span(cell, "colspan", _WIDEST_SPAN), _span(cell, "rowspan", _HIGHEST_SPAN), tuple(lines_of(cell)))
            for cell in row
            if cell.tag in _CELLS
        ]
        for row in rows
        if not _is_spacer(row)
    )


def _is_spacer(row: etree._Element) -> bool:
    """Office programs write a row of no height that only fixes the widths of columns."""
    return row.get("height", "").removesuffix("px") == "0" and not tidy("".join(map(str, row.itertext())))


def _span(cell: etree._Element, name: str, most: int) -> int:
    value = cell.get(name, "1").strip()
    return min(max(int(value), 1), most) if value.isdecimal() and value.isascii() else 1
