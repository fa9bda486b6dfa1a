import json
from dataclasses import replace
from pathlib import Path

import pytest

from loaders.document import CellStatus, Indicator
from loaders.forms import FORMS
from loaders.tables.indicators import IndicatorTable, read_indicators
from loaders.text.folding import fold

SAMPLES = Path(__file__).parents[3] / "loaders" / "samples"
GOLDEN = Path(__file__).parents[2] / "golden" / "samples"
HEAD = "青岚县政府信息公开情况统计表\n指标名称 计量单位 2012年度 历年累计\n"
ROWS = """主动公开信息数 条 120 900
其中：1.政府网站公开数 条 100 700
2.政府公报公开数 条 20 200
受理申请总数 件 3 14
"""


def table(text: str) -> IndicatorTable:
    found = read_indicators(fold(text))
    assert found is not None
    return found


def rows(text: str) -> list[tuple[str, str | None, str | None, float | None, float | None]]:
    return [(item.label, item.parent, item.unit, item.value, item.cumulative) for item in table(text).indicators]


EXPECTED = [
    ("主动公开信息数", None, "条", 120, 900),
    ("政府网站公开数", "主动公开信息数", "条", 100, 700),
    ("政府公报公开数", "主动公开信息数", "条", 20, 200),
    ("受理申请总数", None, "件", 3, 14),
]


@pytest.mark.parametrize(
    "text",
    [
        HEAD + ROWS,
        (HEAD + ROWS).replace(" ", "\n"),
        "\n".join(line.replace(" ", " | ") + " |" for line in (HEAD + ROWS).splitlines()),
        "\n".join("| " + line.replace(" ", " | ") + " |" for line in (HEAD + ROWS).splitlines()),
        "\n".join(f"{word} |" for word in (HEAD + ROWS).split()),
        (HEAD + ROWS).replace("\n", " "),
    ],
    ids=["rows", "one word a line", "bars", "markdown", "one cell a line", "one line"],
)
def test_each_layout_gives_the_same_indicators(text: str) -> None:
    assert rows(text) == EXPECTED


def test_figures_quote_their_place() -> None:
    text = HEAD + ROWS
    assert [text[item.start : item.end] for item in table(text).indicators] == ["120 900", "100 700", "20 200", "3 14"]


def glued(*cells: str) -> list[Indicator]:
    labels = ("主动公开文件数条", "其中：1.网站公开数条", "2.公报公开数条", "受理申请总数条")
    rows = "".join(label + cell for label, cell in zip(labels, cells, strict=True))
    return list(table(f"指标名称计量单位2012年度历年累计{rows}\n").indicators)


def test_two_glued_columns_are_cut_where_one_cut_is_possible() -> None:
    found = glued("00", "00", "00", "01")
    assert [(item.value, item.cumulative, item.status) for item in found] == [
        (0, 0, CellStatus.PLACED), (0, 0, CellStatus.PLACED), (0, 0, CellStatus.PLACED), (0, 1, CellStatus.PLACED),
    ]  # fmt: skip


def test_two_glued_columns_with_several_cuts_stay_open() -> None:
    found = glued("21503042", "00", "00", "00")
    assert (found[0].value, found[0].cumulative, found[0].status) == (None, None, CellStatus.AMBIGUOUS)
    assert found[0].text == "21503042"


def test_a_part_is_at_most_its_whole_which_may_decide_both() -> None:
    found = glued("2121", "1818", "33", "00")
    assert [(item.value, item.cumulative) for item in found] == [(21, 21), (18, 18), (3, 3), (0, 0)]


def test_where_one_row_has_its_cells_apart_a_single_figure_is_not_cut() -> None:
    for single in ("20", "12"):
        found = table(HEAD + ROWS.replace("20 200", single)).indicators
        assert (found[2].value, found[2].cumulative, found[2].status) == (None, None, CellStatus.AMBIGUOUS)


def test_a_figure_where_the_text_breaks_off_is_not_given() -> None:
    assert len(table((HEAD + ROWS).rstrip()).indicators) == 3


def test_a_torn_header_still_tells_that_there_are_two_columns() -> None:
    rows = "主动公开文件数条12345公报公开数条00受理申请总数条00\n"
    torn = table(f"指标名称计量单位2012年度附表累计{rows}")
    assert [item.value for item in torn.indicators] == [None, 0, 0]


def test_the_ordinal_of_the_next_row_is_no_digit_of_the_figure() -> None:
    text = (HEAD + ROWS).replace("\n", "").replace("120 900", "120 9002、补充公开数 条 1 9")
    expected = [("主动公开信息数", None, "条", 120, 900), ("补充公开数", "主动公开信息数", "条", 1, 9)]
    for number in ("2、", "2 、", "2 ."):
        assert rows(text.replace("2、", number))[:2] == expected


def test_a_unit_inside_a_torn_label_ends_no_row() -> None:
    text = (HEAD + ROWS).replace("受理申请总数 件", "当面申请 件 数 件")
    assert rows(text)[-1] == ("当面申请件数", None, "件", 3, 14)


def test_a_code_column_is_no_figure() -> None:
    text = (
        "指标名称 计量单位 代码 本期实际 本年累计\n主动公开信息数 条 01 120 900\n"
        "依申请公开目录数 条 02 7 8\n受理申请总数 件 03 3 14\n"
    )
    assert [row[3:] for row in rows(text)] == [(120, 900), (7, 8), (3, 14)]


def test_blank_cells_and_marks_are_told_from_figures() -> None:
    text = (
        "指标名称 | 计量单位 | 2012年度 | 历年累计 |\n主动公开信息数 | 条 | 120 |  |\n"
        "受理申请总数 | 件 | / | 14 |\n行政复议数 | 件 | 0 | 0 |\n"
    )
    assert [(item.status, item.cumulative_status) for item in table(text).indicators] == [
        (CellStatus.REPORTED, CellStatus.BLANK),
        (CellStatus.NOT_APPLICABLE, CellStatus.REPORTED),
        (CellStatus.REPORTED, CellStatus.REPORTED),
    ]


def test_parents_follow_headings_ordinals_and_of_which() -> None:
    text = """指标名称 单位 数量
一、主动公开情况 ——
（一）主动公开信息数 条 120
其中：规范性文件公开数 条 5
涉农信息公开数 条 6
（二）查阅情况 ——
1.查阅点公开数 个 3
二、申请总数 件 4
"""
    assert [row[:2] for row in rows(text)] == [
        ("主动公开信息数", "主动公开情况"),
        ("规范性文件公开数", "主动公开信息数"),
        ("涉农信息公开数", "主动公开信息数"),
        ("查阅点公开数", "查阅情况"), ("申请总数", None),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "",
        "各项指标名称和单位见附件，2012年度公开信息120条。",
        "指标名称 计量单位 2012年度\n主动公开信息数 条 120\n",
        "指标名称 单位 数量\n苹果 个 3\n梨子 个 4\n桃子 个 5\n",
    ],
    ids=["nothing", "prose", "a single row", "a table of something else"],
)
def test_what_is_no_statistical_annex_gives_nothing(text: str) -> None:
    assert read_indicators(fold(text)) is None


def test_rows_of_the_national_annex_are_left_to_its_form() -> None:
    text = (SAMPLES / "district-government-2016.txt").read_text(encoding="utf-8")
    assert read_indicators(fold(text)) is None
    added = text.replace("二、回应解读情况", "6.农村大喇叭公开政府信息数 条 77\n二、回应解读情况")
    assert rows(added) == [("农村大喇叭公开政府信息数", "通过不同渠道和方式公开政府信息的情况", "条", 77, None)]


@pytest.mark.parametrize("name", ["county-government-2010", "district-government-2016"])
def test_the_indicators_of_the_samples_are_read_exactly(name: str) -> None:
    golden = json.loads((GOLDEN / f"{name}.json").read_text(encoding="utf-8"))["indicators"]
    declaring_nothing = [replace(form, editions=()) for form in FORMS if form.indicators]
    found = read_indicators(fold((SAMPLES / f"{name}.txt").read_text(encoding="utf-8")), declaring_nothing)
    assert found is not None
    assert [{key: getattr(item, key) for key in golden[0]} for item in found.indicators] == golden


@pytest.mark.parametrize("printed", ["1e5", "0x10", "12%", "12①", "12[1]", "12\ufffd3", "9" * 30, "9" * 4_300])
def test_part_of_a_word_or_a_number_beyond_all_figures_is_none(printed: str) -> None:
    for text in (HEAD + ROWS, "\n".join(line.replace(" ", " | ") + " |" for line in (HEAD + ROWS).splitlines())):
        found = read_indicators(fold(text.replace("100", printed)))
        for item in found.indicators if found else ():
            assert item.value in {120, 20, 3, None}
            assert item.cumulative in {900, 700, 200, 14, None}
            assert item.label != "政府网站公开数" or item.value is None
