"""The checks of a report: facts about its figures, never edits of them.

`assessed` gives a parsed document the checks that it can have alone; `year_checks` assesses a report against the year
before, `member_checks` a region's aggregate against the reports it contains. `with_implied` sets
beside the printed figures what follows from them.
"""

from loaders.checks.implied import implied_figures, with_implied
from loaders.checks.members import member_checks
from loaders.checks.report import assessed, report_checks, with_checks
from loaders.checks.years import year_checks

__all__ = [
    "assessed",
    "implied_figures",
    "member_checks",
    "report_checks",
    "with_checks",
    "with_implied",
    "year_checks",
]
