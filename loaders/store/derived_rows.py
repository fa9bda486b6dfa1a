"""Rows of the derived collections: what cross-report queries read, rebuilt from a report at any time.

A row carries the identity of its report under the same keys as the report itself (year, kind, scope, template, agency),
so that one predicate serves both.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from hashlib import sha256
from typing import Any

from loaders.document import INDICATORS, Document
from loaders.fields import CARRIED, HEAVY, SECTION, fields_of
from loaders.forms import Form
from loaders.store.region_rows import REGIONS
from loaders.text.search_folding import grams, place, searchable
from loaders.vocabulary.periods import MANY_YEARS, OF_THE_YEAR, SINCE, YEAR_NAMED

PASSAGES, STATISTICS, MENTIONS, AGENCIES = "passages", "statistics", "mentions", "agencies"
SUMMARIES = "summaries"

SEARCHED: Mapping[str, tuple[str, ...]] = {
    PASSAGES: ("text",),
    STATISTICS: ("label", "subject", "clause"),
    MENTIONS: ("text", "value", "title"),
}
"""What a search of these collections looks at: the keys of a row's texts."""

_BETWEEN = "|"  # no blank, for terms do not see blanks: no term reaches from one text into another

DERIVED_VERSION = 7
"""To be raised with every change of what a row holds: databases loaded earlier are then brought up to date."""
Packed = Mapping[str, bytes]
"""What `own_rows` yields, made ready for the database beforehand: of each collection all rows, one after the other."""
SHARED = (AGENCIES, REGIONS)
"""The derived collections whose rows belong to several reports each."""


def passage_rows(document: Document) -> list[Document]:
    """One row for each passage, with what is asked of the section it stands in and what a search finds it by."""
    return _rows(document, PASSAGES)


def statistic_rows(document: Document) -> list[Document]:
    """One row for each narrative figure, with the same, its clause, and what is known of it beside other figures.

    `low` is what it is sorted by; `wholes` are the rows of all that it is part of, the innermost first, each with the
    breakdown that leads to it; it is `cumulative` where it is of several years together.
    """

    def more(index: int, item: Document) -> Document:
        return {
            "low": _low(item["value"]),
            "clause": clause(item, document),
            "cumulative": is_cumulative(item.get("period"), document["year"]),
            "wholes": _wholes(document, index),
        }

    return _rows(document, STATISTICS, more)


def mention_rows(document: Document) -> list[Document]:
    """One row for each mention, with the same; `kind` is its own, so that of its report goes by another name."""
    return _rows(document, MENTIONS, lambda _index, _item: {"reportKind": document["kind"]})


def clause(statistic: Document, report: Document) -> str | None:
    """The clause that a figure stands in, quoted from the raw text; None where an older parser kept no place of it."""
    start, end = statistic.get("clauseStart"), statistic.get("clauseEnd")
    return None if start is None or end is None or "rawText" not in report else report["rawText"][start:end]


def summary_rows(document: Document) -> list[Document]:
    """The report once more, without its heavy parts: what most questions about many reports need."""
    summary = {key: _without_indicators(value) for key, value in document.items() if key not in HEAVY}
    return [{**summary, "report": document["_id"]}]


def heavy(forms: Iterable[Form]) -> tuple[str, ...]:
    """Every path of a report of these forms that its summary lacks."""
    return (*HEAVY, *(form.indicators_path for form in forms if form.indicators))


DERIVED: Mapping[str, Callable[[Document], list[Document]]] = {
    SUMMARIES: summary_rows,
    PASSAGES: passage_rows,
    STATISTICS: statistic_rows,
    MENTIONS: mention_rows,
}
"""The derived collections whose rows belong to one report each (`report` is its id)."""


def belonging(collection: str, reports: Iterable[str]) -> Document:
    """The condition that finds the derived rows of reports, by the ids that `DERIVED` gives them."""
    if collection == SUMMARIES:
        return {"_id": {"$in": [*reports]}}
    # "0" is the sign after "/"
    return {"$or": [{"_id": {"$gte": f"{report}/", "$lt": f"{report}0"}} for report in reports]}


def own_rows(document: Document) -> dict[str, list[Document]]:
    """The rows that follow from the report alone, so that they can be made before it is stored, of each collection."""
    return {collection: DERIVED[collection](document) for collection in SEARCHED}


def agency_row(document: Document, published: Iterable[tuple[str, int | None]]) -> Document | None:
    """The agency of a report as a row of `agencies`; None where the report names none.

    `published` are the kinds and years of all its reports; the row has the years of each kind.
    """
    agency = document["agency"]
    if agency["name"] is None:
        return None
    kept = {key: agency[key] for key in ("name", "level", "type", "region")}
    years: dict[str, list[int]] = {}
    for kind, year in sorted({(kind, year) for kind, year in published if year is not None}):
        years.setdefault(kind, []).append(year)
    return {"_id": agency_id(agency["name"]), **kept, "years": years}


def agency_id(name: str) -> str:
    """The id of an agency: a hash of its full name."""
    return "a" + sha256(name.encode()).hexdigest()[:20]


def sought(row: Document, collection: str) -> str:
    """The texts of a row as a search looks at them, each once: what is said in another is left out."""
    texts: list[str] = []
    for key in reversed(SEARCHED[collection]):  # the longest is the last
        folded = _folded(row.get(key) or "")
        if folded and not any(folded in text for text in texts):
            texts.append(folded)
    return _BETWEEN.join(reversed(texts))


_folded = lru_cache(maxsize=64)(searchable)  # figures stand in one clause by the dozen


@lru_cache(maxsize=64)
def _grams(folded: str) -> list[int]:
    return grams(folded)


def _found_by(row: Document, collection: str) -> Document:
    """What a search reads of a row: `folded` is its text as terms are, `grams` its pairs, `place` its rank."""
    folded = sought(row, collection)
    return {"folded": folded, "grams": _grams(folded), "place": place(row["_id"], folded)} if folded else {}


def _wholes(document: Document, index: int) -> list[Document]:
    """What a figure is part of, and what that is part of; a link that goes round in a circle ends there."""
    statistics, seen = document["statistics"], {index}
    found: list[Document] = []
    while (whole := statistics[index].get("partOf")) is not None and whole < len(statistics) and whole not in seen:
        found.append({"of": f"{document['_id']}/{whole}", "breakdown": statistics[index].get("breakdown")})
        seen.add(whole)
        index = whole
    return found


def is_cumulative(period: str | None, year: int | None) -> bool:
    """Whether a figure of this period, in a report on this year, counts several years together."""
    period = "".join((period or "").split())
    if re.search(MANY_YEARS, period):
        return True
    if not re.search(SINCE, period):
        return False
    named = [int(one) for one in re.findall(YEAR_NAMED, period)]
    return min(named) < year if named and year is not None else not re.search(OF_THE_YEAR, period)


def _low(value: Any) -> Any:
    """The figure itself; of a range, its lower end."""
    return min(value) if isinstance(value, list) else value


def _without_indicators(value: Any) -> Any:
    """The object of a form without the rows that no form declares; a group of figures may be called the same."""
    if not isinstance(value, dict) or isinstance(value.get(INDICATORS), dict):
        return value
    return {key: inner for key, inner in value.items() if key != INDICATORS}


def _rows(
    document: Document, field: str, more: Callable[[int, Document], Document] = lambda _index, _item: {}
) -> list[Document]:
    identity = {key: document[key] for key in CARRIED}
    roles, sections = _main_roles(document), {section["id"]: _asked(section) for section in document["sections"]}
    in_passage = {passage["id"]: passage["section"] for passage in document["passages"]}
    rows = [
        {
            "_id": f"{document['_id']}/{index}",
            "report": document["_id"],
            **identity,
            "role": roles.get(item["section"] if "section" in item else in_passage.get(item["passage"])),
            **({"under": sections.get(item["section"])} if "section" in item else {}),
            **item,
            **more(index, item),
        }
        for index, item in enumerate(document.get(field) or ())
    ]
    for row in rows:
        row.update(_found_by(row, field))
    return rows


_ASKED = tuple(field.path for field in fields_of(SECTION) if field.filters)


def _asked(section: Document) -> Document:
    """What a filter asks about a section."""
    return {key: section.get(key) for key in _ASKED}


def _main_roles(document: Document) -> dict[str | None, str | None]:
    """The role of each section's outermost ancestor."""
    roles: dict[str | None, str | None] = {}
    for section in document["sections"]:  # parents stand before their children
        parent = section["parent"]
        roles[section["id"]] = section["role"] if parent is None else roles.get(parent)
    return roles
