"""Divisions are found under the name and code that were valid in the report's year."""

import pytest

from loaders.document import AgencyLevel, Region
from loaders.identity.regions import (
    division_of_code,
    divisions_by_short_name,
    divisions_named,
    leading_divisions,
    short_name,
)


def codes(name: str, year: int | None) -> list[str]:
    return [division.code for division in divisions_named(name, year)]


@pytest.mark.parametrize(
    ("name", "year", "code"),
    [
        ("漳平市", 2020, "350881"),
        ("厦门市", 2020, "350200"),
        ("元谋县", 2018, "532328"),
        ("莱芜市", 2017, "371200"),
        ("莱芜区", 2020, "370116"),
        ("襄樊市", 2009, "420600"),
        ("襄阳市", 2019, "420600"),
        ("下城区", 2020, "330103"),
        ("临平区", 2022, "330113"),
        ("龙港市", 2021, "330383"),
        ("米林市", 2024, "540481"),
        ("米林县", 2013, "542623"),
        ("上虞市", 2009, "330682"),
        ("仙桃市", 2020, "429004"),
        ("神农架林区", 2020, "429021"),
        ("石河子市", 2020, "659001"),
        ("香港特别行政区", 2020, "810000"),
        ("阿拉善盟", 2020, "152900"),
        ("平潭县", None, "350128"),
    ],
)
def test_a_name_has_the_code_of_the_reports_year(name: str, year: int | None, code: str) -> None:
    assert codes(name, year) == [code]


@pytest.mark.parametrize(
    ("short", "name"),
    [
        ("楚雄州", "楚雄彝族自治州"),
        ("长阳县", "长阳土家族自治县"),
        ("内蒙古", "内蒙古自治区"),
        ("新疆", "新疆维吾尔自治区"),
    ],
)
def test_autonomous_divisions_are_known_by_their_customary_names(short: str, name: str) -> None:
    assert [division.name for division in divisions_named(short, 2020)] == [name]


def test_a_shared_name_yields_every_place_that_has_it() -> None:
    assert codes("鼓楼区", 2020) == ["320106", "320302", "350102", "410204"]


def test_an_unknown_name_yields_none() -> None:
    assert codes("云溪市", 2020) == []


@pytest.mark.parametrize(
    ("name", "expected", "length"),
    [
        ("福建省厦门市海沧区教育局", ["350205"], 9),
        ("厦门市行政审批管理局", ["350200"], 3),
        ("市中区政府", ["370103", "370402", "511002", "511102"], 3),
        ("济南市市中区政府", ["370103"], 6),
        ("吉林省吉林市", ["220200"], 6),
        ("重庆市綦江区农业农村委员会", ["500110"], 6),
        ("审计局", [], 0),
    ],
)
def test_a_name_is_read_from_the_outermost_division_inwards(name: str, expected: list[str], length: int) -> None:
    divisions, taken = leading_divisions(name, 2020)
    assert ([division.code for division in divisions], taken) == (expected, length)


@pytest.mark.parametrize(
    ("name", "region"),
    [
        ("海沧区", Region("350205", "福建省", "厦门市", "海沧区")),
        ("厦门市", Region("350200", "福建省", "厦门市")),
        ("福建省", Region("350000", "福建省")),
        ("黄浦区", Region("310101", "上海市", None, "黄浦区")),
        ("仙桃市", Region("429004", "湖北省", None, "仙桃市")),
    ],
)
def test_a_region_names_what_contains_it(name: str, region: Region) -> None:
    (division,) = divisions_named(name, 2020)
    assert division.region() == region


def test_levels_follow_the_code_and_only_districts_are_districts() -> None:
    levels = {name: divisions_named(name, 2020)[0].level for name in ("福建省", "厦门市", "海沧区", "漳平市")}
    assert list(levels.values()) == [
        AgencyLevel.PROVINCE,
        AgencyLevel.PREFECTURE,
        AgencyLevel.COUNTY,
        AgencyLevel.COUNTY,
    ]
    assert divisions_named("海沧区", 2020)[0].is_district
    assert not divisions_named("漳平市", 2020)[0].is_district


def test_a_division_lies_in_what_contains_it_alone() -> None:
    (district,), (city,), (other,) = (divisions_named(name, 2020) for name in ("海沧区", "厦门市", "福州市"))
    assert district.lies_in(city)
    assert not district.lies_in(other)
    assert not city.lies_in(city)


def test_a_short_name_means_the_highest_division_that_has_it() -> None:
    assert [division.name for division in divisions_by_short_name("吉林", 2020)] == ["吉林省"]
    assert [division.name for division in divisions_by_short_name("漳平", 2020)] == ["漳平市"]
    assert short_name(divisions_named("楚雄彝族自治州", 2020)[0]) == "楚雄"


def test_a_code_finds_its_division() -> None:
    assert division_of_code("350881", 2020) == divisions_named("漳平市", 2020)[0]
    assert division_of_code("999999", 2020) is None
