"""`gongkai load`: files to MongoDB, a bad one named and the others still loaded; samples make room for real reports."""

import asyncio
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import click

from api.commands.given import Given, StoredTexts, columns_of, given, with_columns
from api.console import Output, Tally, counted
from api.settings import Settings, from_env
from loaders.batch import Outcome, Reading
from loaders.document import Document, tells_a_report
from loaders.errors import DatabaseError, GongkaiError, SourceError
from loaders.faults import ErrorCode
from loaders.store import reports as store
from loaders.store.database import Database
from loaders.store.derived_rows import Packed
from loaders.store.removal import make_room, real_reports
from loaders.store.reports import Stored
from loaders.unread import Unread

# What is stored in one transaction: so many reports or characters, or what has come in so many seconds.
TOGETHER, LONGEST, SECONDS = 64, 2_000_000, 2.0
MANY, MUCH = 1_000, 50_000_000  # files or bytes from which on an empty database is filled before it is indexed
BESIDE_REAL = "sample beside real reports"
NO_REPORTS = {ErrorCode.NO_REPORT: "no report", ErrorCode.EMPTY_FILE: "no text"}
"""The faults that make a page no report, and the reason for which it is then passed over, where that was asked for."""


@dataclass(frozen=True, slots=True)
class Terms:
    """On which terms files are taken: whatever they hold, and whether samples may stand beside real reports.

    With `only_reports` a page that is no report is passed over, not a fault.
    """

    anything: bool = False
    mixing: bool = False
    only_reports: bool = False


@click.command()
@click.argument("paths", nargs=-1, required=True)
@click.option("--jobs", type=click.IntRange(0, 64), default=0, help="Processes to parse with; 0 fits the machine.")
@click.option("--dry-run", is_flag=True, help="Read and parse only; change nothing.")
@click.option("--any", "anything", is_flag=True, help="Load files, too, in which nothing tells a report.")
@click.option("--only-reports", is_flag=True, help="Pass over pages that are no reports, and say how many.")
@click.option(
    "--manifest",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="CSV or JSONL of file,url[,title,date] of files.",
)
@with_columns
@click.option("--samples", "mixing", is_flag=True, help="Let samples and real reports stand side by side.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of text.")
@click.make_pass_decorator(Output)
def load(  # noqa: PLR0913 - one argument for each option
    output: Output,
    /,
    *,
    paths: Sequence[str],
    jobs: int,
    dry_run: bool,
    anything: bool,
    only_reports: bool,
    manifest: Path | None,
    mixing: bool,
    as_json: bool,
    **columns: Any,
) -> None:
    """Load reports from files, folders, patterns or .zip archives, and from .jsonl, .parquet, .warc and .wacz.

    Loading the same bytes again changes nothing; a changed text makes a new revision. A file that cannot be read, or
    is plainly no report, is named and the others still load; the exit code is then 1. The invented samples of `gongkai
    demo` are removed when a real report is loaded, and passed over beside real ones, unless --samples is given.

    A .jsonl (also .gz or .zst) or .parquet file has a report in each record: its `text` or `html`, and `url`, `title`
    and `date` where they are known. Of a WARC every page is read that was answered with status 200. The address of a
    plain file comes from --manifest, or stands beside it: `2020.html.url` has the address of `2020.html`, or
    `2020.html.json` its `url`, `title` and `date`.
    """
    output.as_json = as_json
    if anything and only_reports:
        raise click.UsageError("--any and --only-reports contradict each other")
    terms = Terms(anything=anything, mixing=mixing, only_reports=only_reports)
    taken = given(paths, columns_of(columns), manifest)
    tally = Tally(skipped=taken.found.skipped_reasons(), not_read=taken.found.skipped)
    for fault in taken.found.failures:
        _failed(output, tally, fault)
    if taken.named_in_vain:
        output.note(f"{manifest} names {counted(taken.named_in_vain, 'file')} that is not among those given")
    try:
        if dry_run:
            _read_only(output, taken, tally, terms, from_env(), jobs=jobs)
        elif taken.found.entries:
            asyncio.run(_load(output, taken, tally, terms, from_env(), jobs=jobs))
    except (DatabaseError, KeyboardInterrupt):
        if tally.outcomes:
            output.note(f"before it stopped: {tally.as_text()}; the same command goes on from there")
        raise
    for line in tally.lines_not_read():
        output.note(line)
    output.result(tally.as_json(), tally.as_text())
    sys.exit(1 if tally.failures else 0)


def _read_only(  # noqa: PLR0913 - what a batch is made of
    output: Output, taken: Given, tally: Tally, terms: Terms, settings: Settings, *, jobs: int
) -> None:
    with (
        Reading(taken.documents, jobs=jobs, limits=settings.file_limits) as outcomes,
        output.progress("parsing", taken.found.size, in_bytes=True) as bar,
    ):
        for outcome in outcomes:
            if document := _welcome(output, tally, outcome, terms):
                tally.outcomes["READABLE"] += 1
                _doubted(output, tally, outcome.name, document)
            bar.step(outcome.size)
    tally.pass_over(taken.documents.passed_over)


async def _load(  # noqa: PLR0913 - what a batch is made of
    output: Output, taken: Given, tally: Tally, terms: Terms, settings: Settings, *, jobs: int
) -> None:
    # the driver is slow to import, and a dry run needs none
    from api.commands.reading import parse_and_pack  # noqa: PLC0415
    from api.mongo.driver import connect  # noqa: PLC0415

    stored = StoredTexts()
    unread = Unread(taken.documents, stored)
    waiting = taken.documents if terms.anything else unread  # what nothing tells a report is doubted each time
    # whatever ends this, Ctrl+C too, ends the reading, for one file may take long
    with Reading(waiting, jobs=jobs, limits=settings.file_limits, run=parse_and_pack) as outcomes, closing(stored):
        try:
            async with connect(settings, tell=output.note) as database:
                is_filling = len(taken.found.entries) >= MANY or taken.found.size >= MUCH
                await store.prepare(database, progress=output.progress, is_filling=is_filling)
                with stored.of(database):
                    await Batch(output, database, tally, terms).load(outcomes, total=taken.found.size)
                if is_filling:
                    output.note("all is stored; the indexes for readers are built now")
                    await store.prepare(database)
        finally:
            tally.pass_over(taken.documents.passed_over)
            if unread.count:
                tally.outcomes[Stored.UNCHANGED] += unread.count


class _Taken(NamedTuple):
    """A document that is to be stored, under the name of its file, and its rows if they are made already."""

    name: str
    document: Document
    packed: Packed | None


@dataclass(slots=True)
class Batch:
    """Files on their way into a database, and what became of each so far; samples wait until it is known if they may.

    Documents are stored many at a time, while the next ones are read. At no moment does a sample stand beside a real
    report, so whatever ends a batch half-way leaves nothing mixed. Only another command can have loaded the other kind
    meanwhile, which is why that is looked at again at the end.
    """

    output: Output
    database: Database
    tally: Tally
    terms: Terms = Terms()
    _waiting: list[_Taken] = field(default_factory=list)
    _gathered: list[_Taken] = field(default_factory=list)
    _since: float = 0.0  # when the first of those gathered came
    _storing: asyncio.Task[None] | None = None
    _has_room: bool = False

    async def load(self, outcomes: Iterable[Outcome], *, total: int) -> None:
        """Store what was read of so many bytes, and count what became of each."""
        waiting = iter(outcomes)
        try:
            with self.output.progress("loading", total, in_bytes=True) as bar:
                while (outcome := await asyncio.to_thread(_next, waiting)) is not None:
                    if document := _welcome(self.output, self.tally, outcome, self.terms):
                        await self._take(_Taken(outcome.name, document, outcome.packed))
                    bar.step(outcome.size)
                await self._finish()
            if not self.terms.mixing:
                await self._end()
        finally:
            if self._storing is not None:
                self._storing.cancel()

    async def _take(self, one: _Taken) -> None:
        if not self.terms.mixing and one.document["source"]["sample"]:
            self._waiting.append(one)
            return
        if not self.terms.mixing and not self._has_room:
            await self._make_room()
            self._has_room = True
        await self._gather(one)

    async def _gather(self, one: _Taken) -> None:
        """Put a document with those that are stored together, and have them stored once they are many or wait long."""
        self._since = self._since if self._gathered else time.monotonic()
        self._gathered.append(one)
        length = sum(len(taken.document["rawText"]) for taken in self._gathered)
        if len(self._gathered) >= TOGETHER or length > LONGEST or time.monotonic() - self._since > SECONDS:
            await self._hand_over()

    async def _hand_over(self) -> None:
        """Have what is gathered stored as soon as what was gathered before is."""
        if self._storing is not None:
            await self._storing
        gathered, self._gathered = self._gathered, []
        self._storing = asyncio.create_task(self._store(gathered)) if gathered else None

    async def _finish(self) -> None:
        """Have all stored that is gathered."""
        while self._gathered or self._storing is not None:
            await self._hand_over()

    async def _end(self) -> None:
        """Store the samples that have waited, unless real reports are there."""
        if not await real_reports(self.database):
            for one in self._waiting:
                await self._gather(one)
            await self._finish()
        elif self._waiting:
            self.tally.skipped[BESIDE_REAL] = len(self._waiting)
            self.output.note(
                f"{counted(len(self._waiting), 'sample')} passed over, for real reports are loaded; "
                "--samples loads them all the same"
            )
        if await real_reports(self.database):
            await self._make_room()

    async def _make_room(self) -> None:
        if removed := await make_room(self.database):
            self.tally.samples_removed += removed
            self.output.note(
                f"{counted(removed, 'sample')} removed to make room for real reports; `gongkai demo` shows them again "
                "with another GONGKAI_DATABASE or GONGKAI_DATA"
            )

    async def _store(self, gathered: Sequence[_Taken]) -> None:
        """Store documents; one that MongoDB refuses is a fault of its file, a MongoDB that fails ends the batch."""
        documents, packed = [one.document for one in gathered], [one.packed for one in gathered]
        async for place, outcome in store.store_all(self.database, documents, packed=packed):
            name, document, _ = gathered[place]
            if isinstance(outcome, DatabaseError):
                outcome.where = name
                _failed(self.output, self.tally, outcome)
            else:
                self.tally.outcomes[outcome] += 1
                _doubted(self.output, self.tally, name, document)


def _welcome(output: Output, tally: Tally, outcome: Outcome, terms: Terms) -> Document | None:
    """The document of a file, None where the file has a fault or is plainly no report."""
    document, fault = outcome.document, outcome.fault
    if document is not None and not terms.anything and not tells_a_report(document):
        fault = SourceError(
            "nothing in it tells a report on information disclosure: neither a title, nor an official table, nor a "
            "heading that such reports have",
            where=outcome.name,
            code=ErrorCode.NO_REPORT,
        )
    if fault is None:
        return document
    if terms.only_reports and fault.fault in NO_REPORTS:
        tally.pass_over({NO_REPORTS[fault.fault]: 1})
    else:
        _failed(output, tally, fault)
    return None


def _doubted(output: Output, tally: Tally, name: str, document: Document) -> None:
    """Say of a file that nothing in it tells a report: it was loaded because that was asked for."""
    if not tells_a_report(document):
        tally.doubtful.append(name)
        output.note(f"{name}: no report on information disclosure is recognised in it; is it the right file?")


def _failed(output: Output, tally: Tally, fault: GongkaiError) -> None:
    tally.failures.append(fault)
    output.fault(fault)


def _next(outcomes: Iterator[Outcome]) -> Outcome | None:
    return next(outcomes, None)
