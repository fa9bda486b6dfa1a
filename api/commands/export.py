"""`gongkai export`: loaded reports, cells, indicators, checks, narrative figures or passages as a file."""

import asyncio
import os
import sys
from collections.abc import Iterator
from contextlib import aclosing, contextmanager
from pathlib import Path
from typing import BinaryIO, Protocol

import click

from api.commands.chosen import planned, where_option
from api.commands.parquet import ParquetFile
from api.console import Output
from api.mongo.driver import connect
from api.settings import Settings, from_env
from loaders.errors import GongkaiError
from loaders.faults import ErrorCode
from loaders.store import reports as store
from schema.export.columns import EXPORTS
from schema.export.plan import ExportPlan, Row
from schema.export.rows import batches, count
from schema.export.text import TEXT_FORMATS

DEADLINE_MS = 3_600_000
PARQUET = "parquet"
FORMATS = (*TEXT_FORMATS, PARQUET)
SUFFIXES = {**{name: name for name in FORMATS}, "jsonl": "ndjson"}  # the same lines under the name that pandas uses
STANDARD_OUTPUT = "-"


class Writer(Protocol):
    """What rows are written to."""

    def write(self, rows: list[Row]) -> None:
        """Write some rows."""
        ...

    def close(self) -> None:
        """Write what ends the file."""
        ...


class TextFile:
    """Rows as NDJSON or CSV."""

    def __init__(self, target: BinaryIO, plan: ExportPlan, format_: str, *, bom: bool) -> None:
        self._target, self._plan, self._format = target, plan, TEXT_FORMATS[format_]
        target.write(self._format.head(plan.columns, bom))

    def write(self, rows: list[Row]) -> None:
        """Write some rows."""
        self._target.write(self._format.body(self._plan.columns, rows))

    def close(self) -> None:
        """Let nothing wait."""
        self._target.flush()


@click.command()
@click.argument("what", type=click.Choice(EXPORTS))
@where_option
@click.option("--fields", metavar="ID,ID", default="", help="Columns, by id or by group; all where not given.")
@click.option(
    "--format", "format_", type=click.Choice(FORMATS), help="Format; told by the name of the file, else ndjson."
)
@click.option(
    "--output", "target", metavar="FILE", default=STANDARD_OUTPUT, help="File to write; - is standard output."
)
@click.option("--limit", type=click.IntRange(min=1), help="Rows to write at most.")
@click.option("--no-bom", is_flag=True, help="Leave out the byte order mark, by which spreadsheets tell UTF-8 in CSV.")
@click.make_pass_decorator(Output)
def export(  # noqa: PLR0913 - one argument for each option
    output: Output,
    *,
    what: str,
    where: str | None,
    fields: str,
    format_: str | None,
    target: str,
    limit: int | None,
    no_bom: bool,
) -> None:
    """Write loaded reports, their cells, indicators, checks, narrative figures or passages to a file.

    `reports` has a row for each report and a column for each figure; the others have a row for each cell of each
    table, each indicator of a local table, each check, each figure that a narrative states, each passage.
    """
    format_ = format_ or _told_by(target)
    if format_ == PARQUET and target == STANDARD_OUTPUT:
        raise click.UsageError("Parquet is written to a file: name it with --output FILE.")
    chosen = [field.strip() for field in fields.split(",") if field.strip()]
    plan = planned(what, where, fields=chosen, limit=limit or 0)
    with _opened(target) as file:
        writer = ParquetFile(file, plan.columns) if format_ == PARQUET else _text(file, plan, format_, bom=not no_bom)
        written = asyncio.run(_export(output, from_env(), plan, writer))
        writer.close()
    stopped = " (as many as --limit allows)" if written == limit else ""
    output.note(f"{written} rows, {len(plan.columns)} columns{stopped}")


def _text(file: BinaryIO, plan: ExportPlan, format_: str, *, bom: bool) -> Writer:
    return TextFile(file, plan, format_, bom=bom)


async def _export(output: Output, settings: Settings, plan: ExportPlan, writer: Writer) -> int:
    """Write every row; how many there were."""
    written = 0
    async with connect(settings, tell=output.note) as database:
        await store.prepare(database, progress=output.progress)
        total = await count(database, plan, deadline_ms=DEADLINE_MS) if sys.stderr.isatty() else 0
        with output.progress("exporting", min(total, plan.limit or total)) as bar:
            async with aclosing(batches(database, plan, deadline_ms=DEADLINE_MS)) as found:
                async for rows in found:
                    writer.write(rows)
                    written += len(rows)
                    bar.step(len(rows))
    return written


def _told_by(target: str) -> str:
    """The format that the name of a file asks for; one for which there is no writer is not filled with another."""
    suffix = Path(target).suffix.removeprefix(".").lower()
    if suffix and suffix not in SUFFIXES:
        known = ", ".join(f".{one}" for one in SUFFIXES)
        raise click.UsageError(f"No format writes .{suffix} files: name the file {known}, or say --format.")
    return SUFFIXES.get(suffix, FORMATS[0])


@contextmanager
def _opened(target: str) -> Iterator[BinaryIO]:
    """Standard output, or a file that has its name only once it is whole."""
    if target == STANDARD_OUTPUT:
        yield sys.stdout.buffer
        return
    path = Path(target)
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with part.open("wb") as file:
            yield file
        part.replace(path)
    except OSError as fault:
        raise GongkaiError(
            f"cannot be written: {fault.strerror or fault}", where=target, code=ErrorCode.NOT_WRITABLE
        ) from None
    finally:
        part.unlink(missing_ok=True)
