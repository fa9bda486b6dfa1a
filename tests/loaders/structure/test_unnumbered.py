"""Parts without a printed number: preamble, lost headings, sign-off, annex."""

from itertools import pairwise

from loaders.document import SectionRole, TableSpan
from loaders.forms import narrative
from tests.loaders.structure.outlined import FULL_REPORT, outline, parse

GRIDS = """本年报根据《中华人民共和国政府信息公开条例》编制,统计期限为2020年。如有疑问,请与本局联系(电话:12345678)。
一年来,我局认真落实各项要求,公开信息50条。
第二十条第(一)项 规章 0
本列数据的勾稽关系 0
行政复议 0
注:含上年结转。
工作中还存在公开不及时等问题,今后将加强培训。
本年报统计期限为2020年全年。
"""


def grids() -> tuple[TableSpan, ...]:
    places = [GRIDS.index(words) for words in ("第二十条", "本列数据", "行政复议 0", "注:")]
    forms = ("proactiveDisclosure", "requests", "reviewAndLitigation")
    return tuple(TableSpan(form, start, end) for form, (start, end) in zip(forms, pairwise(places), strict=True))


def test_lost_headings_are_recovered_from_tables_and_words_and_marked() -> None:
    main = [found for found in parse(GRIDS, grids()) if found.level == 1]
    assert [GRIDS[found.start :][:4] for found in main] == [
        "一年来,",
        "第二十条",
        "本列数据",
        "行政复议",
        "工作中还",
        "本年报统",
    ]
    assert [found.title for found in main] == [heading.zh for heading in narrative.HEADINGS if heading.ordinal]
    assert all(found.inferred and found.start == found.heading_end for found in main)


def test_a_report_that_has_its_headings_gets_none_inferred() -> None:
    assert not any(found.inferred for found in parse(FULL_REPORT))


def test_without_tables_nothing_is_inferred() -> None:
    assert [found.role for found in parse("根据条例编制。\n一年来,工作有问题。\n")] == [SectionRole.PREAMBLE]


def test_preamble_and_sign_off_are_parts_of_their_own() -> None:
    first, *_, last = parse(FULL_REPORT)
    assert (first.id, first.role, first.level) == ("preamble", SectionRole.PREAMBLE, None)
    assert FULL_REPORT[first.start :].startswith("根据《")
    assert (last.id, last.role) == ("closing", SectionRole.CLOSING)
    assert FULL_REPORT[last.start : last.end].split() == ["清源县农业农村局", "2023年1月12日"]


def test_an_unnumbered_annex_holds_no_headings() -> None:
    raw = (
        FULL_REPORT
        + "附件1:清源县政府信息公开情况统计表\n统计指标 单位 统计数\n一、主动公开情况 —— \n1.政府公报公开数 条 3\n"
    )
    *_, last = parse(raw)
    assert (last.role, last.title) == (SectionRole.ANNEX, "附件1:清源县政府信息公开情况统计表")
    assert [entry[:2] for entry in outline(raw)] == [entry[:2] for entry in outline(FULL_REPORT)]
