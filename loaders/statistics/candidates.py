"""A number of the prose on its way to a stored statistic: what has been found out about it, and where it stands."""

from dataclasses import dataclass

from loaders.document import Change, Number, SubjectStatus
from loaders.statistics.scan import ScannedStatistic

Span = tuple[int, int]
"""A stretch of the blank-free text, end exclusive."""


@dataclass(slots=True)
class Candidate:
    """One scanned statistic with its surroundings; later stages fill in what they find.

    `before` is the text of its clause left of it, up to the statistic before it; `after` the text right of it, up to
    the next one. `behind` says that its label follows it, `follows`
    that no clause ends between it and the one before. `previous_value` is what it was before a change, `breakdown`
    which partition of its whole it is in.
    """

    scanned: ScannedStatistic
    before: Span
    after: Span
    part: int
    sentence: int
    follows: bool
    label: Span | None = None
    context: Span | None = None
    subject: Span | None = None
    subject_status: SubjectStatus = SubjectStatus.LABEL
    change: Change | None = None
    period: Span | None = None
    behind: bool = False
    part_of: int | None = None
    breakdown: int | None = None
    previous_value: Number | None = None
