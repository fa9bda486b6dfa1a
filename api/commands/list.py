"""`gongkai list`: what is loaded."""

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any

import click

from api.commands.chosen import FACTS, matching, reports_that, titled, where_option
from api.console import Output, counted, visible, write_json
from api.mongo.driver import connect
from api.settings import Settings, from_env
from loaders.document import Document
from loaders.store import reports as store

NOTHING = "nothing is loaded yet: `gongkai load PATH` loads reports, `gongkai demo` shows the samples"


@click.command()
@where_option
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of text.")
@click.make_pass_decorator(Output)
def list(output: Output, *, where: str | None, as_json: bool) -> None:  # noqa: A001 - the name of the command
    """Show which reports are loaded, by year and agency."""
    output.as_json = as_json
    found = asyncio.run(_found(output, from_env(), matching(where)))
    if output.as_json:
        write_json(found)
    elif found:
        show(output, found)
    nothing = NOTHING if where is None else "no loaded report matches"
    samples = sum(one["sample"] for one in found)
    marked = f", {counted(samples, 'sample')} among them" if samples else ""
    output.note(f"{counted(len(found), 'report')}{marked}" if found else nothing)


def show(output: Output, reports: Sequence[Document]) -> None:
    """Show reports: to a person in few columns, to a program with a column for each fact."""
    if output.is_terminal:
        output.table(("id", "year", "report"), [(one["id"], _text(one["year"]), _described(one)) for one in reports])
    else:
        output.table(tuple(FACTS), [[_text(one[name]) for name in FACTS] for one in reports])


def _described(report: Document) -> str:
    """Whose it is, and under that the rest, which breaks between words where the line is short."""
    loaded = report["loadedAt"].partition("T")[0]
    edition = f"{report['kind']} {report['template']}, revision {report['revision']}"
    return f"{visible(titled(report))}\n{edition}, {loaded}, {visible(report['source'])}"


def _text(value: Any) -> str:
    """A fact in a column; a truth value as in JSON."""
    return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


async def _found(output: Output, settings: Settings, match: Mapping[str, Any]) -> Sequence[Document]:
    async with connect(settings, tell=output.note) as database:
        await store.prepare(database, progress=output.progress)
        return await reports_that(database, match)
