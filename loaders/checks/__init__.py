"""The checks of a report: facts about its figures, never edits of them.

`checks_of` takes the cells that were read and the forms they were read as, and assesses every rule that applies.
"""

from loaders.checks.sums import checks_of

__all__ = ["checks_of"]
