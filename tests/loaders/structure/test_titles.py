"""A title is found in a text, and says what kind of report it heads, of whom and on which year."""

import pytest

from loaders.document import ReportKind, Span
from loaders.structure.titles import kind_by_title, take_apart, title_of
from loaders.vocabulary import identity as words


@pytest.mark.parametrize("cue", words.KIND_BY_TITLE, ids=lambda cue: cue.examples[0])
def test_examples_of_titles_show_their_kind(cue: words.Cue) -> None:
    assert {kind_by_title(example) for example in cue.examples} == {ReportKind(cue.value)}


@pytest.mark.parametrize("example", words.TITLE_TAIL_EXAMPLES)
def test_examples_of_title_endings_end_a_title(example: str) -> None:
    raw = f"清源县2020年{example}\n正文。"
    found = title_of(raw, Span(0, len(raw)))
    assert found is not None
    assert found.text == f"清源县2020年{example}"


def test_a_title_is_taken_apart_into_agency_year_and_subject() -> None:
    parts = take_apart("2020年度清源县人民政府信息公开工作年度报告")
    assert (parts.agency, parts.year, parts.subject) == ("清源县人民政府", 2020, "政府信息公开工作年度报告")


@pytest.mark.parametrize(
    ("raw", "title"),
    [
        ("一、清源县2021年政府信息公开工作情况\n正文。", None),
        ("(一)2021年政府信息公开工作情况\n正文。", None),
        ("索引号 | 0144/2018-04 | 分类 | 2017年政府信息公开年报 综合 |\n正文。", None),
        (
            "名称 | 清源县2021年政府信息公开工作年度报告 | 文号 | |\n正文。",
            "清源县2021年政府信息公开工作年度报告",
        ),
    ],
)
def test_a_heading_or_a_row_of_metadata_is_no_title(raw: str, title: str | None) -> None:
    found = title_of(raw, Span(0, len(raw)))
    assert (found.text if found else None) == title
