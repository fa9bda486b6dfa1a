"""What a statistic counts, and what completes a label that says little."""

import pytest

from loaders.document import Section, SectionRole
from tests.loaders.statistics.stated import statistics_in

CONTEXTS: dict[str, tuple[str, tuple[str, str | None]]] = {
    "占比 is completed by what it is a share of": ("文件类4条,占比40%。", ("占比", "文件类")),
    "占 takes the label of what it measures": ("文件类4条,占40%。", ("文件类", "占")),
    "a rate is not completed by itself": ("公开率提高3.5个百分点,公开率达99.5%。", ("公开率", None)),
    "a daily average says of what": ("接待来访90人次,日均3人次。", ("日均", "接待来访")),
}


@pytest.mark.parametrize(("raw", "expected"), CONTEXTS.values(), ids=CONTEXTS.keys())
def test_a_generic_label_has_its_context(raw: str, expected: tuple[str, str | None]) -> None:
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


SHARES = {
    "two things named": (
        "“甲类审批服务”和“乙类审批服务”事项比例达97.5%。",
        [("“甲类审批服务”和“乙类审批服务”事项比例", None)],
    ),
    "two things together": ("信函申请12件,网上申请30件,合计占97.5%。", [(None, "占")]),
    "a list of two": ("信函申请12件、网上申请30件,占比97.5%。", [("占比", None)]),
    "the rate of two": ("全年办结甲类5件、乙类6件,办结率100%。", [("办结率", None)]),
    "each its own": (
        "信函申请12件、网上申请30件,分别占28.6%、71.4%。",
        [("信函申请", "占"), ("网上申请", "占")],
    ),
    "each its own share": (
        "信函申请12件、网上申请30件,分别占比28.6%和71.4%。",
        [("占比", "信函申请"), ("占比", "网上申请")],
    ),
    "more shares than counts": (
        "网上申请30件,分别占28.6%、71.4%。",
        [(None, "占"), (None, "占")],
    ),
}


@pytest.mark.parametrize(("raw", "expected"), SHARES.values(), ids=SHARES.keys())
def test_a_share_of_several_things_is_not_labelled_with_one(
    raw: str, expected: list[tuple[str | None, str | None]]
) -> None:
    shares = [statistic for statistic in statistics_in(raw) if statistic.unit == "%"]

    assert [(statistic.label, statistic.context) for statistic in shares] == expected


def test_what_is_improved_is_no_amount_of_an_increase() -> None:
    improved, amount = statistics_in("提升3个服务中心,满意率提高3个百分点。")

    assert (improved.change, amount.change) == (None, "INCREASE")


@pytest.mark.parametrize("season", ["第3季度", "3季度", "5月份"])
def test_a_quarter_or_month_in_digits_is_a_period(season: str) -> None:
    assert [item.period for item in statistics_in(f"二季度公开5条,{season}公开6条。")] == ["二季度", season]
