"""The readings of all records of a form against the sums that tie records together: an exact, bounded problem.

Each record is a variable whose values are its readings; each equation that runs through several records must hold.
Readings that no combination with the other records can complete are dropped until nothing changes, which never drops
a reading that belongs to a solution. An equation that nothing can satisfy is a fault of the source or of the text: it
proves nothing, and what it touches is not taken as proved either.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from loaders.tables.balance import Balance, Reading, balance, counts
from loaders.tables.plan import Crossing
from loaders.tables.readings import Origin, Readings

Part = tuple[int, bool, bool]
"""What records add to an equation: left minus right, and whether any cell of the left and of the right is printed."""

_NOTHING: Part = (0, False, False)
_REACHABLE_LIMIT = 4_000


@dataclass(frozen=True, slots=True)
class Solved:
    """The readings that the equations leave to a record, and the positions at which they may be believed."""

    readings: Readings
    believed: frozenset[int]


def solve(records: Mapping[int, Readings], crossings: Iterable[Crossing]) -> dict[int, Solved]:
    """What the equations make of each record; an equation is used only if all its records are there."""
    if all(item.origin is Origin.PRINTED for item in records.values()):
        return {record: Solved(item, _everywhere(item)) for record, item in records.items()}
    used = [
        crossing
        for crossing in crossings
        if all(record in records and records[record].options for record in crossing.records)
    ]
    # Sums through several rows decide cuts that a row's own sum leaves open (sample: district-government-2023)
    certain = [
        crossing for crossing in used if all(records[record].origin is not Origin.LOST for record in crossing.records)
    ]
    frozen: set[int] = set()
    while True:
        state = _propagated(records, certain, frozen)
        failing = [crossing for crossing in used if _verdict(crossing, state) is Balance.FAILS]
        # Pruned by an equation that then fails elsewhere: the source contradicts itself, so take the pruning back
        # (test: test_sums_that_contradict_each_other_decide_nothing)
        refuted = {record for crossing in failing for record in crossing.records if _pruned(records, state, record)}
        if refuted <= frozen:
            break
        frozen |= refuted
    return {record: _solved(record, state, used, failing) for record in records}


def _pruned(records: Mapping[int, Readings], state: Mapping[int, Readings], record: int) -> bool:
    return len(state[record].options) < len(records[record].options)


@lru_cache(maxsize=64)
def _first(count: int) -> frozenset[int]:
    return frozenset(range(count))


def _everywhere(readings: Readings) -> frozenset[int]:
    return _first(len(readings.options[0]) if readings.options else 0)


def _solved(
    record: int, state: Mapping[int, Readings], used: Sequence[Crossing], failing: Sequence[Crossing]
) -> Solved:
    """What may be believed of a record: glued digits that sums part, and lost cells where equations confirm them."""
    readings = state[record]
    if readings.origin is Origin.PRINTED:
        return Solved(readings, _everywhere(readings))
    if not readings.glued and any(record in crossing.records for crossing in failing):
        return Solved(readings, frozenset())
    if readings.origin is Origin.CUT:
        return Solved(readings, _everywhere(readings))
    # Two rows with lost cells must not confirm each other, but zeros whose place is lost add nothing anywhere
    # (test: test_two_rows_with_lost_cells_do_not_confirm_each_other)
    # (test: test_zeros_whose_place_is_lost_do_not_keep_other_rows_from_being_confirmed)
    grounded = [
        crossing
        for crossing in used
        if record in crossing.records and all(other == record or _sure(state[other]) for other in crossing.records)
    ]
    return _confirmed(record, state, grounded)


def _sure(readings: Readings) -> bool:
    """Whether a record adds the same to every equation, wherever its cells stand."""
    return readings.origin is not Origin.LOST or not any(item and item.count for item in readings.options[0])


def _confirmed(record: int, state: Mapping[int, Readings], crossings: Sequence[Crossing]) -> Solved:
    """A record that may have lost cells: of its readings, those that an equation with the other records confirms.

    They are believed only if no equation could confirm another reading. Where the record's own sums hold in them,
    one confirmed figure confirms the whole row; else only the figures that equations confirm are believed.
    """
    readings = state[record]
    others = {crossing: _others(crossing, state, record) for crossing in crossings}
    kept: list[Reading] = []
    confirmed: list[frozenset[int]] = []
    for option in readings.options:
        verdicts = {crossing: _verdicts(crossing, record, option, others[crossing]) for crossing in crossings}
        if {Balance.FAILS} in verdicts.values():
            continue
        held = {
            place
            for crossing in crossings
            if verdicts[crossing] == {Balance.HOLDS}
            for place in _figures(crossing, record, option)
        }
        if held:
            kept.append(option)
            confirmed.append(frozenset(held))
        elif any(Balance.HOLDS in verdicts[crossing] and _figures(crossing, record, option) for crossing in crossings):
            return Solved(readings, frozenset())
    if not kept:
        return Solved(readings, frozenset())
    rules = tuple(sorted({*readings.rules, *(crossing.rule for crossing in crossings)}))
    left = replace(readings, options=tuple(kept), rules=rules)
    return Solved(left, _everywhere(left) if readings.verdict is Balance.HOLDS else frozenset.intersection(*confirmed))


def _others(crossing: Crossing, state: Mapping[int, Readings], record: int) -> set[Part]:
    """What all other records of an equation can add up to; nothing where that is too much to tell."""
    totals: set[Part] | None = {_NOTHING}
    for other in crossing.records:
        if other != record and totals is not None:
            totals = _added(totals, {_part(crossing, other, option) for option in state[other].options})
    return totals or set()


def _verdicts(crossing: Crossing, record: int, option: Reading, others: set[Part]) -> set[Balance]:
    part = _part(crossing, record, option)
    return {_balance(_sum(part, other)) for other in others}


def _figures(crossing: Crossing, record: int, option: Reading) -> list[int]:
    """The positions of the equation at which a reading has a figure other than zero."""
    return [
        position
        for owner, position in crossing.left + crossing.right
        if owner == record and (item := option[position]) is not None and item.count
    ]


def _propagated(
    records: Mapping[int, Readings], crossings: Sequence[Crossing], frozen: set[int]
) -> dict[int, Readings]:
    state = dict(records)
    changed = True
    while changed:
        changed = False
        for crossing in crossings:
            if all(len(state[record].options) == 1 or record in frozen for record in crossing.records):
                continue
            for record, options in _consistent(crossing, state).items():
                if len(options) < len(state[record].options) and record not in frozen:
                    rules = tuple(sorted({*state[record].rules, crossing.rule}))
                    state[record] = replace(state[record], options=options, rules=rules)
                    changed = True
    return state


def _parts(crossing: Crossing, state: Mapping[int, Readings]) -> list[list[Part]]:
    return [[_part(crossing, record, reading) for reading in state[record].options] for record in crossing.records]


def _part(crossing: Crossing, record: int, reading: Reading) -> Part:
    """What a reading of a record adds to the equation; a blank adds nothing."""
    left, right = (counts(reading, places) for places in crossing.positions[record])
    return sum(left) - sum(right), bool(left), bool(right)


def _balance(total: Part) -> Balance:
    return balance(total[0], left=total[1], right=total[2])


def _verdict(crossing: Crossing, state: Mapping[int, Readings]) -> Balance:
    """FAILS where no choice of readings satisfies the equation, HOLDS where all choices do, else SILENT."""
    totals: set[Part] = {_NOTHING}
    for options in _parts(crossing, state):
        added = _added(totals, set(options))
        if added is None:
            return Balance.SILENT
        totals = added
    verdicts = {_balance(total) for total in totals}
    return verdicts.pop() if len(verdicts) == 1 else Balance.SILENT


def _consistent(crossing: Crossing, state: Mapping[int, Readings]) -> dict[int, tuple[Reading, ...]]:
    """For each record the readings that some choice of the others completes; empty where nothing can be concluded.

    A blank counts nothing here: of two readings the one that balances goes before one that leaves a total unfilled.
    """
    parts = _parts(crossing, state)
    before, after = _running(parts), _running(parts[::-1])
    if before is None or after is None:
        return {}
    kept = {}
    for index, record in enumerate(crossing.records):
        others = _added(before[index], after[len(parts) - 1 - index])
        if others is None:
            return {}
        fitting = tuple(
            reading
            for reading, part in zip(state[record].options, parts[index], strict=True)
            if any(part[0] + other[0] == 0 for other in others)
        )
        if not fitting:
            return {}
        kept[record] = fitting
    return kept


def _running(parts: Sequence[Sequence[Part]]) -> list[set[Part]] | None:
    """What the first n records can add up to, for each n."""
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
