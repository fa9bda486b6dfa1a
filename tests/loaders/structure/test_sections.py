"""The section tree of made-up reports, of random outlines, and of the owner's reports."""

import json
import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders.document import Section, SectionRole, Span, TableSpan
from loaders.forms import narrative
from loaders.structure.sections import role_of, sections_of
from loaders.text.folding import fold
from tests.shared import GOLD, REPORTS

WIDER = str.maketrans("(),:;", "（），：；")

FULL_REPORT = """清源县农业农村局2022年政府信息公开工作年度报告
根据《中华人民共和国政府信息公开条例》要求,现公布本局2022年度报告。报告包括总体情况、主动公开政府信息情况等六个部分。统计期限为2022年1月1日至12月31日。
一、总体情况
(一)主动公开。全年公开信息120条。
(二)依申请公开。收到申请3件。
二、主动公开政府信息情况
表格见附件。
三、收到和处理政府信息公开申请情况
全年收到申请3件,均已办结。
四、政府信息公开行政复议、行政诉讼情况
无。
五、存在的主要问题及改进情况
一是公开不够及时;二是解读形式单一。
六、其他需要报告的事项
无。
清源县农业农村局
2023年1月12日
"""


def parse(raw: str, tables: tuple[TableSpan, ...] = ()) -> tuple[Section, ...]:
    return sections_of(raw, fold(raw), tables=tables, body=Span(0, len(raw)))


def outline(raw: str, tables: tuple[TableSpan, ...] = ()) -> list[tuple[int | None, str | None, str]]:
    return [(found.level, found.ordinal, found.title) for found in parse(raw, tables) if found.level]


def main_roles(raw: str, tables: tuple[TableSpan, ...] = ()) -> list[tuple[str | None, SectionRole | None]]:
    return [(found.ordinal, found.role) for found in parse(raw, tables) if found.level == 1]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("一、总体情况", (1, "一", "总体情况")),
        ("十一、附则说明", (1, "十一", "附则说明")),
        ("一 、总体情况", (1, "一", "总体情况")),
        ("一.总体情况", (1, "一", "总体情况")),
        ("第一部分 总体情况", (1, "一", "总体情况")),
        ("# 一、总体情况", (1, "一", "总体情况")),
        ("**一、总体情况**", (1, "一", "总体情况")),
        ("　　一、总体情况", (1, "一", "总体情况")),
        ("(一)组织领导", (2, "(一)", "组织领导")),
        ("（二）组织领导", (2, "(二)", "组织领导")),
        ("㈠组织领导", (2, "㈠", "组织领导")),
        ("1.组织领导", (3, "1", "组织领导")),
        ("1、组织领导", (3, "1", "组织领导")),
        ("１．组织领导", (3, "1", "组织领导")),
        ("⒈组织领导", (3, "⒈", "组织领导")),
        ("(1)组织领导", (4, "(1)", "组织领导")),
        ("⑴组织领导", (4, "⑴", "组织领导")),
        ("①组织领导", (5, "①", "组织领导")),
        ("一是组织领导", (6, "一是", "组织领导")),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_each_numbering_style_has_its_level(line: str, expected: tuple[int, str, str]) -> None:
    assert outline(f"前言。\n{line}\n正文一句。\n") == [expected]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("(一)加强组织领导。成立了领导小组,由局长任组长。", "加强组织领导"),
        ("1.加强培训,提升能力。全年开展培训2次,参训60人次。", "加强培训,提升能力"),
        (
            "(1)在门户网站上开设《“六稳”、“六保”》专栏,及时发布惠企政策,让市民了解最新动态和各项扶持措施。",
            "在门户网站上开设《“六稳”、“六保”》专栏",
        ),
        (
            "一是举办“政策面对面,服务零距离”活动,邀请企业代表参加座谈会并现场答疑解惑,受到广泛好评。",
            "举办“政策面对面,服务零距离”活动",
        ),
        ("(一)公开内容进一步丰富:围绕民生热点公开信息。", "公开内容进一步丰富"),
    ],
    ids=["run-in", "run-in with a comma", "clause with a cited title", "clause with a quotation", "colon"],
)
def test_a_title_ends_where_its_sentence_or_its_first_clause_ends(text: str, title: str) -> None:
    ((_, _, found),) = outline(text + "\n")
    assert found == title


def test_a_heading_begins_at_its_number_not_at_the_markup() -> None:
    raw = "# 一、总体情况\n正文。\n"
    (section,) = parse(raw)
    assert raw[section.start : section.heading_end] == "一、总体情况"


def test_a_report_on_one_line_has_the_same_tree() -> None:
    glued = FULL_REPORT.replace("\n", "")
    assert [entry for entry in outline(glued) if entry[0] == 1] == [
        entry for entry in outline(FULL_REPORT) if entry[0] == 1
    ]
    assert [entry[:2] for entry in outline(glued)] == [entry[:2] for entry in outline(FULL_REPORT)]


def test_numbers_glued_to_the_word_before_open_sections_in_sequence() -> None:
    raw = "一、总体情况2021年,本局落实要求。(一)主要做法1.门户网站在“清源网”开设专栏。2.公众查阅点指定档案馆查阅。"
    assert [entry[:2] for entry in outline(raw)] == [(1, "一"), (2, "(一)"), (3, "1"), (3, "2")]
    assert [entry[2] for entry in outline(raw)] == ["总体情况", "主要做法", "门户网站", "公众查阅点"]


def test_a_title_broken_by_a_line_end_is_one_title() -> None:
    raw = "四、政府信息公开行政复议、行政\n诉讼情况\n无。\n"
    assert outline(raw) == [(1, "四", "政府信息公开行政复议、行政诉讼情况")]


PAGE = """一、总体情况
    2022年,本局坚持以公开为常态、不公开为例外,全面推进决策公开
和执行公开,主动回应社会关切,不断提升公开质量,办理建议提案共
12件,按期办结率百分之百,其中重点督办件3件,均已办结答复。对照
上级要求,还存在一些差距:一是解读形式不够丰富多样,针对性不强;二
是平台建设仍需加强,栏目更新不及时。下一步,我局将认真整改,加大
公开力度,拓宽公开渠道,丰富公开形式,细化公开内容,强化监督检查,
                         - 1 -
不断提高工作水平,确保各项任务落到实处,取得实实在在的成效,让人
民群众满意。
二、主动公开政府信息情况
    全年公开信息120条。
"""


def test_lines_of_a_page_neither_begin_nor_hide_headings() -> None:
    assert [entry[:2] for entry in outline(PAGE)] == [(1, "一"), (6, "一是"), (6, "二是"), (1, "二")]


NUMBERED_NAMES = [f"{heading.ordinal}、{heading.zh}" for heading in narrative.HEADINGS if heading.ordinal]


@pytest.mark.parametrize(
    "preamble",
    [
        "本报告由总体情况、主动公开政府信息情况、收到和处理政府信息公开申请情况等六个部分组成。",
        f"本报告包括:{';'.join(NUMBERED_NAMES)}六个部分。",
        "\n".join(["目录", *NUMBERED_NAMES]),
    ],
    ids=["names", "numbered names", "table of contents"],
)
def test_a_preamble_that_lists_the_sections_holds_no_heading(preamble: str) -> None:
    raw = f"{preamble}\n{FULL_REPORT}"
    body = raw.index("一、总体情况\n(一)")
    assert next(found.start for found in parse(raw) if found.level == 1) == body
    assert [ordinal for ordinal, _ in main_roles(raw)] == list("一二三四五六")


@pytest.mark.parametrize(
    "row",
    [
        "一、本年新收政府信息公开申请数量",
        "二、上年结转政府信息公开申请数量 0 0 0",
        "三、本年度办理结果",
        "四、结转下年度继续办理 |",
        "(一)予以公开 |",
        "1.属于国家秘密 0 0 0 0 0 0 0",
        "| 一、总体情况 | 3 |",
        "## 表二:主动公开政府信息情况",
        "(二)部分公开(区分处理的,只计这一情\n形,不计其他情形)",
        "1.申请人无正当理由逾期不补正\n后文",
        "第二十条第(一)项",
        "平均办理3.52天",
        "附件1.统计表",
        "这是唯一是否公开的依据",
        "2020.12.31",
    ],
)
def test_rows_of_tables_and_references_are_no_headings(row: str) -> None:
    assert outline(f"前言。\n{row}\n后文。\n") == []


def test_nothing_inside_an_official_table_is_a_heading() -> None:
    raw = (
        "三、收到和处理政府信息公开申请情况\n一、甲项\n(一)乙项\n四、丙项\n四、政府信息公开行政复议、行政诉讼情况\n无。"
    )
    table = TableSpan("requests", raw.index("一、甲项"), raw.index("四、政府"))
    assert [entry[1] for entry in outline(raw, (table,))] == ["三", "四"]


def test_a_heading_whose_words_are_the_first_labels_of_its_table_is_found() -> None:
    raw = "三、收到和处理政府信息公开申请情况\n无。\n四、政府信息公开行政复议、行政诉讼情况\n行政复议 行政诉讼 0 0\n"
    table = TableSpan("reviewAndLitigation", raw.index("行政复议、"), len(raw))
    assert outline(raw, (table,))[1] == (1, "四", "政府信息公开行政复议、行政诉讼情况")


def test_a_gap_and_a_restart_of_numbers_are_tolerated() -> None:
    raw = (
        "一、概述\n(一)甲方面\n文。\n(三)乙方面\n文。\n1.子项\n文。\n2.子项\n文。\n1.又一项\n文。\n二、主动公开\n文。\n"
    )
    assert [entry[1] for entry in outline(raw)] == ["一", "(一)", "(三)", "1", "2", "1", "二"]


def test_a_list_inside_a_section_opens_no_main_section() -> None:
    raw = "一、总体情况\n主要做了:一、抓部署,二、抓落实。\n二、主动公开政府信息情况\n文。\n"
    assert [entry[2] for entry in outline(raw) if entry[0] == 1] == ["总体情况", "主动公开政府信息情况"]


def test_a_list_that_begins_anew_goes_with_the_section_around() -> None:
    raw = "一、总体情况\n1.重点工作。一是甲事项,成效好。二是乙事项,成效好。\n一是丙事项,成效好。二是丁事项,成效好。\n"
    parents = {found.title: found.parent for found in parse(raw)}
    ids = {found.title: found.id for found in parse(raw)}
    assert parents["甲事项"] == ids["重点工作"]
    assert parents["丙事项"] == ids["总体情况"]


def test_paired_items_need_their_second() -> None:
    assert outline("我们一要坚持,一以贯之。\n") == []
    assert [entry[1] for entry in outline("今后一要抓学习;二要抓落实。\n工作要求:一要抓学习;二要抓落实。\n")][-2:] == [
        "一要",
        "二要",
    ]


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


@pytest.mark.parametrize(
    ("title", "role"),
    [(example, heading.role) for heading in narrative.HEADINGS for example in heading.examples]
    + [(example, role) for role, _, examples in narrative.ROLE_CUES for example in examples]
    + [("审批事项办理", None)],
)
def test_a_title_shows_its_role(title: str, role: SectionRole | None) -> None:
    assert role_of(title) == role


def test_roles_belong_to_main_sections() -> None:
    found = parse(FULL_REPORT)
    assert [(section.ordinal, section.role) for section in found if section.parent is None and section.level] == [
        ("一", SectionRole.OVERVIEW),
        ("二", SectionRole.PROACTIVE_DISCLOSURE),
        ("三", SectionRole.REQUESTS),
        ("四", SectionRole.REVIEW_AND_LITIGATION),
        ("五", SectionRole.PROBLEMS_AND_IMPROVEMENTS),
        ("六", SectionRole.OTHER_MATTERS),
    ]
    assert {section.role for section in found if section.parent} == {None}


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


def test_thematic_headings_of_a_work_points_report_are_work_points() -> None:
    raw = "清源县2020年政务公开工作要点落实情况\n现将情况报告如下:\n一、着力稳定预期\n文。\n二、规范平台\n文。\n"
    assert main_roles(raw) == [("一", SectionRole.WORK_POINTS), ("二", SectionRole.WORK_POINTS)]


def test_traditional_characters_are_read_alike() -> None:
    raw = "一、總體情況\n本局認真開展工作。\n二、主動公開政府信息情況\n公開資訊。\n三、依申請公開情況\n無申請。\n"
    assert [role for _, role in main_roles(raw)] == [
        SectionRole.OVERVIEW,
        SectionRole.PROACTIVE_DISCLOSURE,
        SectionRole.REQUESTS,
    ]
    assert outline(raw)[0][2] == "總體情況"


def test_ids_are_paths_of_the_tree() -> None:
    assert [found.id for found in parse(FULL_REPORT)][:4] == ["preamble", "s1", "s1.1", "s1.2"]


def test_an_empty_text_has_a_preamble_alone() -> None:
    assert [found.role for found in parse("")] == [SectionRole.PREAMBLE]


WORDS = st.sampled_from(
    ["加强组织领导", "深化公开内容", "健全工作机制", "推进平台建设", "做好政策解读", "规范办理流程"]
)
SENTENCES = st.sampled_from(["全年公开信息若干。", "取得较好成效。", "各项任务有序推进。"])
STYLES = ("{cn}、", "({cn})", "{n}.", "({n})")


@st.composite
def outlines(draw: st.DrawFn) -> list[tuple[int, int, str]]:
    """A proper outline: each level counts up from one inside the level above it."""
    found: list[tuple[int, int, str]] = []
    counts = [0] * len(STYLES)
    level = 0
    for _ in range(draw(st.integers(1, 14))):
        level = draw(st.integers(0, min(level + 1, len(STYLES) - 1))) if found else 0
        counts[level] += 1
        counts[level + 1 :] = [0] * (len(STYLES) - level - 1)
        if counts[level] > 9:
            break
        found.append((level + 1, counts[level], draw(WORDS)))
    return found


def render(entries: list[tuple[int, int, str]], sentence: str) -> str:
    lines = []
    for level, number, words in entries:
        mark = STYLES[level - 1].format(cn=narrative.NUMERALS[number - 1], n=number)
        lines += [mark + words, sentence]
    return "\n".join(lines) + "\n"


@settings(deadline=None)
@given(outlines(), SENTENCES)
def test_a_printed_outline_is_read_back(entries: list[tuple[int, int, str]], sentence: str) -> None:
    assert [(level, title) for level, _, title in outline(render(entries, sentence))] == [
        (level, words) for level, _, words in entries
    ]


@settings(deadline=None)
@given(outlines(), SENTENCES)
def test_half_and_full_width_give_the_same_tree(entries: list[tuple[int, int, str]], sentence: str) -> None:
    raw = render(entries, sentence)
    narrow, wide = parse(raw), parse(raw.translate(WIDER))
    assert [(found.id, found.level, found.ordinal, found.start, found.end) for found in wide] == [
        (found.id, found.level, found.ordinal, found.start, found.end) for found in narrow
    ]


def assert_sound(raw: str, found: tuple[Section, ...]) -> None:
    """Sections come in order, lie inside the text and inside their parents, and quote what is printed."""
    by_id = {section.id: section for section in found}
    assert len(by_id) == len(found)
    for section in found:
        assert 0 <= section.start <= section.heading_end <= section.end <= len(raw)
        if section.ordinal and not section.inferred:
            assert section.ordinal[0] in fold(raw[section.start : section.heading_end])
        if section.parent:
            parent = by_id[section.parent]
            assert parent.start <= section.start
            assert section.end <= parent.end
    for first, second in pairwise(found):
        assert first.start <= second.start
        assert second.parent == first.id or first.end <= second.start or first.parent is not None


@settings(deadline=None)
@given(st.text(alphabet="一二三、是(1)2.①中文公开 \n。,;:|#《》“”第附表报告年", max_size=300))
def test_any_text_gives_a_sound_tree(raw: str) -> None:
    assert_sound(raw, parse(raw))


def official_tables(raw: str) -> tuple[TableSpan, ...]:
    """The grids of a report, told by what stands above and below them: good enough to leave them out."""
    text = fold(raw)
    starts = [
        match.start()
        for match in re.finditer(r"第二十条第\(一\)项|\(?本列数据的?勾稽关系|行政复议[ |\n]*行政诉讼", text)
    ]
    if len(starts) < 3:
        return ()
    ends = [text.find("三、收到", starts[0]), text.find("四、政府", starts[1]), text.find("五、", starts[2])]
    ends = [end if end > 0 else other for end, other in zip(ends, [*starts[1:], len(raw)], strict=True)]
    forms = ("proactiveDisclosure", "requests", "reviewAndLitigation")
    return tuple(TableSpan(*span) for span in zip(forms, starts, ends, strict=True))


@pytest.mark.shared
@pytest.mark.parametrize("number", ["000", "001", "002", "003", "004"])
def test_the_headings_of_a_development_report_are_found(number: str) -> None:
    gold = json.loads((GOLD / f"narrative-{number}.json").read_text(encoding="utf-8"))
    raw = (REPORTS / gold["file"]).read_text(encoding="utf-8")
    spans = [(table["start"], table["end"]) for table in gold["tables"]]
    if len(spans) == 1:  # one entry for three grids that stand side by side
        (whole,) = spans
        cuts = [whole[0], raw.index("(本列数据"), raw.index("行政复议 |\n行政诉讼"), whole[1]]
        spans = list(pairwise(cuts))
    forms = ("proactiveDisclosure", "requests", "reviewAndLitigation")
    tables = tuple(TableSpan(form, start, end) for form, (start, end) in zip(forms, spans, strict=False))
    found = parse(raw, tables)
    assert_sound(raw, found)
    expected = {(entry["start"], 6 if entry["level"] == "item" else entry["level"]) for entry in gold["sections"]}
    predicted = {(section.start, section.level) for section in found if section.level}
    right = len(expected & predicted)
    assert 2 * right / (len(expected) + len(predicted)) >= 0.99


E2_ROLES = [
    SectionRole.OVERVIEW,
    SectionRole.PROACTIVE_DISCLOSURE,
    SectionRole.REQUESTS,
    SectionRole.REVIEW_AND_LITIGATION,
    SectionRole.PROBLEMS_AND_IMPROVEMENTS,
    SectionRole.OTHER_MATTERS,
]
MAIN_ROLES = {
    "pingtan-2013": ["OVERVIEW", "PROACTIVE_DISCLOSURE", "REQUESTS", "PROBLEMS_AND_IMPROVEMENTS"],
    "pingtan-2015": [
        *("OVERVIEW", "PROACTIVE_DISCLOSURE", "REQUESTS", "FEES", "REVIEW_AND_LITIGATION"),
        *("PROBLEMS_AND_IMPROVEMENTS", "ANNEX"),
    ],
    "pingtan-2018": [
        *("OVERVIEW", "PROACTIVE_DISCLOSURE", "REQUESTS", "REVIEW_AND_LITIGATION", "PROBLEMS_AND_IMPROVEMENTS"),
        "ANNEX",
    ],
    "pingtan-2019": E2_ROLES,
    "pingtan-2021": E2_ROLES,
    "pingtan-2024": E2_ROLES,
    "pingtan-dishui-2013": ["OVERVIEW", "PROACTIVE_DISCLOSURE", "REQUESTS", "OTHER", "REVIEW_AND_LITIGATION", "OTHER"],
    "pingtan-xian-2012": ["OVERVIEW", "PROACTIVE_DISCLOSURE", "REQUESTS", "PROBLEMS_AND_IMPROVEMENTS"],
}


@pytest.mark.shared
@pytest.mark.parametrize(("name", "roles"), MAIN_ROLES.items())
def test_the_main_sections_of_a_report_on_one_line_have_their_roles(name: str, roles: list[str]) -> None:
    raw = (REPORTS / f"{name}.txt").read_text(encoding="utf-8")
    body = Span(raw.index("\n", raw.index("正文 =")) + 1, len(raw))
    found = sections_of(raw, fold(raw), tables=official_tables(raw), body=body)
    assert [section.role for section in found if section.level == 1] == roles
    assert_sound(raw, found)
