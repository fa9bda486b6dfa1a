import pytest

from loaders.file_formats.canonical import Cell, canonical, placed, row_line, table_lines, tidy


def row(*texts: str) -> list[Cell]:
    return [Cell(index, index + 1, (text,)) for index, text in enumerate(texts)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("  一\u00a0\u3000 二\t", "一 二"),
        ("信息\n  公开", "信息公开"),
        ("2021\n年", "2021 年"),
        ("two\nwords", "two words"),
        ("公\u200b开\ufeff\u00ad", "公开"),
        ("\u00a0", ""),
    ],
)
def test_blanks_fold_and_source_line_ends_between_chinese_vanish(text: str, expected: str) -> None:
    assert tidy(text) == expected


def test_empty_lines_leave_no_trace() -> None:
    assert canonical(["一", " ", "", "二"]) == "一\n二\n"


def test_each_cell_is_followed_by_a_bar_and_blanks_can_be_counted() -> None:
    assert row_line(["规章", "", "", "0"]) == "规章 |  |  | 0 |"
    assert row_line(["", "1"]) == " | 1 |"


@pytest.mark.parametrize("bar", ["|", "｜", "│"])
def test_a_bar_in_a_cell_becomes_a_slash(bar: str) -> None:
    assert table_lines([row(f"增{bar}减", "1")]) == ["增/减 | 1 |"]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (("三", "、", "本", "年"), "三、本年"),
        (("结果", "维持"), "结果 维持"),
        (("1", "2"), "1 2"),
        (("", "0", " "), "0"),
    ],
)
def test_lines_of_a_cell_become_one(lines: tuple[str, ...], expected: str) -> None:
    assert Cell(0, 1, lines).text == expected


def test_a_table_of_one_column_only_frames_its_paragraphs() -> None:
    assert table_lines([[Cell(0, 1, ("一、总体情况", "正文。"))], row("二、其他")]) == [
        "一、总体情况",
        "正文。",
        "二、其他",
    ]


def test_a_row_of_prose_is_not_a_row() -> None:
    prose = "主动公开政府信息的情况。" * 20
    assert table_lines([row("项目", "数量"), row("说明", prose)]) == ["项目 | 数量 |", "说明", prose]


def test_a_long_label_beside_a_number_stays_a_row() -> None:
    label = "规范性文件（指本机关制定的）" * 20
    assert table_lines([row(label, "3")]) == [f"{label} | 3 |"]


def test_spans_move_later_cells_as_in_a_browser() -> None:
    grid = placed([[(2, 2, ("a",)), (1, 1, ("b",))], [(1, 1, ("c",))], [(1, 1, ("d",)), (2, 1, ("e",))]])
    assert [[(cell.left, cell.right) for cell in line] for line in grid] == [
        [(0, 2), (2, 3)],
        [(2, 3)],
        [(0, 1), (1, 3)],
    ]


def labelled(*cells: tuple[int, int, str]) -> list[Cell]:
    return [Cell(left, right, (text,)) for left, right, text in cells]


def values(*texts: str) -> list[tuple[int, int, str]]:
    return [(3 + index, 4 + index, text) for index, text in enumerate(texts)]


WHOLE = labelled((0, 3, "一、新收"), *values("1", "", "", "1"))


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        pytest.param(
            [(0, 1, "（六）其他"), (1, 3, ""), *values("", "0", "", "")], "（六）其他 |  | 0 |  |  |", id="after"
        ),
        pytest.param(
            [(0, 1, ""), (1, 2, ""), (2, 3, "3.其他"), *values("", "", "", "2")], "3.其他 |  |  |  | 2 |", id="before"
        ),
        pytest.param([(0, 1, ""), (1, 3, ""), *values("1", "", "", "")], " |  | 1 |  |  |  |", id="no label left"),
        pytest.param(
            [(0, 2, "（七）总计"), (2, 3, ""), (3, 4, "5")], "（七）总计 |  | 5 |", id="other number of values"
        ),
    ],
)
def test_blanks_among_the_labels_are_not_taken_for_values(cells: list[tuple[int, int, str]], expected: str) -> None:
    assert table_lines([WHOLE, labelled(*cells)])[1] == expected


def test_a_blank_first_value_of_a_table_without_labels_stays() -> None:
    head = row("维持", "纠正", "其他", "未结", "总计")
    assert table_lines([head, row("", "1", "", "", "1")])[1] == " | 1 |  |  | 1 |"
