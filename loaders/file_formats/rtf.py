"""Rich text (.rtf): paragraphs and tables in their order as canonical text.

Read here and not with striprtf, which parts cells but tells neither where they stand nor which of them are merged.
Hidden and deleted text is left out, numbers of lists stand as they are printed. Refused: files without text.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from loaders.file_formats.canonical import Cell, canonical, table_lines, tidy
from loaders.file_formats.model import Draft
from loaders.file_formats.sources import SourceFile

_TOKEN = re.compile(
    r"\\(?P<word>[A-Za-z]{1,32})(?P<number>-?\d{1,10})?\x20?"
    r"|\\'(?P<byte>[0-9A-Fa-f]{2})|\\(?P<sign>[^A-Za-z\r\n])|\\(?P<end>[\r\n])|(?P<brace>[{}])|(?P<text>[^\\{}\r\n]+)"
)
# Groups that print nothing where they stand, besides all that are marked as such by \*.
_SILENT = frozenset(
    {f"{end}{pages}" for end in ("header", "footer") for pages in ("", "l", "r", "f")}
    | {"fonttbl", "colortbl", "filetbl", "listtable", "stylesheet", "info", "pict", "objdata"}
    | {"nonesttables", "sp", "xe", "tc", "rxe"}
)
_SHOWN_ALL_THE_SAME = frozenset({"shpinst"})  # text in a box
_LIST_NUMBERS = frozenset({"listtext", "pntext"})
_SIGNS = {"~": "\u00a0", "_": "-", "\\": "\\", "{": "{", "}": "}"}
_WORDS = {
    "tab": " ",
    "line": "\n",
    "nestcell": "\n",
    "nestrow": "\n",
    "emdash": "\u2014",
    "endash": "\u2013",
    "lquote": "\u2018",
    "rquote": "\u2019",
    "ldblquote": "\u201c",
    "rdblquote": "\u201d",
    "bullet": "\u2022",
}
_CHARSETS = {128: "cp932", 129: "cp949", 134: "gb18030", 136: "big5"}
_PAGES = {936: "gb18030", 54936: "gb18030", 950: "big5", 932: "cp932", 949: "cp949", 65001: "utf-8"}
_LATIN = "cp1252"
_SNAP = 60  # twips: edges of rows that are meant to stand below each other
_CUT = "the end of the file is missing"


@dataclass(frozen=True, slots=True)
class _State:
    """What a group inherits and gives back at its end."""

    silent: bool = False
    number: bool = False
    hidden: bool = False
    fallback: int = 1
    font: int | None = None


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a cell of a row stands, and whether it goes on from the one above or before."""

    right: int
    goes_on: bool


@dataclass(slots=True)
class _Table:
    """The rows read so far, and the cells of the row that is being read."""

    rows: list[list[tuple[_Place, int, tuple[str, ...]]]] = field(default_factory=list)
    cells: list[tuple[str, ...]] = field(default_factory=list)
    places: list[_Place] = field(default_factory=list)
    left: int = 0

    def end_row(self) -> None:
        """Put the cells where the definition of their row says."""
        row, left = [], self.left
        for index, lines in enumerate(self.cells):
            place = self.places[index] if index < len(self.places) else _Place(left + 2 * _SNAP, goes_on=False)
            row.append((place, left, lines))
            left = place.right
        self.rows.append(row)
        self.cells = []

    def lines(self) -> list[str]:
        """The rows as canonical lines; edges that nearly agree are one."""
        edges = _snapped(edge for row in self.rows for place, left, _ in row for edge in (place.right, left))
        rows = [
            [Cell(edges[left], edges[place.right], lines) for place, left, lines in row if not place.goes_on]
            for row in self.rows
        ]
        return table_lines(rows)


def read(source: SourceFile) -> Draft:
    """The report in a rich text file."""
    reader = _Reader()
    reader.take(source.data.decode("latin-1"))
    return Draft(text=canonical(reader.lines), media_type="application/rtf", warnings=(_CUT,) if reader.is_cut else ())


class _Reader:
    """Takes the file token by token."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self._state = _State()
        self._outer: list[_State] = []
        self._fonts: dict[int, str] = {}
        self._page = _LATIN
        self._bytes = bytearray()
        self._text: list[str] = []
        self._table = _Table()
        self._in_table = False
        self._goes_on = False
        self._skip = 0
        self._marked = False

    @property
    def is_cut(self) -> bool:
        """Whether groups are still open."""
        return bool(self._outer)

    def take(self, data: str) -> None:
        """All of the file."""
        place = data.find("{")
        while match := _TOKEN.search(data, place):
            place = match.end()
            if match["word"] == "bin":
                place += max(int(match["number"] or 0), 0)
            elif match["word"]:
                self._word(match["word"], int(match["number"]) if match["number"] else None)
            elif match["brace"]:
                self._brace(match["brace"])
            elif match["end"]:
                self._word("par", None)
            else:
                self._characters(match)
            if match["brace"] == "}" and not self._outer:
                break
        self._end_paragraph()
        self._end_table()

    def _brace(self, brace: str) -> None:
        self._decode()
        self._marked, self._skip = False, 0
        if brace == "{":
            self._outer.append(self._state)
        elif self._outer:
            self._state = self._outer.pop()

    def _characters(self, match: re.Match[str]) -> None:
        if match["byte"]:
            self._add(bytes.fromhex(match["byte"]))
        elif match["text"]:
            self._add(match["text"].encode("latin-1"))
        elif match["sign"] == "*":
            self._marked = True
        else:
            self._say(_SIGNS.get(match["sign"], ""))

    def _add(self, data: bytes) -> None:
        """Bytes in the encoding of their font, but for those that stand in for a character already said."""
        skipped = min(self._skip, len(data))
        self._skip -= skipped
        if not (self._state.silent or self._state.hidden):
            self._bytes += data[skipped:]

    def _say(self, text: str) -> None:
        self._decode()
        if not (self._state.silent or self._state.hidden):
            self._text.append(text)

    def _decode(self) -> None:
        if self._bytes:
            encoding = self._fonts.get(self._state.font or 0, self._page) if self._page == _LATIN else self._page
            self._text.append(self._bytes.decode(encoding, "replace"))
            self._bytes.clear()

    def _word(self, word: str, number: int | None) -> None:
        self._decode()
        marked, self._marked = self._marked, False
        if word in _SILENT or (marked and word not in _SHOWN_ALL_THE_SAME):
            self._state = replace(self._state, silent=True)
        elif word == "fcharset" and self._state.font is not None:
            self._fonts[self._state.font] = _CHARSETS.get(number or 0, self._page)
        elif word == "f" and number is not None:
            self._state = replace(self._state, font=number)
        elif self._state.silent:
            return
        elif word == "u" and number is not None:
            self._say(chr(number % 0x10000))
            self._skip = self._state.fallback
        elif word in _WORDS:
            self._say("" if word == "tab" and self._state.number else _WORDS[word])
        elif action := _ACTIONS.get(word):
            action(self, number)

    def set_page(self, number: int | None) -> None:
        """The encoding of all that has no font of another."""
        self._page = _PAGES.get(number or 0, _LATIN)

    def set_fallback(self, number: int | None) -> None:
        """How many bytes stand in for a character that old programs do not know."""
        self._state = replace(self._state, fallback=min(max(number or 0, 0), 8))

    def set_hidden(self, number: int | None) -> None:
        """Text that is not printed begins, or ends."""
        self._state = replace(self._state, hidden=number != 0)

    def set_number(self, _number: int | None) -> None:
        """The number of a list item."""
        self._state = replace(self._state, number=True)

    def plain(self, _number: int | None) -> None:
        """Characters as they are without any settings."""
        self._state = replace(self._state, hidden=False)

    def reset_paragraph(self, _number: int | None) -> None:
        """A paragraph as it is without any settings: it stands in no table."""
        self._in_table = self._state.number and self._in_table

    def set_in_table(self, _number: int | None) -> None:
        """The paragraph stands in a cell."""
        self._in_table = True

    def end_paragraph(self, _number: int | None) -> None:
        """The end of a paragraph, in a cell or outside."""
        if self._in_table or self._table.cells:
            self._text.append("\n")
        else:
            self._end_table()
            self._end_paragraph()

    def begin_row(self, _number: int | None) -> None:
        """The definition of a row begins."""
        if not self._table.cells and not self._in_table:
            self._end_paragraph()
        self._table.places, self._table.left, self._goes_on = [], 0, False

    def set_left(self, number: int | None) -> None:
        """Where the row begins."""
        self._table.left = number or 0

    def set_goes_on(self, _number: int | None) -> None:
        """The cell that is being defined belongs to the one above or before."""
        self._goes_on = True

    def end_place(self, number: int | None) -> None:
        """The right edge of the cell that is being defined."""
        self._table.places.append(_Place(number or 0, self._goes_on))
        self._goes_on = False

    def end_cell(self, _number: int | None) -> None:
        """The text so far is a cell."""
        self._table.cells.append(tuple(self._taken().split("\n")))

    def end_row(self, _number: int | None) -> None:
        """The cells so far are a row."""
        if self._table.cells:
            self._table.end_row()

    def _taken(self) -> str:
        """The text so far; characters beyond the first 65,536 are written as two halves."""
        text = "".join(self._text).encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
        self._text.clear()
        return text

    def _end_paragraph(self) -> None:
        self._decode()
        text = self._taken()
        if text.strip():
            self._end_table()
        self.lines.extend(line for part in text.split("\n") if (line := tidy(part)))

    def _end_table(self) -> None:
        if self._table.cells:
            self._table.end_row()
        if self._table.rows:
            self.lines.extend(self._table.lines())
            self._table.rows = []


_ACTIONS: Mapping[str, Callable[[_Reader, int | None], None]] = {
    "ansicpg": _Reader.set_page,
    "uc": _Reader.set_fallback,
    "v": _Reader.set_hidden,
    "deleted": _Reader.set_hidden,
    **dict.fromkeys(_LIST_NUMBERS, _Reader.set_number),
    "plain": _Reader.plain,
    "pard": _Reader.reset_paragraph,
    "intbl": _Reader.set_in_table,
    **dict.fromkeys(("par", "sect", "page"), _Reader.end_paragraph),
    "trowd": _Reader.begin_row,
    "trleft": _Reader.set_left,
    **dict.fromkeys(("clvmrg", "clmrg"), _Reader.set_goes_on),
    "cellx": _Reader.end_place,
    "cell": _Reader.end_cell,
    "row": _Reader.end_row,
}


def _snapped(edges: Iterator[int]) -> dict[int, float]:
    """Each edge with the one that it is meant to be."""
    result: dict[int, float] = {}
    at: int | None = None
    for edge in sorted(set(edges)):
        if at is None or edge - at > _SNAP:
            at = edge
        result[edge] = float(at)
    return result
