"""Files on disk that may be reports: an inventory of files, folders, globs and ZIP archives, and the bytes of each.

Nothing is decided here about text. Refused is what does not exist, may not be read, is empty or too large, and
archives that are damaged, protected, nested or swell without end.
"""

import os
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import lru_cache
from glob import glob
from itertools import chain
from pathlib import Path
from stat import S_ISREG
from zipfile import BadZipFile, ZipFile, ZipInfo

from loaders.errors import SourceError
from loaders.faults import ErrorCode

MEGABYTE = 1024 * 1024
LARGEST_FILE = 64 * MEGABYTE
LARGEST_ARCHIVE = 1024 * MEGABYTE
MOST_MEMBERS = 20_000
# Text packs at most about 1:30; a member that claims far more is made to fill the disk.
HIGHEST_RATIO = 200
ARCHIVE_SUFFIX = ".zip"


@dataclass(frozen=True, slots=True)
class Entry:
    """A file that is to be read: a path on disk, and the member where that path is an archive.

    `name` is what messages call it, in full; `kept_name` is what is stored of that: nothing above the folder, or the
    file, that was asked for.
    """

    name: str
    path: Path
    kept_name: str
    member: str | None = None


@dataclass(frozen=True, slots=True)
class SourceFile:
    """The bytes of one file under the name that messages and documents give it."""

    name: str
    data: bytes
    path: Path | None = None
    url: str | None = None

    @property
    def suffix(self) -> str:
        """The ending of the name in lower case, with its dot."""
        return os.path.splitext(self.name)[1].lower()  # noqa: PTH122  a member's name is no path


@dataclass(frozen=True, slots=True)
class Inventory:
    """What the given paths hold: files to read, names passed over with the reason, and faults."""

    entries: tuple[Entry, ...] = ()
    skipped: tuple[tuple[str, str], ...] = ()
    failures: tuple[SourceError, ...] = ()

    def skipped_reasons(self) -> dict[str, int]:
        """How many files were passed over for each reason."""
        return dict(Counter(reason for _, reason in self.skipped))

    @classmethod
    def of(cls, parts: Iterable["Inventory"]) -> "Inventory":
        """The parts in one, in their order."""
        held = list(parts)
        return cls(
            tuple(chain.from_iterable(part.entries for part in held)),
            tuple(chain.from_iterable(part.skipped for part in held)),
            tuple(chain.from_iterable(part.failures for part in held)),
        )


def inventory(paths: Iterable[str | Path], *, suffixes: Collection[str]) -> Inventory:
    """Everything under the paths that has one of the suffixes; a file named outright is taken whatever its suffix."""
    total = Inventory.of(_under(str(path), suffixes) for path in paths)
    once = {(os.path.realpath(entry.path), entry.member): entry for entry in reversed(total.entries)}
    return Inventory(tuple(reversed(once.values())), total.skipped, total.failures)


def bare(name: str) -> str:
    """The name of a file without the folders it lies in; of a member, from its archive on.

    >>> bare("/srv/reports/2020.txt"), bare("/srv/all.zip/2020/a.txt")
    ('2020.txt', 'all.zip/2020/a.txt')
    """
    steps = name.replace("\\", "/").split("/")
    archives = [place for place, step in enumerate(steps[:-1]) if step.lower().endswith(ARCHIVE_SUFFIX)]
    return "/".join(steps[archives[0] if archives else -1 :])


def fetch(entry: Entry) -> SourceFile:
    """The bytes of an entry; raises SourceError where they cannot be had."""
    try:
        data = _member(entry.path, entry.member) if entry.member is not None else _file(entry.path)
    except SourceError as fault:
        raise SourceError(fault.message, where=entry.name, code=fault.fault, hint=fault.hint) from None
    except OSError as fault:
        raise _unreadable(entry.name, fault) from fault
    if not data:
        raise _refusal(entry.name, ErrorCode.EMPTY_FILE, "the file is empty (0 bytes)")
    return SourceFile(entry.name, data, path=entry.path)


def _under(path: str, suffixes: Collection[str]) -> Inventory:
    place = Path(path)
    try:
        if place.is_dir():
            return _folder(place, suffixes)
        if place.exists():
            return _named(place, place.name, suffixes)
    except OSError as fault:
        return Inventory(failures=(_unreadable(path, fault),))
    # Path.glob takes no absolute patterns.
    matches = sorted(glob(path, recursive=True)) if any(sign in path for sign in "*?[") else []  # noqa: PTH207
    if matches:
        places = [Path(match) for match in matches]
        return Inventory.of(
            _folder(place, suffixes) if place.is_dir() else _within(place, place.name, suffixes) for place in places
        )
    hint = "check the spelling; put patterns with * in quotes, or give a folder to take everything in it"
    return Inventory(failures=(_refusal(path, ErrorCode.NO_SUCH_FILE, "there is no such file or folder", hint),))


def _named(path: Path, kept_name: str, suffixes: Collection[str]) -> Inventory:
    if path.suffix.lower() == ARCHIVE_SUFFIX:
        return _archive(path, kept_name, suffixes)
    return Inventory((Entry(str(path), path, kept_name),))


def _folder(folder: Path, suffixes: Collection[str]) -> Inventory:
    faults: list[OSError] = []
    parts: list[Inventory] = []
    for place, below, names in os.walk(folder, onerror=faults.append):
        below[:] = sorted(name for name in below if not _hidden(name))
        files = [Path(place, name) for name in sorted(names)]
        parts.extend(_within(path, path.relative_to(folder).as_posix(), suffixes) for path in files)
    parts.append(Inventory(failures=tuple(_unreadable(str(fault.filename), fault) for fault in faults)))
    return _not_nothing(str(folder), Inventory.of(parts))


def _not_nothing(name: str, found: Inventory) -> Inventory:
    if found.entries or found.failures:
        return found
    return Inventory(skipped=found.skipped, failures=(_without_reports(name, found),))


def _within(path: Path, kept_name: str, suffixes: Collection[str]) -> Inventory:
    reason = _passed_over(path.name, suffixes)
    if reason:
        return Inventory(skipped=((str(path), reason),))
    return _named(path, kept_name, suffixes)


def _passed_over(name: str, suffixes: Collection[str]) -> str:
    if _hidden(name):
        return "hidden"
    if name.upper().startswith("README."):
        return "a readme"
    suffix = os.path.splitext(name)[1].lower()  # noqa: PTH122  a member's name is no path
    if suffix in suffixes or suffix == ARCHIVE_SUFFIX:
        return ""
    return f"unknown suffix {suffix}" if suffix else "no suffix"


def _hidden(name: str) -> bool:
    return name.startswith((".", "~$", "__MACOSX")) or name == "Thumbs.db"


def _archive(path: Path, kept_name: str, suffixes: Collection[str]) -> Inventory:
    try:
        with ZipFile(path) as archive:
            members = archive.infolist()
    except OSError as fault:
        return Inventory(failures=(_unreadable(str(path), fault),))
    except (BadZipFile, ValueError, NotImplementedError) as fault:
        return Inventory(failures=(_broken_archive(str(path), fault),))
    swollen = _swollen(members)
    if swollen:
        hint = "unpack it yourself and give the folder"
        return Inventory(failures=(_refusal(str(path), ErrorCode.FILE_TOO_LARGE, swollen, hint),))
    files = [member for member in members if not member.is_dir()]
    found = Inventory.of(_member_entry(path, kept_name, member, suffixes) for member in files)
    return _not_nothing(str(path), found)


def _swollen(members: list[ZipInfo]) -> str:
    if len(members) > MOST_MEMBERS:
        return f"the archive has {len(members):,} members; at most {MOST_MEMBERS:,} are read"
    unpacked = sum(member.file_size for member in members)
    if unpacked > LARGEST_ARCHIVE:
        return (
            f"the archive unpacks to {unpacked // MEGABYTE:,} MB; at most {LARGEST_ARCHIVE // MEGABYTE:,} MB are read"
        )
    return ""


def _member_entry(path: Path, kept_name: str, member: ZipInfo, suffixes: Collection[str]) -> Inventory:
    inside = _member_name(member)
    name = f"{path}/{inside}"
    reason = "hidden" if any(_hidden(part) for part in inside.split("/")) else _passed_over(inside, suffixes)
    if reason:
        return Inventory(skipped=((name, reason),))
    if inside.lower().endswith(ARCHIVE_SUFFIX):
        message = "an archive inside an archive is not opened"
        fault = _refusal(name, ErrorCode.UNSUPPORTED_FORMAT, message, "unpack the outer archive and give the folder")
        return Inventory(failures=(fault,))
    return Inventory((Entry(name, path, f"{kept_name}/{inside}", member.filename),))


def _member_name(member: ZipInfo) -> str:
    """The name as its author wrote it: Chinese Windows stores GBK bytes, which ZIP's default reads as cp437."""
    utf8_flag = 0x800
    if member.flag_bits & utf8_flag:
        return member.filename
    try:
        return member.filename.encode("cp437").decode("gb18030")
    except UnicodeError:
        return member.filename


def _file(path: Path) -> bytes:
    status = path.stat()
    if not S_ISREG(status.st_mode):
        raise _refusal(str(path), ErrorCode.UNSUPPORTED_FORMAT, "this is no ordinary file", "give a file or a folder")
    if status.st_size > LARGEST_FILE:
        raise _too_large(status.st_size)
    return path.read_bytes()


def _member(path: Path, name: str) -> bytes:
    try:
        archive = _opened(path, path.stat().st_mtime_ns, os.getpid())
        member = archive.getinfo(name)
        _check_member(member)
        with archive.open(member) as stream:
            data = stream.read(LARGEST_FILE + 1)
    except (BadZipFile, KeyError, ValueError, NotImplementedError, EOFError) as fault:
        raise _broken_archive(str(path), fault) from fault
    except Exception as fault:  # zlib, lzma and bz2 each raise a type of their own
        if isinstance(fault, OSError | SourceError):
            raise
        raise _broken_archive(str(path), fault) from fault
    if len(data) > LARGEST_FILE:
        raise _too_large(len(data))
    return data


@lru_cache(maxsize=1)
def _opened(path: Path, _changed: int, _process: int) -> ZipFile:
    """The archive, its directory read once for all members; a forked process opens its own."""
    return ZipFile(path)


def _check_member(member: ZipInfo) -> None:
    encrypted_flag = 0x1
    if member.flag_bits & encrypted_flag:
        message = "the archive is protected by a password"
        raise _refusal(
            member.filename, ErrorCode.ENCRYPTED_FILE, message, "unpack it with the password and give the folder"
        )
    if member.file_size > LARGEST_FILE:
        raise _too_large(member.file_size)
    if member.file_size > MEGABYTE and member.file_size > HIGHEST_RATIO * max(1, member.compress_size):
        message = f"unpacks to more than {HIGHEST_RATIO} times its size, as no report does"
        raise _refusal(member.filename, ErrorCode.FILE_TOO_LARGE, message, "leave this member out")


def _too_large(size: int) -> SourceError:
    message = f"{size / MEGABYTE:,.1f} MB; a report file has at most {LARGEST_FILE // MEGABYTE} MB"
    return _refusal(
        "", ErrorCode.FILE_TOO_LARGE, message, "check that this is one report; for a PDF, save it without pictures"
    )


def _broken_archive(name: str, fault: Exception) -> SourceError:
    message = f"expected a ZIP archive, but it cannot be opened ({fault})"
    return _refusal(name, ErrorCode.DAMAGED_FILE, message, "download the archive again")


def _without_reports(name: str, found: Inventory) -> SourceError:
    held = "; ".join(f"{count} x {reason}" for reason, count in found.skipped_reasons().items()) or "it is empty"
    return _refusal(name, ErrorCode.NO_REPORTS, f"no report files here ({held})")


def _unreadable(name: str, fault: OSError) -> SourceError:
    if isinstance(fault, PermissionError):
        return _refusal(name, ErrorCode.NO_PERMISSION, "no permission to read this")
    if isinstance(fault, FileNotFoundError):
        return _refusal(name, ErrorCode.NO_SUCH_FILE, "the file is gone", "list the folder again")
    reason = fault.strerror or type(fault).__name__
    return _refusal(name, ErrorCode.SOURCE_UNREADABLE, f"the system cannot read it: {reason}")


def _refusal(name: str, code: ErrorCode, message: str, hint: str = "") -> SourceError:
    return SourceError(message, where=name, code=code, hint=hint)
