"""The collections, their validators and their indexes, derived from the declared forms."""

from collections.abc import Sequence
from typing import Any

from loaders.database import Index
from loaders.derived import AGENCIES, PASSAGES, STATISTICS
from loaders.document import ReportKind, Scope, Template
from loaders.forms import Form, Kind

REPORTS, REVISIONS, TURNS = "reports", "revisions", "turns"
COLLECTIONS = (REPORTS, REVISIONS, PASSAGES, STATISTICS, AGENCIES, TURNS)

_NUMBER = ["int", "long", "double", "null"]
_TEXT = ["string", "null"]
_REGION = ("province", "prefecture", "county")


def validator_for(collection: str, forms: Sequence[Form]) -> dict[str, Any]:
    """The `$jsonSchema` of a collection: the identity every document has, and the type of every figure."""
    if collection in (REPORTS, REVISIONS):
        return _reports_schema(forms)
    if collection == TURNS:
        return {"bsonType": "object", "required": ["count"]}
    required = ["report", "year", "kind", "agency"] if collection != AGENCIES else ["name", "years"]
    return {"bsonType": "object", "required": required}


def indexes_for(collection: str) -> tuple[Index, ...]:
    """The indexes of a collection; every filter on identity has one, the natural key of a report is unique."""
    if collection == REPORTS:
        return _REPORT_INDEXES
    if collection == REVISIONS:
        return (Index("report", (("report", 1), ("revision", 1))),)
    if collection == AGENCIES:
        return (Index("name", (("name", 1),), unique=True), *_by_region(""))
    if collection == TURNS:
        return ()
    searched = (Index("grams", (("grams", 1), ("place", 1))),) if collection == PASSAGES else ()
    return (
        Index("report", (("report", 1),)),
        Index("year", (("year", 1), ("_id", 1))),
        *_by_region("agency."),
        *searched,
    )


def _by_region(prefix: str) -> tuple[Index, ...]:
    return tuple(Index(level, ((f"{prefix}region.{level}", 1), ("_id", 1))) for level in (*_REGION, "code"))


_KNOWN_AGENCY = {"agency.name": {"$type": "string"}, "year": {"$type": "number"}}
_REPORT_INDEXES = (
    Index(
        "natural_key",
        (("agency.name", 1), ("year", 1), ("kind", 1), ("scope", 1)),
        unique=True,
        partial=_KNOWN_AGENCY,
    ),
    Index("agency", (("agency.name", 1), ("year", 1), ("_id", 1))),
    Index("year", (("year", 1), ("_id", 1))),
    Index("kind", (("kind", 1), ("year", 1), ("_id", 1))),
    Index("template", (("template", 1), ("year", 1), ("_id", 1))),
    Index("scope", (("scope", 1), ("year", 1), ("_id", 1))),
    Index("level", (("agency.level", 1), ("year", 1), ("_id", 1))),
    Index("type", (("agency.type", 1), ("year", 1), ("_id", 1))),
    Index("title", (("title", 1), ("_id", 1))),
    Index("published_on", (("publishedOn", 1), ("_id", 1))),
    Index("failed_rules", (("failedRules", 1), ("_id", 1))),
    Index("sha256", (("source.sha256", 1),)),
    *(Index(level, ((f"agency.region.{level}", 1), ("year", 1), ("_id", 1))) for level in (*_REGION, "code")),
)


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
            "template": {"enum": [str(template) for template in Template]},
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
