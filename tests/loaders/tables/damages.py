"""What crawlers and converters do to a flattened table: small damages, each one change at a random place of the text.

A damage takes the text and a random generator and gives the changed text; it never makes one figure of another.
"""

import re
from collections.abc import Callable
from random import Random

from loaders.forms import FORMS
from loaders.tables.plan import label_key

Damage = Callable[[str, Random], str]

_BLANKS = " \t\u00a0\u3000\u2003"
_INVISIBLE = "\u200b\ufeff\u200d"
_PAGE_MARKS = (
    "\n— {n} —\n",
    "\n- {n} -\n",
    "\n第{n}页\n",
    "\n第 {n} 页 共 {m} 页\n",
    "\n\f\n",
    "\n{n}/{m}\n",
    "\n·{n}·\n",
)
HEADS = frozenset(
    label_key(spelling)
    for form in FORMS
    for edition in form.editions
    for block in edition.blocks
    for label in (
        *(column.label for column in block.columns),
        *block.headers,
        *([block.anchor] if block.anchor else []),
        *(group for row in block.rows for group in row.groups),
    )
    for spelling in label.spellings
)
_GROUP = "三、本年度办理结果"
_FULL = str.maketrans({chr(code): chr(code + 0xFEE0) for code in range(0x21, 0x7F)})
_HALF = str.maketrans({chr(code + 0xFEE0): chr(code) for code in range(0x21, 0x7F)})


def _matches(pattern: str, text: str, rng: Random) -> re.Match[str] | None:
    found = list(re.finditer(pattern, text))
    return rng.choice(found) if found else None


def _cut(text: str, match: re.Match[str] | None, instead: str = "") -> str:
    return text[: match.start()] + instead + text[match.end() :] if match else text


def drop_newline(text: str, rng: Random) -> str:
    return _cut(text, _matches(r"\n", text, rng))


def merge_lines(text: str, rng: Random) -> str:
    return _cut(text, _matches(r"\n+", text, rng), " ")


def drop_blank_cell(text: str, rng: Random) -> str:
    return _cut(text, _matches(r"(?<=\|)\s*\||(?<=\n\n)\n|(?<=\t)\t", text, rng))


def drop_figure(text: str, rng: Random) -> str:
    return _cut(text, _matches(r"(?<![\d.,])\d[\d.,]*[ \t]*(?:\||\n+|\t)", text, rng))


def split_label(text: str, rng: Random) -> str:
    match = _matches(r"(?<=[\u4e00-\u9fff])(?=[\u4e00-\u9fff])", text, rng)
    return _cut(text, match, rng.choice(("\n", " ", "\n\n", "\u3000", "\u200b")))


def repeat_header(text: str, rng: Random) -> str:
    """Some header lines of the text, or the label of the group of outcomes, once more at another line end."""
    lines = list(re.finditer(r"(?m)^.*\n", text))
    heads = [
        line
        for line in lines
        if (cells := [*filter(None, map(label_key, line[0].split("|")))]) and HEADS.issuperset(cells)
    ]
    label = _GROUP + rng.choice(("", "\n", " |\n"))
    if heads and rng.random() < 0.7:
        first = rng.choice(heads)
        label = "".join(
            line[0] for line in heads if first.start() <= line.start() < first.end() + rng.choice((0, 20, 80))
        )
    return _cut(text, _matches(r"(?<=\n)(?=.)", text, rng), label)


def duplicate_line(text: str, rng: Random) -> str:
    match = _matches(r"(?<=\n)[^\d\n]{4,}\n", text, rng)
    return _cut(text, match, match[0] * 2) if match else text


def change_widths(text: str, rng: Random) -> str:
    start = rng.randrange(len(text))
    end = min(len(text), start + rng.choice((1, 20, 400)))
    part = text[start:end]
    changed = part.translate(_FULL) if rng.random() < 0.5 else part.translate(_HALF)
    return text[:start] + changed + text[end:]


def shuffle_whitespace(text: str, rng: Random) -> str:
    match = _matches(r"[ \u00a0\u3000\t]", text, rng)
    return _cut(text, match, rng.choice((*_BLANKS, "  ", "", "\n"))) if match else insert_blank(text, rng)


def insert_blank(text: str, rng: Random) -> str:
    return _cut(text, _matches(r"(?<![\d.,+-])(?=.)|(?<=\d)(?![\d.,])", text, rng), rng.choice(_BLANKS + _INVISIBLE))


def insert_page_mark(text: str, rng: Random) -> str:
    n = rng.randrange(2, 30)
    mark = rng.choice(_PAGE_MARKS).format(n=n, m=n + rng.randrange(9))
    return _cut(text, _matches(r"\n", text, rng), mark)


def break_number(text: str, rng: Random) -> str:
    """Something at a figure that makes it no number any more: a point, a broken byte, the mark of a note."""
    before = rng.random() < 0.3
    pattern = r"(?<![\w.,+-])(?=\d)" if before else r"(?<=\d)(?![\w.,])"
    marks = (".", "\ufffd", "x", "~") if before else ("\ufffd82", "e5", "①", "[1]", "%", "余")
    return _cut(text, _matches(pattern, text, rng), rng.choice(marks))


def truncate(text: str, rng: Random) -> str:
    return text[: rng.randrange(len(text))]


DAMAGES: tuple[Damage, ...] = (
    drop_newline,
    merge_lines,
    drop_blank_cell,
    drop_figure,
    split_label,
    repeat_header,
    duplicate_line,
    change_widths,
    shuffle_whitespace,
    insert_blank,
    insert_page_mark,
    break_number,
    truncate,
)
