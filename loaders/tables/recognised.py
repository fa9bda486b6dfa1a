"""Figures that were read from a picture: which of them are believed, and which only say what was read.

A sum of the form confirms the figures it adds up, and a second reading at another resolution one that it repeats. What
neither confirms is READ: its text stays, it has no value. Text that was not read from a picture is left as it is.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from loaders.document import CellStatus, CellValue, Indicator, Number
from loaders.file_formats.recognised import Certainty, Recognised, least
from loaders.forms import Comparison, Equation, Form
from loaders.tables.balance import Balance, balance
from loaders.tables.indicators import IndicatorTable
from loaders.tables.read import FormRead

# Two readings agree on what is smudged, too (test: test_a_doubtful_figure_is_not_believed_for_being_read_alike_twice)
# What is smudged is misread alike (test: test_a_doubtful_figure_is_not_believed_for_being_read_alike_twice)
SURE = 0.8
_BELIEVED = (CellStatus.REPORTED, CellStatus.PLACED)
_EMPTY = (CellStatus.BLANK, CellStatus.NOT_APPLICABLE)


@dataclass(frozen=True, slots=True)
class _Evidence:
    """What the sums say of one figure: the rules of those that prove it, whether any holds, whether any fails."""

    proofs: tuple[str, ...] = ()
    holds: bool = False
    fails: bool = False


def with_certainty(
    tables: Sequence[FormRead], recognised: Sequence[Recognised], forms: Sequence[Form]
) -> tuple[FormRead, ...]:
    """The tables, their figures from pictures confirmed or taken back."""
    if not recognised:
        return tuple(tables)
    declared = {form.id: form for form in forms}
    return tuple(replace(table, cells=tuple(_judged(table, recognised, declared[table.form]))) for table in tables)


def with_certain_indicators(table: IndicatorTable | None, recognised: Sequence[Recognised]) -> IndicatorTable | None:
    """The local table, its figures from pictures confirmed by a second reading or taken back: no sum is declared."""
    if table is None or not recognised:
        return table
    return replace(table, indicators=tuple(_indicator(item, recognised) for item in table.indicators))


def _judged(table: FormRead, recognised: Sequence[Recognised], form: Form) -> Iterator[CellValue]:
    edition = form.edition(table.edition)
    evidence = _evidence(table.cells, edition.equations(form.id) if edition else ())
    for cell in table.cells:
        certainty = _certainty(cell.start, cell.end, recognised)
        if certainty is None:
            yield cell
        else:
            yield _believed(replace(cell, confidence=certainty.confidence), certainty, evidence.get(cell.path))


def _certainty(start: int | None, end: int | None, recognised: Sequence[Recognised]) -> Certainty | None:
    if start is None or end is None:
        return None
    return least(item.certainty for item in recognised if item.start < end and start < item.end)


def _believed(cell: CellValue, certainty: Certainty, evidence: _Evidence | None) -> CellValue:
    """The cell with its value where that is confirmed: a sum that fails leaves a figure open, another may save it."""
    if cell.status not in _BELIEVED:
        return cell
    found = evidence or _Evidence()
    if found.proofs and not found.fails:
        return replace(cell, rules=tuple(sorted({*cell.rules, *found.proofs})))
    if _read_alike(certainty) and (found.holds or not found.fails):
        return cell
    return replace(cell, value=None, status=CellStatus.READ, rules=())


def _read_alike(certainty: Certainty) -> bool:
    return certainty.repeated and certainty.confidence >= SURE


def _evidence(cells: Sequence[CellValue], equations: Sequence[Equation]) -> dict[str, _Evidence]:
    by_path = {cell.path: cell for cell in cells}
    found: dict[str, _Evidence] = {}
    for equation in equations:
        verdict = _verdict(equation, by_path)
        if verdict is Balance.SILENT:
            continue
        holds = verdict is Balance.HOLDS
        proves = (equation.rule,) if holds and _adds_up(equation, by_path) else ()
        for path in equation.paths:
            known = found.get(path, _Evidence())
            found[path] = _Evidence(known.proofs + proves, known.holds or holds, known.fails or not holds)
    return found


def _verdict(equation: Equation, cells: Mapping[str, CellValue]) -> Balance:
    """What an equation says; nothing where one of its cells is neither a number nor empty."""
    sides = [[cells.get(path) for path in side] for side in (equation.left, equation.right)]
    open_cells = any(cell is None or (_count(cell) is None and cell.status not in _EMPTY) for s in sides for cell in s)
    if open_cells or equation.comparison is not Comparison.EQ:
        return Balance.SILENT
    left, right = ([count for cell in side if cell and (count := _count(cell)) is not None] for side in sides)
    return balance(sum(left) - sum(right), left=bool(left), right=bool(right))


def _adds_up(equation: Equation, cells: Mapping[str, CellValue]) -> bool:
    """Whether different figures are added up: of 7 = 7 both may be a 1 misread alike, and zeros add nothing."""
    # (test: test_a_figure_that_only_its_copy_repeats_is_not_proved)
    return len({count for path in equation.paths if path in cells and (count := _count(cells[path]))}) > 1


def _count(cell: CellValue) -> int | None:
    value = cell.value
    return value if isinstance(value, int) and cell.status in _BELIEVED else None


def _indicator(item: Indicator, recognised: Sequence[Recognised]) -> Indicator:
    certainty = _certainty(item.start, item.end, recognised)
    if certainty is None or _read_alike(certainty):
        return item
    value, status = _open(item.value, item.status)
    cumulative, cumulative_status = _open(item.cumulative, item.cumulative_status)
    return replace(item, value=value, status=status, cumulative=cumulative, cumulative_status=cumulative_status)


def _open(value: Number | None, status: CellStatus) -> tuple[Number | None, CellStatus]:
    return (None, CellStatus.READ) if status in _BELIEVED else (value, status)
