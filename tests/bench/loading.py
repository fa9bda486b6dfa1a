"""How fast many reports are read and stored: each stage against how it was done before, one report at a time."""

import asyncio
import json
import os
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path

from api.mongo.driver import connect
from api.settings import Settings
from loaders.batch import parse_all
from loaders.document import Document
from loaders.file_formats import SUFFIXES
from loaders.file_formats.sources import Entry, inventory
from loaders.store import reports as store
from loaders.store.database import Database
from loaders.store.removal import remove
from tests.many_reports import write_reports

TOGETHER = 64
BASELINE = 4  # of so many reports one is stored by itself: it takes far longer
GLANCES = 4  # at the memory that the command takes


def table(settings: Settings, number: int) -> str:
    """The figures as Markdown, over so many made-up text reports."""
    with tempfile.TemporaryDirectory() as folder:
        write_reports(Path(folder), number)
        entries = inventory([folder], suffixes=SUFFIXES).entries
        began = time.perf_counter()
        documents = [outcome.document for outcome in parse_all(entries, jobs=1) if outcome.document]
        one_job = len(documents) / (time.perf_counter() - began)
        rows = [f"| parsed by one worker | {one_job:,.1f} | |", _parsed_by_all(entries, one_job)]
        rows += asyncio.run(_stored(settings, documents))
        rows += _whole(settings, Path(folder), number)
    head = f"Loading {number} text reports, {os.cpu_count()} cores\n"
    return "\n".join([head, "| stage | reports/s | against the line before |", "|---|---|---|", *rows, ""])


def _parsed_by_all(entries: Sequence[Entry], one_job: float) -> str:
    began = time.perf_counter()
    number = sum(1 for _ in parse_all(entries))
    rate = number / (time.perf_counter() - began)
    return f"| parsed by as many as fit | {rate:,.1f} | {rate / one_job:.2f} x |"


async def _stored(settings: Settings, documents: Sequence[Document]) -> list[str]:
    """Parsed documents into MongoDB: one a transaction, then together, then into an empty database."""

    async def one_by_one(database: Database) -> int:
        for document in documents[::BASELINE]:
            await store.store(database, document)
        return len(documents[::BASELINE])

    async def together(database: Database) -> int:
        for start in range(0, len(documents), TOGETHER):
            _ = [one async for one in store.store_all(database, documents[start : start + TOGETHER])]
        return len(documents)

    async def into_an_empty_one(database: Database) -> int:
        await store.prepare(database, is_filling=True)
        number = await together(database)
        await store.prepare(database)
        return number

    ways: dict[str, Callable[[Database], Awaitable[int]]] = {
        "stored, one a transaction": one_by_one,
        "stored together": together,
        "stored together, indexes afterwards": into_an_empty_one,
    }
    rows, before = [], 0.0
    async with connect(settings) as database:
        for name, way in ways.items():
            await store.prepare(database)
            began = time.perf_counter()
            rate = await way(database) / (time.perf_counter() - began)
            rows.append(f"| {name} | {rate:,.1f} ({rate * 60:,.0f} a minute) | {_against(rate, before)} |")
            before = rate
            for document in documents:
                await remove(database, document["_id"])
    return rows


def _against(rate: float, before: float) -> str:
    return f"{rate / before:.2f} x" if before else ""


def _whole(settings: Settings, folder: Path, number: int) -> list[str]:
    """The command itself over all files, and the memory of its own process on the way."""
    environment = {
        "MONGODB_URI": settings.mongodb_uri,
        "GONGKAI_DATABASE": "loading",
        "GONGKAI_DATA": str(settings.data),
    }
    began = time.perf_counter()
    outcomes, memory = asyncio.run(_watched([sys.executable, "-m", "api.cli", "load", folder, "--json"], environment))
    seconds = time.perf_counter() - began
    shown = ", ".join(f"{part / 1e6:,.0f}" for part in _quarters(memory))
    return [
        f"| files to database, `gongkai load` ({outcomes}) | {number / seconds:,.1f} | |",
        f"| · memory of its process, MB at most in each quarter of the time | {shown} | |",
    ]


def _quarters(memory: Sequence[int]) -> list[int]:
    size = max(1, len(memory) // GLANCES)
    return [max(memory[start : start + size]) for start in range(0, size * GLANCES, size) if memory[start:]]


async def _watched(command: Sequence[str | Path], environment: dict[str, str]) -> tuple[str, list[int]]:
    """What a command printed of its outcomes, and the bytes that its process had, ten times a second (Linux only)."""
    process = await asyncio.create_subprocess_exec(
        *command, env={**os.environ, **environment}, stdout=asyncio.subprocess.PIPE
    )
    memory: list[int] = []

    async def watch() -> None:
        while True:
            pages = Path(f"/proc/{process.pid}/statm").read_text(encoding="ascii").split()
            memory.append(int(pages[1]) * os.sysconf("SC_PAGE_SIZE"))
            await asyncio.sleep(0.1)

    watching = asyncio.create_task(watch())
    printed, _ = await process.communicate()
    watching.cancel()
    return str(json.loads(printed)["outcomes"]), memory
