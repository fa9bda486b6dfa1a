"""The object types that refer to reports and are referred to by them: agencies, sections, passages, figures, cells.

They are made anew for each set of forms, because the report type is; `extend` closes the circle once it exists. A row
of a derived collection serves their functions as well as a part of a report.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from strawberry.types.field import StrawberryField

from loaders.document import Document
from loaders.fields import (
    AGENCY,
    CELL,
    CHECK,
    EVENT,
    IMPLIED_FIGURE,
    MENTION,
    OPERAND,
    PASSAGE,
    REGION,
    SECTION,
    STATISTIC,
    STEP,
    Part,
)
from loaders.store.derived_rows import (
    MENTIONS,
    PASSAGES,
    SEARCHED,
    STATISTICS,
    agency_id,
    clause,
    is_cumulative,
    sought,
)
from schema.fields.source import argument, computed
from schema.plan.search_terms import FOUND_BY
from schema.types.declared import Computed, linking_fields, part_type
from schema.types.factory import object_type
from schema.types.global_ids import UNNAMED, global_id
from schema.types.links import (
    cell_of,
    children_of,
    index_of,
    mention_key,
    operand_cell,
    operand_statistic,
    operands,
    parent_of,
    parts_of,
    passage_of,
    passages_under,
    role_of,
    role_of_mention,
    section_of,
    statistics_in,
    statistics_under,
    whole_of,
)
from schema.types.region import region_type
from schema.types.values import PLAIN, Highlight, Node

Labels = Mapping[str, tuple[str, str]]
"""Chinese and English words of each cell, by its path."""

NOUNS = {PASSAGES: "passage", STATISTICS: "figure", MENTIONS: "mention"}
"""What a row of a collection is called in descriptions."""


@dataclass(frozen=True, slots=True)
class ReportPartTypes:
    """The types that refer to reports."""

    agency: Any
    region: Any
    section: Any
    passage: Any
    statistic: Any
    mention: Any
    event: Any
    cell: Any
    check: Any
    implied: Any
    operand: Any
    labels: Labels


def part_types(labels: Labels) -> ReportPartTypes:
    """New types, without the fields that lead back to reports."""
    region = region_type()
    made = ReportPartTypes(
        agency=_agency_type(region),
        region=region,
        section=_section_type(),
        passage=_passage_type(),
        statistic=_statistic_type(),
        mention=_mention_type(),
        event=part_type(EVENT, {STEP.name: part_type(STEP, {}, {})}, {}),
        cell=_cell_type(labels),
        check=part_type(CHECK, PLAIN, {}),
        implied=part_type(IMPLIED_FIGURE, PLAIN, {}),
        operand=part_type(OPERAND, PLAIN, {}),
        labels=labels,
    )
    types = _by_part(made)
    for part, computations in _LINKS.items():
        extend(types[part.name], linking_fields(part, types, computations))
    return made


def _by_part(made: ReportPartTypes) -> Mapping[str, Any]:
    """The types of parts that lead to each other, by the names of the parts."""
    return {
        SECTION.name: made.section,
        PASSAGE.name: made.passage,
        STATISTIC.name: made.statistic,
        MENTION.name: made.mention,
        EVENT.name: made.event,
        CELL.name: made.cell,
        CHECK.name: made.check,
        IMPLIED_FIGURE.name: made.implied,
        OPERAND.name: made.operand,
    }


def extend(type_: Any, fields: Iterable[StrawberryField]) -> None:
    """Add fields to a type that is declared already, before the schema is made of it."""
    type_.__strawberry_definition__.fields.extend(fields)


def report_key(report: Document) -> str:
    """The id of the report that a document is, or that a row of a derived collection belongs to."""
    key: str = report["_id"]
    return key.partition("/")[0]


def _part_id(type_name: str, key: str) -> Any:
    """A function that makes the global id of a part of a report from the key it has within the report."""

    def made(value: Document, report: Document) -> str | None:
        local = value.get(key)
        return None if local is None else global_id(type_name, report_key(report), local)

    return made


def _agency_id(value: Document, report: Document) -> str:
    name = value.get("name")
    return global_id("Agency", agency_id(name) if name is not None else f"{UNNAMED}{report['_id']}")


def _region(value: Document, _report: Document) -> Document:
    """The region stays on the agency even where nothing is known of it: joins leave on it what they find."""
    region: Document = value.setdefault("region", {})
    return region


def passage_hit(passage: Any) -> Any:
    """A passage of one report with what a search says of it."""
    return object_type(
        "PassageHit",
        [
            computed("The passage.", lambda row, _: row, base="/passages", name="passage", type_=passage),
            *found_fields(PASSAGES),
        ],
        "A passage of a report that a search found.",
    )


def found_fields(collection: str, row_of: Callable[[Any], Document] = lambda value: value) -> list[Any]:
    """What a search says of a row of a collection, as fields of whatever the row is taken from.

    They are fields of no row itself: a client's cache keeps a row once, whichever search found it.
    """
    noun, texts = NOUNS[collection], SEARCHED[collection]

    def score(value: Any, _report: Document) -> float | None:
        row = row_of(value)
        return row[FOUND_BY].score(sought(row, collection)) if FOUND_BY in row else None

    def highlights(value: Any, _report: Document) -> list[Document]:
        row = row_of(value)
        if FOUND_BY not in row:
            return []
        return [{"field": key, **span} for key in texts for span in row[FOUND_BY].highlights(row.get(key) or "")]

    return [
        computed(
            f"How relevant the {noun} is to the search, above 0 to 1: the share that the terms make up of "
            f"{_listed(texts)}, each counted once; null without a search.",
            score,
            reads=texts,
            name="score",
            type_=float | None,
        ),
        computed(
            f"Where the terms of the search stand in {_listed(texts)} of the {noun}; in each in order, none "
            "overlapping another.",
            highlights,
            reads=texts,
            size=3,
            name="highlights",
            type_=list[Highlight],
        ),
    ]


def _listed(names: Sequence[str]) -> str:
    """Names of fields in words.

    >>> _listed(["label", "subject", "clause"])
    '`label`, `subject` and `clause`'
    """
    *others, last = (f"`{name}`" for name in names)
    return f"{', '.join(others)} and {last}" if others else last


def _section_text(value: Document, report: Document) -> str | None:
    raw = report.get("rawText")
    return None if raw is None else raw[value["headingEnd"] : value["end"]].strip()


def _statistic_id(value: Document, report: Document) -> str:
    return global_id("Statistic", report_key(report), index_of(value))


def _mention_id(value: Document, report: Document) -> str:
    return global_id("Mention", report_key(report), mention_key(value))


def _single(value: Document, _report: Document) -> float | None:
    number = value.get("value")
    return None if isinstance(number, list) else number


def _range(value: Document, _report: Document) -> Document | None:
    number = value.get("value")
    return {"low": number[0], "high": number[1]} if isinstance(number, list) else None


def _clause(value: Document, report: Document) -> str | None:
    """A derived row has it, of a figure of a report it is quoted."""
    return value["clause"] if "clause" in value else clause(value, report)


def _cumulative(value: Document, report: Document) -> bool:
    """A derived row has it, of a figure of a report it follows from its period."""
    kept: bool | None = value.get("cumulative")
    return is_cumulative(value.get("period"), report.get("year")) if kept is None else kept


def _cell_number(value: Document, _report: Document) -> float | None:
    figure = value.get("value")
    return figure.get("value") if isinstance(figure, dict) else figure


def _cell_amount(value: Document, _report: Document) -> Document | None:
    figure = value.get("value")
    return figure if isinstance(figure, dict) else None


_IN_SECTIONS = ("/sections.id", "/sections.parent")
_ROLE = Computed(role_of, reads=("section", *_IN_SECTIONS, "/sections.role"), row_reads=("role",))
_DEEP = (argument("deep", bool, "Whether also those that stand under headings below it.", default=True),)
_SECTION = Computed(section_of, reads=("section", "/sections.id"), base="/sections", returns=40)
_PASSAGE = Computed(passage_of, reads=("passage", "/passages.id"), base="/passages", returns=10)
_LINKS: Mapping[Part, Mapping[str, Computed]] = {
    SECTION: {
        "parent": Computed(parent_of, reads=("parent", "/sections.id"), base="/sections", returns=40),
        "children": Computed(children_of, reads=("id", *_IN_SECTIONS), base="/sections"),
        "passages": Computed(
            passages_under, reads=("id", *_IN_SECTIONS, "/passages.section"), base="/passages", arguments=_DEEP
        ),
        "statistics": Computed(
            statistics_under, reads=("id", *_IN_SECTIONS, "/statistics.section"), base="/statistics", arguments=_DEEP
        ),
    },
    PASSAGE: {
        "section": _SECTION,
        "statistics": Computed(statistics_in, reads=("id", "/statistics.passage"), base="/statistics"),
    },
    STATISTIC: {
        "section": _SECTION,
        "passage": _PASSAGE,
        "whole": Computed(whole_of, reads=("partOf",), base="/statistics", returns=10),
        "parts": Computed(parts_of, reads=("/_id", "/statistics.partOf"), base="/statistics"),
        "cell": Computed(cell_of, reads=("cell", "/cells.path"), base="/cells"),
    },
    MENTION: {"passage": _PASSAGE},
    EVENT: {"passage": _PASSAGE},
    CHECK: {"operands": Computed(operands("paths"), reads=("paths",), base="paths")},
    IMPLIED_FIGURE: {name: Computed(operands(name), reads=(name,), base=name) for name in ("cells", "less")},
    OPERAND: {
        "cell": Computed(operand_cell, reads=("/cells.path",), base="/cells"),
        "statistic": Computed(operand_statistic, base="/statistics"),
    },
}
"""What answers the fields that lead from part to part; what leads up is priced for the lists that are there."""


def _agency_type(region: Any) -> Any:
    computations = {
        "id": Computed(_agency_id, reads=("name", "/_id")),
        "region": Computed(_region, base="region"),
    }
    return part_type(AGENCY, {REGION.name: region}, computations, bases=(Node,))


def _passage_type() -> Any:
    computations = {
        "id": Computed(_part_id("Passage", "id"), reads=("id", "/_id")),
        "role": _ROLE,
    }
    return part_type(PASSAGE, {}, computations, bases=(Node,))


def _section_type() -> Any:
    computations = {
        "id": Computed(_part_id("Section", "id"), reads=("id", "/_id")),
        "text": Computed(_section_text, reads=("headingEnd", "end", "/rawText")),
    }
    return part_type(SECTION, {}, computations, bases=(Node,))


def _statistic_type() -> Any:
    computations = {
        "id": Computed(_statistic_id, reads=("/_id",)),
        "index": Computed(lambda value, _: index_of(value), reads=("/_id",)),
        "role": _ROLE,
        "value": Computed(_single, reads=("value",)),
        "range": Computed(_range, reads=("value",)),
        "clause": Computed(_clause, reads=("clauseStart", "clauseEnd", "/rawText"), row_reads=("clause",)),
        "cumulative": Computed(_cumulative, reads=("cumulative", "period", "/year")),
    }
    return part_type(STATISTIC, PLAIN, computations, bases=(Node,))


def _mention_type() -> Any:
    in_passage = Computed(
        role_of_mention,
        reads=("passage", "/passages.id", "/passages.section", *_IN_SECTIONS, "/sections.role"),
        row_reads=("role",),
    )
    of_report = Computed(
        lambda value, report: value.get("reportKind", report.get("kind")), reads=("/kind",), row_reads=("reportKind",)
    )
    id_ = Computed(_mention_id, reads=("kind", "start", "/_id"))
    return part_type(MENTION, PLAIN, {"id": id_, "role": in_passage, "reportKind": of_report}, bases=(Node,))


def _cell_type(labels: Labels) -> Any:
    def word(index: int) -> Any:
        return lambda value, _report: labels[value["path"]][index] if value["path"] in labels else None

    computations = {
        "label": Computed(word(0), reads=("path",)),
        "meaning": Computed(word(1), reads=("path",)),
        "value": Computed(_cell_number, reads=("value",)),
        "amount": Computed(_cell_amount, reads=("value",)),
    }
    return part_type(CELL, PLAIN, computations)
