import pytest

from loaders.tables.align import align
from loaders.tables.layouts import mask
from loaders.text.folding import fold
from tests.loaders.tables.toy import HEADER, stretch

LABELS = ["一、本年采摘数量", "二、上年库存数量", "三、全年去向 | (一)售出", "(二)损耗数量", "四、年末库存数量"]


def fillers(text: str) -> dict[str, tuple[int, int] | None]:
    found = stretch(text)
    items = align(mask(fold(text)), found.plan, found.layout, found.hits, found.runs)
    return {found.plan.records[item.record].paths[0].split(".")[1]: item.fillers for item in items}


def table(*cells: str) -> str:
    lines = [f"{label} | {row} |" for label, row in zip(LABELS, cells, strict=True)]
    return HEADER + "\n".join(lines) + "\n"


TRAILING = ("5 | 1 | 6 | ", "1 | 0 | 1 | ", "4 | 1 | 5", "0 | 0 | 0 | ", "2 | 0 | 2 | ")
LEADING = (" | 5 | 1 | 6", " | 1 | 0 | 1", "4 | 1 | 5", " | 0 | 0 | 0", " | 2 | 0 | 2")
BARE = ("5 | 1 | 6", "1 | 0 | 1", "4 | 1 | 5", "0 | 0 | 0", "2 | 0 | 2")


@pytest.mark.parametrize(
    ("cells", "plain", "grouped"),
    [(TRAILING, (0, 1), (0, 0)), (LEADING, (1, 0), (0, 0)), (BARE, (0, 0), (0, 0))],
    ids=["behind", "before", "none"],
)
def test_blanks_beside_spanned_labels_are_told_from_cells(
    cells: tuple[str, ...], plain: tuple[int, int], grouped: tuple[int, int]
) -> None:
    known = fillers(table(*cells))
    assert known["picked"] == known["spoiled"] == plain
    if cells is not BARE:
        assert known["sold"] == grouped


@pytest.mark.parametrize(
    ("plain", "grouped", "padding"),
    [(" |  | {} | ", " |  | {}", (0, 1)), (" |  |  | {}", " |  | {}", (1, 0)), (" |  | {}", " |  | {}", (0, 0))],
    ids=["behind", "before", "none"],
)
def test_a_padded_table_with_nothing_but_totals_tells_its_padding(
    plain: str, grouped: str, padding: tuple[int, int]
) -> None:
    text = table(*(row.format(n) for n, row in enumerate((plain, plain, grouped, plain, plain), 1)))
    known = fillers(text)
    assert (known["picked"], known["sold"]) == (padding, (0, 0))


def test_a_padded_table_with_figures_in_two_columns_and_few_whole_rows_tells_nothing() -> None:
    known = fillers(table(" |  | 1 | ", " | 2 |  | ", " |  | 3", " |  | 4 | ", " |  | 5 | "))
    assert known["picked"] is None


def test_of_a_row_that_is_not_as_wide_as_the_table_nothing_is_known() -> None:
    known = fillers(table("5 | 1 | 6 | ", " | 0 | 1", *TRAILING[2:]))
    assert known["stored"] is None
    assert known["picked"] == (0, 1)


def test_of_a_table_without_one_width_nothing_is_known() -> None:
    known = fillers(table("5 | 1 | 6 | ", "1 | 0 | 1 |  | ", "4 | 1 | 5", "0 | 0", "2 | 0 | 2 | "))
    assert not any(known.values())


def test_of_two_rows_on_one_line_nothing_is_known() -> None:
    text = table(*TRAILING).replace("1 | 0 | 1 |  |\n", "1 | 0 | 1 |  | ")
    assert fillers(text)["stored"] is None


def test_where_cells_are_parted_by_empty_lines_nothing_pads() -> None:
    text = (
        (HEADER + "\n".join(f"{label} | {row} |" for label, row in zip(LABELS, BARE, strict=True)))
        .replace(" | ", "\n\n")
        .replace(" |\n", "\n\n")
        .replace(" |", "\n\n完毕了")
    )
    assert set(fillers(text).values()) == {(0, 0)}
