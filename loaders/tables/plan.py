"""An edition of a form prepared for reading: its rows in printed order, its sums, and how its labels are spelled.

A `Plan` is built once for each edition and used on every text.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from loaders.forms import Block, Column, Comparison, Edition, Equation, Form, Kind, Label, Shape, cell_path
from loaders.text.folding import ZERO_WIDTH, bare, fold
from loaders.vocabulary.cells import ORDINALS

ROW, COLUMN, OTHER = "row", "column", "other"
Key = tuple[str, int, int]
"""What a label names: its class, the index of its block, the index of its row or column there."""

Place = tuple[int, int]
"""A cell: the index of its record and its position there."""

Places = tuple[int, ...]
"""Positions in a record, or rows or columns of a block by their index in the form, in another order."""

# Reports quote “三安全一稳定” each in its own way or not at all; with the marks kept that row is lost
# (sample: district-government-2023; golden: 002, pingtan-2019, pingtan-2021, pingtan-2024)
IGNORED = '",、;《》<>'
"""Quotes and punctuation inside labels, which come and go."""

# Some sites print a label without its guidance: 部分公开 for 部分公开(区分处理的,...)
# (test: test_labels_are_compared_without_ordinals_guidance_blanks_and_punctuation)
_BRACKETED = re.compile(r"\([^()]*\)?$")
_ORDINAL = re.compile(rf"^{ORDINALS}")
_LETTERS = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Sum:
    """An equation within one record: the cells at the `left` positions add up to those at the `right` ones."""

    rule: str
    left: tuple[int, ...]
    right: tuple[int, ...]

    @property
    def last(self) -> int:
        """The position with which the equation can be decided."""
        return max(self.left + self.right)


@dataclass(frozen=True, eq=False)  # told apart by identity, as keys of dictionaries
class Crossing:
    """An equation through several records."""

    rule: str
    left: tuple[Place, ...]
    right: tuple[Place, ...]

    @cached_property
    def records(self) -> tuple[int, ...]:
        """The records that it runs through, in printed order."""
        return tuple(sorted({record for record, _ in self.left + self.right}))

    @cached_property
    def positions(self) -> dict[int, tuple[Places, Places]]:
        """For each of its records the positions on the left and on the right."""
        left, right = (
            {record: tuple(place for owner, place in side if owner == record) for record in self.records}
            for side in (self.left, self.right)
        )
        return {record: (left[record], right[record]) for record in self.records}


@dataclass(frozen=True, slots=True)
class Record:
    """Cells that are printed as one run: a row of a matrix, or all rows of a strip side by side."""

    block: int
    row: int  # index in the block; of a strip, its first
    paths: tuple[str, ...]
    kinds: tuple[Kind, ...]
    units: tuple[str | None, ...]
    sums: tuple[Sum, ...]
    wording: str  # letters of the row's official label
    groups: frozenset[str]  # keys of the labels of the spanning cells beside it
    depth: int  # how many such cells it has
    printed: bool
    strip: bool


@dataclass(frozen=True, slots=True)
class Spelling:
    """One spelling of a label: what it may name, and the letters of the official label in full."""

    key: str
    names: tuple[Key, ...]
    rows: tuple[tuple[int, int], ...]
    columns: tuple[Key, ...]
    wording: str


@dataclass(frozen=True)
class Plan:
    """All that reading an edition needs; `places` says in which record and position each cell stands."""

    form: Form
    edition: Edition
    records: tuple[Record, ...]
    crossings: tuple[Crossing, ...]
    spellings: tuple[Spelling, ...]
    labels: int  # how many different rows and columns print a label
    by_row: dict[tuple[int, int], int]  # the record of each row of a matrix
    headed: tuple[bool, ...]  # for each block: whether only its header tells it from another edition's
    official: dict[str, frozenset[str]]  # every label of any edition of the form, with what it names

    @cached_property
    def column_keys(self) -> tuple[tuple[frozenset[str], frozenset[str]], ...]:
        """For each block the labels of its columns, and of those over its rows in any edition."""
        known = [block for edition in self.form.editions for block in edition.blocks]
        return tuple(
            (_column_keys([block]), _column_keys([other for other in known if _rows(block) & _rows(other)]))
            for block in self.edition.blocks
        )


def label_key(spelling: str) -> str:
    """The letters of a label by which its spellings are compared.

    >>> label_key("3.危及“三安全一稳定”")
    '危及三安全一稳定'
    """
    text = bare(fold(spelling))
    text = _BRACKETED.sub("", _ORDINAL.sub("", text)) or text
    return "".join(char for char in text if char not in IGNORED)


def letters(text: str) -> str:
    """The letters of a text, without digits, blanks and punctuation."""
    return "".join(_LETTERS.findall(text.replace(ZERO_WIDTH, "")))


class _Pair:
    """A form and an edition, told apart by identity: comparing whole declarations takes longer than reading."""

    __slots__ = ("edition", "form")

    def __init__(self, form: Form, edition: Edition) -> None:
        self.form, self.edition = form, edition

    def __hash__(self) -> int:
        return hash((id(self.form), id(self.edition)))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Pair) and self.form is other.form and self.edition is other.edition


def plan_for(form: Form, edition: Edition) -> Plan:
    """The plan of an edition of a form."""
    return _plan(_Pair(form, edition))


def reordered(plan: Plan, block: int, rows: Places, columns: Places) -> Plan:
    """The plan of the same edition with the rows and columns of a block in the order in which a table prints them."""
    return _plan(_Pair(plan.form, _reordered(_Pair(plan.form, plan.edition), block, rows, columns)))


@lru_cache(maxsize=64)
def _reordered(pair: _Pair, block: int, rows: Places, columns: Places) -> Edition:
    blocks = list(pair.edition.blocks)
    known = blocks[block]
    blocks[block] = replace(
        known,
        rows=tuple(known.rows[place] for place in rows),
        columns=tuple(known.columns[place] for place in columns),
    )
    return pair.edition.revise(blocks=tuple(blocks))


@lru_cache(maxsize=64)
def _plan(pair: _Pair) -> Plan:
    form, edition = pair.form, pair.edition
    equations = [item for item in edition.equations(form.id) if item.comparison is Comparison.EQ]
    records = tuple(
        record for index, block in enumerate(edition.blocks) for record in _records(form, index, block, equations)
    )
    places = {path: (index, position) for index, item in enumerate(records) for position, path in enumerate(item.paths)}
    return Plan(
        form=form,
        edition=edition,
        records=records,
        crossings=tuple(_crossings(equations, places)),
        spellings=tuple(_spellings(edition)),
        labels=sum(row.printed for block in edition.blocks for row in block.rows)
        + sum(len(block.columns) for block in edition.blocks if block.columns[0].id),
        by_row={(item.block, item.row): index for index, item in enumerate(records) if not item.strip},
        headed=tuple(_needs_header(form, edition, block) for block in edition.blocks),
        official=_official(form),
    )


def _official(form: Form) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for edition in form.editions:
        for label, (kind, block, place) in _labels(edition):
            named = edition.blocks[block].rows if kind == ROW else edition.blocks[block].columns
            name = label.zh if kind == OTHER else f"{kind} {named[place].id}"
            for spelling in label.spellings:
                found.setdefault(label_key(spelling), set()).add(name)
    return {key: frozenset(names) for key, names in found.items()}


def _records(form: Form, index: int, block: Block, equations: list[Equation]) -> list[Record]:
    strip = block.shape is Shape.STRIP
    groups = [tuple(range(len(block.rows)))] if strip else [(row,) for row in range(len(block.rows))]
    return [_record(form, index, block, rows, equations) for rows in groups]


def _record(form: Form, index: int, block: Block, rows: tuple[int, ...], equations: list[Equation]) -> Record:
    cells = [(block.rows[row], column) for row in rows for column in block.columns]
    paths = tuple(cell_path(form.id, row, column) for row, column in cells)
    position = {path: place for place, path in enumerate(paths)}
    sums = tuple(
        Sum(item.rule, tuple(position[path] for path in item.left), tuple(position[path] for path in item.right))
        for item in equations
        if position.keys() >= set(item.paths)
    )
    return Record(
        block=index,
        row=rows[0],
        paths=paths,
        kinds=tuple(row.kind or column.kind for row, column in cells),
        units=tuple(row.unit or column.unit for row, column in cells),
        sums=sums,
        wording=letters(fold(block.rows[rows[0]].label.zh)),
        groups=frozenset(label_key(text) for group in block.rows[rows[0]].groups for text in group.spellings),
        depth=len(block.rows[rows[0]].groups),
        printed=all(block.rows[row].printed for row in rows),
        strip=block.shape is Shape.STRIP,
    )


def _crossings(equations: list[Equation], places: dict[str, Place]) -> list[Crossing]:
    found = []
    for item in equations:
        crossing = Crossing(
            item.rule, tuple(places[path] for path in item.left), tuple(places[path] for path in item.right)
        )
        if len(crossing.records) > 1:
            found.append(crossing)
    return found


def _spellings(edition: Edition) -> list[Spelling]:
    names: dict[str, list[Key]] = {}
    wordings: dict[str, str] = {}
    for label, name in _labels(edition):
        for spelling in label.spellings:
            key = label_key(spelling)
            known = names.setdefault(key, [])
            if name not in known and not (name[0] == OTHER and any(other[0] == OTHER for other in known)):
                known.append(name)
            wording = letters(fold(label.zh))
            wordings[key] = max(wordings.get(key, ""), wording, letters(fold(spelling)), key=len)
    return [
        Spelling(
            key,
            tuple(known),
            tuple((block, index) for kind, block, index in known if kind == ROW),
            tuple(name for name in known if name[0] == COLUMN),
            wordings[key],
        )
        for key, known in names.items()
    ]


def _labels(edition: Edition) -> list[tuple[Label, Key]]:
    found: list[tuple[Label, Key]] = []
    for index, block in enumerate(edition.blocks):
        for position, row in enumerate(block.rows):
            found.append((row.label, (ROW, index, position)))
            found += [(group, (OTHER, index, position)) for group in row.groups]
        found += [(column.label, (COLUMN, index, position)) for position, column in enumerate(block.columns)]
        found += [(label, (OTHER, index, 0)) for label in block.headers]
        found += [(block.anchor, (OTHER, index, 0))] if block.anchor else []
    return found


def _needs_header(form: Form, edition: Edition, block: Block) -> bool:
    """Whether another edition prints one of the block's rows under other columns."""
    # Two figures of 行政许可 may be of three columns or of one: without the header neither edition is guessed
    # (test: test_a_block_needs_its_header_where_another_edition_has_other_columns)
    return any(
        _ids(other.columns) != _ids(block.columns)
        for known in form.editions
        if known is not edition
        for other in known.blocks
        if _rows(block) & _rows(other)
    )


def _rows(block: Block) -> set[str]:
    return {row.id for row in block.rows}


def _column_keys(blocks: Sequence[Block]) -> frozenset[str]:
    labels = [column.label for block in blocks for column in block.columns]
    return frozenset(label_key(spelling) for label in labels for spelling in label.spellings)


def _ids(columns: tuple[Column, ...]) -> tuple[str, ...]:
    return tuple(column.id for column in columns)
