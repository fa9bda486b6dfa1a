import pytest

from loaders.document import CellStatus
from loaders.tables.displaced import Displaced, displaced_in
from loaders.tables.layouts import mask
from loaders.text.folding import fold
from tests.loaders.tables.toy import HEADER, ORCHARD, cells, figures, statuses, stretch

TOY = (ORCHARD,)
LABELS = ("一、本年采摘数量", "二、上年库存数量", "(一)售出", "(二)损耗数量", "四、年末库存数量")
FIGURES = ((5, 1, 6), (1, 0, 1), (3, 1, 4), (1, 0, 1), (2, 0, 2))
NAMES = ("picked", "stored", "sold", "spoiled", "left")
EVERY = {
    f"orchard.{name}.{column}": value
    for name, row in zip(NAMES, FIGURES, strict=True)
    for column, value in zip(("red", "green", "total"), row, strict=True)
}


def bars(row: tuple[int, ...]) -> str:
    return " | ".join(map(str, row)) + " |\n"


def table(*, first: tuple[int, ...] = (), lost: int | None = None) -> str:
    """The rows, of those in `first` the labels before all their cells; the cells of one of them lost."""
    text = HEADER
    for place, label in enumerate(LABELS):
        if place not in first:
            text += f"{label} | {bars(FIGURES[place])}"
        elif place == first[-1]:
            text += f"{label} |\n" + "".join(bars(FIGURES[item]) for item in first if item != lost)
        else:
            text += f"{label} |\n"
    return text


def layouts(text: str) -> list[str]:
    plain = text.replace(" |\n", "\n")
    return [text, plain.replace(" | ", "\t"), plain.replace(" | ", " "), plain.replace(" | ", "\n")]


def displaced(text: str) -> list[Displaced]:
    return list(displaced_in(mask(fold(text)), stretch(text)))


def test_labels_on_the_lines_of_their_cells_are_not_displaced() -> None:
    assert [displaced(text) for text in layouts(table())] == [[], [], [], []]


@pytest.mark.parametrize("first", [(0, 1), (1, 2), (2, 3), (3, 4), (1, 2, 3)])
def test_rows_behind_as_many_labels_are_theirs_in_order_if_the_sums_hold(first: tuple[int, ...]) -> None:
    for text in layouts(table(first=first)):
        assert {path: value for path, value in figures(text, TOY).items() if value != EVERY[path]} == {}


def test_rows_behind_as_many_labels_are_open_if_no_sum_proves_them() -> None:
    text = table(first=(2, 3)).replace(LABELS[4] + " | 2 | 0 | 2 |\n", "")
    found = statuses(text, TOY)
    assert {found[f"orchard.{name}.total"] for name in ("sold", "spoiled")} == {CellStatus.AMBIGUOUS}
    assert found["orchard.picked.total"] is CellStatus.REPORTED


@pytest.mark.parametrize("lost", [2, 3])
def test_of_two_labels_before_one_row_neither_has_it_if_no_sum_tells(lost: int) -> None:
    for text in layouts(table(first=(2, 3), lost=lost)):
        found = figures(text, TOY)
        assert [found[f"orchard.{name}.total"] for name in ("sold", "spoiled")] == [None, None]
        assert found["orchard.left.total"] == 2


def test_an_empty_row_casts_no_doubt_on_the_next_one_on_its_line() -> None:
    text = table().replace(" | 3 | 1 | 4 |", " |")
    assert figures(text, TOY)["orchard.spoiled.total"] == 1


def test_more_rows_than_labels_are_nobodys() -> None:
    text = table(first=(2, 3)).replace("1 | 0 | 1 |\n四", "1 | 0 | 1 |\n7 | 7 | 14 |\n四")
    found = figures(text, TOY)
    assert [found[f"orchard.{name}.total"] for name in ("sold", "spoiled")] == [None, None]


def below() -> str:
    return HEADER + "".join(f"{bars(row)}{label} |\n" for label, row in zip(LABELS, FIGURES, strict=True))


def test_labels_below_their_rows_are_told_by_the_sums() -> None:
    for text in layouts(below() + "完毕的话\n"):
        assert figures(text, TOY) == EVERY


def test_labels_below_their_rows_that_no_sum_tells_are_open() -> None:
    text = below().replace("5 | 1 | 6 |", "9 | 9 | 18 |")
    found = cells(text, TOY)
    assert {found[f"orchard.{name}.red"].status for name in ("stored", "sold")} == {CellStatus.AMBIGUOUS}


def test_rows_that_prose_names_keep_their_cells() -> None:
    prose = "其中本年采摘数量、上年库存数量、损耗数量详见下表\n"
    for text in layouts(table()):
        assert figures(prose + text, TOY) == EVERY
