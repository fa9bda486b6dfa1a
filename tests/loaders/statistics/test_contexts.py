"""What completes a short label, and what a figure is about."""

import pytest

from loaders.document import SubjectStatus
from tests.loaders.statistics.stated import statistics_in

CONTEXTS: dict[str, tuple[str, list[str | None]]] = {
    "an amount is that of the item counted before it": (
        "工程类交易70件,累计交易额90万元,节约率2.8%;采购类交易48件,累计交易额30万元,节约率8.2%。",
        [None, "工程类交易", "工程类交易", None, "采购类交易", "采购类交易"],
    ),
    "figures with one label are told apart": (
        "梳理30项市级事项,9项检查清单,50项区级事项,15项检查清单。",
        ["梳理", "市级事项", None, "区级事项"],
    ),
    "numbers that touch share what is before them": ("政务平台打通12个部门34个业务系统。", ["政务平台打通"] * 2),
    "numbers that touch share what is behind them": (
        "完成27个部门、16个乡镇权责清单调整公布工作。",
        ["权责清单调整公布工作"] * 2,
    ),
    "the second noun tells of the first": ("12个部门60个服务事项实现即时办理。", ["服务事项实现即时办理", None]),
    "who did it": ("鹤汀发布公众号共推送文章19篇。", ["鹤汀发布公众号"]),
    "who did it already": ("鹤汀发布公众号已吸引粉丝18万人。", ["鹤汀发布公众号"]),
    "what all of them do": ("电子证照类目100%关联办事材料。", ["关联办事材料"]),
    "what a share is of": ("办理时限压缩至法定时限的20%。", ["法定时限"]),
    "what is made up of them": ("全文由概述、附件、其他事项等六个部分组成。", ["全文"]),
    "a noun of several items": (
        "甲类项目、乙类项目审批时间分别压减至90、70个工作日。",
        ["审批时间"] * 2,
    ),
    "items of a list share their verb": ("生成证书245件,批文73件,公函5件。", [None, "生成", "生成"]),
    "what they are is said of the whole": ("全县486个社区中429个建立服务站。", [None, "社区"]),
    "a rate is of all that came": ("受理办件30件,办结办件28件,办结率93.3%。", [None, None, "受理办件"]),
    "a verb alone": ("日常工作每季度公开一次。", ["日常工作"]),
}


@pytest.mark.parametrize(("raw", "expected"), CONTEXTS.values(), ids=CONTEXTS.keys())
def test_a_short_label_is_completed_by_the_words_around_it(raw: str, expected: list[str | None]) -> None:
    assert [statistic.context for statistic in statistics_in(raw)] == expected


SUBJECTS: dict[str, tuple[str, list[tuple[str | None, SubjectStatus]]]] = {
    "the item counted before": (
        "工程类交易70件,交易额90万元。",
        [(None, SubjectStatus.LABEL), ("工程类交易", SubjectStatus.STATED)],
    ),
    "two items counted before": (
        "受理工程70件,受理采购48件,交易额90万元。",
        [(None, SubjectStatus.LABEL), (None, SubjectStatus.LABEL), (None, SubjectStatus.AMBIGUOUS)],
    ),
    "nothing is named": ("全年办结70件。", [(None, SubjectStatus.NONE)]),
    "a verb is no subject": ("全面压缩23个审批环节。", [(None, SubjectStatus.LABEL)]),
    "the noun before a verb": ("政务平台打通12个部门。", [("政务平台", SubjectStatus.STATED)]),
    "what all of them do is no subject": ("电子证照类目100%关联办事材料。", [(None, SubjectStatus.LABEL)]),
    "a statement of zero": ("全年未收到政府信息公开申请。", [(None, SubjectStatus.LABEL)]),
}


@pytest.mark.parametrize(("raw", "expected"), SUBJECTS.values(), ids=SUBJECTS.keys())
def test_a_figure_tells_what_it_is_about_or_why_not(raw: str, expected: list[tuple[str | None, SubjectStatus]]) -> None:
    statistics = statistics_in(raw)

    assert [(item.subject, item.subject_status) for item in statistics] == expected
    for item in statistics:
        if item.subject is not None:
            assert raw[item.subject_start : item.subject_end] == item.subject


def test_figures_alike_stand_in_clauses_that_tell_them_apart() -> None:
    raw = "甲县办理事项5件,办结率98%;乙县办理事项\n5件,办结率98%。丙县未收到申请。"

    clauses = [raw[item.clause_start : item.clause_end] for item in statistics_in(raw)]

    assert clauses == ["甲县办理事项5件,办结率98%"] * 2 + ["乙县办理事项\n5件,办结率98%"] * 2 + ["丙县未收到申请"]


PAIRS: dict[str, tuple[str, list[float | None]]] = {
    "a pair": ("满意率由54%提高到79.5%。", [None, 54]),
    "two pairs": ("事项从9个部门91项增加至13个部门121项。", [None, None, 9, 91]),
    "an end without its start": ("事项增加至72项。", [None]),
    "a range was no single number": ("时限由5-7天压缩至3天。", [None, None]),
    "other units": ("时限由2个月压缩至20天。", [None, None]),
}


@pytest.mark.parametrize(("raw", "expected"), PAIRS.values(), ids=PAIRS.keys())
def test_an_end_of_a_change_has_what_it_was_before(raw: str, expected: list[float | None]) -> None:
    assert [statistic.previous_value for statistic in statistics_in(raw)] == expected
