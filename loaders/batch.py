"""Many files to many outcomes: each is fetched and parsed for itself, so that one bad file never costs another.

Enters: entries of an inventory. Leaves: one `Outcome` for each, as they are done, from one process or several. Nothing
is refused here; what a file's fault is stands in its outcome.
"""

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from dataclasses import dataclass
from itertools import islice
from multiprocessing import get_context, parent_process
from threading import Thread

from loaders.document import Document
from loaders.errors import SourceError
from loaders.faults import ErrorCode
from loaders.file_formats import read
from loaders.file_formats.sources import Entry, fetch
from loaders.pipeline import parse
from loaders.shipped import is_sample

_FEWEST_FOR_PROCESSES = 48  # below that, starting processes costs more than they save
_AHEAD = 4  # documents that may wait for the database, for each process


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file: its document, or the fault that kept it from being one."""

    name: str
    document: Document | None = None
    fault: SourceError | None = None


def default_jobs() -> int:
    """Processes to parse with when nobody says: one for each core, at most eight."""
    return min(8, os.cpu_count() or 1)


def parse_entry(entry: Entry) -> Outcome:
    """Fetch, read and parse one file; a fault of the file is part of the outcome, never raised."""
    try:
        text = read(fetch(entry))
        return Outcome(entry.name, parse(text, name=entry.kept_name, sample=is_sample(text.sha256)))
    except SourceError as fault:
        return Outcome(entry.name, fault=fault)
    except MemoryError:
        return Outcome(entry.name, fault=_too_large(entry))


def _too_large(entry: Entry) -> SourceError:
    hint = "load it alone, with --jobs 1"
    return SourceError("not enough memory to parse it", where=entry.name, code=ErrorCode.FILE_TOO_LARGE, hint=hint)


def parse_all(entries: Sequence[Entry], *, jobs: int = 0) -> Iterator[Outcome]:
    """The outcome of every entry; in order from one process, as they come from several (`jobs`, 0 for as fits)."""
    jobs = min(jobs or default_jobs(), len(entries))
    if jobs < 2 or len(entries) < _FEWEST_FOR_PROCESSES:  # noqa: PLR2004  (two is where processes begin)
        yield from map(parse_entry, entries)
        return
    # Not forked: a fork would hold on to the caller's connections and locks for as long as it lives.
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn"), initializer=_follow_parent) as pool:
        waiting = iter(entries)
        running: set[Future[Outcome]] = {pool.submit(parse_entry, entry) for entry in islice(waiting, jobs * _AHEAD)}
        while running:
            done, running = wait(running, return_when=FIRST_COMPLETED)
            running |= {pool.submit(parse_entry, entry) for entry in islice(waiting, len(done))}
            for future in done:
                yield future.result()


def _follow_parent() -> None:
    """End this process with the one that started it, which may be killed before it can say so."""
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
