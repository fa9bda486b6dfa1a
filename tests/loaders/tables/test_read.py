import pytest

from loaders.document import CellStatus
from loaders.forms import FORMS, Block, Column, Edition, Form, Label, Row
from loaders.tables.read import read_tables
from loaders.text.folding import fold
from tests.loaders.tables.toy import FIRST, HEADER, INCOME, OFFICIAL, ORCHARD, WEATHER, cells, figures, statuses

ROWS = [
    "一、本年采摘数量 | 5 | 1 | 6 |",
    "二、上年库存数量 | 1 | 0 | 1 |",
    "(一)售出 | 4 | 1 | 5 |",
    "(二)损耗数量 | 0 | 0 | 0 |",
    "四、年末库存数量 | 2 | 0 | 2 |",
]
TABLE = HEADER + "\n".join(ROWS) + "\n"
WHOLE = {"picked": (5, 1, 6), "stored": (1, 0, 1), "sold": (4, 1, 5), "spoiled": (0, 0, 0), "left": (2, 0, 2)}
EVERY = {
    f"orchard.{row}.{column}": value
    for row, values in WHOLE.items()
    for column, value in zip(("red", "green", "total"), values, strict=True)
}
TOY = (ORCHARD,)


def test_every_cell_of_a_form_is_read_with_its_place_in_the_text() -> None:
    assert figures(TABLE, TOY) == EVERY
    assert all(TABLE[cell.start : cell.end] == cell.text for cell in cells(TABLE, TOY).values())


def test_a_text_without_the_table_gives_no_form() -> None:
    assert read_tables(fold("本年采摘数量比上年多，售出和损耗都少，年末库存数量不大。"), TOY) == ()
    assert read_tables("", TOY) == ()


def test_full_width_and_invisible_characters_change_nothing() -> None:
    wide = TABLE.translate({ord(digit): 0xFEE0 + ord(digit) for digit in "0123456789|()"}).replace(
        "数量", "数\u200b量\u00a0"
    )
    assert figures(wide, TOY) == EVERY


@pytest.mark.parametrize(
    ("printed", "status", "value"),
    [
        ("", CellStatus.BLANK, None),
        ("/", CellStatus.NOT_APPLICABLE, None),
        ("—", CellStatus.NOT_APPLICABLE, None),
        ("无", CellStatus.NOT_APPLICABLE, None),
        ("未统计", CellStatus.TEXT, None),
        ("0件", CellStatus.REPORTED, 0),
        ("0（不含赠送）", CellStatus.REPORTED, 0),
    ],
)
def test_what_is_no_figure_is_null_with_its_status(printed: str, status: CellStatus, value: int | None) -> None:
    cell = cells(TABLE.replace("| 2 | 0 | 2 |", f"| 2 | {printed} | 2 |"), TOY)["orchard.left.green"]
    assert (cell.status, cell.value) == (status, value)
    assert cell.note == ("(不含赠送)" if "（" in printed else None)


def test_a_row_that_the_text_lacks_is_missing() -> None:
    found = statuses(HEADER + "\n".join(ROWS[:3] + ROWS[4:]) + "\n", TOY)
    assert {path for path, status in found.items() if status is CellStatus.MISSING} == {
        f"orchard.spoiled.{column}" for column in ("red", "green", "total")
    }


def test_glued_digits_are_placed_by_the_sums_of_the_form() -> None:
    rows = ("一、本年采摘数量5050", "二、上年库存数量000", "(一)售出40040", "(二)损耗数量000", "四、年末库存数量10010")
    text = "果园项目红果青果合计数" + "".join(rows) + "完毕的话"
    found = cells(text.replace("5050", "50050"), TOY)
    assert {path: cell.value for path, cell in found.items() if path.endswith("red")} == {
        "orchard.picked.red": 50, "orchard.stored.red": 0, "orchard.sold.red": 40, "orchard.spoiled.red": 0,
        "orchard.left.red": 10,
    }  # fmt: skip
    assert {cell.status for cell in found.values()} == {CellStatus.PLACED}


def test_lost_cells_leave_what_cannot_be_told_null_and_place_what_a_sum_confirms() -> None:
    text = TABLE.replace("| 4 | 1 | 5 |", "").replace("(一)售出", "(一)售出\n4\n5").replace(" |", "").replace(" ", "\n")
    found = cells(text, TOY)
    assert found["orchard.sold.red"].value is None
    assert found["orchard.sold.red"].status is CellStatus.AMBIGUOUS
    assert found["orchard.sold.red"].text == "4\n5"


def test_a_report_whose_figures_contradict_each_other_is_read_as_printed() -> None:
    text = TABLE.replace("| 4 | 1 | 5 |", "| 4 | 1 | 7 |")
    assert figures(text, TOY)["orchard.sold.total"] == 7
    assert set(statuses(text, TOY).values()) == {CellStatus.REPORTED}


def test_two_rows_under_one_label_that_differ_are_ambiguous() -> None:
    text = TABLE.replace(ROWS[2], ROWS[2] + "\n(一)售出 | 9 | 9 | 18 |")
    assert statuses(text, TOY)["orchard.sold.red"] is CellStatus.AMBIGUOUS


def test_of_two_reports_in_one_file_the_first_is_read() -> None:
    prose = "下面是另一个果园的年度报告，它的数字与上面的无关，读者不应把两者混在一起。" * 5
    second = TABLE.replace(" 5 ", " 95 ").replace(" 6 ", " 96 ")
    assert figures(TABLE + prose + "\n" + second, TOY) == EVERY


def test_prose_that_names_the_rows_beside_the_table_gives_no_figure() -> None:
    prose = "今年售出 400 件，损耗数量 30 件，年末库存数量 7。\n"
    assert figures(prose + TABLE, TOY) == EVERY
    without = figures(prose + TABLE.replace(ROWS[2] + "\n", ""), TOY)
    assert without["orchard.sold.red"] is None


def test_a_strip_is_read_in_one_line_in_one_grid_a_row_and_without_its_header() -> None:
    expected = {
        "weather.spring.rain": 3, "weather.spring.sun": 0, "weather.autumn.rain": 7, "weather.autumn.sun": 12,
    }  # fmt: skip
    one = "春季 | 秋季 |\n雨量 | 日照 | 雨量 | 日照 |\n3 | 0 | 7 | 12 |\n"
    two = "春季 |\n雨量 | 日照 |\n3 | 0 |\n秋季 |\n雨量 | 日照 |\n7 | 12 |\n"
    torn = "春季 | 秋季 |\n雨 日 雨 日\n3 | 0 | 7 | 12 |\n气象合计日照"
    for text in (one, two, one.replace(" |", "").replace(" ", "\n"), torn):
        assert figures(text, (WEATHER,)) == expected


def test_a_note_in_a_cell_of_the_last_line_is_no_end_of_the_table() -> None:
    text = "春季 | 秋季 |\n雨量 | 日照 | 雨量 | 日照 |\n3（含初春） | 0 | 7 | 12 |\n以上为全部数据。\n"
    assert [figures(text, (WEATHER,))[f"weather.{path}"] for path in ("spring.rain", "autumn.sun")] == [3, 12]


def test_a_strip_that_has_lost_a_cell_is_ambiguous() -> None:
    text = "春季 | 秋季 |\n雨量 | 日照 | 雨量 | 日照 |\n3 | 0 | 12 |\n"
    assert set(statuses(text, (WEATHER,)).values()) == {CellStatus.AMBIGUOUS}


def test_signs_and_money_are_read_by_the_kind_of_the_column() -> None:
    found = cells("比上年增减 | 收入金额 |\n果园收入 | -8 | 1,417.05万元 |\n", (INCOME,))
    assert found["income.income.change"].value == -8
    assert found["income.income.amount"].value.yuan == 14170500  # type: ignore[union-attr]


def test_a_column_too_many_is_left_out_where_the_sums_tell_it() -> None:
    text = HEADER + "\n".join(row.replace(" | ", f" | {7 + index} | ", 1) for index, row in enumerate(ROWS))
    assert figures(text + "\n", TOY) == EVERY


def test_a_toy_edition_is_told_by_its_labels_and_read_like_any_other() -> None:
    rows = FIRST.blocks[0].rows
    later = FIRST.revise(
        id="Y2",
        first_year=2005,
        last_year=None,
        blocks=(
            Block(
                (*rows, Row("lent", Label("五、外借数量", "lent"))),
                (*FIRST.blocks[0].columns, Column("weight", Label("总重量", "weight"))),
            ),
        ),
        rules=(),
    )
    form = Form("orchard", ORCHARD.label, (FIRST, later))
    text = HEADER.replace("合计数 |", "合计数 | 总重量 |") + "\n".join(
        [*(row + f" {index} |" for index, row in enumerate(ROWS)), "五、外借数量 | 1 | 1 | 2 | 9 |"]
    )
    (old,) = read_tables(fold(TABLE), (form,))
    (new,) = read_tables(fold(text + "\n"), (form,))
    assert (old.edition, new.edition) == ("Y1", "Y2")
    assert {cell.path: cell.value for cell in new.cells}["orchard.lent.weight"] == 9
    assert {cell.path: cell.value for cell in new.cells}["orchard.sold.weight"] == 2


def test_without_the_header_an_edition_with_other_columns_is_not_guessed() -> None:
    block = INCOME.editions[0].blocks[0]
    taxed = Edition("Y2", 2005, None, (Block(block.rows, (block.columns[0], Column("tax", Label("税额", "tax")))),))
    form = Form("income", INCOME.label, (INCOME.editions[0], taxed))
    assert not any(figures("果园收入 | 3 | 5 |\n果园收入", (form,)).values())


def test_a_table_cut_off_in_the_middle_of_a_number_does_not_give_the_half_of_it() -> None:
    words = TABLE.replace(" |", "").replace("四、年末库存数量 2 0 2", "四、年末库存数量 2 0 21")
    assert figures(words.rstrip()[:-1], TOY)["orchard.left.total"] is None


def test_a_block_under_the_header_of_another_edition_is_read_by_that_header() -> None:
    text = OFFICIAL.replace(
        "本年处理决定数量 |\n行政许可 | 435 |", "上一年项目数量 | 本年增/减 | 处理决定数量 |\n行政许可 | 7 | -2 | 435 |"
    )
    found = figures(text)
    licensing = [
        found[f"proactiveDisclosure.licensing.{name}"] for name in ("previousYearItems", "change", "decisions")
    ]
    assert licensing == [7, -2, 435]
    assert found["proactiveDisclosure.penalties.decisions"] == 33
    assert read_tables(fold(text), FORMS)[0].edition == "E3"


def test_cells_under_a_header_with_fewer_columns_stand_where_it_says() -> None:
    text = OFFICIAL.replace(" | 本年废止件数", "").replace("| 1 | 0 | 9 |", "| 1 | 9 |").replace("| 34 |", "|")
    found = cells(text)
    rows = [
        [found[f"proactiveDisclosure.{row}.{name}"] for name in ("issuedThisYear", "repealedThisYear", "inForce")]
        for row in ("regulations", "normativeDocuments")
    ]
    assert [[cell.value for cell in row] for row in rows] == [[1, None, 9], [21, None, 138]]
    assert rows[0][1].status is CellStatus.MISSING


def test_a_header_that_names_a_column_of_its_own_tells_nothing() -> None:
    text = OFFICIAL.replace("本年废止件数", "备注").replace("| 1 | 0 | 9 |", "| 1 | 9 |").replace("| 34 |", "|")
    assert figures(text)["proactiveDisclosure.regulations.inForce"] is None


def test_a_table_that_only_the_second_report_of_a_file_has_is_not_taken_for_the_first() -> None:
    prose = "下面是另一个果园的年度报告，它的数字与上面的无关，读者不应把两者混在一起。" * 5 + "\n"
    strip = "春季 | 秋季 |\n雨量 | 日照 | 雨量 | 日照 |\n3 | 0 | 7 | 12 |\n"
    forms = (ORCHARD, WEATHER)
    assert set(figures(TABLE + prose + TABLE + strip, forms)) == set(EVERY)
    assert len(figures(TABLE + strip + prose + TABLE, forms)) == len(EVERY) + 4


def test_digits_are_not_cut_where_blank_cells_have_vanished() -> None:
    rows = ("一、本年采摘数量50151", "二、上年库存数量11", "(一)售出5050", "(二)损耗数量11", "四、年末库存数量101")
    found = figures("果园项目红果青果合计数" + "".join(rows) + "完毕的话", TOY)
    assert {found[f"orchard.{row}.{column}"] for row in ("picked", "left") for column in ("red", "green")} == {None}
