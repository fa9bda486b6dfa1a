"""One figure of a report as other numbers are made of it: the printed one, or what is implied where none is printed.

What is printed stays where it is; `known` holds either, so that which of the two was taken can always be told.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from loaders.document import KNOWN, Document, Number, get

Expression = Any


class Figures(StrEnum):
    """Which figures numbers are made of."""

    PRINTED = "PRINTED"
    IMPLIED = "IMPLIED"


@dataclass(frozen=True, slots=True)
class Operand:
    """A figure by its stored path; `known` is where it stands printed or implied, empty where only print is wanted."""

    path: str
    known: str = ""

    @property
    def read_at(self) -> str:
        """The path of the figure that is taken."""
        return self.known or self.path

    @property
    def paths(self) -> tuple[str, ...]:
        """Every path that tells it, and whether it is implied."""
        return (self.path, self.known) if self.known else (self.path,)

    @property
    def expression(self) -> Expression:
        """Its value in a pipeline, null or missing where there is none."""
        return f"${self.read_at}"

    def read(self, report: Document) -> Number | None:
        """Its value in a stored report."""
        value: Number | None = get(report, self.read_at)
        return value

    def is_implied(self, report: Document) -> bool:
        """Whether a stored report prints none and implies one."""
        return bool(self.known) and get(report, self.path) is None and get(report, self.known) is not None


def operand(path: str, figures: Figures, impliable: frozenset[str]) -> Operand:
    """A figure by its path; of what can never be implied only the printed one is looked for."""
    return Operand(path, f"{KNOWN}.{path}" if figures is Figures.IMPLIED and path in impliable else "")


def takes_implied(operands: Sequence[Operand]) -> Expression:
    """Whether a report tells all these figures and does not print all of them."""
    if not any(one.known for one in operands):
        return False
    printed = {"$add": [f"${one.path}" for one in operands]}
    return {"$and": [{"$not": [{"$isNumber": printed}]}, {"$isNumber": total(operands)}]}


def total(operands: Iterable[Operand]) -> Expression:
    """The sum of the figures of one report, null where one is missing."""
    return {"$add": [one.expression for one in operands]}
