"""Page furniture: the labelled lines that a website or a crawler prints around a report.

Their values are given as printed, under the keys of `loaders.vocabulary.furniture`, with the place where the report
proper begins.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain, pairwise

from loaders.vocabulary import furniture as words
from loaders.vocabulary.characters import CLOSING, OPENING, SEPARATORS

_LONGEST_VALUE = 80
_LONGEST_LINE = 160
_HEADER_LINES = 40
_BAR = re.compile(r"\s*\|\s?")
_DATE = re.compile(r"\d{4}\s*[-/.\u5e74]\s*\d{1,2}\s*[-/.\u6708]\s*\d{1,2}\s*\u65e5?(?:\s*T?\d{1,2}:\d{2}(?::\d{2})?)?")
_COLON = r"[\s\]\u3011)\uff09]*[:\uff1a]"


def _spaced(word: str) -> str:
    """Official pages justify their labels: 索 引 号."""
    return r"[\s\u3000]*".join(map(re.escape, word))


def _either(entries: Iterable[str]) -> str:
    return "|".join(_spaced(entry) for entry in sorted(set(entries), key=len, reverse=True))


_KEYS: Mapping[str, str] = {label: key for key, labels in words.LABELS.items() for label in labels}
_ANY_LABEL = _either((*_KEYS, *words.OTHER_LABELS))
# Not preceded by a Chinese character: the end of 统计时间 is no label.
_LABELLED = re.compile(rf"(?<![\u4e00-\u9fff])(?P<label>{_ANY_LABEL}){_COLON}")
_LABEL_CELL = re.compile(rf"[\s\[\u3010]*(?P<label>{_ANY_LABEL})(?:{_COLON})?[\s\]\u3011]*")
_LABEL_LINE = re.compile(rf"[\s\[\u3010]*(?P<label>{_ANY_LABEL}){_COLON}[\s\]\u3011]*")
_BEGINS_LABELLED = re.compile(rf"[\W_]*(?:{_ANY_LABEL}){_COLON}")
_CAPTION = re.compile(_either((*words.CAPTIONS, *words.OTHER_LABELS)))
_FOLLOWED_BY_CAPTION = re.compile(rf"[\s\u3000]+[\[\u3010(\uff08]*(?:{_either(words.CAPTIONS)}).*", re.DOTALL)
_FOOTER = re.compile(rf"[\W_]*(?:{_either(words.SITE_FOOTERS)})")
_LETTERS = re.compile(r"[^\W\d_]")
_BODY_MARK = re.compile(rf"[\s=\uff1d*#_\u2014-]*{words.BODY_MARK}[\s=\uff1d*#_\u2014:\uff1a-]*")


def body_start(text: str) -> int:
    """Where the report begins: behind the line that says 正文 near the top, else at 0."""
    place = 0
    for line in text[: _HEADER_LINES * 200].splitlines(keepends=True)[:_HEADER_LINES]:
        place += len(line)
        if _BODY_MARK.fullmatch(line):
            return place
    return 0


def values_in(lines: Sequence[str]) -> dict[str, str]:
    """The furniture values printed in the lines; the first value of a key stands."""
    values: dict[str, str] = {}
    for index, line in enumerate(lines):
        if len(line) > _LONGEST_LINE:
            continue
        following = lines[index + 1] if index + 1 < len(lines) else ""
        for label, value in chain(_run_in(line), _in_cells(line), _on_next_line(line, following)):
            key = _KEYS.get(re.sub(r"\s", "", label))
            cleaned = _cleaned(key, value) if key else ""
            if key and cleaned:
                values.setdefault(key, cleaned)
    return values


def is_furniture(line: str) -> bool:
    """Whether a line is nothing but labels, buttons and legal lines of a site."""
    if len(line) > _LONGEST_LINE:
        return False
    if _BEGINS_LABELLED.match(line) or _FOOTER.match(line):
        return True
    if " |" in line:
        return bool(_LABEL_CELL.fullmatch(_BAR.split(line)[0]))
    # A line of digits alone may be a cell; only with a caption is it a counter of visits.
    return bool(_CAPTION.search(line)) and not _LETTERS.search(_CAPTION.sub("", line))


def header_values(text: str, start: int) -> dict[str, str]:
    """The furniture of a plain text: its header block, and what a page's own head repeats below it."""
    header = text[:start].splitlines()
    head = text[start : start + 600]
    lines = [line for line in head.splitlines()[:12] if len(line) <= _LONGEST_LINE]
    return values_in(lines) | _of_running_head(head) | values_in(header)


def _of_running_head(head: str) -> dict[str, str]:
    """Of a page flattened into one line only 来源 and 时间 are taken, and only up to the next blank."""
    values: dict[str, str] = {}
    for label, value in _run_in(head[:400]):
        key = _KEYS.get(re.sub(r"\s", "", label))
        if key in {"source", "publishedOn"}:
            cleaned = _cleaned(key, value if key in words.DATE_KEYS else value.partition(" ")[0])
            if cleaned:
                values.setdefault(key, cleaned)
    return values


def _run_in(line: str) -> list[tuple[str, str]]:
    found = list(_LABELLED.finditer(line))
    ends = [*(match.start() for match in found[1:]), len(line)]
    return [(match["label"], line[match.end() : end]) for match, end in zip(found, ends, strict=False)]


def _in_cells(line: str) -> list[tuple[str, str]]:
    if " |" not in line:
        return []
    cells = _BAR.split(line)
    pairs = pairwise(cells)
    return [
        (match["label"], value)
        for cell, value in pairs
        if (match := _LABEL_CELL.fullmatch(cell)) and not _LABEL_CELL.fullmatch(value)
    ]


def _on_next_line(line: str, following: str) -> list[tuple[str, str]]:
    match = _LABEL_LINE.fullmatch(line)
    if match is None or _BEGINS_LABELLED.match(following) or (is_furniture(following) and not _DATE.search(following)):
        return []
    return [(match["label"], following)]


def _cleaned(key: str, value: str) -> str:
    """The value as printed, without what follows it on the line; empty where it cannot be a value."""
    if key in words.DATE_KEYS:
        date = _DATE.match(value.lstrip(SEPARATORS + OPENING))
        return date[0].strip() if date else ""
    value = _FOLLOWED_BY_CAPTION.sub("", value.partition("|")[0].rstrip()).strip(SEPARATORS)
    value = value.rstrip(OPENING + SEPARATORS)
    if key == "url":
        return value.split()[0] if "://" in value else ""
    for opening, closing in zip(OPENING, CLOSING, strict=True):
        if value.endswith(closing) and value.count(opening) < value.count(closing):
            value = value[:-1].rstrip(SEPARATORS)
    return value if len(value) <= _LONGEST_VALUE else ""
