"""Which stored paths a selection needs, none of them inside another.

Only what is asked for is read from MongoDB; the raw text and the long lists of a report stay where they are unless
something of theirs is selected.
"""

from collections.abc import Iterable, Iterator, Mapping

from graphql import GraphQLObjectType, is_leaf_type

from schema.fields.resolvers import source
from schema.fields.selection import Selected
from schema.fields.walk import TYPENAME


def projection(fields: Iterable[Selected], always: Iterable[str] = (), *, base: str = "") -> dict[str, int]:
    """The projection for MongoDB of fields selected on whole documents, or on what they hold at `base`."""
    paths = {"_id", *always}
    for selected in fields:
        paths.update(_paths(selected, base))
    return dict.fromkeys(sorted(outermost(paths)), 1)


def outermost(paths: Iterable[str]) -> set[str]:
    """The paths that no other path contains: MongoDB refuses a projection that names both.

    >>> sorted(outermost({"requests.received.total", "requests.received", "year"}))
    ['requests.received', 'year']
    """
    wanted = set(paths)
    return {path for path in wanted if not any(parent in wanted for parent in _parents(path))}


def added(projection: Mapping[str, int], paths: Iterable[str]) -> list[str]:
    """The paths of single values that a projection does not read yet.

    >>> added({"_id": 1, "requests.received": 1}, ["requests.received.total", "year"])
    ['year']
    """
    return [
        path for path in paths if path not in projection and not any(parent in projection for parent in _parents(path))
    ]


def _parents(path: str) -> Iterator[str]:
    while "." in path:
        path = path.rpartition(".")[0]
        yield path


def _paths(selected: Selected, prefix: str) -> Iterator[str]:
    if selected.name == TYPENAME:
        return
    found = source(selected.field)
    is_row = not prefix and found.row_reads is not None  # a part of a report that is a document is a row
    for path in (found.row_reads or ()) if is_row else found.reads:
        yield _joined(prefix, path)
    for given in selected.nodes[0].arguments or ():
        yield from (_joined(prefix, path) for path in found.reads_with.get(given.name.value, ()))
    if found.reads_by is not None:
        yield from (_joined(prefix, path) for path in found.reads_by(selected.arguments()))
    if is_leaf_type(selected.type):
        if found.key:
            yield _joined(prefix, found.key)
    elif found.base is not None:
        yield from _object_paths(selected, _joined(prefix, found.base))


def _object_paths(selected: Selected, base: str) -> Iterator[str]:
    """The paths of an object: those of its fields, or its own where it is wanted whole or only its presence is."""
    type_ = selected.type
    if not isinstance(type_, GraphQLObjectType):
        raise TypeError(f"{type_.name} inside a document has no paths of its own")
    inner = {path for field in selected.fields() for path in _paths(field, base)}
    below = {path for path in inner if base and path.startswith(f"{base}.")}
    if base and all(f"{base}.{name}" in below for name in _own_names(type_)):
        yield base  # all that the type can show: one path says it
        yield from inner - below
    else:
        yield from inner if below or not base else inner | {base}


def _own_names(type_: GraphQLObjectType) -> Iterator[str]:
    for field in type_.fields.values():
        found = source(field)
        if found.join:
            continue  # it shows nothing of the object itself
        yield from ((found.key,) if found.key else (path for path in found.reads if not path.startswith("/")))


def _joined(prefix: str, path: str) -> str:
    """A path from the document: relative to the object, or already from the document where it starts with a slash."""
    if path.startswith("/"):
        return path[1:]
    return f"{prefix}.{path}" if prefix and path else prefix or path
