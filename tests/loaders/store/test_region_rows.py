"""Which regions a report tells: the chain of its agency's region, with codes as far as GB/T 2260 has them."""

from typing import Any

import pytest

from loaders.document import RegionLevel
from loaders.store.region_rows import level_of, region_id, region_rows

NAMES = ("province", "prefecture", "county", "township")


def region(code: str | None, *names: str | None) -> dict[str, Any]:
    """A region of an agency: its code, and its names from the province inwards."""
    return {"code": code, **dict(zip(NAMES, (*names, *[None] * 4), strict=False))}


def rows(stored: dict[str, Any]) -> list[tuple[str, str, str | None]]:
    return [(row["level"], row["name"], row["code"]) for row in region_rows({"agency": {"region": stored}})]


@pytest.mark.parametrize(
    ("stored", "expected"),
    [
        pytest.param(
            region("350881", "福建省", "龙岩市", "漳平市"),
            [("PROVINCE", "福建省", "350000"), ("PREFECTURE", "龙岩市", "350800"), ("COUNTY", "漳平市", "350881")],
            id="a county of a prefecture",
        ),
        pytest.param(region("350000", "福建省"), [("PROVINCE", "福建省", "350000")], id="a province"),
        pytest.param(
            region("110105", "北京市", None, "朝阳区"),
            [("PROVINCE", "北京市", "110000"), ("COUNTY", "朝阳区", "110105")],
            id="a district right under a municipality",
        ),
        pytest.param(
            region("429004", "湖北省", None, "仙桃市"),
            [("PROVINCE", "湖北省", "420000"), ("COUNTY", "仙桃市", "429004")],
            id="a county-level city right under a province",
        ),
        pytest.param(
            region("350881", "福建省", "龙岩市", "漳平市", "南洋镇"),
            [
                ("PROVINCE", "福建省", "350000"),
                ("PREFECTURE", "龙岩市", "350800"),
                ("COUNTY", "漳平市", "350881"),
                ("TOWNSHIP", "南洋镇", "350881"),
            ],
            id="a township has the code of its county",
        ),
        pytest.param(
            region("441900", "广东省", "东莞市", None, "石龙镇"),
            [("PROVINCE", "广东省", "440000"), ("PREFECTURE", "东莞市", "441900"), ("TOWNSHIP", "石龙镇", "441900")],
            id="a town of a city without counties",
        ),
        pytest.param(
            region(None, None, "澜川市", "望舒区"),
            [("PREFECTURE", "澜川市", None), ("COUNTY", "望舒区", None)],
            id="an invented place, whose province nobody tells",
        ),
        pytest.param({"county": "青岚县"}, [("COUNTY", "青岚县", None)], id="a county alone"),
        pytest.param(region(None), [], id="nothing known"),
        pytest.param({}, [], id="nothing stored"),
    ],
)
def test_each_region_that_the_names_tell_is_a_row(
    stored: dict[str, Any], expected: list[tuple[str, str, str | None]]
) -> None:
    assert rows(stored) == expected


def test_each_row_names_the_one_above_it_and_the_names_down_to_its_own() -> None:
    found = region_rows({"agency": {"region": region("350881", "福建省", "龙岩市", "漳平市")}})

    assert [row["parent"] for row in found] == [None, found[0]["_id"], found[1]["_id"]]
    assert [[row[name] for name in NAMES] for row in found] == [
        ["福建省", None, None, None],
        ["福建省", "龙岩市", None, None],
        ["福建省", "龙岩市", "漳平市", None],
    ]
    assert [row["_id"] for row in found] == [region_id(row) for row in found]
    assert [level_of(row) for row in found] == list(RegionLevel)[:3]


def test_one_name_in_two_places_is_two_regions() -> None:
    places = [region(None, "北京市", None, "朝阳区"), region(None, "霁南省", None, "朝阳区"), region(None, "朝阳区")]

    assert len({region_id(place) for place in places}) == len(places)
    assert level_of({}) is None
