"""Which stored paths a selection needs: selected fields enter, a set of paths leaves, none of them inside another.

Only what is asked for is read from MongoDB; the raw text and the long lists of a report stay where they are unless
something of theirs is selected.
"""

from collections.abc import Iterable, Iterator

from graphql import GraphQLInterfaceType, GraphQLObjectType, is_leaf_type

from schema.resolve import ROOTED, source
from schema.selection import Selected

TYPENAME = "__typename"


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


def _parents(path: str) -> Iterator[str]:
    while "." in path:
        path = path.rpartition(".")[0]
        yield path


def _paths(selected: Selected, prefix: str) -> Iterator[str]:
    if selected.name == TYPENAME:
        return
    found = source(selected.field)
    for path in found.reads:
        yield _joined(prefix, path)
    for given in selected.nodes[0].arguments or ():
        yield from (_joined(prefix, path) for path in found.reads_with.get(given.name.value, ()))
    if is_leaf_type(selected.type):
        if found.key:
            yield _joined(prefix, found.key)
    elif found.base is not None:
        base = "" if selected.type.name in ROOTED else _joined(prefix, found.base)
        yield from _object_paths(selected, base)


def _object_paths(selected: Selected, base: str) -> Iterator[str]:
    """The paths of an object: those of its fields, or its own where only its presence is asked for."""
    if isinstance(selected.type, GraphQLInterfaceType):
        raise TypeError("an interface inside a document has no paths of its own")
    inner = [path for field in _fields_of(selected) for path in _paths(field, base)]
    yield from inner
    if base and not any(path == base or path.startswith(f"{base}.") for path in inner):
        yield base


def _fields_of(selected: Selected) -> tuple[Selected, ...]:
    return selected.fields() if isinstance(selected.type, GraphQLObjectType) else ()


def _joined(prefix: str, path: str) -> str:
    """A path from the document: relative to the object, or already from the document where it starts with a slash."""
    if path.startswith("/"):
        return path[1:]
    return f"{prefix}.{path}" if prefix and path else prefix or path
