"""`gongkai load`: files to MongoDB, a bad one named and the others still loaded."""

import asyncio
import sys
from collections.abc import Iterator, Sequence

import click

from api.console import Output, Tally
from api.settings import Settings, from_env
from loaders import store
from loaders.batch import Outcome, parse_all
from loaders.database import Database
from loaders.document import Document, tells_a_report
from loaders.errors import DatabaseError, DocumentRefusedError, DuplicateKeyError, GongkaiError
from loaders.formats import SUFFIXES
from loaders.sources import Inventory, inventory


@click.command()
@click.argument("paths", nargs=-1, required=True)
@click.option("--jobs", type=click.IntRange(0, 64), default=0, help="Processes to parse with; 0 fits the machine.")
@click.option("--dry-run", is_flag=True, help="Read and parse only; change nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of text.")
@click.make_pass_decorator(Output)
def load(output: Output, *, paths: Sequence[str], jobs: int, dry_run: bool, as_json: bool) -> None:
    """Load reports from files, folders, patterns or .zip archives.

    Loading the same bytes again changes nothing; a changed text makes a new revision. A file that cannot be read is
    named and the others still load; the exit code is then 1.
    """
    output.as_json = as_json
    found = inventory(paths, suffixes=SUFFIXES)
    tally = Tally(skipped=found.skipped_reasons())
    for fault in found.failures:
        _failed(output, tally, fault)
    try:
        if dry_run:
            _read_only(output, found, tally, jobs=jobs)
        elif found.entries:
            asyncio.run(_load(output, found, tally, from_env(), jobs=jobs))
    except (DatabaseError, KeyboardInterrupt):
        if tally.outcomes:
            output.note(f"before it stopped: {tally.as_text()}; the same command goes on from there")
        raise
    output.result(tally.as_json(), tally.as_text())
    sys.exit(1 if tally.failures else 0)


def _read_only(output: Output, found: Inventory, tally: Tally, *, jobs: int) -> None:
    with output.progress("parsing", len(found.entries)) as bar:
        for outcome in parse_all(found.entries, jobs=jobs):
            if outcome.document is not None:
                tally.outcomes["READABLE"] += 1
                _doubted(output, tally, outcome.name, outcome.document)
            elif outcome.fault is not None:
                _failed(output, tally, outcome.fault)
            bar.step()


async def _load(output: Output, found: Inventory, tally: Tally, settings: Settings, *, jobs: int) -> None:
    from api.mongo import connect  # noqa: PLC0415 - the driver is slow to import, and a dry run needs none

    async with connect(settings, tell=output.note) as database:
        await store.prepare(database, progress=output.progress)
        await store_all(output, database, found, tally, jobs=jobs)


async def store_all(output: Output, database: Database, found: Inventory, tally: Tally, *, jobs: int = 0) -> None:
    """Parse and store every file of an inventory, and count what became of each."""
    outcomes = parse_all(found.entries, jobs=jobs)
    with output.progress("loading", len(found.entries)) as bar:
        while (outcome := await asyncio.to_thread(_next, outcomes)) is not None:
            await _store(output, database, outcome, tally)
            bar.step()


async def _store(output: Output, database: Database, outcome: Outcome, tally: Tally) -> None:
    """Store one document; one that MongoDB refuses is a fault of its file, a MongoDB that fails ends the batch."""
    if outcome.document is not None:
        try:
            tally.outcomes[await store.store(database, outcome.document)] += 1
            _doubted(output, tally, outcome.name, outcome.document)
        except (DocumentRefusedError, DuplicateKeyError) as refused:
            refused.where = outcome.name
            _failed(output, tally, refused)
    elif outcome.fault is not None:
        _failed(output, tally, outcome.fault)


def _doubted(output: Output, tally: Tally, name: str, document: Document) -> None:
    """Say of a file that nothing in it tells a report: it was probably not meant to be loaded."""
    if not tells_a_report(document):
        tally.doubtful.append(name)
        output.note(f"{name}: no report on information disclosure is recognised in it; is it the right file?")


def _failed(output: Output, tally: Tally, fault: GongkaiError) -> None:
    tally.failures.append(fault)
    output.fault(fault)


def _next(outcomes: Iterator[Outcome]) -> Outcome | None:
    return next(outcomes, None)
