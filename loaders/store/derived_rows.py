"""Rows of the derived collections: what cross-report queries read, rebuilt from a report at any time.

A row carries the identity of its report under the same keys as the report itself (year, kind, scope, template, agency),
so that one predicate serves both.
"""

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from hashlib import sha256
from typing import Any

from loaders.document import INDICATORS, Document
from loaders.fields import CARRIED, HEAVY
from loaders.forms import Form
from loaders.store.region_rows import REGIONS
from loaders.text.search_folding import grams, place, searchable

PASSAGES, STATISTICS, AGENCIES = "passages", "statistics", "agencies"
SUMMARIES = "summaries"

SEARCHED: Mapping[str, str] = {PASSAGES: "text", STATISTICS: "label"}
"""What a search of these collections looks at: the key of a row's text."""

DERIVED_VERSION = 6
"""To be raised with every change of what a row holds: databases loaded earlier are then brought up to date."""
Packed = Mapping[str, bytes]
"""What `own_rows` yields, made ready for the database beforehand: of each collection all rows, one after the other."""
_SHORT = 24
SHARED = (AGENCIES, REGIONS)
"""The derived collections whose rows belong to several reports each."""


def passage_rows(document: Document) -> list[Document]:
    """One row for each passage, with the role of the main section it stands in and what a search finds it by."""
    return _rows(document, PASSAGES)


def statistic_rows(document: Document) -> list[Document]:
    """One row for each narrative figure, with the same of its label, and `low`, what it is sorted by."""
    rows = _rows(document, STATISTICS)
    for row in rows:
        row["low"] = _low(row["value"])
    return rows


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


def agency_row(document: Document, years: list[int]) -> Document | None:
    """The agency of a report as a row of `agencies`; None where the report names none."""
    agency = document["agency"]
    if agency["name"] is None:
        return None
    kept = {key: agency[key] for key in ("name", "level", "type", "region")}
    return {"_id": agency_id(agency["name"]), **kept, "years": sorted(years)}


def agency_id(name: str) -> str:
    """The id of an agency: a hash of its full name."""
    return "a" + sha256(name.encode()).hexdigest()[:20]


def _found_by(key: str, text: str | None) -> Document:
    """What a search reads of a row: `folded` is its text as terms are, `grams` its pairs, `place` its rank."""
    if text is None:
        return {}
    folded, pairs = _short_seen(text) if len(text) <= _SHORT else _seen(text)
    return {"folded": folded, "grams": pairs, "place": place(key, folded)}


def _seen(text: str) -> tuple[str, list[int]]:
    folded = searchable(text)
    return folded, grams(folded)


_short_seen = lru_cache(maxsize=4096)(_seen)  # the labels of figures: a few come again and again


def _low(value: Any) -> Any:
    """The figure itself; of a range, its lower end."""
    return min(value) if isinstance(value, list) else value


def _without_indicators(value: Any) -> Any:
    """The object of a form without the rows that no form declares; a group of figures may be called the same."""
    if not isinstance(value, dict) or isinstance(value.get(INDICATORS), dict):
        return value
    return {key: inner for key, inner in value.items() if key != INDICATORS}


def _rows(document: Document, field: str) -> list[Document]:
    identity = {key: document[key] for key in CARRIED}
    roles = _main_roles(document)
    return [
        {
            "_id": (key := f"{document['_id']}/{index}"),
            "report": document["_id"],
            **identity,
            "role": roles.get(item["section"]),
            **item,
            **_found_by(key, item[SEARCHED[field]]),
        }
        for index, item in enumerate(document[field])
    ]


def _main_roles(document: Document) -> dict[str | None, str | None]:
    """The role of each section's outermost ancestor."""
    roles: dict[str | None, str | None] = {}
    for section in document["sections"]:  # parents stand before their children
        parent = section["parent"]
        roles[section["id"]] = section["role"] if parent is None else roles.get(parent)
    return roles
