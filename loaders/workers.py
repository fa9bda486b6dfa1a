"""A task done by worker processes, each item within limits: what an item does to its process costs that item alone.

Enters: a task and its items, any number of them, each taken when a worker is free for it. Leaves: each item with what
the task made of it or, where its worker was lost over it, what it was lost to; in order from one worker, as they come
from several. A lost worker is replaced. Nothing is refused; where no worker can be started, `NoWorkerError` says why.

Workers are new processes and no forks: a fork would hold on to the caller's connections and locks. They are started
without the caller's main module, so that a program needs no guard against running itself.
"""

import os
import pickle
import signal
import subprocess
import sys
import traceback
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from enum import Enum, auto
from functools import partial
from pathlib import Path
from queue import SimpleQueue
from tempfile import TemporaryFile
from threading import Event, Lock, Semaphore, Thread, Timer
from typing import IO, Any, Generic, TypeVar, cast

if sys.platform != "win32":
    import resource

Item = TypeVar("Item")
Result = TypeVar("Result")

_MEGABYTE = 1024 * 1024
_PATIENCE = 1 if sys.platform == "win32" else 4  # the clock's bound against that on CPU time: a machine may be busy
_STARTING_SECONDS = 120.0
_CLOSING_SECONDS = 5.0
_STARTS = 3  # that may fail in a row
_ALONE_SECONDS = 0.75  # a batch that one worker is through with by then would not have been quicker with two
_AHEAD = 4  # results that may wait to be taken, for each worker
_WELL_GROWN = 8  # a worker that holds on to this part of an item's memory makes room for a fresh one
_LONGEST_WORDS = 200
_LENGTH_BYTES = 8
_BOOTSTRAP = "import sys; sys.path[:] = sys.argv[1:]; from loaders.workers import work; work()"


@dataclass(frozen=True, slots=True)
class Limits:
    """What one item may take: seconds of CPU time, and megabytes of memory besides those of a worker at rest.

    Where the system counts no CPU time (Windows), the seconds are the clock's; memory is bounded on Linux only.
    """

    seconds: int = 60
    memory_mb: int = 1_024


class Cause(Enum):
    """What a worker can be lost to."""

    SLOW = auto()  # it took longer than its limit
    KILLED = auto()  # from outside, as a system does that runs out of memory
    CRASHED = auto()


@dataclass(frozen=True, slots=True)
class Loss:
    """Why there is no result: `detail` is what the worker's end left to be read, for whoever looks into it."""

    cause: Cause
    detail: str = ""


@dataclass(frozen=True)  # without slots, with which Python 3.11 cannot make one that is told its types
class Task(Generic[Item, Result]):
    """What workers do with each item, and what they do once before the first; both are found by their names."""

    run: Callable[[Item], Result]
    prepare: Callable[[], object] = int


@dataclass(frozen=True, slots=True)
class _Reply:
    result: Any
    is_last: bool  # the worker goes: it has grown


_LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class _MoreTime:
    """Says that a worker is getting on with an item that is known to take long."""


class NoWorkerError(Exception):
    """No worker process can be started."""


class Workers(Generic[Item, Result]):
    """The results of a task, to be iterated over in a `with`, so that no worker stays behind.

    With `jobs` of 0 as many as fit the machine, the first of them alone until it is plain that there is much to do.
    `close` may be called from another thread while one waits for the next result; there are then no more.
    """

    def __init__(
        self, task: Task[Item, Result], items: Iterable[Item], *, jobs: int = 0, limits: Limits = _LIMITS
    ) -> None:
        self._start = partial(_Worker, task, limits)
        self._items = iter(items)
        self._lock = Lock()  # over the items, and over who may start a worker
        self._slots = Semaphore((jobs or default_jobs()) * _AHEAD)
        self._results: SimpleQueue[Any] = SimpleQueue()
        self._is_busy, self._is_over, self._is_closed = Event(), Event(), Event()
        self._workers: dict[int, _Worker] = {}
        self._feeders = [
            Thread(target=self._feed, args=(place, not jobs), daemon=True) for place in range(jobs or default_jobs())
        ]

    def __enter__(self) -> "Workers[Item, Result]":
        for feeder in self._feeders:
            feeder.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __iter__(self) -> Iterator[tuple[Item, Result | Loss]]:
        going = len(self._feeders)
        while going:
            result = self._results.get()
            if self._is_closed.is_set():
                return
            if isinstance(result, BaseException):
                raise result
            if result is None:
                going -= 1
            else:
                self._slots.release()
                yield result

    @property
    def processes(self) -> list[int]:
        """The ids of the processes that are at work."""
        return [worker.process.pid for worker in list(self._workers.values())]

    def close(self) -> None:
        """End every worker, whatever it is at."""
        with self._lock:
            for event in (self._is_closed, self._is_over, self._is_busy):
                event.set()
            for worker in list(self._workers.values()):
                worker.kill()
        self._results.put(None)  # for who waits for one
        for _ in self._feeders:
            self._slots.release()
        for feeder in self._feeders:
            feeder.join(_CLOSING_SECONDS)  # one may be held up by what gives the items; it does not outlive the program

    def _feed(self, place: int, waits: bool) -> None:  # noqa: FBT001 - a thread's argument
        """Hand items to the worker of a place until there are no more."""
        try:
            if place and waits:
                self._is_busy.wait()
                self._is_over.wait(_ALONE_SECONDS)
            for item in self._taken():
                self._results.put((item, self._asked(place, item)))
        except BaseException as fault:  # noqa: BLE001 - raised in the thread that takes the results
            self._is_over.set()
            self._results.put(fault)
        self._is_busy.set()
        if worker := self._workers.pop(place, None):
            worker.end()
        self._results.put(None)

    def _taken(self) -> Iterator[Item]:
        while True:
            self._slots.acquire()
            with self._lock:
                if self._is_over.is_set():
                    return
                try:
                    item = next(self._items)
                except StopIteration:
                    self._is_over.set()
                    return
            yield item

    def _asked(self, place: int, item: Item) -> Any:
        worker = self._workers.get(place) or self._started(place)
        self._is_busy.set()
        reply = worker.ask(item)
        if reply is not None and not reply.is_last and not worker.is_late:
            return reply.result
        del self._workers[place]
        loss = worker.end()
        return loss if reply is None else reply.result

    def _started(self, place: int) -> "_Worker":
        reason = ""
        for _ in range(_STARTS):
            with self._lock:
                if self._is_closed.is_set():
                    break
                worker = self._workers[place] = self._start()
            if worker.is_ready():
                return worker
            del self._workers[place]
            reason = worker.end().detail
        raise NoWorkerError(reason)


def default_jobs() -> int:
    """Workers when nobody says how many: one for each core, at most eight."""
    return min(8, os.cpu_count() or 1)


class _Worker:
    """The near end of one worker process."""

    def __init__(self, task: Task[Any, Any], limits: Limits) -> None:
        self.is_late = False
        self._limits = limits
        self._complaints: IO[bytes] = TemporaryFile()  # noqa: SIM115 - closed when the worker's end is taken note of
        # -P: a folder of reports in which a command runs may hold a file that is called like a module
        self.process = subprocess.Popen(  # noqa: S603 - this very program
            [sys.executable, "-P", "-c", _BOOTSTRAP, *map(os.path.abspath, sys.path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._complaints,
            start_new_session=True,  # Ctrl+C is for the caller; and what a worker has started can be ended with it
        )
        self._asked, self._replies = cast("IO[bytes]", self.process.stdin), cast("IO[bytes]", self.process.stdout)
        self._send((task, limits))

    def is_ready(self) -> bool:
        """Whether the process has become a worker."""
        return self._received(_STARTING_SECONDS) is not None

    def ask(self, item: Any) -> _Reply | None:
        """What the worker makes of an item; None where it is lost over it."""
        self._send((item,))
        while isinstance(reply := self._received(self._limits.seconds * _PATIENCE), _MoreTime):
            pass
        answer: _Reply | None = reply
        return answer

    def kill(self) -> None:
        """End the process and all that it has started."""
        with suppress(OSError):
            if sys.platform == "win32":
                self.process.kill()
            else:
                os.killpg(self.process.pid, signal.SIGKILL)

    def end(self) -> Loss:
        """Make sure that the process is gone; what it was lost to."""
        self.kill()  # before its end is taken note of: until then no other process has its number
        with self.process, self._complaints:
            code = self.process.wait()
            return Loss(self._cause(code), self._last_words(code))

    def _cause(self, code: int) -> Cause:
        if self.is_late:
            return Cause.SLOW
        return _CAUSES.get(code, Cause.CRASHED)

    def _last_words(self, code: int) -> str:
        """How the process ended, and the last line that it wrote, if any."""
        ending = signal.Signals(-code).name if code < 0 else f"exit code {code}"
        self._complaints.seek(0)
        lines = self._complaints.read().decode(errors="replace").splitlines()
        said = [line.strip() for line in lines if line.strip()]
        return f"{ending}: {said[-1][:_LONGEST_WORDS]}" if said else ending

    def _send(self, message: object) -> None:
        with suppress(OSError):  # the process is gone, as is seen when its answer is read
            _put(self._asked, message)

    def _received(self, seconds: float) -> Any:
        timer = Timer(seconds, self._give_up)
        timer.daemon = True
        timer.start()
        try:
            return _got(self._replies)
        finally:
            timer.cancel()
            timer.join()  # so that it kills now, or never

    def _give_up(self) -> None:
        self.is_late = True
        self.kill()


_CAUSES = {} if sys.platform == "win32" else {-signal.SIGPROF: Cause.SLOW, -signal.SIGKILL: Cause.KILLED}


def work() -> None:
    """Be a worker: what a new process does until its caller is gone."""
    try:
        _work()
    except BaseException:  # noqa: BLE001 - the process ends with this
        traceback.print_exc()
        os._exit(1)  # at once: seen gone while it still tidies up, it would be taken for one that was killed


def _work() -> None:
    asked, replies = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what is printed is no reply
    task, limits = _got(asked)
    task.prepare()
    items: SimpleQueue[Any] = SimpleQueue()
    Thread(target=_listen, args=(asked, items), daemon=True).start()
    at_rest = _memory()
    _confine(at_rest + limits.memory_mb * _MEGABYTE)
    _put(replies, True)  # noqa: FBT003 - ready
    _renewals[:] = [partial(_renew, replies, limits.seconds)]
    while True:
        (item,) = items.get()
        with _timed(limits.seconds):
            result = task.run(item)
        _put(replies, _Reply(result, _memory() - at_rest > limits.memory_mb * _MEGABYTE // _WELL_GROWN))
        _forget_complaints()


_renewals: list[Callable[[], None]] = []


def more_time() -> None:
    """Give the item at hand its time anew, for a task that takes long but is getting on; nothing outside a worker."""
    for renew in _renewals:
        renew()


def _renew(replies: IO[bytes], seconds: int) -> None:
    if sys.platform != "win32":
        signal.setitimer(signal.ITIMER_PROF, seconds)
    _put(replies, _MoreTime())


def _listen(asked: IO[bytes], items: SimpleQueue[Any]) -> None:
    """Pass the items on, and go with the caller, who may be killed before it can say so."""
    while (item := _got(asked)) is not None:
        items.put(item)
    if sys.platform != "win32":
        os.killpg(0, signal.SIGKILL)
    os._exit(1)


def _memory() -> int:
    """The bytes that the process holds for itself; 0 where the system does not tell."""
    try:
        pages = Path("/proc/self/statm").read_text(encoding="ascii").split()
    except OSError:
        return 0
    return int(pages[5]) * os.sysconf("SC_PAGE_SIZE")


def _confine(memory: int) -> None:
    """Let the process hold so many bytes, where the system can see to that; and leave no dumps of its memory."""
    if sys.platform == "win32":
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        _, most = resource.getrlimit(resource.RLIMIT_DATA)
        resource.setrlimit(resource.RLIMIT_DATA, (memory if most < 0 else min(memory, most), most))


@contextmanager
def _timed(seconds: int) -> Iterator[None]:
    """End the process where this takes more CPU time; by the signal itself, for code in C asks no handler."""
    if sys.platform == "win32":
        yield
        return
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def _forget_complaints() -> None:
    with suppress(OSError):
        os.ftruncate(2, 0)
        os.lseek(2, 0, os.SEEK_SET)


def _put(stream: IO[bytes], message: object) -> None:
    packed = pickle.dumps(message, pickle.HIGHEST_PROTOCOL)
    stream.write(len(packed).to_bytes(_LENGTH_BYTES))
    stream.write(packed)
    stream.flush()


def _got(stream: IO[bytes]) -> Any:
    """The next message; None where the other end is gone, also in the middle of one."""
    length = stream.read(_LENGTH_BYTES)
    if len(length) < _LENGTH_BYTES:
        return None
    packed = stream.read(int.from_bytes(length))
    return pickle.loads(packed) if len(packed) == int.from_bytes(length) else None  # noqa: S301 - our own process's
