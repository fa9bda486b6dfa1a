"""What a gzip or zstd file unpacks to, as a stream: whether a file is packed is told by its bytes.

Unpacks a little at a time, so that nothing can swell in memory. Raises `TornError` where the file ends early or does
not unpack.
"""

import io
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, BinaryIO

import zstandard


class TornError(Exception):
    """A packed file that ends early or does not unpack; its text ends a sentence about the file."""


@dataclass(frozen=True, slots=True)
class _Packing:
    magic: bytes
    decompressor: Callable[[], Any]
    chunk: int  # packed bytes taken at once: what the worst of them unpack to is held in memory


_PACKINGS = (
    _Packing(b"\x1f\x8b", lambda: zlib.decompressobj(16 + zlib.MAX_WBITS), 16 * 1024),
    _Packing(b"\x28\xb5\x2f\xfd", lambda: zstandard.ZstdDecompressor().decompressobj(), 4 * 1024),
)


def unpacked(file: BinaryIO) -> BinaryIO:
    """The content of a file, unpacked where it is packed."""
    packing = _packing_of(file)
    return io.BufferedReader(Unpacked(file, packing), 64 * 1024) if packing else file


def _packing_of(file: BinaryIO) -> _Packing | None:
    start = file.tell()
    head = file.read(4)
    file.seek(start)
    return next((packing for packing in _PACKINGS if head.startswith(packing.magic)), None)


def is_packed(file: BinaryIO) -> bool:
    """Whether what follows in the file is packed."""
    return _packing_of(file) is not None


class Unpacked(io.RawIOBase):
    """The content of packed data from the file's position on: of one member alone, or of all of them.

    `end` is where the file goes on once a member is read to its end.
    """

    def __init__(self, file: BinaryIO, packing: _Packing | None = None, *, one_member: bool = False) -> None:
        self._file = file
        self._packing = packing or _packing_of(file) or _PACKINGS[0]
        self._one_member = one_member
        self._unpacking = self._packing.decompressor()
        self._packed = b""
        self._content = memoryview(b"")

    def readable(self) -> bool:
        """It is there to be read."""
        return True

    @property
    def end(self) -> int:
        """Where in the file the member ends that was read last."""
        return self._file.tell() - len(self._unpacking.unused_data)

    def readinto(self, target: Any) -> int:
        """Fill the target; 0 at the end."""
        while not self._content:
            if self._unpacking.eof and not self._goes_on():
                return 0
            self._unpack()
        count = min(len(target), len(self._content))
        target[:count] = self._content[:count]
        self._content = self._content[count:]
        return count

    def _unpack(self) -> None:
        packed = self._packed or self._file.read(self._packing.chunk)
        self._packed = b""
        if not packed:
            raise TornError("ends in the middle of its packed data")
        try:
            self._content = memoryview(self._unpacking.decompress(packed))
        except (zlib.error, zstandard.ZstdError) as fault:
            raise TornError(f"does not unpack ({fault})") from None

    def _goes_on(self) -> bool:
        """Whether another member follows; zeros after the last one are padding."""
        if self._one_member:
            return False
        self._packed = (self._unpacking.unused_data or self._file.read(self._packing.chunk)).lstrip(b"\x00")
        if not self._packed:
            return False
        self._unpacking = self._packing.decompressor()
        return True
