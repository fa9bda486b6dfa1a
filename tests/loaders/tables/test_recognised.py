import re
from collections.abc import Mapping

import pytest

from loaders.document import CellStatus, CellValue
from loaders.file_formats.model import SourceText
from loaders.file_formats.recognised import Certainty, Recognised
from loaders.pipeline import parse
from loaders.tables.read import read_tables
from loaders.tables.recognised import SURE, with_certainty
from loaders.text.folding import fold
from tests.loaders.tables.toy import HEADER, ORCHARD

ONCE, TWICE = Certainty(0.95), Certainty(0.95, repeated=True)
ROWS = {
    "一、本年采摘数量": (5, 1, 6),
    "二、上年库存数量": (1, 0, 1),
    "(一)售出": (4, 1, 5),
    "(二)损耗数量": (0, 0, 0),
    "四、年末库存数量": (2, 0, 2),
}
REPORTED, READ = CellStatus.REPORTED, CellStatus.READ


def text_of(rows: Mapping[str, tuple[object, ...]]) -> str:
    return HEADER + "".join(f"{label} | {' | '.join(map(str, cells))} |\n" for label, cells in rows.items())


def read(
    rows: Mapping[str, tuple[object, ...]], certainty: Certainty, others: Mapping[int, Certainty] | None = None
) -> dict[str, CellValue]:
    """The cells of a table every word of which was recognised with `certainty`, but for the nth figures of `others`."""
    text = text_of(rows)
    words = [match.span() for match in re.finditer(r"(?<=\| )[^|\n]+(?= \|)", text)]
    figures = [span for span in words if span[0] > len(HEADER)]
    recognised = [
        Recognised(start, end, (others or {}).get(index, certainty)) for index, (start, end) in enumerate(figures)
    ]
    tables = with_certainty(read_tables(fold(text), (ORCHARD,)), recognised, (ORCHARD,))
    return {cell.path.removeprefix("orchard."): cell for table in tables for cell in table.cells}


def changed(row: str, *cells: object) -> dict[str, tuple[object, ...]]:
    return {**ROWS, row: cells}


def test_text_that_was_not_read_from_a_picture_is_left_alone() -> None:
    tables = read_tables(fold(text_of(ROWS)), (ORCHARD,))
    assert with_certainty(tables, (), (ORCHARD,)) == tables
    outside = (Recognised(0, 2, ONCE),)
    assert with_certainty(tables, outside, (ORCHARD,)) == tables


def test_sums_confirm_what_they_add_up_and_say_so() -> None:
    found = read(ROWS, ONCE)
    assert (found["picked.red"].status, found["picked.red"].value) == (REPORTED, 5)
    assert found["picked.red"].rules == ("T1", "T2")
    assert found["picked.red"].confidence == 0.95
    assert (found["stored.green"].status, found["stored.green"].value) == (
        READ,
        None,
    )  # only zeros and copies beside it


def test_a_second_reading_confirms_what_no_sum_adds_up() -> None:
    found = read(ROWS, TWICE)
    assert {cell.status for cell in found.values()} == {REPORTED}
    assert found["stored.green"].rules == ()
    assert found["stored.green"].value == 0


def test_a_figure_that_only_its_copy_repeats_is_not_proved() -> None:
    found = read({label: (7, 0, 7) if label[0] in "一四" else (0, 0, 0) for label in ROWS}, ONCE)
    assert {cell.status for cell in found.values()} == {READ}
    assert {cell.value for cell in found.values()} == {None}
    assert found["picked.red"].text == "7"


def test_a_misread_figure_has_no_value_and_its_neighbours_keep_theirs() -> None:
    found = read(changed("(一)售出", 9, 1, 5), TWICE)
    assert (found["sold.red"].status, found["sold.red"].value, found["sold.red"].text) == (READ, None, "9")
    assert {path for path, cell in found.items() if cell.status is not REPORTED} == {"sold.red"}


def test_where_a_sum_fails_and_no_other_holds_nothing_is_believed() -> None:
    found = read(changed("(一)售出", 9, 1, 5), ONCE)
    assert found["sold.red"].status is READ
    assert found["sold.green"].status is READ  # its row fails: its column alone does not outweigh that


def test_a_doubtful_figure_is_not_believed_for_being_read_alike_twice() -> None:
    doubtful = Certainty(SURE - 0.01, repeated=True)
    found = read(ROWS, TWICE, {4: doubtful})
    assert (found["stored.green"].status, found["stored.green"].value) == (READ, None)
    assert found["stored.green"].confidence == doubtful.confidence


@pytest.mark.parametrize(("printed", "status"), [("", "BLANK"), ("/", "NOT_APPLICABLE"), ("未统计", "TEXT")])
def test_what_is_no_figure_keeps_its_status(printed: str, status: str) -> None:
    assert read(changed("四、年末库存数量", 2, printed, 2), ONCE)["left.green"].status == status


def test_the_stored_figure_of_a_form_is_null_until_it_is_confirmed() -> None:
    text = text_of({label: (7, 0, 7) if label[0] in "一四" else (0, 0, 0) for label in ROWS})
    source = SourceText(
        text, "image/png", None, {}, "0" * 64, 1, (0, len(text)), recognised=(Recognised(0, len(text), ONCE),)
    )
    document = parse(source, name="a.png", forms=(ORCHARD,))
    assert document["orchard"]["picked"] == {"red": None, "green": None, "total": None}
    assert document["source"]["ocr"] is True
    (cell,) = [cell for cell in document["cells"] if cell["path"] == "orchard.picked.red"]
    assert (cell["value"], cell["text"], cell["status"], cell["confidence"]) == (None, "7", "READ", 0.95)
    assert {check["status"] for check in document["checks"] if check["rule"] == "T1"} == {"NOT_ASSESSABLE"}
