"""What a row of a narrative figure knows of the figures beside it."""

import pytest

from loaders.store.derived_rows import is_cumulative, statistic_rows
from loaders.vocabulary.periods import CUMULATIVE_EXAMPLES
from tests.documents import report_document


@pytest.mark.parametrize(("period", "year", "cumulative"), CUMULATIVE_EXAMPLES)
def test_a_period_longer_than_the_year_is_told(period: str, year: int, *, cumulative: bool) -> None:
    assert is_cumulative(period, year) == cumulative


@pytest.mark.parametrize(
    ("links", "wholes"),
    [
        ([None, 0, 1], [[], [0], [1, 0]]),
        ([1, 0, None], [[1], [0], []]),  # a circle
        ([0, 9, None], [[], [], []]),  # itself, and what is not there
    ],
)
def test_a_row_names_all_that_it_is_part_of(links: list[int | None], wholes: list[list[int]]) -> None:
    report = report_document(1, year=2021, paragraphs=1)
    linked = [{**one, "partOf": link} for one, link in zip(report["statistics"], links, strict=False)]

    found = [[whole["of"] for whole in row["wholes"]] for row in statistic_rows({**report, "statistics": linked})]
    assert found == [[f"{report['_id']}/{index}" for index in one] for one in wholes]
