"""Checks that need other stored reports: kept true whichever report is stored first, and whichever changes.

Documents about to be stored get their checks against the year before and, for a region's aggregate, against its
members; the checks of the year after and of the aggregate are brought in step, also where a report is to go. All of it
goes into the transaction that stores the documents, or removes one.

`Neighbours` reads what is stored around documents, in a few reads for however many; from then on all is worked out
here, in the order in which they come, so that storing many at a time ends as storing one after the other does.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from loaders.checks import member_checks, with_checks, year_checks
from loaders.checks.members import MEMBER_RULES, MEMBER_SCOPES, REGION_KEYS, is_aggregate, is_member, region_of
from loaders.checks.years import YEAR_RULES
from loaders.document import NATURAL_KEY, Check, Document, Scope, get, to_document
from loaders.forms import FORMS, Form
from loaders.store.collections import REPORTS
from loaders.store.database import STORING_DEADLINE_MS, Database, Update, Write
from loaders.store.derived_rows import SUMMARIES

_LEFT_OUT = ("passages", "statistics", "cells")
_REGION_PATHS = tuple(f"agency.region.{key}" for key in REGION_KEYS)
_AGGREGATE, _MEMBERS = str(Scope.REGION_AGGREGATE), [str(scope) for scope in MEMBER_SCOPES]
_Key = tuple[Any, ...]


class Neighbours:
    """The reports on the years before and after others and those of the same region, as they will be."""

    def __init__(self, forms: Sequence[Form] = FORMS) -> None:
        self._forms = forms
        self._reports: dict[str, Document] = {}
        self._by_year: dict[_Key, str] = {}
        self._by_region: dict[_Key, dict[str, None]] = {}
        self._changed: dict[str, None] = {}

    @classmethod
    async def of(cls, database: Database, documents: Sequence[Document], forms: Sequence[Form] = FORMS) -> "Neighbours":
        """What is stored around these documents."""
        beside = cls(forms)
        regions = {_region(one): _same_region(one) for one in documents if is_aggregate(one) or is_member(one)}
        aggregates = await _found(database, [{**where, "scope": _AGGREGATE} for where in regions.values()])
        with_aggregate = {_region(one) for one in (*aggregates, *filter(is_aggregate, documents))}
        members = [{**where, "scope": {"$in": _MEMBERS}} for key, where in regions.items() if key in with_aggregate]
        beside._know(await _found(database, members, only=_member_fields(forms)))
        beside._know(aggregates)
        beside._know(await _found(database, _years_beside(documents)))
        return beside

    def settle(self, document: Document) -> Document:
        """The document with all its checks, once the checks of its neighbours are in step with it."""
        document = alone(document)
        earlier, later = (self._of_year(document, document["year"], step) for step in (-1, 1))
        if earlier is not None:
            document = _with(document, year_checks(document, earlier, self._forms))
        if later is not None:
            self._change(_with(_without(later, YEAR_RULES), year_checks(later, document, self._forms)))
        self._put(document)
        if is_aggregate(document):
            document = _with(document, self._member_checks(document))
            self._put(document)
        elif is_member(document):
            self._change_aggregates(document)
        return document

    def part(self, texts: Sequence[Document]) -> None:
        """Bring the checks of its neighbours in step where a report goes that has had these texts."""
        current = texts[0]
        later = self._of_year(current, current["year"], 1)
        if later is not None:
            self._change(_without(later, YEAR_RULES))
        self._forget(current["_id"])
        for text in filter(is_member, texts):
            self._change_aggregates(text)

    def checked(self, document: Document) -> Document:
        """The document with the checks that it has come to have since it was settled."""
        now = self._reports[document["_id"]]
        return {**document, "checks": now["checks"], "failedRules": now["failedRules"]}

    def changes(self, *, besides: Iterable[str] = ()) -> list[Write]:
        """The writes of the checks that have changed, but not of these reports."""
        changed = self._changed.keys() - {*besides}
        return [write for report in self._changed if report in changed for write in _updates(self._reports[report])]

    def _know(self, reports: Iterable[Document]) -> None:
        for report in reports:
            self._put(report)

    def _put(self, report: Document) -> None:
        self._forget(report["_id"])
        self._reports[report["_id"]] = {key: value for key, value in report.items() if key not in _LEFT_OUT}
        self._by_year[_key(report, report["year"])] = report["_id"]
        self._by_region.setdefault(_region(report), {})[report["_id"]] = None

    def _forget(self, report: str) -> None:
        if known := self._reports.pop(report, None):
            self._by_year.pop(_key(known, known["year"]), None)
            self._by_region[_region(known)].pop(report, None)

    def _change(self, report: Document) -> None:
        self._put(report)
        self._changed[report["_id"]] = None

    def _change_aggregates(self, document: Document) -> None:
        for report in self._of_region(document):
            if report["scope"] == _AGGREGATE:
                self._change(_with(_without(report, MEMBER_RULES), self._member_checks(report)))

    def _member_checks(self, aggregate: Document) -> list[Check]:
        members = [report for report in self._of_region(aggregate) if report["scope"] in MEMBER_SCOPES]
        return member_checks(aggregate, members, self._forms)

    def _of_year(self, document: Document, year: int | None, step: int) -> Document | None:
        if document["agency"]["name"] is None or year is None:
            return None
        return self._reports.get(self._by_year.get(_key(document, year + step), ""))

    def _of_region(self, document: Document) -> list[Document]:
        return [self._reports[report] for report in self._by_region.get(_region(document), ())]


def alone(document: Document) -> Document:
    """The document with only those checks that need no other report."""
    return _without(document, YEAR_RULES | MEMBER_RULES)


async def _found(
    database: Database, places: Sequence[Mapping[str, Any]], *, only: Mapping[str, int] | None = None
) -> list[Document]:
    if not places:
        return []
    where = {"$or": list(places)} if len(places) > 1 else places[0]
    projection = only or dict.fromkeys(_LEFT_OUT, 0)
    return await database.find(REPORTS, where, projection=projection, deadline_ms=STORING_DEADLINE_MS)


def _member_fields(forms: Sequence[Form]) -> Mapping[str, int]:
    return dict.fromkeys(("kind", "scope", "year", "agency", *(form.id for form in forms)), 1)


def _years_beside(documents: Sequence[Document]) -> list[Mapping[str, Any]]:
    """Where the reports stand that have the same agency, kind and scope, on the years beside those of documents."""
    years: dict[_Key, set[int]] = {}
    for one in documents:
        if one["agency"]["name"] is not None and one["year"] is not None:
            years.setdefault(_key(one, None), set()).update((one["year"] - 1, one["year"] + 1))
    return [
        {**dict(zip(NATURAL_KEY, key, strict=True)), "year": {"$in": sorted(beside)}} for key, beside in years.items()
    ]


def _key(document: Document, year: int | None) -> _Key:
    """The natural key of a document as it is on another year."""
    return tuple(year if path == "year" else get(document, path) for path in NATURAL_KEY)


def _region(document: Document) -> _Key:
    return document["kind"], document["year"], region_of(document)


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
