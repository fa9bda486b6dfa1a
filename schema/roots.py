"""The fields of the Query type: arguments and a selection enter, parts of stored documents leave.

Each method plans first and reads second. Both ways of executing an operation call these same methods. Refused: ids
that are not ours, arguments that do not go together, and whatever `schema.plan` refuses.
"""

from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from graphql import GraphQLObjectType

from loaders.document import Document
from schema.build import BuiltSchema
from schema.connection import TOTAL_COUNT
from schema.errors import ErrorCode, RequestError
from schema.execute import Reader
from schema.identity import GlobalId, parsed
from schema.plan import REPORTS, Catalogue, Wanted, plan_reports
from schema.projection import projection
from schema.resolve import Part
from schema.selection import Selected

Arguments = Mapping[str, Any]
Answer = Part | list[Part] | list[Part | None] | None
Root = Callable[[Selected, Arguments, Wanted], Awaitable[Answer]]

REPORT = "Report"
_PARTS = {"Section": "sections", "Passage": "passages"}
"""Parts of a report that have ids of their own, and the lists that hold them."""


@dataclass(frozen=True, slots=True)
class Roots:
    """Answers the fields of the Query type from one database."""

    built: BuiltSchema
    catalogue: Catalogue
    reader: Reader

    def named(self) -> dict[str, Root]:
        """The methods by the names of their fields."""
        return {
            "node": self._node,
            "nodes": self._nodes,
            "report": self._report,
            "reports": self._reports,
            "forms": self._forms,
        }

    def wanted(self, selected: Selected) -> Wanted:
        """What the selection of a root field needs; the same for every request of the same shape."""
        if selected.name == "reports":
            fields = selected.fields()
            rows = any(field.name != TOTAL_COUNT for field in fields)
            total = any(field.name == TOTAL_COUNT for field in fields)
            return Wanted(projection(fields), rows=rows, total=total)
        if selected.name == "report":
            return Wanted(projection(selected.fields()))
        return Wanted({})

    async def _reports(self, _selected: Selected, arguments: Arguments, wanted: Wanted) -> Part:
        page = await self.reader.page(plan_reports(self.catalogue, arguments, wanted))
        return Part(page, {})

    async def _report(self, _selected: Selected, arguments: Arguments, wanted: Wanted) -> Part | None:
        found = await self.reader.documents(
            REPORTS, _report_match(arguments), {**wanted.projection, "scope": 1}, limit=_SCOPES
        )
        best = min(found, key=_scope_rank, default=None)
        return Part(best, best) if best else None

    async def _node(self, selected: Selected, arguments: Arguments, _wanted: Wanted) -> Part | None:
        return (await self._by_ids(selected, [parsed(arguments["id"])]))[0]

    async def _nodes(self, selected: Selected, arguments: Arguments, _wanted: Wanted) -> list[Part | None]:
        ids, most = arguments["ids"], self.catalogue.limits.ids
        if len(ids) > most:
            raise RequestError(ErrorCode.BAD_ARGUMENTS, f"nodes takes {most} ids at most, not {len(ids)}")
        return await self._by_ids(selected, [parsed(id_) for id_ in ids])

    async def _forms(self, _selected: Selected, _arguments: Arguments, _wanted: Wanted) -> list[Part]:
        return [Part(form, form) for form in self.built.forms]

    async def _by_ids(self, selected: Selected, ids: list[GlobalId]) -> list[Part | None]:
        """The things of these ids, in their order; ids of no known type, and of nothing stored, give None."""
        documents = await self._reports_of(selected, ids)
        return [_part(id_, documents.get(_report_key(id_))) for id_ in ids]

    async def _reports_of(self, selected: Selected, ids: list[GlobalId]) -> dict[str, Document]:
        types = {id_.type_name for id_ in ids} & {REPORT, *_PARTS}
        if not types:
            return {}
        paths: set[str] = set()
        for name in types:
            paths.update(self._node_paths(selected, name))
        wanted = [_report_key(id_) for id_ in ids if id_.type_name in types]
        return await self.reader.by_ids(REPORTS, wanted, projection((), always=paths))

    def _node_paths(self, selected: Selected, name: str) -> Iterable[str]:
        type_ = self.built.graphql.type_map[name]
        if not isinstance(type_, GraphQLObjectType):
            raise TypeError(f"{name} is no object type")
        base = _PARTS.get(name, "")
        return [*projection(selected.fields(type_), base=base), *([f"{base}.id"] if base else [])]


_SCOPES = 20
_PREFERRED = ("REGION_AGGREGATE", "SYSTEM_AGGREGATE")


def _scope_rank(report: Document) -> tuple[int, str]:
    """Aggregates come before what they are made of: they are what an agency's report is by default."""
    scope = report.get("scope")
    return (_PREFERRED.index(scope) if scope in _PREFERRED else len(_PREFERRED), report["_id"])


def _report_match(arguments: Arguments) -> dict[str, Any]:
    id_, agency, year = (arguments.get(name) for name in ("id", "agency", "year"))
    if id_ is not None:
        if agency is not None or year is not None:
            raise RequestError(ErrorCode.BAD_ARGUMENTS, "give `id`, or `agency` and `year`, not both")
        found = parsed(id_)
        return {"_id": found.key if found.type_name == REPORT else None}
    if agency is None or year is None:
        raise RequestError(
            ErrorCode.BAD_ARGUMENTS,
            "give `id`, or `agency` and `year`",
            hint='For instance report(agency: "…", year: 2020).',
        )
    match = {"agency.name": agency, "year": year}
    named = {name: value.value for name in ("kind", "scope") if (value := arguments.get(name)) is not None}
    return {**match, **named}


def _report_key(id_: GlobalId) -> str:
    return id_.key.partition("#")[0] if id_.type_name in _PARTS else id_.key


def _part(id_: GlobalId, report: Document | None) -> Part | None:
    if report is None or id_.type_name not in {REPORT, *_PARTS}:
        return None
    if id_.type_name == REPORT:
        return Part(report, report, REPORT)
    local = id_.key.partition("#")[2]
    items = report.get(_PARTS[id_.type_name]) or ()
    return next((Part(item, report, id_.type_name) for item in items if item.get("id") == local), None)
