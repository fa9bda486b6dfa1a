"""The statistics of whole passages: the table of sentences, and what must hold for any text made of them."""

import re
from dataclasses import dataclass
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders.document import Passage, Statistic
from loaders.statistics.report import statistics_of
from loaders.text.folding import fold
from tests.loaders.statistics.stated import statistics_in

LINE_END = "⏎"
WIDE = str.maketrans({chr(code): chr(code + 0xFEE0) for code in range(0x21, 0x7F)})


@dataclass(frozen=True)
class Case:
    sentence: str
    statistics: tuple[str, ...]


def read_cases(path: Path) -> list[Case]:
    blocks = re.split(r"\n{2,}", path.read_text(encoding="utf-8").strip())[1:]
    rows = [block.split("\n") for block in blocks]
    return [Case(first.replace(LINE_END, "\n"), tuple(line.strip() for line in rest)) for first, *rest in rows]


CASES = read_cases(Path(__file__).parent / "sentences.txt")
SENTENCES = [case.sentence for case in CASES if case.sentence.endswith("。")]


def described(statistic: Statistic) -> str:
    value = statistic.value
    number = "-".join(map(str, value)) if isinstance(value, tuple) else str(value)
    kind = "ZERO" if statistic.implied else str(statistic.qualifier)
    cells = [statistic.text.replace("\n", LINE_END), f"{number} {statistic.unit or '-'}", kind, statistic.label or "-"]
    return " | ".join([*cells, str(statistic.change)] if statistic.change else cells)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.sentence[:24])
def test_a_sentence_states_its_statistics(case: Case) -> None:
    assert tuple(described(statistic) for statistic in statistics_in(case.sentence)) == case.statistics


def test_the_table_has_sentences_with_and_without_statistics() -> None:
    assert len(CASES) >= 120
    assert sum(not case.statistics for case in CASES) >= 10


texts = st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=6)


@given(texts)
@settings(max_examples=150, deadline=None)
def test_spans_quote_the_text_in_order_and_never_overlap(sentences: list[str]) -> None:
    raw = "".join(sentences)
    done = 0
    for statistic in statistics_in(raw):
        assert raw[statistic.start : statistic.end] == statistic.text
        assert statistic.start >= done
        done = statistic.end
        if statistic.label is not None:
            assert raw[statistic.label_start : statistic.label_end].replace("\n", "") == statistic.label


@given(texts, st.data())
@settings(max_examples=150, deadline=None)
def test_taking_out_a_sentence_takes_out_exactly_its_statistics(sentences: list[str], data: st.DataObject) -> None:
    taken = data.draw(st.integers(0, len(sentences) - 1))
    expected = [
        printed for index, sentence in enumerate(sentences) if index != taken for printed in printed_in(sentence)
    ]

    assert printed_in("".join(sentences[:taken] + sentences[taken + 1 :])) == expected


def printed_in(raw: str) -> list[tuple[str, object, str | None, str]]:
    return [(item.text, item.value, item.unit, str(item.qualifier)) for item in statistics_in(raw)]


@given(st.sampled_from(CASES))
@settings(max_examples=len(CASES), deadline=None)
def test_full_width_text_says_the_same_as_half_width_text(case: Case) -> None:
    wide = case.sentence.translate(WIDE)

    assert [folded(item) for item in statistics_in(wide)] == [folded(item) for item in statistics_in(case.sentence)]


def folded(item: Statistic) -> tuple[object, ...]:
    return (fold(item.text), item.value, item.unit, item.qualifier, item.change, fold(item.label or ""), item.implied)


@given(
    st.text(
        alphabet='0123456789,.%一二两三十百万亿半件条个年月日从至到占其中余多近超(){}《》"。、;:/-~ \n', max_size=80
    )
)
@settings(max_examples=400, deadline=None)
def test_any_text_is_read_without_failing(raw: str) -> None:
    for statistic in statistics_in(raw):
        assert raw[statistic.start : statistic.end] == statistic.text


def test_nothing_is_read_outside_the_passages() -> None:
    raw = "收到申请3件。|0|13|件|办结申请2件。"
    passages = [Passage("p1", None, raw[:7], 0, 7), Passage("p2", None, raw[15:], 15, len(raw))]

    assert [item.text for item in statistics_of(raw, fold(raw), passages=passages, sections=[])] == ["3件", "2件"]


def test_a_number_broken_by_a_line_end_is_one_number_and_its_span_the_raw_slice() -> None:
    raw = "全年主动公开信息12\n95 条。"

    (statistic,) = statistics_in(raw)

    assert (statistic.value, statistic.text) == (1295, "12\n95 条")


HOSTILE = (
    "1",
    "一",
    "1,",
    "1、",
    "《",
    '"',
    "(",
    "占",
    "近百",
    "从1%",
    "2020年",
    "其中5件、",
    "未收到",
    "a@",
    "1.",
    "+",
    "半",
)


@pytest.mark.parametrize("unit", HOSTILE)
def test_time_grows_with_the_text_and_not_faster(unit: str) -> None:
    raw = unit * (60_000 // len(unit))

    began = process_time()
    statistics_in(raw)

    assert process_time() - began < 6, "a hundred thousand characters a second would take less"
