"""`gongkai check`: the findings of given files or of loaded reports."""

import asyncio
import sys
from collections.abc import Sequence

import click

from api.console import FINDING_HEADINGS, Output, counted, finding_rows, write_json
from api.settings import Settings, from_env
from loaders.batch import parse_all
from loaders.collections import REPORTS
from loaders.document import CheckStatus, Document
from loaders.errors import SourceError
from loaders.formats import SUFFIXES
from loaders.sources import inventory

READ_DEADLINE_MS = 60_000
_SHOWN = ("title", "agency", "year", "checks")


@click.command()
@click.argument("paths", nargs=-1)
@click.option("--all", "everything", is_flag=True, help="Show checks that pass or cannot be assessed, too.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of text.")
@click.make_pass_decorator(Output)
def check(output: Output, *, paths: Sequence[str], everything: bool, as_json: bool) -> None:
    """Show the findings of the given files, or of all loaded reports."""
    output.as_json = as_json
    faults: list[SourceError] = []
    documents = (
        _parsed(output, paths, faults) if paths else asyncio.run(_stored(output, from_env(), everything=everything))
    )
    wanted = [
        {**document, "checks": [one for one in document["checks"] if everything or one["status"] == CheckStatus.FAIL]}
        for document in documents
    ]
    if output.as_json:
        write_json([{key: document[key] for key in _SHOWN} for document in wanted])
    else:
        output.table(FINDING_HEADINGS, finding_rows(wanted))
    for fault in faults:
        output.fault(fault)
    shown = sum(len(document["checks"]) for document in wanted)
    output.note(f"{counted(len(wanted), 'report')}, {counted(shown, 'finding')}")
    sys.exit(1 if faults else 0)


def _parsed(output: Output, paths: Sequence[str], faults: list[SourceError]) -> list[Document]:
    found = inventory(paths, suffixes=SUFFIXES)
    faults += found.failures
    documents = []
    with output.progress("checking", len(found.entries)) as bar:
        for outcome in parse_all(found.entries):
            bar.step()
            if outcome.document is not None:
                documents.append(outcome.document)
            elif outcome.fault is not None:
                faults.append(outcome.fault)
    return documents


async def _stored(output: Output, settings: Settings, *, everything: bool) -> list[Document]:
    where: Document = {} if everything else {"failedRules": {"$ne": []}}
    projection = {"title": 1, "agency": 1, "year": 1, "checks": 1, "source.name": 1}
    from api.mongo import connect  # noqa: PLC0415 - the driver takes longer to import than a file takes to check

    async with connect(settings, tell=output.note) as database:
        return await database.find(
            REPORTS, where, projection=projection, sort=[("year", 1), ("_id", 1)], deadline_ms=READ_DEADLINE_MS
        )
