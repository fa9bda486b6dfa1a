"""A figure on its way to a statistic: what has been found out about it, and the clause it stands in."""

from dataclasses import dataclass

from loaders.document import Change
from loaders.statistics.scan import Figure

Span = tuple[int, int]
"""A stretch of the blank-free text, end exclusive."""


@dataclass(slots=True)
class Reading:
    """One figure with its surroundings; later stages fill in what they find.

    `before` is the text of its clause left of it, up to the figure before it; `after` the text right of it, up to
    the next figure. `behind` says that its label follows it.
    """

    figure: Figure
    before: Span
    after: Span
    part: int
    sentence: int
    follows: bool
    label: Span | None = None
    context: Span | None = None
    change: Change | None = None
    period: Span | None = None
    behind: bool = False
    part_of: int | None = None
