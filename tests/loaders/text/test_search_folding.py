"""Folding for a search, and the pairs that an index holds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.text.search_folding import LONGEST, aligned, grams, place, searchable, visible

INT32 = range(-(2**31), 2**31)
TIES = 2**48


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        pytest.param("政府信息公開", "政府信息公开", id="traditional"),
        pytest.param("裡裏里", "里里里", id="variants of one character"),
        pytest.param("ＡＢＣ１２３％", "abc123%", id="full width"),
        pytest.param("APP与App", "app与app", id="capital letters"),
        pytest.param("依 申\u3000请\n公\u200b开", "依申请公开", id="blanks and invisible characters"),
        pytest.param("“放管服”", '"放管服"', id="quotes"),
        pytest.param("ΑΣ Σ", "ασσ", id="a letter that has two small forms"),
        pytest.param("\x00公\ud800开", "公开", id="what no database can hold"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_a_text_is_folded(text: str, folded: str) -> None:
    assert searchable(text) == folded


@given(st.text())
def test_folding_keeps_the_length_and_the_place_of_each_character(text: str) -> None:
    folded, seen = searchable(text), visible(text)

    assert len(aligned(text)) == len(text)
    assert [aligned(text)[seen.origin(index)] for index in range(len(folded))] == list(folded)


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert searchable(searchable(text)) == searchable(text)


@given(st.text(), st.data())
def test_a_part_of_a_text_has_no_pair_that_the_text_lacks(text: str, data: st.DataObject) -> None:
    start, end = sorted(data.draw(st.tuples(*[st.integers(0, len(text))] * 2)))

    assert set(grams(searchable(text[start:end]))) <= set(grams(searchable(text)))


@given(st.text(alphabet="公开政府a1𠀀"))
def test_pairs_are_sorted_32_bit_integers_each_once(folded: str) -> None:
    found = grams(folded)

    assert found == sorted(set(found))
    assert all(gram in INT32 for gram in found)


def test_no_two_pairs_of_usual_characters_are_one() -> None:
    letters = "公开政府信息a1，。龥一"

    assert len({gram for one in letters for other in letters for gram in grams(one + other)}) == len(letters) ** 2


def test_places_sort_by_length_then_in_a_fixed_order() -> None:
    places = [place("r/1", "公开"), place("r/2", "公开"), place("r/1", "公开了")]

    assert places[0] != places[1]
    assert max(places[:2]) < places[2]
    assert places[0] == place("r/1", "开公")
    assert place("r/1", "公" * (LONGEST + 9)) // TIES == LONGEST
