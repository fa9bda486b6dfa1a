"""How fast many reports are read and stored: each stage against how it was done before, one report at a time."""

import asyncio
import gc
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from pathlib import Path

from pymongo import MongoClient

from api.commands.reading import parse_and_pack
from api.mongo.driver import connect
from api.settings import Settings
from loaders.batch import Outcome, parse_all
from loaders.document import Document
from loaders.file_formats import SUFFIXES
from loaders.file_formats.sources import inventory
from loaders.store import reports as store
from loaders.store.database import Database
from loaders.store.derived_rows import Packed
from tests.many_reports import write_reports

TOGETHER = 64
BASELINE = 4  # of so many reports one is stored by itself: it takes far longer
GLANCES = 4  # at the memory that the command takes


def table(settings: Settings, number: int) -> str:
    """The figures as Markdown, over so many made-up text reports."""
    with tempfile.TemporaryDirectory() as folder:
        write_reports(Path(folder), number)
        entries = inventory([folder], suffixes=SUFFIXES).entries
        watch = _Watch(settings)
        parsed = [outcome for outcome in parse_all(entries, jobs=1) if outcome.document]
        rows = [watch.row("parsed by one worker", len(parsed))]
        parsed = [outcome for outcome in parse_all(entries, run=parse_and_pack) if outcome.document]
        rows.append(watch.row("parsed by as many as fit, with rows made ready", len(parsed)))
        watch = _Watch(settings)
        rows += asyncio.run(_stored(settings, parsed, watch))
        rows += _whole(settings, Path(folder), watch, number)
    head = f"Loading {number} text reports, {os.cpu_count()} cores; CPU is of all processes, mongod's among them\n"
    return "\n".join(
        [head, "| stage | reports/s | CPU ms a report | against the line before |", "|---|---|---|---|", *rows, ""]
    )


class _Watch:
    """Says of each step in turn how fast it was, by the clock and in CPU time."""

    def __init__(self, settings: Settings) -> None:
        with MongoClient[Document](settings.mongodb_uri) as client:
            self._mongod = int(client.admin.command("serverStatus")["pid"])
        self._last = 0.0
        self.start()

    def start(self) -> None:
        """What comes now is measured."""
        self._began, self._used = time.perf_counter(), self._cpu()

    def row(self, name: str, number: int) -> str:
        """The row of what has come since, of so many reports; the next step starts."""
        used = (self._cpu() - self._used) / number * 1000
        rate = number / (time.perf_counter() - self._began)
        against = f"{self._last / used:.2f} x" if self._last else ""
        self._last = used
        self.start()
        return f"| {name} | {rate:,.1f} ({rate * 60:,.0f} a minute) | {used:.1f} | {against} |"

    def _cpu(self) -> float:
        ours = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
        fields = Path(f"/proc/{self._mongod}/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()
        mongod = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
        return mongod + sum(one.ru_utime + one.ru_stime for one in ours)


async def _stored(settings: Settings, parsed: Sequence[Outcome], watch: _Watch) -> list[str]:
    """Parsed documents into MongoDB: one a transaction, then together, then into an empty database, then with rows."""
    documents = [outcome.document for outcome in parsed if outcome.document]
    gc.freeze()  # all of them are kept for the next way, which no load does

    async def one_by_one(database: Database) -> int:
        for document in documents[::BASELINE]:
            await store.store(database, document)
        return len(documents[::BASELINE])

    async def together(database: Database, packed: Sequence[Packed | None] = ()) -> int:
        for start in range(0, len(documents), TOGETHER):
            some = slice(start, start + TOGETHER)
            _ = [one async for one in store.store_all(database, documents[some], packed=packed[some])]
        return len(documents)

    async def into_an_empty_one(database: Database, packed: Sequence[Packed | None] = ()) -> int:
        await store.prepare(database, is_filling=True)
        number = await together(database, packed)
        await store.prepare(database)
        return number

    async def with_rows(database: Database) -> int:
        return await into_an_empty_one(database, [outcome.packed for outcome in parsed])

    ways: dict[str, Callable[[Database], Awaitable[int]]] = {
        "stored, one a transaction": one_by_one,
        "stored together": together,
        "stored together, indexes afterwards": into_an_empty_one,
        "stored together, indexes afterwards, rows made ready": with_rows,
    }
    rows = []
    for place, (name, way) in enumerate(ways.items()):
        async with connect(replace(settings, database=f"stored_{place}")) as database:
            if place < 2:
                await store.prepare(database)
            watch.start()
            rows.append(watch.row(name, await way(database)))
    return rows


def _whole(settings: Settings, folder: Path, watch: _Watch, number: int) -> list[str]:
    """The command itself over all files, and the memory of its own process on the way."""
    environment = {
        "MONGODB_URI": settings.mongodb_uri,
        "GONGKAI_DATABASE": "loading",
        "GONGKAI_DATA": str(settings.data),
    }
    watch.start()
    outcomes, memory = _watched([sys.executable, "-m", "api.cli", "load", folder, "--json"], environment)
    shown = ", ".join(f"{part / 1e6:,.0f}" for part in _quarters(memory))
    return [
        watch.row(f"files to database, `gongkai load` ({outcomes})", number),
        f"| · memory of its process, MB at most in each quarter of the time | {shown} | | |",
    ]


def _quarters(memory: Sequence[int]) -> list[int]:
    size = max(1, len(memory) // GLANCES)
    return [max(memory[start : start + size]) for start in range(0, size * GLANCES, size) if memory[start:]]


def _watched(command: Sequence[str | Path], environment: dict[str, str]) -> tuple[str, list[int]]:
    """What a command printed of its outcomes, and the bytes that its process had, ten times a second (Linux only)."""
    memory: list[int] = []
    with subprocess.Popen(command, env={**os.environ, **environment}, stdout=subprocess.PIPE) as process:
        while process.poll() is None:
            pages = Path(f"/proc/{process.pid}/statm").read_text(encoding="ascii").split()
            memory.append(int(pages[1]) * os.sysconf("SC_PAGE_SIZE"))
            time.sleep(0.1)
        printed, _ = process.communicate()
    return str(json.loads(printed)["outcomes"]), memory
