"""Raw text to a folded text of the same length: what every later stage matches against.

Folding replaces one character by one character, so an offset into the folded text is an offset into the raw text and
``raw[start:end]`` quotes the source exactly. What is folded: full-width forms, compatibility characters (NFKC where it
yields one character), exotic blanks, zero-width characters, quotes, bars, remarks of a word processor (to blanks).
Superscripts and circled numbers stay: ``²`` is no digit of a figure and ``①`` is an ordinal.
"""

import re
import unicodedata

ZERO_WIDTH = "\u200b"
"""The one character that stands for every invisible character in a folded text."""

_INVISIBLE = "\u00ad\u180e\u200b\u200c\u200d\u200e\u200f\u2060\u2061\u2062\u2063\u2064\ufeff\r"
_BLANK = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_LINE_END = "\u000b\u000c\u0085\u2028\u2029"
_QUOTES = "\u201c\u201d\u201e\u301d\u301e\u300c\u300d\u300e\u300f\uff02"
_MINUS = "\u2212\ufe63\uff0d"
_BARS = "\u2502\u2503\uff5c\u00a6"
_LAST_FOLDED = 0xFFFF
_REMARK = re.compile(r"<!(?:--)?\[[^<>\n]{0,60}\](?:--)?>")
"""What Word writes around numbers of lists and pages leave in their text: <!--[endif]-->."""


def _fold_table() -> dict[str, str]:
    table: dict[str, str] = {}
    for char in map(chr, range(0x80, _LAST_FOLDED + 1)):
        if unicodedata.category(char) in {"No", "Cs", "Co"}:
            continue
        folded = unicodedata.normalize("NFKC", char)
        if len(folded) == 1 and folded != char and not unicodedata.combining(folded):
            table[char] = folded
    for chars, target in (
        (_INVISIBLE, ZERO_WIDTH),
        (_BLANK, " "),
        (_LINE_END, "\n"),
        (_QUOTES, '"'),
        (_MINUS, "-"),
        (_BARS, "|"),
    ):
        table.update(dict.fromkeys(chars, target))
    return table


_FOLDED = _fold_table()
# Few characters of a text are folded: `str.translate`, which asks of each, takes four times as long
_FOLDABLE = re.compile("[" + "".join(map(re.escape, _FOLDED)) + "]")


def fold(raw: str) -> str:
    """The folded text, exactly as long as `raw`.

    >>> fold("（一）　１２３％")
    '(一) 123%'
    """
    if "\r" in raw and "\n" not in raw:
        raw = raw.replace("\r", "\n")
    folded = _FOLDABLE.sub(_as_folded, raw)
    return _REMARK.sub(_blanked, folded) if "<!" in folded else folded


def _as_folded(sign: re.Match[str]) -> str:
    return _FOLDED[sign[0]]


def _blanked(remark: re.Match[str]) -> str:
    return " " * len(remark[0])


def without_remarks(raw: str) -> str:
    """The text as a reader is to see it, without what a word processor notes in it.

    >>> without_remarks("<!--[if !supportLists]-->一、<!--[endif]-->总体情况")
    '一、总体情况'
    """
    return _REMARK.sub("", raw) if "<!" in raw else raw


def bare(folded: str) -> str:
    r"""The text without any blank, line end or invisible character: how labels are compared.

    >>> bare("本年新 制作\n数量")
    '本年新制作数量'
    """
    return "".join(folded.replace(ZERO_WIDTH, "").split())
