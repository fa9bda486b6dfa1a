"""One figure of a report as other numbers are made of it: the printed one, or what is implied where none is printed.

What is implied is stored apart, and only where nothing is printed: which of the two was taken can always be told.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from loaders.document import IMPLIED, Document, Number, get

Expression = Any


class Figures(StrEnum):
    """Which figures numbers are made of."""

    PRINTED = "PRINTED"
    IMPLIED = "IMPLIED"


@dataclass(frozen=True, slots=True)
class Operand:
    """A figure by its stored path; `implied` is where an implied one would stand, empty where none is wanted."""

    path: str
    implied: str = ""

    @property
    def paths(self) -> tuple[str, ...]:
        """Every path that is read for it."""
        return (self.path, self.implied) if self.implied else (self.path,)

    @property
    def expression(self) -> Expression:
        """Its value in a pipeline, null or missing where there is none."""
        return {"$ifNull": [f"${self.path}", f"${self.implied}"]} if self.implied else f"${self.path}"

    def read(self, report: Document) -> Number | None:
        """Its value in a stored report."""
        printed: Number | None = get(report, self.path)
        return get(report, self.implied) if printed is None and self.implied else printed

    def is_implied(self, report: Document) -> bool:
        """Whether a stored report prints none and implies one."""
        return bool(self.implied) and get(report, self.path) is None and get(report, self.implied) is not None


def operand(path: str, figures: Figures, impliable: frozenset[str]) -> Operand:
    """A figure by its path; of what can never be implied only the printed one is looked for."""
    wanted = figures is Figures.IMPLIED and path in impliable
    return Operand(path, f"{IMPLIED}.{path}") if wanted else Operand(path)


def takes_implied(operands: Iterable[Operand]) -> Expression:
    """Whether a report implies one of these figures; a form of which it implies nothing is told at one look."""
    paths = [one.implied for one in dict.fromkeys(operands) if one.implied]
    if not paths:
        return False
    if len(paths) == 1:
        return {"$isNumber": f"${paths[0]}"}
    trees = dict.fromkeys(".".join(path.split(".")[:2]) for path in paths)
    return {
        "$and": [
            _any([{"$gt": [f"${tree}", None]} for tree in trees]),
            _any([{"$isNumber": f"${path}"} for path in paths]),
        ]
    }


def _any(conditions: Sequence[Expression]) -> Expression:
    return conditions[0] if len(conditions) == 1 else {"$or": list(conditions)}


def total(operands: Iterable[Operand]) -> Expression:
    """The sum of the figures of one report, null where one is missing."""
    return {"$add": [one.expression for one in operands]}
