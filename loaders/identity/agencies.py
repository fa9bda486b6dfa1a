"""The name of an agency taken apart: its region, level and type, and the full name it stands for.

The report's year tells which divisions there were, the words around tell 鼓楼区 of 福州市 from the three others. What
stays ambiguous has no name but candidates, and what no list knows has no region.
"""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from loaders.document import Agency, AgencyLevel, AgencyType, Region
from loaders.identity.regions import (
    Division,
    division_in_year,
    division_of_code,
    divisions_by_short_name,
    divisions_in,
    divisions_named,
    leading_divisions,
)
from loaders.identity.townships import counties_of
from loaders.text.simplified import simplified
from loaders.text.squeezed import one_line
from loaders.vocabulary import agencies as words

_TOWN = re.compile(words.TOWN)
_STREET = re.compile(words.STREET)
_ZONE = re.compile(words.ZONE)
_ZONE_BODY = re.compile(words.ZONE_BODIES)
_CENTRAL = re.compile(words.CENTRAL)
_BRANCH = re.compile(words.BRANCH)
_LEVEL_WORD = re.compile(words.LEVEL_WORD)
_ITSELF = re.compile(words.ITSELF_WORDS)
_KINDS_OF_BODY = (
    (AgencyType.SPECIAL, re.compile(words.SPECIAL)),
    (AgencyType.BRANCH, _BRANCH),
    (AgencyType.DEPARTMENT, re.compile(words.DEPARTMENT)),
)
_IN_FULL = dict((*words.GOVERNMENT_SHORT, *words.OFFICE_SHORT))
_OFFICES = frozenset(full for _, full in words.OFFICE_SHORT)
_VERTICAL = tuple(re.compile(body.pattern) for body in words.VERTICAL)
_NOT_VERTICAL = re.compile(words.VERTICAL_NOT)
_BODY_PRINTED = re.compile(words.BODY_PRINTED)
_UNLISTED = re.compile(words.UNLISTED_PLACE)
_NOT_A_PLACE = re.compile(words.NOT_A_PLACE)
_OF_A_PLACE = frozenset({AgencyType.GOVERNMENT, AgencyType.FUNCTIONAL_ZONE})
_LONGEST_CONTEXT = 24
# Three characters are a body whose name is looked for in the words around; with 4 none of them would be
# (test: test_the_words_around_complete_a_name, test_an_open_name_is_completed_by_the_same_name_only)
_SHORTEST_CORE = 2


@dataclass(frozen=True, slots=True)
class Named:
    """An agency read from its name.

    `place_only` where the name is a place and no body, `itself` where it says that only the government's own office
    is meant.
    """

    agency: Agency
    place_only: bool = False
    itself: bool = False

    @property
    def is_complete(self) -> bool:
        """Whether the name leaves no doubt which agency it is."""
        return self.agency.name is not None


@dataclass(frozen=True, slots=True)
class _Body:
    """What follows the region in a name: its type, how it is written in full, and the town it names."""

    type: AgencyType
    name: str
    town: str | None = None


def named_agency(printed: str, year: int | None, context: Iterable[str] = ()) -> Named | None:
    """The agency that a name means, None where the words name none.

    >>> named_agency("洪泽区人民政府", 2023).agency.name
    '淮安市洪泽区人民政府'
    """
    name = simplified(one_line(printed))
    bare_place = not _BODY_PRINTED.search(name)
    # In this order: 国家金融监督管理总局某分局 looks central, and 平潭综合实验区地方税务局 like a body of the zone
    # (test: test_examples_of_vertical_bodies_are_vertical)
    for found in (_vertical(name, year), _central(name), _special_zone(name, year)):
        if found:
            return Named(found, place_only=bare_place and found.type is AgencyType.FUNCTIONAL_ZONE)
    divisions, length = leading_divisions(name, year)
    unlisted = None if divisions else _unlisted(name)
    rest = name[unlisted.end() if unlisted else length :]
    body = _body(rest, has_region=len(rest) < len(name))
    if body is None:
        return None
    place_only, itself = bare_place and body.type in _OF_A_PLACE, bool(_ITSELF.search(rest))
    if unlisted:
        return Named(_in_unlisted(unlisted, body), place_only, itself)
    if not divisions:
        return _without_region(name, body, year, context)
    return Named(_in_region(_told_apart(divisions, body, context), name[:length], body, year), place_only, itself)


def _in_region(divisions: tuple[Division, ...], printed: str, body: _Body, year: int | None) -> Agency:
    """An agency of a known region; without a name where several regions have the printed one."""
    names = tuple(_full_name(division, printed, divisions) + body.name for division in divisions)
    level = _level(divisions[0], body)
    if len(divisions) > 1:
        return Agency(None, level, body.type, Region(), names)
    if body.type is AgencyType.BRANCH:
        return _branch(names[0], divisions[0], year)
    # 绵阳市太平镇: the one county of that city that has such a town
    # (test: test_a_town_is_found_in_the_county_that_the_words_around_name)
    if body.town and divisions[0].level is not AgencyLevel.COUNTY:
        inner = [county for county in _counties_with(body.town, year) if county.lies_in(divisions[0])]
        if len(inner) == 1:
            return _town_in(inner[0], body)
    return Agency(names[0], level, body.type, divisions[0].region(body.town))


def _unlisted(name: str) -> re.Match[str] | None:
    """A place that no list has, told by its unit: 云溪市."""
    match = _UNLISTED.match(name)
    # The pattern also matches nothing at all, and every department would have a place
    # (test: test_the_words_around_complete_a_name)
    return match if match and match.end() > 0 and not _NOT_A_PLACE.search(match[0]) else None


def _in_unlisted(place: re.Match[str], body: _Body) -> Agency:
    """An agency of such a place: its names as printed, no code; the level of a city alone cannot be told."""
    region = Region(
        None, place["province"], place["prefecture"] if place["county"] else None, place["county"], body.town
    )
    level = AgencyLevel.COUNTY if place["county"] else None
    if place["province"] and not place["prefecture"] and not place["county"]:
        level = AgencyLevel.PROVINCE
    return Agency(place[0] + body.name, AgencyLevel.TOWNSHIP if body.town else level, body.type, region)


def _branch(name: str, parent: Division, year: int | None) -> Agency:
    """A branch serves a part of its parent's region: 厦门市公安局思明分局 serves 思明区."""
    match = _BRANCH.search(name)
    area = match["area"] if match else ""
    served = [
        division
        for unit in ("", *words.UNIT_ENDINGS)
        for division in divisions_named(area + unit, year)
        if division.lies_in(parent)
    ]
    place = served[0] if len(served) == 1 else parent
    return Agency(name, place.level, AgencyType.BRANCH, place.region())


def _body(rest: str, *, has_region: bool) -> _Body | None:
    """What a name means behind its region."""
    # 漳平市政府 and 漳平市人民政府 are one agency (test: test_a_name_says_where_and_what_an_agency_is)
    rest = _IN_FULL.get(rest, rest)
    if not rest or rest in words.GOVERNMENTS or rest in _OFFICES:
        government = AgencyType.GOVERNMENT_OFFICE if rest in _OFFICES else AgencyType.GOVERNMENT
        return _Body(government, rest or words.GOVERNMENT) if has_region else None
    town = _TOWN.match(rest)
    if town:
        return _Body(AgencyType.GOVERNMENT, town["town"] + words.GOVERNMENT, town["town"])
    zone = _ZONE.match(rest)
    if zone and _ZONE_BODY.match(zone["rest"]):
        return _Body(AgencyType.FUNCTIONAL_ZONE, zone["zone"] + words.ZONE_COMMITTEE)
    street = _STREET.match(rest)
    if street:
        name = rest[: street.end("street")] + words.SUBDISTRICT_OFFICE
        return _Body(AgencyType.SUBDISTRICT_OFFICE, name, street["street"])
    kind = next((kind for kind, pattern in _KINDS_OF_BODY if pattern.search(rest)), None)
    return _Body(kind, rest) if kind else None


def _level(division: Division, body: _Body) -> AgencyLevel:
    return AgencyLevel.TOWNSHIP if body.town else division.level


def _full_name(division: Division, printed: str, found: Sequence[Division]) -> str:
    """The region as a full name: a district is preceded by its city, whether the title prints it or not."""
    # A county's name stands alone, and would have its city in front of it as a district has
    # (test: test_a_name_says_where_and_what_an_agency_is)
    if printed == division.name and (division.is_district or len(found) > 1) and len(division.names) > 1:
        return division.names[-2] + printed
    return printed


def _told_apart(divisions: tuple[Division, ...], body: _Body, context: Iterable[str]) -> tuple[Division, ...]:
    """The divisions of a shared name that the words around it allow: those whose city or province they mention."""
    if len(divisions) == 1:
        return divisions
    # 朝阳区 is a district of two cities, but only one of them has 孙河乡
    # (test: test_a_town_is_found_in_the_county_that_the_words_around_name)
    having = tuple(division for division in divisions if body.town and division.code in counties_of(body.town))
    if len(having) == 1:
        return having
    for text in context:
        for depth in (-2, 0):
            mentioned = tuple(division for division in divisions if _above(division, depth) in text)
            if len(mentioned) == 1:
                return mentioned
    return divisions


def _above(division: Division, depth: int) -> str:
    return division.names[depth] if len(division.names) >= -depth else division.names[0]


def _without_region(name: str, body: _Body, year: int | None, context: Iterable[str]) -> Named | None:
    """A name without its place (审计局, 朝阳乡): completed where the words around print it in full."""
    word = _LEVEL_WORD.match(name)
    core = name[word.end() :] if word else body.name
    level = AgencyLevel(words.LEVEL_OF_WORD[word["level"]]) if word else None
    # 合肥高新技术产业开发区: the place is in the zone's own name, without its unit
    # (test: test_a_name_says_where_and_what_an_agency_is)
    if body.type is AgencyType.FUNCTIONAL_ZONE:
        return _zone_by_short_name(body, year)
    context = tuple(context)
    for text in context:
        found = _complete_names(body.town or core, text, year)
        if word:
            found = [region for region in found if region.endswith(word["level"])]
        if len(found) == 1:
            return _completed(found[0], core, body, year)
    if body.town:
        return Named(_town(body, year, context))
    return Named(Agency(None, level, body.type, Region(), (name if word else body.name,)))


def _completed(region: str, core: str, body: _Body, year: int | None) -> Named | None:
    """A name with the region that is printed before it elsewhere."""
    county, _ = leading_divisions(region, year)
    # An address begins with the province, the name of a town does not
    # (test: test_a_town_is_found_in_the_county_that_the_words_around_name)
    if body.town and len(county) == 1 and county[0].level is AgencyLevel.COUNTY:
        return Named(_town_in(county[0], body))
    return named_agency(region + core, year)


def _town(body: _Body, year: int | None, context: Iterable[str]) -> Agency:
    """A town printed without its county: in the one that the words around tell, else open, with no county."""
    town = body.town or ""
    county = _county_told(_counties_with(town, year), context, year)
    if county:
        return _town_in(county, body)
    return Agency(None, AgencyLevel.TOWNSHIP, body.type, Region(township=town), (body.name,))


def _town_in(county: Division, body: _Body) -> Agency:
    name = _full_name(county, county.name, (county,)) + body.name
    return Agency(name, AgencyLevel.TOWNSHIP, body.type, county.region(body.town))


def _counties_with(town: str, year: int | None) -> tuple[Division, ...]:
    """The counties of a year that have a township of this name."""
    return tuple(county for code in counties_of(town) if (county := division_in_year(code, year)))


def _county_told(counties: tuple[Division, ...], context: Iterable[str], year: int | None) -> Division | None:
    """The one of several counties that the words around name; the only one there is, unless they name another place."""
    only = counties[0] if len(counties) == 1 else None
    for text in context if counties else ():
        mentioned = {place.code for place in divisions_in(text, year)}
        told = _mentioned(counties, mentioned)
        if len(told) == 1:
            return told[0]
        # Whoever names two of them has not told yet; whoever names other places alone speaks of a town that no list has
        # (test: test_a_bare_town_name_stays_without_county)
        counties, only = told or counties, None if mentioned else only
    return only


def _mentioned(counties: tuple[Division, ...], codes: Collection[str]) -> tuple[Division, ...]:
    """The counties that are mentioned by their own code, else by that of their city, else of their province."""
    for digits in (6, 4, 2):
        told = tuple(county for county in counties if county.code[:digits].ljust(6, "0") in codes)
        if told:
            return told
    return ()


def _complete_names(core: str, text: str, year: int | None) -> list[str]:
    """The regions printed directly before a body's name in a text, each once."""
    found: list[str] = []
    at = text.find(core)
    while at >= 0 and len(core) >= _SHORTEST_CORE:
        before = text[max(0, at - _LONGEST_CONTEXT) : at]
        region = _region_ending(before, year)
        if region and region not in found:
            found.append(region)
        at = text.find(core, at + len(core))
    return [name for name in found if not any(other != name and other.endswith(name) for other in found)]


def _region_ending(before: str, year: int | None) -> str | None:
    """The longest region name that the text ends with."""
    for start in range(len(before) - 1):
        divisions, length = leading_divisions(before[start:], year)
        if divisions and length == len(before) - start:
            return before[start:]
    return None


def _zone_by_short_name(body: _Body, year: int | None) -> Named:
    """A zone named after its city without the unit: 合肥高新技术产业开发区."""
    for length in range(min(6, len(body.name)), 1, -1):
        divisions = divisions_by_short_name(body.name[:length], year)
        if len(divisions) == 1:
            return Named(Agency(body.name, divisions[0].level, body.type, divisions[0].region()))
    return Named(Agency(None, None, body.type, Region(), (body.name,)))


def _special_zone(name: str, year: int | None) -> Agency | None:
    """A zone of its own name, its committee, or a body of it."""
    for zone, code, level in words.SPECIAL_ZONES:
        at = name.find(zone)
        # 重庆 may stand before 两江新区 (test: test_a_name_says_where_and_what_an_agency_is)
        if at < 0 or (at and not _area(name[:at], year)):
            continue
        rest = name[at + len(zone) :]
        division = division_of_code(code, year)
        region = division.region() if division else Region()
        if _ZONE_BODY.match(rest):
            full = name[: at + len(zone)] + words.ZONE_COMMITTEE
            return Agency(full, AgencyLevel(level), AgencyType.FUNCTIONAL_ZONE, region)
        body = _body(rest, has_region=False)
        if body:
            place = AgencyLevel.TOWNSHIP if body.town else AgencyLevel(level)
            inner = replace(region, township=body.town)
            return Agency(name[: at + len(zone)] + body.name, place, body.type, inner)
    return None


def _central(name: str) -> Agency | None:
    if _CENTRAL.search(name) and not leading_divisions(name, None)[0]:
        return Agency(name, AgencyLevel.CENTRAL, AgencyType.CENTRAL)
    return None


def _vertical(name: str, year: int | None) -> Agency | None:
    """A body of a system of its own: its region is the area it serves, where the name tells it for certain."""
    if _NOT_VERTICAL.match(name):
        return None
    for pattern in _VERTICAL:
        match = pattern.match(name)
        if not match:
            continue
        area = next((group for group in match.groups() if group), "")
        served = _area(area, year)
        if served is None:
            return Agency(name, None, AgencyType.VERTICAL)
        return Agency(name, served.level, AgencyType.VERTICAL, served.region())
    return None


def _area(area: str, year: int | None) -> Division | None:
    """The one division that an area's printed name means: in full, without its unit, or a zone's."""
    for zone, code, _ in words.SPECIAL_ZONES:
        if area == zone:
            return division_of_code(code, year)
    divisions, length = leading_divisions(area, year)
    # 厦门海关, 漳平调查队: these bodies leave out the unit of their place
    # (test: test_a_name_says_where_and_what_an_agency_is)
    if not divisions:
        divisions, length = divisions_by_short_name(area, year), len(area)
    return divisions[0] if len(divisions) == 1 and length == len(area) else None
