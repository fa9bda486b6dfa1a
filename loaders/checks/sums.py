"""The sums that the forms prescribe (R1 to R4, D13), each instance assessed on the cells that were read."""

from collections.abc import Iterator, Mapping, Sequence

from loaders.document import Amount, CellValue, Check, CheckStatus, Number
from loaders.forms import Comparison, Edition, Equation, Form, Rule
from loaders.forms.rules import BOUND_FAILS, BOUND_PASSES, NOT_ASSESSABLE, SUM_FAILS, SUM_PASSES, Message

_MESSAGES = {
    (Comparison.EQ, True): SUM_PASSES,
    (Comparison.EQ, False): SUM_FAILS,
    (Comparison.LE, True): BOUND_PASSES,
    (Comparison.LE, False): BOUND_FAILS,
}


def checks_of(cells: Mapping[str, CellValue], editions: Sequence[tuple[Form, Edition]]) -> Iterator[Check]:
    """One check for each instance of each rule of the editions found, in declared order.

    A rule with a cell that has no figure is NOT_ASSESSABLE: a blank is not a zero.
    """
    for form, edition in editions:
        for rule in edition.rules:
            for equation in rule.equations(form.id):
                yield _assess(rule, equation, cells)


def _assess(rule: Rule, equation: Equation, cells: Mapping[str, CellValue]) -> Check:
    left, right = ([_figure(cells.get(path)) for path in side] for side in (equation.left, equation.right))
    lacking = [path for path, value in zip(equation.paths, left + right, strict=True) if value is None]
    if lacking:
        return _check(rule, equation, NOT_ASSESSABLE, CheckStatus.NOT_ASSESSABLE, count=len(lacking), first=lacking[0])
    totals = (_total(left), _total(right))
    passes = totals[0] == totals[1] if equation.comparison is Comparison.EQ else totals[0] <= totals[1]
    status = CheckStatus.PASS if passes else CheckStatus.FAIL
    return _check(rule, equation, _MESSAGES[equation.comparison, passes], status, totals)


def _check(
    rule: Rule,
    equation: Equation,
    message: Message,
    status: CheckStatus,
    totals: tuple[Number, Number] | None = None,
    **facts: object,
) -> Check:
    left, right = totals or (None, None)
    difference = None if totals is None else _total([totals[0], -totals[1]])
    en, zh = message.render(rule=rule.en, rule_zh=rule.zh, left=left, right=right, difference=difference, **facts)
    return Check(
        rule=rule.code,
        status=status,
        severity=str(rule.severity),
        subject=equation.subject,
        left=left,
        right=right,
        difference=difference,
        paths=equation.paths,
        message=en,
        message_zh=zh,
    )


def _figure(cell: CellValue | None) -> Number | None:
    if cell is None:
        return None
    return cell.value.value if isinstance(cell.value, Amount) else cell.value


def _total(values: Sequence[Number | None]) -> Number:
    """The sum, without the dust that adding decimals leaves."""
    total = sum(value or 0 for value in values)
    return total if isinstance(total, int) else round(total, 6)
