"""ZIP archives: their members as entries, and the bytes of a member.

A member is told by its place in the archive's directory, for two may have one name. Refused are archives that are
damaged, protected, hold archives or corpora, or swell without end.
"""

import os
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from zipfile import BadZipFile, ZipFile, ZipInfo

from loaders.errors import SourceError
from loaders.faults import ErrorCode
from loaders.file_formats.sources.model import Entry, Inventory
from loaders.file_formats.sources.names import hidden, is_archive, is_corpus, passed_over, shown
from loaders.file_formats.sources.refusals import LARGEST_FILE, MEGABYTE, refusal, too_large, unreadable

LARGEST_ARCHIVE = 1024 * MEGABYTE
MOST_MEMBERS = 20_000
# Text packs at most about 1:30; a member that claims far more is made to fill the disk.
HIGHEST_RATIO = 200


def members_of(path: Path, kept_name: str, suffixes: frozenset[str]) -> Inventory:
    """What an archive holds."""
    name = shown(str(path))
    try:
        with ZipFile(path) as archive:
            members = archive.infolist()
    except OSError as fault:
        return Inventory(failures=(unreadable(name, fault),))
    except (BadZipFile, ValueError, NotImplementedError) as fault:
        return Inventory(failures=(broken(name, fault),))
    swollen = _swollen(members)
    if swollen:
        hint = "unpack it yourself and give the folder"
        return Inventory(failures=(refusal(name, ErrorCode.FILE_TOO_LARGE, swollen, hint),))
    return Inventory.of(_listed(path, kept_name, members, suffixes))


def _swollen(members: list[ZipInfo]) -> str:
    if len(members) > MOST_MEMBERS:
        return f"the archive has {len(members):,} members; at most {MOST_MEMBERS:,} are read"
    unpacked = sum(member.file_size for member in members)
    if unpacked > LARGEST_ARCHIVE:
        return (
            f"the archive unpacks to {unpacked // MEGABYTE:,} MB; at most {LARGEST_ARCHIVE // MEGABYTE:,} MB are read"
        )
    return ""


def _listed(path: Path, kept_name: str, members: list[ZipInfo], suffixes: frozenset[str]) -> Iterator[Inventory]:
    seen: Counter[str] = Counter()
    for place, member in enumerate(members):
        if not member.is_dir():
            inside = _member_name(member)
            seen[inside] += 1
            numbered = _numbered(inside, seen[inside])
            reason = _not_read(inside, suffixes)
            if reason:
                yield Inventory(skipped=((f"{shown(str(path))}/{numbered}", reason),))
            else:
                yield _member_entry(path, kept_name, numbered, (place, member.compress_size))


def _not_read(inside: str, suffixes: frozenset[str]) -> str:
    return "hidden" if any(hidden(part) for part in inside.split("/")) else passed_over(inside, suffixes)


def _numbered(name: str, count: int) -> str:
    """The name of the second member of that name, and of every further one, told from the first."""
    stem, ending = os.path.splitext(name)  # noqa: PTH122  a member's name is no path
    return f"{stem} ({count}){ending}" if count > 1 else name


def _member_entry(path: Path, kept_name: str, inside: str, at: tuple[int, int]) -> Inventory:
    name = f"{shown(str(path))}/{inside}"
    if is_archive(inside) or is_corpus(inside):
        what = "an archive" if is_archive(inside) else "a file of many records"
        message, hint = f"{what} inside an archive is not opened", "unpack the outer archive and give the folder"
        return Inventory(failures=(refusal(name, ErrorCode.UNSUPPORTED_FORMAT, message, hint),))
    place, size = at
    return Inventory((Entry(name, path, f"{kept_name}/{inside}", place, size),))


def _member_name(member: ZipInfo) -> str:
    """The name as its author wrote it: Chinese Windows stores GBK bytes, which ZIP's default reads as cp437."""
    utf8_flag = 0x800
    if member.flag_bits & utf8_flag:
        return shown(member.filename)
    try:
        return member.filename.encode("cp437").decode("gb18030")
    except UnicodeError:
        return member.filename


def member_bytes(path: Path, place: int) -> bytes:
    """The bytes of the member at that place of the archive's directory."""
    try:
        archive = _opened(path, path.stat().st_mtime_ns, os.getpid())
        member = archive.infolist()[place]
        _check_member(member)
        with archive.open(member) as stream:
            data = stream.read(LARGEST_FILE + 1)
    except Exception as fault:  # zlib, lzma and bz2 each raise a type of their own
        if isinstance(fault, OSError | SourceError | MemoryError):
            raise
        raise broken(shown(str(path)), fault) from fault
    if len(data) > LARGEST_FILE:
        raise too_large(len(data))
    return data


@lru_cache(maxsize=1)
def _opened(path: Path, _changed: int, _process: int) -> ZipFile:
    """The archive, its directory read once for all members; a forked process opens its own."""
    return ZipFile(path)


def _check_member(member: ZipInfo) -> None:
    encrypted_flag = 0x1
    if member.flag_bits & encrypted_flag:
        message = "the archive is protected by a password"
        raise refusal(
            member.filename, ErrorCode.ENCRYPTED_FILE, message, "unpack it with the password and give the folder"
        )
    if member.file_size > LARGEST_FILE:
        raise too_large(member.file_size)
    if member.file_size > MEGABYTE and member.file_size > HIGHEST_RATIO * max(1, member.compress_size):
        message = f"unpacks to more than {HIGHEST_RATIO} times its size, as no report does"
        raise refusal(member.filename, ErrorCode.FILE_TOO_LARGE, message, "leave this member out")


def broken(name: str, fault: Exception) -> SourceError:
    """An archive, or a member of it, that does not open."""
    message = f"expected a ZIP archive, but it cannot be opened ({fault})"
    return refusal(name, ErrorCode.DAMAGED_FILE, message, "download the archive again")
