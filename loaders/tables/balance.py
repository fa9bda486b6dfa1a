"""What the sums of a form say of printed figures: they hold, they fail, or they say nothing.

A blank counts nothing; a side that prints no figure at all makes an equation silent, for many reports fill in the
parts or the total only.
"""

from collections.abc import Sequence
from enum import Enum

from loaders.tables.cells import Token
from loaders.tables.plan import Places, Sum

Reading = tuple[Token | None, ...]
"""One token for each cell of a record, None where the text has none for it."""


class Balance(Enum):
    """What an equation says of a reading; SILENT where one of its sides prints no figure at all."""

    HOLDS = "holds"
    SILENT = "silent"
    FAILS = "fails"


def balance(difference: int, *, left: bool, right: bool) -> Balance:
    """The verdict on two sides that differ by so much; `left` and `right` say whether they print a figure."""
    # Totals left blank are no zeros: compared as such, true rows fail and lose their figures (golden: 002)
    if not (left and right):
        return Balance.SILENT
    return Balance.HOLDS if difference == 0 else Balance.FAILS


def verdict_on(sums: Sequence[Sum], reading: Reading) -> Balance:
    """What the sums of a record say of a reading: one that fails outweighs one that holds."""
    verdicts = {_balance(item, reading) for item in sums}
    if Balance.FAILS in verdicts:
        return Balance.FAILS
    return Balance.HOLDS if Balance.HOLDS in verdicts else Balance.SILENT


def counts(reading: Sequence[Token | None], places: Places) -> list[int]:
    """The integers that a reading prints at these places; a blank counts nothing."""
    tokens = [reading[place] for place in places]
    return [count for token in tokens if token is not None and (count := token.count) is not None]


def _balance(item: Sum, reading: Sequence[Token | None]) -> Balance:
    left, right = counts(reading, item.left), counts(reading, item.right)
    return balance(sum(left) - sum(right), left=bool(left), right=bool(right))
