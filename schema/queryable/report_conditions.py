"""Everything that `where` of a report can ask about: who it is by, every figure of every form, all that it lists.

Trees of the forms enter (`schema.queryable.form_trees`), one tree of conditions leaves; it mirrors the stored document
(a test holds that). Refused: a form with the name of another field (`NameCollisionError`).
"""

from loaders.document import INDICATORS, CellStatus, CheckStatus, SectionRole, Template
from loaders.forms import Kind as CellKind
from loaders.forms import Severity
from schema.queryable.conditions import (
    Branch,
    Conditions,
    Leaf,
    Many,
    date,
    enum,
    owner,
    passage,
    statistic,
    text,
    words,
)
from schema.queryable.form_trees import Group
from schema.queryable.form_trees import Leaf as Figure
from schema.queryable.names import NameCollisionError
from schema.queryable.operators import Kind


def report_conditions(roots: tuple[Group, ...]) -> Branch:
    """The conditions on reports of these forms."""
    forms = {root.name: _form_branch(root) for root in roots}
    about = {**_identity(), **_lists()}
    taken = forms.keys() & about.keys()
    if taken:
        raise NameCollisionError(f"a form cannot be called {taken.pop()}: reports have a field of that name")
    return Branch(
        "ReportWhere",
        "Conditions on reports. Conditions side by side must all hold.",
        {**about, **forms},
        logical=True,
    )


def stated_figures() -> Branch:
    """The conditions on the narrative figures of one report."""
    return _item("ReportStatistic", "narrative figure of a report", statistic())


def _form_branch(group: Group) -> Branch:
    leaves: dict[str, Leaf | Many | Branch] = {name: _figure(leaf) for name, leaf in group.leaves.items()}
    groups = {name: _form_branch(inner) for name, inner in group.groups.items()}
    more = {INDICATORS: _indicators(f"{group.path}.{INDICATORS}")} if group.indicators else {}
    description = f"Conditions on: {group.type_description}"
    return Branch(f"{group.type_name}Where", description, {**leaves, **groups, **more}, path=group.path)


def _figure(leaf: Figure) -> Leaf:
    kind = Kind.FLOAT if leaf.kind is CellKind.MONEY else Kind.INT
    amount = ", in yuan" if leaf.kind is CellKind.MONEY else ""
    return Leaf(leaf.figure, kind, leaf.description + amount)


def _item(name: str, noun: str, children: Conditions) -> Branch:
    """The conditions on one item of a list."""
    description = f"Conditions on one {noun}. Conditions side by side must all hold."
    return Branch(f"{name}Where", description, children, logical=True)


def _indicators(path: str) -> Many:
    return Many(
        path,
        "Conditions on the indicators of local tables.",
        _item(
            "Indicator",
            "indicator of a local table",
            {
                "label": text("label", "What is counted, as printed."),
                "parent": text("parent", "Label of the indicator or heading that it is part of."),
                "unit": text("unit", "Unit, as printed."),
                "value": Leaf("value", Kind.FLOAT, "Figure of the year."),
                "status": enum("status", CellStatus, "How the figure of the year was read."),
                "cumulative": Leaf("cumulative", Kind.FLOAT, "Figure of all years so far."),
                "cumulativeStatus": enum("cumulativeStatus", CellStatus, "How that figure was read."),
                "text": text("text", "The figures as printed."),
            },
        ),
    )


def _identity() -> dict[str, Leaf | Many | Branch]:
    return {
        **owner(),
        "templateExpected": enum("templateExpected", Template, "Edition that was prescribed for its year."),
        "title": text("title", "Title, as printed."),
        "periodStart": date("periodStart", "First day that the report covers."),
        "periodEnd": date("periodEnd", "Last day that the report covers."),
        "publishedOn": date("publishedOn", "Day of publication."),
        "contact": _contact(),
        "source": _source(),
        "revision": Leaf("revision", Kind.INT, "Number of the revision, 1 for the first."),
        "failedRules": words("failedRules", "Codes of the rules that failed; an index serves it."),
        "flags": words("flags", "Codes of what is odd about the report."),
    }


def _contact() -> Branch:
    return Branch(
        "ContactWhere",
        "Conditions on how a report says its agency can be reached.",
        {
            "address": text("contact.address", "Postal address."),
            "postcode": text("contact.postcode", "Postcode."),
            "phone": text("contact.phone", "Telephone number."),
            "fax": text("contact.fax", "Fax number."),
            "email": text("contact.email", "Email address."),
            "website": text("contact.website", "Website."),
        },
    )


def _source() -> Branch:
    return Branch(
        "SourceWhere",
        "Conditions on the file that a report was read from.",
        {
            "name": text("source.name", "Name of the file."),
            "url": text("source.url", "Address it came from."),
            "mediaType": text("source.mediaType", "Media type of the file."),
            "sha256": text("source.sha256", "SHA-256 of the original bytes, in hexadecimal."),
            "bytes": Leaf("source.bytes", Kind.INT, "Size of the original in bytes."),
            "encoding": text("source.encoding", "Character encoding that the text was decoded from."),
            "parserVersion": text("source.parserVersion", "Version of the parser that read it."),
            "loadedAt": date("source.loadedAt", "When it was loaded."),
            "warnings": words("source.warnings", "What was odd about the file."),
            "sample": Leaf("source.sample", Kind.BOOLEAN, "Whether it is an invented report, not a real one."),
        },
    )


def _lists() -> dict[str, Leaf | Many | Branch]:
    return {
        "citedDocuments": Many(
            "citedDocuments",
            "Conditions on the documents that the report cites.",
            _item(
                "CitedDocument",
                "cited document",
                {"title": text("title", "Its title, as printed."), "number": text("number", "Its number, as printed.")},
            ),
        ),
        "sections": Many("sections", "Conditions on the sections of the report.", _section()),
        "passages": Many(
            "passages",
            "Conditions on the passages of the report; to search texts of many reports, ask for `passages`.",
            _item("ReportPassage", "passage of a report", passage()),
        ),
        "statistics": Many("statistics", "Conditions on the figures that its narrative states.", stated_figures()),
        "tables": Many("tables", "Conditions on the official tables that stand in the report.", _table()),
        "cells": Many("cells", "Conditions on the cells of the official tables, by how they were read.", _cell()),
        "checks": Many("checks", "Conditions on the arithmetic checks of the report.", _check()),
    }


def _section() -> Branch:
    return _item(
        "Section",
        "section",
        {
            "role": enum("role", SectionRole, "What the section is about."),
            "ordinal": text("ordinal", "The number as printed before the heading."),
            "title": text("title", "Its heading, as printed."),
            "level": Leaf("level", Kind.INT, "Numbering style, 1 to 6."),
            "inferred": Leaf("inferred", Kind.BOOLEAN, "Whether the heading was recovered from content."),
        },
    )


def _table() -> Branch:
    return _item(
        "Table",
        "official table",
        {
            "form": text("form", "Id of the form, for instance requests."),
            "edition": text("edition", "Edition that the table follows."),
            "layout": text("layout", "How the table is laid out in the raw text."),
        },
    )


def _cell() -> Branch:
    return _item(
        "Cell",
        "cell of an official table",
        {
            "path": text("path", "Id of the cell, for instance requests.received.total."),
            "status": enum("status", CellStatus, "How the cell was read."),
            "text": text("text", "The cell as printed."),
            "rules": words("rules", "Codes of the rules whose arithmetic placed the figure."),
            "note": text("note", "What else is to be said about the reading."),
        },
    )


def _check() -> Branch:
    return _item(
        "Check",
        "check",
        {
            "rule": text("rule", "Code of the rule, for instance R2."),
            "status": enum("status", CheckStatus, "Outcome."),
            "severity": enum("severity", Severity, "How much a failure weighs."),
            "subject": text("subject", "The row or column that the check is about."),
            "left": Leaf("left", Kind.FLOAT, "Sum of the left side."),
            "right": Leaf("right", Kind.FLOAT, "Sum of the right side."),
            "difference": Leaf("difference", Kind.FLOAT, "Left side minus right side."),
            "paths": words("paths", "Ids of what is compared."),
            "otherYear": Leaf("otherYear", Kind.INT, "Year of the other report that is compared with."),
            "otherPaths": words("otherPaths", "Ids of the cells of that report."),
        },
    )
