from dataclasses import replace

import pytest

from loaders.tables.hits import Haystack, Hit, without_header_words, without_prose
from loaders.tables.layouts import mask
from loaders.tables.plan import plan_for
from loaders.text.folding import fold
from tests.loaders.tables.toy import FIRST, ORCHARD

PLAN = plan_for(ORCHARD, FIRST)
PICKED, SOLD, SPOILED = (0, 0), (0, 2), (0, 3)


def find(text: str) -> list[Hit]:
    return Haystack(fold(text)).find(PLAN)


@pytest.mark.parametrize(
    "text",
    [
        "本年采摘数量",
        "本年 采摘\u00a0数量",
        "本年采\n摘数量",
        "本\u200b年采摘\ufeff数量",
        "“本年采摘”数量",
        "本年、采摘数量",
    ],
    ids=["as declared", "blanks", "line end", "zero width", "quotes", "punctuation"],
)
def test_a_label_is_found_however_it_is_broken(text: str) -> None:
    (hit,) = find(text)
    assert hit.rows == (PICKED,)
    assert (hit.start, hit.end) == (0, len(text)) or text.startswith("“")


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("0一、本年采摘数量5", "一、本年采摘数量"),
        ("0（二）损耗数量 5", "（二）损耗数量"),
        ("32.损耗数量 5", "2.损耗数量"),
        ("3 2、损耗数量 5", "2、损耗数量"),
        ("其中：损耗数量 5", "其中：损耗数量"),
        ("损耗数量（按重量计）5", "损耗数量（按重量计）"),
        ("损耗数量（指2020年）5", "损耗数量（指2020年）"),
    ],
)
def test_a_hit_takes_the_ordinal_before_and_the_guidance_behind(text: str, printed: str) -> None:
    (hit,) = find(text)
    assert text[hit.start : hit.end] == printed


@pytest.mark.parametrize("text", ["损耗数量(5)", "损耗数量(一)售出"])
def test_figures_and_ordinals_in_brackets_are_no_guidance(text: str) -> None:
    hit = find(text)[0]
    assert text[hit.start : hit.end] == "损耗数量"


def test_a_label_in_the_guidance_of_another_is_no_label() -> None:
    assert [hit.rows for hit in find("售出(含赠送,不计损耗数量) 5")] == [(SOLD,)]


def test_a_label_inside_a_longer_word_names_no_row() -> None:
    (hit,) = find("其他损耗数量 5")
    assert hit.rows == ()


def test_a_label_right_behind_another_label_or_a_figure_is_one() -> None:
    assert [hit.rows for hit in find("售出损耗数量5本年采摘数量")] == [(SOLD,), (SPOILED,), (PICKED,)]


def test_words_that_head_a_column_name_no_row_where_they_alone_lack_their_ordinal() -> None:
    spelling = next(item for item in PLAN.spellings if item.key == "损耗数量")
    double = Hit(
        spelling=type(spelling)("总数", (), ((0, 3),), (("column", 0, 2),), "总数"), start=9, end=11, rows=((0, 3),)
    )
    numbered = [Hit(spelling, 0, 4, (SPOILED,), numbered=True)] * 3
    assert without_header_words([*numbered, double])[-1].rows == ()
    assert without_header_words([Hit(spelling, 0, 4, (SPOILED,))] * 3 + [double])[-1].rows == ((0, 3),)


def test_header_words_beside_a_column_name_no_row_where_labels_have_no_ordinals() -> None:
    column = replace(PLAN.spellings[0], names=(), rows=(), columns=(("column", 0, 1),))
    both = replace(PLAN.spellings[0], names=(), rows=(SOLD,), columns=(("column", 0, 2),))
    header = [Hit(column, 0, 1, ()), Hit(both, 2, 3, (SOLD,)), Hit(both, 4, 5, (SOLD,))]
    rows = [Hit(replace(both, columns=()), 6, 7, (PICKED,)), Hit(both, 8, 9, (SOLD,))]
    assert [hit.rows for hit in without_header_words([*header, *rows])] == [(), (), (), (PICKED,), (SOLD,)]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("本年采摘数量为5吨,售出3吨。\n红果 合计数\n本年采摘数量 5\n售出 3", [PICKED, SOLD]),
        ("本年采摘数量 5\n红果 合计数\n售出 3", [PICKED, SOLD]),
        ("本年采摘数量 5\n售出 3", [PICKED, SOLD]),
        ("三、全年去向见表,其中售出3吨。\n红果 合计数\n本年采摘数量 5\n售出 3", [PICKED, SOLD]),
    ],
    ids=[
        "prose above the table",
        "a row above a header that comes late",
        "no header",
        "prose that begins with a heading",
    ],
)
def test_rows_named_above_the_header_are_prose_if_they_stand_below_it_again(text: str, kept: list[object]) -> None:
    rows = [row for hit in without_prose(mask(fold(text)), find(text)) for row in hit.rows]

    assert rows == kept


def test_a_digit_at_the_end_of_a_line_is_a_cell_and_no_ordinal_of_the_label_below() -> None:
    text = "售出 42\n、\n损耗数量 5"
    assert text[find(text)[1].start :].startswith("损耗数量")
    assert find("售出 42、损耗数量 5")[1].numbered
