"""Only a period that a report declares is its period."""

import pytest

from tests.loaders.identity.identified import identify


@pytest.mark.parametrize(
    ("sentence", "period"),
    [
        ("统计期限自2018年1月1日起至2018年11月20日止", ("2018-01-01", "2018-11-20")),
        ("统计期限为2025\n年 1 月 1 日至 12 月 31 日", ("2025-01-01", "2025-12-31")),
        ("统计时间从2019年1月1日到12月31日止", ("2019-01-01", "2019-12-31")),
        ("数据统计期限:2020-01-01至2020-12-31", ("2020-01-01", "2020-12-31")),
        ("春节假期2020年1月25日至2月3日", (None, None)),
        ("统计期限自2020年13月1日至2020年12月31日", (None, None)),
    ],
)
def test_only_a_declared_period_is_the_period(sentence: str, period: tuple[str | None, str | None]) -> None:
    found = identify(f"根据要求编制。{sentence}。\n一、概述\n文。\n")
    assert (found.period_start, found.period_end) == period
