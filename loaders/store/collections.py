"""The collections, their validators and their indexes, derived from the declared forms."""

from collections.abc import Mapping, Sequence
from typing import Any

from loaders.document import NATURAL_KEY, ReportKind, Scope
from loaders.forms import Form, Kind
from loaders.forms.editions import edition_words
from loaders.store.database import Index
from loaders.store.derived_rows import AGENCIES, PASSAGES, STATISTICS, SUMMARIES
from loaders.store.region_rows import REGIONS

REPORTS, REVISIONS, VERSIONS, STATE = "reports", "revisions", "versions", "state"
COLLECTIONS = (REPORTS, SUMMARIES, REVISIONS, PASSAGES, STATISTICS, AGENCIES, REGIONS, VERSIONS, STATE)
GRAMS = "grams"
"""The key of what a search finds rows by, and the index over it."""

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


_REGION = ("province", "prefecture", "county")
_NATURAL_KEY = Index(
    "natural_key",
    tuple((path, 1) for path in NATURAL_KEY),
    unique=True,
    partial={"agency.name": {"$type": "string"}, "year": {"$type": "number"}},
)
_IDENTITY_INDEXES = (
    # found by one of these, sorted by year: what many reports share
    *(_sorted(path, path, "year") for path in ("kind", "template", "scope")),
    _sorted("template_expected", "templateExpected", "year"),
    _sorted("agency", "agency.name", "year"),
    _sorted("level", "agency.level", "year"),
    _sorted("type", "agency.type", "year"),
    *(_sorted(level, f"agency.region.{level}", "year") for level in _REGION),
    # found and sorted by one of these
    *(_sorted(path, path) for path in ("year", "title")),
    _sorted("agency_name", "agency.name"),
    _sorted("code", "agency.region.code"),
    _sorted("published_on", "publishedOn"),
    _sorted("period_end", "periodEnd"),
    _sorted("loaded_at", "source.loadedAt"),
    _sorted("failed_rules", "failedRules"),
    Index(
        "facts",
        paths=(
            "agency.candidates",
            "agency.region.township",
            "contact",
            "flags",
            "periodStart",
            "source",
        ),
    ),
)
_REPORT = Index("report", (("report", 1),))  # what a derived row is replaced by
_ROW_INDEXES = (  # few, for a report has hundreds of rows
    _REPORT,
    _sorted("year", "year"),
    Index("agency", paths=("agency.candidates", "agency.name", "agency.region")),
)
_GRAMS = Index(GRAMS, ((GRAMS, 1), ("place", 1)))  # what a search finds rows by, in the order it shows them
_INDEXES: Mapping[str, Sequence[Index]] = {
    REPORTS: (_NATURAL_KEY, *_IDENTITY_INDEXES),
    SUMMARIES: (_REPORT, *_IDENTITY_INDEXES),
    REVISIONS: (Index("report", (("report", 1), ("revision", 1))),),
    PASSAGES: (*_ROW_INDEXES, _GRAMS),
    STATISTICS: (*_ROW_INDEXES, _sorted("unit", "unit", "low"), _GRAMS),
    AGENCIES: (
        Index("name", (("name", 1),), unique=True),
        *(_sorted(level, f"region.{level}") for level in (*_REGION, "code")),
        Index("facts", paths=("level", "region.township", "type", "years")),
    ),
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
