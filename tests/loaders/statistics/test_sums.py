"""Wholes that their parts add up to, where no word says that they are parts."""

import pytest

from loaders.document import Passage, Section, SectionRole, Statistic
from loaders.statistics.report import statistics_of
from loaders.text.folding import fold
from tests.loaders.statistics.stated import statistics_in

CATEGORIES = "机构类信息10条;文件类信息20条;规划类信息30条;动态类信息40条。"

ADDED = {
    "in one clause": ("公开信息90条,网站60条,微信30条。", [None, 0, 0]),
    "in the next sentence": ("公开政府信息100条。公开的信息包括:" + CATEGORIES, [None, 0, 0, 0, 0]),
    "with a lead that names the whole": ("收到申请25件。提交申请的方式为网络8件,信函17件。", [None, 0, 0]),
    "with amounts between them": (
        "办理交易60件,工程类40件,成交额9万元,采购类20件,成交额3万元。",
        [None, 0, None, 0, None],
    ),
    "before a clause of another matter": ("收到来信30封,网上20封,邮寄10封;寄出2封。", [None, 0, 0, None]),
    "beside the total of all years": ("公开信息90条,网站60条,微信30条,历年累计700条。", [None, 0, 0, None]),
}


@pytest.mark.parametrize(("raw", "expected"), ADDED.values(), ids=ADDED.keys())
def test_parts_add_up_to_their_whole(raw: str, expected: list[int | None]) -> None:
    assert [statistic.part_of for statistic in statistics_in(raw)] == expected


DOUBTFUL = {
    "small numbers": "公开信息9条,网站5条,微信4条。",
    "rounded numbers": "公开信息90条,网站60条,微信约30条。",
    "another unit": "公开信息90条,网站60条,微信30篇。",
    "things done by themselves": "召开会议30次,开展培训20次,组织宣传10次。",
    "a sum that goes on": "公开信息90条,网站60条,微信30条,公报5条。",
    "two wholes": "公开信息60条,网站30条,微信20条,公报10条。",
    "another matter far away": "收到来信50封。公开信息9条。甲类栏目20封,乙类栏目30封。",
}


@pytest.mark.parametrize("raw", DOUBTFUL.values(), ids=DOUBTFUL.keys())
def test_what_does_not_surely_add_up_has_no_whole(raw: str) -> None:
    assert {statistic.part_of for statistic in statistics_in(raw)} == {None}


def test_a_whole_has_breakdowns_in_the_section_beside_its_own() -> None:
    raw = "全年主动公开政府信息100条,其中市级70条,县级30条。\n主动公开政府信息包括:" + CATEGORIES

    statistics = in_lines(raw, sections=("s1.1", "s1.2"))

    assert [item.part_of for item in statistics] == [None, 0, 0, 0, 0, 0, 0]
    assert [item.breakdown for item in statistics] == [None, 1, 1, 2, 2, 2, 2]


def test_a_list_on_lines_of_its_own_adds_up() -> None:
    raw = "全年公开政府信息100条,按类别分:\n1.文件类信息60条。\n2.动态类信息40条。"

    assert [item.part_of for item in in_lines(raw, sections=("s1", "s1", "s1"))] == [None, 0, 0]


def test_a_list_behind_another_figure_adds_up() -> None:
    raw = "主动公开政府信息100条。历年信息共900条,本月5条。\n公开信息包括:" + CATEGORIES

    assert [item.part_of for item in in_lines(raw, sections=("s1", "s1"))] == [None, None, None, 0, 0, 0, 0]


def in_lines(raw: str, *, sections: tuple[str, ...]) -> tuple[Statistic, ...]:
    """The statistics of a text whose lines are passages of the named sections, all under s1."""
    lines = raw.split("\n")
    starts = [sum(len(line) + 1 for line in lines[:index]) for index in range(len(lines))]
    passages = [
        Passage(f"p{start}", section, line, start, start + len(line))
        for start, line, section in zip(starts, lines, sections, strict=True)
    ]
    over = Section("s1", None, 1, "一", "总体情况", SectionRole.OTHER, 0, 0, len(raw))
    under = [Section(name, "s1", 2, None, "", None, 0, 0, len(raw)) for name in sorted(set(sections) - {"s1"})]
    return statistics_of(raw, fold(raw), passages=passages, sections=[over, *under])
