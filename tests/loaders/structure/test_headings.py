"""Printed numbers that may begin a heading, and the lines of a page they stand on."""

import pytest

from loaders.document import TableSpan
from tests.loaders.structure.outlined import outline, parse


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


def test_a_heading_begins_at_its_number_not_at_the_markup() -> None:
    raw = "# 一、总体情况\n正文。\n"
    (section,) = parse(raw)
    assert raw[section.start : section.heading_end] == "一、总体情况"


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
