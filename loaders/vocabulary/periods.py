"""Periods of narrative figures, as printed, that are longer than the year of a report. Data only; tests read the examples.

Patterns match folded, simplified text without blanks.
"""

MANY_YEARS = r"历年|近年|(?:近)?[两三五多]年来?$|长期以来"
"""What says by itself that years are counted together."""

SINCE = r"(?:以来|起)$"
"""What counts from a beginning on: of the year that it names, else of when something began."""

OF_THE_YEAR = r"今年|本年|当年|年内|一年来|报告期|统计期|\d月"
"""A beginning that lies within the year of the report."""

YEAR_NAMED = r"(?<!\d)((?:19|20)\d{2})年"

CUMULATIVE_EXAMPLES: tuple[tuple[str, int, bool], ...] = (
    ("历年累计", 2020, True),
    ("自实施以来", 2020, True),
    ("自2017年开通以来", 2020, True),
    ("近三年来", 2020, True),
    ("今年以来", 2020, False),
    ("2020年以来", 2020, False),
    ("自1月1日起", 2020, False),
    ("全年", 2020, False),
    ("截至2020年11月底", 2020, False),
)
"""A period, the year of the report, and whether years are counted together."""
