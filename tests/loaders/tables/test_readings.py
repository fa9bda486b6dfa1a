import pytest

from loaders.tables.align import Aligned
from loaders.tables.balance import Balance
from loaders.tables.cells import Token, TokenKind, token
from loaders.tables.layouts import Run
from loaders.tables.plan import Record, plan_for
from loaders.tables.readings import Origin, Readings, readings_of
from tests.loaders.tables.toy import FIRST, INCOME, ORCHARD

PICKED = plan_for(ORCHARD, FIRST).records[0]
EARNED = plan_for(INCOME, INCOME.editions[0]).records[0]


def pieces(*texts: str) -> tuple[Token, ...]:
    line = " ".join(texts)
    found, start = [], 0
    for text in texts:
        found.append(token(line, start, start + len(text)))
        start += len(text) + 1
    return tuple(found)


def read(
    *texts: str,
    record: Record = PICKED,
    counts_blanks: bool = False,
    glued: bool = False,
    fillers: tuple[int, int] | None = None,
) -> Readings:
    cells = pieces(*texts)
    run = Run(None, cells, cells[0].start, cells[-1].end)
    return readings_of(record, Aligned(0, run, fillers), counts_blanks=counts_blanks, glued=glued)


def options(readings: Readings) -> set[tuple[str, ...]]:
    return {tuple(item.text if item else "?" for item in option) for option in readings.options}


def test_as_many_pieces_as_columns_are_read_as_printed() -> None:
    readings = read("5", "1", "6")
    assert (options(readings), readings.origin, readings.verdict) == ({("5", "1", "6")}, Origin.PRINTED, Balance.HOLDS)


def test_a_row_whose_sum_is_wrong_is_read_as_printed() -> None:
    readings = read("5", "1", "7")
    assert (options(readings), readings.verdict) == ({("5", "1", "7")}, Balance.FAILS)


@pytest.mark.parametrize(
    ("texts", "cut"),
    [
        (("516",), ("5", "1", "6")),
        (("000",), ("0", "0", "0")),
        (("2", "1012"), ("2", "10", "12")),
        (("05", "5"), ("0", "5", "5")),
    ],
    ids=["one digit each", "zeros", "two pieces", "a leading zero is a cell"],
)
def test_glued_digits_are_cut_where_the_sum_of_the_row_allows_it_alone(
    texts: tuple[str, ...], cut: tuple[str, ...]
) -> None:
    readings = read(*texts, glued=True)
    assert (options(readings), readings.origin, readings.verdict) == ({cut}, Origin.CUT, Balance.HOLDS)
    assert readings.rules == ("T2",)


def test_glued_digits_that_can_be_cut_in_several_ways_keep_them_all() -> None:
    assert options(read("11011", glued=True)) == {("1", "10", "11"), ("11", "0", "11")}


def test_glued_digits_without_a_balanced_cut_have_no_reading() -> None:
    assert read("519", glued=True).options == ()


def test_the_figures_of_a_cut_quote_their_place() -> None:
    (option,) = read("516", glued=True).options
    assert [(item.start, item.end) for item in option if item] == [(0, 1), (1, 2), (2, 3)]


def test_where_cells_may_be_lost_every_place_is_a_reading_that_the_sum_allows() -> None:
    readings = read("5", "5")
    assert options(readings) == {("5", "?", "5"), ("?", "5", "5")}
    assert (readings.origin, readings.verdict) == (Origin.LOST, Balance.HOLDS)


def test_a_row_without_its_total_has_readings_of_which_no_sum_speaks() -> None:
    readings = read("5", "1")
    assert options(readings) == {("5", "1", "?")}
    assert (readings.origin, readings.verdict) == (Origin.LOST, Balance.SILENT)


def test_a_surplus_piece_leaves_no_reading() -> None:
    assert read("5", "1", "0", "6").options == ()


def test_where_no_sum_decides_a_glued_amount_stays_open() -> None:
    assert options(read("350", record=EARNED, glued=True)) == {("3", "50"), ("35", "0")}
    assert options(read("+75394.52元", record=EARNED, glued=True)) == {
        ("+75394.52元"[:cut], "75394.52元"[cut - 1 :]) for cut in range(2, 6)
    }


@pytest.mark.parametrize(
    ("texts", "fillers", "row"),
    [
        (("5", "", "5"), (0, 0), ("5", "", "5")),
        (("", "5", "5"), (0, 0), ("", "5", "5")),
        (("5", "", "", ""), (0, 1), ("5", "", "")),
        (("", "5", "", "5"), (1, 0), ("5", "", "5")),
        (("", "", "5", "", "5"), None, ("5", "", "5")),
        (("", "", "", ""), None, ("", "", "")),
    ],
    ids=["whole", "first blank", "padded behind", "padded before", "both ends filled", "all blank"],
)
def test_counted_cells_are_the_row_where_their_number_or_both_ends_tell(
    texts: tuple[str, ...], fillers: tuple[int, int] | None, row: tuple[str, ...]
) -> None:
    readings = read(*texts, counts_blanks=True, fillers=fillers)
    assert (options(readings), readings.origin) == ({row}, Origin.PRINTED)


@pytest.mark.parametrize(
    ("texts", "fillers"),
    [(("5", "", ""), None), (("5", ""), (0, 0)), (("5", "", "", ""), (0, 0)), (("5", "", ""), (0, 1))],
    ids=["padding unknown", "too few", "too many", "one lost before the padding"],
)
def test_counted_cells_of_a_wrong_number_may_stand_anywhere(
    texts: tuple[str, ...], fillers: tuple[int, int] | None
) -> None:
    readings = read(*texts, counts_blanks=True, fillers=fillers)
    assert readings.origin is Origin.LOST
    assert options(readings) == {("5", "?", "?"), ("?", "5", "?"), ("?", "?", "5")}


def test_two_runs_that_claim_one_row_leave_no_reading_unless_they_agree() -> None:
    cells = pieces("5", "1", "6")
    run = Run(None, cells, 0, 5)
    for rival, expected in ((pieces("9", "1", "10"), 0), (pieces("5", "1", "6"), 1)):
        found = readings_of(PICKED, Aligned(0, run, rivals=(rival,)), counts_blanks=False, glued=False)
        assert len(found.options) == expected


def test_too_many_cuts_to_try_are_no_reading() -> None:
    long = "1" * 400
    assert read(long, long, glued=True).options == ()


def test_words_and_marks_are_cells_like_figures() -> None:
    readings = read("5", "/", "5")
    assert readings.origin is Origin.PRINTED
    assert readings.options[0][1] == Token(TokenKind.NOT_APPLICABLE, "/", 2, 3)
