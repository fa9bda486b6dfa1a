"""Loaded reports that a command is about: chosen by the filter of GraphQL, or by their ids.

The JSON of an option, or ids as `gongkai list` or GraphQL gives them, enter; facts about the reports leave, in the
order of years and agencies. A filter that cannot be used ends the command with exit code 2; an id that no report has
is a fault with the nearest one that is known (`NO_SUCH_REPORT`).
"""

import re
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import click
import orjson

from api.console import Output
from loaders.document import Document, get
from loaders.errors import GongkaiError
from loaders.forms import FORMS
from loaders.store.collections import REPORTS
from loaders.store.database import Database
from loaders.store.derived_rows import SUMMARIES, heavy
from schema.errors import RequestError, nearest
from schema.export.plan import Exporter, ExportError, ExportPlan
from schema.plan.routing import holding
from schema.types.global_ids import parsed

DEADLINE_MS = 60_000
MOST_COMPARED = 20_000  # ids that one which is not known is compared with

FACTS = {
    "id": "_id",
    "year": "year",
    "agency": "agency.name",
    "title": "title",
    "kind": "kind",
    "template": "template",
    "revision": "revision",
    "source": "source.name",
    "loadedAt": "source.loadedAt",
    "sample": "source.sample",
}
"""What is shown of a loaded report, and where it is stored."""

where_option = click.option(
    "--where", metavar="JSON", help="Filter in the JSON of the GraphQL input `where`, or @FILE that holds it."
)


def planned(output: Output, what: str, where: str | None, **options: Any) -> ExportPlan:
    """The plan of an export; where it cannot be made the command was misused."""
    try:
        return Exporter().plan(what, where=_filter(where), **options)
    except (ExportError, RequestError) as refused:
        output.fault(refused)
        sys.exit(2)


def matching(output: Output, where: str | None) -> Mapping[str, Any]:
    """What a filter asks of MongoDB; no filter asks nothing."""
    return planned(output, REPORTS, where).match if where is not None else {}


async def reports_that(database: Database, match: Mapping[str, Any]) -> list[Document]:
    """The facts of the reports that match."""
    projection = dict.fromkeys(FACTS.values(), 1)
    collection = holding(REPORTS, heavy(FORMS), match, projection)
    found = await database.find(collection, match, projection=projection, deadline_ms=DEADLINE_MS)
    return sorted(({name: get(one, path) for name, path in FACTS.items()} for one in found), key=_order)


async def reports_of(database: Database, ids: Sequence[str]) -> list[Document]:
    """The facts of the reports with these ids; all of them must be known."""
    stored = {_stored_id(given): given for given in ids}
    found = await reports_that(database, {"_id": {"$in": list(stored)}})
    unknown = stored.keys() - {one["id"] for one in found}
    if unknown:
        raise await _unknown(database, stored[min(unknown)])
    return found


def name_of(report: Document) -> str:
    """What a person calls a report by."""
    return str(report["agency"] or report["title"] or report["source"])


def titled(report: Document) -> str:
    """What a person calls a report by, marked where it is a sample."""
    return f"{name_of(report)}{' (sample)' if report['sample'] else ''}"


def _order(report: Document) -> tuple[Any, ...]:
    return report["year"] is None, report["year"] or 0, name_of(report), report["id"]


def _stored_id(given: str) -> str:
    """The stored id of one that GraphQL may have given out."""
    if re.fullmatch("r[0-9a-f]+", given):
        return given
    try:
        told = parsed(given)
    except RequestError:
        return given
    return told.key if told.type_name == "Report" else given


async def _unknown(database: Database, given: str) -> GongkaiError:
    rows = await database.find(SUMMARIES, {}, projection={"_id": 1}, limit=MOST_COMPARED, deadline_ms=DEADLINE_MS)
    hint = nearest(given, [row["_id"] for row in rows])
    return GongkaiError(
        "no report of this id is loaded",
        where=given,
        code="NO_SUCH_REPORT",
        hint=f"{hint} `gongkai list` shows the ids".strip(),
    )


def _filter(given: str | None) -> Any:
    """The filter, from the option or from the file it names."""
    if given is None:
        return None
    try:
        text = Path(given[1:]).read_bytes() if given.startswith("@") else given.encode()
        return orjson.loads(text)
    except OSError as fault:
        raise click.UsageError(f"--where: {given[1:]}: {fault.strerror}") from None
    except ValueError as fault:
        raise click.UsageError(f"--where is no JSON: {fault}") from None
