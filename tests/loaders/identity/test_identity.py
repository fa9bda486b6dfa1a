"""Who reports what on which year: made-up reports, the owner's titles, and the owner's reports."""

import json
import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders.document import AgencyLevel, AgencyType, Identity, ReportKind, Scope, Span, TableSpan
from loaders.forms.editions import NONE
from loaders.identity.facts import identity_of
from loaders.structure.sections import sections_of
from loaders.structure.titles import kind_by_title, take_apart, title_of
from loaders.text.folding import fold
from loaders.vocabulary import identity as words
from tests.shared import ABSENT, GOLD, IS_THERE, REPORTS

WIDER = str.maketrans("(),:;", "（），：；")


def identify(raw: str, *, tables: tuple[TableSpan, ...] = (), body: Span | None = None, **given_: Any) -> Identity:
    body = body or Span(0, len(raw))
    folded = fold(raw)
    found: dict[str, Any] = {"furniture": {}, "name": "report.txt", "url": None, "edition": NONE} | given_
    return identity_of(raw, folded, sections=sections_of(raw, folded, tables=tables, body=body), body=body, **found)


REPORT = """漳平市财政局2021年政府信息公开工作年度报告
发布时间:2022-01-18 09:30
根据《中华人民共和国政府信息公开条例》(国务院令第711号)和《关于做好年度报告的通知》(漳政办〔2021〕12号)要求编制。
统计期限自2021年1月1日起至2021年12月31日止。
本报告电子版可在网站(http://www.example.gov.cn/cz)下载。
联系地址:漳平市桂林路8号;邮编:364400;电话:0597-1234567;传真:0597-7654321;电子邮箱:cz@example.com。
一、总体情况
公开信息30条。
"""


def test_a_report_is_identified_in_every_part() -> None:
    found = identify(REPORT)
    assert (found.kind, found.title) == (ReportKind.ANNUAL_REPORT, "漳平市财政局2021年政府信息公开工作年度报告")
    assert (found.year, found.period_start, found.period_end) == (2021, "2021-01-01", "2021-12-31")
    assert found.published_on == "2022-01-18"
    assert (found.agency.name, found.agency.region.code, found.scope) == ("漳平市财政局", "350881", Scope.DEPARTMENT)
    assert (found.contact.address, found.contact.postcode) == ("漳平市桂林路8号", "364400")
    assert (found.contact.phone, found.contact.fax) == ("0597-1234567", "0597-7654321")
    assert (found.contact.email, found.contact.website) == ("cz@example.com", "http://www.example.gov.cn/cz")
    assert found.flags == ()


def test_each_finding_quotes_the_text() -> None:
    quoted = {key: REPORT[span.start : span.end] for key, span in identify(REPORT).spans.items()}
    assert quoted == {
        "title": "漳平市财政局2021年政府信息公开工作年度报告",
        "agency": "漳平市财政局",
        "year": "2021年1月1日起至2021年12月31日止",
        "period": "2021年1月1日起至2021年12月31日止",
        "publishedOn": "2022-01-18",
        "address": "漳平市桂林路8号",
        "postcode": "364400",
        "phone": "0597-1234567",
        "fax": "0597-7654321",
        "email": "cz@example.com",
        "website": "http://www.example.gov.cn/cz",
    }


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


@pytest.mark.parametrize(
    ("raw", "title"),
    [
        ("清源县人民政府\n  2023 年政府信息公开工作年度报告\n正文。", "清源县人民政府2023年政府信息公开工作年度报告"),
        ("2025 年清源市财政局政府信息公开\n工作年度报告\n正文。", "2025年清源市财政局政府信息公开工作年度报告"),
        ("清源县审计局2018年度政府信息公开报告根据《条例》要求编制。", "清源县审计局2018年度政府信息公开报告"),
        (
            "首页 年报 清源县2015年政府信息公开工作年度报告 来源:县府办 时间:2016-01-01 根据要求编制。",
            "清源县2015年政府信息公开工作年度报告",
        ),
        ("由清源县审计局编制的2020年政府信息公开年度报告。全文如下。", "2020年政府信息公开年度报告"),
        ("根据要求,形成该《报告》。", None),
    ],
    ids=["two lines", "broken line", "glued", "one-line page", "names itself", "none"],
)
def test_a_title_is_found_however_it_is_printed(raw: str, title: str | None) -> None:
    assert identify(raw).title == title


def test_the_page_title_stands_in_for_a_missing_one() -> None:
    furniture = {"title": "清源县2020年政府信息公开工作年度报告"}
    assert identify("根据要求编制本报告。", furniture=furniture).title == furniture["title"]


def test_a_telling_file_name_is_the_last_resort() -> None:
    assert identify("正文。", name="漳平市审计局2020年政府信息公开年报.docx").agency.name == "漳平市审计局"
    assert identify("正文。", name="scan0001.pdf").title is None


@pytest.mark.parametrize("cue", words.KIND_BY_TITLE, ids=lambda cue: cue.examples[0])
def test_examples_of_titles_show_their_kind(cue: words.Cue) -> None:
    assert {kind_by_title(example) for example in cue.examples} == {ReportKind(cue.value)}


@pytest.mark.parametrize("cue", words.KIND_BY_BODY, ids=lambda cue: cue.examples[0])
def test_examples_of_openings_match_their_cue(cue: words.Cue) -> None:
    assert all(re.search(cue.pattern, example) for example in cue.examples)


@pytest.mark.parametrize("example", words.TITLE_TAIL_EXAMPLES)
def test_examples_of_title_endings_end_a_title(example: str) -> None:
    raw = f"清源县2020年{example}\n正文。"
    found = title_of(raw, Span(0, len(raw)))
    assert found is not None
    assert found.text == f"清源县2020年{example}"


def test_official_tables_make_an_untitled_report_an_annual_report() -> None:
    assert identify("工作情况。", edition="E2").kind is ReportKind.ANNUAL_REPORT
    assert identify("工作情况。").kind is ReportKind.OTHER


@pytest.mark.parametrize(
    ("sentence", "period"),
    [
        ("统计期限自2018年1月1日起至2018年11月20日止", ("2018-01-01", "2018-11-20")),
        ("统计期限为2025\n年 1 月 1 日至 12 月 31 日", ("2025-01-01", "2025-12-31")),
        ("统计时间从2019年1月1日到12月31日止", ("2019-01-01", "2019-12-31")),
        ("数据统计期限:2020-01-01至2020-12-31", ("2020-01-01", "2020-12-31")),
        ("春节假期2020年1月25日至2月3日", (None, None)),
        ("统计期限自2020年13月1日至2020年12月31日", (None, None)),
    ],
)
def test_only_a_declared_period_is_the_period(sentence: str, period: tuple[str | None, str | None]) -> None:
    found = identify(f"根据要求编制。{sentence}。\n一、概述\n文。\n")
    assert (found.period_start, found.period_end) == period


@pytest.mark.parametrize(
    ("raw", "furniture", "year"),
    [
        ("清源县2019年政府信息公开工作年度报告\n统计期限为2018年1月1日至12月31日。", {}, 2018),
        ("清源县2019年政府信息公开工作年度报告\n正文。", {"publishedOn": "2023-01-01"}, 2019),
        ("清源县二○一四年政府信息公开工作年度报告\n正文。", {}, 2014),
        ("正文。", {"publishedOn": "2021-01-20 10:00"}, 2020),
        ("正文。", {}, None),
    ],
    ids=["period", "title", "Chinese numerals", "publication", "none"],
)
def test_the_year_is_the_periods_then_the_titles_then_the_one_before_publication(
    raw: str, furniture: dict[str, str], year: int | None
) -> None:
    assert identify(raw, furniture=furniture).year == year


def test_the_publication_date_is_the_pages_then_the_printed_then_the_sign_offs() -> None:
    signed = "清源县2013年政府信息公开工作年度报告\n一、概述\n文。\n清源县人民政府\n二○一四年一月十日\n"
    assert identify(signed).published_on == "2014-01-10"
    dated = signed.replace("\n一、", "\n来源:县府办 时间:2014-02-01 11:30\n一、")
    assert identify(dated).published_on == "2014-02-01"
    assert identify(dated, furniture={"publishedOn": "2014-03-01"}).published_on == "2014-03-01"
    assert identify("文。", furniture={"createdOn": "2014年3月1日"}).published_on == "2014-03-01"


@pytest.mark.parametrize(
    ("raw", "furniture", "agency"),
    [
        ("漳平市审计局2020年政府信息公开工作年度报告\n由厦门市财政局编制。", {"agency": "厦门市"}, "漳平市审计局"),
        ("2020年政府信息公开工作年度报告\n本报告由厦门市财政局编制。", {"agency": "漳平市审计局"}, "厦门市财政局"),
        ("根据要求编制。", {"agency": "漳平市审计局"}, "漳平市审计局"),
        ("一、概述\n文。\n漳平市人民政府\n2021年1月9日", {}, "漳平市人民政府"),
        ("如有疑问,请与漳平市审计局联系。\n一、概述\n文。", {}, "漳平市审计局"),
        ("一、概述\n文。", {}, None),
    ],
    ids=["title", "maker", "page", "sign-off", "contact", "none"],
)
def test_the_agency_is_taken_from_the_most_telling_place(
    raw: str, furniture: dict[str, str], agency: str | None
) -> None:
    assert identify(raw, furniture=furniture).agency.name == agency


def test_an_open_name_is_completed_by_the_same_name_only() -> None:
    title = "审计局2019年政府信息公开工作年度报告\n"
    assert identify(title + "本局按漳平市审计局要求编制。").agency.name == "漳平市审计局"
    found = identify(title + "本局编制。", furniture={"agency": "漳平市财政局"})
    assert (found.agency.name, found.agency.candidates) == (None, ("审计局",))


@pytest.mark.parametrize(
    ("raw", "scope"),
    [
        ("漳平市2020年政府信息公开工作年度报告\n文。", Scope.REGION_AGGREGATE),
        ("漳平市人民政府2020年政府信息公开工作年度报告\n汇总了各乡镇、市直各部门统计数据。", Scope.REGION_AGGREGATE),
        ("漳平市人民政府2020年政府信息公开工作年度报告\n全市共收到申请3件。", Scope.REGION_AGGREGATE),
        ("漳平市人民政府2020年政府信息公开工作年度报告\n文。", Scope.UNKNOWN),
        ("漳平市人民政府机关2020年政府信息公开工作年度报告\n文。", Scope.GOVERNMENT_SELF),
        ("漳平市人民政府办公室2020年政府信息公开工作年度报告\n文。", Scope.GOVERNMENT_SELF),
        ("漳平市审计局2020年政府信息公开工作年度报告\n文。", Scope.DEPARTMENT),
        ("漳平市审计局2020年政府信息公开工作年度报告\n数据包括局机关及所属各单位。", Scope.SYSTEM_AGGREGATE),
        ("平阳县水头镇2020年政府信息公开工作年度报告\n文。", Scope.TOWNSHIP),
        ("平潭综合实验区管委会2020年政府信息公开工作年度报告\n文。", Scope.ZONE),
        ("元谋县气象局2020年政府信息公开工作年度报告\n文。", Scope.VERTICAL),
        ("文。", Scope.UNKNOWN),
    ],
)
def test_the_scope_tells_whose_figures_a_report_holds(raw: str, scope: Scope) -> None:
    assert identify(raw + "\n一、概述\n文。\n").scope is scope


@pytest.mark.parametrize(
    ("raw", "url", "agency"),
    [
        ("365漳平市人民政府2021年政府信息公开工作年度报告\n文。", None, None),
        ("中国体彩网漳平市公安局2021年政府信息公开工作年度报告\n文。", None, None),
        ("2009年度漳平市審計局政府信息公開年度報(bào)告\n根據條(tiáo)例編制。", None, None),
        ("漳平市审计局2021年政府信息公开工作年度报告\n文。", "https://mirror.example.com/1", "漳平市审计局"),
    ],
    ids=["number in front", "brand", "readings in brackets", "foreign host"],
)
def test_hijacked_copies_are_flagged_and_name_no_agency(raw: str, url: str | None, agency: str | None) -> None:
    found = identify(raw, url=url)
    assert found.flags == ("SUSPECT_MIRROR",)
    assert found.agency.name == agency


def test_an_official_host_is_no_mirror() -> None:
    assert all(identify(REPORT, url=f"https://{host}/a.html").flags == () for host in words.OFFICIAL_HOST_EXAMPLES)


@settings(deadline=None, max_examples=40)
@given(st.sampled_from(["漳平市审计局{}年", "{}年厦门市海沧区教育局", "元谋县{}年度"]), st.integers(2008, 2025))
def test_half_and_full_width_give_the_same_identity(head: str, year: int) -> None:
    raw = (
        f"{head.format(year)}政府信息公开工作年度报告\n统计期限:{year}年1月1日至12月31日。\n"
        "请联系(电话:0597-1234567,邮编:364400)。\n一、概述\n文。\n"
    )
    narrow, wide = identify(raw), identify(raw.translate(WIDER))
    assert (wide.year, wide.agency, wide.scope, wide.contact) == (
        narrow.year,
        narrow.agency,
        narrow.scope,
        narrow.contact,
    )
    assert wide.spans == narrow.spans


@settings(deadline=None)
@given(st.text(alphabet="2020年市县政府信息公开报告第号〔〕《》审计局 \n。,:(1)月日", max_size=200))
def test_any_text_has_an_identity_whose_spans_lie_inside_it(raw: str) -> None:
    found = identify(raw)
    assert all(0 <= span.start <= span.end <= len(raw) for span in found.spans.values())


LEVELS = {
    "department": (None, AgencyType.DEPARTMENT),
    "township": (AgencyLevel.TOWNSHIP, AgencyType.GOVERNMENT),
    "street": (AgencyLevel.TOWNSHIP, AgencyType.SUBDISTRICT_OFFICE),
    "district": (AgencyLevel.COUNTY, AgencyType.GOVERNMENT),
    "city": (AgencyLevel.PREFECTURE, AgencyType.GOVERNMENT),
    "province": (AgencyLevel.PROVINCE, AgencyType.GOVERNMENT),
    "ministry": (AgencyLevel.CENTRAL, AgencyType.CENTRAL),
}
TITLES = json.loads((GOLD / "titles.json").read_text(encoding="utf-8")) if IS_THERE else [{"title": ABSENT}]


@pytest.mark.shared
@pytest.mark.parametrize("entry", TITLES, ids=lambda entry: entry["title"])
def test_a_real_title_tells_year_kind_level_and_agency(entry: dict[str, Any]) -> None:
    found = identify(entry["title"] + "\n")
    assert found.year == entry["year"]
    interpretation = entry["note"].startswith("negative example")
    assert found.kind is (ReportKind.OTHER if interpretation else ReportKind.ANNUAL_REPORT)
    if found.flags:  # readings in brackets: a copy, whose agency is not taken
        assert found.agency.name is None
        return
    level, kind = LEVELS[entry["level"]]
    assert found.agency.type is kind
    assert level is None or found.agency.level is level
    if found.agency.name is None:  # the title leaves the place open
        assert any(
            entry["agency"].endswith(candidate) or candidate == entry["agency"] for candidate in found.agency.candidates
        )
    else:
        assert found.agency.name == entry["agency"]


def test_a_title_is_taken_apart_into_agency_year_and_subject() -> None:
    parts = take_apart("2020年度清源县人民政府信息公开工作年度报告")
    assert (parts.agency, parts.year, parts.subject) == ("清源县人民政府", 2020, "政府信息公开工作年度报告")


SEEDS = {
    "000": ("350200", Scope.DEPARTMENT, ReportKind.ANNUAL_REPORT),
    "001": ("350881", Scope.REGION_AGGREGATE, ReportKind.ANNUAL_REPORT),
    "002": ("370100", Scope.DEPARTMENT, ReportKind.ANNUAL_REPORT),
    "003": ("350205", Scope.REGION_AGGREGATE, ReportKind.WORK_POINTS_STATUS),
    "004": ("532328", Scope.DEPARTMENT, ReportKind.ANNUAL_REPORT),
}


@pytest.mark.shared
@pytest.mark.parametrize("number", SEEDS)
def test_the_metadata_of_a_development_report_is_exact(number: str) -> None:
    gold = json.loads((GOLD / f"narrative-{number}.json").read_text(encoding="utf-8"))
    raw = (REPORTS / gold["file"]).read_text(encoding="utf-8")
    found = identify(raw, name=gold["file"], edition="E2" if gold["tables"] else NONE)
    data = gold["metadata"]
    code, scope, kind = SEEDS[number]
    assert (found.agency.name, found.agency.region.code, found.scope, found.kind) == (data["agency"], code, scope, kind)
    assert (found.title, found.year, found.published_on) == (data["title"], data["year"], data["published"])
    assert (found.period_start, found.period_end) == (data["period_start"], data["period_end"])
    contact = ("address", "postcode", "phone", "fax", "email", "website")
    assert [getattr(found.contact, key) for key in contact] == [data[key] for key in contact]
    assert [document.number for document in found.cited_documents if document.number] == data["document_numbers"]


ON_ONE_LINE = {
    "pingtan-2013": (2013, "平潭综合实验区管理委员会", "2014-01-10"),
    "pingtan-2015": (2015, "平潭综合实验区管理委员会", None),
    "pingtan-2018": (2018, "平潭综合实验区管理委员会", None),
    "pingtan-2019": (2019, "平潭综合实验区管理委员会", None),
    "pingtan-2021": (2021, "平潭综合实验区管理委员会", "2022-02-08"),
    "pingtan-dishui-2013": (2013, "平潭综合实验区地方税务局", "2014-02-25"),
    "pingtan-xian-2012": (2012, "平潭县人民政府", "2013-01-16"),
}


@pytest.mark.shared
@pytest.mark.parametrize("name", ON_ONE_LINE)
def test_reports_on_one_line_tell_year_agency_and_date(name: str) -> None:
    raw = (REPORTS / f"{name}.txt").read_text(encoding="utf-8")
    found = identify(raw, body=Span(raw.index("\n", raw.index("正文 =")) + 1, len(raw)))
    assert found.kind is ReportKind.ANNUAL_REPORT
    assert (found.year, found.agency.name, found.published_on) == ON_ONE_LINE[name]
