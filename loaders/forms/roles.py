"""What figures are to the checks that compare them: a form says it of its own figures, checks ask by role.

Everything a role names is a path relative to the form: of a row, of a group of rows or of a cell. The names of what
is counted are spoken by the check that tells what two editions do not share.
"""

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from typing import ClassVar, Self

from loaders.forms.messages import Message


@dataclass(frozen=True, slots=True)
class Role:
    """Figures of a form by what they are to a check; `name` is what they count, where a check speaks of it."""

    name: ClassVar[Message] = Message("figures", "数字")

    def within(self, form: str) -> Self:
        """The same role with the whole paths of its figures."""
        return replace(self, **{name: _within(form, getattr(self, name)) for name in self._paths()})

    def paths(self) -> tuple[str, ...]:
        """Every path that the role names."""
        named = (getattr(self, name) for name in self._paths())
        return tuple(path for one in named for path in ((one,) if isinstance(one, str) else one) if path)

    @classmethod
    def _paths(cls) -> Iterator[str]:
        return (field.name for field in fields(cls) if field.name != "statement")


def _within(form: str, paths: str | tuple[str, ...]) -> str | tuple[str, ...]:
    if isinstance(paths, str):
        return f"{form}.{paths}" if paths else ""
    return tuple(f"{form}.{path}" for path in paths)


@dataclass(frozen=True, slots=True)
class Cases(Role):
    """Rows that follow cases through a year: what came in, each outcome (a group of rows) and all, what is left."""

    name: ClassVar[Message] = Message("requests", "申请")

    received: str
    carried_over: str
    outcomes: str
    all_outcomes: str
    pending: str


@dataclass(frozen=True, slots=True)
class Documents(Role):
    """A row that counts documents: those in force with this year's changes, or those ever published."""

    name: ClassVar[Message] = Message("documents", "文件")

    row: str
    in_force: str
    issued: str
    repealed: str
    published: str
    published_this_year: str


@dataclass(frozen=True, slots=True)
class Items(Role):
    """A row that counts items of last year and their change; `decisions` is empty where none are taken on them."""

    name: ClassVar[Message] = Message("items", "项目数量")

    row: str
    previous: str
    change: str
    decisions: str = ""


@dataclass(frozen=True, slots=True)
class Purchases(Role):
    """What was bought: the number of projects and what they cost."""

    projects: str
    amount: str


@dataclass(frozen=True, slots=True)
class MadeByFew(Role):
    """A row of what few agencies have the power to make: government rules."""

    row: str


@dataclass(frozen=True, slots=True)
class EndedUnpaid(Role):
    """The number of requests that ended because a fee was not paid."""

    cell: str


@dataclass(frozen=True, slots=True)
class Steady(Role):
    """A figure that does not jump from one year to the next."""

    cell: str


@dataclass(frozen=True, slots=True)
class Stated(Role):
    """Cells whose sum a narrative states, by the id of the statement; it may rightly have added `or_with`."""

    statement: str
    cells: tuple[str, ...]
    or_with: tuple[str, ...] = ()
