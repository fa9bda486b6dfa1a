from loaders.tables.align import Aligned, align
from loaders.tables.layouts import mask
from loaders.text.folding import fold
from tests.loaders.tables.toy import HEADER, stretch


def rows(text: str) -> dict[str, list[str]]:
    return {plan_row: [cell.text for cell in item.run.cells] for plan_row, item in placed(text).items()}


def placed(text: str) -> dict[str, Aligned]:
    found = stretch(text)
    items = align(mask(fold(text)), found.plan, found.layout, found.hits, found.runs)
    return {found.plan.records[item.record].paths[0].split(".")[1]: item for item in items}


FIVE = [
    "一、本年采摘数量 | 5 | 1 | 6 |",
    "二、上年库存数量 | 1 | 0 | 1 |",
    "(一)售出 | 4 | 1 | 5 |",
    "(二)损耗数量 | 0 | 0 | 0 |",
    "四、年末库存数量 | 2 | 0 | 2 |",
]


def table(*lines: str) -> str:
    return HEADER + "\n".join(lines) + "\n"


def test_each_run_takes_the_row_that_its_label_names() -> None:
    assert list(rows(table(*FIVE))) == ["picked", "stored", "sold", "spoiled", "left"]


def test_rows_in_another_order_are_told_by_their_labels() -> None:
    assert rows(table(FIVE[4], *FIVE[:4]))["left"] == ["2", "0", "2"]


def test_a_run_whose_label_is_torn_takes_the_one_row_left() -> None:
    torn = table(*FIVE[:2], "(一)售 | 4 | 1 | 5 |", *FIVE[3:])
    assert rows(torn)["sold"] == ["4", "1", "5"]


def test_a_run_with_the_label_of_something_else_takes_no_row() -> None:
    assert "sold" not in rows(table(*FIVE[:2], "附加项目说明 | 4 | 1 | 5 |", *FIVE[3:]))


def test_runs_and_rows_that_do_not_match_in_number_are_left_alone() -> None:
    assert "sold" not in rows(table(*FIVE[:2], " | 4 | 1 | 5 |", " | 4 | 0 | 4 |", *FIVE[3:]))


def test_a_row_that_a_page_break_has_parted_is_put_together() -> None:
    assert rows(table(*FIVE[:2], "(一)售出 | 4 |", "— 3 —", "1 | 5 |", *FIVE[3:]))["sold"] == ["4", "1", "5"]


def test_a_row_that_a_repeated_header_has_parted_is_put_together() -> None:
    text = table(*FIVE[:2], "(一)售出 | 4 |", "三、全年去向", "1 | 5 |", *FIVE[3:])
    assert rows(text)["sold"] == ["4", "1", "5"]


def test_a_second_run_with_the_same_label_is_a_rival() -> None:
    twice = placed(table(*FIVE[:3], "(一)售出 | 9 | 9 | 18 |", *FIVE[3:]))["sold"]
    assert [[cell.text for cell in rival] for rival in twice.rivals] == [["9", "9", "18"]]


def test_a_label_without_cells_keeps_its_place_in_the_order() -> None:
    text = table(*FIVE[:3], "(二)损耗数量", *FIVE[4:])
    assert "spoiled" not in rows(text)


def test_figures_that_go_on_behind_a_row_are_remembered() -> None:
    assert placed(table(*FIVE[:4], FIVE[4] + " 7 | 7 | 7 |"))["left"].more is False
    assert placed(table(FIVE[0], " | 7 |", *FIVE[1:]))["picked"].more is True


def test_words_fill_a_cell_if_the_row_then_has_the_right_size() -> None:
    assert rows(table(*FIVE[:4], "四、年末库存数量 | 2 | 未统计 | 2 |"))["left"] == ["2", "未统计", "2"]


def one_cell_a_line(*lines: str) -> str:
    return table(*lines).replace(" | ", " |\n")


def test_a_header_repeated_between_a_label_and_its_cells_takes_none_of_them() -> None:
    text = one_cell_a_line(*FIVE).replace("(一)售出 |\n", "(一)售出 |\n三、全年去向 |\n")
    assert rows(text)["sold"] == ["4", "1", "5"]


def test_a_header_repeated_in_the_middle_of_a_row_parts_it_for_the_eye_only() -> None:
    text = one_cell_a_line(*FIVE).replace("(一)售出 |\n4 |\n", "(一)售出 |\n4 |\n三、全年去向 |\n红果 |\n")
    assert rows(text)["sold"] == ["4", "1", "5"]


def test_cells_behind_two_labels_in_a_row_may_be_of_either() -> None:
    text = (
        one_cell_a_line(*FIVE).replace("(一)售出 |\n", "(一)售出 |\n(二)损耗数量 |\n").replace("(二)损耗数量 |\n0", "0")
    )
    assert placed(text)["spoiled"].astray
