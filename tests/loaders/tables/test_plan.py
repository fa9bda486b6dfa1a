from dataclasses import replace

import pytest

from loaders.forms import Block, Column, Form, Label
from loaders.tables.plan import OTHER, label_key, letters, plan_for
from tests.loaders.tables.toy import FIRST, INCOME, ORCHARD, WEATHER


@pytest.mark.parametrize(
    ("spelling", "key"),
    [
        ("3.危及“三安全一稳定”", "危及三安全一稳定"),
        ("（一）予以公开", "予以公开"),
        ("部分公开（区分处理的，只计这一情形，不计其他情形）", "部分公开"),
        ("本年新 制作\n数量", "本年新制作数量"),
        ("其他法律、行政法规禁止公开", "其他法律行政法规禁止公开"),
    ],
)
def test_labels_are_compared_without_ordinals_guidance_blanks_and_punctuation(spelling: str, key: str) -> None:
    assert label_key(spelling) == key


def test_letters_are_neither_digits_nor_signs() -> None:
    assert letters(" 第2项、(件)\u200b数 3") == "第项件数"


def test_a_row_of_a_matrix_is_a_record_with_the_sums_it_can_answer_alone() -> None:
    plan = plan_for(ORCHARD, FIRST)
    picked = plan.records[0]
    assert picked.paths == ("orchard.picked.red", "orchard.picked.green", "orchard.picked.total")
    assert [(item.rule, item.left, item.right) for item in picked.sums] == [("T2", (0, 1), (2,))]
    assert [crossing.rule for crossing in plan.crossings] == ["T1"] * 3
    assert plan.crossings[0].records == (0, 1, 2, 3, 4)


def test_all_rows_of_a_strip_are_one_record() -> None:
    plan = plan_for(WEATHER, WEATHER.editions[0])
    assert [record.paths for record in plan.records] == [
        ("weather.spring.rain", "weather.spring.sun", "weather.autumn.rain", "weather.autumn.sun")
    ]
    assert plan.by_row == {}


def test_a_spelling_knows_all_that_it_may_name() -> None:
    plan = plan_for(ORCHARD, FIRST)
    by_key = {spelling.key: spelling for spelling in plan.spellings}
    assert by_key["售出"].rows == ((0, 2),)
    assert by_key["售出"].wording == "售出含赠送"
    assert by_key["红果"].columns == (("column", 0, 0),)
    assert by_key["全年去向"].names[0][0] == OTHER


def test_a_block_needs_its_header_where_another_edition_has_other_columns() -> None:
    block = INCOME.editions[0].blocks[0]
    later = Block(block.rows, (*block.columns, Column("tax", Label("税额", "tax"))))
    form = Form("income", INCOME.label, (INCOME.editions[0], replace(INCOME.editions[0], id="Y2", blocks=(later,))))
    assert plan_for(form, form.editions[0]).headed == (True,)
    assert plan_for(INCOME, INCOME.editions[0]).headed == (False,)


def test_a_plan_is_made_once_for_each_edition() -> None:
    assert plan_for(ORCHARD, FIRST) is plan_for(ORCHARD, FIRST)
