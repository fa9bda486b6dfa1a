"""Values that are read from elsewhere: the year before, the reports of an agency, the report of a passage.

Each joined field asks MongoDB once for all objects that it is selected on (a page for each agency apart) and leaves
what it found on the objects themselves, where the resolvers look for it. Both ways of executing share this, so neither
asks once for each object. The fields are declared in `schema.read.references`.
"""

import asyncio
from collections.abc import Iterable
from typing import Any

from loaders.document import Document
from schema.fields.projection import projection
from schema.fields.resolvers import is_list, joined_key, source
from schema.fields.selection import Selected
from schema.fields.walk import TYPENAME
from schema.plan.pages import Wanted
from schema.read.context import ReadContext
from schema.types.connection import TOTAL_COUNT

Parent = tuple[Any, Document]
"""An object of the answer and the document that it is part of."""


def holds_join(selected: Selected) -> bool:
    """Whether a field, or anything selected below it, is read from elsewhere."""
    if selected.name == TYPENAME:
        return False
    return source(selected.field).join is not None or any(holds_join(inner) for inner in selected.fields())


def wanted_of_document(selected: Selected) -> Wanted:
    """What the selection on one document needs of it."""
    fields = selected.fields()
    return Wanted(projection(fields), joins=any(holds_join(field) for field in fields))


def wanted_of_page(selected: Selected) -> Wanted:
    """What the selection on a connection needs of its page."""
    fields = selected.fields()
    return Wanted(
        projection(fields),
        rows=any(field.name != TOTAL_COUNT for field in fields),
        total=any(field.name == TOTAL_COUNT for field in fields),
        joins=any(holds_join(field) for field in fields),
    )


async def complete(context: ReadContext, fields: Iterable[Selected], parents: list[Parent]) -> None:
    """Leave on these objects, and on those below them, whatever their selected fields have elsewhere."""
    if parents:
        await asyncio.gather(*(_complete(context, field, parents) for field in fields if holds_join(field)))


async def _complete(context: ReadContext, selected: Selected, parents: list[Parent]) -> None:
    join = source(selected.field).join
    if join:
        found = await join(context, selected, parents)
        for (value, _), result in zip(parents, found, strict=True):
            value[joined_key(selected.nodes[0])] = result
    await complete(context, selected.fields(), list(_children(selected, parents)))


def _children(selected: Selected, parents: list[Parent]) -> Iterable[Parent]:
    """The objects that a field yields on these objects, with the documents that they are part of."""
    found = source(selected.field)
    arguments = selected.arguments() if found.compute is not None else {}
    for value, report in parents:
        if found.join:
            items = value[joined_key(selected.nodes[0])]
        elif found.compute is not None:
            items = found.compute(value, report, **arguments)
        else:
            items = value.get(found.key)
        for item in (items or ()) if is_list(selected.field) else (items,):
            if item is not None:
                yield item, item if found.rooted else report
