"""The sums that the forms prescribe (R1 to R4, D13), each instance assessed on the cells that were read."""

from collections.abc import Iterator

from loaders.checks.facts import Report, total
from loaders.document import Check, CheckStatus, Number
from loaders.forms import Comparison, Equation, Rule
from loaders.forms.messages import BOUND_FAILS, BOUND_PASSES, NOT_ASSESSABLE, SUM_FAILS, SUM_PASSES, Message

_MESSAGES = {
    (Comparison.EQ, True): SUM_PASSES,
    (Comparison.EQ, False): SUM_FAILS,
    (Comparison.LE, True): BOUND_PASSES,
    (Comparison.LE, False): BOUND_FAILS,
}


def sums(report: Report) -> Iterator[Check]:
    """One check for each instance of each rule of the editions found, in declared order.

    A rule with a cell that has no figure is NOT_ASSESSABLE: a blank is not a zero.
    """
    for form, edition in report.editions:
        for rule, equation in edition.instances(form.id):
            yield _assess(rule, equation, report)


def _assess(rule: Rule, equation: Equation, report: Report) -> Check:
    left, right = ([report.figure(path) for path in side] for side in (equation.left, equation.right))
    lacking = [path for path, value in zip(equation.paths, left + right, strict=True) if value is None]
    # A blank is no zero: taken for one, sums of tables with blank totals fail (golden: 002)
    if lacking:
        return _check(rule, equation, NOT_ASSESSABLE, CheckStatus.NOT_ASSESSABLE, count=len(lacking), first=lacking[0])
    totals = (total(left), total(right))
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
    difference = None if totals is None else total([totals[0], -totals[1]])
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
