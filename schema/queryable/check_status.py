"""The state of a report's checks as a whole, for documents in hand and for pipelines, from one order of outcomes.

Checks enter, a `CheckStatus` leaves: the first deciding outcome that any check has, else that nothing can be told.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from loaders.document import CheckStatus

DECIDING = (CheckStatus.FAIL, CheckStatus.PASS)
"""One check of the first fails a report whatever the others say; one of the second passes it."""

_OUTCOMES = {"$ifNull": ["$checks.status", []]}


def check_status(checks: Iterable[Mapping[str, Any]]) -> CheckStatus:
    """The state of these checks as a whole.

    >>> check_status([{"status": "NOT_ASSESSABLE"}, {"status": "PASS"}])
    <CheckStatus.PASS: 'PASS'>
    """
    found = {check.get("status") for check in checks}
    return next((status for status in DECIDING if status in found), CheckStatus.NOT_ASSESSABLE)


STATUS_EXPRESSION: Mapping[str, Any] = {
    "$switch": {
        "branches": [{"case": {"$in": [status.value, _OUTCOMES]}, "then": status.value} for status in DECIDING],
        "default": CheckStatus.NOT_ASSESSABLE.value,
    }
}
"""The same of the report that a pipeline looks at."""
