"""D15: what the narrative calls a part of another figure is no larger than that figure."""

from collections.abc import Iterator, Mapping
from typing import Any

from loaders.checks.facts import Report, number
from loaders.checks.verdicts import FAIL, PASS, Verdict
from loaders.document import Check, Qualifier


def breakdowns(report: Report) -> Iterator[Check]:
    """One check for each part whose whole is printed exactly and in the same unit."""
    for index, part in enumerate(report.statistics):
        place = part.get("partOf")
        if not isinstance(place, int) or not 0 <= place < len(report.statistics):
            continue
        whole = report.statistics[place]
        left, right = number(part.get("value")), number(whole.get("value"))
        # 71 people may well be part of 50 cases, and "more than 71" of anything (test: test_a_rule_says_what_it_finds)
        if left is None or right is None or not (_exact(part) and _exact(whole)) or part["unit"] != whole["unit"]:
            continue
        paths = (f"statistics.{index}", f"statistics.{place}")
        status = PASS if left <= right else FAIL
        verdict = Verdict("D15", status, subject=str(index), left=left, right=right, paths=paths)
        yield verdict.check(what=part.get("label") or part.get("text") or "")


def _exact(figure: Mapping[str, Any]) -> bool:
    return figure.get("qualifier") == Qualifier.EXACT and figure.get("change") is None and "unit" in figure
