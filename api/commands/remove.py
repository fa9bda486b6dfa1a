"""`gongkai remove`: loaded reports taken out again, once a person or --yes has agreed to what goes."""

import asyncio
import sys
from collections.abc import Mapping, Sequence
from typing import Any

import click

from api.commands.chosen import DEADLINE_MS, matching, reports_of, reports_that, titled, where_option
from api.console import Output, counted
from api.mongo.driver import connect
from api.settings import Settings, from_env
from loaders.document import Document
from loaders.store import reports as store
from loaders.store.collections import REVISIONS
from loaders.store.database import Database
from loaders.store.derived_rows import DERIVED, belonging
from loaders.store.removal import remove as remove_one

MOST_SHOWN = 20  # of the reports that go, before the question
TOGETHER = 100  # reports whose rows are counted by one command


@click.command()
@click.argument("ids", nargs=-1)
@where_option
@click.option("--samples", is_flag=True, help="Remove the samples of `gongkai demo`.")
@click.option("--yes", is_flag=True, help="Answer the question before it is asked.")
@click.option("--dry-run", is_flag=True, help="Say what would go; change nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of text.")
@click.make_pass_decorator(Output)
def remove(  # noqa: PLR0913 - one argument for each option
    output: Output,
    *,
    ids: Sequence[str],
    where: str | None,
    samples: bool,
    yes: bool,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Remove loaded reports, with their older texts and all that is derived from them.

    Reports are named by ids, as `gongkai list` shows them, or chosen by --where or --samples. What is left is as if
    they had never been loaded; a server may run meanwhile.
    """
    output.as_json = as_json
    if sum((bool(ids), where is not None, samples)) != 1:
        raise click.UsageError("Say what to remove: ids as `gongkai list` shows them, or --where JSON, or --samples.")
    if not (yes or dry_run or sys.stdin.isatty()):
        raise click.UsageError("There is no terminal to ask on: look with --dry-run, then agree with --yes.")
    match = {"source.sample": True} if samples else matching(where)
    sys.exit(asyncio.run(_remove(output, from_env(), ids, match, ask=not yes, dry_run=dry_run)))


async def _remove(  # noqa: PLR0913 - what the command line says
    output: Output, settings: Settings, ids: Sequence[str], match: Mapping[str, Any], *, ask: bool, dry_run: bool
) -> int:
    """Show what goes, ask, remove; the exit code."""
    async with connect(settings, tell=output.note) as database:
        await store.prepare(database, progress=output.progress)
        reports = await (reports_of(database, ids) if ids else reports_that(database, match))
        going = await _going(database, reports)
        _tell(output, going)
        if reports and ask and not dry_run and not click.confirm(f"Remove {_in_words(going)}?", err=True):
            output.note("nothing removed")
            return 1
        if not dry_run:
            going["reports"] = await _removed(output, database, reports)
    done = "would be removed" if dry_run else "removed"
    output.result({"dryRun": dry_run, **going}, f"{_in_words(going)} {done}")
    return 0


def _tell(output: Output, going: Document) -> None:
    """Say what goes."""
    reports = going["reports"]
    for report in reports[:MOST_SHOWN]:
        output.note(f"{report['id']}  {report['year'] or '????'}  {titled(report)}")
    if len(reports) > MOST_SHOWN:
        output.note(f"... and {counted(len(reports) - MOST_SHOWN, 'other report')}")


async def _removed(output: Output, database: Database, reports: Sequence[Document]) -> list[Document]:
    """Remove these reports; those that were still there."""
    with output.progress("removing", len(reports)) as bar:
        gone = []
        for report in reports:
            if await remove_one(database, report["id"]):
                gone.append(report)
            bar.step()
    return gone


async def _going(database: Database, reports: Sequence[Document]) -> Document:
    """What goes with these reports."""
    ids = [one["id"] for one in reports]
    older = await database.count(REVISIONS, {"report": {"$in": ids}}, deadline_ms=DEADLINE_MS)
    rows = [
        await database.count(name, belonging(name, ids[start : start + TOGETHER]), deadline_ms=DEADLINE_MS)
        for name in DERIVED
        for start in range(0, len(ids), TOGETHER)
    ]
    return {"reports": reports, "revisions": older, "rows": sum(rows)}


def _in_words(going: Document) -> str:
    older, rows = counted(going["revisions"], "older text"), counted(going["rows"], "derived row")
    return f"{counted(len(going['reports']), 'report')} with {older} and {rows}"
