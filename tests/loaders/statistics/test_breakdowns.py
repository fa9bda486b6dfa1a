"""Which whole a part belongs to."""

import pytest

from tests.loaders.statistics.stated import statistics_in

WHOLES = {
    "parts after 其中": ("公开信息9条,其中文件类4条,动态类5条。", [None, 0, 0]),
    "parts in the next sentence": ("公开信息9条。其中文件类4条,动态类5条。", [None, 0, 0]),
    "parts in brackets": ("办理提案9件(人大建议4件、政协提案5件),信件7件。", [None, 0, 0, None]),
    "a bracket inside a breakdown": ("受理9件,其中办结7件(含上年2件),在办2件。", [None, 0, 1, 0]),
    "a part never exceeds its whole": ("公开信息9条,其中文件类4条,访问量50条。", [None, 0, None]),
    "parts out of them": ("5486个社区中5429个建立站点。", [None, 0]),
    "the total of all years is no part": ("受理9件,其中网上4件,历年累计3件。", [None, 0, None]),
    "a share is no part": ("公开率90%,其中文件类40%。", [None, None]),
    "what was finished is part of what came": ("受理办件30件,办结办件28件。", [None, 0]),
    "what stands beside is no part": ("答复申请9件(含上年2件,另有3件顺延)。", [None, 0, None]),
    "what was carried over is not finished": ("办结75件,其中延期答复7件,结转下年度6件。", [None, 0, None]),
    "more than is left ends it": ("访谈9次,其中领导参加3次;回应事件11次,以其他方式回应5次。", [None, 0, None, None]),
    "a time is no part of things": ("60条信息中,有超过20个工作日才发布的。", [None, None]),
    "a share tells of which number": ("全年办结900件,网上申报600件,占比66.7%。", [None, 0, None]),
    "a share of something else tells nothing": ("全年办结900件,网上申报600件,占比12.5%。", [None, None, None]),
    "a numbered sentence keeps its parts": ("1、公布信息9条,其中机构类4条、动态类5条。", [None, 0, 0]),
}


@pytest.mark.parametrize(("raw", "expected"), WHOLES.values(), ids=WHOLES.keys())
def test_a_part_points_to_its_whole(raw: str, expected: list[int | None]) -> None:
    assert [statistic.part_of for statistic in statistics_in(raw)] == expected


def test_the_whole_of_a_part_is_an_index_within_the_report() -> None:
    raw = "受理5件。未收到投诉。公开信息9条,其中文件类4条。"

    statistics = statistics_in(raw)

    assert statistics[statistics[-1].part_of or 0].text == "9条"


NUMBERS = {
    "one breakdown": ("公开信息90条,其中文件类40条,动态类50条。", [None, 1, 1]),
    "it goes on": ("公开信息90条,其中文件类40条,其中动态类30条。", [None, 1, 1]),
    "another one of the same whole": ("受理9件,其中网上4件、信函5件。其中自然人6件、企业3件。", [None, 1, 1, 2, 2]),
}


@pytest.mark.parametrize(("raw", "expected"), NUMBERS.values(), ids=NUMBERS.keys())
def test_a_breakdown_has_its_number(raw: str, expected: list[int | None]) -> None:
    assert [statistic.breakdown for statistic in statistics_in(raw)] == expected
