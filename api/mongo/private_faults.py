"""Why a private mongod does not run, said so that a user can act on it: read off its log, exit code and data folder."""

import json
import re
import shutil
from pathlib import Path

from loaders.errors import DatabaseError, DatabaseUnavailableError, DiskFullError

ROOM = 256 * 2**20  # bytes kept free for what mongod has yet to write: on a full disk it aborts, and cannot log why
READ_BACK = 2**20  # bytes at the end of a log; one crash's stack trace is about a tenth of that
SERIOUS = "WEF"  # severities of mongod's log: warnings, errors and fatal ones
STACK = ("BACKTRACE", "  Frame:", "{")  # a stack trace, or a line of mongod's own that was cut short
NO_NEWS = re.compile(
    "aborting after|Access control is not enabled|as the root user|Soft rlimits|getaddrinfo|XFS|vm.max_map"
)
LONGEST_WORDS = 500

REASONS: tuple[tuple[str, type[DatabaseError], str, str], ...] = (
    (
        r"No space left on device|error code 28\b|Writing to log file failed",
        DiskFullError,
        "the disk that holds the private MongoDB is full",
        "free some space, or set GONGKAI_DATA to a folder on another disk; what was stored is unharmed",
    ),
    (
        r"read-only directory|Permission denied|Read-only file system|Operation not permitted",
        DatabaseUnavailableError,
        "the private MongoDB may not write to its data folder",
        "give yourself the right to write there, or set GONGKAI_DATA to another folder",
    ),
    (
        r"Metadata corruption|corruption detected|is corrupted|WT_TRY_SALVAGE",
        DatabaseUnavailableError,
        "the private MongoDB's files are damaged",
        "restore the data folder from a copy, or set GONGKAI_DATA to a new folder and load the reports again",
    ),
    (
        r"UPGRADE PROBLEM|eature ?[Cc]ompatibility ?[Vv]ersion document|under any compatibility|unsupported .* version",
        DatabaseUnavailableError,
        "the data folder was written by another version of mongod",
        "name that version's mongod in GONGKAI_MONGOD, or set GONGKAI_DATA to a new folder and load the reports again",
    ),
    (
        r"error while loading shared libraries|version `\w+_[\d.]+' not found|Library not loaded",
        DatabaseUnavailableError,
        "mongod lacks a library of this system",
        "set GONGKAI_MONGOD to a mongod made for this system, or MONGODB_URI to a running server (docker compose up)",
    ),
    (
        r"[Tt]oo many open files",
        DatabaseUnavailableError,
        "mongod ran out of open files",
        "raise the limit with `ulimit -n 4096`",
    ),
    (
        r"[Cc]annot allocate memory|std::bad_alloc|out of memory",
        DatabaseUnavailableError,
        "mongod ran out of memory",
        "close other programs, or set MONGODB_URI to a server on another machine",
    ),
)
ENDS = {  # exit codes that tell more than the log does
    132: (
        "mongod needs a newer processor (with AVX) than this one",
        "set MONGODB_URI to a server on another machine",
    ),
    137: (
        "the private MongoDB was killed while it started, by hand or because memory ran out",
        "close other programs and try again",
    ),
}
ENDS[-9] = ENDS[137]  # its keeper was


def check_room(folder: Path) -> None:
    """Refuse to write while the disk is nearly full; raises `DiskFullError`."""
    free = shutil.disk_usage(folder).free
    if free < ROOM:
        raise DiskFullError(
            f"only {free // 2**20} MB are left on the disk that holds the private MongoDB",
            hint=f"free at least {ROOM // 2**20} MB, or set GONGKAI_DATA to a folder on another disk; "
            "what was stored is unharmed",
            where=str(folder),
        )


def fault_of(folder: Path, *, exit_code: int | None = None) -> DatabaseError:
    """The reason why this folder's mongod is not there."""
    try:
        check_room(folder)
    except DiskFullError as full:
        return full
    log = folder / "mongod.log"
    words = serious_words(_last_part(log))
    for pattern, kind, message, hint in REASONS:
        if re.search(pattern, "\n".join(words)):
            return kind(message, hint=hint, where=str(folder))
    if exit_code in ENDS:
        message, hint = ENDS[exit_code]
        return DatabaseUnavailableError(message, hint=hint, where=str(log))
    code = "" if exit_code is None else f" (exit code {exit_code})"
    said = words[-1] if words else "it left no message"
    return DatabaseUnavailableError(
        f"the private MongoDB has stopped{code}: {said}", hint="the whole story is in its log", where=str(log)
    )


def serious_words(log: str) -> list[str]:
    """What a log tells of trouble: its own warnings and errors, and lines that are not mongod's own."""
    return [words for line in log.splitlines() if (words := _words(line))]


def _words(line: str) -> str:
    try:
        entry = json.loads(line)
        words = f"{entry['msg']} {json.dumps(entry.get('attr', ''), ensure_ascii=False)}"
    except (ValueError, KeyError, TypeError):
        return "" if line.startswith(STACK) else line.strip()[:LONGEST_WORDS]
    return words.strip(' "')[:LONGEST_WORDS] if entry.get("s") in SERIOUS and not NO_NEWS.search(words) else ""


def _last_part(log: Path) -> str:
    try:
        with log.open("rb") as file:
            file.seek(max(0, log.stat().st_size - READ_BACK))
            return file.read().decode(errors="replace")
    except OSError:
        return ""
