import pytest

from loaders.file_formats.furniture import body_start, header_values, is_furniture, values_in
from loaders.vocabulary import furniture as words


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("索 引 号：QS01-2022-3", {"indexNumber": "QS01-2022-3"}),
        ("发布机构:青石县人民政府办公室", {"agency": "青石县人民政府办公室"}),
        ("来源：青石县政府办 时间：2022-01-20 11:30", {"source": "青石县政府办", "publishedOn": "2022-01-20 11:30"}),
        ("发布时间： 2022年1月20日 浏览次数： 12次", {"publishedOn": "2022年1月20日"}),
        ("[发布日期] ： 2022/1/20", {"publishedOn": "2022/1/20"}),
        ("文号：青政办〔2022〕1号 【字体：大 中 小】", {"documentNumber": "青政办〔2022〕1号"}),
        ("文号: ", {}),
        ("成文日期：待定", {}),
        ("原文链接: https://www.qingshi.gov.cn/a/1.htm", {"url": "https://www.qingshi.gov.cn/a/1.htm"}),
        ("来源：（青石县）政府办 打印 关闭窗口", {"source": "（青石县）政府办"}),
        ("索引号： | QS01 | 发文机关 | 青石县 | 成文日期： |  |", {"indexNumber": "QS01", "agency": "青石县"}),
        ("本报告所列数据的统计时间：2021-01-01", {}),
        ("主动公开信息来源：" + "很长的一段话。" * 30, {}),
    ],
)
def test_values_are_taken_as_printed(line: str, expected: dict[str, str]) -> None:
    assert values_in([line]) == expected


def test_a_value_may_stand_on_the_next_line_but_the_next_label_is_none() -> None:
    assert values_in(["索引号：", "QS01", "文号：", "主题词：", "发布日期：", "2022-01-20"]) == {
        "indexNumber": "QS01",
        "publishedOn": "2022-01-20",
    }


def test_the_first_value_of_a_key_stands() -> None:
    assert values_in(["来源：甲", "来源：乙"]) == {"source": "甲"}


@pytest.mark.parametrize(
    "line",
    [
        "【字体：大 中 小】 打印 关闭窗口",
        "浏览次数：123",
        "分享到： 微信 微博",
        "上一篇：没有了",
        "当前位置：首页 > 政务公开 > 年报",
        "版权所有：青石县人民政府",
        "索引号： | QS01 | 发布机构 | 青石县 |",
        "来源：青石县政府办 时间：2022-01-20",
    ],
)
def test_lines_of_the_page_are_furniture(line: str) -> None:
    assert is_furniture(line)


@pytest.mark.parametrize(
    "line",
    [
        "青石县2021年政府信息公开工作年度报告",
        "一、总体情况",
        "无。",
        "0",
        "规章 | 0 | 0 | 0 |",
        " |  |  |",
        "注：数量含上年结转。",
        "青石县人民政府办公室",
        "2022年1月20日",
        "大力推进政务公开。",
        "主办建议提案20件。",
    ],
)
def test_lines_of_a_report_are_not(line: str) -> None:
    assert not is_furniture(line)


HEADER = "标题: 青石县2021年年报\n发布时间: 2022-01-20 00:00\n文号: \n发布机构: 青石县\n栏目: 年报\n==== 正文 ====\n"


@pytest.mark.parametrize("mark", ["==== 正文 ====", "正文", "--- 正文 ---", "【正文】".strip("【】"), "### 正文："])
def test_the_report_begins_behind_the_line_that_says_so(mark: str) -> None:
    text = f"标题: 甲\n{mark}\n报告全文"
    assert text[body_start(text) :] == "报告全文"


def test_a_text_without_such_a_line_is_a_report_from_its_start() -> None:
    assert body_start("一、总体情况\n正文见附件。\n") == 0


def test_the_values_of_a_header_block_beat_those_below_it() -> None:
    text = HEADER + "来源：乙 时间：2020-02-02\n发布机构：丙\n"
    assert header_values(text, body_start(text)) == {
        "title": "青石县2021年年报",
        "publishedOn": "2022-01-20 00:00",
        "agency": "青石县",
        "column": "年报",
        "source": "乙",
    }


def test_a_page_flattened_into_one_line_gives_source_and_date_only() -> None:
    text = "当前位置： 首页 年报 来源：青石县政府办 时间：2022-01-20 00:00 微信 微博 " + "报告正文。" * 80
    assert header_values(text, 0) == {"source": "青石县政府办", "publishedOn": "2022-01-20 00:00"}


def test_no_label_belongs_to_two_keys() -> None:
    labels = [label for group in words.LABELS.values() for label in group]
    assert len(labels) == len(set(labels))
    assert not set(labels) & set(words.OTHER_LABELS)


def test_meta_names_lead_to_known_keys_and_content_names_are_lower_case() -> None:
    assert set(words.META_NAMES.values()) <= set(words.LABELS)
    assert all(name == name.lower() for name in (*words.META_NAMES, *words.CONTENT_NAMES, *words.NAVIGATION_NAMES))
    assert set(words.LABELS) >= words.DATE_KEYS
