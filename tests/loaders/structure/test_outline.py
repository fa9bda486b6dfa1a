"""Which printed numbers are headings, and where their titles end, in made-up and random outlines."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders.forms import narrative
from tests.loaders.structure.outlined import FULL_REPORT, WIDER, main_roles, outline, parse


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


@pytest.mark.parametrize("before", ["<!--[endif]-->", "<!--[if !supportLists]--><!--[endif]-->", "<![endif]>"])
def test_a_heading_behind_what_a_word_processor_notes_is_one(before: str) -> None:
    lines = FULL_REPORT.splitlines(keepends=True)
    noted = "".join([lines[0], *(before + line for line in lines[1:])])
    assert outline(noted) == outline(FULL_REPORT)
    assert [section.role for section in parse(noted)] == [section.role for section in parse(FULL_REPORT)]


@pytest.mark.parametrize("between", ["", " ", ":", "\u3000"])
def test_a_heading_and_its_first_part_may_stand_on_one_line(between: str) -> None:
    assert outline(FULL_REPORT.replace("总体情况\n(一)", f"总体情况{between}(一)")) == outline(FULL_REPORT)


@pytest.mark.parametrize("bracket", [")", "）"])
def test_a_number_may_have_half_a_bracket(bracket: str) -> None:
    found = outline(FULL_REPORT.replace("(一)", "一" + bracket).replace("(二)", "二" + bracket))
    assert [entry[1] for entry in found if entry[0] == 2] == ["一)", "二)"]
    assert [(level, title) for level, _, title in found] == [(level, title) for level, _, title in outline(FULL_REPORT)]


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


def test_a_gap_and_a_restart_of_numbers_are_tolerated() -> None:
    raw = (
        "一、概述\n(一)甲方面\n文。\n(三)乙方面\n文。\n1.子项\n文。\n2.子项\n文。\n1.又一项\n文。\n二、主动公开\n文。\n"
    )
    assert [entry[1] for entry in outline(raw)] == ["一", "(一)", "(三)", "1", "2", "1", "二"]


def test_a_list_inside_a_section_opens_no_main_section() -> None:
    raw = "一、总体情况\n主要做了:一、抓部署,二、抓落实。\n二、主动公开政府信息情况\n文。\n"
    assert [entry[2] for entry in outline(raw) if entry[0] == 1] == ["总体情况", "主动公开政府信息情况"]


def test_paired_items_need_their_second() -> None:
    assert outline("我们一要坚持,一以贯之。\n") == []
    assert [entry[1] for entry in outline("今后一要抓学习;二要抓落实。\n工作要求:一要抓学习;二要抓落实。\n")][-2:] == [
        "一要",
        "二要",
    ]


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
