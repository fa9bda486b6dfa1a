"""What a command is given to read: files, what is known of them besides, and the records of those that hold many.

Paths and options enter; an inventory leaves, and the entries of all documents, which are found as they are asked for.
"""

import asyncio
from collections.abc import Callable, Coroutine, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields
from pathlib import Path
from threading import Event
from typing import Any

import click

from loaders.corpora import Columns, Corpora
from loaders.file_formats import SUFFIXES
from loaders.file_formats.manifest import Manifest
from loaders.file_formats.sources import Inventory, inventory
from loaders.store.database import Database
from loaders.store.known import read_already, superseded
from loaders.unread import Known, Older

Query = Callable[[Database], Coroutine[Any, Any, Any]]

_LOOKED = 0.1  # seconds between two looks whether the answer is still wanted
_HELD_BY = {
    "text": "the text",
    "html": "the HTML, taken before the text",
    "url": "the address",
    "title": "the title",
    "date": "the day it was published",
}


@dataclass(frozen=True, slots=True)
class Given:
    """What is to be read: `documents` are the entries, one for each record; `named_in_vain` files a manifest has."""

    found: Inventory
    documents: Corpora
    named_in_vain: int = 0


def given(paths: Sequence[str], columns: Columns = Columns(), manifest: Path | None = None) -> Given:  # noqa: B008 - frozen
    """What the paths hold; raises SourceError where there is a manifest that cannot be used."""
    found = inventory(paths, suffixes=SUFFIXES)
    in_vain = 0
    if manifest:
        known = Manifest.of(manifest)
        found, in_vain = known.told(found)
        found = Inventory(found.entries, found.skipped, (*found.failures, *known.faults))
    return Given(found, Corpora(found.entries, columns), in_vain)


def with_columns(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command an option for the name of each field of a record that is read."""
    for field in reversed(fields(Columns)):
        words = f"Field of a JSONL or Parquet record that holds {_HELD_BY[field.name]}."
        option = click.option(f"--{field.name}-field", metavar="NAME", default=field.default, help=words)
        command = option(command)
    return command


def columns_of(options: dict[str, Any]) -> Columns:
    """The names of the fields among the options of a command."""
    return Columns(**{field.name: options.pop(f"{field.name}_field") for field in fields(Columns)})


class StoredTexts:
    """Asks, from the threads that hand out files, which texts a database holds; says none while there is no answer."""

    def __init__(self) -> None:
        self._opened = Event()
        self._parser = ""
        self._ask: Callable[[Query], Any] | None = None

    @contextmanager
    def of(self, database: Database) -> Iterator[None]:
        """Ask this database, as long as it is open."""
        from loaders.pipeline import PARSER_VERSION  # noqa: PLC0415 - the parser is slow to import

        loop = asyncio.get_running_loop()
        self._parser = PARSER_VERSION
        self._ask = lambda query: asyncio.run_coroutine_threadsafe(query(database), loop)
        self._opened.set()
        try:
            yield
        finally:
            self.close()

    def close(self) -> None:
        """Answer nothing more, also those who wait."""
        self._ask = None
        self._opened.set()

    def current(self, hashes: Sequence[str]) -> Known:
        """The stored texts of these hashes that are current."""
        known: Known = self._answer(lambda one: read_already(one, hashes, parser_version=self._parser), hashes)
        return known

    def older(self, hashes: Sequence[str]) -> Older:
        """The stored texts of these hashes that are superseded."""
        known: Older = self._answer(lambda one: superseded(one, hashes), hashes)
        return known

    def _answer(self, query: Query, hashes: Sequence[str]) -> Any:
        self._opened.wait()
        ask = self._ask
        answer = ask(query) if ask and hashes else None
        while answer and self._ask:
            try:
                return answer.result(_LOOKED)
            except TimeoutError:
                continue
        return {}
