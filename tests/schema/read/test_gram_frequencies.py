"""Which pair of a search is taken for the rarest, over the stock, against counts in plain Python."""

from collections import Counter

import pytest

from loaders.document import Document
from loaders.store.derived_rows import passage_rows
from loaders.text.search_folding import grams, searchable
from schema.read.gram_frequencies import Frequencies
from schema.read.reader import Reader
from schema.request import Limits
from tests.recording import RecordingDatabase


@pytest.fixture
def frequencies(stocked: RecordingDatabase) -> Frequencies:
    """The frequencies of the stock's passages."""
    return Frequencies(Reader(stocked, Limits()), "passages")


@pytest.fixture(scope="session")
def counted(reports: list[Document]) -> Counter[int]:
    """How many passages of the stock have each pair."""
    return Counter(gram for report in reports for row in passage_rows(report) for gram in set(row["grams"]))


async def test_of_the_pairs_of_a_text_one_that_no_other_is_rarer_than_is_taken(
    frequencies: Frequencies, counted: Counter[int], reports: list[Document]
) -> None:
    for report in reports:
        pairs = grams(searchable(report["passages"][0]["text"]))

        assert counted[await frequencies.rarest(pairs)] == min(counted[pair] for pair in pairs)


async def test_a_pair_that_no_passage_has_is_taken_before_all_others(frequencies: Frequencies) -> None:
    common, absent = grams("政府信息"), grams("𠀀𠀁")

    assert await frequencies.rarest([*common, *absent]) == absent[0]


async def test_one_sample_serves_every_search_and_few_pairs_are_counted(
    frequencies: Frequencies, stocked: RecordingDatabase
) -> None:
    for text in ("政府信息", "".join(chr(0x3400 + number) for number in range(60)), "群众来电咨询"):
        await frequencies.rarest(grams(text))

    assert [sent["aggregate"] for sent in stocked.sent if "aggregate" in sent] == ["passages"]
    assert sum("count" in sent for sent in stocked.sent) <= 16
    assert all(sent["cap"] <= 1_000 for sent in stocked.sent if "count" in sent)


async def test_a_search_of_one_pair_asks_for_nothing(frequencies: Frequencies, stocked: RecordingDatabase) -> None:
    assert await frequencies.rarest(grams("公开")) == grams("公开")[0]
    assert stocked.sent == []


async def test_rows_that_a_search_cannot_find_count_for_nothing(database: RecordingDatabase) -> None:
    assert await Frequencies(Reader(database, Limits()), "statistics").rarest([3, 5]) in {3, 5}
