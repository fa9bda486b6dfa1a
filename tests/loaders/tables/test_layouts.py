import pytest

from loaders.tables.layouts import LAYOUTS, Layout, belongs, layouts_for, mask, parted
from loaders.text.folding import fold
from tests.loaders.tables.toy import HEADER, stretch

ROWS = """\
一、本年采摘数量 | 5 |  | 5 |
二、上年库存数量 | 1 | 0 | 1 |
(一)售出 | 4 | 0 | 4 |
四、年末库存数量 | 2 | 0 | 2 |
"""


def runs(text: str) -> list[list[str]]:
    return [[cell.text for cell in run.cells] for run in stretch(text).runs if run.hit and run.hit.rows]


ONE_A_LINE = (HEADER + ROWS).replace(" | ", " |\n").replace(" |\n |\n", " |\n|\n")
PARAGRAPHS = (HEADER + ROWS).replace("5 |  | 5", "5\n\n\n5").replace(" |\n", "\n\n").replace(" | ", "\n\n")
TABS = (HEADER + ROWS).replace(" | ", "\t").replace("  ", " ").replace(" |", "")
LINES = (HEADER + ROWS).replace("|  |", "| 0 |").replace(" |", "")
TOKENS = LINES.replace(" ", "\n")
MARKDOWN = "\n".join(
    ["| 项目 | 红果 | 青果 | 合计数 |", "|---|---|---|---|", *(f"| {line}" for line in ROWS.splitlines())]
)


@pytest.mark.parametrize(
    ("text", "layout", "blank"),
    [
        (HEADER + ROWS, "row-a-line", ""),
        (MARKDOWN, "row-a-line", ""),
        (ONE_A_LINE, "cell-a-line", ""),
        (TABS, "tabs", ""),
        (PARAGRAPHS, "paragraphs", ""),
        (LINES, "words", "0"),
        (TOKENS, "words", "0"),
    ],
    ids=["bars", "markdown", "one cell a line", "tabs", "paragraphs", "rows of words", "one word a line"],
)
def test_each_layout_gives_the_cells_of_a_row_blanks_included(text: str, layout: str, blank: str) -> None:
    assert stretch(text).layout.id == layout
    assert runs(text) == [["5", blank, "5"], ["1", "0", "1"], ["4", "0", "4"], ["2", "0", "2"]]


@pytest.mark.parametrize("text", [LINES, TOKENS], ids=["rows of words", "one word a line"])
def test_dashes_for_zeros_are_cells_and_dashes_around_a_page_number_are_none(text: str) -> None:
    dashed = text.replace(" 0", " -").replace("\n0", "\n-")
    assert stretch(dashed).layout.id == "words-and-dashes"
    assert runs(dashed) == [["5", "-", "5"], ["1", "-", "1"], ["4", "-", "4"], ["2", "-", "2"]]
    assert stretch(text.replace("5", "- 3 - 5", 1)).layout.id == "words"


def test_glued_digits_stay_one_piece() -> None:
    text = "项目红果青果合计数一、本年采摘数量505二、上年库存数量101（一）售出404四、年末库存数量202六、其他"
    assert runs(text) == [["505"], ["101"], ["404"], ["202"]]


def test_an_entry_of_the_list_is_all_that_a_layout_needs() -> None:
    assert all(isinstance(layout, Layout) for layout in LAYOUTS)
    assert len({layout.id for layout in LAYOUTS}) == len(LAYOUTS)
    for text in ("", "一", "|", "\t", "1\n\n2"):
        assert list(layouts_for(text))


@pytest.mark.parametrize(
    "mark", ["— 5 —", "- 12 -", "第3页", "第 3 页 共 8 页", "3/8", "·7·", "（续表）", "|---|:---:|", "| --- | --- |"]
)
def test_page_marks_and_rules_are_blanked_out_with_their_line(mark: str) -> None:
    text = fold(f"5 |\n{mark}\n0 |")
    masked = mask(text)
    assert len(masked) == len(text)
    assert masked.split() == ["5", "|", "0", "|"]
    assert masked.count("\n") == 1


@pytest.mark.parametrize("cell", ["5", "-5", "——", "/"])
def test_a_cell_on_a_line_of_its_own_is_no_page_mark(cell: str) -> None:
    text = fold(f"本年采摘数量\n{cell}\n5")
    assert mask(text) == text


def test_the_bar_before_the_first_cell_of_a_line_closes_no_cell() -> None:
    assert mask("| a | 1 |\n| b | 2 |\n") == "  a | 1 |\n  b | 2 |\n"


@pytest.mark.parametrize(
    "tail",
    ["，比上年增加2件", "。", "、其他", "\n、其他", "\n，比上年多", "/12", ".", "年", "件申请"],
    ids=["comma", "stop", "list", "torn list", "torn sentence", "page of pages", "broken decimal", "year", "requests"],
)
def test_a_figure_in_a_sentence_is_no_cell(tail: str) -> None:
    assert runs(LINES.replace("售出 4 0 4", f"售出 4 0 4{tail}"))[2] in ([], ["4", "0"])


@pytest.mark.parametrize(
    "cell",
    [".3118", "24.3110\ufffd82", "1e5", "0x10", "4①", "4²", "4[1]", "[4]", "4%", "4余", "4:0", "~4", "A4", "4-0", "№4"],
)
def test_a_figure_is_a_whole_word(cell: str) -> None:
    found = stretch(LINES.replace("售出 4 0 4", f"售出 {cell} 0 4")).runs
    assert [cell.text for run in found for cell in run.cells] == ["5", "0", "5", "1", "0", "1", "0", "4", "2", "0", "2"]


def test_a_figure_takes_nothing_from_the_next_line() -> None:
    text = LINES.replace("四、年末库存数量 2 0 2", "四、年末库存数量 2 0 2\n{}\n")
    for rest in ("件数以年末为准", "(以年末\n3件为准)", "(四)无\n法统计", "元旦期间休市", "(三)"):
        assert runs(text.format(rest))[-1] == ["2", "0", "2"]


def test_a_number_where_the_text_breaks_off_is_no_cell() -> None:
    assert runs(LINES.rstrip())[-1] == ["2", "0"]


def test_a_label_whose_rest_stands_before_the_cells_keeps_them() -> None:
    text = LINES.replace("损耗数量", "").replace("(一)售出 4", "(一)售出 含赠送 4")
    assert ["4", "0", "4"] in runs(text)
    assert ["4", "0", "4"] not in runs(text.replace("含赠送", "不含出口"))


@pytest.mark.parametrize(
    ("words", "fits"), [("", True), ("件", True), ("含赠", True), ("赠含", False), ("出口", False), ("人次", True)]
)
def test_words_before_cells_belong_to_a_label_if_they_are_a_unit_or_its_rest(words: str, fits: bool) -> None:  # noqa: FBT001
    assert belongs(words, "售出含赠送") is fits


def test_words_in_a_line_of_cells_part_it_where_they_are_labels() -> None:
    run = next(
        run
        for run in stretch(HEADER + ROWS.replace("| 4 | 0 | 4 |", "| 4 | 未知项目 | 0 | 4 |")).runs
        if run.hit and run.hit.rows == ((0, 2),)
    )
    first, second = parted(run)
    assert [cell.text for cell in first.cells] == ["4"]
    assert first.hit is run.hit
    assert ([cell.text for cell in second.cells], second.hit, second.words) == (["0", "4"], None, "未知项目")
