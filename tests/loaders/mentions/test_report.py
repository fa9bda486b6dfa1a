"""What a report mentions: dates in the year that is certain, documents once each, names; all quoted exactly."""

import pytest

from loaders.document import Mention, MentionKind, Passage, Section, SectionRole, Span
from loaders.identity.cited import cited_documents
from loaders.mentions.report import mentions_of
from loaders.text.folding import fold
from loaders.text.simplified import simplified


def mentioned(text: str, *, year: int | None = 2021, role: SectionRole = SectionRole.OVERVIEW) -> list[Mention]:
    """The mentions of one paragraph of a report on a year."""
    section = Section("s1", None, 1, "一、", "标题", role, 0, 0, len(text))
    folded = fold(text)
    found = mentions_of(
        text,
        folded,
        passages=[Passage("p1", "s1", text, 0, len(text))],
        sections=[section],
        documents=cited_documents(text, simplified(folded), Span(0, len(text))),
        year=year,
    )
    assert all(text[one.start : one.end] == one.text for one in found)
    assert all(one.passage == "p1" for one in found)
    return list(found)


def values(kind: MentionKind, text: str, **report: object) -> list[str | None]:
    return [one.value for one in mentioned(text, **report) if one.kind is kind]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("5月18日开通专栏。", ["2021-05-18"], id="the year of the report"),
        pytest.param("2021年4月2日受理,5月18日答复。", ["2021-04-02", "2021-05-18"], id="the year before it"),
        pytest.param("今年8月建成,去年3月立项。", ["2021-08", "2020-03"], id="words for the year"),
        pytest.param("2020年4月2日受理,5月18日答复。", ["2020-04-02", "2020-05-18"], id="days go on in a year"),
        pytest.param("2020年,县里立项,5月18日建成。", ["2020", None], id="a year alone does not govern"),
        pytest.param("12月20日受理,1月5日答复。", [None, None], id="days that go back"),
        pytest.param("2021年12月20日受理,1月5日答复。", ["2021-12-20", None], id="a day that goes back"),
        pytest.param("每年3月31日前公布年报。", [None], id="every year"),
        pytest.param("下一步,6月底前完成整改。", [None], id="plans"),
        pytest.param("根据2020年4月3日施行的办法,5月18日开通。", ["2020-04-03", None], id="the day of a document"),
        pytest.param("为期3个月,连续6月,2021年2月30日,13月。", [], id="no dates"),
        pytest.param("见www.qinglan.gov.cn/2021/03/09/a.html。", [], id="a date in an address"),
        pytest.param("印发《2021年工作要点》。", [], id="a year in a title"),
    ],
)
def test_a_date_takes_its_year_where_it_is_certain(text: str, expected: list[str | None]) -> None:
    assert values(MentionKind.DATE, text) == expected


def test_a_year_is_not_taken_over_where_it_is_not_known_or_plans_are_made() -> None:
    assert values(MentionKind.DATE, "5月18日开通专栏。", year=None) == [None]
    assert values(MentionKind.DATE, "5月底前完成。", role=SectionRole.PROBLEMS_AND_IMPROVEMENTS) == [None]


def test_periods_are_intervals() -> None:
    text = "1至11月公开9条;2021年1月25至2月3日值班;自2021年1月1日起至12月31日止。"

    assert values(MentionKind.PERIOD, text) == ["2021-01/2021-11", "2021-01-25/2021-02-03", "2021-01-01/2021-12-31"]


def test_a_document_is_mentioned_by_its_title_and_by_its_number() -> None:
    text = "按照《关于印发〈工作要点〉的通知》（青岚政办发[2021] 8 号）和青岚政办发〔2021〕8号的要求。"

    assert [(one.kind.value, one.value, one.title, one.repeated) for one in mentioned(text)] == [
        ("DOCUMENT", "关于印发《工作要点》的通知", "关于印发〈工作要点〉的通知", False),
        ("DOCUMENT_NUMBER", "青岚政办发〔2021〕8号", "关于印发〈工作要点〉的通知", False),
        ("DOCUMENT_NUMBER", "青岚政办发〔2021〕8号", None, True),
    ]


def test_a_title_right_behind_a_number_belongs_to_it() -> None:
    (number,) = [one for one in mentioned("作出〔2021〕第2号《告知书》。") if one.kind is MentionKind.DOCUMENT_NUMBER]

    assert (number.text, number.title) == ("〔2021〕第2号", "告知书")


def test_names_in_titles_are_not_mentioned_apart() -> None:
    text = '印发《深化"放管服"改革工作方案》,推进"放管服"改革,荣获"政务公开示范县"称号,见www.qinglan.gov.cn。'

    assert values(MentionKind.PROGRAMME, text) == ["放管服改革"]
    assert values(MentionKind.AWARD, text) == ["政务公开示范县"]
    assert values(MentionKind.WEBSITE, text) == ["http://www.qinglan.gov.cn"]


def test_traditional_characters_and_line_ends_change_no_value() -> None:
    text = "按照《政府信息公開條例》要求,2021\n年 4 月\n2日開會,總結處務。"

    assert values(MentionKind.DOCUMENT, text) == ["政府信息公开条例"]
    assert values(MentionKind.DATE, text) == ["2021-04-02"]


def test_a_table_mentions_nothing() -> None:
    text = "2021年4月2日 | 12 | www.qinglan.gov.cn"

    assert mentions_of(text, text, passages=(), sections=(), documents=(), year=2021) == ()
