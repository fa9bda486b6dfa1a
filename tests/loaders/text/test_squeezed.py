"""Text without blanks, and the way back."""

import re

from hypothesis import given
from hypothesis import strategies as st

from loaders.text.squeezed import Squeezed, squeezed


def compact(folded: str, start: int = 0, end: int | None = None) -> Squeezed:
    return squeezed(folded, start, end, numbers_apart=True)


@given(st.text(alphabet="甲乙12 \n\t\u200b", max_size=40), st.data())
def test_every_character_knows_where_it_came_from(folded: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(folded)))
    end = data.draw(st.integers(start, len(folded)))
    piece = compact(folded, start, end)

    assert [folded[piece.origin(index)] for index, char in enumerate(piece.text) if char != " "] == [
        char for char in piece.text if char != " "
    ]


def test_blanks_and_line_ends_go_but_one_blank_stays_between_numbers() -> None:
    assert compact("公开 信息\n12 件、3 4 个", 0, 16).text == "公开信息12件、3 4个"


def test_a_line_end_between_digits_goes() -> None:
    assert compact("公开12\n95条", 0, 8).text == "公开1295条"


def test_a_span_quotes_the_stretch_as_printed() -> None:
    folded = "公开 12 \n件。"
    piece = compact(folded, 0, len(folded))

    start, end = piece.bounds(2, 5)

    assert folded[start:end] == "12 \n件"


def test_what_is_to_be_dropped_goes_with_the_blanks_around_it() -> None:
    folded = "条 (tiáo) \n例"
    piece = squeezed(folded, drop=re.compile(r"\([a-zá]+\)"))

    assert piece.text == "条例"
    assert piece.bounds(0, 2) == (0, len(folded))
    assert piece.bounds(1, 2) == (len(folded) - 1, len(folded))
