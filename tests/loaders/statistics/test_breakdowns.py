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
}


@pytest.mark.parametrize(("raw", "expected"), WHOLES.values(), ids=WHOLES.keys())
def test_a_part_points_to_its_whole(raw: str, expected: list[int | None]) -> None:
    assert [statistic.part_of for statistic in statistics_in(raw)] == expected


def test_the_whole_of_a_part_is_an_index_within_the_report() -> None:
    raw = "受理5件。未收到投诉。公开信息9条,其中文件类4条。"

    statistics = statistics_in(raw)

    assert statistics[statistics[-1].part_of or 0].text == "9条"
