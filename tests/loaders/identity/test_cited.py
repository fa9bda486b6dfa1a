"""Documents that a report cites, told from newspapers and short forms."""

import pytest

from tests.loaders.identity.identified import REPORT, identify


def test_cited_documents_have_titles_numbers_or_both() -> None:
    cited = identify(REPORT).cited_documents
    assert [(document.title, document.number) for document in cited] == [
        ("中华人民共和国政府信息公开条例", "国务院令第711号"),
        ("关于做好年度报告的通知", "漳政办〔2021〕12号"),
    ]
    assert REPORT[cited[1].start : cited[1].end] == "《关于做好年度报告的通知》(漳政办〔2021〕12号"


@pytest.mark.parametrize(
    ("text", "cited"),
    [
        ("《条例》和《清源日报》刊登", []),
        ("作出〔2020〕第002号《告知书》", [(None, "〔2020〕第002号")]),
        ("撤销漳平市林业局〔2020〕第002号", [(None, "〔2020〕第002号")]),
        ("按照闽政办〔2018〕26 号要求", [(None, "闽政办〔2018〕26 号")]),
        ("《监管工作规范(DB35/T 1792-2018)》", [("监管工作规范(DB35/T 1792-2018)", "DB35/T 1792-2018")]),
        ("依据《清源市政府信息公开办法》", [("清源市政府信息公开办法", None)]),
    ],
)
def test_citations_are_told_from_newspapers_and_short_forms(
    text: str, cited: list[tuple[str | None, str | None]]
) -> None:
    assert [(document.title, document.number) for document in identify(text).cited_documents] == cited
