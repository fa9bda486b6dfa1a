"""What can be filtered and sorted, as trees of conditions; neither GraphQL nor MongoDB yet.

The words of the trees (`Branch`, `Leaf`, `Many`), what every list shares, and the trees of the derived collections;
the tree of reports is in `schema.queryable.report_conditions`. The input types, the match documents and the order
enums are read off these trees, so that they cannot disagree.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from loaders.document import (
    AgencyLevel,
    AgencyType,
    Change,
    Qualifier,
    ReportKind,
    Scope,
    SectionRole,
    Template,
)
from schema.queryable.operators import Kind


@dataclass(frozen=True, slots=True)
class Leaf:
    """One comparable value: its stored path (from the document, or from the list item it is in) and its kind."""

    path: str
    kind: Kind
    description: str
    enum: type | None = None


@dataclass(frozen=True, slots=True)
class Many:
    """A list of the document, of which some, none or every item must meet conditions."""

    path: str
    description: str
    item: "Branch"


@dataclass(frozen=True, slots=True)
class Branch:
    """Conditions that stand together under one input type; `logical` adds and, or and not."""

    type_name: str
    description: str
    children: Mapping[str, "Leaf | Many | Branch"]
    path: str = ""
    logical: bool = False


Conditions = Mapping[str, Leaf | Many | Branch]
"""Conditions by the names of their fields."""


def leaves(tree: Branch) -> Iterator[Leaf]:
    """Every leaf of a tree that is not inside a list."""
    for node in tree.children.values():
        if isinstance(node, Leaf):
            yield node
        elif isinstance(node, Branch):
            yield from leaves(node)


def with_editions(tree: Branch, template: type) -> Branch:
    """The tree with the enum of some forms' editions wherever it asks for a `Template`."""
    return replace(tree, children={name: _with_editions(node, template) for name, node in tree.children.items()})


def _with_editions(node: "Leaf | Many | Branch", template: type) -> "Leaf | Many | Branch":
    if isinstance(node, Branch):
        return with_editions(node, template)
    return replace(node, enum=template) if isinstance(node, Leaf) and node.enum is Template else node


def text(path: str, description: str) -> Leaf:
    """A condition on a text."""
    return Leaf(path, Kind.TEXT, description)


def date(path: str, description: str) -> Leaf:
    """A condition on a date."""
    return Leaf(path, Kind.DATE, description)


def enum(path: str, type_: type, description: str) -> Leaf:
    """A condition on a value of an enum."""
    return Leaf(path, Kind.ENUM, description, type_)


def words(path: str, description: str) -> Leaf:
    """A condition on a list of words."""
    return Leaf(path, Kind.WORDS, description)


def _region(prefix: str) -> Branch:
    return Branch(
        "RegionWhere",
        "Conditions on where an agency is.",
        {
            "code": Leaf(f"{prefix}code", Kind.CODE, "GB/T 2260 code; `within` finds a whole subtree."),
            "province": text(f"{prefix}province", "Province, by its full name."),
            "prefecture": text(f"{prefix}prefecture", "Prefecture-level city or area, by its full name."),
            "county": text(f"{prefix}county", "County, district or county-level city, by its full name."),
            "township": text(f"{prefix}township", "Township, town or subdistrict, by its full name."),
        },
    )


def _agency(prefix: str) -> dict[str, Leaf | Many | Branch]:
    """What is known of an agency wherever it is; `prefix` is where a document keeps it."""
    return {
        "name": text(f"{prefix}name", "Full name of the agency."),
        "level": enum(f"{prefix}level", AgencyLevel, "Administrative level."),
        "type": enum(f"{prefix}type", AgencyType, "What the agency is within its level."),
        "region": _region(f"{prefix}region."),
    }


def agency_conditions() -> Branch:
    """Everything that `where` of an agency can ask about."""
    years = Leaf("years", Kind.YEARS, "Years that its reports are about; `not: {years: {has: 2023}}` finds gaps.")
    return Branch(
        "AgencyWhere",
        "Conditions on agencies. Conditions side by side must all hold.",
        {**_agency(""), "years": years},
        logical=True,
    )


def owner_agency() -> Branch:
    """Everything that can be asked about the agency that a report is by."""
    candidates = words("agency.candidates", "Full names that an ambiguous one could stand for.")
    return Branch(
        "ReportAgencyWhere",
        "Conditions on the agency of a report. Conditions side by side must all hold.",
        {**_agency("agency."), "candidates": candidates},
        logical=True,
    )


def owner() -> dict[str, Leaf | Many | Branch]:
    """The identity of a report, which the rows of derived collections have too."""
    return {
        "kind": enum("kind", ReportKind, "Kind of report."),
        "template": enum("template", Template, "Edition that the report follows, told by its labels."),
        "scope": enum("scope", Scope, "Whose figures the report holds."),
        "year": Leaf("year", Kind.INT, "Year that the report is about."),
        "agency": owner_agency(),
    }


def passage() -> dict[str, Leaf | Many | Branch]:
    """What can be asked about a passage itself."""
    return {"text": text("text", "The clean text of the passage.")}


def statistic() -> dict[str, Leaf | Many | Branch]:
    """What can be asked about a narrative figure itself."""
    return {
        "label": text("label", "What is counted, as printed."),
        "value": Leaf("value", Kind.FLOAT, "The figure with multipliers applied; of a range, either end."),
        "unit": text("unit", "Unit, without multipliers."),
        "qualifier": enum("qualifier", Qualifier, "How exactly it is meant."),
        "change": enum("change", Change, "The part it plays in a change."),
        "period": text("period", "Period it is about, as printed."),
        "context": text("context", "Words around it that narrow what is counted."),
        "implied": Leaf("implied", Kind.BOOLEAN, "Whether zero is stated without a number."),
        "text": text("text", "The printed number with qualifier and unit."),
        "cell": text("cell", "Id of the cell of an official table that states the same figure."),
    }


_ROLE = enum("role", SectionRole, "What the main section is about that it stands in.")


def passage_conditions() -> Branch:
    """Everything that `where` of a passage can ask about."""
    return Branch(
        "PassageWhere",
        "Conditions on passages and on the reports they stand in. Conditions side by side must all hold.",
        {**owner(), "role": _ROLE, **passage()},
        logical=True,
    )


def statistic_conditions() -> Branch:
    """Everything that `where` of a narrative figure can ask about."""
    return Branch(
        "StatisticWhere",
        "Conditions on narrative figures and on the reports they stand in. Conditions side by side must all hold.",
        {**owner(), "role": _ROLE, **statistic()},
        logical=True,
    )


UP, DOWN = 1, -1
"""Which way a key of an order goes, as MongoDB writes it."""


@dataclass(frozen=True, slots=True)
class OrderKey:
    """One thing that reports can be sorted by."""

    name: str
    path: str
    description: str


def _agency_order(prefix: str) -> tuple[OrderKey, ...]:
    return (
        OrderKey("LEVEL", f"{prefix}level", "Level of the agency, by its name."),
        OrderKey("TYPE", f"{prefix}type", "Type of the agency, by its name."),
        OrderKey("REGION_CODE", f"{prefix}region.code", "GB/T 2260 code of the agency's region."),
        OrderKey("PROVINCE", f"{prefix}region.province", "Province, by code points."),
        OrderKey("PREFECTURE", f"{prefix}region.prefecture", "Prefecture, by code points."),
        OrderKey("COUNTY", f"{prefix}region.county", "County, by code points."),
    )


REPORT_ORDER: tuple[OrderKey, ...] = (
    OrderKey("YEAR", "year", "Year that the report is about."),
    OrderKey("PUBLISHED_ON", "publishedOn", "Day of publication."),
    OrderKey("PERIOD_END", "periodEnd", "Last day that the report covers."),
    OrderKey("LOADED_AT", "source.loadedAt", "When the report was loaded."),
    OrderKey("KIND", "kind", "Kind of report, by the name of the kind."),
    OrderKey("TEMPLATE", "template", "Edition, by its name."),
    OrderKey("SCOPE", "scope", "Scope, by its name."),
    OrderKey("TITLE", "title", "Title, by code points."),
    OrderKey("AGENCY_NAME", "agency.name", "Name of the agency, by code points."),
    *(
        key
        if key.name in {"PROVINCE", "PREFECTURE", "COUNTY", "REGION_CODE"}
        else replace(key, name=f"AGENCY_{key.name}")
        for key in _agency_order("agency.")
    ),
)
"""What reports can be sorted by besides their figures."""

AGENCY_ORDER: tuple[OrderKey, ...] = (OrderKey("NAME", "name", "Name, by code points."), *_agency_order(""))
"""What agencies can be sorted by."""

STATISTIC_ORDER: tuple[OrderKey, ...] = (
    OrderKey("VALUE", "low", "The figure, with multipliers applied; of a range, the lower end."),
    OrderKey("YEAR", "year", "Year that the report is about."),
    OrderKey("LABEL", "label", "What is counted, by code points."),
    OrderKey("UNIT", "unit", "Unit, by code points."),
    OrderKey("AGENCY_NAME", "agency.name", "Name of the agency, by code points."),
)
"""What narrative figures can be sorted by."""
