"""Where the declared labels of a form stand in a folded text.

Tolerance is added here, once, and never in the declaration: blanks and line ends inside a label, quotes that come and
go, guidance in brackets that is cut short, the printed ordinal before it.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from loaders.forms import Edition, Label
from loaders.text import ZERO_WIDTH, bare, fold
from loaders.vocabulary.cells import ORDINALS

_GAP = rf"[\s{ZERO_WIDTH}]*"
_OPTIONAL = '"'  # quotes around words come and go
_SOFT = ",、;"  # punctuation inside labels is often lost or exchanged
_BRACKETED = re.compile(r"\([^()]*\)?$")

ROW, COLUMN, OTHER = "row", "column", "other"
Key = tuple[str, int, int]
"""What a label names: its class, the index of its block, the index of its row or column there."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A declared label found in the text; `start` is where its ordinal begins, if one is printed."""

    keys: tuple[Key, ...]
    start: int
    end: int

    def rows(self) -> tuple[Key, ...]:
        """The rows this label may name."""
        return tuple(key for key in self.keys if key[0] == ROW)


class LabelFinder:
    """Finds the labels of one edition of a form; built once, used on every text."""

    def __init__(self, edition: Edition) -> None:
        self._keys: dict[str, list[Key]] = {}
        for block_index, block in enumerate(edition.blocks):
            for index, row in enumerate(block.rows):
                self._add(row.label, (ROW, block_index, index))
                for group in row.groups:
                    self._add(group, (OTHER, block_index, index))
            for index, column in enumerate(block.columns):
                self._add(column.label, (COLUMN, block_index, index))
            for label in (*block.headers, *((block.anchor,) if block.anchor else ())):
                self._add(label, (OTHER, block_index, 0))
        spellings = sorted(self._keys, key=len, reverse=True)
        body = "|".join(f"(?:{_tolerant(spelling)})" for spelling in spellings)
        self._pattern = re.compile(rf"(?:{ORDINALS}{_GAP})?(?P<label>{body})(?:{_GAP}\([^()|\d]{{2,60}}\))?")
        self._spellings = spellings

    def _add(self, label: Label, key: Key) -> None:
        for spelling in label.spellings:
            keys = self._keys.setdefault(label_key(spelling), [])
            if key not in keys and not (key[0] == OTHER and any(known[0] == OTHER for known in keys)):
                keys.append(key)

    def find(self, folded: str) -> list[Hit]:
        """Every label in the text, leftmost and longest first, never overlapping."""
        return [
            Hit(tuple(self._keys[label_key(match["label"])]), match.start(), match.end())
            for match in self._pattern.finditer(folded)
        ]


@lru_cache(maxsize=64)
def finder_for(edition: Edition) -> LabelFinder:
    """The label finder of an edition."""
    return LabelFinder(edition)


def label_key(spelling: str) -> str:
    """The letters of a label by which its spellings are compared."""
    text = bare(fold(spelling))
    text = _BRACKETED.sub("", re.sub(rf"^{ORDINALS}", "", text)) or text
    return "".join(char for char in text if char not in _OPTIONAL + _SOFT)


def _tolerant(key: str) -> str:
    soft = f"[{_OPTIONAL}{_SOFT}]?"
    return f"{_GAP}{soft}{_GAP}".join(re.escape(char) for char in key)
