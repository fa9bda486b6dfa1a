"""What can be filtered by, as trees of conditions; neither GraphQL nor MongoDB yet.

The words of the trees (`Branch`, `Condition`, `Many`), and the trees of the derived collections, read off
`loaders.fields`; the tree of reports is in `schema.queryable.report_conditions`. The input types and the match
documents are read off these trees, so that they cannot disagree.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import Enum

from loaders.document import Template
from loaders.fields import (
    AGENCY,
    MENTION,
    PASSAGE,
    REGION,
    REPORT,
    STATISTIC,
    Field,
    Held,
    Part,
    ValueKind,
    fields_of,
    in_both,
)
from schema.queryable.figure_or_ratio import FiguresAndRatios

MEASURES = "measures"
"""What conditions on what is measured are called, beside those on what is stored."""
COUNT = "count"
"""What asks how many items a list has, beside its other conditions."""

LISTED = frozenset({ValueKind.WORDS, ValueKind.YEARS})
"""The kinds of values that are lists themselves."""

_ALL_MUST_HOLD = "Conditions side by side must all hold."


@dataclass(frozen=True, slots=True)
class Condition:
    """One comparable value: its stored path (from the document, or from the list item it is in) and its kind."""

    path: str
    kind: ValueKind
    description: str
    enum: type[Enum] | None = None


@dataclass(frozen=True, slots=True)
class Many:
    """A list of the document, of which some, none or every item must meet conditions, and which has so many items."""

    path: str
    description: str
    item: "Branch"


@dataclass(frozen=True, slots=True)
class Related(Many):
    """Documents of another collection that name this one: `via` is where they do, `key` what they name it by."""

    collection: str
    key: str
    via: str


@dataclass(frozen=True, slots=True)
class Branch:
    """Conditions that stand together under one input type.

    `logical` adds and, or and not; `measures` adds conditions on what reports can be measured by.
    """

    type_name: str
    description: str
    children: Mapping[str, "Condition | Many | Branch"]
    path: str = ""
    logical: bool = False
    measures: FiguresAndRatios | None = None


Conditions = dict[str, Condition | Many | Branch]
"""Conditions by the names of their fields."""


def leaves(tree: Branch) -> Iterator[Condition]:
    """Every comparable value of a tree that is not inside a list."""
    for node in tree.children.values():
        if isinstance(node, Condition):
            yield node
        elif isinstance(node, Branch):
            yield from leaves(node)


def with_editions(tree: Branch, template: type[Enum]) -> Branch:
    """The tree with the enum of some forms' editions wherever it asks for a `Template`."""
    return replace(tree, children={name: _with_editions(node, template) for name, node in tree.children.items()})


def _with_editions(node: "Condition | Many | Branch", template: type[Enum]) -> "Condition | Many | Branch":
    if isinstance(node, Branch):
        return with_editions(node, template)
    if isinstance(node, Related):
        return replace(node, item=with_editions(node.item, template))
    return replace(node, enum=template) if isinstance(node, Condition) and node.enum is Template else node


def conditions_of(part: Part, held: Held = Held.REPORT, prefix: str = "") -> Conditions:
    """What can be asked about a part where it is held; `prefix` is where a document keeps it."""
    return {
        field.name: condition_of(field, prefix)
        for field in fields_of(part)
        if field.filters and field.held & held and not field.of_forms
    }


def condition_of(field: Field, prefix: str = "") -> Condition | Many | Branch:
    """What can be asked about a field."""
    path = f"{prefix}{field.path}"
    if field.kind is ValueKind.PARTS:
        return Many(path, _on(field), item_conditions(field.holds))
    if field.kind is ValueKind.PART:
        part = field.holds
        description = f"{_on(field)} {_ALL_MUST_HOLD}" if part.combines else _on(field)
        children = conditions_of(part, prefix=f"{path}.")
        return Branch(_where(part), description, children, logical=part.combines)
    return Condition(path, field.asked or field.kind, field.said(field.hint), field.values)


def item_conditions(part: Part) -> Branch:
    """The conditions on one item of a list in a report."""
    description = in_both(part.zh, f"Conditions on one {part.noun}. {_ALL_MUST_HOLD}")
    return Branch(_where(part), description, conditions_of(part), logical=True)


def _on(field: Field) -> str:
    return in_both(field.zh, f"Conditions on {field.en[0].lower()}{field.en[1:]}{field.hint}.")


def _where(part: Part) -> str:
    return f"{part.where or part.name}Where"


def agency_conditions(reports: Branch) -> Branch:
    """Everything that `where` of an agency can ask about; `reports` is all that can be asked about one of its own."""
    words = "Conditions on its reports, of whatever kind: `none` finds who has published none like this."
    related = Related("reports", words, reports, collection="reports", key="name", via="agency.name")
    return _list("AgencyWhere", "agencies", {**conditions_of(AGENCY, Held.ROWS), "reports": related})


def region_conditions() -> Branch:
    """Everything that `where` of a region can ask about."""
    return _list("RegionNodeWhere", "regions", conditions_of(REGION, Held.ROWS))


def passage_conditions() -> Branch:
    """Everything that `where` of a passage can ask about."""
    return _list("PassageWhere", "passages and on the reports they stand in", _row_conditions(PASSAGE))


def statistic_conditions() -> Branch:
    """Everything that `where` of a narrative figure can ask about."""
    return _list("StatisticWhere", "narrative figures and on the reports they stand in", _row_conditions(STATISTIC))


def mention_conditions() -> Branch:
    """Everything that `where` of a mention can ask about; `kind` is its own."""
    return _list("MentionWhere", "mentions and on the reports they stand in", _row_conditions(MENTION))


def _list(type_name: str, nouns: str, children: Conditions) -> Branch:
    return Branch(type_name, f"Conditions on {nouns}. {_ALL_MUST_HOLD}", children, logical=True)


def _row_conditions(part: Part) -> Conditions:
    """What tells the report of a row, then what the row is about."""
    return {**conditions_of(REPORT, Held.ROWS), **conditions_of(part, Held.ROWS)}
