"""`gongkai check`: the findings of given files or of loaded reports."""

import asyncio
import sys
from collections.abc import Sequence

import click

from api.commands.given import given
from api.console import FINDING_HEADINGS, Output, counted, finding_group, finding_rows, write_json
from api.settings import Settings, from_env
from loaders.batch import parse_all
from loaders.document import CheckStatus, Document
from loaders.errors import SourceError
from loaders.forms import Severity
from loaders.store.collections import REPORTS

READ_DEADLINE_MS = 60_000
_SHOWN = ("title", "agency", "year", "checks")


@click.command()
@click.argument("paths", nargs=-1)
@click.option("--all", "everything", is_flag=True, help="Show checks that pass or cannot be assessed, too.")
@click.option(
    "--fail-on",
    type=click.Choice([severity.lower() for severity in Severity]),
    help="Exit with 1 where a check of this severity, or of a graver one, fails.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of text.")
@click.make_pass_decorator(Output)
def check(output: Output, *, paths: Sequence[str], everything: bool, fail_on: str | None, as_json: bool) -> None:
    """Show the findings of the given files, or of all loaded reports.

    ERROR is arithmetic that the form itself prescribes, WARNING a strong expectation with exceptions, INFO worth a
    look. The exit code is 1 where a file cannot be read, or as --fail-on says.
    """
    output.as_json = as_json
    faults: list[SourceError] = []
    documents = (
        _parsed(output, paths, faults, from_env())
        if paths
        else asyncio.run(_stored(output, from_env(), everything=everything))
    )
    wanted = [
        {**document, "checks": [one for one in document["checks"] if everything or one["status"] == CheckStatus.FAIL]}
        for document in documents
    ]
    _show(output, wanted)
    for fault in faults:
        output.fault(fault)
    shown = sum(len(document["checks"]) for document in wanted)
    grave = sum(_fails(one, fail_on) for document in wanted for one in document["checks"]) if fail_on else 0
    failing = f", of which {grave:,} fail at {fail_on} or graver" if fail_on else ""
    output.note(f"{counted(len(wanted), 'report')}, {counted(shown, 'finding')}{failing}")
    sys.exit(1 if faults or grave else 0)


def _show(output: Output, documents: Sequence[Document]) -> None:
    """Findings as JSON, in columns for a program, or by report for a person, whose lines have room for the message."""
    if output.as_json:
        write_json([{key: document[key] for key in _SHOWN} for document in documents])
    elif output.is_terminal:
        for document in documents:
            output.group(*finding_group(document))
    else:
        output.table(FINDING_HEADINGS, finding_rows(documents))


def _fails(check: Document, severity: str) -> bool:
    """Whether a check fails and weighs at least so much."""
    gravest_first = [one.lower() for one in Severity]
    grave = gravest_first.index(check["severity"].lower()) <= gravest_first.index(severity)
    return grave and check["status"] == CheckStatus.FAIL


def _parsed(output: Output, paths: Sequence[str], faults: list[SourceError], settings: Settings) -> list[Document]:
    taken = given(paths)
    faults += taken.found.failures
    documents = []
    with output.progress("checking", taken.found.size, in_bytes=True) as bar:
        for outcome in parse_all(taken.documents, limits=settings.file_limits):
            bar.step(outcome.size)
            if outcome.document is not None:
                documents.append(outcome.document)
            elif outcome.fault is not None:
                faults.append(outcome.fault)
    return documents


async def _stored(output: Output, settings: Settings, *, everything: bool) -> list[Document]:
    where: Document = {} if everything else {"failedRules": {"$ne": []}}
    projection = {"title": 1, "agency": 1, "year": 1, "checks": 1, "source.name": 1}
    from api.mongo.driver import connect  # noqa: PLC0415 - the driver takes longer to import than a file takes to check

    async with connect(settings, tell=output.note) as database:
        return await database.find(
            REPORTS, where, projection=projection, sort=[("year", 1), ("_id", 1)], deadline_ms=READ_DEADLINE_MS
        )
