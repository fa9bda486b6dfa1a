"""Anything by its global id: parsed ids enter, the things they stand for leave, in the order of the ids.

Reports, older revisions of them, their sections and passages, agencies and regions; each collection is asked once. An
id of an unknown type, or of nothing that is stored, gives None.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from graphql import GraphQLObjectType, GraphQLSchema

from loaders.document import Document
from loaders.store.collections import REPORTS, REVISIONS
from loaders.store.derived_rows import AGENCIES
from loaders.store.region_rows import REGIONS
from schema.fields.projection import projection
from schema.fields.resolvers import Part
from schema.fields.selection import Selected
from schema.read.joins import Joins
from schema.read.reader import Reader
from schema.types.global_ids import UNKNOWN, UNNAMED, GlobalId

_HELD = {"Report": "", "Section": "sections", "Passage": "passages", "Agency": "agency", "Region": ""}
"""Types of things with ids, and where in a report they are."""


@dataclass(frozen=True, slots=True)
class Nodes:
    """Finds things by their ids."""

    schema: GraphQLSchema
    reader: Reader
    joins: Joins

    async def found(self, selected: Selected, ids: list[GlobalId]) -> list[Part | None]:
        """The things of these ids."""
        documents: dict[tuple[str, str], Document] = {}
        for collection, of_collection in _by_collection(ids).items():
            paths = {path for name in {id_.type_name for id_ in of_collection} for path in self._paths(selected, name)}
            keys = [_document_key(id_) for id_ in of_collection]
            found = await self.reader.by_ids(collection, keys, projection((), always=paths))
            documents.update(((collection, key), document) for key, document in found.items())
        parts = [_part(id_, documents.get((_collection(id_), _document_key(id_)))) for id_ in ids]
        await self._complete(selected, [part for part in parts if part is not None])
        return parts

    async def _complete(self, selected: Selected, parts: list[Part]) -> None:
        of_type = defaultdict(list)
        for part in parts:
            of_type[part.typename].append((part.value, part.report))
        for name, parents in of_type.items():
            await self.joins.complete(selected.fields(self._type(name)), parents)

    def _paths(self, selected: Selected, name: str) -> Iterable[str]:
        """What is selected of a type, at every place where a document may hold it."""
        fields = selected.fields(self._type(name))
        base = _HELD[name]
        yield from projection(fields, base=base)
        if name == "Agency":
            yield from (f"{base}.name", *projection(fields))
        elif base:
            yield f"{base}.id"

    def _type(self, name: str) -> GraphQLObjectType:
        type_ = self.schema.type_map[name]
        if not isinstance(type_, GraphQLObjectType):
            raise TypeError(f"{name} is no object type")
        return type_


def _by_collection(ids: Iterable[GlobalId]) -> dict[str, list[GlobalId]]:
    found = defaultdict(list)
    for id_ in ids:
        if id_.type_name in _HELD:
            found[_collection(id_)].append(id_)
    return found


def _collection(id_: GlobalId) -> str:
    if id_.type_name == "Agency" and not id_.key.startswith(UNNAMED):
        return AGENCIES
    if id_.type_name == "Region":
        return REGIONS
    return REVISIONS if "@" in id_.key else REPORTS


def _document_key(id_: GlobalId) -> str:
    return id_.key.removeprefix(UNNAMED).partition("#")[0]


def _part(id_: GlobalId, document: Document | None) -> Part | None:
    if id_ == GlobalId("Region", UNKNOWN):
        document = {}
    if document is None or id_.type_name not in _HELD:
        return None
    if id_.type_name in {"Report", "Region"}:
        return Part(document, document, id_.type_name)
    if id_.type_name == "Agency":
        value = document["agency"] if id_.key.startswith(UNNAMED) else document
        return Part(value, document, "Agency")
    local = id_.key.partition("#")[2]
    items = document.get(_HELD[id_.type_name]) or ()
    return next((Part(item, document, id_.type_name) for item in items if item.get("id") == local), None)
