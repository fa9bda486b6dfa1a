"""The phrase of time that governs a statistic."""

import pytest

from loaders.vocabulary.statistic_labels import PERIOD_EXAMPLES, PERIOD_MARKS
from tests.loaders.statistics.stated import statistics_in

PERIODS = {
    "a year governs the sentence": ("2020年受理申请3件,办结2件。", ["2020年", "2020年"]),
    "a period ends at a semicolon": ("全年受理申请3件;公开信息9条。", ["全年", None]),
    "a breakdown goes on through semicolons": ("全年受理9件,其中网上申请4件;信函申请5件。", ["全年", "全年", "全年"]),
    "a sentence of parts keeps the period of its whole": ("全年受理9件。其中网上申请4件。", ["全年", "全年"]),
    "a comparison is no period": ("全年受理9件,比去年同期增长12%。", ["全年", "全年"]),
    "the start of a change has its own": ("公开率从年初的50%提高到90%。", ["年初", None]),
    "the total of all years": ("2020年受理9件,历年累计70件。", ["2020年", "历年累计"]),
    "until a day": ("截至2019年11月底注册用户80人。", ["截至2019年11月底"]),
    "a year inside a title is no period": ("执行《2018年工作要点》任务9项。", [None]),
    "a frequency": ("公报每季度印500份。", ["每季度"]),
}


@pytest.mark.parametrize(("raw", "expected"), PERIODS.values(), ids=PERIODS.keys())
def test_the_explicit_phrase_of_time_governs(raw: str, expected: list[str | None]) -> None:
    assert [statistic.period for statistic in statistics_in(raw)] == expected


@pytest.mark.parametrize("period", [period for _, period in PERIOD_EXAMPLES] + ["截止", "现阶段", "近两年", "平均每天"])
def test_every_phrase_of_time_is_seen_at_one_glance(period: str) -> None:
    assert set(period) & set(PERIOD_MARKS)
