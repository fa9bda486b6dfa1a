"""Checks that need other stored reports: kept true whichever report is stored first, and whichever changes.

A document about to be stored gets its checks against the year before and, for a region's aggregate, against its
members; writes bring the checks of the year after and of the aggregate in step, also where a document is to go. All of
it goes into the transaction that stores the document, or removes it. Reports whose checks depend on each other share a
version: who stores one must have seen the last change of any, or looks again.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, TypeVar

from loaders.checks import member_checks, with_checks, year_checks
from loaders.checks.members import MEMBER_RULES, MEMBER_SCOPES, REGION_KEYS, is_aggregate, is_member, region_of
from loaders.checks.years import YEAR_RULES
from loaders.document import NATURAL_KEY, Check, Document, Scope, get, to_document
from loaders.errors import DuplicateKeyError
from loaders.forms import FORMS, Form
from loaders.store.collections import REPORTS, VERSIONS
from loaders.store.database import STORING_DEADLINE_MS, Database, Replace, Update, Write
from loaders.store.derived_rows import SUMMARIES, agency_id

_ATTEMPTS = 12  # of several commands that change reports of one agency at a time, one gets through each time
_LEFT_OUT = {"passages": 0, "statistics": 0, "cells": 0}
VERSIONED_BY = ("agency", "kind", "scope", "year")
"""The paths that tell which versions a report raises."""
Outcome = TypeVar("Outcome")
_REGION_PATHS = tuple(f"agency.region.{key}" for key in REGION_KEYS)


async def settled(database: Database, document: Document, forms: Sequence[Form]) -> tuple[Document, list[Write]]:
    """The document with all its checks, and the writes that keep those of its neighbours true."""
    writes: list[Write] = []
    document = alone(document)
    earlier, later = await _years_beside(database, document)
    if earlier is not None:
        document = _with(document, year_checks(document, earlier, forms))
    if later is not None:
        writes += _updates(_with(_without(later, YEAR_RULES), year_checks(later, document, forms)))
    if is_aggregate(document):
        document = _with(document, member_checks(document, await _members(database, document, forms), forms))
    elif is_member(document):
        writes += await _aggregates(database, document, [document], forms)
    return document, writes


async def parted(database: Database, texts: Sequence[Document], forms: Sequence[Form] = FORMS) -> list[Write]:
    """The writes that keep the checks of its neighbours true where a report goes that has had these texts."""
    _, later = await _years_beside(database, texts[0])
    writes = [] if later is None else _updates(_without(later, YEAR_RULES))
    for text in filter(is_member, texts):
        writes += await _aggregates(database, text, [], forms)
    return writes


def alone(document: Document) -> Document:
    """The document with only those checks that need no other report."""
    return _without(document, YEAR_RULES | MEMBER_RULES)


async def raised_versions(database: Database, ids: Sequence[str]) -> list[Write]:
    """Writes that raise these versions by one, and fail where another change raised one of them first."""
    rows = await database.find(VERSIONS, {"_id": {"$in": list(ids)}}, deadline_ms=STORING_DEADLINE_MS)
    counts = {row["_id"]: row["count"] for row in rows}
    return [
        # a count that has moved on is not found, and the row that is then written anew has its id twice
        Replace(VERSIONS, {"_id": one, "count": counts.get(one, 0)}, {"_id": one, "count": counts.get(one, 0) + 1})
        for one in ids
    ]


async def retried(step: Callable[[], Awaitable[Outcome]]) -> Outcome:
    """What a step that raises versions comes to: where another change came first, it looks again."""
    for attempt in range(_ATTEMPTS):
        try:
            return await step()
        except DuplicateKeyError:
            if attempt + 1 == _ATTEMPTS:
                raise
    raise AssertionError


def version_ids(document: Document) -> list[str]:
    """The versions that every change of a report raises: its agency's, or its own where it tells none, and a region's.

    Read of the document are the paths `VERSIONED_BY`.
    """
    name, year = document["agency"]["name"], document["year"]
    ids = [document["_id"] if name is None else agency_id(name)]
    if name is not None and year is not None and (is_aggregate(document) or is_member(document)):
        ids.append(f"{year}/{'/'.join(part or '' for part in region_of(document) or ())}")
    return ids


async def _years_beside(database: Database, document: Document) -> tuple[Document | None, Document | None]:
    """The reports of the same agency, kind and scope on the year before and on the year after."""
    name, year = document["agency"]["name"], document["year"]
    if name is None or year is None:
        return None, None
    where = {**{path: get(document, path) for path in NATURAL_KEY}, "year": {"$in": [year - 1, year + 1]}}
    rows = await database.find(REPORTS, where, projection=_LEFT_OUT, deadline_ms=STORING_DEADLINE_MS)
    by_year = {row["year"]: row for row in rows}
    return by_year.get(year - 1), by_year.get(year + 1)


async def _members(database: Database, document: Document, forms: Sequence[Form]) -> list[Document]:
    where = {**_same_region(document), "scope": {"$in": [str(scope) for scope in MEMBER_SCOPES]}}
    projection = dict.fromkeys(("kind", "scope", "year", "agency", *(form.id for form in forms)), 1)
    return await database.find(REPORTS, where, projection=projection, deadline_ms=STORING_DEADLINE_MS)


async def _aggregates(
    database: Database, document: Document, itself: Sequence[Document], forms: Sequence[Form]
) -> list[Write]:
    """The writes that bring the aggregates of the document's region in step with it, or with its being gone."""
    where = {**_same_region(document), "scope": str(Scope.REGION_AGGREGATE)}
    aggregates = await database.find(REPORTS, where, projection=_LEFT_OUT, deadline_ms=STORING_DEADLINE_MS)
    if not aggregates:
        return []
    others = [one for one in await _members(database, document, forms) if one["_id"] != document["_id"]]
    changed = (_with(_without(one, MEMBER_RULES), member_checks(one, [*others, *itself], forms)) for one in aggregates)
    return [write for one in changed for write in _updates(one)]


def _same_region(document: Document) -> Mapping[str, Any]:
    names = region_of(document) or ()
    return {"kind": document["kind"], "year": document["year"], **dict(zip(_REGION_PATHS, names, strict=True))}


def _with(document: Document, checks: Sequence[Check]) -> Document:
    return with_checks(document, [*document["checks"], *to_document(checks)])


def _without(document: Document, rules: frozenset[str]) -> Document:
    return with_checks(document, [check for check in document["checks"] if check["rule"] not in rules])


def _updates(document: Document) -> list[Write]:
    """The writes of a neighbour's new checks, and of what its summary says of them."""
    failed = {"failedRules": document["failedRules"]}
    return [
        Update(REPORTS, {"_id": document["_id"]}, {"checks": document["checks"], **failed}),
        Update(SUMMARIES, {"_id": document["_id"]}, failed),
    ]
