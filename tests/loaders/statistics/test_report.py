"""The figures of whole passages: the table of sentences, and what must hold for any text made of them."""

import re
from dataclasses import dataclass
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders.document import Passage, Section, SectionRole, Statistic
from loaders.statistics.report import statistics_of
from loaders.text.folding import fold

LINE_END = "⏎"
WIDE = str.maketrans({chr(code): chr(code + 0xFEE0) for code in range(0x21, 0x7F)})


@dataclass(frozen=True)
class Case:
    sentence: str
    figures: tuple[str, ...]


def read_cases(path: Path) -> list[Case]:
    blocks = re.split(r"\n{2,}", path.read_text(encoding="utf-8").strip())[1:]
    rows = [block.split("\n") for block in blocks]
    return [Case(first.replace(LINE_END, "\n"), tuple(line.strip() for line in rest)) for first, *rest in rows]


CASES = read_cases(Path(__file__).parent / "sentences.txt")
SENTENCES = [case.sentence for case in CASES if case.sentence.endswith("。")]


def statistics_in(raw: str, *, sections: tuple[Section, ...] = ()) -> tuple[Statistic, ...]:
    passage = Passage("p1", "s1", raw, 0, len(raw))
    return statistics_of(raw, fold(raw), passages=[passage], sections=sections)


def described(statistic: Statistic) -> str:
    value = statistic.value
    number = "-".join(map(str, value)) if isinstance(value, tuple) else str(value)
    kind = "ZERO" if statistic.implied else str(statistic.qualifier)
    cells = [statistic.text.replace("\n", LINE_END), f"{number} {statistic.unit or '-'}", kind, statistic.label or "-"]
    return " | ".join([*cells, str(statistic.change)] if statistic.change else cells)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.sentence[:24])
def test_a_sentence_states_its_figures(case: Case) -> None:
    assert tuple(described(statistic) for statistic in statistics_in(case.sentence)) == case.figures


def test_the_table_has_sentences_with_and_without_figures() -> None:
    assert len(CASES) >= 120
    assert sum(not case.figures for case in CASES) >= 10


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
def test_taking_out_a_sentence_takes_out_exactly_its_figures(sentences: list[str], data: st.DataObject) -> None:
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


def test_a_label_never_reaches_back_into_a_heading() -> None:
    raw = "(一)主动公开数量公开信息45条。"
    heading = Section("s1", None, 2, "(一)", "主动公开数量", SectionRole.OTHER, 0, 9, len(raw))

    assert [item.label for item in statistics_in(raw, sections=(heading,))] == ["公开信息"]


def test_a_number_broken_by_a_line_end_is_one_number_and_its_span_the_raw_slice() -> None:
    raw = "全年主动公开信息12\n95 条。"

    (statistic,) = statistics_in(raw)

    assert (statistic.value, statistic.text) == (1295, "12\n95 条")


def test_a_label_broken_by_a_line_end_is_given_in_one_line() -> None:
    raw = "主动公开行政规范性\n文件 34 件。"

    (statistic,) = statistics_in(raw)

    assert statistic.label == "主动公开行政规范性文件"
    assert raw[statistic.label_start : statistic.label_end] == "主动公开行政规范性\n文件"


PERIODS = {
    "a year governs the sentence": ("2020年受理申请3件,办结2件。", ["2020年", "2020年"]),
    "a period ends at a semicolon": ("全年受理申请3件;公开信息9条。", ["全年", None]),
    "a breakdown goes on through semicolons": ("全年受理9件,其中网上申请4件;信函申请5件。", ["全年", "全年", "全年"]),
    "a sentence of parts keeps the period of its whole": ("全年受理9件。其中网上申请4件。", ["全年", "全年"]),
    "a comparison is no period": ("全年受理9件,比去年同期增长12%。", ["全年", "全年"]),
    "the start of a change has its own": ("公开率从年初的50%提高到90%。", ["年初", None]),
    "the total of all years": ("2020年受理9件,历年累计70件。", ["2020年", "历年累计"]),
    "until a day": ("截至2019年11月底注册用户80人。", ["截至2019年11月底"]),
    "a year inside a title is no period": ("执行《2018年工作要点》任务9项。", [None]),
    "a frequency": ("公报每季度印500份。", ["每季度"]),
}


@pytest.mark.parametrize(("raw", "expected"), PERIODS.values(), ids=PERIODS.keys())
def test_the_explicit_phrase_of_time_governs(raw: str, expected: list[str | None]) -> None:
    assert [statistic.period for statistic in statistics_in(raw)] == expected


WHOLES = {
    "parts after 其中": ("公开信息9条,其中文件类4条,动态类5条。", [None, 0, 0]),
    "parts in the next sentence": ("公开信息9条。其中文件类4条,动态类5条。", [None, 0, 0]),
    "parts in brackets": ("办理提案9件(人大建议4件、政协提案5件),信件7件。", [None, 0, 0, None]),
    "a bracket inside a breakdown": ("受理9件,其中办结7件(含上年2件),在办2件。", [None, 0, 1, 0]),
    "a part never exceeds its whole": ("公开信息9条,其中文件类4条,访问量50条。", [None, 0, None]),
    "parts out of them": ("5486个社区中5429个建立站点。", [None, 0]),
    "the total of all years is no part": ("受理9件,其中网上4件,历年累计3件。", [None, 0, None]),
    "a share is no part": ("公开率90%,其中文件类40%。", [None, None]),
    "what was finished is part of what came": ("受理办件30件,办结办件28件。", [None, 0]),
    "what stands beside is no part": ("答复申请9件(含上年2件,另有3件顺延)。", [None, 0, None]),
}


@pytest.mark.parametrize(("raw", "expected"), WHOLES.values(), ids=WHOLES.keys())
def test_a_part_points_to_its_whole(raw: str, expected: list[int | None]) -> None:
    assert [statistic.part_of for statistic in statistics_in(raw)] == expected


def test_the_whole_of_a_part_is_an_index_within_the_report() -> None:
    raw = "受理5件。未收到投诉。公开信息9条,其中文件类4条。"

    statistics = statistics_in(raw)

    assert statistics[statistics[-1].part_of or 0].text == "9条"


CONTEXTS = {
    "占比 is completed by what it is a share of": ("文件类4条,占比40%。", ("占比", "文件类")),
    "占 takes the label of what it measures": ("文件类4条,占40%。", ("文件类", "占")),
    "a daily average says of what": ("接待来访90人次,日均3人次。", ("日均", "接待来访")),
}


@pytest.mark.parametrize(("raw", "expected"), CONTEXTS.values(), ids=CONTEXTS.keys())
def test_a_generic_label_has_its_context(raw: str, expected: tuple[str, str]) -> None:
    last = statistics_in(raw)[-1]

    assert (last.label, last.context) == expected


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
