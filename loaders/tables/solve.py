"""The readings of all rows of a form against the sums that tie rows together: an exact, bounded constraint problem.

Each row is a variable whose values are its readings; each equation that runs through several rows must hold. Readings
that no combination with the other rows can complete are dropped until nothing changes (arc consistency over reachable
sums), which never drops a reading that belongs to a solution. An equation that nothing can satisfy is a fault of the
source: it proves nothing and is left out.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from loaders.forms import Comparison, Equation
from loaders.tables.cells import count_of
from loaders.tables.readings import Reading, Readings, balanced

Place = tuple[int, int]
"""A cell as a variable sees it: the index of the row and the position in the row."""

Part = tuple[int, bool, bool]
"""What rows add to an equation: left minus right, and whether any cell of the left and of the right is printed."""

_NOTHING: Part = (0, False, False)
_REACHABLE_LIMIT = 4_000


@dataclass(frozen=True, slots=True)
class _Crossing:
    """An equation through several rows, by places."""

    rule: str
    left: tuple[Place, ...]
    right: tuple[Place, ...]

    @property
    def rows(self) -> tuple[int, ...]:
        return tuple(sorted({row for row, _ in self.left + self.right}))

    def holds(self, total: Part) -> bool:
        """Whether the parts of all rows together balance."""
        return balanced(*total, is_total=len(self.right) == 1)

    def part(self, row: int, reading: Reading) -> Part:
        """What a reading of a row adds to the equation; a blank adds nothing."""
        left, right = (
            [value for owner, position in side if owner == row and (value := count_of(reading[position])) is not None]
            for side in (self.left, self.right)
        )
        return sum(left) - sum(right), bool(left), bool(right)


def solve(rows: Sequence[Readings], places: Mapping[str, Place], equations: Iterable[Equation]) -> list[Readings]:
    """The rows with the readings that the equations leave, and the rules that dropped the others.

    `places` says where each cell path stands; an equation with a cell that stands nowhere is not used.
    """
    state = list(rows)
    crossings = [crossing for equation in equations if (crossing := _crossing(equation, places, state))]
    changed = True
    while changed:
        changed = False
        for crossing in crossings:
            if all(len(state[row].options) == 1 for row in crossing.rows):
                continue
            for row, options in _consistent(crossing, state).items():
                if len(options) < len(state[row].options):
                    rules = tuple(sorted({*state[row].rules, crossing.rule}))
                    state[row] = Readings(options, certain=False, rules=rules)
                    changed = True
    return state


def _crossing(equation: Equation, places: Mapping[str, Place], state: Sequence[Readings]) -> _Crossing | None:
    if equation.comparison is not Comparison.EQ or not all(path in places for path in equation.paths):
        return None
    left, right = (tuple(places[path] for path in side) for side in (equation.left, equation.right))
    crossing = _Crossing(equation.rule, left, right)
    return crossing if all(state[row].options for row in crossing.rows) else None


def _consistent(crossing: _Crossing, state: Sequence[Readings]) -> dict[int, tuple[Reading, ...]]:
    """For each row the readings that some choice of the others completes; empty where nothing can be concluded."""
    rows = crossing.rows
    parts = [[crossing.part(row, reading) for reading in state[row].options] for row in rows]
    before, after = _running(parts), _running(parts[::-1])
    if before is None or after is None:
        return {}
    kept = {}
    for index, row in enumerate(rows):
        others = _added(before[index], after[len(rows) - 1 - index])
        if others is None:
            return {}
        fitting = tuple(
            reading
            for reading, part in zip(state[row].options, parts[index], strict=True)
            if any(crossing.holds(_sum(part, other)) for other in others)
        )
        if not fitting:
            return {}
        kept[row] = fitting
    return kept


def _running(parts: Sequence[Sequence[Part]]) -> list[set[Part]] | None:
    """What the first n rows can add up to, for each n."""
    sums = [{_NOTHING}]
    for options in parts[:-1]:
        longer = _added(sums[-1], set(options))
        if longer is None:
            return None
        sums.append(longer)
    return sums


def _added(first: set[Part], second: set[Part]) -> set[Part] | None:
    if len(first) * len(second) > _REACHABLE_LIMIT:
        return None
    return {_sum(a, b) for a in first for b in second}


def _sum(first: Part, second: Part) -> Part:
    return first[0] + second[0], first[1] or second[1], first[2] or second[2]
