"""Anything by its global id, in the order of the ids.

Reports, older revisions of them, their sections, passages, figures and mentions, agencies and regions; each collection
is asked once. An id of an unknown type, or of nothing that is stored, gives None.
"""

from collections import defaultdict
from collections.abc import Iterable
from operator import itemgetter

from graphql import GraphQLObjectType

from loaders.document import Document
from loaders.store.collections import REPORTS, REVISIONS
from loaders.store.derived_rows import AGENCIES
from loaders.store.region_rows import REGIONS
from schema.fields.projection import projection
from schema.fields.resolvers import Located
from schema.fields.selection import Selected
from schema.read.context import ReadContext
from schema.read.joins import complete
from schema.types.global_ids import UNKNOWN, UNNAMED, GlobalId
from schema.types.links import links_of, mention_key

_HELD = {
    "Report": "",
    "Section": "sections",
    "Passage": "passages",
    "Statistic": "statistics",
    "Mention": "mentions",
    "Agency": "agency",
    "Region": "",
}
"""Types of things with ids, and where in a report they are."""

_KEYS = {"Statistic": ("start",), "Mention": ("kind", "start")}
"""What is read to have every item of a list whose items have no id of their own: their place is what tells them."""


async def nodes(context: ReadContext, selected: Selected, ids: list[GlobalId]) -> list[Located | None]:
    """The things of these ids."""
    documents: dict[tuple[str, str], Document] = {}
    for collection, of_collection in _by_collection(ids).items():
        paths = {path for name in {id_.type_name for id_ in of_collection} for path in _paths(selected, name)}
        keys = [_document_key(id_) for id_ in of_collection]
        found = await context.reader.by_ids(collection, keys, projection((), always=paths))
        documents.update(((collection, key), document) for key, document in found.items())
    located = [_located(id_, documents.get((_collection(id_), _document_key(id_)))) for id_ in ids]
    await _complete(context, selected, [one for one in located if one is not None])
    return located


async def _complete(context: ReadContext, selected: Selected, located: list[Located]) -> None:
    of_type = defaultdict(list)
    for one in located:
        of_type[one.typename].append((one.value, one.report))
    for name, parents in of_type.items():
        await complete(context, selected.fields(_type(selected, name)), parents)


def _paths(selected: Selected, name: str) -> Iterable[str]:
    """What is selected of a type, at every place where a document may hold it."""
    fields = selected.fields(_type(selected, name))
    base = _HELD[name]
    yield from projection(fields, base=base)
    if name == "Agency":
        yield from (f"{base}.name", *projection(fields))
    elif base:
        yield from (f"{base}.{key}" for key in _KEYS.get(name, ("id",)))


def _type(selected: Selected, name: str) -> GraphQLObjectType:
    type_ = selected.context.schema.type_map[name]
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


def _located(id_: GlobalId, document: Document | None) -> Located | None:
    if id_ == GlobalId("Region", UNKNOWN):
        document = {}
    if document is None or id_.type_name not in _HELD:
        return None
    if id_.type_name in {"Report", "Region"}:
        return Located(document, document, id_.type_name)
    if id_.type_name == "Agency":
        value = document["agency"] if id_.key.startswith(UNNAMED) else document
        return Located(value, document, "Agency")
    value = _part(document, id_)
    return None if value is None else Located(value, document, id_.type_name)


def _part(document: Document, id_: GlobalId) -> Document | None:
    """The part of a report that an id names."""
    local = id_.key.partition("#")[2]
    if id_.type_name == "Statistic":
        return links_of(document).statistic(int(local)) if local.isdecimal() else None
    items: list[Document] = document.get(_HELD[id_.type_name]) or []
    key = mention_key if id_.type_name == "Mention" else itemgetter("id")
    return next((item for item in items if key(item) == local), None)
