"""Several readings of one block, of which the sums of the form leave those that can be true.

What all of them say is given, the rest is ambiguous; sums that fail throughout say that none of them is true.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from loaders.document import Amount, CellStatus, CellValue, Number
from loaders.tables.balance import Balance, balance
from loaders.tables.displaced import Displaced
from loaders.tables.order import Order
from loaders.tables.plan import Plan

Cells = Sequence[CellValue]

# Sums that must fail for each that fails in a better reading: a source may have faults of its own
# (test: test_a_fault_of_the_source_does_not_hide_the_order_of_the_columns)
_CLEARLY = 4
# Sums that must fail, and most of all: two totals left at zero are the source's (golden: hongze-2023)
_FEWEST_FAULTS = 3

_FEWEST_PROOFS = 2  # sums that hold over figures other than zero: one may by chance
_UNTOLD = frozenset({CellStatus.AMBIGUOUS, CellStatus.TEXT, CellStatus.MISSING})


@dataclass(frozen=True, slots=True)
class _Tally:
    """How many sums over figures other than zero hold and fail within the records of a block."""

    holds: int
    fails: int

    @property
    def proved(self) -> bool:
        """Whether several sums hold, and hardly any fails."""
        return self.holds >= _FEWEST_PROOFS and self.fails * _CLEARLY <= self.holds

    def refutes(self, other: "_Tally") -> bool:
        """Whether the other reading cannot be true beside this one."""
        return self.holds >= max(1, other.holds) and other.fails > 0 and self.fails * _CLEARLY <= other.fails


def decided(plan: Plan, order: Order, as_declared: Cells, as_printed: Sequence[Cells]) -> tuple[CellValue, ...]:
    """The cells where the header of a block disagrees with the form: as it says if it is firm, else as sums decide."""
    tallies = [_tally(plan, order.block, cells) for cells in (as_declared, *as_printed)]
    readings = [
        cells
        for cells, tally in zip((as_declared, *as_printed), tallies, strict=True)
        if not any(other.refutes(tally) for other in tallies)
    ]
    if order.firm and any(cells is as_printed[0] for cells in readings):
        readings = [as_printed[0]]
    if not as_printed:
        return tuple(_only_alike(plan, order.block, as_declared))
    merged = tuple(_merged(_paths(plan, order.block), as_declared, readings))
    return merged if order.firm else credible(plan, order.block, merged)


def settled(plan: Plan, displaced: Displaced, base: Cells, ways: Sequence[Cells]) -> tuple[CellValue, ...]:
    """The cells where labels and rows have come apart: those of the way that sums prove, else what all ways say."""
    tallies = [_crossed(plan, displaced.records, cells) for cells in ways]
    pairs = list(zip(ways, tallies, strict=True))
    proved = [
        cells for cells, tally in pairs if tally.proved and all(item is tally or not item.holds for item in tallies)
    ]
    left = proved or [cells for cells, tally in pairs if not any(item.refutes(tally) for item in tallies)]
    if displaced.complete and not proved:
        left = [base, *ways]
    own = {path for record in displaced.records for path in plan.records[record].paths}
    beside = {
        path for block in {plan.records[record].block for record in displaced.records} for path in _paths(plan, block)
    }
    return tuple(_merged(beside - own, tuple(_merged(own, base, left)), [base, *left]))


def _crossed(plan: Plan, records: Sequence[int], cells: Cells) -> _Tally:
    """What the sums through several records say, of those that run through one of these."""
    by_path = {cell.path: cell for cell in cells}
    verdicts = [
        _verdict(
            [[by_path[plan.records[index].paths[place]] for index, place in side] for side in (item.left, item.right)]
        )
        for item in plan.crossings
        if set(item.records) & set(records)
    ]
    return _Tally(verdicts.count(Balance.HOLDS), verdicts.count(Balance.FAILS))


def credible(plan: Plan, block: int, cells: Cells) -> tuple[CellValue, ...]:
    """The cells, those of a block ambiguous if most of its sums fail: then its columns are others."""
    tally = _tally(plan, block, cells)
    if tally.fails < _FEWEST_FAULTS or tally.fails <= tally.holds:
        return tuple(cells)
    paths = _paths(plan, block)
    return tuple(_open(cell) if cell.path in paths else cell for cell in cells)


def _paths(plan: Plan, block: int) -> set[str]:
    return {path for record in plan.records if record.block == block for path in record.paths}


def _merged(paths: set[str], cells: Cells, readings: Sequence[Cells]) -> Iterable[CellValue]:
    """The cells, those of these paths as all readings have them."""
    by_path = [{cell.path: cell for cell in reading} for reading in readings]
    for cell in cells:
        if cell.path not in paths:
            yield cell
            continue
        found = [reading[cell.path] for reading in by_path if cell.path in reading]
        alike = len({(str(item.value), item.status) for item in found}) == 1
        yield (
            found[0] if alike else _open(next((item for item in found if item.status is not CellStatus.MISSING), cell))
        )


def _only_alike(plan: Plan, block: int, cells: Cells) -> Iterable[CellValue]:
    """The cells, those of a block only where all of their record print the same."""
    by_path = {cell.path: cell for cell in cells}
    alike = {
        path
        for record in plan.records
        if len({str(by_path[path].value) for path in record.paths if path in by_path}) == 1
        for path in record.paths
    }
    paths = _paths(plan, block) - alike
    return (_open(cell) if cell.path in paths else cell for cell in cells)


def _open(cell: CellValue) -> CellValue:
    """A cell whose column cannot be told: its text is kept."""
    if cell.status is CellStatus.MISSING:
        return cell
    return replace(cell, value=None, status=CellStatus.AMBIGUOUS, rules=(), note=None)


def _tally(plan: Plan, block: int, cells: Cells) -> _Tally:
    by_path = {cell.path: cell for cell in cells}
    verdicts = [
        _verdict([[by_path[record.paths[place]] for place in side] for side in (item.left, item.right)])
        for record in plan.records
        if record.block == block and by_path.keys() >= set(record.paths)
        for item in record.sums
    ]
    return _Tally(verdicts.count(Balance.HOLDS), verdicts.count(Balance.FAILS))


def _verdict(sides: Sequence[Sequence[CellValue]]) -> Balance:
    """What a sum says, SILENT where it is about zeros alone or about cells that cannot be told."""
    if any(cell.status in _UNTOLD for side in sides for cell in side):
        return Balance.SILENT
    left, right = ([number for cell in side if (number := _number(cell)) is not None] for side in sides)
    if not any(left) and not any(right):
        return Balance.SILENT
    return balance(int(sum(left) - sum(right)), left=bool(left), right=bool(right))


def _number(cell: CellValue) -> Number | None:
    return cell.value.value if isinstance(cell.value, Amount) else cell.value
