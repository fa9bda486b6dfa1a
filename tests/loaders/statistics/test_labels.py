"""What a statistic counts, and what completes a label that says little."""

import pytest

from loaders.document import Section, SectionRole
from tests.loaders.statistics.stated import statistics_in

CONTEXTS = {
    "占比 is completed by what it is a share of": ("文件类4条,占比40%。", ("占比", "文件类")),
    "占 takes the label of what it measures": ("文件类4条,占40%。", ("文件类", "占")),
    "a daily average says of what": ("接待来访90人次,日均3人次。", ("日均", "接待来访")),
}


@pytest.mark.parametrize(("raw", "expected"), CONTEXTS.values(), ids=CONTEXTS.keys())
def test_a_generic_label_has_its_context(raw: str, expected: tuple[str, str]) -> None:
    last = statistics_in(raw)[-1]

    assert (last.label, last.context) == expected


def test_a_label_never_reaches_back_into_a_heading() -> None:
    raw = "(一)主动公开数量公开信息45条。"
    heading = Section("s1", None, 2, "(一)", "主动公开数量", SectionRole.OTHER, 0, 9, len(raw))

    assert [item.label for item in statistics_in(raw, sections=(heading,))] == ["公开信息"]


def test_a_label_broken_by_a_line_end_is_given_in_one_line() -> None:
    raw = "主动公开行政规范性\n文件 34 件。"

    (statistic,) = statistics_in(raw)

    assert statistic.label == "主动公开行政规范性文件"
    assert raw[statistic.label_start : statistic.label_end] == "主动公开行政规范性\n文件"
