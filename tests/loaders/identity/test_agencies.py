"""An agency's name means a region, a level, a type, and one full name; or it stays open, with candidates."""

import pytest

from loaders.document import AgencyLevel, AgencyType
from loaders.identity.agencies import named_agency
from loaders.vocabulary import agencies as words

CASES = [
    ("厦门市行政审批管理局", "厦门市行政审批管理局", "PREFECTURE", "DEPARTMENT", "350200"),
    ("漳平市人民政府", "漳平市人民政府", "COUNTY", "GOVERNMENT", "350881"),
    ("漳平市政府", "漳平市人民政府", "COUNTY", "GOVERNMENT", "350881"),
    ("武汉市", "武汉市人民政府", "PREFECTURE", "GOVERNMENT", "420100"),
    ("阿克苏地区行政公署", "阿克苏地区行政公署", "PREFECTURE", "GOVERNMENT", "652900"),
    ("上海市人民政府办公厅", "上海市人民政府办公厅", "PROVINCE", "GOVERNMENT_OFFICE", "310000"),
    ("洪泽区人民政府", "淮安市洪泽区人民政府", "COUNTY", "GOVERNMENT", "320813"),
    ("蜀山區教育體育局", "合肥市蜀山区教育体育局", "COUNTY", "DEPARTMENT", "340104"),
    ("平阳县水头镇", "平阳县水头镇人民政府", "TOWNSHIP", "GOVERNMENT", "330326"),
    ("东莞市虎门镇人民政府", "东莞市虎门镇人民政府", "TOWNSHIP", "GOVERNMENT", "441900"),
    ("道里区经纬街道办事处", "哈尔滨市道里区经纬街道办事处", "TOWNSHIP", "SUBDISTRICT_OFFICE", "230102"),
    (
        "广州市荔湾区人民政府南源街道办事处",
        "广州市荔湾区人民政府南源街道办事处",
        "TOWNSHIP",
        "SUBDISTRICT_OFFICE",
        "440103",
    ),
    ("内蒙古自治区市场监督管理局", "内蒙古自治区市场监督管理局", "PROVINCE", "DEPARTMENT", "150000"),
    ("国家文物局", "国家文物局", "CENTRAL", "CENTRAL", None),
    ("教育部", "教育部", "CENTRAL", "CENTRAL", None),
    ("国家税务总局", "国家税务总局", "CENTRAL", "CENTRAL", None),
    ("国家税务总局芜湖市镜湖区税务局", "国家税务总局芜湖市镜湖区税务局", "COUNTY", "VERTICAL", "340202"),
    ("国家统计局漳平调查队", "国家统计局漳平调查队", "COUNTY", "VERTICAL", "350881"),
    ("厦门海关", "厦门海关", "PREFECTURE", "VERTICAL", "350200"),
    ("元谋县气象局", "元谋县气象局", "COUNTY", "VERTICAL", "532328"),
    ("厦门市公安局思明分局", "厦门市公安局思明分局", "COUNTY", "BRANCH", "350203"),
    ("新疆生产建设兵团第八师", "新疆生产建设兵团第八师", "PROVINCE", "SPECIAL", "650000"),
    ("平潭综合实验区", "平潭综合实验区管理委员会", "PREFECTURE", "FUNCTIONAL_ZONE", "350128"),
    ("平潭综合实验区管委会", "平潭综合实验区管理委员会", "PREFECTURE", "FUNCTIONAL_ZONE", "350128"),
    ("重庆两江新区管理委员会", "重庆两江新区管理委员会", "PREFECTURE", "FUNCTIONAL_ZONE", "500000"),
    ("合肥高新技术产业开发区管委会", "合肥高新技术产业开发区管理委员会", "PREFECTURE", "FUNCTIONAL_ZONE", "340100"),
    ("上海市浦东新区人民政府", "上海市浦东新区人民政府", "COUNTY", "GOVERNMENT", "310115"),
    ("云溪市", "云溪市人民政府", None, "GOVERNMENT", None),
    ("安平市清源区教育局", "安平市清源区教育局", "COUNTY", "DEPARTMENT", None),
]


@pytest.mark.parametrize(("printed", "name", "level", "kind", "code"), CASES, ids=[case[0] for case in CASES])
def test_a_name_says_where_and_what_an_agency_is(
    printed: str, name: str, level: str | None, kind: str, code: str | None
) -> None:
    named = named_agency(printed, 2020)
    assert named is not None
    agency = named.agency
    assert (agency.name, agency.level, agency.type, agency.region.code) == (name, level, kind, code)
    assert agency.candidates == ()


def test_a_shared_place_name_leaves_candidates_and_no_name() -> None:
    named = named_agency("龙华区审计局", 2018)
    assert named is not None
    assert named.agency.name is None
    assert set(named.agency.candidates) == {"深圳市龙华区审计局", "海口市龙华区审计局"}
    assert named.agency.level is AgencyLevel.COUNTY


@pytest.mark.parametrize(
    ("printed", "context", "name"),
    [
        ("龙华区审计局", "报送深圳市审计局备案", "深圳市龙华区审计局"),
        ("审计局", "请与梅河口市审计局联系", "梅河口市审计局"),
        ("市行政审批服务局", "济南市行政审批服务局官网", "济南市行政审批服务局"),
        ("对坊乡", "由宁都县对坊乡人民政府编制", "宁都县对坊乡人民政府"),
    ],
)
def test_the_words_around_complete_a_name(printed: str, context: str, name: str) -> None:
    named = named_agency(printed, 2020, [context])
    assert named is not None
    assert named.agency.name == name


@pytest.mark.parametrize(
    ("printed", "context"),
    [
        ("审计局", ""),
        ("审计局", "梅河口市审计局与漳平市审计局"),
        ("太平镇", ""),
        ("市行政审批服务局", "某县行政审批服务局"),
        ("开发区管委会", ""),
    ],
)
def test_a_name_that_nothing_completes_stays_open(printed: str, context: str) -> None:
    named = named_agency(printed, 2020, [context])
    assert named is not None
    assert named.agency.name is None
    assert len(named.agency.candidates) == 1


TOWNS = [
    ("太平镇", "地址:四川省古蔺县太平镇", "古蔺县太平镇人民政府", "510525"),
    ("水头镇", "本镇位于南安市东南部", "南安市水头镇人民政府", "350583"),
    ("朝阳乡", "由大竹县人民政府办公室指导", "大竹县朝阳乡人民政府", "511724"),
    ("对坊乡", "", "宁都县对坊乡人民政府", "360730"),
    ("科苑街道", "", "淄博市张店区科苑街道办事处", "370303"),
    ("朝阳区孙河乡", "", "北京市朝阳区孙河乡人民政府", "110105"),
    ("广州市南源街道", "", "广州市荔湾区南源街道办事处", "440103"),
]


@pytest.mark.parametrize(("printed", "context", "name", "code"), TOWNS, ids=[case[0] for case in TOWNS])
def test_a_town_is_found_in_the_county_that_the_words_around_name(
    printed: str, context: str, name: str, code: str
) -> None:
    named = named_agency(printed, 2020, iter([context]))
    assert named is not None
    assert (named.agency.name, named.agency.region.code) == (name, code)
    assert named.agency.region.township
    assert named.agency.level is AgencyLevel.TOWNSHIP


@pytest.mark.parametrize(
    ("printed", "contexts"),
    [
        ("太平镇", ["", ""]),
        ("水头镇", ["南安市和平阳县均有"]),
        ("对坊乡", ["根据漳平市要求编制"]),
        ("栖云镇", ["根据漳平市要求编制"]),
    ],
    ids=["a shared name", "two counties named", "another place named", "in no list"],
)
def test_a_bare_town_name_stays_without_county(printed: str, contexts: list[str]) -> None:
    named = named_agency(printed, 2020, iter(contexts))
    assert named is not None
    assert (named.agency.name, named.agency.candidates) == (None, (printed + "人民政府",))
    assert (named.agency.region.county, named.agency.region.township) == (None, printed)


def test_a_town_lies_in_what_its_county_was_in_the_reports_year() -> None:
    named = named_agency("下管镇", 2009)
    assert named is not None
    assert (named.agency.name, named.agency.region.code) == ("上虞市下管镇人民政府", "330682")


@pytest.mark.parametrize("printed", ["一年", "全县", "市人民政府", "365济南人民政府", ""])
def test_words_that_name_no_agency_yield_none(printed: str) -> None:
    assert named_agency(printed, 2020) is None


def test_a_place_without_a_body_and_a_government_itself_are_told_apart() -> None:
    found = [named_agency(name, 2020) for name in ("厦门市", "厦门市人民政府机关", "厦门市人民政府")]
    assert [(named.place_only, named.itself) for named in found if named] == [
        (True, False),
        (False, True),
        (False, False),
    ]


@pytest.mark.parametrize("body", words.VERTICAL, ids=lambda body: body.examples[0])
def test_examples_of_vertical_bodies_are_vertical(body: words.Body) -> None:
    for example in body.examples:
        named = named_agency(example, 2020)
        assert named is not None
        assert named.agency.type is AgencyType.VERTICAL
