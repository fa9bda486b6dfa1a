"""The passages of made-up reports, of random texts, and of the owner's reports."""

import json
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders.document import Passage, Span, TableSpan
from loaders.structure.passages import passages_of
from loaders.structure.sections import sections_of
from loaders.text.folding import fold
from loaders.text.squeezed import one_line
from tests.shared import GOLD, REPORTS


def parse(raw: str, tables: tuple[TableSpan, ...] = ()) -> tuple[Passage, ...]:
    body = Span(0, len(raw))
    folded = fold(raw)
    return passages_of(raw, folded, sections_of(raw, folded, tables=tables, body=body), tables=tables, body=body)


def texts(raw: str, tables: tuple[TableSpan, ...] = ()) -> list[str]:
    return [found.text for found in parse(raw, tables)]


def test_headings_on_lines_of_their_own_and_run_in_headings_are_left_out() -> None:
    raw = "一、总体情况\n(一)加强领导。成立了小组。\n全年培训2次。\n"
    assert texts(raw) == ["成立了小组。", "全年培训2次。"]


def test_a_numbered_sentence_and_an_item_keep_their_number() -> None:
    raw = "一、总体情况\n(1)开设专栏,及时发布政策。\n存在不足:一是公开不及时;二是形式单一。\n"
    assert texts(raw) == ["(1)开设专栏,及时发布政策。", "存在不足:", "一是公开不及时;", "二是形式单一。"]


def test_a_numbered_sentence_with_nothing_under_it_is_a_passage_and_a_heading_with_parts_is_none() -> None:
    raw = "一、问题\n1.人员变动频繁。\n2.专区建设不够规范。\n二、做法\n1.加强公开。\n(1)调整清单,按时公布。\n"
    assert texts(raw) == ["1.人员变动频繁。", "2.专区建设不够规范。", "(1)调整清单,按时公布。"]


def test_the_title_the_page_furniture_and_the_sign_off_are_left_out() -> None:
    raw = (
        "清源县审计局2020年政府信息公开工作年度报告\n发布时间:2021-01-20 10:00\n2020年报告.docx\n本局认真编制本报告。\n"
        "一、总体情况\n公开信息30条。\n清源县审计局\n2021年1月20日\n附件下载\n分享:\n"
    )
    assert texts(raw) == ["本局认真编制本报告。", "公开信息30条。"]


def test_tables_and_what_they_leave_behind_are_left_out() -> None:
    raw = "三、收到和处理政府信息公开申请情况\n情况如下:\n甲格 |\n3 |\n0 0 0\n自然人\n总计\n后文一句。\n"
    table = TableSpan("requests", raw.index("甲格"), raw.index("0 0 0"))
    assert texts(raw, (table,)) == ["情况如下:", "后文一句。"]


def test_what_a_word_processor_notes_in_its_text_is_left_out() -> None:
    raw = "<!--[if !supportLists]-->一、<!--[endif]-->总体情况\n<![endif]>公开信息30条。\n<!--[endif]-->\n"
    assert texts(raw) == ["公开信息30条。"]


def test_an_annex_is_left_out() -> None:
    raw = "一、概述\n文一句。\n清源县政府信息公开情况统计表\n指标名称 计量单位 2013年度\n主动公开信息数 条 30\n"
    assert texts(raw) == ["文一句。"]


def test_lines_of_a_page_are_joined_and_page_numbers_between_them_vanish() -> None:
    line = "本局坚持以公开为常态不公开为例外全面推进决策公开执行公开"
    lines = [line] * 9
    raw = "一、总体情况\n" + "\n".join([*lines[:5], "  - 1 -", *lines[5:]]) + "达到2022\n年目标。\n"
    (passage,) = parse(raw)
    assert passage.text == line * 9 + "达到2022年目标。"
    assert raw[passage.start : passage.end].count("- 1 -") == 1


def test_blanks_and_invisible_characters_vanish_from_the_text_but_not_from_the_span() -> None:
    raw = "一、总体情况\n　　全年公开 30\u00a0条,\u200b占比 50%。\n"
    (passage,) = parse(raw)
    assert passage.text == "全年公开30条,占比50%。"
    assert raw[passage.start : passage.end] == "全年公开 30\u00a0条,\u200b占比 50%。"


def test_letters_keep_the_blank_between_them() -> None:
    assert texts("使用 Open Data 平台。\n") == ["使用Open Data平台。"]


def test_each_passage_names_the_innermost_section() -> None:
    raw = "前言一句。\n一、总体情况\n总述。\n(一)主动公开。公开30条。\n"
    assert [(found.id, found.section) for found in parse(raw)] == [("p1", "preamble"), ("p2", "s1"), ("p3", "s1.1")]


@settings(deadline=None)
@given(st.text(alphabet="一二、是(1)2.公开 \n\u00a0。,;|《》条A", max_size=200))
def test_passages_quote_the_text_in_order_and_never_overlap(raw: str) -> None:
    found = parse(raw)
    for passage in found:
        assert 0 <= passage.start < passage.end <= len(raw)
        assert passage.text == one_line(raw[passage.start : passage.end])
        assert passage.text
    assert all(first.end <= second.start for first, second in pairwise(found))


@pytest.mark.shared
@pytest.mark.parametrize("number", ["000", "001", "002", "003", "004"])
def test_every_figure_of_a_development_report_lies_in_a_passage(number: str) -> None:
    gold = json.loads((GOLD / f"narrative-{number}.json").read_text(encoding="utf-8"))
    raw = (REPORTS / gold["file"]).read_text(encoding="utf-8")
    found = parse(raw, tuple(TableSpan("requests", table["start"], table["end"]) for table in gold["tables"]))
    outside = [
        entry["text"]
        for entry in gold["statistics"]
        if not any(passage.start <= entry["start"] and entry["end"] <= passage.end for passage in found)
    ]
    assert outside == []
