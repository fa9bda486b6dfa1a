"""What regions can be filtered and sorted by; see `schema.queryable.conditions`."""

from loaders.document import RegionLevel
from schema.queryable.conditions import Branch, Leaf, OrderKey
from schema.queryable.operators import Kind

_NAMES = {
    "province": "Province, by its full name.",
    "prefecture": "Prefecture-level city or area, by its full name.",
    "county": "County, district or county-level city, by its full name.",
    "township": "Township, town or subdistrict, by its full name.",
}


def region_conditions() -> Branch:
    """Everything that `where` of a region can ask about."""
    return Branch(
        "RegionNodeWhere",
        "Conditions on regions. Conditions side by side must all hold.",
        {
            "code": Leaf("code", Kind.CODE, "GB/T 2260 code, of a township that of its county."),
            "name": Leaf("name", Kind.TEXT, "Its own full name."),
            "level": Leaf("level", Kind.ENUM, "What level of division it is.", RegionLevel),
            **{name: Leaf(name, Kind.TEXT, description) for name, description in _NAMES.items()},
        },
        logical=True,
    )


REGION_ORDER: tuple[OrderKey, ...] = (
    OrderKey("CODE", "code", "GB/T 2260 code, the customary order of divisions."),
    OrderKey("NAME", "name", "Its own name, by code points."),
    OrderKey("LEVEL", "level", "Level, by its name."),
    OrderKey("PROVINCE", "province", "Province, by code points."),
    OrderKey("PREFECTURE", "prefecture", "Prefecture, by code points."),
    OrderKey("COUNTY", "county", "County, by code points."),
)
"""What regions can be sorted by."""
