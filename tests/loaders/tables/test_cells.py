import pytest

from loaders.document import Amount
from loaders.forms import Kind
from loaders.tables.cells import TokenKind, token, value_of
from loaders.text.folding import fold


def read(text: str, kind: Kind = Kind.COUNT, unit: str | None = None) -> object:
    folded = fold(text)
    return value_of(token(folded, 0, len(folded)), kind=kind, unit=unit)


@pytest.mark.parametrize(
    ("text", "kind", "number", "unit"),
    [
        ("12", TokenKind.NUMBER, 12, None),
        ("１２", TokenKind.NUMBER, 12, None),
        ("1,234", TokenKind.NUMBER, 1234, None),
        ("0件", TokenKind.NUMBER, 0, "件"),
        ("+19", TokenKind.NUMBER, 19, None),
        ("-156", TokenKind.NUMBER, -156, None),
        ("－8", TokenKind.NUMBER, -8, None),
        ("190.457379", TokenKind.NUMBER, 190.457379, None),
        ("1417.05万元", TokenKind.NUMBER, 1417.05, "万元"),
        ("22\n(其中修订16件)", TokenKind.NUMBER, 22, None),
        ("", TokenKind.BLANK, None, None),
        (" \u3000\u200b\n", TokenKind.BLANK, None, None),
        ("/", TokenKind.NOT_APPLICABLE, None, None),
        ("——", TokenKind.NOT_APPLICABLE, None, None),
        ("无", TokenKind.NOT_APPLICABLE, None, None),
        ("见附件", TokenKind.TEXT, None, None),
        ("约100", TokenKind.TEXT, None, None),
        ("1,23", TokenKind.TEXT, None, None),
        ("5%", TokenKind.TEXT, None, None),
    ],
)
def test_a_cell_is_a_number_a_blank_a_mark_or_words(
    text: str, kind: TokenKind, number: float | None, unit: str | None
) -> None:
    folded = fold(text)
    item = token(folded, 0, len(folded))
    assert (item.kind, item.number, item.unit) == (kind, number, unit)


def test_a_run_of_digits_beyond_all_numbers_is_words() -> None:
    assert token("1" * 5_000, 0, 5_000).kind is TokenKind.TEXT
    assert token("1" * 5_000 + ".5", 0, 5_002).kind is TokenKind.TEXT


@pytest.mark.parametrize("text", ["9" * 16, "9" * 30, "-" + "9" * 16, "9" * 400 + ".5", "1" * 4_300])
def test_a_number_beyond_what_a_figure_can_be_is_no_value(text: str) -> None:
    assert [read(text, kind) for kind in Kind] == [None, None, None]
    assert read("9" * 15) == 10**15 - 1


@pytest.mark.parametrize(("text", "kind"), [("12万元", Kind.COUNT), ("3亿元", Kind.CHANGE), ("5件", Kind.MONEY)])
def test_a_unit_of_another_kind_than_the_column_makes_no_value(text: str, kind: Kind) -> None:
    assert read(text, kind) is None


@pytest.mark.parametrize(
    "text",
    [".311082", "24252.3110\ufffd82", "1e5", "0x10", "1.2.3", "5①", "5²", "[5]", "5[1]", "3/8", "5:3", "№5", "3+5"],
)
def test_what_is_not_wholly_a_number_is_words(text: str) -> None:
    folded = fold(text)
    assert token(folded, 0, len(folded)).kind is TokenKind.TEXT


@pytest.mark.parametrize(
    ("text", "number"), [("减4", -4), ("减少12项", -12), ("增3", 3), ("增加 1,024", 1024), ("↓2", -2), ("减0", 0)]
)
def test_a_change_in_words_is_a_change_and_no_count(text: str, number: int) -> None:
    assert token(fold(text), 0, len(text)).text == text
    assert [read(text, kind) for kind in (Kind.CHANGE, Kind.COUNT, Kind.MONEY)] == [number, None, None]


def test_a_token_quotes_the_text_without_the_blanks_around_it() -> None:
    folded = fold("规章 |\u00a0 12 \n| 5")
    item = token(folded, 4, 10)
    assert folded[item.start : item.end] == "12"


def test_something_invisible_inside_a_number_is_no_part_of_it() -> None:
    folded = fold("1\u200b2")
    assert token(folded, 0, 3).number == 12


@pytest.mark.parametrize(
    ("text", "header_unit", "expected"),
    [
        ("251000元", None, Amount(251000, "元", 251000)),
        ("1417.05万元", None, Amount(1417.05, "万元", 14170500)),
        ("2亿元", "万元", Amount(2, "亿元", 200000000)),
        ("316441", "万元", Amount(316441, "万元", 3164410000)),
        ("0.06", "万元", Amount(0.06, "万元", 600)),
        ("8", None, Amount(8, None, None)),
        ("/", "万元", None),
        ("无收费", "万元", None),
    ],
)
def test_money_takes_its_unit_from_the_cell_else_from_the_header(
    text: str, header_unit: str | None, expected: Amount | None
) -> None:
    assert read(text, Kind.MONEY, header_unit) == expected


def test_a_count_that_is_no_count_is_given_as_printed() -> None:
    assert read("-3") == -3
    assert read("2.5") == 2.5
