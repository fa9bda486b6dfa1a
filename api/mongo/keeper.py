"""Who uses the private mongod of a data folder, and the process that keeps it while anybody does.

The system itself drops a file lock when its holder dies, so that `kill -9` of any command leaves nothing to clean up.

    mongod.gate    held alone while mongod is started, stopped or joined; everything below happens behind it
    mongod.users   held in common by every command that uses mongod; whoever can hold it alone is the last one

Run as a program (`keeper.py FOLDER ADDRESS COMMAND...`) this file is the keeper: the parent of mongod, in a
session of its own, so that Ctrl-C in a terminal reaches neither. It stops mongod when no user is left (the last command
may have been killed), and starts it again when mongod itself was killed under its users. It imports the standard
library only, so that it is small and quickly up.
"""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

PAUSE = 0.02  # seconds between two looks at a lock or a socket
WATCH = 0.25  # seconds between two looks of the keeper
LONGEST_START = 600.0  # seconds; a large data folder recovers its journal first
RESTARTS = 5  # a mongod killed more often than this is killed for a reason
KILL = 9  # by hand, or by the system when memory runs out; Windows has no name for it
SIGNALLED = 128  # added to the signal's number in an exit code, as shells do
KILLED = SIGNALLED + KILL
TURN = 1.0  # seconds that the keeper waits at the gate; who holds it longer is starting mongod


SHARES = 64  # bytes of the file, where a system locks bytes


def lock_by_bytes(handle: int, *, shared: bool, take: Callable[[int, int], object]) -> bool:
    """The lock of a system that locks bytes for one alone: a share is any byte of the file, the whole lock is all."""
    for place in range(SHARES) if shared else [0]:
        os.lseek(handle, place, os.SEEK_SET)
        with suppress(OSError):
            take(handle, 1 if shared else SHARES)
            return True
    return False


if sys.platform == "win32":
    import msvcrt

    def _lock(handle: int, *, shared: bool) -> bool:
        return lock_by_bytes(handle, shared=shared, take=lambda file, size: msvcrt.locking(file, msvcrt.LK_NBLCK, size))
else:
    import fcntl

    def _lock(handle: int, *, shared: bool) -> bool:
        try:
            fcntl.flock(handle, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


class FileLock:
    """A lock on a file, given back by `close` or by the end of the process, however that comes."""

    def __init__(self, path: Path) -> None:
        self._handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)

    def take(self, *, shared: bool = False) -> bool:
        """Whether the lock is now ours; never waits."""
        return _lock(self._handle, shared=shared)

    def close(self) -> None:
        """Give the lock back."""
        os.close(self._handle)


class GateBusyError(TimeoutError):
    """Another command has been starting or stopping mongod for longer than we wait."""


@contextmanager
def gate(folder: Path, *, seconds: float = LONGEST_START) -> Iterator[None]:
    """Be the only one who starts, stops or joins the mongod of this folder; raises `GateBusyError`."""
    lock = FileLock(folder / "mongod.gate")
    try:
        until = time.monotonic() + seconds
        while not lock.take():
            if time.monotonic() >= until:
                raise GateBusyError
            time.sleep(PAUSE)
        yield
    finally:
        lock.close()


def users(folder: Path) -> FileLock:
    """The lock that every user of this folder's mongod shares."""
    return FileLock(folder / "mongod.users")


def is_unused(folder: Path) -> bool:
    """Whether nobody uses this folder's mongod; ask behind the gate only, for the question locks for a moment."""
    lock = users(folder)
    try:
        return lock.take()
    finally:
        lock.close()


def running(folder: Path) -> int:
    """The process id of the mongod that holds this folder's database, 0 for none.

    mongod keeps a lock on its `mongod.lock` for as long as it lives, so a process id found there is never a stale one.
    """
    path = folder / "mongodb" / "mongod.lock"
    try:
        lock = FileLock(path) if path.exists() else None
    except PermissionError:  # Windows: nobody else may open it while mongod lives
        return int((folder / "mongod.pid").read_text().strip() or 0)
    if lock is None:
        return 0
    try:
        while not lock.take():
            if process := path.read_text().strip():
                return int(process)
            time.sleep(PAUSE)
    finally:
        lock.close()
    return 0


def answers(address: str) -> bool:
    """Whether a server listens at this socket path or host:port; a socket file without a listener does not."""
    host, _, port = address.rpartition(":")
    try:
        if port.isdecimal():
            socket.create_connection((host, int(port)), timeout=1).close()
        else:
            with socket.socket(socket.AF_UNIX) as probe:
                probe.settimeout(1)
                probe.connect(address)
    except OSError:
        return False
    return True


def stop(folder: Path, *, seconds: float, forced: bool = False) -> bool:
    """Ask mongod to shut down and wait for it; one that does not is left alone, unless `forced`."""
    asked = 0
    until = time.monotonic() + seconds
    while process := running(folder):
        late = time.monotonic() >= until
        if late and not forced:
            return False
        if late or not asked:
            asked = process
            with suppress(ProcessLookupError):
                os.kill(process, KILL if late else signal.SIGTERM)
        time.sleep(PAUSE)
    return True


def keep(folder: Path, address: str, command: list[str]) -> int:
    """Run mongod until nobody uses it; the exit code is mongod's own."""
    server = subprocess.Popen(command, stdin=subprocess.DEVNULL)  # noqa: S603 - the command is our own
    killed = 0
    while (code := _watch(folder, server)) == -KILL and killed < RESTARTS:
        killed += 1
        try:
            with gate(folder, seconds=TURN):
                if is_unused(folder) or running(folder):
                    break
                server = subprocess.Popen(command, stdin=subprocess.DEVNULL)  # noqa: S603
                while server.poll() is None and not answers(address):
                    time.sleep(PAUSE)
        except GateBusyError:  # a command is about to join; it will start one of its own
            break
    return code if code >= 0 else SIGNALLED - code


def _watch(folder: Path, server: subprocess.Popen[bytes]) -> int:
    while server.poll() is None:
        with suppress(GateBusyError), gate(folder, seconds=0):
            if is_unused(folder):
                server.terminate()
                return server.wait()
        with suppress(subprocess.TimeoutExpired):
            server.wait(WATCH)
    return server.returncode


if __name__ == "__main__":
    sys.exit(keep(Path(sys.argv[1]), sys.argv[2], sys.argv[3:]))
