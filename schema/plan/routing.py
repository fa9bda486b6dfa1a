"""Where questions about reports are asked: of their summaries, unless something heavy is needed.

A command goes to the summaries where nothing in it refers to a path that they lack. A page that needs heavy parts of a
few reports, but chooses or orders them by figures, is read by two commands: first the ids, of the summaries. Which
paths are heavy depends on the forms (`loaders.store.derived_rows.heavy`). Whatever only might be a reference to a heavy
path is taken for one: no answer depends on the way it is read.
"""

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from loaders.document import Document, get, put
from loaders.store.collections import REPORTS
from loaders.store.derived_rows import SUMMARIES
from schema.plan.commands import Aggregate, Command, Find
from schema.plan.keyset import FLAG

_WHOLE_DOCUMENT = frozenset({"$ROOT", "$CURRENT"})  # as they stand after the first "$" of "$$ROOT"
_SHAPING = frozenset({"$project", "$group"})
Sent = TypeVar("Sent", bound=Command)


@dataclass(frozen=True, slots=True)
class TwoCommands:
    """A page read by two commands: its ids with the paths of its order, and then more of the documents of these ids."""

    ids: Command
    order: Sequence[str]
    projection: Mapping[str, Any]

    def page(self, rows: Sequence[Document], documents: Mapping[str, Document]) -> list[Document]:
        """The documents in the order of the rows, without those that have gone meanwhile.

        One that was stored anew meanwhile keeps the values that it was placed by: cursors are made of them.
        """
        found = [(row, documents[row["_id"]]) for row in rows if row["_id"] in documents]
        for row, document in found:
            for path in self.order:
                if get(document, path) != get(row, path):
                    put(document, path, get(row, path))
        return [document for _, document in found]


def holding(collection: str, heavy: Sequence[str], *parts: Any) -> str:
    """The collection that holds all that parts of a command refer to: the summaries instead of reports if they do.

    >>> holding("reports", ["rawText"], {"year": 2020}, {"requests.received": 1})
    'summaries'
    >>> holding("reports", ["rawText"], {"year": 2020}, {"rawText": 1})
    'reports'
    """
    if collection != REPORTS:
        return collection
    suspect = _WHOLE_DOCUMENT | {path.partition(".")[0] for path in heavy}
    referred = (path for path in _paths(parts) if path.partition(".")[0] in suspect)
    return collection if any(_is_heavy(path, heavy) for path in referred) else SUMMARIES


def routed(command: Sent, heavy: Sequence[str]) -> Sent:
    """The command, sent to where the least has to be read for it."""
    if isinstance(command, Find):
        parts: Any = (command.where, command.projection, dict(command.sort))
        whole = not any(command.projection.values())
    elif isinstance(command, Aggregate):
        parts = command.pipeline
        whole = not any(_SHAPING & stage.keys() for stage in command.pipeline)
    else:
        parts, whole = command.where, False
    return command if whole else replace(command, collection=holding(command.collection, heavy, parts))


def in_two_commands(command: Command, figures: AbstractSet[str], heavy: Sequence[str]) -> TwoCommands | None:
    """The two commands of a page that is chosen or ordered by what stands under these keys and shows what is heavy."""
    two = _two_commands(command) if command.collection == REPORTS else None
    if two is None or holding(REPORTS, heavy, two.projection) == SUMMARIES:
        return None
    ids = routed(two.ids, heavy)
    by_figures = any(path.partition(".")[0] in figures for path in _paths(_found_by(ids)))
    return replace(two, ids=ids) if ids.collection == SUMMARIES and by_figures else None


def _two_commands(command: Command) -> TwoCommands | None:
    if isinstance(command, Find) and command.limit:
        order = [path for path, _ in command.sort]
        return TwoCommands(replace(command, projection=_read(order)), order, command.projection)
    if isinstance(command, Aggregate) and "$project" in command.pipeline[-1]:
        *stages, last = command.pipeline
        if any("$limit" in stage for stage in stages) and not any(_SHAPING & stage.keys() for stage in stages):
            order = [path for stage in stages for path in stage.get("$sort", ()) if not path.startswith(f"{FLAG}.")]
            ids = replace(command, pipeline=[*stages, {"$project": _read(order)}])
            return TwoCommands(ids, order, last["$project"])
    return None


def _read(order: Sequence[str]) -> dict[str, int]:
    return dict.fromkeys(("_id", *order), 1)


def _found_by(command: Command) -> Any:
    if isinstance(command, Aggregate):
        return command.pipeline
    return (command.where, dict(command.sort) if isinstance(command, Find) else {})


def _is_heavy(path: str, heavy: Sequence[str]) -> bool:
    """Whether a path is a heavy one, lies in one or holds one."""
    return path.partition(".")[0] in _WHOLE_DOCUMENT or any(
        f"{path}.".startswith(f"{one}.") or one.startswith(f"{path}.") for one in heavy
    )


def _paths(part: Any) -> Iterator[str]:
    """Everything in a part of a command that MongoDB might read as a path: keys at any depth, and strings with a $."""
    if isinstance(part, Mapping):
        for key, inner in part.items():
            yield key
            yield from _paths(inner)
    elif isinstance(part, list | tuple):
        for inner in part:
            yield from _paths(inner)
    elif isinstance(part, str) and part.startswith("$"):
        yield part[1:]
