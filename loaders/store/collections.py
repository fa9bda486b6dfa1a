"""The collections, their validators and their indexes, derived from the declared forms."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from loaders.document import NATURAL_KEY, ReportKind, Scope
from loaders.fields import AGENCY, REGION, REPORT, Held, Part, Served, ValueKind, fields_of, stored_values
from loaders.forms import Form, Kind
from loaders.forms.editions import edition_words
from loaders.store.database import Index
from loaders.store.derived_rows import AGENCIES, MENTIONS, PASSAGES, STATISTICS, SUMMARIES
from loaders.store.region_rows import REGIONS

REPORTS, REVISIONS, VERSIONS, STATE = "reports", "revisions", "versions", "state"
COLLECTIONS = (REPORTS, SUMMARIES, REVISIONS, PASSAGES, STATISTICS, MENTIONS, AGENCIES, REGIONS, VERSIONS, STATE)
GRAMS = "grams"
"""The key of what a search finds rows by, and the index over it."""
STORING: Mapping[str, Collection[str]] = {
    "reports": ("natural_key", "agency", "province", "prefecture", "county"),  # beside what else a report stands
    SUMMARIES: ("facts",),  # which texts are there, and whether they are samples
    PASSAGES: (),
    STATISTICS: (),
}
"""Of the collections that grow with every report, the indexes that storing itself needs."""

_NUMBER = ["int", "long", "double", "null"]
_TEXT = ["string", "null"]


def validator_for(collection: str, forms: Sequence[Form]) -> dict[str, Any]:
    """The `$jsonSchema` of a collection: the identity every document has, and the type of every figure."""
    if collection in (REPORTS, REVISIONS):
        return _reports_schema(forms)
    if collection == VERSIONS:
        return {"bsonType": "object", "required": ["count"]}
    if collection == STATE:
        return {"bsonType": "object"}
    named = {AGENCIES: ["name", "years"], REGIONS: ["name", "level"]}
    return {"bsonType": "object", "required": named.get(collection, ["report", "year", "kind", "agency"])}


def indexes_for(collection: str, forms: Sequence[Form]) -> Sequence[Index]:
    """The indexes of a collection; every filter on identity or on a figure has one, the natural key is unique."""
    own = _INDEXES[collection]
    return (*own, _figures(forms)) if collection == SUMMARIES else own


def _figures(forms: Sequence[Form]) -> Index:
    """Finds reports by any one figure; over the groups of the forms, so that a form may grow without a new index."""
    groups = {".".join(cell.path.split(".")[:2]) for form in forms for cell in form.cells}
    return Index("figures", paths=tuple(sorted(groups)))


def _sorted(name: str, *paths: str) -> Index:
    """Finds by the first path and sorts by the rest; the id last, for that is how every list is made total."""
    return Index(name, tuple((path, 1) for path in (*paths, "_id")))


_NATURAL_KEY = Index(
    "natural_key",
    tuple((path, 1) for path in NATURAL_KEY),
    unique=True,
    partial={"agency.name": {"$type": "string"}, "year": {"$type": "number"}},
)


def _identity_indexes() -> tuple[Index, ...]:
    """An index for every filter on what tells a report."""
    values = list(stored_values(REPORT))
    return (
        *(_sorted(_index_name(path), path, "year") for path, field in values if field.served is Served.BY_YEAR),
        _sorted("agency", "agency.name", "year"),  # besides its own: the reports of an agency are read in years
        *(_sorted(_index_name(path), path) for path, field in values if field.served is Served.ALONE),
        Index("facts", paths=tuple(sorted(_with_others(REPORT)))),
    )


def _agency_indexes() -> tuple[Index, ...]:
    """By name, by each place that has an index of its own in the reports, and one over all else."""
    values = dict(stored_values(AGENCY, Held.ROWS))
    places = [path for path, field in values.items() if field.part is REGION and field.served is not Served.WITH_OTHERS]
    return (
        Index("name", (("name", 1),), unique=True),
        *(_sorted(_index_name(path), path) for path in places),
        Index("facts", paths=tuple(sorted(values.keys() - {"name", *places}))),
    )


def _with_others(part: Part, prefix: str = "") -> Iterator[str]:
    """The paths that one index over many fields serves, of a part that it serves whole its own."""
    for field in fields_of(part):
        if field.served is Served.WITH_OTHERS:
            yield f"{prefix}{field.path}"
        elif field.kind is ValueKind.PART and field.held:
            yield from _with_others(field.holds, f"{prefix}{field.path}.")


def _index_name(path: str) -> str:
    """The last key of a path, with underscores; the name of an agency is told from other names.

    >>> _index_name("source.loadedAt")
    'loaded_at'
    """
    last = "agencyName" if path == "agency.name" else path.rpartition(".")[2]
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in last)


_ROW_INDEXES = (  # few, for a report has hundreds of rows; those of one report are found by their ids
    _sorted("year", "year"),
    Index("agency", paths=("agency.candidates", "agency.name", "agency.region")),
)
_GRAMS = Index(GRAMS, ((GRAMS, 1), ("place", 1)))  # what a search finds rows by, in the order it shows them
_INDEXES: Mapping[str, Sequence[Index]] = {
    REPORTS: (_NATURAL_KEY, *_identity_indexes()),
    SUMMARIES: _identity_indexes(),
    REVISIONS: (Index("report", (("report", 1), ("revision", 1))), Index("text", (("source.sha256", 1),))),
    PASSAGES: (*_ROW_INDEXES, _GRAMS),
    STATISTICS: (*_ROW_INDEXES, _sorted("unit", "unit", "low"), _GRAMS),
    MENTIONS: (*_ROW_INDEXES, _sorted("kind", "kind", "value"), _sorted("value", "value"), _GRAMS),
    AGENCIES: _agency_indexes(),
    REGIONS: (  # sorted by code and name unless told otherwise
        _sorted("code", "code", "name"),
        *(_sorted(path, path, "code", "name") for path in ("level", "parent")),
        _sorted("name", "name"),
    ),
    VERSIONS: (),
    STATE: (),
}


def _reports_schema(forms: Sequence[Form]) -> dict[str, Any]:
    return {
        "bsonType": "object",
        "required": [
            "kind",
            "template",
            "year",
            "scope",
            "agency",
            "source",
            "rawText",
            "sections",
            "passages",
            "cells",
        ],
        "properties": {
            "kind": {"enum": [str(kind) for kind in ReportKind]},
            "template": {"enum": list(edition_words(forms))},
            "scope": {"enum": [str(scope) for scope in Scope]},
            "year": {"bsonType": ["int", "null"]},
            "title": {"bsonType": _TEXT},
            "rawText": {"bsonType": "string"},
            "revision": {"bsonType": "int", "minimum": 1},
            "agency": {"bsonType": "object", "required": ["name"], "properties": {"name": {"bsonType": _TEXT}}},
            **{form.id: _form_schema(form) for form in forms},
        },
    }


def _form_schema(form: Form) -> dict[str, Any]:
    schema: dict[str, Any] = {"bsonType": ["object", "null"], "properties": {}}
    for cell in form.cells:
        node = schema
        *groups, leaf = cell.path.split(".")[1:]
        for group in groups:
            node = node["properties"].setdefault(group, {"bsonType": ["object", "null"], "properties": {}})
        node["properties"][leaf] = _AMOUNT if cell.kind is Kind.MONEY else {"bsonType": _NUMBER}
    return schema


_AMOUNT = {
    "bsonType": ["object", "null"],
    "properties": {
        "value": {"bsonType": _NUMBER},
        "unit": {"bsonType": _TEXT},
        "yuan": {"bsonType": _NUMBER},
    },
}
