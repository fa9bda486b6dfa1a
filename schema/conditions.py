"""What can be filtered and sorted, as trees of conditions derived from the forms; neither GraphQL nor MongoDB yet.

Trees of the forms enter (`schema.tree`), a tree of `Branch`es, `Leaf`s and `Many`s leaves. The input types, the
match documents and the order enum are read off it, so that they cannot disagree.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from loaders.document import (
    AgencyLevel,
    AgencyType,
    CellStatus,
    Change,
    CheckStatus,
    Qualifier,
    ReportKind,
    Scope,
    SectionRole,
    Template,
)
from loaders.forms import Kind as CellKind
from schema.names import NameCollisionError
from schema.operators import Kind
from schema.tree import Group
from schema.tree import Leaf as Figure


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


def report_conditions(roots: tuple[Group, ...]) -> Branch:
    """Everything that `where` of a report can ask about: identity, findings and every figure of every form."""
    forms = {root.name: _form_branch(root) for root in roots}
    taken = forms.keys() & _IDENTITY.keys()
    if taken:
        raise NameCollisionError(f"a form cannot be called {taken.pop()}: reports have a field of that name")
    return Branch(
        "ReportWhere",
        "Conditions on reports. Conditions side by side must all hold.",
        {**_IDENTITY, **forms},
        logical=True,
    )


def _form_branch(group: Group) -> Branch:
    leaves: dict[str, Leaf | Many | Branch] = {name: _figure(leaf) for name, leaf in group.leaves.items()}
    groups = {name: _form_branch(inner) for name, inner in group.groups.items()}
    type_name = f"{group.type_name}Where"
    return Branch(type_name, f"Conditions on: {group.type_description}", {**leaves, **groups}, path=group.path)


def _figure(leaf: Figure) -> Leaf:
    kind = Kind.FLOAT if leaf.kind is CellKind.MONEY else Kind.INT
    amount = ", in yuan" if leaf.kind is CellKind.MONEY else ""
    return Leaf(leaf.figure, kind, leaf.description + amount)


def _text(path: str, description: str) -> Leaf:
    return Leaf(path, Kind.TEXT, description)


def _date(path: str, description: str) -> Leaf:
    return Leaf(path, Kind.DATE, description)


def _enum(path: str, enum: type, description: str) -> Leaf:
    return Leaf(path, Kind.ENUM, description, enum)


def _region(prefix: str) -> Branch:
    return Branch(
        "RegionWhere",
        "Conditions on where an agency is.",
        {
            "code": Leaf(f"{prefix}code", Kind.CODE, "GB/T 2260 code; `within` finds a whole subtree."),
            "province": _text(f"{prefix}province", "Province, by its full name."),
            "prefecture": _text(f"{prefix}prefecture", "Prefecture-level city or area, by its full name."),
            "county": _text(f"{prefix}county", "County, district or county-level city, by its full name."),
            "township": _text(f"{prefix}township", "Township, town or subdistrict, by its full name."),
        },
    )


def agency_conditions(prefix: str = "") -> Branch:
    """Everything that `where` of an agency can ask about; `prefix` is where a document keeps its agency."""
    return Branch(
        "AgencyWhere",
        "Conditions on agencies. Conditions side by side must all hold.",
        {
            "name": _text(f"{prefix}name", "Full name of the agency."),
            "level": _enum(f"{prefix}level", AgencyLevel, "Administrative level."),
            "type": _enum(f"{prefix}type", AgencyType, "What the agency is within its level."),
            "region": _region(f"{prefix}region."),
        },
        logical=True,
    )


def _owner() -> dict[str, "Leaf | Many | Branch"]:
    """The identity of the report that a row of a derived collection belongs to."""
    return {
        "kind": _enum("kind", ReportKind, "Kind of report."),
        "template": _enum("template", Template, "Format that the report follows, told by its labels."),
        "scope": _enum("scope", Scope, "Whose figures the report holds."),
        "year": Leaf("year", Kind.INT, "Year that the report is about."),
        "agency": agency_conditions("agency."),
        "role": _enum("role", SectionRole, "What the main section is about that it stands in."),
    }


def passage_conditions() -> Branch:
    """Everything that `where` of a passage can ask about."""
    return Branch(
        "PassageWhere",
        "Conditions on passages and on the reports they stand in. Conditions side by side must all hold.",
        {**_owner(), "text": _text("text", "The clean text of the passage.")},
        logical=True,
    )


def statistic_conditions() -> Branch:
    """Everything that `where` of a narrative figure can ask about."""
    return Branch(
        "StatisticWhere",
        "Conditions on narrative figures and on the reports they stand in. Conditions side by side must all hold.",
        {
            **_owner(),
            "label": _text("label", "What is counted, as printed."),
            "value": Leaf("value", Kind.FLOAT, "The figure with multipliers applied; of a range, either end."),
            "unit": _text("unit", "Unit, without multipliers."),
            "qualifier": _enum("qualifier", Qualifier, "How exactly it is meant."),
            "change": _enum("change", Change, "The part it plays in a change."),
            "period": _text("period", "Period it is about, as printed."),
            "implied": Leaf("implied", Kind.BOOLEAN, "Whether zero is stated without a number."),
        },
        logical=True,
    )


_SOURCE = Branch(
    "SourceWhere",
    "Conditions on the file that a report was read from.",
    {
        "name": _text("source.name", "Name of the file."),
        "url": _text("source.url", "Address it came from."),
        "mediaType": _text("source.mediaType", "Media type of the file."),
        "sha256": _text("source.sha256", "SHA-256 of the original bytes, in hexadecimal."),
        "loadedAt": _date("source.loadedAt", "When it was loaded."),
    },
)
_CHECK = Branch(
    "CheckWhere",
    "Conditions on one check.",
    {
        "rule": _text("rule", "Code of the rule, for instance R2."),
        "status": _enum("status", CheckStatus, "Outcome."),
        "severity": _text("severity", "How much a failure weighs: ERROR, WARNING or INFO."),
        "subject": _text("subject", "The row or column that the check is about."),
        "difference": Leaf("difference", Kind.FLOAT, "Left side minus right side."),
    },
)
_CELL = Branch(
    "CellWhere",
    "Conditions on one cell of an official table.",
    {
        "path": _text("path", "Id of the cell, for instance requests.received.total."),
        "status": _enum("status", CellStatus, "How the cell was read."),
        "text": _text("text", "The cell as printed."),
    },
)
_SECTION = Branch(
    "SectionWhere",
    "Conditions on one section.",
    {
        "role": _enum("role", SectionRole, "What the section is about."),
        "title": _text("title", "Its heading, as printed."),
        "level": Leaf("level", Kind.INT, "Numbering style, 1 to 6."),
        "inferred": Leaf("inferred", Kind.BOOLEAN, "Whether the heading was recovered from content."),
    },
)
_IDENTITY: dict[str, Leaf | Many | Branch] = {
    "kind": _enum("kind", ReportKind, "Kind of report."),
    "template": _enum("template", Template, "Format that the report follows, told by its labels."),
    "templateExpected": _enum("templateExpected", Template, "Format that was prescribed for its year."),
    "scope": _enum("scope", Scope, "Whose figures the report holds."),
    "title": _text("title", "Title, as printed."),
    "year": Leaf("year", Kind.INT, "Year that the report is about."),
    "periodStart": _date("periodStart", "First day that the report covers."),
    "periodEnd": _date("periodEnd", "Last day that the report covers."),
    "publishedOn": _date("publishedOn", "Day of publication."),
    "agency": agency_conditions("agency."),
    "source": _SOURCE,
    "failedRules": Leaf("failedRules", Kind.WORDS, "Codes of the rules that failed; an index serves it."),
    "flags": Leaf("flags", Kind.WORDS, "Codes of what is odd about the report."),
    "checks": Many("checks", "Conditions on the arithmetic checks of the report.", _CHECK),
    "cells": Many("cells", "Conditions on the cells of the official tables, by how they were read.", _CELL),
    "sections": Many("sections", "Conditions on the sections of the report.", _SECTION),
}


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
    OrderKey("TEMPLATE", "template", "Format, by its name."),
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
    OrderKey("VALUE", "value", "The figure, with multipliers applied; ranges, which have two, are left out."),
    OrderKey("YEAR", "year", "Year that the report is about."),
    OrderKey("LABEL", "label", "What is counted, by code points."),
    OrderKey("UNIT", "unit", "Unit, by code points."),
    OrderKey("AGENCY_NAME", "agency.name", "Name of the agency, by code points."),
)
"""What narrative figures can be sorted by."""
