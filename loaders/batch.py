"""Many files to many outcomes: each is fetched and parsed for itself, so that one bad file never costs another.

Enters: entries of an inventory, any number of them, taken one by one. Leaves: one `Outcome` for each, as they are done,
from worker processes in which each file has limits. Nothing is refused here; what a file's fault is, or what kept our
own program from reading it, stands in its outcome.
"""

import traceback
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from loaders.document import Document
from loaders.errors import SourceError
from loaders.faults import ErrorCode
from loaders.file_formats.sources import Entry
from loaders.store.derived_rows import Packed
from loaders.workers import Cause, Limits, Loss, NoWorkerError, Task, Workers, more_time

_LONGEST_REASON = 200
_OURS = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file: its document, or the fault that kept it from being one; `size` is that of its entry.

    `packed` are the rows of the document where its reader has made them ready to be stored.
    """

    name: str
    document: Document | None = None
    fault: SourceError | None = None
    size: int = 0
    packed: Packed | None = None


class Reading:
    """The outcomes of entries, to be iterated over in a `with`; in order from one worker, as they come from several.

    `jobs` are the workers, 0 for as many as fit; `run` is what each does with an entry, `parse_entry` unless told.
    `close` may be called while another thread waits for an outcome.
    """

    def __init__(
        self,
        entries: Iterable[Entry],
        *,
        jobs: int = 0,
        limits: Limits = Limits(),  # noqa: B008 - frozen
        run: Callable[[Entry], Outcome] | None = None,
    ) -> None:
        self._limits = limits
        self._workers = Workers(Task(run or parse_entry, prepare), entries, jobs=jobs, limits=limits)

    def __enter__(self) -> Self:
        self._workers.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, place: TracebackType | None
    ) -> None:
        self.close()

    def __iter__(self) -> Iterator[Outcome]:
        try:
            for entry, result in self._workers:
                yield lost(entry, result, self._limits) if isinstance(result, Loss) else result
        except NoWorkerError as fault:
            raise _no_worker(fault) from fault

    @property
    def processes(self) -> list[int]:
        """The ids of the processes that are at work."""
        return self._workers.processes

    def close(self) -> None:
        """End every worker, whatever it is at."""
        self._workers.close()


def parse_all(
    entries: Iterable[Entry],
    *,
    jobs: int = 0,
    limits: Limits = Limits(),  # noqa: B008 - frozen
    run: Callable[[Entry], Outcome] | None = None,
) -> Iterator[Outcome]:
    """The outcome of every entry; see `Reading`."""
    with Reading(entries, jobs=jobs, limits=limits, run=run) as outcomes:
        yield from outcomes


def parse_entry(entry: Entry) -> Outcome:
    """Fetch, read and parse one file in this process; what goes wrong is part of the outcome, never raised."""
    try:
        return _parsed(entry)
    except SourceError as fault:
        return Outcome(entry.name, fault=fault, size=entry.size)
    except MemoryError:
        hint = "leave out what is not text, or give a file more memory with GONGKAI_FILE_MEMORY_MB"
        return _failed(entry, ErrorCode.FILE_TOO_LARGE, "reading it takes more memory than one file may take", hint)
    except KeyboardInterrupt:
        raise
    except BaseException as fault:  # noqa: BLE001 - also what libraries in other languages raise when they fail
        return _failed(entry, ErrorCode.PARSER_FAILED, f"the program failed on it: {_reason(fault)}")


def prepare() -> None:
    """Import what reading needs: whoever only hands out work is spared that."""
    import loaders.pipeline  # noqa: F401, PLC0415 - as said above
    from loaders.file_formats.ocr import before_each_page  # noqa: PLC0415

    before_each_page(more_time)


def _parsed(entry: Entry) -> Outcome:
    from loaders.file_formats import read  # noqa: PLC0415 - see `prepare`
    from loaders.file_formats.sources import fetch  # noqa: PLC0415
    from loaders.pipeline import parse  # noqa: PLC0415
    from loaders.shipped import is_sample  # noqa: PLC0415

    text = read(fetch(entry))
    document = parse(text, name=entry.kept_name, sample=is_sample(text.sha256))
    return Outcome(entry.name, document, size=entry.size)


def _reason(fault: BaseException) -> str:
    """What was raised, and the line of ours that it came through last."""
    said = f"{type(fault).__name__}: {fault}".splitlines()[0][:_LONGEST_REASON]
    ours = [frame for frame in traceback.extract_tb(fault.__traceback__) if _OURS in Path(frame.filename).parents]
    return (
        f"{said} ({Path(ours[-1].filename).relative_to(_OURS.parent).as_posix()}:{ours[-1].lineno})" if ours else said
    )


def lost(entry: Entry, loss: Loss, limits: Limits) -> Outcome:
    """The outcome of a file over which a worker was lost."""
    match loss.cause:
        case Cause.SLOW:
            message = f"reading it takes longer than the {limits.seconds} s that one file may take"
            return _failed(entry, ErrorCode.FILE_TOO_SLOW, message)
        case Cause.KILLED:
            message = f"what read it was killed ({loss.detail}), as a system does that runs out of memory"
            hint = "load it alone, with --jobs 1"
            return _failed(entry, ErrorCode.FILE_TOO_LARGE, message, hint)
    return _failed(entry, ErrorCode.PARSER_FAILED, f"the program crashed on it: {loss.detail}")


def _failed(entry: Entry, code: ErrorCode, message: str, hint: str = "") -> Outcome:
    fault = SourceError(message, where=entry.name, code=code, hint=hint)
    return Outcome(entry.name, fault=fault, size=entry.size)


def _no_worker(fault: NoWorkerError) -> SourceError:
    hint = "see that the system has memory and processes to spare, then run the same command again"
    return SourceError(f"no process that reads files can be started ({fault})", code=ErrorCode.PARSER_FAILED, hint=hint)
