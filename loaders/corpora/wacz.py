"""WACZ: a ZIP of WARC files, which lie in its folder `archive`."""

import io
import struct
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import copyfileobj
from tempfile import TemporaryFile
from typing import Any, BinaryIO
from zipfile import ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from loaders.corpora.columns import Columns
from loaders.corpora.model import Found
from loaders.corpora.warc import pages
from loaders.errors import SourceError
from loaders.faults import ErrorCode
from loaders.file_formats.sources.archives import HIGHEST_RATIO, broken
from loaders.file_formats.sources.names import shown
from loaders.file_formats.sources.refusals import refusal

_FOLDER = "archive/"
_SUFFIXES = (".warc", ".warc.gz")
_ENCRYPTED = 0x1
_LOCAL_HEADER = 30  # bytes before the name


def records(path: Path, _columns: Columns, passed_over: Counter[str]) -> Iterator[Found]:
    """The pages of every WARC in the archive."""
    try:
        with ZipFile(path) as archive:
            held = [member for member in archive.infolist() if _is_warc(member)]
            if not held:
                raise refusal("", ErrorCode.DAMAGED_FILE, f"expected WARC files in {_FOLDER} of a WACZ, but has none")
            for member in held:
                yield from _member(path, archive, member, passed_over)
    except (BadZipFile, NotImplementedError, RuntimeError) as fault:
        raise broken("", fault) from None


def _is_warc(member: ZipInfo) -> bool:
    return member.filename.startswith(_FOLDER) and member.filename.lower().endswith(_SUFFIXES)


def _member(path: Path, archive: ZipFile, member: ZipInfo, passed_over: Counter[str]) -> Iterator[Found]:
    name = "/" + shown(member.filename).removeprefix(_FOLDER)
    if member.flag_bits & _ENCRYPTED:
        raise SourceError(code=ErrorCode.ENCRYPTED_FILE)
    if member.file_size > HIGHEST_RATIO * max(1, member.compress_size):
        raise refusal("", ErrorCode.FILE_TOO_LARGE, f"{name} unpacks to more than {HIGHEST_RATIO} times its size")
    with _seekable(path, archive, member) as file:
        for found in pages(file, passed_over, member=name):
            behind = member.header_offset + min(found.behind, member.compress_size)
            yield Found(found.record, found.called, behind, found.origin, name)


@contextmanager
def _seekable(path: Path, archive: ZipFile, member: ZipInfo) -> Iterator[BinaryIO]:
    """The member as a file that can be sought in: in place where it is stored as it is, which WACZ asks for."""
    if member.compress_type == ZIP_STORED:
        with path.open("rb") as file:
            yield io.BufferedReader(_Window(file, member))
        return
    with TemporaryFile() as copy, archive.open(member) as packed:
        copyfileobj(packed, copy)
        copy.seek(0)
        yield copy


class _Window(io.RawIOBase):
    """The bytes of a stored member of an archive."""

    def __init__(self, file: BinaryIO, member: ZipInfo) -> None:
        file.seek(member.header_offset)
        header = file.read(_LOCAL_HEADER)
        if len(header) < _LOCAL_HEADER:
            raise BadZipFile("it ends early")
        self._file = file
        self._first = member.header_offset + _LOCAL_HEADER + sum(struct.unpack_from("<HH", header, 26))
        self._size = member.file_size
        self._at = 0

    def readable(self) -> bool:
        """It is there to be read."""
        return True

    def seekable(self) -> bool:
        """It can be read from any place on."""
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go on from there."""
        self._at = max(0, offset + {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence])
        return self._at

    def tell(self) -> int:
        """Where it goes on."""
        return self._at

    def readinto(self, target: Any) -> int:
        """Fill the target; 0 at the end."""
        self._file.seek(self._first + self._at)
        data = self._file.read(max(0, min(len(target), self._size - self._at)))
        target[: len(data)] = data
        self._at += len(data)
        return len(data)
