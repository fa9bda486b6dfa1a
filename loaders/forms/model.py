"""The vocabulary in which official forms are declared; it holds no form and no Chinese word.

A `Form` is printed in `Edition`s. An edition is a sequence of `Block`s (one ruled table, or one part of a table with
a header of its own); a block crosses `Row`s with `Column`s and every crossing is a `Cell`. The id of a cell,
``form.row.column``, is at once its stored path, GraphQL path, filter, sort key, metric and operand of its checks.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property

from loaders.document import INDICATORS, SectionRole
from loaders.forms.messages import Message
from loaders.forms.roles import Role


class Kind(StrEnum):
    """What a cell counts, which decides how its text may be read."""

    COUNT = "COUNT"  # an integer, zero or more
    CHANGE = "CHANGE"  # an integer with a sign: the increase or decrease against last year
    MONEY = "MONEY"  # an amount with a unit, stored as {value, unit, yuan}


class Shape(StrEnum):
    """How a block lies on paper."""

    MATRIX = "MATRIX"  # one printed line a row, one printed column a column
    STRIP = "STRIP"  # rows side by side: a stacked header, then all cells of all rows in one line


class Comparison(StrEnum):
    """How the two sides of a rule must compare."""

    EQ = "EQ"
    LE = "LE"


class Severity(StrEnum):
    """How much a failed check weighs."""

    ERROR = "ERROR"  # arithmetic that the form itself prescribes
    WARNING = "WARNING"  # a strong expectation with legitimate exceptions
    INFO = "INFO"  # worth a look


@dataclass(frozen=True, slots=True)
class Label:
    """A printed label: its official Chinese, the variants met in real reports, its English meaning."""

    zh: str
    en: str
    variants: tuple[str, ...] = ()

    @property
    def spellings(self) -> tuple[str, ...]:
        """Every spelling, the official one first."""
        return (self.zh, *self.variants)


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a block; an empty id means that the row itself is the cell."""

    id: str
    label: Label
    kind: Kind = Kind.COUNT
    unit: str | None = None  # of money: the unit a header of this edition states, else None
    stock: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a block; `id` is dotted, relative to the form; `ordinal` is printed before the label.

    `groups` are the labels of the spanning cells above or left of it, outermost first. A row that is `printed`
    False exists in the data only where a report prints it against the form (a group with counts of its own).
    A `stock`, of rows as of columns, is a state at one moment (in force, pending): years of it do not add up.
    """

    id: str
    label: Label
    ordinal: str = ""
    groups: tuple[Label, ...] = ()
    unit: str | None = None
    kind: Kind | None = None  # where it differs from the column's
    printed: bool = True
    stock: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """One crossing of a row and a column: everything that is derived from the declaration starts from these."""

    path: str
    form: str
    row: Row
    column: Column
    editions: tuple[str, ...]

    @property
    def kind(self) -> Kind:
        """What the cell counts."""
        return self.row.kind or self.column.kind

    @property
    def unit(self) -> str | None:
        """The unit that the printed form states for this cell, None where the report must tell."""
        return self.row.unit or self.column.unit

    @property
    def stock(self) -> bool:
        """Whether it counts what there is at one moment, not what a year brought."""
        return self.row.stock or self.column.stock

    @property
    def zh(self) -> str:
        """The official Chinese labels from the outermost group to the column, joined by a slash."""
        labels = [group.zh for group in self.row.groups] + [self.row.ordinal + self.row.label.zh, self.column.label.zh]
        return " / ".join(part for part in labels if part)

    @property
    def en(self) -> str:
        """The English meaning of the row and the column."""
        return ", ".join(part for part in (self.row.label.en, self.column.label.en) if part)


@dataclass(frozen=True, slots=True)
class Block:
    """Rows crossed with columns; `anchor` is the label printed above a block that has one."""

    rows: tuple[Row, ...]
    columns: tuple[Column, ...]
    anchor: Label | None = None
    shape: Shape = Shape.MATRIX
    headers: tuple[Label, ...] = ()  # other labels printed in the header, which name no column


@dataclass(frozen=True)
class Equation:
    """One instance of a rule: the sum of the cells of `left` compares to the sum of the cells of `right`."""

    rule: str
    subject: str  # the column or row it is about, for instance "naturalPerson"
    left: tuple[str, ...]
    right: tuple[str, ...]
    comparison: Comparison = Comparison.EQ
    balances: bool = False

    @cached_property
    def paths(self) -> tuple[str, ...]:
        """Every operand, left side first."""
        return self.left + self.right

    @cached_property
    def operands(self) -> frozenset[str]:
        """The operands as a set, to be held against what is known."""
        return frozenset(self.paths)

    @cached_property
    def solved(self) -> tuple[str, ...]:
        """The cells that follow where all others have a figure: the total on the right; of a balance, any one."""
        if self.comparison is not Comparison.EQ:
            return ()
        return self.paths if self.balances else self.right if len(self.right) == 1 else ()


@dataclass(frozen=True, slots=True)
class Rule:
    """A sum that a form prescribes: for each `{each}` the cells of `left` compare to those of `right`.

    The operands are cell ids relative to the form with `{each}` where the column (or row) id goes; `source` names
    where the rule is printed or stated. A rule that `balances` tells any one of its cells from all others, every other
    sum its total from the parts alone.
    """

    code: str
    zh: str
    en: str
    source: str
    each: tuple[str, ...]
    left: tuple[str, ...]
    right: tuple[str, ...]
    severity: Severity = Severity.ERROR
    comparison: Comparison = Comparison.EQ
    balances: bool = False

    def equations(self, form: str) -> Iterator[Equation]:
        """One equation for each subject of the rule."""
        for subject in self.each:
            left, right = (
                tuple(f"{form}.{operand.format(each=subject)}" for operand in side) for side in (self.left, self.right)
            )
            yield Equation(self.code, subject, left, right, self.comparison, self.balances)


@dataclass(frozen=True)
class Edition:
    """A form as printed in some years; which edition a report follows is told by its labels, never by its year.

    What an order prescribes is the same in all forms of the edition: the years, the `order` (the number of the
    document), the main `sections` of a report in their order, and the `subjects` that its overview speaks of, each by
    a pattern and a name. What follows it is the form's own.
    """

    id: str
    first_year: int
    last_year: int | None
    blocks: tuple[Block, ...] = ()
    rules: tuple[Rule, ...] = ()
    description: str = ""
    order: str = ""
    sections: tuple[SectionRole, ...] = ()
    subjects: tuple[tuple[str, Message], ...] = ()

    def includes(self, year: int) -> bool:
        """Whether this edition was the prescribed one for reports on `year`."""
        return self.first_year <= year and (self.last_year is None or year <= self.last_year)

    def equations(self, form: str) -> tuple[Equation, ...]:
        """All instances of all rules of this edition."""
        if form not in self._equations:
            self._equations[form] = tuple(equation for _, equation in self.instances(form))
        return self._equations[form]

    def instances(self, form: str) -> tuple[tuple[Rule, Equation], ...]:
        """All instances of all rules of this edition, each with its rule."""
        if form not in self._instances:
            self._instances[form] = tuple((rule, equation) for rule in self.rules for equation in rule.equations(form))
        return self._instances[form]

    @cached_property
    def _equations(self) -> dict[str, tuple[Equation, ...]]:
        return {}

    @cached_property
    def _instances(self) -> dict[str, tuple[tuple[Rule, Equation], ...]]:
        return {}

    def __hash__(self) -> int:
        return hash(self.id)  # every report asks for it, of all that is declared

    def revise(self, **changes: object) -> "Edition":
        """The same edition with some attributes replaced: how a later edition is declared."""
        return replace(self, **changes)  # type: ignore[arg-type]


@dataclass(frozen=True)
class Form:
    """An official table through all its editions, oldest first.

    `roles` say what its figures are to the checks that look at more than the form's own sums. A form that is to be
    `filled_in_full` prints 0 where there is nothing; what a region's aggregate reports in the column `summed` holds
    what its members report there. Beside a form with `indicators` stand rows that no national form declares.
    """

    id: str
    label: Label
    editions: tuple[Edition, ...]
    roles: tuple[Role, ...] = ()
    filled_in_full: bool = False
    summed: str = ""
    indicators: bool = False

    def __hash__(self) -> int:
        # What is kept for a form would else cost a thousand hashes each time that it is looked up
        return hash(self.id)

    @property
    def indicators_path(self) -> str:
        """Where a report keeps the rows that no form declares, if this is the form they stand beside."""
        return f"{self.id}.{INDICATORS}"

    @cached_property
    def placed_roles(self) -> tuple[Role, ...]:
        """The roles with the whole paths of their figures."""
        return tuple(role.within(self.id) for role in self.roles)

    def edition(self, edition_id: str) -> Edition | None:
        """The edition of that id, or None where the form has no such edition."""
        return next((edition for edition in self.editions if edition.id == edition_id), None)

    def cells_of(self, edition: Edition) -> tuple[Cell, ...]:
        """The cells of one edition in printed order, with the labels that this edition prints."""
        return self._by_edition[edition.id]

    @property
    def cells(self) -> tuple[Cell, ...]:
        """The cells of all editions, each once, in the order in which editions introduced them."""
        return tuple(self._by_path.values())

    @cached_property
    def _by_edition(self) -> dict[str, tuple[Cell, ...]]:
        return {
            edition.id: tuple(
                replace(self._by_path[cell_path(self.id, row, column)], row=row, column=column)
                for block in edition.blocks
                for row in block.rows
                for column in block.columns
            )
            for edition in self.editions
        }

    @cached_property
    def _by_path(self) -> dict[str, Cell]:
        found: dict[str, Cell] = {}
        for edition in self.editions:
            for block in edition.blocks:
                for row in block.rows:
                    for column in block.columns:
                        path = cell_path(self.id, row, column)
                        known = found.get(path)
                        editions = ((*known.editions, edition.id)) if known else (edition.id,)
                        # the newest edition's labels describe a cell that several editions print
                        found[path] = Cell(path, self.id, row, column, editions)
        return found


def cell_path(form: str, row: Row, column: Column) -> str:
    """The id of the cell where `row` and `column` cross."""
    return ".".join(part for part in (form, row.id, column.id) if part)


def cells_of(forms: Iterable[Form]) -> tuple[Cell, ...]:
    """The cells of all forms, in declared order."""
    return tuple(cell for form in forms for cell in form.cells)
